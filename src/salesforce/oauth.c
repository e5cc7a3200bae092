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

/* Client and secret in the body, where they are wiped; in a header libcurl would keep a copy of them. Both are documented. */
static bool post(struct sf_http *http, const struct sf_credentials *c, const char *path, const struct sf_secret *form, long timeout_ms,
		struct sf_arena *arena, struct sf_secret *into, struct sf_http_answer *answer, struct sf_failure *failure)
{
	struct sf_http_request request = { .to = c->login, .method = "POST", .path = sf_span_of(path), .content_type = "application/x-www-form-urlencoded",
		.body = { (const char *)form->p, form->n }, .secret = true, .repeatable = true, .timeout_ms = timeout_ms };
	struct sf_error error;

	if (!sf_http_send(http, &request, arena, into, answer, &error)) {
		sf_failure_of_http(failure, &error, answer);
		failure->ambiguous = false; /* a second token does no harm */
		return false;
	}
	if (answer->status != 200) {
		return sf_failure_of_token(failure, answer, arena);
	}
	return true;
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

/* Posts a form that is wiped here, for a token. */
static bool ask(struct sf_http *http, const struct sf_credentials *c, struct sf_secret *form, long timeout_ms, struct sf_arena *arena,
		struct sf_grant_answer *answer, struct sf_failure *failure)
{
	struct reading reading = { .answer = answer };
	struct sf_secret memory = { 0 };
	struct sf_http_answer http_answer;
	bool ok = false;

	memset(answer, 0, sizeof(*answer));
	if (!sf_secret_new(&memory, ANSWER_MAX)) {
		no_memory(failure);
	} else if (!post(http, c, "/services/oauth2/token", form, timeout_ms, arena, &memory, &http_answer, failure)) {
		; /* the failure is set */
	} else if (!read_grant(http_answer.body, &reading)) {
		sf_failure_set(failure, SF_REASON_BROKEN_ANSWER, SF_ACTION_RETRY, "Salesforce's answer to the sign-in holds no usable access_token and instance_url");
		failure->http_status = http_answer.status;
	} else {
		ok = check_instance(http, &reading, failure);
	}
	if (!ok) {
		sf_grant_answer_free(answer);
	}
	sf_secret_free(&memory);
	sf_secret_free(form);
	return ok;
}

/* ---- the requests ---- */

static bool jwt_form(const struct sf_credentials *c, struct sf_arena *arena, struct sf_secret *form, struct sf_failure *failure)
{
	struct sf_jwt_claims claims = { c->consumer_key, c->username, c->audience, (int64_t)time(NULL) };

	if (!sf_jwt_form(c->key, &claims, arena, form)) {
		sf_failure_set(failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_AUTHENTICATE, "");
		snprintf(failure->message, sizeof(failure->message), "The key \"%s\" can't sign with RS256; it must be an RSA key", c->key->name);
		return false;
	}
	return true;
}

/* Before anything is signed or a secret is written down. */
static bool check_login(struct sf_http *http, const struct sf_credentials *c, struct sf_failure *failure)
{
	struct sf_error error;

	return sf_http_allowed(http, &c->login, &error) || sf_failure_set(failure, SF_REASON_HOST_NOT_ALLOWED, SF_ACTION_TELL_PERSON, error.where);
}

bool sf_oauth_token(struct sf_http *http, const struct sf_credentials *c, struct sf_span refresh, long timeout_ms, struct sf_arena *arena,
		struct sf_grant_answer *answer, struct sf_failure *failure)
{
	const struct field fields[] = { { "client_id", c->consumer_key }, { "client_secret", c->client_secret }, { "refresh_token", refresh },
		{ "grant_type", sf_span_of(c->grant == SF_GRANT_REFRESH_TOKEN ? "refresh_token" : "client_credentials") } };
	struct sf_secret form = { 0 };

	if (!check_login(http, c, failure)) {
		return false;
	}
	if (c->grant == SF_GRANT_JWT_BEARER) {
		if (!jwt_form(c, arena, &form, failure)) {
			return false;
		}
	} else if (!make_form(fields, sizeof(fields) / sizeof(fields[0]), &form)) {
		return no_memory(failure);
	}
	return ask(http, c, &form, timeout_ms, arena, answer, failure);
}

bool sf_oauth_exchange(struct sf_http *http, const struct sf_credentials *c, const struct sf_oauth_code *code, long timeout_ms, struct sf_arena *arena,
		struct sf_grant_answer *answer, struct sf_failure *failure)
{
	const struct field fields[] = { { "code", code->code }, { "client_id", c->consumer_key }, { "client_secret", c->client_secret },
		{ "redirect_uri", code->redirect_uri }, { "code_verifier", code->verifier }, { "grant_type", SF_SPAN_LIT("authorization_code") } };
	struct sf_secret form = { 0 };

	if (!check_login(http, c, failure)) {
		return false;
	}
	if (!make_form(fields, sizeof(fields) / sizeof(fields[0]), &form)) {
		return no_memory(failure);
	}
	return ask(http, c, &form, timeout_ms, arena, answer, failure);
}

/* RFC 7009 §2.1 and RFC 7662 §2.1 both have the hint, which is a tail that says nothing. */
bool sf_oauth_revoke(struct sf_http *http, const struct sf_credentials *c, struct sf_span token, bool is_refresh, long timeout_ms, struct sf_arena *arena,
		struct sf_failure *failure)
{
	const struct field fields[] = { { "token", token }, { "token_type_hint", sf_span_of(is_refresh ? "refresh_token" : "access_token") } };
	struct sf_http_answer answer;
	struct sf_secret form;
	bool ok;

	if (!check_login(http, c, failure)) {
		return false;
	}
	if (!make_form(fields, sizeof(fields) / sizeof(fields[0]), &form)) {
		return no_memory(failure);
	}
	ok = post(http, c, "/services/oauth2/revoke", &form, timeout_ms, arena, NULL, &answer, failure);
	sf_secret_free(&form);
	return ok;
}

bool sf_oauth_introspect(struct sf_http *http, const struct sf_credentials *c, struct sf_span token, long timeout_ms, struct sf_arena *arena,
		struct sf_span *body, struct sf_failure *failure)
{
	const struct field fields[] = { { "token", token }, { "client_id", c->consumer_key }, { "client_secret", c->client_secret },
		{ "token_type_hint", SF_SPAN_LIT("access_token") } };
	struct sf_http_answer answer;
	struct sf_secret form;
	bool ok;

	if (!check_login(http, c, failure)) {
		return false;
	}
	if (!make_form(fields, sizeof(fields) / sizeof(fields[0]), &form)) {
		return no_memory(failure);
	}
	ok = post(http, c, "/services/oauth2/introspect", &form, timeout_ms, arena, NULL, &answer, failure);
	sf_secret_free(&form);
	*body = answer.body;
	return ok;
}
