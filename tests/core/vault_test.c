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
static const struct sf_key *key, *other, *newest; /* newest is the next generation of key */

static const struct sf_vault_order for_jane = { .purpose = PURPOSE, .recipient = SF_SPAN_LIT("jane@example.org"), .expires_at = 1000 };

static struct sf_vault_order order_for(struct sf_span recipient)
{
	struct sf_vault_order order = for_jane;

	order.recipient = recipient;
	return order;
}

static struct sf_span seal(const char *password, int64_t expires_at)
{
	struct sf_vault_order order = for_jane;
	struct sf_span token = SF_SPAN_NONE;

	order.expires_at = expires_at;
	CHECK(sf_vault_seal(key, &order, sf_span_of(password), &arena, &token, &error));
	return token;
}

/* 0 if it opens to what is expected, else the error's code. */
static int opens(const struct sf_key *with, struct sf_span token, struct sf_span recipient, int64_t now, const char *expected)
{
	struct sf_vault_order order = order_for(recipient);
	struct sf_secret password;
	int code = 0;

	if (!sf_vault_open(with, token, &order, now, &arena, &password, &error)) {
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
	CHECK(!sf_vault_seal(key, &for_jane, sf_span_of(longest), &arena, &token, &error) && error.code == SF_VAULT_INPUT);
}

static void test_limits(void)
{
	char recipient[SF_VAULT_MAX_RECIPIENT + 1];
	struct sf_span token, full = { recipient, SF_VAULT_MAX_RECIPIENT };

	memset(recipient, 'r', sizeof(recipient));
	CHECK(sf_vault_seal(key, &(struct sf_vault_order){ PURPOSE, SF_SPAN_NONE, full, 1000 }, SF_SPAN_LIT("p"), &arena, &token, &error));
	CHECK(opens(key, token, full, 0, "p") == 0);
	full.n++;
	CHECK(!sf_vault_seal(key, &(struct sf_vault_order){ PURPOSE, SF_SPAN_NONE, full, 1000 }, SF_SPAN_LIT("p"), &arena, &token, &error) && error.code == SF_VAULT_INPUT);
	CHECK(!sf_vault_seal(key, &for_jane, SF_SPAN_LIT(""), &arena, &token, &error) && error.code == SF_VAULT_INPUT);
	CHECK(!sf_vault_seal(key, &for_jane, SF_SPAN_LIT("\xFF"), &arena, &token, &error) && error.code == SF_VAULT_INPUT);
	CHECK(!sf_vault_seal(key, &(struct sf_vault_order){ PURPOSE, SF_SPAN_NONE, SF_SPAN_LIT(""), 1000 }, SF_SPAN_LIT("p"), &arena, &token, &error) && error.code == SF_VAULT_INPUT);
	CHECK(!sf_vault_seal(key, &(struct sf_vault_order){ PURPOSE, SF_SPAN_NONE, SF_SPAN_LIT("a\nb"), 1000 }, SF_SPAN_LIT("p"), &arena, &token, &error) && error.code == SF_VAULT_INPUT);
	CHECK(!sf_vault_seal(key, &(struct sf_vault_order){ (enum sf_vault_purpose)2, SF_SPAN_NONE, WHO, 1000 }, SF_SPAN_LIT("p"), &arena, &token, &error) && error.code == SF_VAULT_FAILED);
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
	CHECK(!sf_vault_open(key, token, &(struct sf_vault_order){ (enum sf_vault_purpose)2, SF_SPAN_NONE, WHO, 0 }, 0, &arena, &password, &error) && error.code == SF_VAULT_REFUSED);
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

	CHECK(sf_vault_inspect(key, SF_SPAN_NONE, token, &arena, &claims, &error)); /* though it has long expired */
	CHECK(claims.version == 1 && claims.purpose == PURPOSE && claims.expires_at == 1000);
	CHECK_SPAN(claims.recipient, "jane@example.org");
	CHECK(!sf_vault_inspect(other, SF_SPAN_NONE, token, &arena, &claims, &error) && error.code == SF_VAULT_REFUSED);
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

static bool opens_at(struct sf_span token, struct sf_span site)
{
	struct sf_vault_order order = for_jane;
	struct sf_secret password;
	bool ok;

	order.site = site;
	ok = sf_vault_open(key, token, &order, 0, &arena, &password, &error);
	CHECK(ok || error.code == SF_VAULT_REFUSED);
	sf_secret_free(&password);
	return ok;
}

/* The site is in the tag alone: the same password for the same person is worth nothing on another site. */
static void test_site(void)
{
	static const struct sf_span known = SF_SPAN_LIT("sfv1.AZkvFvKoQF3_AAAAAAAAA-gBABBqYW5lQGV4YW1wbGUub3JnqrvM3e7_ABEiM6q7X99fddTZpSeyPimffSjM4_-hQa5Tc14bF1gwFyWBDA7isE_CuE846H1-n1OrjQ8qhrFF0Q3IRrJ-BoXUNHvbSCFo9aLW3fj9mxL1gi9waIU");
	static const struct sf_span site = SF_SPAN_LIT("https://a.example");
	char longest[SF_VAULT_MAX_SITE + 1];
	struct sf_vault_order order = for_jane;
	struct sf_vault_claims claims;
	struct sf_span token;

	CHECK(opens_at(known, site));
	CHECK(!opens_at(known, SF_SPAN_NONE) && !opens_at(known, SF_SPAN_LIT("https://b.example")) && !opens_at(known, SF_SPAN_LIT("https://a.exampl"))
			&& !opens_at(known, SF_SPAN_LIT("https://a.example/")) && !opens_at(seal("p", 1000), site));
	CHECK(sf_vault_inspect(key, site, known, &arena, &claims, &error) && !sf_vault_inspect(key, SF_SPAN_NONE, known, &arena, &claims, &error));
	/* what is a part of the recipient can't become a part of the site */
	order.recipient = SF_SPAN_LIT("jane@example.or");
	order.site = SF_SPAN_LIT("g");
	CHECK(sf_vault_seal(key, &order, SF_SPAN_LIT("p"), &arena, &token, &error) && !opens_at(token, SF_SPAN_NONE));
	memset(longest, 's', sizeof(longest));
	order = for_jane;
	order.site = (struct sf_span){ longest, SF_VAULT_MAX_SITE };
	CHECK(sf_vault_seal(key, &order, SF_SPAN_LIT("p"), &arena, &token, &error) && opens_at(token, order.site));
	order.site.n++;
	CHECK(!sf_vault_seal(key, &order, SF_SPAN_LIT("p"), &arena, &token, &error) && error.code == SF_VAULT_FAILED && !opens_at(token, order.site));
}

/* Sealed by somebody who has the key, for a purpose that there is not yet: it is genuine, and still opens for no other. */
static void test_purpose(void)
{
	static const struct sf_span known = SF_SPAN_LIT("sfv1.AZkvFvKoQF3_AAAAAAAAA-gCABBqYW5lQGV4YW1wbGUub3JnqrvM3e7_ABEiM6q7X99fddTZpSeyPimffSjM4_-hQa5Tc14bF1gwFyWBDA7isE_CuE846H1-n1OrjQ8qhrFF0Q3IRrJ-BoXUNHvbSFmD8d2ODq5CWQclIUr16qo");
	struct sf_vault_claims claims;
	struct sf_span token;

	CHECK(sf_vault_inspect(key, SF_SPAN_NONE, known, &arena, &claims, &error) && claims.purpose == 2 && !sf_vault_purpose_name(claims.purpose));
	CHECK(opens(key, known, WHO, 0, NULL) == SF_VAULT_REFUSED);
	CHECK(!sf_vault_reseal(key, other, SF_SPAN_NONE, known, 0, &arena, &token, &error) && error.code == SF_VAULT_REFUSED);
}

static void test_reseal(void)
{
	struct sf_span token = seal("correct horse", 1000), resealed;
	struct sf_vault_claims claims;

	CHECK(sf_vault_generation_of(newest, token, &arena) == key && sf_vault_generation_of(key, token, &arena) == key && !sf_vault_generation_of(other, token, &arena));
	CHECK(!sf_vault_generation_of(newest, SF_SPAN_LIT("sfv1."), &arena) && !sf_vault_generation_of(NULL, token, &arena));
	CHECK(sf_vault_reseal(key, newest, SF_SPAN_NONE, token, 999, &arena, &resealed, &error));
	CHECK(opens(newest, resealed, WHO, 999, "correct horse") == 0 && opens(key, resealed, WHO, 999, NULL) == SF_VAULT_REFUSED);
	CHECK(sf_vault_generation_of(newest, resealed, &arena) == newest && resealed.n == token.n);
	CHECK(sf_vault_inspect(newest, SF_SPAN_NONE, resealed, &arena, &claims, &error) && claims.expires_at == 1000);
	CHECK(opens(newest, resealed, WHO, 1000, NULL) == SF_VAULT_EXPIRED);
	token = resealed;
	CHECK(sf_vault_reseal(newest, newest, SF_SPAN_NONE, token, 999, &arena, &resealed, &error) && sf_span_eq(token, resealed));
	CHECK(!sf_vault_reseal(newest, key, SF_SPAN_NONE, token, 1000, &arena, &resealed, &error) && error.code == SF_VAULT_EXPIRED);
	CHECK(!sf_vault_reseal(key, newest, SF_SPAN_NONE, token, 999, &arena, &resealed, &error) && error.code == SF_VAULT_REFUSED);
	CHECK(!sf_vault_reseal(NULL, newest, SF_SPAN_NONE, token, 999, &arena, &resealed, &error) && error.code == SF_VAULT_REFUSED);
	CHECK(!sf_vault_reseal(newest, key, SF_SPAN_LIT("elsewhere"), token, 999, &arena, &resealed, &error) && error.code == SF_VAULT_REFUSED);
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
	write_key(folder, "vault~1", "200102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
	ring = sf_keyring_load(folder, NULL, report, NULL);
	newest = sf_keyring_find(ring, SF_SPAN_LIT("vault"));
	key = sf_keyring_find(ring, SF_SPAN_LIT("vault~0"));
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
		test_site();
		test_purpose();
		test_reseal();
		sf_arena_free(&arena);
	}
	sf_keyring_free(ring);
	remove_key(folder, "vault");
	remove_key(folder, "vault~1");
	remove_key(folder, "other");
	rmdir(folder);
	return check_done();
}
