#include "saml/metadata.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/text.h"

#define PROTOCOL SF_NS_SAMLP
#define ENTITIES_DEPTH 4

/* ---- reading theirs ---- */

struct search {
	struct sf_span wanted; /* .p == NULL: any */
	struct sf_xml_node *entity, *role;
	size_t found;
	int64_t now;
	struct sf_error *error;
};

/* protocolSupportEnumeration is a list of URIs. */
static bool speaks_saml2(struct sf_xml_node *role)
{
	struct sf_span list;

	if (!sf_xml_attribute(role, "protocolSupportEnumeration", &list)) {
		return false;
	}
	for (list = sf_span_trim(list); list.n; list = sf_span_trim(list)) {
		size_t n = 0;

		while (n < list.n && !sf_is_space(list.p[n])) {
			n++;
		}
		if (sf_span_is((struct sf_span){ list.p, n }, PROTOCOL)) {
			return true;
		}
		list.p += n;
		list.n -= n;
	}
	return false;
}

static bool still_valid(struct search *s, struct sf_xml_node *node)
{
	struct sf_span text;
	int64_t until;

	if (!sf_xml_attribute(node, "validUntil", &text)) {
		return true;
	}
	if (!sf_time_parse(text, &until)) {
		return sf_fail_found(s->error, SF_INVALID_TIME, "validUntil", text);
	}
	return until > s->now || sf_fail_found(s->error, SF_METADATA_EXPIRED, "validUntil", text);
}

static bool look_at_entity(struct search *s, struct sf_xml_node *entity)
{
	struct sf_span id;

	if (!sf_xml_attribute(entity, "entityID", &id) || id.n == 0 || id.n > SF_ENTITY_ID_MAX) {
		return sf_fail(s->error, SF_METADATA_INVALID, "entityID");
	}
	if (s->wanted.p && !sf_span_eq(id, s->wanted)) {
		return true;
	}
	for (struct sf_xml_node *role = sf_xml_first(entity); role; role = sf_xml_next(role)) {
		if (sf_xml_is(role, SF_NS_MD, "IDPSSODescriptor") && speaks_saml2(role)) {
			if (!still_valid(s, entity) || !still_valid(s, role)) {
				return false;
			}
			s->found++;
			s->entity = entity;
			s->role = role;
			break;
		}
	}
	return true;
}

static bool look_into(struct search *s, struct sf_xml_node *node, int depth)
{
	if (sf_xml_is(node, SF_NS_MD, "EntityDescriptor")) {
		return look_at_entity(s, node);
	}
	if (!sf_xml_is(node, SF_NS_MD, "EntitiesDescriptor") || depth == 0) {
		return sf_fail_both(s->error, SF_METADATA_INVALID, "document", sf_xml_name(node), SF_SPAN_LIT("EntityDescriptor"));
	}
	if (!still_valid(s, node)) {
		return false;
	}
	for (struct sf_xml_node *child = sf_xml_first(node); child; child = sf_xml_next(child)) {
		bool entity = sf_xml_is(child, SF_NS_MD, "EntityDescriptor") || sf_xml_is(child, SF_NS_MD, "EntitiesDescriptor");

		if (entity && !look_into(s, child, depth - 1)) {
			return false;
		}
	}
	return true;
}

static bool read_certificate(struct sf_xml_node *node, struct sf_arena *arena, struct sf_idp_metadata *out, struct sf_error *error)
{
	struct sf_span text;

	if (!sf_xml_text(node, SF_TEXT_WHOLE, arena, &text)) {
		return sf_fail(error, SF_METADATA_INVALID, "X509Certificate");
	}
	text = sf_span_trim(text);
	for (size_t i = 0; i < out->certificate_count; i++) {
		if (sf_span_eq(out->certificates[i], text)) {
			return true;
		}
	}
	if (out->certificate_count == SF_IDP_KEYS_MAX) {
		return sf_fail(error, SF_METADATA_INVALID, "X509Certificate");
	}
	out->certificates[out->certificate_count++] = text;
	return true;
}

static bool read_key(struct sf_xml_node *descriptor, struct sf_arena *arena, struct sf_idp_metadata *out, struct sf_error *error)
{
	struct sf_span use;

	if (sf_xml_attribute(descriptor, "use", &use) && !sf_span_is(use, "signing")) {
		return true;
	}
	for (struct sf_xml_node *node = sf_xml_walk(descriptor, descriptor); node; node = sf_xml_walk(node, descriptor)) {
		if (sf_xml_is(node, SF_NS_DS, "X509Certificate") && !read_certificate(node, arena, out, error)) {
			return false;
		}
	}
	return true;
}

static bool by_uri(struct sf_span uri, enum sf_binding *by)
{
	static const char *const uris[SF_BINDINGS] = {
		[SF_BY_REDIRECT] = SF_BINDING_REDIRECT,
		[SF_BY_POST] = SF_BINDING_POST,
		[SF_BY_SOAP] = SF_BINDING_SOAP,
	};

	for (int i = 0; i < SF_BINDINGS; i++) {
		if (sf_span_is(uri, uris[i])) {
			*by = (enum sf_binding)i;
			return true;
		}
	}
	return false;
}

static bool read_by(struct sf_xml_node *node, enum sf_binding *by)
{
	struct sf_span binding;

	return sf_xml_attribute(node, "Binding", &binding) && by_uri(binding, by);
}

/* One that is no http(s) URL would become a link or a form's action. */
static bool read_url(struct sf_xml_node *node, const char *name, struct sf_span *url, struct sf_error *error)
{
	if (!sf_xml_attribute(node, name, url)) {
		return sf_fail(error, SF_URL_REFUSED, name);
	}
	return sf_url_valid(*url, SF_URL_MAX) || sf_fail_found(error, SF_URL_REFUSED, name, *url);
}

static bool read_login(struct sf_xml_node *node, struct sf_endpoints *out, struct sf_error *error)
{
	enum sf_binding by;

	if (!read_by(node, &by) || by == SF_BY_SOAP || out->login[by].p) {
		return true;
	}
	return read_url(node, "Location", &out->login[by], error);
}

static bool read_logout(struct sf_xml_node *node, struct sf_endpoints *out, struct sf_error *error)
{
	struct sf_span response;
	enum sf_binding by;

	if (!read_by(node, &by) || out->logout[by].p) {
		return true;
	}
	if (!read_url(node, "Location", &out->logout[by], error)) {
		return false;
	}
	out->logout_response[by] = out->logout[by];
	return !sf_xml_attribute(node, "ResponseLocation", &response) || read_url(node, "ResponseLocation", &out->logout_response[by], error);
}

/* xs:unsignedShort */
static bool read_index(struct sf_xml_node *node, unsigned *index)
{
	struct sf_span text;

	if (!sf_xml_attribute(node, "index", &text) || text.n == 0 || text.n > 5) {
		return false;
	}
	*index = 0;
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] < '0' || text.p[i] > '9') {
			return false;
		}
		*index = *index * 10 + (unsigned)(text.p[i] - '0');
	}
	return *index <= 65535;
}

static bool read_artifact(struct sf_xml_node *node, struct sf_endpoints *out, struct sf_error *error)
{
	struct sf_artifact_service *service = &out->artifact[out->artifact_count];
	enum sf_binding by;
	unsigned index;

	if (!read_by(node, &by) || by != SF_BY_SOAP) {
		return true;
	}
	if (out->artifact_count == SF_ARTIFACT_SERVICES_MAX || !read_index(node, &index)) {
		return sf_fail(error, SF_METADATA_INVALID, "ArtifactResolutionService");
	}
	for (size_t i = 0; i < out->artifact_count; i++) {
		if (out->artifact[i].index == index) {
			return sf_fail(error, SF_METADATA_INVALID, "ArtifactResolutionService");
		}
	}
	service->index = index;
	if (!read_url(node, "Location", &service->url, error)) {
		return false;
	}
	out->artifact_count++;
	return true;
}

/* What can't be used, or is one too many, is left out: it is a hint. */
static void read_name_id_format(struct sf_xml_node *node, struct sf_arena *arena, struct sf_idp_metadata *out)
{
	struct sf_span text;

	if (out->name_id_format_count == SF_NAME_ID_FORMATS_MAX || !sf_xml_text(node, SF_TEXT_WHOLE, arena, &text)) {
		return;
	}
	text = sf_span_trim(text);
	if (text.n > 0 && text.n <= SF_NAME_ID_FORMAT_MAX) {
		out->name_id_formats[out->name_id_format_count++] = text;
	}
}

static bool note_lang(void *arg, struct sf_span ns, struct sf_span name, struct sf_span value)
{
	if (sf_span_is(ns, SF_NS_XML) && sf_span_is(name, "lang")) {
		*(struct sf_span *)arg = value;
	}
	return true;
}

/* Names are for people to choose by: one that can't be used is left out, and no reason to refuse anything. */
static void read_name(struct sf_xml_node *node, struct sf_arena *arena, struct sf_idp_metadata *out)
{
	struct sf_localized name = { SF_SPAN_NONE, SF_SPAN_NONE };

	if (!sf_xml_attributes(node, note_lang, &name.lang) || !sf_xml_text(node, SF_TEXT_WHOLE, arena, &name.text)) {
		return;
	}
	name.text = sf_span_trim(name.text);
	if (name.lang.n == 0 || name.lang.n > 35 || name.text.n == 0 || name.text.n > SF_DISPLAY_NAME_MAX || out->name_count == SF_DISPLAY_NAMES_MAX) {
		return;
	}
	for (size_t i = 0; i < out->name_count; i++) {
		if (sf_span_eq(out->names[i].lang, name.lang)) {
			return;
		}
	}
	out->names[out->name_count++] = name;
}

/* sstc-saml-metadata-ui-v1.0 §2.1: in the role's Extensions; saml-metadata-2.0-os §2.3.2.1: of the organisation, the role's or the entity's. */
static void read_names(struct sf_xml_node *holder, const char *ns, const char *box, const char *element, struct sf_arena *arena, struct sf_idp_metadata *out)
{
	for (struct sf_xml_node *node = sf_xml_first(holder); node; node = sf_xml_next(node)) {
		for (struct sf_xml_node *name = sf_xml_is(node, ns, box) ? sf_xml_first(node) : NULL; name; name = sf_xml_next(name)) {
			if (sf_xml_is(name, ns, element)) {
				read_name(name, arena, out);
			}
		}
	}
}

static void read_all_names(struct sf_xml_node *entity, struct sf_xml_node *role, struct sf_arena *arena, struct sf_idp_metadata *out)
{
	for (struct sf_xml_node *node = sf_xml_first(role); node; node = sf_xml_next(node)) {
		if (sf_xml_is(node, SF_NS_MD, "Extensions")) {
			read_names(node, SF_NS_MDUI, "UIInfo", "DisplayName", arena, out);
		}
	}
	read_names(role, SF_NS_MD, "Organization", "OrganizationDisplayName", arena, out);
	read_names(entity, SF_NS_MD, "Organization", "OrganizationDisplayName", arena, out);
}

static bool read_role(struct sf_xml_node *role, struct sf_arena *arena, struct sf_idp_metadata *out, struct sf_error *error)
{
	struct sf_span wants;

	if (sf_xml_attribute(role, "WantAuthnRequestsSigned", &wants)) {
		wants = sf_span_trim(wants);
		out->wants_signed_requests = sf_span_is(wants, "true") || sf_span_is(wants, "1"); /* xs:boolean */
	}
	for (struct sf_xml_node *node = sf_xml_first(role); node; node = sf_xml_next(node)) {
		bool ok = true;

		if (sf_xml_is(node, SF_NS_MD, "KeyDescriptor")) {
			ok = read_key(node, arena, out, error);
		} else if (sf_xml_is(node, SF_NS_MD, "SingleSignOnService")) {
			ok = read_login(node, &out->endpoints, error);
		} else if (sf_xml_is(node, SF_NS_MD, "SingleLogoutService")) {
			ok = read_logout(node, &out->endpoints, error);
		} else if (sf_xml_is(node, SF_NS_MD, "ArtifactResolutionService")) {
			ok = read_artifact(node, &out->endpoints, error);
		} else if (sf_xml_is(node, SF_NS_MD, "NameIDFormat")) {
			read_name_id_format(node, arena, out);
		}
		if (!ok) {
			return false;
		}
	}
	return out->certificate_count > 0 || sf_fail(error, SF_CERTIFICATE_INVALID, "KeyDescriptor");
}

bool sf_metadata_read(struct sf_span xml, const struct sf_xml_limits *limits, struct sf_span entity_id, int64_t now, struct sf_arena *arena,
		struct sf_idp_metadata *out, struct sf_xml_doc **doc, struct sf_error *error)
{
	struct search s = { .wanted = entity_id, .now = now, .error = error };

	memset(out, 0, sizeof(*out));
	*doc = NULL;
	if (!sf_xml_parse(xml, limits, doc, error)) {
		return false;
	}
	if (look_into(&s, sf_xml_root(*doc), ENTITIES_DEPTH)) {
		if (s.found == 1) {
			(void)sf_xml_attribute(s.entity, "entityID", &out->entity_id);
			read_all_names(s.entity, s.role, arena, out);
			if (read_role(s.role, arena, out, error)) {
				return true;
			}
		} else {
			sf_fail_both(error, SF_ENTITY_NOT_FOUND, s.found ? "more than one IDPSSODescriptor" : "IDPSSODescriptor", SF_SPAN_NONE, entity_id);
		}
	}
	sf_xml_free(*doc);
	*doc = NULL;
	return false;
}

/* ---- writing ours ---- */

static void write_key(struct sf_buf *b, const char *use, struct sf_span certificate, const char *methods)
{
	char *text = sf_arena_alloc(b->arena, SF_BASE64_ENCODED(certificate.n));

	if (!text) {
		b->failed = true;
		return;
	}
	sf_buf_str(b, "\t\t<md:KeyDescriptor use=\"");
	sf_buf_str(b, use);
	sf_buf_str(b, "\">\n\t\t\t<ds:KeyInfo xmlns:ds=\"" SF_NS_DS "\"><ds:X509Data><ds:X509Certificate>");
	sf_buf_add(b, text, sf_base64_encode((const unsigned char *)certificate.p, certificate.n, text));
	sf_buf_str(b, "</ds:X509Certificate></ds:X509Data></ds:KeyInfo>\n");
	sf_buf_str(b, methods);
	sf_buf_str(b, "\t\t</md:KeyDescriptor>\n");
}

#define METHOD(uri) "\t\t\t<md:EncryptionMethod Algorithm=\"" uri "\"/>\n"

/* What may be used, the best first (saml-metadata-2.0-os §2.4.1.1); CBC is there for those who can't do GCM. */
static const char encryption_methods[] =
	METHOD("http://www.w3.org/2009/xmlenc11#aes256-gcm")
	METHOD("http://www.w3.org/2009/xmlenc11#aes128-gcm")
	METHOD("http://www.w3.org/2001/04/xmlenc#aes256-cbc")
	METHOD("http://www.w3.org/2001/04/xmlenc#aes128-cbc")
	METHOD("http://www.w3.org/2001/04/xmlenc#rsa-oaep-mgf1p");

bool sf_metadata_write(const struct sf_sp *sp, struct sf_span certificate, struct sf_arena *arena, struct sf_span *xml)
{
	struct sf_buf b;

	sf_buf_init(&b, arena, SF_METADATA_MAX);
	sf_buf_str(&b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<md:EntityDescriptor xmlns:md=\"" SF_NS_MD "\" entityID=\"");
	sf_buf_xml(&b, sp->entity_id);
	sf_buf_str(&b, "\">\n\t<md:SPSSODescriptor AuthnRequestsSigned=\"");
	sf_buf_str(&b, certificate.n ? "true" : "false");
	sf_buf_str(&b, "\" WantAssertionsSigned=\"true\" protocolSupportEnumeration=\"" PROTOCOL "\">\n");
	if (certificate.n) {
		write_key(&b, "signing", certificate, "");
	}
	for (size_t i = 0; i < sp->other_certificate_count; i++) {
		write_key(&b, "signing", sp->other_certificates[i], "");
	}
	for (size_t i = 0; i < sp->decryption_key_count; i++) {
		if (i > 0 && sp->decryption_keys[i - 1]->older == sp->decryption_keys[i]) {
			continue; /* nobody shall begin to use the generation before the newest */
		}
		if (sp->decryption_keys[i]->certificate.n) {
			write_key(&b, "encryption", sp->decryption_keys[i]->certificate, encryption_methods);
		}
	}
	sf_buf_str(&b, "\t\t<md:AssertionConsumerService Binding=\"" SF_BINDING_POST "\" Location=\"");
	sf_buf_xml(&b, sp->acs_url);
	sf_buf_str(&b, "\" index=\"0\" isDefault=\"true\"/>\n\t</md:SPSSODescriptor>\n</md:EntityDescriptor>\n");
	return sf_buf_done(&b, xml);
}
