#include "xml/xmlenc.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/secret.h"
#include "crypto/cipher.h"

#define XENC "http://www.w3.org/2001/04/xmlenc#"
#define XENC11 "http://www.w3.org/2009/xmlenc11#"
#define XSI "http://www.w3.org/2001/XMLSchema-instance"
#define XS "http://www.w3.org/2001/XMLSchema"

#define KEYS_MAX 16               /* EncryptedKeys for one EncryptedData */
#define WRAPPED_MAX 1024          /* RSA of 8192 bits */
#define WRAPPED_TEXT_MAX 4096
#define LABEL_TEXT_MAX 512

#define CLOSING "</w>"

/* Locked memory of one call. */
struct secrets {
	unsigned char content_key[SF_CONTENT_KEY_MAX];
	unsigned char scratch[SF_UNWRAP_SCRATCH];
};

/* An EncryptedKey that could be the one. */
struct wrapping {
	struct sf_key_transport transport;
	struct sf_span wrapped;
	bool ours; /* its Recipient is us, or nobody is named */
};

struct encrypted {
	const struct sf_cipher *cipher;
	struct sf_span sealed;
	struct wrapping keys[KEYS_MAX];
	size_t key_count;
};

/* ---- reading: all of it is there for anybody to see ---- */

static bool take(struct sf_xml_node **at, const char *ns, const char *name, struct sf_xml_node **child)
{
	*child = *at;
	if (!*at || !sf_xml_is(*at, ns, name)) {
		*child = NULL;
		return false;
	}
	*at = sf_xml_next(*at);
	return true;
}

static bool base64_text(const struct sf_xml_node *node, size_t text_max, struct sf_arena *arena, struct sf_span *bytes)
{
	unsigned char *out;
	struct sf_span text;

	if (!sf_xml_text(node, SF_TEXT_PLAIN, arena, &text) || text.n > text_max || !(out = sf_arena_alloc(arena, SF_BASE64_DECODED(text.n)))
			|| !sf_base64_decode(text, out, &bytes->n)) {
		return false;
	}
	bytes->p = (const char *)out;
	return true;
}

/* EncryptedType (xmlenc-core1 §3.1): EncryptionMethod, KeyInfo?, CipherData, EncryptionProperties?. *at is what follows. */
static bool read_frame(const struct sf_xml_node *node, size_t text_max, struct sf_arena *arena, struct sf_xml_node **method, struct sf_xml_node **key_info,
		struct sf_span *cipher_value, struct sf_xml_node **at)
{
	struct sf_xml_node *data, *value, *properties;

	*at = sf_xml_first(node);
	if (!sf_xml_no_stray_text(node) || !take(at, SF_NS_XENC, "EncryptionMethod", method)) {
		return false;
	}
	(void)take(at, SF_NS_DS, "KeyInfo", key_info);
	if (!take(at, SF_NS_XENC, "CipherData", &data)) {
		return false;
	}
	(void)take(at, SF_NS_XENC, "EncryptionProperties", &properties);
	/* CipherValue alone: a CipherReference makes a reader fetch what it names */
	value = sf_xml_first(data);
	return value && sf_xml_is(value, SF_NS_XENC, "CipherValue") && !sf_xml_next(value) && sf_xml_no_stray_text(data)
			&& base64_text(value, text_max, arena, cipher_value);
}

static bool algorithm_of(const struct sf_xml_node *node, struct sf_span *uri)
{
	return sf_xml_attribute(node, "Algorithm", uri);
}

static enum sf_digest mgf_by_uri(struct sf_span uri)
{
	static const struct {
		const char *uri;
		enum sf_digest digest;
	} known[] = {
		{ XENC11 "mgf1sha1", SF_SHA1 },
		{ XENC11 "mgf1sha256", SF_SHA256 },
		{ XENC11 "mgf1sha384", SF_SHA384 },
		{ XENC11 "mgf1sha512", SF_SHA512 },
	};

	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (sf_span_is(uri, known[i].uri)) {
			return known[i].digest;
		}
	}
	return SF_DIGEST_NONE;
}

/* xmlenc-core1 §5.5.2. The older name has MGF1 with SHA-1, whatever the digest is; both default to SHA-1. */
static bool read_oaep(const struct sf_xml_node *method, bool older, struct sf_arena *arena, struct sf_key_transport *transport)
{
	struct sf_span uri;

	transport->digest = transport->mgf = SF_SHA1;
	for (struct sf_xml_node *child = sf_xml_first(method); child; child = sf_xml_next(child)) {
		if (sf_xml_is(child, SF_NS_DS, "DigestMethod")) {
			if (!algorithm_of(child, &uri) || (transport->digest = sf_digest_by_uri(uri)) == SF_DIGEST_NONE) {
				return false;
			}
		} else if (sf_xml_is(child, XENC11, "MGF")) {
			if (!algorithm_of(child, &uri) || (transport->mgf = mgf_by_uri(uri)) == SF_DIGEST_NONE || (older && transport->mgf != SF_SHA1)) {
				return false;
			}
		} else if (sf_xml_is(child, SF_NS_XENC, "OAEPparams")) {
			if (!base64_text(child, LABEL_TEXT_MAX, arena, &transport->label) || transport->label.n > SF_OAEP_LABEL_MAX) {
				return false;
			}
		} else {
			return false;
		}
	}
	return true;
}

static bool read_transport(const struct sf_xml_node *method, const struct sf_xmlenc *how, struct sf_arena *arena, struct sf_key_transport *transport)
{
	struct sf_span uri;

	memset(transport, 0, sizeof(*transport));
	if (!algorithm_of(method, &uri)) {
		return false;
	}
	if (sf_span_is(uri, XENC "rsa-oaep-mgf1p")) {
		return read_oaep(method, true, arena, transport);
	}
	if (sf_span_is(uri, XENC11 "rsa-oaep")) {
		return read_oaep(method, false, arena, transport);
	}
	transport->rsa15 = true;
	return sf_span_is(uri, XENC "rsa-1_5") && how->allow_rsa15 && !sf_xml_first(method);
}

/* Who the key is for may stand in KeyInfo; a key that is itself wrapped by another may not. */
static bool leads_nowhere(const struct sf_xml_node *key_info)
{
	for (struct sf_xml_node *node = sf_xml_first(key_info); node; node = sf_xml_walk(node, key_info)) {
		if (sf_xml_in(node, SF_NS_XENC) || sf_xml_in(node, XENC11) || sf_xml_is(node, SF_NS_DS, "RetrievalMethod")) {
			return false;
		}
	}
	return true;
}

/* True too where it is of a kind that can't be used: another may be. */
static bool read_key(const struct sf_xml_node *node, const struct sf_xmlenc *how, struct sf_arena *arena, struct encrypted *e)
{
	struct sf_xml_node *method = NULL, *key_info = NULL, *at, *ignored;
	struct wrapping *w = &e->keys[e->key_count];
	struct sf_span recipient;

	if (e->key_count == KEYS_MAX || !read_frame(node, WRAPPED_TEXT_MAX, arena, &method, &key_info, &w->wrapped, &at)) {
		return false;
	}
	(void)take(&at, SF_NS_XENC, "ReferenceList", &ignored);
	(void)take(&at, SF_NS_XENC, "CarriedKeyName", &ignored);
	if (at || (key_info && !leads_nowhere(key_info))) {
		return false;
	}
	if (!read_transport(method, how, arena, &w->transport) || w->wrapped.n == 0 || w->wrapped.n > WRAPPED_MAX) {
		return true;
	}
	w->ours = !sf_xml_attribute(node, "Recipient", &recipient) || sf_span_eq(recipient, how->recipient);
	e->key_count++;
	return true;
}

/* A RetrievalMethod may name an EncryptedKey that stands beside the EncryptedData, by its Id, and nothing else. */
static struct sf_xml_node *retrieved(const struct sf_xml_node *method, struct sf_xml_node *beside)
{
	struct sf_span uri, type, id;

	if (sf_xml_first(method) || !sf_xml_attribute(method, "URI", &uri) || uri.n < 2 || uri.p[0] != '#'
			|| (sf_xml_attribute(method, "Type", &type) && !sf_span_is(type, XENC "EncryptedKey"))) {
		return NULL;
	}
	for (; beside; beside = sf_xml_next(beside)) {
		if (sf_xml_attribute(beside, "Id", &id) && sf_span_eq(id, (struct sf_span){ uri.p + 1, uri.n - 1 })) {
			return beside;
		}
	}
	return NULL;
}

/* The EncryptedKeys: in KeyInfo, where it points to, or (saml-core-2.0-os §2.2.4) beside the EncryptedData. */
static bool read_keys(const struct sf_xml_node *key_info, struct sf_xml_node *beside, const struct sf_xmlenc *how, struct sf_arena *arena, struct encrypted *e)
{
	bool pointed = false;

	for (struct sf_xml_node *at = key_info ? sf_xml_first(key_info) : NULL; at; at = sf_xml_next(at)) {
		if (sf_xml_is(at, SF_NS_XENC, "EncryptedKey")) {
			if (!read_key(at, how, arena, e)) {
				return false;
			}
		} else if (sf_xml_is(at, SF_NS_DS, "RetrievalMethod")) {
			struct sf_xml_node *found = retrieved(at, beside);

			if (!found || !read_key(found, how, arena, e)) {
				return false;
			}
			pointed = true;
		}
	}
	for (; beside; beside = sf_xml_next(beside)) {
		if (!sf_xml_is(beside, SF_NS_XENC, "EncryptedKey") || (!pointed && !read_key(beside, how, arena, e))) {
			return false;
		}
	}
	return e->key_count > 0;
}

static bool read_encrypted(const struct sf_xml_node *holder, const struct sf_xmlenc *how, struct sf_arena *arena, struct encrypted *e)
{
	struct sf_xml_node *at = sf_xml_first(holder), *data, *method = NULL, *key_info = NULL, *behind;
	struct sf_span uri, type;

	memset(e, 0, sizeof(*e));
	if (!sf_xml_no_stray_text(holder) || !take(&at, SF_NS_XENC, "EncryptedData", &data)
			|| (sf_xml_attribute(data, "Type", &type) && !sf_span_is(type, XENC "Element"))
			|| !read_frame(data, how->limits->bytes, arena, &method, &key_info, &e->sealed, &behind) || behind) {
		return false;
	}
	/* KeySize, were it there, could only repeat what the algorithm's name says */
	if (sf_xml_first(method) || !algorithm_of(method, &uri) || !(e->cipher = sf_cipher_by_uri(uri)) || !sf_cipher_fits(e->cipher, e->sealed.n)) {
		return false;
	}
	if (!e->cipher->tag && how->require_authenticated && !how->covered) {
		return false;
	}
	return read_keys(key_info, at, how, arena, e);
}

/* ---- the plaintext, in its place ---- */

static bool note_schema(void *arg, struct sf_span prefix, struct sf_span name)
{
	struct sf_xmlenc_scope *scope = arg;

	scope->xs = scope->xs || (sf_span_is(prefix, "xs") && sf_span_is(name, XS));
	scope->xsi = scope->xsi || (sf_span_is(prefix, "xsi") && sf_span_is(name, XSI));
	return true;
}

struct sf_xmlenc_scope sf_xmlenc_scope_of(const struct sf_xml_node *holder)
{
	struct sf_xmlenc_scope scope = { .xs = false };

	(void)sf_xml_namespaces(holder, note_schema, &scope); /* more prefixes than it takes are refused where they are written */
	return scope;
}

struct scope {
	struct sf_buf *buf;
	size_t count;
	bool xs, xsi; /* declared, whatever they stand for */
};

static bool declare(void *arg, struct sf_span prefix, struct sf_span name)
{
	struct scope *s = arg;

	s->xs = s->xs || sf_span_is(prefix, "xs");
	s->xsi = s->xsi || sf_span_is(prefix, "xsi");
	s->count++;
	sf_buf_str(s->buf, prefix.n ? " xmlns:" : " xmlns");
	sf_buf_span(s->buf, prefix);
	sf_buf_str(s->buf, "=\"");
	sf_buf_xml(s->buf, name);
	sf_buf_char(s->buf, '"');
	return true;
}

/*
 * A start tag with the namespaces of the holder: what was cut out of a document may use them without declaring them. The prefixes
 * and names come from a tree that was parsed and checked, none of it from the plaintext. One more could change what a signature inside
 * covers: a PrefixList has each that is in scope written out.
 */
static bool write_scope(const struct sf_xml_node *holder, struct sf_xmlenc_scope outside, struct sf_arena *arena, struct sf_span *tag, size_t *count)
{
	struct sf_buf buf;
	struct scope s = { .buf = &buf };

	sf_buf_init(&buf, arena, (size_t)256 * 1024);
	sf_buf_str(&buf, "<w");
	if (!sf_xml_namespaces(holder, declare, &s) || (outside.xs && !s.xs && !declare(&s, SF_SPAN_LIT("xs"), SF_SPAN_LIT(XS)))
			|| (outside.xsi && !s.xsi && !declare(&s, SF_SPAN_LIT("xsi"), SF_SPAN_LIT(XSI)))) {
		return false;
	}
	sf_buf_char(&buf, '>');
	*count = s.count;
	return sf_buf_done(&buf, tag);
}

/* Room for tag, plaintext and end tag in one piece, so that the plaintext is decrypted into its place. */
struct place {
	char *p;
	size_t tag, room;
	struct sf_xml_limits around; /* what one element more than the plaintext may cost */
};

static bool make_place(const struct sf_xml_node *holder, const struct sf_xmlenc *how, size_t plain_max, struct sf_arena *arena, struct place *place)
{
	struct sf_span tag;
	size_t count;

	if (!write_scope(holder, how->outside, arena, &tag, &count)) {
		return false;
	}
	place->tag = tag.n;
	place->room = tag.n + plain_max + sizeof(CLOSING);
	place->p = sf_arena_alloc(arena, place->room);
	if (!place->p) {
		return false;
	}
	memcpy(place->p, tag.p, tag.n);
	place->around = *how->limits;
	place->around.bytes += place->room - plain_max;
	place->around.depth++;
	place->around.nodes++;
	place->around.attributes += count;
	place->around.namespaces += count;
	return true;
}

/*
 * The plaintext is scanned on its own first, like any message: it can't have a DOCTYPE, a declaration of another encoding, or an end
 * tag without its start, and so can't end the element around it.
 */
static bool parse_plain(struct place *place, size_t n, const char *name, const struct sf_xmlenc *how, struct sf_xmlenc_opened *opened)
{
	struct sf_span plain = { place->p + place->tag, n }, body, whole;
	struct sf_xml_doc *doc;
	struct sf_xml_node *root, *element;

	if (!sf_xml_scan(plain, how->limits, &body, NULL)) {
		return false;
	}
	memcpy(place->p + place->tag + n, CLOSING, sizeof(CLOSING) - 1);
	whole = (struct sf_span){ place->p, place->tag + n + sizeof(CLOSING) - 1 };
	if (!sf_xml_parse(whole, &place->around, &doc, NULL)) {
		return false;
	}
	root = sf_xml_root(doc);
	element = sf_xml_first(root);
	if (!element || sf_xml_next(element) || !sf_xml_is(element, SF_NS_SAML, name) || !sf_xml_no_stray_text(root)) {
		sf_xml_free(doc);
		return false;
	}
	opened->doc = doc;
	opened->element = element;
	return true;
}

/* ---- opening ---- */

static bool try_one(const struct encrypted *e, const struct wrapping *w, const struct sf_key *key, const char *name, const struct sf_xmlenc *how,
		struct secrets *secrets, struct place *place, struct sf_xmlenc_opened *opened)
{
	bool good, parsed;
	size_t n = 0;

	if (!sf_key_unwrap(key, &w->transport, w->wrapped, secrets->content_key, e->cipher->key, secrets->scratch)) {
		return false;
	}
	good = sf_cipher_open(e->cipher, secrets->content_key, e->sealed, (unsigned char *)place->p + place->tag, &n);
	parsed = n > 0 && parse_plain(place, n, name, how, opened);
	sf_wipe(place->p + place->tag, place->room - place->tag);
	if (parsed && !good) {
		sf_xml_free(opened->doc);
		opened->doc = NULL;
	}
	return parsed && good;
}

/* Those whose Recipient is us come first; then the others, for some providers write there what they like. */
static bool try_all(const struct encrypted *e, const char *name, struct sf_xmlenc *how, struct secrets *secrets, struct place *place,
		struct sf_xmlenc_opened *opened)
{
	for (int round = 0; round < 2; round++) {
		for (size_t i = 0; i < e->key_count; i++) {
			for (size_t k = 0; k < how->key_count && e->keys[i].ours == (round == 0); k++) {
				if (how->budget == 0) {
					return false;
				}
				how->budget--;
				if (try_one(e, &e->keys[i], how->keys[k], name, how, secrets, place, opened)) {
					return true;
				}
			}
		}
	}
	return false;
}

bool sf_xmlenc_open(const struct sf_xml_node *holder, const char *name, struct sf_xmlenc *how, struct sf_arena *arena, struct sf_xmlenc_opened *opened,
		struct sf_error *error)
{
	struct encrypted *e = sf_arena_alloc(arena, sizeof(*e));
	struct sf_secret memory;
	struct place place;
	bool ok;

	memset(opened, 0, sizeof(*opened));
	if (how->key_count == 0) {
		return sf_fail(error, SF_DECRYPTION_KEY_MISSING, sf_xml_name(holder).p);
	}
	if (!e || !read_encrypted(holder, how, arena, e) || !make_place(holder, how, e->sealed.n, arena, &place)) {
		return sf_fail(error, SF_DECRYPTION_FAILED, sf_xml_name(holder).p);
	}
	if (!sf_secret_new(&memory, sizeof(struct secrets))) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	ok = try_all(e, name, how, (struct secrets *)memory.p, &place, opened);
	sf_secret_free(&memory);
	if (!ok) {
		return sf_fail(error, SF_DECRYPTION_FAILED, sf_xml_name(holder).p);
	}
	opened->authenticated = how->covered || e->cipher->tag > 0;
	return true;
}
