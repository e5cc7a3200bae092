#include "saml/response.h"

#include "base/text.h"

#define SUCCESS "urn:oasis:names:tc:SAML:2.0:status:Success"

/* The parts of a Response, by position. */
struct parts {
	struct sf_xml_node *answer, *answer_signature; /* the ArtifactResponse around it, if it was fetched */
	struct sf_xml_node *root, *issuer, *signature, *status;
	struct sf_xml_node *assertion, *assertion_signature; /* or, instead of both: */
	struct sf_xml_node *encrypted;
};

/* ---- shape ---- */

static bool unexpected(struct sf_error *error, struct sf_xml_node *node)
{
	return sf_fail_found(error, SF_UNEXPECTED_ELEMENT, "Response", sf_xml_name(node));
}

static bool count_assertions(struct sf_xml_node *at, struct sf_error *error)
{
	size_t plain = 0, encrypted = 0;

	for (; at; at = sf_xml_next(at)) {
		if (sf_xml_is(at, SF_NS_SAML, "Assertion")) {
			plain++;
		} else if (sf_xml_is(at, SF_NS_SAML, "EncryptedAssertion")) {
			encrypted++;
		} else {
			return unexpected(error, at);
		}
	}
	return plain + encrypted == 1 || sf_fail(error, SF_ASSERTION_COUNT, "Response");
}

static bool judge_status(struct sf_xml_node *status, int reason, struct sf_error *error)
{
	struct sf_xml_node *code = sf_xml_first(status), *second;
	struct sf_span value;

	if (!code || !sf_xml_is(code, SF_NS_SAMLP, "StatusCode") || !sf_xml_attribute(code, "Value", &value)) {
		return sf_fail(error, SF_MISSING_ELEMENT, "StatusCode");
	}
	if (sf_span_is(value, SUCCESS)) {
		return true;
	}
	second = sf_xml_first(code);
	if (second && sf_xml_is(second, SF_NS_SAMLP, "StatusCode")) {
		(void)sf_xml_attribute(second, "Value", &value); /* the more specific of the two */
	}
	return sf_fail_both(error, reason, "Status", value, SF_SPAN_LIT(SUCCESS));
}

/*
 * saml-core-2.0-os §3.5.2, saml-profiles-2.0-os §5.4.2: Issuer, Signature?, Extensions?, Status, and what the artifact stood for; nothing, where
 * the provider doesn't know it any more.
 */
static bool open_answer(const struct sf_login *login, struct sf_arena *arena, struct parts *p, struct sf_error *error)
{
	struct sf_xml_node *at = sf_xml_first(p->answer);
	struct sf_span id, answers = SF_SPAN_NONE;

	if (!sf_xml_is(p->answer, SF_NS_SAMLP, "ArtifactResponse") || !sf_xml_no_stray_text(p->answer)) {
		return sf_fail_both(error, SF_UNEXPECTED_ELEMENT, "Body", sf_xml_name(p->answer), SF_SPAN_LIT("ArtifactResponse"));
	}
	if (!sf_message_head_judge(p->answer, &id, error)) {
		return false;
	}
	if (!sf_xml_attribute(p->answer, "InResponseTo", &answers) || !sf_span_eq(answers, login->resolve_id)) {
		return sf_fail_both(error, SF_IN_RESPONSE_TO_MISMATCH, "ArtifactResponse", answers, login->resolve_id);
	}
	if (!at || !sf_xml_is(at, SF_NS_SAML, "Issuer")) {
		return sf_fail(error, SF_MISSING_ELEMENT, "Issuer");
	}
	if (!sf_issuer_judge(at, login->expected.idp, arena, error)) {
		return false;
	}
	p->answer_signature = sf_message_signature(p->answer);
	at = sf_xml_next(p->answer_signature ? p->answer_signature : at);
	if (at && sf_xml_is(at, SF_NS_SAMLP, "Extensions")) {
		at = sf_xml_next(at);
	}
	if (!at || !sf_xml_is(at, SF_NS_SAMLP, "Status")) {
		return sf_fail(error, SF_MISSING_ELEMENT, "Status");
	}
	if (!judge_status(at, SF_ARTIFACT_UNRESOLVED, error)) {
		return false;
	}
	p->root = sf_xml_next(at);
	if (!p->root) {
		return sf_fail(error, SF_ARTIFACT_UNRESOLVED, "ArtifactResponse");
	}
	return !sf_xml_next(p->root) || unexpected(error, sf_xml_next(p->root));
}

/* Where the Response is: what was posted, or what a provider answered; of that, `hashed` bytes are the ArtifactResponse, or the Response itself. */
static bool find_response(struct sf_xml_doc *doc, const struct sf_login *login, bool hashed, struct sf_arena *arena, struct parts *p, struct sf_error *error)
{
	memset(p, 0, sizeof(*p));
	p->root = sf_xml_root(doc);
	if (!login->resolve_id.p || (hashed && !sf_xml_is(p->root, SF_NS_SAMLP, "ArtifactResponse"))) {
		return true;
	}
	p->answer = p->root;
	sf_trace_check(login->expected.trace, SF_CHECK_ARTIFACT_RESPONSE);
	return (hashed || sf_soap_open(doc, arena, &p->answer, error)) && open_answer(login, arena, p, error);
}

/*
 * saml-core-2.0-os §3.2.2 and §3.3.3: Issuer?, Signature?, Extensions?, Status, then exactly one Assertion or EncryptedAssertion. The status
 * comes first of all, for a provider that says no sends neither Assertion nor signature, and its reason is worth more.
 */
static bool split(struct parts *p, struct sf_trace *trace, struct sf_error *error)
{
	struct sf_xml_node *at;

	sf_trace_check(trace, SF_CHECK_SHAPE);
	if (!sf_xml_is(p->root, SF_NS_SAMLP, "Response")) {
		return sf_fail_both(error, SF_UNEXPECTED_ELEMENT, "document", sf_xml_name(p->root), SF_SPAN_LIT("samlp:Response"));
	}
	if (!sf_xml_no_stray_text(p->root)) {
		return unexpected(error, p->root);
	}
	at = sf_xml_first(p->root);
	if (at && sf_xml_is(at, SF_NS_SAML, "Issuer")) {
		p->issuer = at;
		at = sf_xml_next(at);
	}
	if (at && sf_xml_is(at, SF_NS_DS, "Signature")) {
		p->signature = at;
		at = sf_xml_next(at);
	}
	if (at && sf_xml_is(at, SF_NS_SAMLP, "Extensions")) {
		at = sf_xml_next(at);
	}
	if (!at || !sf_xml_is(at, SF_NS_SAMLP, "Status")) {
		return at && sf_xml_is(at, SF_NS_DS, "Signature") ? sf_fail(error, SF_SIGNATURE_PLACEMENT, "Response") : sf_fail(error, SF_MISSING_ELEMENT, "Status");
	}
	p->status = at;
	sf_trace_check(trace, SF_CHECK_STATUS);
	if (!judge_status(at, SF_STATUS_NOT_SUCCESS, error)) {
		return false;
	}
	sf_trace_values(trace, SF_SPAN_LIT(SUCCESS), SF_SPAN_LIT(SUCCESS));
	sf_trace_check(trace, SF_CHECK_ASSERTION_COUNT);
	if (!count_assertions(sf_xml_next(at), error)) {
		return false;
	}
	at = sf_xml_next(at);
	if (sf_xml_is(at, SF_NS_SAML, "Assertion")) {
		p->assertion = at;
		p->assertion_signature = sf_message_signature(at);
	} else {
		p->encrypted = at;
	}
	return true;
}

static bool within_advice(const struct sf_xml_node *node, const struct parts *p)
{
	for (const struct sf_xml_node *up = sf_xml_parent(node); up; up = sf_xml_parent(up)) {
		if (p->assertion && sf_xml_is(up, SF_NS_SAML, "Advice") && sf_xml_parent(up) == p->assertion) {
			return true;
		}
	}
	return false;
}

/*
 * Every wrapping attack needs a second place for an Assertion, a Response or a Signature. There is none: but for the
 * Advice of the one Assertion, where others may quote theirs, and which nobody reads.
 */
static bool nothing_wrapped(const struct parts *p, struct sf_error *error)
{
	for (struct sf_xml_node *node = sf_xml_walk(p->root, p->root); node; node = sf_xml_walk(node, p->root)) {
		bool message = sf_xml_is(node, SF_NS_SAML, "Assertion") || sf_xml_is(node, SF_NS_SAML, "EncryptedAssertion") || sf_xml_is(node, SF_NS_SAMLP, "Response");
		bool signature = sf_xml_is(node, SF_NS_DS, "Signature");

		if (node == p->assertion || node == p->encrypted || node == p->signature || node == p->assertion_signature || (!message && !signature) || within_advice(node, p)) {
			continue;
		}
		return signature ? sf_fail(error, SF_SIGNATURE_PLACEMENT, "document") : sf_fail_found(error, SF_UNEXPECTED_ELEMENT, "document", sf_xml_name(node));
	}
	return true;
}

static bool nothing_ambiguous(struct sf_xml_doc *doc, const struct parts *p, struct sf_trace *trace, struct sf_error *error)
{
	sf_trace_check(trace, SF_CHECK_IDS);
	if (!sf_dsig_check_ids(doc, error)) {
		return false;
	}
	sf_trace_check(trace, SF_CHECK_WRAPPING);
	return nothing_wrapped(p, error);
}

/* ---- the envelope ---- */

/*
 * What the Response says of itself. Where it wasn't signed this can only refuse: what it says is then worth nothing.
 * *answers is its InResponseTo, .p == NULL if there is none.
 */
static bool judge_envelope(const struct parts *p, const struct sf_login *login, bool is_signed, struct sf_arena *arena, struct sf_span *answers,
		struct sf_error *error)
{
	const struct sf_expectation *expected = &login->expected;
	struct sf_span destination, id, acs = sf_expected_acs(expected);

	*answers = SF_SPAN_NONE;
	sf_trace_scope(expected->trace, SF_SCOPE_RESPONSE);
	sf_trace_check(expected->trace, SF_CHECK_HEAD);
	if (!sf_message_head_judge(p->root, &id, error)) {
		return false;
	}
	sf_trace_check(expected->trace, SF_CHECK_ISSUER);
	if (p->issuer && !sf_issuer_judge(p->issuer, expected->idp, arena, error)) {
		return false;
	}
	if (!p->issuer && is_signed) {
		return sf_fail(error, SF_MISSING_ELEMENT, "Issuer"); /* saml-profiles-2.0-os §4.1.4.2 */
	}
	sf_trace_values(expected->trace, p->issuer ? expected->idp->entity_id : SF_SPAN_NONE, expected->idp->entity_id);
	sf_trace_check(expected->trace, SF_CHECK_DESTINATION);
	if (sf_xml_attribute(p->root, "Destination", &destination)) {
		sf_trace_values(expected->trace, destination, acs);
		if (!sf_span_eq(destination, acs)) {
			return sf_fail_both(error, SF_DESTINATION_MISMATCH, "Destination", destination, acs);
		}
	} else if (is_signed && !login->resolve_id.p) {
		/* saml-bindings-2.0-os §3.5.5.2: a signed message that is posted must carry it */
		return sf_fail_both(error, SF_DESTINATION_MISMATCH, "Destination", SF_SPAN_NONE, acs);
	}
	sf_trace_check(expected->trace, SF_CHECK_IN_RESPONSE_TO);
	if (sf_xml_attribute(p->root, "InResponseTo", answers)) {
		sf_trace_values(expected->trace, *answers, expected->request_id);
		if (!expected->request_id.p || !sf_span_eq(*answers, expected->request_id)) {
			return sf_fail_both(error, SF_IN_RESPONSE_TO_MISMATCH, "InResponseTo", *answers, expected->request_id);
		}
	}
	return true;
}

/* ---- the signatures ---- */

static void warn(const struct sf_login *login, const struct sf_dsig_result *verified, struct sf_login_result *result)
{
	unsigned warnings = sf_message_warnings(login->expected.idp, verified->key, verified->sha1, login->expected.now);

	result->warnings |= warnings;
	sf_trace_check(login->expected.trace, SF_CHECK_CERTIFICATE);
	sf_trace_warn(login->expected.trace, warnings);
}

/*
 * Verifies every signature there is. *bytes are those of the outermost signed element; *whole says whether it is the Response, or what the
 * Response came in. True without any bytes only where the Assertion, and what may have signed it, is still encrypted.
 */
static bool verify(struct sf_xml_doc *doc, const struct parts *p, const struct sf_login *login, struct sf_arena *arena, struct sf_xml_bytes *bytes,
		bool *whole, struct sf_login_result *result, struct sf_error *error)
{
	struct sf_dsig_policy policy = sf_message_policy(login->expected.idp, login->cache, login->limits);
	const struct {
		struct sf_xml_node *parent, *signature;
	} all[] = { { p->assertion, p->assertion_signature }, { p->root, p->signature }, { p->answer, p->answer_signature } }; /* innermost first */
	struct sf_dsig_result one;

	policy.trace = login->expected.trace;
	*whole = false;
	sf_trace_check(policy.trace, SF_CHECK_SIGNED);
	if (!p->signature && !p->assertion_signature && !p->answer_signature && !p->encrypted) {
		return sf_fail(error, SF_NOT_SIGNED, "Response");
	}
	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++) {
		if (!all[i].signature) {
			continue;
		}
		sf_trace_scope(policy.trace, i > 0 ? SF_SCOPE_RESPONSE : SF_SCOPE_ASSERTION);
		sf_xml_bytes_free(bytes);
		if (!sf_dsig_verify(doc, all[i].parent, all[i].signature, &policy, arena, &one, error)) {
			return false;
		}
		warn(login, &one, result);
		*bytes = one.bytes;
		*whole = i > 0;
	}
	return true;
}

/* ---- from bytes to an Assertion ---- */

static struct sf_xmlenc decryption(const struct sf_login *login, bool covered, unsigned budget)
{
	return sf_message_decryption(login->expected.idp, login->expected.sp, login->limits, covered, budget);
}

/* What the whole login rests on from here: a document of which every byte that counts was signed, and the Assertion in it. */
struct trusted {
	struct sf_xml_doc *doc;
	struct sf_xml_node *assertion;
	struct sf_span answers; /* InResponseTo of a signed Response */
};

/* Bytes that were hashed, parsed anew. */
static bool trust_bytes(struct sf_xml_bytes *bytes, const struct sf_login *login, struct trusted *t, struct sf_error *error)
{
	bool ok = sf_xml_take(bytes, login->limits, &t->doc, error);

	if (!ok) {
		t->doc = NULL;
	}
	return ok;
}

static bool trust_signed_assertion(struct sf_xml_bytes *bytes, const struct sf_login *login, struct trusted *t, struct sf_error *error)
{
	if (!trust_bytes(bytes, login, t, error)) {
		return false;
	}
	t->assertion = sf_xml_root(t->doc);
	return sf_xml_is(t->assertion, SF_NS_SAML, "Assertion") || sf_fail_found(error, SF_UNEXPECTED_ELEMENT, "Assertion", sf_xml_name(t->assertion));
}

/* What came out of an EncryptedAssertion, under the rules for one that stands in the open. covered: the Response around it was signed. */
static bool trust_opened(struct sf_xmlenc_opened *opened, const struct parts *outer, const struct sf_login *login, bool covered, struct sf_arena *arena,
		struct trusted *t, struct sf_login_result *result, struct sf_error *error)
{
	struct parts p = { .root = sf_xml_root(opened->doc), .assertion = opened->element, .assertion_signature = sf_message_signature(opened->element) };
	struct sf_xml_bytes bytes = { .handle = NULL };
	struct sf_span id, outer_id;
	bool whole;

	sf_trace_scope(login->expected.trace, SF_SCOPE_ASSERTION);
	sf_trace_check(login->expected.trace, SF_CHECK_WRAPPING);
	if (!sf_dsig_check_ids(opened->doc, error) || !nothing_wrapped(&p, error)) {
		return false;
	}
	if (sf_xml_attribute(opened->element, "ID", &id) && sf_xml_attribute(outer->root, "ID", &outer_id) && sf_span_eq(id, outer_id)) {
		return sf_fail_found(error, SF_DUPLICATE_ID, "ID", id);
	}
	if (covered && !p.assertion_signature) {
		/* the ciphertext was signed, and the keys that open it: so is what they give */
		t->doc = opened->doc;
		t->assertion = opened->element;
		opened->doc = NULL;
		return true;
	}
	return verify(opened->doc, &p, login, arena, &bytes, &whole, result, error) && trust_signed_assertion(&bytes, login, t, error);
}

/*
 * Where nothing has vouched for the ciphertext yet, whatever is wrong with what it holds is one and the same refusal, up to the
 * moment at which the signature in it has been verified: otherwise its sender could ask, one changed byte at a time, whether
 * the plaintext is XML (T. Jager, J. Somorovsky: How to Break XML Encryption, CCS 2011).
 */
static bool open_assertion(const struct parts *outer, const struct sf_login *login, bool covered, struct sf_xmlenc_scope scope, struct sf_arena *arena,
		struct trusted *t, struct sf_login_result *result, struct sf_error *error)
{
	struct sf_xmlenc how = decryption(login, covered, SF_XMLENC_BUDGET_OUTER);
	struct sf_trace *trace = login->expected.trace;
	struct sf_xmlenc_opened opened;
	size_t mark;
	bool ok;

	how.outside = scope;
	sf_trace_scope(trace, SF_SCOPE_RESPONSE);
	sf_trace_check(trace, SF_CHECK_DECRYPTION);
	mark = sf_trace_mark(trace);
	if (!sf_xmlenc_open(outer->encrypted, "Assertion", &how, arena, &opened, error)) {
		return false;
	}
	ok = trust_opened(&opened, outer, login, covered, arena, t, result, error);
	sf_xml_free(opened.doc);
	if (ok || opened.authenticated) {
		return ok;
	}
	/* who looks on learns no more than the sender */
	sf_trace_rewind(trace, mark);
	sf_trace_scope(trace, SF_SCOPE_RESPONSE);
	sf_trace_check(trace, SF_CHECK_DECRYPTION);
	return sf_fail(error, SF_DECRYPTION_FAILED, "EncryptedAssertion");
}

/* The Response was signed: what it says counts, and what it holds. scope: what was in scope of an EncryptedAssertion as it was sent. */
static bool trust_response(struct sf_xml_bytes *bytes, const struct sf_login *login, struct sf_xmlenc_scope scope, struct sf_arena *arena, struct trusted *t,
		struct sf_login_result *result, struct sf_error *error)
{
	struct sf_xml_doc *outer;
	struct parts p;
	bool ok;

	if (!trust_bytes(bytes, login, t, error) || !find_response(t->doc, login, true, arena, &p, error) || !split(&p, login->expected.trace, error)
			|| !judge_envelope(&p, login, true, arena, &t->answers, error)) {
		return false;
	}
	if (!p.encrypted) {
		t->assertion = p.assertion;
		return true;
	}
	if (t->answers.p && !sf_arena_copy(arena, t->answers, &t->answers)) {
		return sf_fail(error, SF_INTERNAL, "memory");
	}
	outer = t->doc;
	t->doc = NULL;
	ok = open_assertion(&p, login, true, scope, arena, t, result, error);
	sf_xml_free(outer);
	return ok;
}

/* Reads the document that was posted, for its last time, and frees it: what is in *t are bytes that somebody signed. */
static bool authenticate(const struct sf_login *login, struct sf_xml_doc *doc, struct sf_arena *arena, struct trusted *t, struct sf_login_result *result,
		struct sf_error *error)
{
	struct sf_xml_bytes bytes = { .handle = NULL };
	struct sf_xmlenc_scope scope = { .xs = false };
	struct sf_span ignored;
	struct parts p;
	bool whole, ok;

	/* an unsigned envelope may still say that this is not for us, and then it isn't */
	ok = find_response(doc, login, false, arena, &p, error) && split(&p, login->expected.trace, error)
			&& nothing_ambiguous(doc, &p, login->expected.trace, error) && verify(doc, &p, login, arena, &bytes, &whole, result, error)
			&& judge_envelope(&p, login, whole, arena, &ignored, error);
	if (ok && p.encrypted) {
		scope = sf_xmlenc_scope_of(p.encrypted);
	}
	if (ok && !bytes.handle) {
		ok = open_assertion(&p, login, false, scope, arena, t, result, error);
	} else if (ok) {
		sf_xml_free(doc);
		doc = NULL;
		ok = whole ? trust_response(&bytes, login, scope, arena, t, result, error) : trust_signed_assertion(&bytes, login, t, error);
	}
	sf_xml_bytes_free(&bytes);
	sf_xml_free(doc);
	return ok;
}

static bool judge(const struct sf_login *login, const struct trusted *t, struct sf_arena *arena, struct sf_login_result *result, struct sf_error *error)
{
	struct sf_xmlenc how = decryption(login, true, SF_XMLENC_BUDGET_INNER);

	sf_trace_scope(login->expected.trace, SF_SCOPE_ASSERTION);
	if (!sf_assertion_judge(t->assertion, &login->expected, t->answers, &how, arena, &result->assertion, error)) {
		return false;
	}
	sf_trace_check(login->expected.trace, SF_CHECK_SOLICITED);
	if (!login->expected.request_id.p && !login->expected.idp->allow_unsolicited) {
		return sf_fail(error, SF_UNSOLICITED, "InResponseTo");
	}
	result->replay_until = result->assertion.not_on_or_after + login->expected.idp->clock_skew;
	return sf_replay_id(result->assertion.issuer, result->assertion.id, arena, result->replay_id, error);
}

bool sf_response_provider_asked(const struct sf_expectation *expected, struct sf_error *error)
{
	if (!expected->asked) {
		return true;
	}
	sf_trace_check(expected->trace, SF_CHECK_PROVIDER);
	sf_trace_values(expected->trace, expected->idp->entity_id, expected->asked->provider);
	return sf_span_eq(expected->asked->provider, expected->idp->entity_id)
			|| sf_fail_both(error, SF_ISSUER_MISMATCH, "request", expected->idp->entity_id, expected->asked->provider);
}

static bool decode_and_parse(const struct sf_login *login, struct sf_span base64, struct sf_xml_doc **doc, struct sf_error *error)
{
	struct sf_xml_bytes xml;

	sf_trace_check(login->expected.trace, SF_CHECK_ENCODING);
	if (!sf_message_take_base64(base64, login->limits, &xml, error)) {
		return false;
	}
	sf_trace_check(login->expected.trace, SF_CHECK_XML);
	return sf_xml_take(&xml, login->limits, doc, error);
}

static bool parse(const struct sf_login *login, struct sf_span xml, struct sf_xml_doc **doc, struct sf_error *error)
{
	sf_trace_check(login->expected.trace, SF_CHECK_XML);
	return sf_xml_parse(xml, login->limits, doc, error);
}

/* What is in *t is all that the rest looks at. */
static bool conclude(const struct sf_login *login, bool ok, const struct trusted *t, struct sf_arena *arena, struct sf_login_result *result, struct sf_error *error)
{
	result->trusted = t->doc; /* from here on nothing else exists */
	ok = ok && judge(login, t, arena, result, error);
	sf_trace_end(login->expected.trace, ok, error);
	if (!ok && !login->expected.trace) {
		sf_login_result_free(result);
	}
	return ok;
}

bool sf_response_accept(const struct sf_login *login, struct sf_span base64, struct sf_arena *arena, struct sf_login_result *result, struct sf_error *error)
{
	struct trusted t = { .doc = NULL };
	struct sf_xml_doc *doc;
	bool ok;

	memset(result, 0, sizeof(*result));
	ok = sf_response_provider_asked(&login->expected, error) && decode_and_parse(login, base64, &doc, error)
			&& authenticate(login, doc, arena, &t, result, error);
	return conclude(login, ok, &t, arena, result, error);
}

bool sf_response_accept_answer(const struct sf_login *login, struct sf_span envelope, struct sf_arena *arena, struct sf_login_result *result,
		struct sf_error *error)
{
	struct trusted t = { .doc = NULL };
	struct sf_xml_doc *doc;
	bool ok;

	memset(result, 0, sizeof(*result));
	ok = sf_response_provider_asked(&login->expected, error) && parse(login, envelope, &doc, error) && authenticate(login, doc, arena, &t, result, error);
	return conclude(login, ok, &t, arena, result, error);
}

void sf_login_result_free(struct sf_login_result *result)
{
	sf_xml_free(result->trusted);
	result->trusted = NULL;
}
