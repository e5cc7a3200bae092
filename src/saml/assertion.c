#include "saml/assertion.h"

#include <stdio.h>

#include "base/buf.h"
#include "base/text.h"

#define BEARER "urn:oasis:names:tc:SAML:2.0:cm:bearer"
#define FORMAT_ENTITY "urn:oasis:names:tc:SAML:2.0:nameid-format:entity"

/* Everything a check needs, so that each check is one short function. */
struct judge {
	const struct sf_expectation *expected;
	struct sf_span answers;
	struct sf_xmlenc *decryption;
	struct sf_arena *arena;
	struct sf_assertion *out;
	struct sf_error *error;
	size_t attribute_room;
};

static void check(struct judge *j, enum sf_check which)
{
	sf_trace_check(j->expected->trace, which);
}

static void values(struct judge *j, struct sf_span found, struct sf_span expected)
{
	sf_trace_values(j->expected->trace, found, expected);
}

static bool missing(struct judge *j, const char *name)
{
	check(j, SF_CHECK_SHAPE);
	return sf_fail(j->error, SF_MISSING_ELEMENT, name);
}

static bool unexpected(struct judge *j, struct sf_xml_node *node)
{
	check(j, SF_CHECK_SHAPE);
	return sf_fail_found(j->error, SF_UNEXPECTED_ELEMENT, "Assertion", sf_xml_name(node));
}

/* The text of an element without the white space at its ends: indented documents are common. */
static bool text_of(struct judge *j, struct sf_xml_node *node, struct sf_span *text)
{
	if (!sf_xml_text(node, SF_TEXT_WHOLE, j->arena, text)) {
		return unexpected(j, node);
	}
	*text = sf_span_trim(*text);
	return true;
}

/* ---- time ---- */

static int64_t skew(const struct judge *j)
{
	return j->expected->idp->clock_skew;
}

/* False only if the attribute is there and is no time. */
static bool optional_time(struct judge *j, struct sf_xml_node *node, const char *name, bool *has, int64_t *t)
{
	struct sf_span text;

	*has = sf_xml_attribute(node, name, &text);
	return !*has || sf_time_parse(text, t) || sf_fail_found(j->error, SF_INVALID_TIME, name, text);
}

bool sf_fail_time(struct sf_error *error, int reason, const char *where, int64_t found, int64_t now)
{
	char text[SF_TIME_TEXT], limit[SF_TIME_TEXT], expected[32];

	if (!sf_time_format(found, text) || !sf_time_format(now, limit)) {
		return sf_fail(error, reason, where);
	}
	snprintf(expected, sizeof(expected), "%s %s", reason == SF_NOT_YET_VALID ? "before" : "after", limit);
	return sf_fail_both(error, reason, where, sf_span_of(text), sf_span_of(expected));
}

static bool fail_time(struct judge *j, int reason, const char *where, int64_t found)
{
	return sf_fail_time(j->error, reason, where, found, j->expected->now);
}

/* For who looks on: a span of time, and now. */
static void show_window(struct judge *j, bool has_start, int64_t start, bool has_end, int64_t end)
{
	char from[SF_TIME_TEXT] = "", until[SF_TIME_TEXT] = "", now[SF_TIME_TEXT], text[2 * SF_TIME_TEXT + 16];

	if (!j->expected->trace || (has_start && !sf_time_format(start, from)) || (has_end && !sf_time_format(end, until)) || !sf_time_format(j->expected->now, now)) {
		return;
	}
	snprintf(text, sizeof(text), "%s%s%s%s", has_start ? "from " : "", from, has_end ? (has_start ? " until " : "until ") : "", until);
	values(j, sf_span_of(text), sf_span_of(now));
}

/* now must lie in [NotBefore - skew, NotOnOrAfter + skew). */
static bool window(struct judge *j, struct sf_xml_node *node, const char *where)
{
	bool has_start, has_end;
	int64_t start, end;

	if (!optional_time(j, node, "NotBefore", &has_start, &start) || !optional_time(j, node, "NotOnOrAfter", &has_end, &end)) {
		return false;
	}
	show_window(j, has_start, start, has_end, end);
	if (has_start && j->expected->now < start - skew(j)) {
		return fail_time(j, SF_NOT_YET_VALID, where, start);
	}
	if (has_end && j->expected->now >= end + skew(j)) {
		return fail_time(j, SF_EXPIRED, where, end);
	}
	return true;
}

/* ---- Issuer and head ---- */

bool sf_issuer_judge(struct sf_xml_node *issuer, const struct sf_idp *idp, struct sf_arena *arena, struct sf_error *error)
{
	struct sf_span text, format;

	if (!sf_xml_text(issuer, SF_TEXT_WHOLE, arena, &text)) {
		return sf_fail(error, SF_UNEXPECTED_ELEMENT, "Issuer");
	}
	text = sf_span_trim(text);
	if (!sf_span_eq(text, idp->entity_id)) {
		return sf_fail_both(error, SF_ISSUER_MISMATCH, "Issuer", text, idp->entity_id);
	}
	if (sf_xml_attribute(issuer, "Format", &format) && !sf_span_is(format, FORMAT_ENTITY)) {
		return sf_fail_both(error, SF_ISSUER_MISMATCH, "Issuer Format", format, SF_SPAN_LIT(FORMAT_ENTITY));
	}
	return true;
}

bool sf_message_head_judge(struct sf_xml_node *node, struct sf_span *id, struct sf_error *error)
{
	struct sf_span version = SF_SPAN_NONE, instant;
	int64_t ignored;

	if (!sf_xml_attribute(node, "Version", &version) || !sf_span_is(version, "2.0")) {
		return sf_fail_both(error, SF_INVALID_VERSION, "Version", version, SF_SPAN_LIT("2.0"));
	}
	if (!sf_xml_attribute(node, "ID", id) || id->n == 0) {
		return sf_fail(error, SF_MISSING_ATTRIBUTE, "ID");
	}
	if (!sf_xml_attribute(node, "IssueInstant", &instant)) {
		return sf_fail(error, SF_MISSING_ATTRIBUTE, "IssueInstant");
	}
	return sf_time_parse(instant, &ignored) || sf_fail_found(error, SF_INVALID_TIME, "IssueInstant", instant);
}

struct sf_span sf_expected_acs(const struct sf_expectation *expected)
{
	return expected->asked && expected->asked->acs_url.p ? expected->asked->acs_url : expected->sp->acs_url;
}

/* ---- Subject ---- */

/* saml-core-2.0-os §3.4.1.1, and §2.2.2: no Format is the unspecified one. */
static bool judge_format(struct judge *j, const struct sf_name_id *name)
{
	struct sf_span wanted = j->expected->asked ? j->expected->asked->name_id_format : SF_SPAN_NONE;

	if (!wanted.p || sf_span_is(wanted, SF_FORMAT_UNSPECIFIED)) {
		return true;
	}
	if (sf_span_is(wanted, SF_FORMAT_ENCRYPTED)) {
		return name->encrypted || sf_fail_both(j->error, SF_NAME_ID_FORMAT_MISMATCH, "Subject", SF_SPAN_LIT("NameID"), SF_SPAN_LIT("EncryptedID"));
	}
	return sf_span_eq(name->format.p ? name->format : SF_SPAN_LIT(SF_FORMAT_UNSPECIFIED), wanted)
			|| sf_fail_both(j->error, SF_NAME_ID_FORMAT_MISMATCH, "NameID Format", name->format, wanted);
}

/* Where another namespace than ours was asked for, it must be said that the name is of that one. */
static bool judge_qualifier(struct judge *j, const struct sf_name_id *name)
{
	struct sf_span asked = j->expected->asked ? j->expected->asked->sp_name_qualifier : SF_SPAN_NONE;

	return !asked.p || name->sp_name_qualifier.p || sf_fail_both(j->error, SF_NAME_ID_MISMATCH, "SPNameQualifier", SF_SPAN_NONE, asked);
}

static bool read_name_id(struct sf_xml_node *node, struct sf_span qualifier, struct sf_arena *arena, struct sf_name_id *out, struct sf_error *error)
{
	memset(out, 0, sizeof(*out));
	if (!sf_xml_text(node, SF_TEXT_WHOLE, arena, &out->value)) {
		return sf_fail_found(error, SF_UNEXPECTED_ELEMENT, "NameID", sf_xml_name(node));
	}
	out->value = sf_span_trim(out->value);
	if (out->value.n == 0) {
		return sf_fail(error, SF_NAME_ID_MISSING, "NameID");
	}
	if (out->value.n > SF_NAME_ID_MAX) {
		return sf_fail(error, SF_TOO_LARGE, "NameID");
	}
	(void)sf_xml_attribute(node, "Format", &out->format);
	(void)sf_xml_attribute(node, "NameQualifier", &out->name_qualifier);
	if (sf_xml_attribute(node, "SPNameQualifier", &out->sp_name_qualifier) && !sf_span_eq(out->sp_name_qualifier, qualifier)) {
		return sf_fail_both(error, SF_NAME_ID_MISMATCH, "SPNameQualifier", out->sp_name_qualifier, qualifier);
	}
	return true;
}

/* A copy that outlives the document which was decrypted. */
static bool own(struct sf_arena *arena, struct sf_span *text, struct sf_error *error)
{
	return !text->p || sf_arena_copy(arena, *text, text) || sf_fail(error, SF_INTERNAL, "memory");
}

bool sf_name_id_judge(struct sf_xml_node *node, struct sf_span qualifier, struct sf_xmlenc *decryption, struct sf_arena *arena, struct sf_name_id *out,
		struct sf_error *error)
{
	struct sf_xmlenc_opened opened;
	bool ok;

	if (sf_xml_is(node, SF_NS_SAML, "NameID")) {
		return read_name_id(node, qualifier, arena, out, error);
	}
	if (!sf_xml_is(node, SF_NS_SAML, "EncryptedID")) {
		return sf_fail(error, SF_NAME_ID_MISSING, "NameID");
	}
	if (!sf_xmlenc_open(node, "NameID", decryption, arena, &opened, error)) {
		return false;
	}
	ok = read_name_id(opened.element, qualifier, arena, out, error) && own(arena, &out->value, error) && own(arena, &out->format, error)
			&& own(arena, &out->name_qualifier, error) && own(arena, &out->sp_name_qualifier, error);
	out->encrypted = true;
	sf_xml_free(opened.doc);
	return ok;
}

/* Whether what a message says that it answers is what was asked. */
static bool judge_in_response_to(struct judge *j, struct sf_span found)
{
	struct sf_span asked = j->expected->request_id;

	values(j, found, asked);
	if (!asked.p) {
		return sf_fail_found(j->error, SF_IN_RESPONSE_TO_MISMATCH, "InResponseTo", found);
	}
	return sf_span_eq(found, asked) || sf_fail_both(j->error, SF_IN_RESPONSE_TO_MISMATCH, "InResponseTo", found, asked);
}

/* saml-profiles-2.0-os §4.1.4.3. Whatever is wrong with one confirmation, the next may be good: the last error stays. */
static bool judge_confirmation(struct judge *j, struct sf_xml_node *confirmation)
{
	struct sf_xml_node *data = sf_xml_first(confirmation);
	struct sf_span method = SF_SPAN_NONE, recipient = SF_SPAN_NONE, answers, not_before;
	bool has_end;
	int64_t end = 0;

	check(j, SF_CHECK_CONFIRMATION);
	if (!sf_xml_attribute(confirmation, "Method", &method) || !sf_span_is(method, BEARER)) {
		return sf_fail_both(j->error, SF_NO_BEARER_CONFIRMATION, "SubjectConfirmation", method, SF_SPAN_LIT(BEARER));
	}
	/* one that names a party of its own confirms somebody else than the Subject */
	if (!data || !sf_xml_is(data, SF_NS_SAML, "SubjectConfirmationData") || sf_xml_next(data)) {
		return sf_fail(j->error, SF_NO_BEARER_CONFIRMATION, "SubjectConfirmationData");
	}
	values(j, method, SF_SPAN_LIT(BEARER));
	check(j, SF_CHECK_RECIPIENT);
	if (!sf_xml_attribute(data, "Recipient", &recipient) || !sf_span_eq(recipient, sf_expected_acs(j->expected))) {
		return sf_fail_both(j->error, SF_RECIPIENT_MISMATCH, "Recipient", recipient, sf_expected_acs(j->expected));
	}
	values(j, recipient, sf_expected_acs(j->expected));
	check(j, SF_CHECK_CONFIRMATION_TIME);
	if (sf_xml_attribute(data, "NotBefore", &not_before)) {
		return sf_fail_found(j->error, SF_NO_BEARER_CONFIRMATION, "NotBefore", not_before);
	}
	if (!optional_time(j, data, "NotOnOrAfter", &has_end, &end)) {
		return false;
	}
	if (!has_end) {
		return sf_fail(j->error, SF_NO_BEARER_CONFIRMATION, "NotOnOrAfter");
	}
	show_window(j, false, 0, true, end);
	if (j->expected->now >= end + skew(j)) {
		return fail_time(j, SF_EXPIRED, "SubjectConfirmationData", end);
	}
	check(j, SF_CHECK_IN_RESPONSE_TO);
	if (sf_xml_attribute(data, "InResponseTo", &answers)) {
		if (!judge_in_response_to(j, answers)) {
			return false;
		}
		j->out->in_response_to = answers;
	} else {
		j->out->in_response_to = j->answers;
		values(j, j->answers, j->expected->request_id);
	}
	if (j->expected->request_id.p && !j->out->in_response_to.p) {
		return sf_fail_both(j->error, SF_UNSOLICITED, "InResponseTo", SF_SPAN_NONE, j->expected->request_id);
	}
	j->out->not_on_or_after = end;
	return true;
}

static bool judge_subject(struct judge *j, struct sf_xml_node *subject)
{
	struct sf_xml_node *at = sf_xml_first(subject);
	struct sf_assertion *out = j->out;
	struct sf_span qualifier = j->expected->sp->entity_id;
	bool confirmed = false, any = false;
	struct sf_name_id name = { .encrypted = false };
	size_t mark;

	if (!sf_xml_no_stray_text(subject)) {
		return unexpected(j, subject);
	}
	if (!at) {
		return sf_fail(j->error, SF_NAME_ID_MISSING, "NameID");
	}
	if (j->expected->asked && j->expected->asked->sp_name_qualifier.p) {
		qualifier = j->expected->asked->sp_name_qualifier;
	}
	check(j, SF_CHECK_NAME_ID);
	if (!sf_name_id_judge(at, qualifier, j->decryption, j->arena, &name, j->error) || !judge_qualifier(j, &name) || !judge_format(j, &name)) {
		return false;
	}
	values(j, name.value, SF_SPAN_NONE);
	out->name_id = name.value;
	out->name_id_format = name.format;
	out->name_qualifier = name.name_qualifier;
	out->sp_name_qualifier = name.sp_name_qualifier;
	mark = sf_trace_mark(j->expected->trace);
	for (at = sf_xml_next(at); at; at = sf_xml_next(at)) {
		if (!sf_xml_is(at, SF_NS_SAML, "SubjectConfirmation")) {
			return unexpected(j, at);
		}
		any = true;
		if (!confirmed) {
			sf_trace_rewind(j->expected->trace, mark);
			confirmed = judge_confirmation(j, at);
		}
	}
	if (!any) {
		check(j, SF_CHECK_CONFIRMATION);
		return sf_fail(j->error, SF_NO_BEARER_CONFIRMATION, "SubjectConfirmation");
	}
	return confirmed;
}

/* ---- Conditions ---- */

static bool judge_audience(struct judge *j, struct sf_xml_node *restriction)
{
	struct sf_span text = SF_SPAN_NONE, last = SF_SPAN_NONE;
	bool ours = false;

	check(j, SF_CHECK_AUDIENCE);
	for (struct sf_xml_node *at = sf_xml_first(restriction); at; at = sf_xml_next(at)) {
		if (!sf_xml_is(at, SF_NS_SAML, "Audience")) {
			return unexpected(j, at);
		}
		if (!text_of(j, at, &text)) {
			return false;
		}
		ours = ours || sf_span_eq(text, j->expected->sp->entity_id);
		last = text;
	}
	values(j, ours ? j->expected->sp->entity_id : last, j->expected->sp->entity_id);
	return ours || sf_fail_both(j->error, SF_AUDIENCE_MISMATCH, "Audience", last, j->expected->sp->entity_id);
}

static bool judge_conditions(struct judge *j, struct sf_xml_node *conditions)
{
	bool restricted = false;

	check(j, SF_CHECK_VALIDITY);
	if (!window(j, conditions, "Conditions")) {
		return false;
	}
	for (struct sf_xml_node *at = sf_xml_first(conditions); at; at = sf_xml_next(at)) {
		if (sf_xml_is(at, SF_NS_SAML, "AudienceRestriction")) {
			if (!judge_audience(j, at)) {
				return false;
			}
			restricted = true;
		} else if (!sf_xml_is(at, SF_NS_SAML, "OneTimeUse") && !sf_xml_is(at, SF_NS_SAML, "ProxyRestriction")) {
			/* saml-core-2.0-os §2.5.1: a condition that is not understood makes the assertion's validity undetermined.
			 * OneTimeUse is what every Assertion is here; ProxyRestriction binds those who issue further ones, which we don't. */
			check(j, SF_CHECK_CONDITIONS);
			return sf_fail_found(j->error, SF_CONDITION_REFUSED, "Conditions", sf_xml_name(at));
		}
	}
	if (!restricted) {
		check(j, SF_CHECK_AUDIENCE);
		return sf_fail_both(j->error, SF_AUDIENCE_MISMATCH, "AudienceRestriction", SF_SPAN_NONE, j->expected->sp->entity_id);
	}
	check(j, SF_CHECK_CONDITIONS);
	return true;
}

/* ---- statements ---- */

/* How old the authentication may be: ForceAuthn wants one that was made after the request (saml-core-2.0-os §3.4.1). */
static bool judge_freshness(struct judge *j)
{
	const struct sf_asked *asked = j->expected->asked;
	int64_t instant = j->out->authn_instant, earliest;
	char found[SF_TIME_TEXT], text[SF_TIME_TEXT], expected[32];

	check(j, SF_CHECK_FRESHNESS);
	if (j->expected->trace && sf_time_format(instant, found)) {
		values(j, sf_span_of(found), SF_SPAN_NONE);
	}
	/* sums of the message's times, which are bounded; the caller's now need not be */
	if (asked && asked->has_max_age && instant + asked->max_age + skew(j) < j->expected->now) {
		earliest = j->expected->now - asked->max_age - skew(j);
	} else if (asked && asked->force_authn && instant + skew(j) < asked->sent) {
		earliest = asked->sent - skew(j);
	} else {
		return true;
	}
	if (!sf_time_format(instant, found) || !sf_time_format(earliest, text)) {
		return sf_fail(j->error, SF_AUTHN_TOO_OLD, "AuthnInstant");
	}
	snprintf(expected, sizeof(expected), "%s or later", text);
	return sf_fail_both(j->error, SF_AUTHN_TOO_OLD, "AuthnInstant", sf_span_of(found), sf_span_of(expected));
}

static bool judge_context(struct judge *j)
{
	static const char *const comparisons[] = { "", "at least ", "at most ", "better than " };
	const struct sf_asked *asked = j->expected->asked;
	struct sf_span expected;
	struct sf_buf b;

	check(j, SF_CHECK_AUTHN_CONTEXT);
	values(j, j->out->authn_context, SF_SPAN_NONE);
	if (!asked || sf_asked_context_ok(asked, j->out->authn_context)) {
		return true;
	}
	sf_buf_init(&b, j->arena, SF_CONTEXTS_MAX * (SF_URI_MAX + 1) + 16);
	sf_buf_str(&b, comparisons[asked->comparison]);
	for (size_t i = 0; i < asked->contexts.count; i++) {
		sf_buf_str(&b, i ? " " : "");
		sf_buf_span(&b, asked->contexts.uris[i]);
	}
	if (!sf_buf_done(&b, &expected)) {
		return sf_fail(j->error, SF_INTERNAL, "memory");
	}
	return sf_fail_both(j->error, SF_AUTHN_CONTEXT_MISMATCH, "AuthnContextClassRef", j->out->authn_context, expected);
}

static bool judge_authn(struct judge *j, struct sf_xml_node *statement, bool first)
{
	struct sf_assertion *out = j->out;
	int64_t instant = 0, end = 0;
	bool has;

	check(j, SF_CHECK_AUTHN_STATEMENT);
	if (!optional_time(j, statement, "AuthnInstant", &has, &instant)) {
		return false;
	}
	if (!has) {
		return sf_fail(j->error, SF_MISSING_ATTRIBUTE, "AuthnInstant");
	}
	check(j, SF_CHECK_SESSION);
	if (!optional_time(j, statement, "SessionNotOnOrAfter", &has, &end)) {
		return false;
	}
	if (has) {
		show_window(j, false, 0, true, end);
	}
	if (has && j->expected->now >= end + skew(j)) {
		return fail_time(j, SF_SESSION_EXPIRED, "SessionNotOnOrAfter", end);
	}
	/* several statements: the shortest session counts, the rest is the first one's */
	if (has && (!out->has_session_not_on_or_after || end < out->session_not_on_or_after)) {
		out->has_session_not_on_or_after = true;
		out->session_not_on_or_after = end;
	}
	if (!first) {
		return true;
	}
	out->authn_instant = instant;
	(void)sf_xml_attribute(statement, "SessionIndex", &out->session_index);
	for (struct sf_xml_node *at = sf_xml_first(statement); at; at = sf_xml_next(at)) {
		struct sf_xml_node *ref = sf_xml_is(at, SF_NS_SAML, "AuthnContext") ? sf_xml_first(at) : NULL;

		if (ref && sf_xml_is(ref, SF_NS_SAML, "AuthnContextClassRef") && !text_of(j, ref, &out->authn_context)) {
			return false;
		}
	}
	return judge_freshness(j) && judge_context(j);
}

static bool add_attribute(struct judge *j, struct sf_span name, bool has_value, struct sf_span value)
{
	struct sf_assertion *out = j->out;

	if (out->attribute_count == SF_ATTRIBUTES_MAX) {
		return sf_fail(j->error, SF_TOO_MANY_NODES, "Attribute");
	}
	if (out->attribute_count == j->attribute_room) {
		size_t room = j->attribute_room ? j->attribute_room * 2 : 32;
		struct sf_attribute *more;

		more = sf_arena_zalloc(j->arena, room, sizeof(*more));
		if (!more) {
			return sf_fail(j->error, SF_INTERNAL, "memory");
		}
		if (out->attribute_count) {
			memcpy(more, out->attributes, out->attribute_count * sizeof(*more));
		}
		out->attributes = more;
		j->attribute_room = room;
	}
	out->attributes[out->attribute_count++] = (struct sf_attribute){ name, value, has_value };
	return true;
}

static bool judge_attribute(struct judge *j, struct sf_xml_node *attribute)
{
	struct sf_xml_node *at = sf_xml_first(attribute);
	struct sf_span name = SF_SPAN_NONE, value;

	if (!sf_xml_attribute(attribute, "Name", &name) || name.n == 0 || name.n > SF_ENTITY_ID_MAX) {
		return sf_fail_found(j->error, SF_ATTRIBUTE_INVALID, "Name", name);
	}
	if (!at) {
		return add_attribute(j, name, false, SF_SPAN_NONE);
	}
	for (; at; at = sf_xml_next(at)) {
		if (!sf_xml_is(at, SF_NS_SAML, "AttributeValue")) {
			return unexpected(j, at);
		}
		/* all text below it: a value may be a NameID of its own. Never by xsi:type, whose prefix exclusive C14N may have lost. */
		if (!sf_xml_text(at, SF_TEXT_DEEP, j->arena, &value)) {
			return sf_fail(j->error, SF_INTERNAL, "memory");
		}
		if (!add_attribute(j, name, true, value)) {
			return false;
		}
	}
	return true;
}

static bool judge_encrypted_attribute(struct judge *j, struct sf_xml_node *node)
{
	size_t before = j->out->attribute_count;
	struct sf_xmlenc_opened opened;
	bool ok;

	if (!sf_xmlenc_open(node, "Attribute", j->decryption, j->arena, &opened, j->error)) {
		return false;
	}
	ok = judge_attribute(j, opened.element);
	for (size_t i = before; ok && i < j->out->attribute_count; i++) {
		ok = own(j->arena, &j->out->attributes[i].name, j->error) && own(j->arena, &j->out->attributes[i].value, j->error);
	}
	sf_xml_free(opened.doc);
	return ok;
}

static bool judge_attributes(struct judge *j, struct sf_xml_node *statement)
{
	check(j, SF_CHECK_ATTRIBUTES);
	for (struct sf_xml_node *at = sf_xml_first(statement); at; at = sf_xml_next(at)) {
		bool ok;

		if (sf_xml_is(at, SF_NS_SAML, "Attribute")) {
			ok = judge_attribute(j, at);
		} else if (sf_xml_is(at, SF_NS_SAML, "EncryptedAttribute")) {
			ok = judge_encrypted_attribute(j, at);
		} else {
			ok = unexpected(j, at);
		}
		if (!ok) {
			return false;
		}
	}
	return true;
}

/* Everything behind Conditions and Advice. */
static bool judge_statements(struct judge *j, struct sf_xml_node *at)
{
	size_t authn = 0;

	for (; at; at = sf_xml_next(at)) {
		bool ok;

		if (sf_xml_is(at, SF_NS_SAML, "AuthnStatement")) {
			ok = judge_authn(j, at, authn++ == 0);
		} else if (sf_xml_is(at, SF_NS_SAML, "AttributeStatement")) {
			ok = judge_attributes(j, at);
		} else if (sf_xml_is(at, SF_NS_SAML, "AuthzDecisionStatement") || sf_xml_is(at, SF_NS_SAML, "Statement")) {
			ok = true; /* says nothing about who somebody is */
		} else {
			ok = unexpected(j, at);
		}
		if (!ok) {
			return false;
		}
	}
	if (authn == 0) {
		check(j, SF_CHECK_AUTHN_STATEMENT);
		return sf_fail(j->error, SF_NO_AUTHN_STATEMENT, "AuthnStatement");
	}
	return true;
}

/* saml-core-2.0-os §2.3.3: Issuer, Signature?, Subject, Conditions, Advice?, statements, in this order. */
bool sf_assertion_judge(struct sf_xml_node *assertion, const struct sf_expectation *expected, struct sf_span answers, struct sf_xmlenc *decryption,
		struct sf_arena *arena, struct sf_assertion *out, struct sf_error *error)
{
	struct judge j = { .expected = expected, .answers = answers, .decryption = decryption, .arena = arena, .out = out, .error = error };
	struct sf_xml_node *at = sf_xml_first(assertion);

	memset(out, 0, sizeof(*out));
	check(&j, SF_CHECK_SHAPE);
	if (!sf_xml_no_stray_text(assertion)) {
		return unexpected(&j, assertion);
	}
	check(&j, SF_CHECK_HEAD);
	if (!sf_message_head_judge(assertion, &out->id, error)) {
		return false;
	}
	if (!at || !sf_xml_is(at, SF_NS_SAML, "Issuer")) {
		return missing(&j, "Issuer");
	}
	check(&j, SF_CHECK_ISSUER);
	if (!sf_issuer_judge(at, expected->idp, arena, error)) {
		return false;
	}
	values(&j, expected->idp->entity_id, expected->idp->entity_id);
	out->issuer = expected->idp->entity_id;
	at = sf_xml_next(at);
	if (at && sf_xml_is(at, SF_NS_DS, "Signature")) {
		at = sf_xml_next(at);
	}
	if (!at || !sf_xml_is(at, SF_NS_SAML, "Subject")) {
		return missing(&j, "Subject");
	}
	if (!judge_subject(&j, at)) {
		return false;
	}
	at = sf_xml_next(at);
	if (!at || !sf_xml_is(at, SF_NS_SAML, "Conditions")) {
		return missing(&j, "Conditions");
	}
	if (!judge_conditions(&j, at)) {
		return false;
	}
	at = sf_xml_next(at);
	if (at && sf_xml_is(at, SF_NS_SAML, "Advice")) {
		at = sf_xml_next(at);
	}
	return judge_statements(&j, at);
}
