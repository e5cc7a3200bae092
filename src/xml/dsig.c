#include "xml/dsig.h"

#include <strings.h>

#include "base/base64.h"
#include "base/secret.h"

#define ENVELOPED "http://www.w3.org/2000/09/xmldsig#enveloped-signature"
#define EXC_C14N "http://www.w3.org/2001/10/xml-exc-c14n#"
#define C14N_10 "http://www.w3.org/TR/2001/REC-xml-c14n-20010315"
#define C14N_11 "http://www.w3.org/2006/12/xml-c14n11"

#define IDS_MAX 256
#define SIGNATURE_BYTES_MAX 1024 /* RSA of 8192 bits */
#define SIGNATURE_TEXT_MAX 4096
#define SIGNED_INFO_ELEMENTS_MAX 32 /* a genuine one has about ten */

/* What a SignedInfo says, once it has been read from the bytes that were verified. */
struct signed_info {
	struct sf_c14n_how c14n;
	const struct sf_sig_info *signature;
	struct sf_span uri;
	struct sf_c14n_how transform;
	enum sf_digest digest;
	unsigned char value[SF_DIGEST_MAX];
};

/* ---- IDs ---- */

struct id_check {
	struct sf_span ids[IDS_MAX];
	size_t count;
	const struct sf_xml_node *node; /* whose attributes they are */
	struct sf_error *error;
};

/* SAML's elements, where only ID identifies. */
static bool is_strict(const struct sf_xml_node *node)
{
	return sf_xml_in(node, SF_NS_SAML) || sf_xml_in(node, SF_NS_SAMLP) || sf_xml_in(node, SF_NS_MD);
}

static bool note_id(void *arg, struct sf_span ns, struct sf_span name, struct sf_span value)
{
	struct id_check *c = arg;

	if (name.n != 2 || strncasecmp(name.p, "id", 2) != 0) {
		return true;
	}
	if (ns.n || !sf_span_is(name, "ID")) {
		/* xml:id and another's ID are nowhere welcome; ds:Signature and its like have an Id of their own, which nobody looks at */
		return (!ns.n && !is_strict(c->node)) || sf_fail_found(c->error, SF_INVALID_ID, "attribute", name);
	}
	if (value.n == 0 || value.n > 256) {
		return sf_fail_found(c->error, SF_INVALID_ID, "ID", value);
	}
	for (size_t i = 0; i < c->count; i++) {
		if (sf_span_eq(c->ids[i], value)) {
			return sf_fail_found(c->error, SF_DUPLICATE_ID, "ID", value);
		}
	}
	if (c->count == IDS_MAX) {
		return sf_fail(c->error, SF_TOO_MANY_NODES, "ID");
	}
	c->ids[c->count++] = value;
	return true;
}

bool sf_dsig_check_ids(struct sf_xml_doc *doc, struct sf_error *error)
{
	struct sf_xml_node *root = sf_xml_root(doc);
	struct id_check c = { .error = error };

	for (struct sf_xml_node *node = root; node; node = sf_xml_walk(node, root)) {
		c.node = node;
		if (!sf_xml_attributes(node, note_id, &c)) {
			return false;
		}
	}
	return true;
}

struct root_id_check {
	struct sf_span id;
	bool root;
	struct sf_error *error;
};

static bool note_root_id(void *arg, struct sf_span ns, struct sf_span name, struct sf_span value)
{
	const struct root_id_check *c = arg;

	if (name.n != 2 || strncasecmp(name.p, "id", 2) != 0) {
		return true;
	}
	if (c->root) {
		return (!ns.n && sf_span_is(name, "ID")) || sf_fail_found(c->error, SF_INVALID_ID, "attribute", name);
	}
	return !sf_span_eq(value, c->id) || sf_fail_found(c->error, SF_DUPLICATE_ID, "ID", value);
}

bool sf_dsig_check_root_id(struct sf_xml_doc *doc, struct sf_error *error)
{
	struct sf_xml_node *root = sf_xml_root(doc);
	struct root_id_check c = { .root = true, .error = error };

	if (!sf_xml_attribute(root, "ID", &c.id) || c.id.n == 0 || c.id.n > 256) {
		return sf_fail(error, SF_MISSING_ATTRIBUTE, "ID");
	}
	for (struct sf_xml_node *node = root; node; node = sf_xml_walk(node, root)) {
		c.root = node == root;
		if (!sf_xml_attributes(node, note_root_id, &c)) {
			return false;
		}
	}
	return true;
}

/* ---- the shape of a Signature ---- */

static bool shape(struct sf_error *error, const char *where)
{
	return sf_fail(error, SF_SIGNATURE_SHAPE, where);
}

static bool take_child(struct sf_xml_node **at, const char *name, struct sf_xml_node **child)
{
	*child = *at;
	if (!*at || !sf_xml_is(*at, SF_NS_DS, name)) {
		return false;
	}
	*at = sf_xml_next(*at);
	return true;
}

/* SignedInfo, SignatureValue, at most one KeyInfo, and no Object. */
static bool split_signature(struct sf_xml_node *signature, struct sf_xml_node **info, struct sf_xml_node **value, struct sf_error *error)
{
	struct sf_xml_node *at = sf_xml_first(signature), *ignored;

	if (!take_child(&at, "SignedInfo", info)) {
		return shape(error, "SignedInfo");
	}
	if (!take_child(&at, "SignatureValue", value)) {
		return shape(error, "SignatureValue");
	}
	(void)take_child(&at, "KeyInfo", &ignored);
	if (at) {
		return sf_fail_found(error, SF_SIGNATURE_SHAPE, "Signature", sf_xml_name(at));
	}
	return sf_xml_no_stray_text(signature) || shape(error, "Signature");
}

/* InclusiveNamespaces/@PrefixList (exc-c14n §4): NCNames, separated by white space. */
static bool read_prefixes(struct sf_xml_node *method, struct sf_arena *arena, struct sf_c14n_how *how, struct sf_error *error)
{
	struct sf_xml_node *child = sf_xml_first(method);
	struct sf_span list, one;
	size_t count = 0;

	if (!child) {
		return true;
	}
	if (!sf_xml_is(child, SF_NS_EXC_C14N, "InclusiveNamespaces") || sf_xml_next(child) || sf_xml_first(child) || how->method != SF_C14N_EXCLUSIVE
			|| !sf_xml_attribute(child, "PrefixList", &list)) {
		return sf_fail(error, SF_TRANSFORM_REFUSED, "InclusiveNamespaces");
	}
	for (list = sf_span_trim(list); list.n; list = sf_span_trim(list)) {
		size_t n = 0;

		while (n < list.n && !sf_is_space(list.p[n])) {
			unsigned char c = (unsigned char)list.p[n];
			bool name = (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-' || c == '.' || c >= 0x80;

			if (!name && !(c == '#' && n == 0)) {
				return sf_fail_found(error, SF_TRANSFORM_REFUSED, "PrefixList", list);
			}
			n++;
		}
		one = (struct sf_span){ list.p, n };
		if (count == SF_C14N_PREFIXES_MAX || n > 64 || (one.p[0] == '#' && !sf_span_is(one, "#default"))) {
			return sf_fail_found(error, SF_TRANSFORM_REFUSED, "PrefixList", one);
		}
		list.p += n;
		list.n -= n;
		if (!sf_arena_copy(arena, one, &one)) {
			return sf_fail(error, SF_INTERNAL, "memory");
		}
		how->prefixes[count++] = one.p;
	}
	return true;
}

static enum sf_c14n c14n_by_uri(struct sf_span uri)
{
	if (sf_span_is(uri, EXC_C14N)) {
		return SF_C14N_EXCLUSIVE;
	}
	if (sf_span_is(uri, C14N_10)) {
		return SF_C14N_INCLUSIVE;
	}
	if (sf_span_is(uri, C14N_11)) {
		return SF_C14N_INCLUSIVE_11;
	}
	return SF_C14N_NONE; /* the WithComments variants too: what a comment hides, a reader may cut at */
}

static bool read_c14n(struct sf_xml_node *node, const struct sf_dsig_policy *policy, struct sf_arena *arena, struct sf_c14n_how *how, int reason,
		struct sf_error *error)
{
	struct sf_span uri;

	memset(how, 0, sizeof(*how));
	if (!sf_xml_attribute(node, "Algorithm", &uri)) {
		return sf_fail(error, reason, "Algorithm");
	}
	how->method = c14n_by_uri(uri);
	if (how->method == SF_C14N_NONE || (how->method != SF_C14N_EXCLUSIVE && !policy->allow_inclusive_c14n)) {
		return sf_fail_both(error, reason, "Algorithm", uri, SF_SPAN_LIT(EXC_C14N));
	}
	return read_prefixes(node, arena, how, error);
}

static bool read_signature_method(struct sf_xml_node *node, const struct sf_dsig_policy *policy, const struct sf_sig_info **info, struct sf_error *error)
{
	struct sf_span uri;

	if (sf_xml_first(node)) {
		return shape(error, "SignatureMethod"); /* HMACOutputLength, RSAPSSParams */
	}
	if (!sf_xml_attribute(node, "Algorithm", &uri)) {
		return sf_fail(error, SF_ALGORITHM_REFUSED, "SignatureMethod");
	}
	*info = sf_sig_by_uri(uri);
	if (!*info || ((*info)->digest == SF_SHA1 && !policy->allow_sha1)) {
		return sf_fail_found(error, SF_ALGORITHM_REFUSED, "SignatureMethod", uri);
	}
	return true;
}

/* enveloped-signature, then at most one canonicalisation; without one it is inclusive C14N (xmldsig-core §4.4.3.2). */
static bool read_transforms(struct sf_xml_node *node, const struct sf_dsig_policy *policy, struct sf_arena *arena, struct sf_c14n_how *how,
		struct sf_error *error)
{
	struct sf_xml_node *at = sf_xml_first(node), *one;
	struct sf_span uri;

	if (!take_child(&at, "Transform", &one) || sf_xml_first(one) || !sf_xml_attribute(one, "Algorithm", &uri) || !sf_span_is(uri, ENVELOPED)) {
		return sf_fail(error, SF_TRANSFORM_REFUSED, "Transform");
	}
	if (!at) {
		memset(how, 0, sizeof(*how));
		how->method = SF_C14N_INCLUSIVE;
		return policy->allow_inclusive_c14n || sf_fail(error, SF_TRANSFORM_REFUSED, "Transforms");
	}
	if (!take_child(&at, "Transform", &one) || at) {
		return sf_fail(error, SF_TRANSFORM_REFUSED, "Transforms");
	}
	return read_c14n(one, policy, arena, how, SF_TRANSFORM_REFUSED, error);
}

static bool read_digest(struct sf_xml_node *method, struct sf_xml_node *value, const struct sf_dsig_policy *policy, struct sf_arena *arena,
		struct signed_info *info, struct sf_error *error)
{
	unsigned char decoded[SF_BASE64_DECODED(256)];
	struct sf_span uri, text;
	size_t n;

	if (sf_xml_first(method) || !sf_xml_attribute(method, "Algorithm", &uri)) {
		return sf_fail(error, SF_ALGORITHM_REFUSED, "DigestMethod");
	}
	info->digest = sf_digest_by_uri(uri);
	if (info->digest == SF_DIGEST_NONE || (info->digest == SF_SHA1 && !policy->allow_sha1)) {
		return sf_fail_found(error, SF_ALGORITHM_REFUSED, "DigestMethod", uri);
	}
	if (!sf_xml_text(value, SF_TEXT_PLAIN, arena, &text) || text.n > 256 || !sf_base64_decode(text, decoded, &n) || n != sf_digest_size(info->digest)) {
		return shape(error, "DigestValue");
	}
	memcpy(info->value, decoded, n);
	return true;
}

static bool read_reference(struct sf_xml_node *reference, const struct sf_dsig_policy *policy, struct sf_arena *arena, struct signed_info *info,
		struct sf_error *error)
{
	struct sf_xml_node *at = sf_xml_first(reference), *transforms, *method, *value;

	if (!sf_xml_attribute(reference, "URI", &info->uri)) {
		return sf_fail(error, SF_REFERENCE_MISMATCH, "Reference");
	}
	if (!take_child(&at, "Transforms", &transforms)) {
		return sf_fail(error, SF_TRANSFORM_REFUSED, "Transforms");
	}
	if (!take_child(&at, "DigestMethod", &method) || !take_child(&at, "DigestValue", &value) || at) {
		return shape(error, "Reference");
	}
	return read_transforms(transforms, policy, arena, &info->transform, error) && read_digest(method, value, policy, arena, info, error);
}

/* The two methods, which are needed before anything is verified; and that there is one Reference. */
static bool read_methods(struct sf_xml_node *node, const struct sf_dsig_policy *policy, struct sf_arena *arena, struct signed_info *info,
		struct sf_xml_node **reference, struct sf_error *error)
{
	struct sf_xml_node *at = sf_xml_first(node), *c14n, *method;

	if (!take_child(&at, "CanonicalizationMethod", &c14n) || !take_child(&at, "SignatureMethod", &method) || !take_child(&at, "Reference", reference) || at) {
		return shape(error, "SignedInfo");
	}
	return read_c14n(c14n, policy, arena, &info->c14n, SF_ALGORITHM_REFUSED, error) && read_signature_method(method, policy, &info->signature, error);
}

/* ---- verification ---- */

static bool any_key_verifies(const struct sf_dsig_policy *policy, const struct sf_sig_info *method, struct sf_span data, const unsigned char *sig, size_t sig_n,
		size_t *which)
{
	for (size_t i = 0; i < policy->key_count; i++) {
		if (policy->keys[i].family == method->family && sf_verify(policy->cache, &policy->keys[i], method->alg, data.p, data.n, sig, sig_n)) {
			*which = i;
			return true;
		}
	}
	return false;
}

/* SignedInfo is canonicalised before anything is verified: what it costs must not be the sender's choice. */
static bool is_small(const struct sf_xml_node *info)
{
	size_t n = 0;

	for (const struct sf_xml_node *node = info; node && n <= SIGNED_INFO_ELEMENTS_MAX; node = sf_xml_walk(node, info)) {
		n++;
	}
	return n <= SIGNED_INFO_ELEMENTS_MAX;
}

/* The signature over SignedInfo; *bytes are what it covers. */
static bool verify_signed_info(struct sf_xml_node *node, struct sf_xml_node *value, const struct sf_dsig_policy *policy,
		struct sf_arena *arena, struct sf_xml_bytes *bytes, size_t *which, struct sf_error *error)
{
	unsigned char sig[SF_BASE64_DECODED(SIGNATURE_TEXT_MAX)];
	struct sf_xml_node *reference;
	struct signed_info claimed = { .signature = NULL };
	struct sf_span text;
	size_t sig_n;

	sf_trace_check(policy->trace, SF_CHECK_SIGNATURE_ALGORITHM);
	if (!read_methods(node, policy, arena, &claimed, &reference, error)) {
		return false;
	}
	if (!claimed.signature || !is_small(node)) {
		return shape(error, "SignedInfo");
	}
	sf_trace_values(policy->trace, sf_span_of(claimed.signature->uri), SF_SPAN_NONE);
	sf_trace_check(policy->trace, SF_CHECK_SIGNATURE_VALUE);
	if (!sf_xml_text(value, SF_TEXT_PLAIN, arena, &text) || text.n > SIGNATURE_TEXT_MAX || !sf_base64_decode(text, sig, &sig_n) || sig_n == 0
			|| sig_n > SIGNATURE_BYTES_MAX) {
		return shape(error, "SignatureValue");
	}
	if (!sf_xml_canonicalize(node, NULL, &claimed.c14n, bytes, error)) {
		return false;
	}
	if (!any_key_verifies(policy, claimed.signature, bytes->span, sig, sig_n, which)) {
		return sf_fail_found(error, SF_SIGNATURE_INVALID, "SignatureValue", sf_span_of(claimed.signature->uri));
	}
	return true;
}

/* Reads a SignedInfo out of the bytes that were verified, and nowhere else. Its URI is copied into the arena. */
static bool read_verified(struct sf_xml_bytes *bytes, const struct sf_dsig_policy *policy, struct sf_arena *arena, struct signed_info *info, struct sf_error *error)
{
	struct sf_xml_node *root, *reference;
	struct sf_xml_doc *doc;
	bool ok;

	if (!sf_xml_take(bytes, policy->limits, &doc, error)) {
		return false;
	}
	root = sf_xml_root(doc);
	ok = sf_xml_is(root, SF_NS_DS, "SignedInfo") ? read_methods(root, policy, arena, info, &reference, error) && read_reference(reference, policy, arena, info, error)
												 : shape(error, "SignedInfo");
	if (ok && !sf_arena_copy(arena, info->uri, &info->uri)) {
		ok = sf_fail(error, SF_INTERNAL, "memory");
	}
	sf_xml_free(doc);
	return ok;
}

/* The Reference names the element that holds the Signature, by its ID: no look-up, a comparison. */
static bool reference_fits(struct sf_xml_doc *doc, struct sf_xml_node *parent, const struct sf_dsig_policy *policy, struct sf_span uri, struct sf_error *error)
{
	struct sf_span id;

	if (uri.n == 0 && policy->allow_root_reference && parent == sf_xml_root(doc)) {
		return true;
	}
	if (!sf_xml_attribute(parent, "ID", &id) || id.n == 0) {
		return sf_fail(error, SF_MISSING_ATTRIBUTE, "ID");
	}
	if (uri.n < 2 || uri.p[0] != '#' || !sf_span_eq((struct sf_span){ uri.p + 1, uri.n - 1 }, id)) {
		return sf_fail_both(error, SF_REFERENCE_MISMATCH, "Reference URI", uri, id);
	}
	return true;
}

bool sf_dsig_verify(struct sf_xml_doc *doc, struct sf_xml_node *parent, struct sf_xml_node *signature, const struct sf_dsig_policy *policy,
		struct sf_arena *arena, struct sf_dsig_result *result, struct sf_error *error)
{
	struct sf_xml_bytes info_bytes = { .handle = NULL };
	unsigned char digest[SF_DIGEST_MAX];
	struct sf_xml_node *node = NULL, *value = NULL;
	struct signed_info info;
	bool ok = false;

	result->bytes = (struct sf_xml_bytes){ .handle = NULL };
	sf_trace_check(policy->trace, SF_CHECK_SIGNATURE_SHAPE);
	if (sf_xml_parent(signature) != parent) {
		return sf_fail(error, SF_SIGNATURE_PLACEMENT, "Signature");
	}
	if (!split_signature(signature, &node, &value, error) || !verify_signed_info(node, value, policy, arena, &info_bytes, &result->key, error)) {
		goto cleanup;
	}
	sf_trace_check(policy->trace, SF_CHECK_SIGNATURE_REFERENCE);
	if (!read_verified(&info_bytes, policy, arena, &info, error) || !reference_fits(doc, parent, policy, info.uri, error)) {
		goto cleanup;
	}
	sf_trace_values(policy->trace, info.uri, SF_SPAN_NONE);
	sf_trace_check(policy->trace, SF_CHECK_SIGNATURE_DIGEST);
	if (!sf_xml_canonicalize(parent, signature, &info.transform, &result->bytes, error)) {
		goto cleanup;
	}
	if (!sf_digest(info.digest, result->bytes.span.p, result->bytes.span.n, digest)) {
		sf_fail(error, SF_INTERNAL, "digest");
		goto cleanup;
	}
	result->sha1 = info.digest == SF_SHA1 || info.signature->digest == SF_SHA1;
	ok = sf_equal_secret(digest, info.value, sf_digest_size(info.digest));
	if (!ok) {
		sf_fail(error, SF_DIGEST_MISMATCH, "DigestValue");
	}

cleanup:
	sf_xml_bytes_free(&info_bytes);
	if (!ok) {
		sf_xml_bytes_free(&result->bytes);
	}
	return ok;
}
