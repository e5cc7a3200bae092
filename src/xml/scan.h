/*
 * The doorkeeper: one pass over the raw bytes, before any parser sees them, that refuses what no SAML message needs and
 * counts what a parser or canonicalisation would spend more than linear time or memory on.
 */
#ifndef SF_XML_SCAN_H
#define SF_XML_SCAN_H

#include "base/error.h"
#include "xml/reason.h"

struct sf_xml_limits {
	size_t bytes;
	size_t depth;      /* of elements; the root is 1 */
	size_t nodes;      /* elements, and attributes that are no namespace declarations */
	size_t attributes; /* of one element, namespace declarations among them */
	size_t namespaces; /* declarations in the whole document */
	size_t scope;      /* declarations in scope of one element, which is what a parser searches for each name; 0: as many as namespaces */
};

/* What libxml2 takes without XML_PARSE_HUGE, whatever the limits say. */
#define SF_XML_DEPTH_MAX 256

/*
 * True if bytes are UTF-8 (a BOM is skipped) and XML 1.0 without a DOCTYPE or a processing instruction, within the limits.
 * It doesn't say that they are well-formed: the parser does. *body is what the parser should get.
 */
bool sf_xml_scan(struct sf_span bytes, const struct sf_xml_limits *limits, struct sf_span *body, struct sf_error *error);

/* The same; *parts is how many elements, attributes, namespace declarations, texts, CDATA sections and comments there are at most. */
bool sf_xml_measure(struct sf_span bytes, const struct sf_xml_limits *limits, struct sf_span *body, size_t *parts, struct sf_error *error);

#endif
