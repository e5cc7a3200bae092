#include "check.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base64.h"
#include "password/vault.h"

#define WHO SF_SPAN_LIT("jane@example.org")
#define PURPOSE SF_PURPOSE_SALESFORCE_PASSWORD

static struct sf_arena arena;
static struct sf_error error;
static struct sf_keyring *ring;
static const struct sf_key *key, *other;

static struct sf_span seal(const char *password, int64_t expires_at)
{
	struct sf_span token = SF_SPAN_NONE;

	CHECK(sf_vault_seal(key, PURPOSE, sf_span_of(password), WHO, expires_at, &arena, &token, &error));
	return token;
}

/* 0 if it opens to what is expected, else the error's code. */
static int opens(const struct sf_key *with, struct sf_span token, struct sf_span recipient, int64_t now, const char *expected)
{
	struct sf_secret password;
	int code = 0;

	if (!sf_vault_open(with, token, PURPOSE, recipient, now, &arena, &password, &error)) {
		CHECK(password.p == NULL);
		return error.code;
	}
	if (!expected || password.n != strlen(expected) || memcmp(password.p, expected, password.n) != 0) {
		code = -1;
	}
	sf_secret_free(&password);
	return code;
}

static void test_round_trip(void)
{
	char longest[SF_VAULT_MAX_PASSWORD + 2];
	struct sf_span token;
	size_t n;

	memset(longest, 0, sizeof(longest));
	for (n = 1; n <= SF_VAULT_MAX_PASSWORD; n = n < 200 ? n + 1 : n + 103) {
		memset(longest, 'x', n);
		token = seal(longest, 1000);
		CHECK(opens(key, token, WHO, 999, longest) == 0);
	}
	memset(longest, 'x', SF_VAULT_MAX_PASSWORD);
	CHECK(opens(key, seal(longest, 1000), WHO, 0, longest) == 0);
	longest[SF_VAULT_MAX_PASSWORD] = 'x';
	CHECK(!sf_vault_seal(key, PURPOSE, sf_span_of(longest), WHO, 1000, &arena, &token, &error) && error.code == SF_VAULT_INPUT);
}

static void test_limits(void)
{
	char recipient[SF_VAULT_MAX_RECIPIENT + 1];
	struct sf_span token, full = { recipient, SF_VAULT_MAX_RECIPIENT };

	memset(recipient, 'r', sizeof(recipient));
	CHECK(sf_vault_seal(key, PURPOSE, SF_SPAN_LIT("p"), full, 1000, &arena, &token, &error));
	CHECK(opens(key, token, full, 0, "p") == 0);
	full.n++;
	CHECK(!sf_vault_seal(key, PURPOSE, SF_SPAN_LIT("p"), full, 1000, &arena, &token, &error) && error.code == SF_VAULT_INPUT);
	CHECK(!sf_vault_seal(key, PURPOSE, SF_SPAN_LIT(""), WHO, 1000, &arena, &token, &error) && error.code == SF_VAULT_INPUT);
	CHECK(!sf_vault_seal(key, PURPOSE, SF_SPAN_LIT("\xFF"), WHO, 1000, &arena, &token, &error) && error.code == SF_VAULT_INPUT);
	CHECK(!sf_vault_seal(key, PURPOSE, SF_SPAN_LIT("p"), SF_SPAN_LIT(""), 1000, &arena, &token, &error) && error.code == SF_VAULT_INPUT);
	CHECK(!sf_vault_seal(key, PURPOSE, SF_SPAN_LIT("p"), SF_SPAN_LIT("a\nb"), 1000, &arena, &token, &error) && error.code == SF_VAULT_INPUT);
	CHECK(!sf_vault_seal(key, (enum sf_vault_purpose)2, SF_SPAN_LIT("p"), WHO, 1000, &arena, &token, &error) && error.code == SF_VAULT_FAILED);
}

/* The length of a token says nothing of the password's but which block of 64 it is in. */
static void test_length_is_hidden(void)
{
	CHECK(seal("a", 1000).n == seal("a password of some more bytes than the other one", 1000).n);
	CHECK(!sf_span_eq(seal("same", 1000), seal("same", 1000))); /* a nonce for each */
}

static void test_expiry(void)
{
	struct sf_span token = seal("p", 1000);

	CHECK(opens(key, token, WHO, 999, "p") == 0);
	CHECK(opens(key, token, WHO, 1000, NULL) == SF_VAULT_EXPIRED);
	CHECK(opens(key, token, WHO, 2000, NULL) == SF_VAULT_EXPIRED);
	/* only who holds the right one learns that it has expired */
	CHECK(opens(key, token, SF_SPAN_LIT("mallory@example.org"), 2000, NULL) == SF_VAULT_REFUSED);
	CHECK(opens(other, token, WHO, 2000, NULL) == SF_VAULT_REFUSED);
}

static void test_refusals(void)
{
	struct sf_span token = seal("p", 1000), shorter = token, longer;
	char *copy = malloc(token.n + 2);
	struct sf_secret password;

	CHECK(opens(key, token, SF_SPAN_LIT("jane@example.orG"), 0, NULL) == SF_VAULT_REFUSED);
	CHECK(opens(key, token, SF_SPAN_LIT("jane@example.or"), 0, NULL) == SF_VAULT_REFUSED);
	CHECK(opens(key, token, SF_SPAN_NONE, 0, NULL) == SF_VAULT_REFUSED);
	CHECK(opens(other, token, WHO, 0, NULL) == SF_VAULT_REFUSED);
	CHECK(opens(NULL, token, WHO, 0, NULL) == SF_VAULT_REFUSED);
	CHECK(!sf_vault_open(key, token, (enum sf_vault_purpose)2, WHO, 0, &arena, &password, &error) && error.code == SF_VAULT_REFUSED);
	CHECK(opens(key, SF_SPAN_NONE, WHO, 0, NULL) == SF_VAULT_REFUSED);
	CHECK(opens(key, SF_SPAN_LIT("sfv1."), WHO, 0, NULL) == SF_VAULT_REFUSED);
	for (shorter.n = 0; shorter.n < token.n; shorter.n++) {
		CHECK(opens(key, shorter, WHO, 0, NULL) == SF_VAULT_REFUSED);
	}
	memcpy(copy, token.p, token.n);
	memcpy(copy + token.n, "AA", 2);
	longer = (struct sf_span){ copy, token.n + 1 };
	CHECK(opens(key, longer, WHO, 0, NULL) == SF_VAULT_REFUSED);
	longer.n++;
	CHECK(opens(key, longer, WHO, 0, NULL) == SF_VAULT_REFUSED);
	free(copy);
}

/* Each bit of a token, in turn: the prefix by its characters, the rest by the bytes that it encodes. */
static void test_every_bit(void)
{
	struct sf_span token = seal("p", 1000), changed;
	size_t prefix = strlen(SF_VAULT_PREFIX), n;
	unsigned char bytes[1024];
	char text[2048];

	CHECK(sf_base64url_decode((struct sf_span){ token.p + prefix, token.n - prefix }, bytes, &n));
	memcpy(text, token.p, token.n);
	for (size_t bit = 0; bit < 8 * prefix; bit++) {
		text[bit / 8] ^= (char)(1 << bit % 8);
		changed = (struct sf_span){ text, token.n };
		CHECK(opens(key, changed, WHO, 0, NULL) == SF_VAULT_REFUSED);
		text[bit / 8] ^= (char)(1 << bit % 8);
	}
	for (size_t bit = 0; bit < 8 * n; bit++) {
		bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
		changed = (struct sf_span){ text, prefix + sf_base64url_encode(bytes, n, text + prefix) };
		CHECK(opens(key, changed, WHO, 0, NULL) == SF_VAULT_REFUSED);
		bytes[bit / 8] ^= (unsigned char)(1 << bit % 8);
	}
	changed = (struct sf_span){ text, prefix + sf_base64url_encode(bytes, n, text + prefix) };
	CHECK(opens(key, changed, WHO, 0, "p") == 0);
}

static void test_inspect(void)
{
	struct sf_vault_claims claims;
	struct sf_span token = seal("p", 1000);

	CHECK(sf_vault_inspect(key, token, &arena, &claims, &error)); /* though it has long expired */
	CHECK(claims.version == 1 && claims.purpose == PURPOSE && claims.expires_at == 1000);
	CHECK_SPAN(claims.recipient, "jane@example.org");
	CHECK(!sf_vault_inspect(other, token, &arena, &claims, &error) && error.code == SF_VAULT_REFUSED);
}

static void test_key_of(void)
{
	struct sf_span token = seal("p", 1000);

	CHECK(sf_vault_key_of(ring, token, &arena) == key);
	CHECK(sf_vault_key_of(ring, SF_SPAN_LIT("sfv1.AAAA"), &arena) == NULL);
	CHECK(sf_vault_key_of(NULL, token, &arena) == NULL);
}

/* A token that was made from docs/vault.md with PHP's openssl_encrypt(): the format must stay what it is. */
static void test_known_token(void)
{
	static const struct sf_span known = SF_SPAN_LIT("sfv1.AZkvFvKoQF3_AAAAAAAAA-gBABBqYW5lQGV4YW1wbGUub3JnqrvM3e7_ABEiM6q7X99fddTZpSeyPimffSjM4_-hQa5Tc14bF1gwFyWBDA7isE_CuE846H1-n1OrjQ8qhrFF0Q3IRrJ-BoXUNHvbSCXR_ayT8F5kWINObCb0q6w");

	CHECK(opens(key, known, WHO, 0, "correct horse") == 0);
}

static void report(void *arg, const char *file, const char *sentence)
{
	(void)arg;
	printf("%s: %s\n", file, sentence);
}

static void write_key(const char *folder, const char *name, const char *hex)
{
	char path[256];
	int fd;

	snprintf(path, sizeof(path), "%s/%s.key", folder, name);
	fd = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	CHECK(fd >= 0 && write(fd, hex, 64) == 64);
	close(fd);
}

static void remove_key(const char *folder, const char *name)
{
	char path[256];

	snprintf(path, sizeof(path), "%s/%s.key", folder, name);
	unlink(path);
}

int main(void)
{
	char folder[] = "/tmp/samlforce-vault-test-XXXXXX";

	if (!CHECK(mkdtemp(folder) != NULL)) {
		return check_done();
	}
	write_key(folder, "vault", "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
	write_key(folder, "other", "100102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
	ring = sf_keyring_load(folder, report, NULL);
	key = sf_keyring_find(ring, SF_SPAN_LIT("vault"));
	other = sf_keyring_find(ring, SF_SPAN_LIT("other"));
	if (CHECK(key && other)) {
		sf_arena_init(&arena, (size_t)256 << 20);
		test_round_trip();
		test_limits();
		test_length_is_hidden();
		test_expiry();
		test_refusals();
		test_every_bit();
		test_inspect();
		test_key_of();
		test_known_token();
		sf_arena_free(&arena);
	}
	sf_keyring_free(ring);
	remove_key(folder, "vault");
	remove_key(folder, "other");
	rmdir(folder);
	return check_done();
}
