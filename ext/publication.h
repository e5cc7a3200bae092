/* What ServiceProvider::metadata() is given, read into a struct sf_publication: each is false with an exception. The texts stay PHP's. */
#ifndef SF_EXT_PUBLICATION_H
#define SF_EXT_PUBLICATION_H

#include "saml.h"

#include "saml/publish.h"

bool sf_publication_name_id_formats(HashTable *list, struct sf_publication *p);
bool sf_publication_attributes(HashTable *list, struct sf_publication *p);
bool sf_publication_contacts(HashTable *list, struct sf_publication *p);
bool sf_publication_organization(HashTable *map, struct sf_publication *p);
bool sf_publication_ui(HashTable *map, struct sf_publication *p);
bool sf_publication_logout(HashTable *list, struct sf_publication *p);

#endif
