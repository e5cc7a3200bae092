#include "saml/publish.h"

#include "base/base64.h"
#include "base/buf.h"
#include "base/text.h"
#include "saml/request.h"
#include "xml/sign.h"

/* ---- pieces ---- */

static void attribute(struct sf_buf *b, const char *name, struct sf_span value)
{
	if (value.p) {
		sf_buf_char(b, ' ');
		sf_buf_str(b, name);
		sf_buf_str(b, "=\"");
		sf_buf_xml(b, value);
		sf_buf_char(b, '"');
	}
}

static void element(struct sf_buf *b, const char *indent, const char *name, struct sf_span text)
{
	if (text.p) {
		sf_buf_str(b, indent);
		sf_buf_char(b, '<');
		sf_buf_str(b, name);
		sf_buf_char(b, '>');
		sf_buf_xml(b, text);
		sf_buf_str(b, "</");
		sf_buf_str(b, name);
		sf_buf_str(b, ">\n");
	}
}

static void localized(struct sf_buf *b, const char *indent, const char *name, const struct sf_localized_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		sf_buf_str(b, indent);
		sf_buf_char(b, '<');
		sf_buf_str(b, name);
		attribute(b, "xml:lang", list->items[i].lang);
		sf_buf_char(b, '>');
		sf_buf_xml(b, list->items[i].text);
		sf_buf_str(b, "</");
		sf_buf_str(b, name);
		sf_buf_str(b, ">\n");
	}
}

/* ---- keys ---- */

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

/* ---- the role ---- */

static void write_ui(struct sf_buf *b, const struct sf_publication *p)
{
	if (!p->display_name.count && !p->description.count && !p->information_url.count && !p->privacy_url.count && !p->logo_count) {
		return;
	}
	sf_buf_str(b, "\t\t<md:Extensions>\n\t\t\t<mdui:UIInfo xmlns:mdui=\"" SF_NS_MDUI "\">\n");
	localized(b, "\t\t\t\t", "mdui:DisplayName", &p->display_name);
	localized(b, "\t\t\t\t", "mdui:Description", &p->description);
	localized(b, "\t\t\t\t", "mdui:InformationURL", &p->information_url);
	localized(b, "\t\t\t\t", "mdui:PrivacyStatementURL", &p->privacy_url);
	for (size_t i = 0; i < p->logo_count; i++) {
		sf_buf_str(b, "\t\t\t\t<mdui:Logo height=\"");
		sf_buf_int(b, p->logos[i].height);
		sf_buf_str(b, "\" width=\"");
		sf_buf_int(b, p->logos[i].width);
		sf_buf_char(b, '"');
		attribute(b, "xml:lang", p->logos[i].lang);
		sf_buf_char(b, '>');
		sf_buf_xml(b, p->logos[i].url);
		sf_buf_str(b, "</mdui:Logo>\n");
	}
	sf_buf_str(b, "\t\t\t</mdui:UIInfo>\n\t\t</md:Extensions>\n");
}

static void write_keys(struct sf_buf *b, const struct sf_sp *sp, const struct sf_publication *p)
{
	if (p->certificate.n) {
		write_key(b, "signing", p->certificate, "");
	}
	for (size_t i = 0; i < sp->other_certificate_count; i++) {
		write_key(b, "signing", sp->other_certificates[i], "");
	}
	for (size_t i = 0; i < sp->decryption_key_count; i++) {
		if (i > 0 && sp->decryption_keys[i - 1]->older == sp->decryption_keys[i]) {
			continue; /* nobody shall begin to use the generation before the newest */
		}
		if (sp->decryption_keys[i]->certificate.n) {
			write_key(b, "encryption", sp->decryption_keys[i]->certificate, encryption_methods);
		}
	}
}

static void write_logout(struct sf_buf *b, const struct sf_sp *sp, const struct sf_publication *p)
{
	static const char *const uris[SF_BINDINGS] = { [SF_BY_REDIRECT] = SF_BINDING_REDIRECT, [SF_BY_POST] = SF_BINDING_POST, [SF_BY_SOAP] = SF_BINDING_SOAP };

	for (int by = 0; by < SF_BINDINGS; by++) {
		if (sp->slo_url.p && p->logout[by]) {
			sf_buf_str(b, "\t\t<md:SingleLogoutService");
			attribute(b, "Binding", sf_span_of(uris[by]));
			attribute(b, "Location", sp->slo_url);
			sf_buf_str(b, "/>\n");
		}
	}
}

static void write_consumer(struct sf_buf *b, const char *binding, struct sf_span url, size_t *index)
{
	sf_buf_str(b, "\t\t<md:AssertionConsumerService");
	attribute(b, "Binding", sf_span_of(binding));
	attribute(b, "Location", url);
	sf_buf_str(b, " index=\"");
	sf_buf_int(b, (int64_t)*index);
	sf_buf_str(b, *index == 0 ? "\" isDefault=\"true\"/>\n" : "\"/>\n");
	++*index;
}

/* The indexes stay what they are when the artifact binding is switched on. */
static void write_consumers(struct sf_buf *b, const struct sf_sp *sp, const struct sf_publication *p)
{
	size_t index = 0;

	write_consumer(b, SF_BINDING_POST, sp->acs_url, &index);
	for (size_t i = 0; i < sp->further_acs_count; i++) {
		write_consumer(b, SF_BINDING_POST, sp->further_acs_urls[i], &index);
	}
	if (!p->artifact) {
		return;
	}
	write_consumer(b, SF_BINDING_ARTIFACT, sp->acs_url, &index);
	for (size_t i = 0; i < sp->further_acs_count; i++) {
		write_consumer(b, SF_BINDING_ARTIFACT, sp->further_acs_urls[i], &index);
	}
}

/* AttributeConsumingService must have a name (saml-metadata-2.0-os §2.4.4.1): the one for people, or the entityID. */
static void write_attributes(struct sf_buf *b, const struct sf_sp *sp, const struct sf_publication *p)
{
	struct sf_localized_list fallback = { .items = { { SF_SPAN_LIT("en"), sp->entity_id } }, .count = 1 };

	if (!p->attribute_count) {
		return;
	}
	sf_buf_str(b, "\t\t<md:AttributeConsumingService index=\"0\" isDefault=\"true\">\n");
	localized(b, "\t\t\t", "md:ServiceName", p->display_name.count ? &p->display_name : &fallback);
	for (size_t i = 0; i < p->attribute_count; i++) {
		const struct sf_requested_attribute *a = &p->attributes[i];

		sf_buf_str(b, "\t\t\t<md:RequestedAttribute");
		attribute(b, "Name", a->name);
		attribute(b, "NameFormat", a->name_format);
		attribute(b, "FriendlyName", a->friendly_name);
		attribute(b, "isRequired", sf_span_of(a->required ? "true" : "false"));
		sf_buf_str(b, "/>\n");
	}
	sf_buf_str(b, "\t\t</md:AttributeConsumingService>\n");
}

static void write_role(struct sf_buf *b, const struct sf_sp *sp, const struct sf_publication *p)
{
	sf_buf_str(b, "\t<md:SPSSODescriptor AuthnRequestsSigned=\"");
	sf_buf_str(b, p->certificate.n ? "true" : "false");
	sf_buf_str(b, p->want_assertions_signed ? "\" WantAssertionsSigned=\"true\"" : "\" WantAssertionsSigned=\"false\"");
	sf_buf_str(b, " protocolSupportEnumeration=\"" SF_NS_SAMLP "\">\n");
	write_ui(b, p);
	write_keys(b, sp, p);
	write_logout(b, sp, p);
	for (size_t i = 0; i < p->name_id_format_count; i++) {
		element(b, "\t\t", "md:NameIDFormat", p->name_id_formats[i]);
	}
	write_consumers(b, sp, p);
	write_attributes(b, sp, p);
	sf_buf_str(b, "\t</md:SPSSODescriptor>\n");
}

/* ---- the entity ---- */

static void write_organization(struct sf_buf *b, const struct sf_publication *p)
{
	if (p->organization_name.count) {
		sf_buf_str(b, "\t<md:Organization>\n");
		localized(b, "\t\t", "md:OrganizationName", &p->organization_name);
		localized(b, "\t\t", "md:OrganizationDisplayName", &p->organization_display_name);
		localized(b, "\t\t", "md:OrganizationURL", &p->organization_url);
		sf_buf_str(b, "\t</md:Organization>\n");
	}
}

static void write_contact(struct sf_buf *b, const struct sf_contact *contact)
{
	sf_buf_str(b, "\t<md:ContactPerson");
	attribute(b, "contactType", contact->type);
	sf_buf_str(b, ">\n");
	element(b, "\t\t", "md:Company", contact->company);
	element(b, "\t\t", "md:GivenName", contact->given_name);
	element(b, "\t\t", "md:SurName", contact->sur_name);
	if (contact->email.p) {
		sf_buf_str(b, "\t\t<md:EmailAddress>mailto:");
		sf_buf_xml(b, contact->email);
		sf_buf_str(b, "</md:EmailAddress>\n");
	}
	element(b, "\t\t", "md:TelephoneNumber", contact->phone);
	sf_buf_str(b, "\t</md:ContactPerson>\n");
}

static bool write_entity(struct sf_buf *b, const struct sf_sp *sp, const struct sf_publication *p, struct sf_error *error)
{
	char id[SF_REQUEST_ID + 1], until[SF_TIME_TEXT];

	sf_buf_str(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<md:EntityDescriptor xmlns:md=\"" SF_NS_MD "\"");
	attribute(b, "entityID", sp->entity_id);
	if (p->key) {
		if (!sf_message_id(id)) {
			return sf_fail(error, SF_INTERNAL, "random numbers");
		}
		attribute(b, "ID", sf_span_of(id));
	}
	if (p->valid_until) {
		if (!sf_time_format(p->valid_until, until)) {
			return sf_fail(error, SF_INVALID_TIME, "validUntil");
		}
		attribute(b, "validUntil", sf_span_of(until));
	}
	if (p->cache_duration) {
		sf_buf_str(b, " cacheDuration=\"PT");
		sf_buf_int(b, p->cache_duration);
		sf_buf_str(b, "S\"");
	}
	sf_buf_str(b, ">\n");
	write_role(b, sp, p);
	write_organization(b, p);
	for (size_t i = 0; i < p->contact_count; i++) {
		write_contact(b, &p->contacts[i]);
	}
	sf_buf_str(b, "</md:EntityDescriptor>\n");
	return true;
}

bool sf_metadata_write(const struct sf_sp *sp, const struct sf_publication *p, struct sf_arena *arena, struct sf_span *xml, struct sf_error *error)
{
	struct sf_buf b;

	sf_buf_init(&b, arena, SF_METADATA_MAX);
	if (!write_entity(&b, sp, p, error)) {
		return false;
	}
	if (!sf_buf_done(&b, xml)) {
		return sf_fail(error, SF_TOO_LARGE, "metadata");
	}
	return !p->key || sf_xml_sign(*xml, p->key, arena, xml, error);
}
