/* What Samlforce\Saml\Metadata and MetadataRefresh share. */
#ifndef SF_EXT_METADATA_H
#define SF_EXT_METADATA_H

#include "saml.h"

/* It owns the document, so that a request that ends in the middle frees it. */
struct sf_metadata_object {
	struct sf_xml_doc *doc;
	struct sf_validity validity; /* the root's */
	int64_t now;
	struct sf_arena arena; /* of the call that runs */
	zend_object std;
};

static inline struct sf_metadata_object *sf_metadata_object(zend_object *object)
{
	return (struct sf_metadata_object *)((char *)object - offsetof(struct sf_metadata_object, std));
}

/* Makes a Metadata, still empty. */
struct sf_metadata_object *sf_metadata_new(zval *zv);

/* Whether the array can be $trustedCertificates; otherwise with an exception. */
bool sf_trusted_ok(HashTable *trusted, uint32_t argument);

/* Reads a document into a Metadata; trusted may be NULL. */
bool sf_metadata_load(struct sf_metadata_object *m, zend_string *xml, HashTable *trusted, int64_t now, struct sf_error *error);

#endif
