#include "saml/metadata.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/text.h"

#define PROTOCOL SF_NS_SAMLP
#define ENTITIES_DEPTH 4

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

/* ---- how long it holds ---- */

static bool narrow(struct sf_validity *v, struct sf_xml_node *node, struct sf_error *error)
{
	struct sf_span text;
	int64_t value;

	if (sf_xml_attribute(node, "validUntil", &text)) {
		if (!sf_time_parse(text, &value)) {
			return sf_fail_found(error, SF_INVALID_TIME, "validUntil", text);
		}
		v->until = v->has_until && v->until < value ? v->until : value;
		v->has_until = true;
	}
	if (sf_xml_attribute(node, "cacheDuration", &text)) {
		if (!sf_duration_parse(text, &value)) {
			return sf_fail_found(error, SF_INVALID_TIME, "cacheDuration", text);
		}
		v->duration = v->has_duration && v->duration < value ? v->duration : value;
		v->has_duration = true;
	}
	return true;
}

static bool is_over(const struct sf_validity *v, int64_t now)
{
	return v->has_until && v->until <= now;
}

static bool refuse_expired(const struct sf_validity *v, struct sf_error *error)
{
	char text[SF_TIME_TEXT] = "";

	(void)sf_time_format(v->until, text);
	return sf_fail_found(error, SF_METADATA_EXPIRED, "validUntil", sf_span_of(text));
}

/* ---- from entity to entity ---- */

struct visitor {
	bool (*entity)(void *arg, struct sf_xml_node *entity, struct sf_span id, const struct sf_validity *validity);
	void *arg;
	struct sf_error *error;
};

static bool visit_entity(const struct visitor *visitor, struct sf_xml_node *entity, const struct sf_validity *validity)
{
	struct sf_span id;

	if (!sf_xml_attribute(entity, "entityID", &id) || id.n == 0 || id.n > SF_ENTITY_ID_MAX) {
		return sf_fail(visitor->error, SF_METADATA_INVALID, "entityID");
	}
	return visitor->entity(visitor->arg, entity, id, validity);
}

static bool visit(const struct visitor *visitor, struct sf_xml_node *node, int depth, struct sf_validity validity)
{
	bool entity = sf_xml_is(node, SF_NS_MD, "EntityDescriptor");

	if (!entity && (!sf_xml_is(node, SF_NS_MD, "EntitiesDescriptor") || depth == 0)) {
		return sf_fail_both(visitor->error, SF_METADATA_INVALID, "document", sf_xml_name(node), SF_SPAN_LIT("EntityDescriptor"));
	}
	if (!narrow(&validity, node, visitor->error)) {
		return false;
	}
	if (entity) {
		return visit_entity(visitor, node, &validity);
	}
	for (struct sf_xml_node *child = sf_xml_first(node); child; child = sf_xml_next(child)) {
		if ((sf_xml_is(child, SF_NS_MD, "EntityDescriptor") || sf_xml_is(child, SF_NS_MD, "EntitiesDescriptor")) && !visit(visitor, child, depth - 1, validity)) {
			return false;
		}
	}
	return true;
}

static bool visit_all(struct sf_xml_doc *doc, const struct visitor *visitor)
{
	return visit(visitor, sf_xml_root(doc), ENTITIES_DEPTH, (struct sf_validity){ .has_until = false });
}

/* The first role of a kind that speaks SAML 2.0, or NULL. */
static struct sf_xml_node *role_of(struct sf_xml_node *entity, const char *kind)
{
	for (struct sf_xml_node *role = sf_xml_first(entity); role; role = sf_xml_next(role)) {
		if (sf_xml_is(role, SF_NS_MD, kind) && speaks_saml2(role)) {
			return role;
		}
	}
	return NULL;
}

/* ---- an identity provider ---- */

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
static void read_name(struct sf_xml_node *node, struct sf_arena *arena, struct sf_localized *names, size_t *count)
{
	struct sf_localized name = { SF_SPAN_NONE, SF_SPAN_NONE };

	if (!sf_xml_attributes(node, note_lang, &name.lang) || !sf_xml_text(node, SF_TEXT_WHOLE, arena, &name.text)) {
		return;
	}
	name.text = sf_span_trim(name.text);
	if (name.lang.n == 0 || name.lang.n > 35 || name.text.n == 0 || name.text.n > SF_DISPLAY_NAME_MAX || *count == SF_DISPLAY_NAMES_MAX) {
		return;
	}
	for (size_t i = 0; i < *count; i++) {
		if (sf_span_eq(names[i].lang, name.lang)) {
			return;
		}
	}
	names[(*count)++] = name;
}

/* sstc-saml-metadata-ui-v1.0 §2.1: in the role's Extensions; saml-metadata-2.0-os §2.3.2.1: of the organisation, the role's or the entity's. */
static void read_names(struct sf_xml_node *holder, const char *ns, const char *box, const char *element, struct sf_arena *arena,
		struct sf_localized *names, size_t *count)
{
	for (struct sf_xml_node *node = sf_xml_first(holder); node; node = sf_xml_next(node)) {
		for (struct sf_xml_node *name = sf_xml_is(node, ns, box) ? sf_xml_first(node) : NULL; name; name = sf_xml_next(name)) {
			if (sf_xml_is(name, ns, element)) {
				read_name(name, arena, names, count);
			}
		}
	}
}

/* role may be NULL */
static void read_all_names(struct sf_xml_node *entity, struct sf_xml_node *role, struct sf_arena *arena, struct sf_localized *names, size_t *count)
{
	for (struct sf_xml_node *node = role ? sf_xml_first(role) : NULL; node; node = sf_xml_next(node)) {
		if (sf_xml_is(node, SF_NS_MD, "Extensions")) {
			read_names(node, SF_NS_MDUI, "UIInfo", "DisplayName", arena, names, count);
		}
	}
	if (role) {
		read_names(role, SF_NS_MD, "Organization", "OrganizationDisplayName", arena, names, count);
	}
	read_names(entity, SF_NS_MD, "Organization", "OrganizationDisplayName", arena, names, count);
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

struct search {
	struct sf_span wanted; /* .p == NULL: any */
	int64_t now;
	struct sf_xml_node *entity, *role;
	struct sf_span entity_id;
	struct sf_validity validity, expired;
	size_t found;
	struct sf_error *error;
};

static bool look_at_entity(void *arg, struct sf_xml_node *entity, struct sf_span id, const struct sf_validity *validity)
{
	struct search *s = arg;
	struct sf_validity narrowest = *validity;
	struct sf_xml_node *role;

	if ((s->wanted.p && !sf_span_eq(id, s->wanted)) || !(role = role_of(entity, "IDPSSODescriptor"))) {
		return true;
	}
	if (!narrow(&narrowest, role, s->error)) {
		return false;
	}
	if (is_over(&narrowest, s->now)) {
		s->expired = narrowest;
		return true;
	}
	s->found++;
	s->entity = entity;
	s->entity_id = id;
	s->role = role;
	s->validity = narrowest;
	return true;
}

bool sf_metadata_find(struct sf_xml_doc *doc, struct sf_span entity_id, int64_t now, struct sf_arena *arena, struct sf_idp_metadata *out, struct sf_error *error)
{
	struct search s = { .wanted = entity_id, .now = now, .error = error };
	const struct visitor visitor = { look_at_entity, &s, error };

	memset(out, 0, sizeof(*out));
	if (!visit_all(doc, &visitor)) {
		return false;
	}
	if (s.found == 0 && s.expired.has_until) {
		return refuse_expired(&s.expired, error);
	}
	if (s.found != 1) {
		return sf_fail_both(error, SF_ENTITY_NOT_FOUND, s.found ? "more than one IDPSSODescriptor" : "IDPSSODescriptor", SF_SPAN_NONE, entity_id);
	}
	out->entity_id = s.entity_id;
	out->entity = s.entity;
	out->validity = s.validity;
	read_all_names(s.entity, s.role, arena, out->names, &out->name_count);
	return read_role(s.role, arena, out, error);
}

bool sf_metadata_extract(const struct sf_idp_metadata *found, struct sf_arena *arena, struct sf_span *xml, struct sf_error *error)
{
	static const struct sf_c14n_how exclusive = { .method = SF_C14N_EXCLUSIVE };
	struct sf_xml_node *first = sf_xml_first(found->entity), *signature = first && sf_xml_is(first, SF_NS_DS, "Signature") ? first : NULL;
	char until[SF_TIME_TEXT];
	struct sf_xml_bytes bytes;
	struct sf_buf b;

	if (!sf_xml_canonicalize(found->entity, signature, &exclusive, &bytes, error)) {
		return false;
	}
	sf_buf_init(&b, arena, bytes.span.n + 1024);
	sf_buf_str(&b, "<md:EntitiesDescriptor xmlns:md=\"" SF_NS_MD "\"");
	if (found->validity.has_until && sf_time_format(found->validity.until, until)) {
		sf_buf_str(&b, " validUntil=\"");
		sf_buf_str(&b, until);
		sf_buf_char(&b, '"');
	}
	if (found->validity.has_duration) {
		sf_buf_str(&b, " cacheDuration=\"PT");
		sf_buf_int(&b, found->validity.duration);
		sf_buf_str(&b, "S\"");
	}
	sf_buf_char(&b, '>');
	sf_buf_span(&b, bytes.span);
	sf_buf_str(&b, "</md:EntitiesDescriptor>\n");
	sf_xml_bytes_free(&bytes);
	return sf_buf_done(&b, xml) || sf_fail(error, SF_INTERNAL, "memory");
}

/* ---- a list of all ---- */

struct listing {
	int64_t now;
	struct sf_arena *arena;
	sf_metadata_entity_fn fn;
	void *arg;
	struct sf_error *error;
};

/* *there if it is, and hasn't expired. False for a document that is to be refused. */
static bool look_at_role(struct sf_xml_node *role, struct listing *l, struct sf_validity validity, struct sf_metadata_entity *out, bool *there)
{
	*there = false;
	if (!role) {
		return true;
	}
	if (!narrow(&validity, role, l->error)) {
		return false;
	}
	*there = !is_over(&validity, l->now);
	if (*there) {
		out->validity = validity;
	}
	return true;
}

static bool list_entity(void *arg, struct sf_xml_node *entity, struct sf_span id, const struct sf_validity *validity)
{
	struct sf_xml_node *idp = role_of(entity, "IDPSSODescriptor"), *sp = role_of(entity, "SPSSODescriptor");
	struct sf_metadata_entity out = { .entity_id = id, .validity = *validity };
	struct listing *l = arg;

	if (is_over(validity, l->now)) {
		return true;
	}
	/* the identity provider last: where an entity is both, it is what somebody asks about */
	if (!look_at_role(sp, l, *validity, &out, &out.service_provider) || !look_at_role(idp, l, *validity, &out, &out.identity_provider)) {
		return false;
	}
	read_all_names(entity, out.identity_provider ? idp : sp, l->arena, out.names, &out.name_count);
	return l->fn(l->arg, &out);
}

bool sf_metadata_entities(struct sf_xml_doc *doc, int64_t now, struct sf_arena *arena, sf_metadata_entity_fn fn, void *arg, struct sf_error *error)
{
	struct listing l = { now, arena, fn, arg, error };
	const struct visitor visitor = { list_entity, &l, error };

	return visit_all(doc, &visitor);
}

bool sf_metadata_is_entity(struct sf_xml_doc *doc, struct sf_span entity_id, struct sf_error *error)
{
	struct sf_xml_node *root = sf_xml_root(doc);
	struct sf_span id = SF_SPAN_NONE;

	if (!sf_xml_is(root, SF_NS_MD, "EntityDescriptor") || !sf_xml_attribute(root, "entityID", &id) || !sf_span_eq(id, entity_id)) {
		return sf_fail_both(error, SF_ENTITY_NOT_FOUND, "EntityDescriptor", id, entity_id);
	}
	return true;
}

/* ---- from bytes to a document ---- */

/* Replaces *doc by what its root's signature covers. */
static bool keep_what_is_signed(struct sf_xml_doc **doc, const struct sf_metadata_source *source, struct sf_arena *arena, struct sf_error *error)
{
	const struct sf_dsig_policy policy = { .keys = source->keys, .key_count = source->key_count, .cache = source->cache, .limits = source->limits };
	struct sf_xml_node *root = sf_xml_root(*doc), *signature = sf_xml_first(root);
	struct sf_xml_limits limits = *source->limits;
	struct sf_dsig_result result;

	/* saml-schema-metadata-2.0: it comes first */
	if (!signature || !sf_xml_is(signature, SF_NS_DS, "Signature")) {
		return sf_fail(error, SF_NOT_SIGNED, "metadata");
	}
	if (!sf_dsig_check_root_id(*doc, error) || !sf_dsig_verify(*doc, root, signature, &policy, arena, &result, error)) {
		return false;
	}
	sf_xml_free(*doc);
	*doc = NULL;
	/* exclusive C14N writes a namespace out wherever it is first used: these are our bytes, of a document that kept the limits */
	limits.bytes *= 2;
	limits.namespaces = limits.nodes;
	return sf_xml_take(&result.bytes, &limits, doc, error);
}

static bool judge_root(struct sf_xml_doc *doc, int64_t now, struct sf_validity *validity, struct sf_error *error)
{
	struct sf_xml_node *root = sf_xml_root(doc);

	*validity = (struct sf_validity){ .has_until = false };
	if (!sf_xml_is(root, SF_NS_MD, "EntityDescriptor") && !sf_xml_is(root, SF_NS_MD, "EntitiesDescriptor")) {
		return sf_fail_both(error, SF_METADATA_INVALID, "document", sf_xml_name(root), SF_SPAN_LIT("EntityDescriptor"));
	}
	return narrow(validity, root, error) && (!is_over(validity, now) || refuse_expired(validity, error));
}

bool sf_metadata_open(struct sf_span xml, const struct sf_metadata_source *source, struct sf_arena *arena, struct sf_xml_doc **doc, struct sf_validity *validity,
		struct sf_error *error)
{
	*doc = NULL;
	if (!sf_xml_parse(xml, source->limits, doc, error)) {
		*doc = NULL;
		return false;
	}
	if ((source->key_count == 0 || keep_what_is_signed(doc, source, arena, error)) && judge_root(*doc, source->now, validity, error)) {
		return true;
	}
	sf_xml_free(*doc);
	*doc = NULL;
	return false;
}

bool sf_metadata_read(struct sf_span xml, const struct sf_xml_limits *limits, struct sf_span entity_id, int64_t now, struct sf_arena *arena,
		struct sf_idp_metadata *out, struct sf_xml_doc **doc, struct sf_error *error)
{
	const struct sf_metadata_source source = { .limits = limits, .now = now };
	struct sf_validity validity;

	if (!sf_metadata_open(xml, &source, arena, doc, &validity, error)) {
		return false;
	}
	if (sf_metadata_find(*doc, entity_id, now, arena, out, error)) {
		return true;
	}
	sf_xml_free(*doc);
	*doc = NULL;
	return false;
}
