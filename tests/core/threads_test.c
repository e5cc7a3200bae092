/*
 * What the threads of one process share: the keyring, the store of tokens, and what the libraries make once. A worker is forked from a process
 * that has read the keys, and all its threads begin at the same moment. Under the thread sanitizer (--tsan) a race is a failure.
 */
#include <pthread.h>

#include "crypto/keyring.h"
#include "crypto/pkey.h"
#include "http/http.h"
#include "password/vault.h"
#include "salesforce/share.h"
#include "tools.h"
#include "xml/xml.h"

#define THREADS 8
#define ROUNDS 20

static struct sf_keyring *ring;
static struct sf_share *share;
static pthread_barrier_t together;

struct worker {
	pthread_t thread;
	size_t signed_ok, opened, parsed, counted, connected;
};

static bool sign_and_verify(struct sf_key_cache *cache, const struct sf_key *key)
{
	enum sf_sig_alg alg = sf_key_sig_alg(key);
	unsigned char sig[SF_SIGNATURE_MAX];
	struct sf_public_key public;
	size_t n = sizeof(sig);

	return sf_key_sign(key, alg, "text", 4, sig, &n) && sf_public_key_from_spki(key->spki, &public) && sf_verify(cache, &public, alg, "text", 4, sig, n)
			&& !sf_verify(cache, &public, alg, "test", 4, sig, n);
}

static bool seal_and_open(struct sf_arena *arena)
{
	const struct sf_key *key = sf_keyring_find(ring, SF_SPAN_LIT("vault"));
	struct sf_vault_order order = { .purpose = SF_PURPOSE_SALESFORCE_PASSWORD, .recipient = SF_SPAN_LIT("jane@example.org"), .expires_at = 1000 };
	struct sf_secret password;
	struct sf_error error;
	struct sf_span token;
	bool ok;

	if (!sf_vault_seal(key, &order, SF_SPAN_LIT("correct horse"), arena, &token, &error) || !sf_vault_open(key, token, &order, 999, arena, &password, &error)) {
		return false;
	}
	ok = password.n == 13 && memcmp(password.p, "correct horse", 13) == 0;
	sf_secret_free(&password);
	return ok;
}

static bool parse(void)
{
	static const char text[] = "<a xmlns=\"urn:a\"><b c=\"d\">e</b></a>";
	struct sf_xml_limits limits = { .bytes = 1000, .depth = 8, .nodes = 100, .attributes = 8, .namespaces = 8 };
	struct sf_xml_doc *doc;
	struct sf_error error;
	bool ok;

	if (!sf_xml_parse((struct sf_span){ text, sizeof(text) - 1 }, &limits, &doc, &error)) {
		return false;
	}
	ok = sf_xml_is(sf_xml_first(sf_xml_root(doc)), "urn:a", "b");
	sf_xml_free(doc);
	/* its complaint must come to this thread alone */
	return ok && !sf_xml_parse(SF_SPAN_LIT("<a"), &limits, &doc, &error);
}

/* One more than what is there, until nobody came between the look and the replacement. */
static bool count(struct sf_arena *arena)
{
	static const char id[64] = "0123456789012345678901234567890123456789012345678901234567890123";
	const struct sf_token_store *store = sf_share_store(share);
	struct sf_span name = { id, sizeof(id) }, before;
	struct sf_failure failure;
	bool done = false;
	char next[16];

	while (!done) {
		int n;

		if (!store->load(store->arg, name, arena, &before, &failure)) {
			return false;
		}
		n = snprintf(next, sizeof(next), "%d", before.p ? atoi(before.p) + 1 : 1);
		if (!store->replace(store->arg, name, before, (struct sf_span){ next, (size_t)n }, &done, &failure)) {
			return false;
		}
	}
	return true;
}

static bool connections(void)
{
	struct sf_http_settings settings = { .allowed_hosts = "a.test", .max_response = 1000, .user_agent = "threads" };
	struct sf_error error;
	struct sf_http *http = sf_http_new(&settings, &error);

	sf_http_free(http);
	return http != NULL;
}

static void *work(void *arg)
{
	struct sf_key_cache *cache = sf_key_cache_new();
	struct worker *w = arg;
	const struct sf_key *key;

	pthread_barrier_wait(&together);
	for (int i = 0; cache && i < ROUNDS; i++) {
		struct sf_arena arena;

		sf_arena_init(&arena, 1 << 20);
		sf_keyring_enter(ring);
		for (size_t k = 0; (key = sf_keyring_at(ring, k)); k++) {
			w->signed_ok += sf_key_is_pair(key) && sign_and_verify(cache, key);
		}
		w->opened += seal_and_open(&arena);
		w->parsed += parse();
		w->counted += count(&arena);
		w->connected += connections();
		sf_arena_free(&arena);
	}
	sf_key_cache_free(cache);
	return NULL;
}

static void in_a_worker(void)
{
	struct worker list[THREADS] = { 0 };
	struct sf_keyring_state state;
	struct sf_failure failure;
	struct sf_arena arena;
	struct sf_span total;

	pthread_barrier_init(&together, NULL, THREADS);
	for (int i = 0; i < THREADS; i++) {
		if (!CHECK(pthread_create(&list[i].thread, NULL, work, &list[i]) == 0)) {
			exit(1);
		}
	}
	for (int i = 0; i < THREADS; i++) {
		pthread_join(list[i].thread, NULL);
		CHECK(list[i].signed_ok == 2 * ROUNDS);
		CHECK(list[i].opened == ROUNDS && list[i].parsed == ROUNDS && list[i].counted == ROUNDS && list[i].connected == ROUNDS);
	}
	pthread_barrier_destroy(&together);
	sf_keyring_inspect(ring, &state);
	CHECK(state.locked);
	sf_arena_init(&arena, 1 << 16);
	CHECK(sf_share_store(share)->load(share, SF_SPAN_LIT("0123456789012345678901234567890123456789012345678901234567890123"), &arena, &total, &failure));
	CHECK(total.p && atoi(total.p) == THREADS * ROUNDS);
	sf_arena_free(&arena);
}

int main(void)
{
	int status = 0;
	pid_t child;

	tools_enter_folder();
	need_program("openssl", "openssl");
	MUST_RUN("mkdir -m 700 ring && umask 077 && openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -out ring/rsa.pem "
			"&& openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out ring/ec.pem && openssl rand -hex 32 >ring/vault.key");
	ring = sf_keyring_load(in_folder("ring"), NULL, NULL, NULL);
	share = sf_share_new();
	if (!CHECK(ring && share)) {
		return check_done();
	}
	fflush(stdout);
	child = fork();
	if (child == 0) {
		in_a_worker();
		fflush(stdout);
		tools_folder[0] = 0; /* it is the parent's to remove */
		exit(checks_failed); /* not _exit(): the sanitizer has its say there */
	}
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
	sf_share_free(share);
	sf_keyring_free(ring);
	return check_done();
}
