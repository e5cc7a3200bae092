/* SOQL with PHP's values in it. */
#ifndef PHP_SOQL_H
#define PHP_SOQL_H

#include "php_samlforce.h"

#include "base/arena.h"

/* Binds query()'s two arguments into one text in the arena. False, and an exception, if a name or a value is at fault. */
bool sf_soql_from_php(zend_string *soql, HashTable *parameters, struct sf_arena *arena, struct sf_span *out);

/* The same for search(). */
bool sf_sosl_from_php(zend_string *sosl, HashTable *parameters, struct sf_arena *arena, struct sf_span *out);

#endif
