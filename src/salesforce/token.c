#include "salesforce/token.h"

#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/json.h"
#include "salesforce/jwt.h"

#define ANSWER_MAX ((size_t)32 * 1024)
#define URL_MAX 512

static const char bearer[] = "Authorization: Bearer ";

static void add_field(struct sf_buf *buf, struct sf_span field)
{
	sf_buf_int(buf, (int64_t)field.n);
	sf_buf_char(buf, ':');
	sf_buf_span(buf, field);
}

bool sf_token_id(const struct sf_credentials *c, struct sf_arena *arena, unsigned char id[SF_TOKEN_ID])
{
	unsigned char hash[SF_DIGEST_MAX];
	struct sf_span text;
	struct sf_buf buf;

	sf_buf_init(&buf, arena, (size_t)64 * 1024);
	add_field(&buf, sf_span_of(c->login.host));
	sf_buf_int(&buf, c->login.port);
	add_field(&buf, c->consumer_key);
	add_field(&buf, c->username);
	add_field(&buf, c->audience);
	add_field(&buf, sf_span_of(c->key->name));
	add_field(&buf, c->key->spki);
	if (!sf_buf_done(&buf, &text) || !sf_digest(SF_SHA256, text.p, text.n, hash)) {
		return false;
	}
	memcpy(id, hash, SF_TOKEN_ID);
	return true;
}

/* A fork inherits the tokens, but not their locks. */
static void relock(struct sf_tokens *tokens)
{
	if (tokens->pid == getpid()) {
		return;
	}
	for (size_t i = 0; i < SF_API_TOKENS; i++) {
		sf_secret_relock(&tokens->list[i].header);
	}
	tokens->pid = getpid();
}

struct sf_token *sf_token_find(struct sf_tokens *tokens, const unsigned char id[SF_TOKEN_ID])
{
	relock(tokens);
	for (size_t i = 0; i < SF_API_TOKENS; i++) {
		struct sf_token *token = &tokens->list[i];

		if (token->header.p && memcmp(token->id, id, SF_TOKEN_ID) == 0) {
			token->used = ++tokens->clock;
			return token;
		}
	}
	return NULL;
}

void sf_token_drop(struct sf_token *token)
{
	sf_secret_free(&token->header);
	memset(token, 0, sizeof(*token));
}

void sf_tokens_free(struct sf_tokens *tokens)
{
	for (size_t i = 0; i < SF_API_TOKENS; i++) {
		sf_token_drop(&tokens->list[i]);
	}
}

static struct sf_token *make_room(struct sf_tokens *tokens)
{
	struct sf_token *oldest = &tokens->list[0];

	for (size_t i = 0; i < SF_API_TOKENS && oldest->header.p; i++) {
		if (!tokens->list[i].header.p || tokens->list[i].used < oldest->used) {
			oldest = &tokens->list[i];
		}
	}
	sf_token_drop(oldest);
	return oldest;
}

/* What is wanted of the answer. */
struct grant {
	struct sf_secret header;
	char url[URL_MAX];
	size_t url_n;
};

/* The token, decoded to where it will be used from. It becomes part of a header, so nothing but printable ASCII. */
static bool take_token(const struct sf_json *j, struct sf_secret *header)
{
	size_t n;
	char *p;

	if (header->p || j->raw.n == 0 || !sf_secret_new(header, sizeof(bearer) + j->raw.n)) {
		return false;
	}
	memcpy(header->p, bearer, sizeof(bearer) - 1);
	p = (char *)header->p + sizeof(bearer) - 1;
	n = sf_json_decode(j, p);
	for (size_t i = 0; i < n; i++) {
		if (p[i] <= 0x20 || p[i] >= 0x7F) {
			return false;
		}
	}
	return true; /* the terminator is there: the memory was zeroed, and a decoded string is no longer than a raw one */
}

static bool take_url(const struct sf_json *j, struct grant *grant)
{
	if (grant->url_n || j->raw.n == 0 || j->raw.n > URL_MAX) {
		return false;
	}
	grant->url_n = sf_json_decode(j, grant->url);
	return true;
}

/* Exactly one access_token and one instance_url, both strings. The rest is not needed. */
static bool read_grant(struct sf_span body, struct grant *grant)
{
	enum sf_json_token token;
	struct sf_json j;

	sf_json_init(&j, body);
	if (sf_json_next(&j) != SF_JSON_OBJECT) {
		return false;
	}
	while ((token = sf_json_next(&j)) == SF_JSON_NAME) {
		bool is_token = sf_json_is(&j, "access_token"), is_url = sf_json_is(&j, "instance_url");

		token = sf_json_next(&j);
		if (is_token || is_url) {
			if (token != SF_JSON_STRING || !(is_token ? take_token(&j, &grant->header) : take_url(&j, grant))) {
				return false;
			}
		} else if (!sf_json_skip(&j, token)) {
			return false;
		}
	}
	return token == SF_JSON_OBJECT_END && sf_json_next(&j) == SF_JSON_END && grant->header.p && grant->url_n;
}

/* The host that Salesforce names gets every later call and every password, so php.ini must allow it too. */
static bool check_instance(struct sf_http *http, const struct grant *grant, struct sf_origin *instance, struct sf_failure *failure)
{
	struct sf_error error;

	if (!sf_origin_of_url((struct sf_span){ grant->url, grant->url_n }, instance)) {
		return sf_failure_set(failure, SF_REASON_HOST_NOT_ALLOWED, SF_ACTION_TELL_PERSON, "Salesforce gave an instance_url that is not https://host or https://host:port");
	}
	if (!sf_http_allowed(http, instance, &error)) {
		sf_failure_set(failure, SF_REASON_HOST_NOT_ALLOWED, SF_ACTION_TELL_PERSON, "");
		snprintf(failure->message, sizeof(failure->message), "Salesforce gave a token for another host (instance_url). %s", error.where);
		return false;
	}
	return true;
}

static struct sf_token *keep(struct sf_tokens *tokens, const unsigned char id[SF_TOKEN_ID], struct grant *grant, const struct sf_origin *instance)
{
	struct sf_token *token = make_room(tokens);

	memcpy(token->id, id, SF_TOKEN_ID);
	token->header = grant->header;
	token->instance = *instance;
	token->used = ++tokens->clock;
	memset(&grant->header, 0, sizeof(grant->header)); /* it has moved */
	return token;
}

static bool make_form(const struct sf_credentials *c, struct sf_arena *arena, struct sf_secret *form, struct sf_failure *failure)
{
	struct sf_jwt_claims claims = { c->consumer_key, c->username, c->audience, (int64_t)time(NULL) };

	if (!sf_jwt_form(c->key, &claims, arena, form)) {
		sf_failure_set(failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_AUTHENTICATE, "");
		snprintf(failure->message, sizeof(failure->message), "The key \"%s\" can't sign with RS256; it must be an RSA key", c->key->name);
		return false;
	}
	return true;
}

struct sf_token *sf_token_get(struct sf_tokens *tokens, struct sf_http *http, const struct sf_credentials *credentials, const unsigned char id[SF_TOKEN_ID],
		long timeout_ms, struct sf_arena *arena, struct sf_failure *failure)
{
	struct sf_http_request request = { .to = credentials->login, .method = "POST", .path = SF_SPAN_LIT("/services/oauth2/token"),
		.content_type = "application/x-www-form-urlencoded", .secret = true, .repeatable = true, .timeout_ms = timeout_ms };
	struct sf_secret form = { 0 }, answer_memory = { 0 };
	struct grant grant = { 0 };
	struct sf_http_answer answer;
	struct sf_token *token = NULL;
	struct sf_origin instance;
	struct sf_error error;

	if (!sf_http_allowed(http, &credentials->login, &error)) { /* before anything is signed */
		sf_failure_set(failure, SF_REASON_HOST_NOT_ALLOWED, SF_ACTION_TELL_PERSON, error.where);
		return NULL;
	}
	if (!make_form(credentials, arena, &form, failure)) {
		return NULL;
	}
	request.body = (struct sf_span){ (const char *)form.p, form.n };
	if (!sf_secret_new(&answer_memory, ANSWER_MAX)) {
		sf_failure_set(failure, SF_REASON_KEY_UNUSABLE, SF_ACTION_RETRY, "The locked memory failed");
		goto cleanup;
	}
	if (!sf_http_send(http, &request, arena, &answer_memory, &answer, &error)) {
		sf_failure_of_http(failure, &error, &answer);
		failure->ambiguous = false; /* a second token does no harm */
		goto cleanup;
	}
	if (answer.status != 200) {
		sf_failure_of_token(failure, &answer, arena);
		goto cleanup;
	}
	if (!read_grant(answer.body, &grant)) {
		sf_failure_set(failure, SF_REASON_BROKEN_ANSWER, SF_ACTION_RETRY, "Salesforce's answer to the sign-in holds no usable access_token and instance_url");
		failure->http_status = answer.status;
		goto cleanup;
	}
	if (check_instance(http, &grant, &instance, failure)) {
		token = keep(tokens, id, &grant, &instance);
	}
cleanup:
	sf_secret_free(&grant.header);
	sf_secret_free(&answer_memory);
	sf_secret_free(&form);
	return token;
}
