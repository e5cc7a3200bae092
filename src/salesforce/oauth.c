#include "salesforce/oauth.h"

#include <stdio.h>
#include <time.h>

#include "base/json.h"
#include "salesforce/jwt.h"

#define ANSWER_MAX ((size_t)32 * 1024)

static const char bearer[] = "Authorization: Bearer ";

void sf_grant_answer_free(struct sf_grant_answer *answer)
{
	sf_secret_free(&answer->header);
	sf_secret_free(&answer->refresh);
}

struct sf_span sf_oauth_token_of(const struct sf_secret *header)
{
	return sf_span_of((const char *)header->p + sizeof(bearer) - 1);
}

/* ---- what is sent ---- */

struct field {
	const char *name;
	struct sf_span value; /* p == NULL: the field is left out */
};

static bool unreserved(unsigned char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == '_' || c == '~';
}

static char *add_encoded(char *p, struct sf_span value)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];

		if (unreserved(c)) {
			*p++ = (char)c;
		} else {
			*p++ = '%';
			*p++ = digits[c >> 4];
			*p++ = digits[c & 15];
		}
	}
	return p;
}

/* The last field must be there and say nothing: its value's last SF_HTTP_TAIL bytes are what may stay in libcurl's buffer. */
static bool make_form(const struct field *fields, size_t count, struct sf_secret *form)
{
	size_t room = 1;
	char *p;

	for (size_t i = 0; i < count; i++) {
		room += strlen(fields[i].name) + 2 + 3 * fields[i].value.n;
	}
	if (!sf_secret_new(form, room)) {
		return false;
	}
	p = (char *)form->p;
	for (size_t i = 0; i < count; i++) {
		size_t n = strlen(fields[i].name);

		if (!fields[i].value.p) {
			continue;
		}
		if (p != (char *)form->p) {
			*p++ = '&';
		}
		memcpy(p, fields[i].name, n);
		p += n;
		*p++ = '=';
		p = add_encoded(p, fields[i].value);
	}
	form->n = (size_t)(p - (char *)form->p);
	return true;
}

static bool no_memory(struct sf_failure *failure)
{
	return sf_failure_set(failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_RETRY, "The locked memory failed");
}

/*
 * Posts a form, which is wiped here. Client and secret are in the body, where that can be done; of a header libcurl would keep a
 * copy. Both are documented.
 */
static bool post(const struct sf_oauth_call *call, const char *path, struct sf_secret *form, struct sf_secret *into, struct sf_http_answer *answer,
		struct sf_failure *failure)
{
	struct sf_http_request request = { .to = call->credentials->login, .partition = call->partition, .method = "POST", .path = sf_span_of(path),
		.content_type = "application/x-www-form-urlencoded", .body = { (const char *)form->p, form->n }, .secret = true, .repeatable = true,
		.timeout_ms = call->timeout_ms, .connect_ms = call->connect_ms };
	struct sf_error error;
	bool ok = sf_http_send(call->http, &request, call->arena, into, answer, &error);

	sf_secret_free(form);
	if (!ok) {
		sf_failure_of_http(failure, &error, answer);
		failure->ambiguous = false; /* a second token does no harm */
		return false;
	}
	return answer->status == 200 || sf_failure_of_token(failure, answer, call->arena);
}

/* ---- what comes back ---- */

/* The token becomes part of a header, so nothing but printable ASCII. */
static bool printable(const char *p, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (p[i] <= 0x20 || p[i] >= 0x7F) {
			return false;
		}
	}
	return n > 0;
}

bool sf_oauth_header(struct sf_span token, struct sf_secret *header)
{
	if (!printable(token.p, token.n) || !sf_secret_new(header, sizeof(bearer) + token.n)) {
		return false;
	}
	memcpy(header->p, bearer, sizeof(bearer) - 1);
	memcpy(header->p + sizeof(bearer) - 1, token.p, token.n);
	return true; /* the terminator is there: the memory was zeroed */
}

struct reading {
	struct sf_grant_answer *answer;
	char url[SF_OAUTH_URL_MAX];
	size_t url_n;
};

/* Decoded to where it will be used from. A decoded string is no longer than a raw one, so its terminator is there. */
static bool take_secret(const struct sf_json *j, const char *prefix, struct sf_secret *out)
{
	size_t start = strlen(prefix);

	if (out->p || j->raw.n == 0 || !sf_secret_new(out, start + j->raw.n + 1)) {
		return false;
	}
	memcpy(out->p, prefix, start);
	return printable((char *)out->p + start, sf_json_decode(j, (char *)out->p + start));
}

static bool take_url(const struct sf_json *j, struct reading *r)
{
	if (r->url_n || j->raw.n == 0 || j->raw.n > SF_OAUTH_URL_MAX) {
		return false;
	}
	r->url_n = sf_json_decode(j, r->url);
	return true;
}

static bool take_member(const struct sf_json *j, bool is_token, bool is_refresh, struct reading *r)
{
	if (is_token) {
		return take_secret(j, bearer, &r->answer->header);
	}
	return is_refresh ? take_secret(j, "", &r->answer->refresh) : take_url(j, r);
}

/* Exactly one access_token and one instance_url, and at most one refresh_token, all strings. The rest is not needed. */
static bool read_grant(struct sf_span body, struct reading *r)
{
	enum sf_json_token token;
	struct sf_json j;

	sf_json_init(&j, body);
	if (sf_json_next(&j) != SF_JSON_OBJECT) {
		return false;
	}
	while ((token = sf_json_next(&j)) == SF_JSON_NAME) {
		bool is_token = sf_json_is(&j, "access_token"), is_url = sf_json_is(&j, "instance_url"), is_refresh = sf_json_is(&j, "refresh_token");

		token = sf_json_next(&j);
		if (is_token || is_url || is_refresh) {
			if (token != SF_JSON_STRING || !take_member(&j, is_token, is_refresh, r)) {
				return false;
			}
		} else if (!sf_json_skip(&j, token)) {
			return false;
		}
	}
	return token == SF_JSON_OBJECT_END && sf_json_next(&j) == SF_JSON_END && r->answer->header.p && r->url_n;
}

/* The host that Salesforce names gets every later call and every password, so php.ini must allow it too. */
static bool check_instance(struct sf_http *http, struct reading *r, struct sf_failure *failure)
{
	struct sf_error error;

	if (!sf_origin_of_url((struct sf_span){ r->url, r->url_n }, &r->answer->instance)) {
		return sf_failure_set(failure, SF_REASON_HOST_NOT_ALLOWED, SF_ACTION_TELL_PERSON, "Salesforce gave an instance_url that is not https://host or https://host:port");
	}
	if (!sf_http_allowed(http, &r->answer->instance, &error)) {
		sf_failure_set(failure, SF_REASON_HOST_NOT_ALLOWED, SF_ACTION_TELL_PERSON, "");
		snprintf(failure->message, sizeof(failure->message), "Salesforce gave a token for another host (instance_url). %s", error.where);
		return false;
	}
	return true;
}

/* Posts a form, for a token. */
static bool ask(const struct sf_oauth_call *call, struct sf_secret *form, struct sf_grant_answer *answer, struct sf_failure *failure)
{
	struct reading reading = { .answer = answer };
	struct sf_secret memory = { 0 };
	struct sf_http_answer http_answer;
	bool ok = false;

	if (!sf_secret_new(&memory, ANSWER_MAX)) {
		sf_secret_free(form);
		return no_memory(failure);
	}
	if (!post(call, "/services/oauth2/token", form, &memory, &http_answer, failure)) {
		; /* the failure is set */
	} else if (!read_grant(http_answer.body, &reading)) {
		sf_failure_set(failure, SF_REASON_BROKEN_ANSWER, SF_ACTION_RETRY, "Salesforce's answer to the sign-in holds no usable access_token and instance_url");
		failure->http_status = http_answer.status;
	} else {
		ok = check_instance(call->http, &reading, failure);
	}
	if (!ok) {
		sf_grant_answer_free(answer);
	}
	sf_secret_free(&memory);
	return ok;
}

/* ---- the requests ---- */

static bool jwt_form(const struct sf_oauth_call *call, struct sf_secret *form, struct sf_failure *failure)
{
	const struct sf_credentials *c = call->credentials;
	struct sf_jwt_claims claims = { c->consumer_key, c->username, c->audience, (int64_t)time(NULL) };

	if (!sf_jwt_form(c->key, &claims, call->arena, form)) {
		sf_failure_set(failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_AUTHENTICATE, "");
		snprintf(failure->message, sizeof(failure->message), "The key \"%s\" can't sign with RS256; it must be an RSA key", c->key->name);
		return false;
	}
	return true;
}

/* Only where the host is allowed is anything signed, or a secret written down. */
static bool begin(const struct sf_oauth_call *call, const struct field *fields, size_t count, struct sf_secret *form, struct sf_failure *failure)
{
	struct sf_error error;

	if (!sf_http_allowed(call->http, &call->credentials->login, &error)) {
		return sf_failure_set(failure, SF_REASON_HOST_NOT_ALLOWED, SF_ACTION_TELL_PERSON, error.where);
	}
	if (!fields) {
		return jwt_form(call, form, failure);
	}
	return make_form(fields, count, form) || no_memory(failure);
}

#define BEGIN(call, fields, form, failure) begin(call, fields, sizeof(fields) / sizeof((fields)[0]), form, failure)

bool sf_oauth_token(const struct sf_oauth_call *call, struct sf_span refresh, struct sf_grant_answer *answer, struct sf_failure *failure)
{
	const struct sf_credentials *c = call->credentials;
	const struct field fields[] = { { "client_id", c->consumer_key }, { "client_secret", c->client_secret }, { "refresh_token", refresh },
		{ "grant_type", sf_span_of(c->grant == SF_GRANT_REFRESH_TOKEN ? "refresh_token" : "client_credentials") } };
	struct sf_secret form;
	bool begun;

	memset(answer, 0, sizeof(*answer));
	begun = c->grant == SF_GRANT_JWT_BEARER ? begin(call, NULL, 0, &form, failure) : BEGIN(call, fields, &form, failure);
	return begun && ask(call, &form, answer, failure);
}

bool sf_oauth_key_unknown(const struct sf_failure *failure)
{
	return strcmp(failure->code, "invalid_grant") == 0 && strcasestr(failure->message, "invalid assertion");
}

bool sf_oauth_exchange(const struct sf_oauth_call *call, const struct sf_oauth_code *code, struct sf_grant_answer *answer, struct sf_failure *failure)
{
	const struct sf_credentials *c = call->credentials;
	const struct field fields[] = { { "code", code->code }, { "client_id", c->consumer_key }, { "client_secret", c->client_secret },
		{ "redirect_uri", code->redirect_uri }, { "code_verifier", code->verifier }, { "grant_type", SF_SPAN_LIT("authorization_code") } };
	struct sf_secret form;

	memset(answer, 0, sizeof(*answer));
	return BEGIN(call, fields, &form, failure) && ask(call, &form, answer, failure);
}

/* RFC 7009 §2.1 and RFC 7662 §2.1 both have the hint, which is a tail that says nothing. */
bool sf_oauth_revoke(const struct sf_oauth_call *call, struct sf_span token, bool is_refresh, struct sf_failure *failure)
{
	const struct field fields[] = { { "token", token }, { "token_type_hint", sf_span_of(is_refresh ? "refresh_token" : "access_token") } };
	struct sf_http_answer answer;
	struct sf_secret form;

	return BEGIN(call, fields, &form, failure) && post(call, "/services/oauth2/revoke", &form, NULL, &answer, failure);
}

bool sf_oauth_introspect(const struct sf_oauth_call *call, struct sf_span token, struct sf_span *body, struct sf_failure *failure)
{
	const struct sf_credentials *c = call->credentials;
	const struct field fields[] = { { "token", token }, { "client_id", c->consumer_key }, { "client_secret", c->client_secret },
		{ "token_type_hint", SF_SPAN_LIT("access_token") } };
	struct sf_http_answer answer;
	struct sf_secret form;
	bool ok = BEGIN(call, fields, &form, failure) && post(call, "/services/oauth2/introspect", &form, NULL, &answer, failure);

	*body = ok ? answer.body : SF_SPAN_NONE;
	return ok;
}
