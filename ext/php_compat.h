/* What differs between the versions of PHP; the only place that asks which one it is. */
#ifndef PHP_SAMLFORCE_COMPAT_H
#define PHP_SAMLFORCE_COMPAT_H

/* PHP 8.6 has a parameter called zval in php_streams.h, 8.5 one that is not used in zend_operators.h: that is theirs */
#ifdef __GNUC__
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wshadow"
#pragma GCC diagnostic ignored "-Wunused-parameter"
#endif
#include "php.h"
#ifdef __GNUC__
#pragma GCC diagnostic pop
#endif

/* Why php_json_encode_ex() failed; for who includes ext/json/php_json.h. */
#if PHP_VERSION_ID >= 80600
#define SF_PHP_JSON_ERROR JSON_G(error_details).code
#else
#define SF_PHP_JSON_ERROR JSON_G(error_code)
#endif

#endif
