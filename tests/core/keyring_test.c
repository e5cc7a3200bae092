/* The keyring: what it takes, and the sentence for everything that it doesn't. */
#include "crypto/keyring.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include <openssl/bn.h>
#include <openssl/ecdsa.h>

#include "crypto/ec.h"
#include "crypto/pkey.h"
#include "tools.h"

static struct sf_arena arena;

/* AddressSanitizer makes mlock() a thing that does nothing and says that it did; this is the system's again. */
int mlock(const void *p, size_t n)
{
	return (int)syscall(SYS_mlock, p, n);
}

struct reports {
	size_t count;
	char file[512];
	char sentence[512];
};

static void note(void *arg, const char *file, const char *sentence)
{
	struct reports *r = arg;

	r->count++;
	snprintf(r->file, sizeof(r->file), "%s", file);
	snprintf(r->sentence, sizeof(r->sentence), "%s", sentence);
}

/* An empty folder `ring`. */
static void empty(void)
{
	MUST_RUN("chmod -R u+rwX ring 2>/dev/null; rm -rf ring && mkdir -m 700 ring");
}

/* `ring` has this one file, which is refused with a sentence that holds `part`. */
static void refused_as(const char *name, const char *part, int line)
{
	struct reports r = { 0 };
	struct sf_keyring *ring;
	const char *kept;

	alarm(20); /* a pipe without a writer must not hold it up */
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	alarm(0);
	kept = sf_keyring_refusal(ring, sf_span_of(name));
	if (!CHECK(ring && r.count == 1 && strstr(r.sentence, part) && kept && strcmp(kept, r.sentence) == 0 && strstr(r.file, "ring/")
			&& !sf_keyring_at(ring, 0) && !sf_keyring_find(ring, sf_span_of(name)))) {
		printf("  line %d: %zu reports, the last: %s\n", line, r.count, r.sentence);
	}
	sf_keyring_free(ring);
}

#define REFUSED(name, part) refused_as((name), (part), __LINE__)

static void folder(void)
{
	struct reports r = { 0 };
	struct sf_keyring *ring;

	CHECK(!sf_keyring_load(in_folder("not-there"), NULL, note, &r) && r.count == 1 && strstr(r.sentence, "can't be opened"));
	write_text("file", "x");
	CHECK(!sf_keyring_load(in_folder("file"), NULL, note, &r) && r.count == 2 && strstr(r.sentence, "can't be opened"));
	CHECK(!sf_keyring_load(in_folder("file"), NULL, NULL, NULL));
	empty();
	MUST_RUN("chmod 770 ring");
	CHECK(!sf_keyring_load(in_folder("ring"), NULL, note, &r) && strstr(r.sentence, "others may look into"));
	MUST_RUN("chmod 707 ring");
	CHECK(!sf_keyring_load(in_folder("ring"), NULL, note, &r) && strstr(r.sentence, "others may look into"));
	if (geteuid() == 0) {
		MUST_RUN("chmod 700 ring && chown 65534 ring");
		CHECK(!sf_keyring_load(in_folder("ring"), NULL, note, &r) && strstr(r.sentence, "belongs to another user"));
	}
	for (const char *const *mode = (const char *const[]){ "701", "704", "705", "720", "755", NULL }; *mode; mode++) {
		empty();
		MUST_RUN("chmod %s ring", *mode);
		CHECK(!sf_keyring_load(in_folder("ring"), NULL, note, &r) && strstr(r.sentence, *mode) && strstr(r.sentence, "chmod 700"));
	}
	empty();
	MUST_RUN("chmod 750 ring"); /* reading the names is no harm, if root has chosen the group */
	r.count = 0;
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	CHECK(ring && r.count == 0 && !sf_keyring_at(ring, 0));
	sf_keyring_free(ring);
	sf_keyring_free(NULL);
	CHECK(!sf_keyring_at(NULL, 0) && !sf_keyring_find(NULL, SF_SPAN_LIT("x")) && !sf_keyring_refusal(NULL, SF_SPAN_LIT("x")));
	sf_keyring_enter(NULL);
}

static void modes_and_kinds_of_files(void)
{
	static const char *const modes[] = { "0640", "0644", "0604", "0620", "0602", "0601", "0610", "0666", "4644" };

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++) {
		empty();
		MUST_RUN("cp rsa.pem ring/k.pem && chmod %s ring/k.pem", modes[i]);
		REFUSED("k", modes[i]);
		REFUSED("k", "chmod 600");
	}
	if (geteuid() == 0) {
		empty();
		MUST_RUN("install -m 600 -o 65534 rsa.pem ring/k.pem");
		REFUSED("k", "belongs to another user");
	} else {
		CHECK(!"run this as root, so that a foreign owner can be tried");
	}
	empty();
	MUST_RUN("ln -s ../rsa.pem ring/k.pem");
	REFUSED("k", "symbolic link");
	empty();
	MUST_RUN("mkdir -m 700 ring/k.pem");
	REFUSED("k", "not a plain file");
	empty();
	MUST_RUN("mkfifo -m 600 ring/k.key");
	REFUSED("k", "not a plain file");
	empty();
	MUST_RUN("install -m 600 /dev/null ring/k.pem");
	REFUSED("k", "its size");
	empty();
	MUST_RUN("{ cat rsa.pem; head -c 65536 /dev/zero | tr '\\0' '\\n'; } | head -c 65537 >ring/k.pem; chmod 600 ring/k.pem");
	REFUSED("k", "its size");

	/* at the cap: 65,536 bytes */
	struct reports r = { 0 };
	struct sf_keyring *ring;
	MUST_RUN("truncate -s 65536 ring/k.pem");
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	CHECK(r.count == 0 && sf_keyring_find(ring, SF_SPAN_LIT("k")));
	sf_keyring_free(ring);
}

static void contents(void)
{
	empty();
	MUST_RUN("openssl pkcs8 -topk8 -in rsa.pem -passout pass:secret -out ring/k.pem");
	REFUSED("k", "there is no passphrase");
	empty();
	MUST_RUN("openssl rsa -in rsa.pem -aes256 -traditional -passout pass:secret -out ring/k.pem && grep -q Proc-Type ring/k.pem");
	REFUSED("k", "in the old way of PEM");
	empty();
	MUST_RUN("openssl ec -in p256.pem -aes256 -passout pass:secret -out ring/k.pem");
	REFUSED("k", "in the old way of PEM");
	empty();
	MUST_RUN("install -m 600 rsa.pem ring/k.pem && cat p256.pem >>ring/k.pem");
	REFUSED("k", "more than one private key");
	empty();
	MUST_RUN("install -m 600 rsa.pem ring/k.pem && cat other.crt >>ring/k.pem");
	REFUSED("k", "certificate belongs to another key");
	empty();
	MUST_RUN("install -m 600 rsa.crt ring/k.pem");
	REFUSED("k", "no private key");
	empty();
	MUST_RUN("echo hello >ring/k.pem; chmod 600 ring/k.pem");
	REFUSED("k", "no private key");
	empty();
	MUST_RUN("openssl pkey -in rsa.pem -pubout -out ring/k.pem; chmod 600 ring/k.pem");
	REFUSED("k", "neither a private key nor a certificate");
	empty();
	MUST_RUN("sed '2s/^...../!!!!!/' rsa.pem >ring/k.pem; chmod 600 ring/k.pem");
	REFUSED("k", "no base64");
	empty();
	MUST_RUN("openssl genrsa -out ring/k.pem 1024; chmod 600 ring/k.pem");
	REFUSED("k", "2048");
	empty();
	MUST_RUN("openssl genpkey -algorithm ed25519 -out ring/k.pem; chmod 600 ring/k.pem");
	REFUSED("k", "can't be used");
	empty();
	MUST_RUN("openssl ecparam -genkey -name secp224r1 -noout -out ring/k.pem; chmod 600 ring/k.pem");
	REFUSED("k", "can't be used");
	empty();
	MUST_RUN("openssl dsaparam -genkey -out ring/k.pem 1024; sed -i '/BEGIN DSA PARAM/,/END DSA PARAM/d' ring/k.pem; chmod 600 ring/k.pem");
	REFUSED("k", "can't be used");
	empty();
	MUST_RUN("openssl ec -in p256.pem -no_public -out ring/k.pem; chmod 600 ring/k.pem");
	REFUSED("k", "with its public key");
	empty();
	MUST_RUN("openssl rand -hex 31 >ring/k.key; chmod 600 ring/k.key");
	REFUSED("k", "64 hexadecimal digits");
	empty();
	MUST_RUN("{ printf 'g'; openssl rand -hex 32 | cut -c2-; } >ring/k.key; chmod 600 ring/k.key");
	REFUSED("k", "64 hexadecimal digits");
	empty();
	MUST_RUN("openssl rand 32 >ring/k.key; chmod 600 ring/k.key");
	REFUSED("k", "64 hexadecimal digits");
	empty();
	MUST_RUN("{ openssl rand -hex 32; openssl rand -hex 32; } >ring/k.key; chmod 600 ring/k.key");
	REFUSED("k", "64 hexadecimal digits");
}

static bool openssl_agrees(const struct sf_key *key, enum sf_sig_alg alg, const char *digest);

/*
 * One bit of a key is wrong, in many places. It is refused; or, where the damage lies in a number that RSA can do without
 * (OpenSSL checks what it made by the Chinese remainder, and falls back on d), every signature is right nevertheless.
 */
static void damaged_key(const char *pem, const char *what)
{
	struct sf_span der;
	size_t refused = 0, tried = 0;
	char *bytes;

	MUST_RUN("openssl pkey -in %s -outform DER -traditional -out key.der", pem);
	der = read_file_into(&arena, "key.der");
	bytes = sf_arena_alloc(&arena, der.n);
	for (size_t at = 20; at < der.n; at += der.n / 40) {
		struct reports r = { 0 };
		struct sf_keyring *ring;

		memcpy(bytes, der.p, der.n);
		bytes[at] ^= 4;
		write_file("bad.der", bytes, der.n);
		empty();
		MUST_RUN("{ echo '-----BEGIN %s-----'; base64 bad.der; echo '-----END %s-----'; } >ring/k.pem; chmod 600 ring/k.pem", what, what);
		ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
		if (ring && sf_keyring_at(ring, 0)) {
			bool right = sf_keyring_at(ring, 0)->kind == SF_KEY_RSA && openssl_agrees(sf_keyring_at(ring, 0), SF_RSA_SHA256, "sha256");

			if (!CHECK(right)) {
				printf("  %s changed at byte %zu of %zu was taken\n", what, at, der.n);
			}
		} else {
			refused += ring && r.count == 1 && sf_keyring_refusal(ring, SF_SPAN_LIT("k"));
			tried++;
		}
		sf_keyring_free(ring);
	}
	CHECK(refused == tried && tried >= 8);
}

static void names(void)
{
	struct reports r = { 0 };
	struct sf_keyring *ring;

	empty();
	MUST_RUN("install -m 600 rsa.pem ring/k.pem; openssl rand -hex 32 >ring/k.key; chmod 600 ring/k.key");
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	CHECK(ring && r.count == 1 && strstr(r.sentence, "two files of this name") && sf_keyring_find(ring, SF_SPAN_LIT("k")) && !sf_keyring_at(ring, 1));
	sf_keyring_free(ring);

	/* what is no NAME.pem or NAME.key is not ours; one that no setting could name was meant to be one, and is reported */
	empty();
	MUST_RUN("cp rsa.pem ring/.hidden.pem; cp rsa.pem ring/readme.txt; cp rsa.pem ring/pem; cp rsa.pem ring/.pem; cp rsa.pem \"ring/a b.pem\"; cp rsa.pem ring/k.pem~; cp rsa.pem ring/k.PEM; cp rsa.pem ring/k.pem~2");
	r.count = 0;
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	CHECK(ring && r.count == 1 && strstr(r.sentence, "its name must be") && !sf_keyring_at(ring, 0));
	sf_keyring_free(ring);

	/* a certificate that was cut off is not taken for none */
	empty();
	MUST_RUN("(cat rsa.pem; echo '-----BEGIN CERTIFICATE-----'; echo MIIB) >ring/k.pem; chmod 600 ring/k.pem");
	r.count = 0;
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	CHECK(ring && r.count == 1 && strstr(r.sentence, "was cut off") && !sf_keyring_at(ring, 0));
	sf_keyring_free(ring);

	/* a name of 64 characters, and one of 65 */
	empty();
	MUST_RUN("a=$(printf '%%064d' 0); install -m 600 rsa.pem ring/$a.pem; install -m 600 rsa.pem ring/1$a.pem");
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	CHECK(ring && sf_keyring_at(ring, 0) && !sf_keyring_at(ring, 1) && strlen(sf_keyring_at(ring, 0)->name) == 64);
	sf_keyring_free(ring);

	/* 64 keys, and 65 */
	empty();
	MUST_RUN("for i in $(seq 10 73); do openssl rand -hex 32 >ring/k$i.key; done; chmod 600 ring/*");
	r.count = 0;
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	CHECK(ring && r.count == 0 && sf_keyring_at(ring, 63) && !sf_keyring_at(ring, 64));
	for (size_t i = 1; ring && i < 64; i++) {
		CHECK(strcmp(sf_keyring_at(ring, i - 1)->name, sf_keyring_at(ring, i)->name) < 0);
	}
	sf_keyring_free(ring);
	MUST_RUN("openssl rand -hex 32 >ring/last.key; chmod 600 ring/*");
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	CHECK(ring && r.count == 1 && strstr(r.sentence, "more than 64 keys") && sf_keyring_at(ring, 63) && !sf_keyring_at(ring, 64));
	sf_keyring_free(ring);
}

/* A signature made by the ring, judged by the openssl command. */
static bool openssl_agrees(const struct sf_key *key, enum sf_sig_alg alg, const char *digest)
{
	static const char message[] = "to be signed";
	unsigned char sig[SF_SIGNATURE_MAX], *der = NULL;
	size_t n = sizeof(sig);
	struct sf_span spki = key->spki;

	if (!sf_key_sign(key, alg, message, strlen(message), sig, &n)) {
		return false;
	}
	if (key->kind == SF_KEY_EC) {
		ECDSA_SIG *pair = ECDSA_SIG_new();
		int half = (int)n / 2, length;

		ECDSA_SIG_set0(pair, BN_bin2bn(sig, half, NULL), BN_bin2bn(sig + half, half, NULL));
		length = i2d_ECDSA_SIG(pair, &der);
		ECDSA_SIG_free(pair);
		write_file("sig", der, (size_t)length);
		OPENSSL_free(der);
	} else {
		write_file("sig", sig, n);
	}
	write_text("message", message);
	write_file("spki.der", spki.p, spki.n);
	return run("openssl pkey -pubin -inform DER -in spki.der -out spki.pem && openssl dgst -%s -verify spki.pem -signature sig message", digest);
}

static void one_form(const char *command, enum sf_key_kind kind, int bits, bool certificate)
{
	static const struct { enum sf_sig_alg alg; const char *digest; } rsa[] = { { SF_RSA_SHA256, "sha256" }, { SF_RSA_SHA384, "sha384" }, { SF_RSA_SHA512, "sha512" } },
		ec[] = { { SF_ECDSA_SHA256, "sha256" }, { SF_ECDSA_SHA384, "sha384" }, { SF_ECDSA_SHA512, "sha512" } };
	struct reports r = { 0 };
	struct sf_keyring *ring;
	const struct sf_key *key;
	struct sf_public_key public;
	unsigned char sig[SF_SIGNATURE_MAX];
	size_t n;

	empty();
	MUST_RUN("%s; chmod 600 ring/k.pem", command);
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	key = sf_keyring_find(ring, SF_SPAN_LIT("k"));
	if (!CHECK(key && r.count == 0)) {
		printf("  %s: %s\n", command, r.sentence);
		sf_keyring_free(ring);
		return;
	}
	CHECK(key->kind == kind && key->bits == bits && (key->certificate.n > 0) == certificate && sf_public_key_from_spki(key->spki, &public) && public.bits == bits);
	CHECK(!sf_key_raw(key));
	for (int i = 0; i < 3; i++) {
		CHECK(openssl_agrees(key, kind == SF_KEY_RSA ? rsa[i].alg : ec[i].alg, rsa[i].digest));
		n = sizeof(sig);
		CHECK(!sf_key_sign(key, kind == SF_KEY_RSA ? ec[i].alg : rsa[i].alg, "x", 1, sig, &n));
	}
	n = sizeof(sig);
	CHECK(!sf_key_sign(key, SF_SIG_NONE, "x", 1, sig, &n));
	n = 10;
	CHECK(!sf_key_sign(key, kind == SF_KEY_RSA ? SF_RSA_SHA256 : SF_ECDSA_SHA256, "x", 1, sig, &n)); /* no room */
	sf_keyring_free(ring);
}

static void forms(void)
{
	one_form("openssl pkey -in rsa.pem -out ring/k.pem && grep -q 'BEGIN PRIVATE KEY' ring/k.pem", SF_KEY_RSA, 2048, false);
	one_form("openssl rsa -in rsa.pem -traditional -out ring/k.pem && grep -q 'BEGIN RSA PRIVATE KEY' ring/k.pem", SF_KEY_RSA, 2048, false);
	one_form("cat rsa.pem rsa.crt >ring/k.pem", SF_KEY_RSA, 2048, true);
	one_form("cat rsa.crt rsa.pem >ring/k.pem", SF_KEY_RSA, 2048, true);
	one_form("{ openssl x509 -in rsa.crt -text; cat rsa.pem other.crt; } >ring/k.pem", SF_KEY_RSA, 2048, true); /* the first counts: a chain may follow */
	one_form("sed 's/$/\\r/' rsa.pem >ring/k.pem", SF_KEY_RSA, 2048, false);
	one_form("openssl genrsa -out ring/k.pem 3072", SF_KEY_RSA, 3072, false);
	one_form("openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048 -pkeyopt rsa_keygen_pubexp:3 -out ring/k.pem", SF_KEY_RSA, 2048, false);
	one_form("openssl pkey -in p256.pem -out ring/k.pem && grep -q 'BEGIN PRIVATE KEY' ring/k.pem", SF_KEY_EC, 256, false);
	one_form("openssl ec -in p256.pem -out ring/k.pem && grep -q 'BEGIN EC PRIVATE KEY' ring/k.pem", SF_KEY_EC, 256, false);
	one_form("openssl ecparam -genkey -name prime256v1 -out ring/k.pem && grep -q 'EC PARAMETERS' ring/k.pem", SF_KEY_EC, 256, false);
	one_form("openssl ecparam -genkey -name secp384r1 -noout -out ring/k.pem", SF_KEY_EC, 384, false);
	one_form("openssl ecparam -genkey -name secp521r1 -noout -out ring/k.pem", SF_KEY_EC, 521, false);
	one_form("openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521 -out ring/k.pem", SF_KEY_EC, 521, false);
}

static void raw_key_and_memory(void)
{
	struct reports r = { 0 };
	struct sf_keyring *ring;
	struct sf_keyring_state state;
	const struct sf_key *key;
	const unsigned char *raw;
	unsigned char sig[SF_SIGNATURE_MAX];
	size_t n = sizeof(sig);
	int status = 0;
	pid_t child;

	empty();
	MUST_RUN("printf ' 000102030405060708090a0b0c0d0e0f101112131415161718191A1B1C1D1E1F\\n' >ring/vault.key; chmod 600 ring/vault.key");
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	key = sf_keyring_find(ring, SF_SPAN_LIT("vault"));
	raw = key ? sf_key_raw(key) : NULL;
	if (!CHECK(raw && key->kind == SF_KEY_RAW && key->bits == 256 && !key->spki.n && !key->certificate.n)) {
		return;
	}
	for (unsigned i = 0; i < 32; i++) {
		CHECK(raw[i] == i);
	}
	CHECK(!sf_key_sign(key, SF_RSA_SHA256, "x", 1, sig, &n) && !sf_key_sign(key, SF_ECDSA_SHA256, "x", 1, sig, &n));
	CHECK(!sf_keyring_find(ring, SF_SPAN_LIT("vaul")) && !sf_keyring_find(ring, SF_SPAN_LIT("")) && !sf_keyring_refusal(ring, SF_SPAN_LIT("vault")));
	sf_keyring_inspect(ring, &state);
	CHECK(state.locked && state.undumpable && state.bytes == 4096);
	sf_keyring_inspect(NULL, &state);
	CHECK(!state.locked && !state.undumpable && state.bytes == 0);

	/* read-only from the moment it is loaded, also in a child, which locks anew */
	fflush(stdout);
	child = fork();
	if (child == 0) {
		signal(SIGSEGV, SIG_DFL);
		setrlimit(RLIMIT_CORE, &(struct rlimit){ 0, 0 });
		sf_keyring_enter(ring);
		sf_keyring_inspect(ring, &state);
		if (!state.locked || raw[31] != 31) {
			_exit(1);
		}
		*(volatile unsigned char *)(uintptr_t)raw = 1;
		_exit(2);
	}
	CHECK(waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV);
	sf_keyring_free(ring);
}

/* The newest first, by number and not by letter; a name alone is the newest, and a number exactly that one. */
static void generations(void)
{
	static const unsigned order[] = { 20261101, 10, 2, 0 };
	struct reports r = { 0 };
	const struct sf_key *key;
	struct sf_keyring *ring;
	char reference[32];

	empty();
	MUST_RUN("for g in '' '~2' '~10' '~20261101'; do openssl rand -hex 32 >ring/v$g.key; done; openssl rand -hex 32 >ring/va.key; install -m 600 p256.pem ring/a.pem; install -m 600 rsa.pem ring/a~1.pem; chmod 600 ring/*");
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	if (!CHECK(ring && r.count == 0 && sf_keyring_at(ring, 6) && !sf_keyring_at(ring, 7))) {
		printf("  %s\n", r.sentence);
		return;
	}
	key = sf_keyring_find(ring, SF_SPAN_LIT("v"));
	CHECK(key == sf_keyring_at(ring, 2) && sf_keyring_is_newest(ring, key));
	for (size_t i = 0; i < 4; i++, key = key->older) {
		if (!CHECK(key && key->generation == order[i] && strcmp(key->name, "v") == 0)) {
			break;
		}
		snprintf(reference, sizeof(reference), "v~%u", order[i]);
		CHECK(sf_keyring_find(ring, sf_span_of(reference)) == key && (i == 0 || !sf_keyring_is_newest(ring, key)));
	}
	CHECK(!key);
	key = sf_keyring_find(ring, SF_SPAN_LIT("a")); /* a pair may change its kind */
	CHECK(key && key->kind == SF_KEY_RSA && key->older && key->older->kind == SF_KEY_EC && !key->older->older);
	for (const char *const *no = (const char *const[]){ "v~1", "v~", "v~02", "v~x", "v~4294967298", "v~2~2", "~2", "", NULL }; *no; no++) {
		CHECK(!sf_keyring_find(ring, sf_span_of(*no)));
	}
	sf_keyring_free(ring);

	/* a number of nine digits, and one of ten; and none that writes a key's name in a second way */
	empty();
	MUST_RUN("openssl rand -hex 32 >ring/v~999999999.key; chmod 600 ring/*");
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	CHECK(r.count == 0 && sf_keyring_find(ring, SF_SPAN_LIT("v~999999999")));
	sf_keyring_free(ring);
	for (const char *const *bad = (const char *const[]){ "1000000000", "0", "01", "", "-1", "1~1", "a", NULL }; *bad; bad++) {
		empty();
		MUST_RUN("openssl rand -hex 32 >ring/v~%s.key; chmod 600 ring/*", *bad);
		r.count = 0;
		ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
		CHECK(ring && r.count == 1 && strstr(r.sentence, "its name must be") && !sf_keyring_at(ring, 0));
		sf_keyring_free(ring);
	}

	/* a newer generation that is refused leaves the older one in its place, and is remembered */
	empty();
	MUST_RUN("openssl rand -hex 32 >ring/v.key; echo junk >ring/v~2.key; install -m 600 rsa.pem ring/v~1.pem; chmod 600 ring/*");
	r.count = 0;
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	CHECK(ring && r.count == 2 && sf_keyring_refusal(ring, SF_SPAN_LIT("v~2")) && !sf_keyring_refusal(ring, SF_SPAN_LIT("v~3")));
	key = sf_keyring_find(ring, SF_SPAN_LIT("v"));
	CHECK(key && key->kind == SF_KEY_RSA && !key->older && strstr(r.sentence, "another ending"));
	sf_keyring_free(ring);
}

static void texts(void)
{
	struct reports r = { 0 };
	struct sf_keyring *ring;
	const struct sf_key *key;
	unsigned char sig[SF_SIGNATURE_MAX];
	size_t n = sizeof(sig);

	empty();
	MUST_RUN("printf 'p\\303\\244ss \"word\"\\r\\n' >ring/app.secret; chmod 600 ring/*");
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	key = sf_keyring_find(ring, SF_SPAN_LIT("app"));
	if (!CHECK(key && r.count == 0)) {
		printf("  %s\n", r.sentence);
		return;
	}
	CHECK(key->kind == SF_KEY_SECRET && key->bits == 0 && !key->spki.n && !sf_key_is_pair(key) && !sf_key_raw(key));
	CHECK_SPAN(sf_key_text(key), "p\303\244ss \"word\"");
	CHECK(!sf_key_sign(key, SF_RSA_SHA256, "x", 1, sig, &n) && sf_key_sig_alg(key) == SF_SIG_NONE);
	sf_keyring_free(ring);
	for (const char *const *bad = (const char *const[]){ "\\n", "a\\nb", "a\\tb", "a\\000b", "\\377", "a\\177", NULL }; *bad; bad++) {
		empty();
		MUST_RUN("printf '%s' >ring/k.secret; chmod 600 ring/*", *bad);
		REFUSED("k", "one line of 1 to 1024 bytes");
	}
	empty();
	MUST_RUN("{ head -c 1024 /dev/zero | tr '\\0' a; echo; } >ring/k.secret; chmod 600 ring/*");
	r.count = 0;
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	key = sf_keyring_find(ring, SF_SPAN_LIT("k"));
	CHECK(key && r.count == 0 && sf_key_text(key).n == 1024);
	sf_keyring_free(ring);
	MUST_RUN("head -c 1025 /dev/zero | tr '\\0' a >ring/k.secret");
	REFUSED("k", "one line of 1 to 1024 bytes");
}

/* What stands above the folder may not be others' to change, but for a folder like /tmp; and no step of the way is a link. */
static void way_to_the_folder(void)
{
	struct reports r = { 0 };
	struct sf_keyring *ring;

	MUST_RUN("rm -rf above && mkdir -m 755 above && mkdir -m 755 above/b && mkdir -m 700 above/b/ring && ln -s above link && ln -s ring above/b/alias");
	ring = sf_keyring_load(in_folder("above//b/ring/"), NULL, note, &r);
	CHECK(ring && r.count == 0);
	sf_keyring_free(ring);
	CHECK(!sf_keyring_load("above/b/ring", NULL, note, &r) && strstr(r.sentence, "no whole path"));
	CHECK(!sf_keyring_load(in_folder("link/b/ring"), NULL, note, &r) && strstr(r.sentence, "/link is a symbolic link"));
	CHECK(!sf_keyring_load(in_folder("above/b/alias"), NULL, note, &r) && strstr(r.sentence, "/alias is a symbolic link"));
	for (const char *const *mode = (const char *const[]){ "775", "757", "777", NULL }; *mode; mode++) {
		MUST_RUN("chmod %s above", *mode);
		CHECK(!sf_keyring_load(in_folder("above/b/ring"), NULL, note, &r) && strstr(r.sentence, "/above is theirs to change") && strstr(r.sentence, *mode));
		MUST_RUN("chmod +t above");
		ring = sf_keyring_load(in_folder("above/b/ring"), NULL, NULL, NULL);
		CHECK(ring);
		sf_keyring_free(ring);
	}
	MUST_RUN("chmod 755 above && chown 65534 above/b");
	CHECK(!sf_keyring_load(in_folder("above/b/ring"), NULL, note, &r) && strstr(r.sentence, "/above/b is theirs to change"));
}

/* A ring with one encrypted key, and this passphrase; what it says. */
static bool opens(const char *passphrase, struct reports *r)
{
	struct sf_keyring *ring;
	bool ok;

	r->count = 0;
	*r->sentence = '\0';
	ring = sf_keyring_load(in_folder("ring"), passphrase, note, r);
	ok = ring && sf_keyring_find(ring, SF_SPAN_LIT("k")) && openssl_agrees(sf_keyring_find(ring, SF_SPAN_LIT("k")), SF_RSA_SHA256, "sha256");
	sf_keyring_free(ring);
	return ok;
}

static void passphrases(void)
{
	struct reports r = { 0 };
	char file[256];

	snprintf(file, sizeof(file), "%s", in_folder("pass"));
	empty();
	MUST_RUN("openssl pkcs8 -topk8 -v2 aes-256-cbc -v2prf hmacWithSHA256 -in rsa.pem -passout pass:'open sesame' -out ring/k.pem && cat rsa.crt >>ring/k.pem && printf 'open sesame\\n' >pass && chmod 600 pass ring/k.pem");
	CHECK(opens(file, &r) && r.count == 0);
	CHECK(!opens(NULL, &r) && r.count == 1 && strstr(r.sentence, "samlforce.keyring_passphrase"));
	CHECK(!opens("", &r) && r.count == 1);
	MUST_RUN("printf 'close sesame' >pass");
	CHECK(!opens(file, &r) && r.count == 1 && strstr(r.sentence, "another passphrase"));
	MUST_RUN("printf 'open sesame' >pass && chmod 640 pass");
	CHECK(!opens(file, &r) && r.count == 2 && strstr(r.sentence, "no passphrase")); /* the file, and the key that needs it */
	MUST_RUN("chmod 600 pass && ln -sf pass pass-link");
	CHECK(!opens(in_folder("pass-link"), &r) && r.count == 2);
	CHECK(!opens(in_folder("nowhere"), &r) && r.count == 2);
	MUST_RUN("rm pass && printf '\\n' >pass && chmod 600 pass");
	CHECK(!opens(file, &r) && r.count == 2);
	MUST_RUN("head -c 1024 /dev/zero | tr '\\0' a >pass && openssl pkcs8 -topk8 -in rsa.pem -passout pass:$(cat pass) -out ring/k.pem");
	CHECK(opens(file, &r) && r.count == 0);
	MUST_RUN("head -c 1025 /dev/zero | tr '\\0' a >pass");
	CHECK(!opens(file, &r) && r.count == 2);

	/* a credential of the service */
	MUST_RUN("rm -rf credentials && mkdir -m 700 credentials && printf 'open sesame' >credentials/samlforce && chmod 400 credentials/samlforce"
			" && openssl pkcs8 -topk8 -in rsa.pem -passout pass:'open sesame' -out ring/k.pem");
	unsetenv("CREDENTIALS_DIRECTORY");
	CHECK(!opens("samlforce", &r) && r.count == 2);
	setenv("CREDENTIALS_DIRECTORY", in_folder("credentials"), 1);
	CHECK(opens("samlforce", &r) && r.count == 0);
	MUST_RUN("chmod 440 credentials/samlforce"); /* how systemd shows it where the service has a user of its own */
	CHECK(opens("samlforce", &r) && r.count == 0);
	MUST_RUN("chgrp 1 credentials/samlforce");
	CHECK(!opens("samlforce", &r) && r.count == 2);
	CHECK(!opens(".hidden", &r) && r.count == 2);
	CHECK(!opens("other", &r) && r.count == 2);
	unsetenv("CREDENTIALS_DIRECTORY");

	/* cut off, and with something behind it */
	MUST_RUN("openssl pkcs8 -topk8 -in rsa.pem -passout pass:x -outform DER -out k.der && printf x >pass");
	for (const char *const *how = (const char *const[]){ "head -c -1 k.der", "{ cat k.der; echo; }", NULL }; *how; how++) {
		MUST_RUN("{ echo '-----BEGIN ENCRYPTED PRIVATE KEY-----'; %s | base64; echo '-----END ENCRYPTED PRIVATE KEY-----'; } >ring/k.pem", *how);
		CHECK(!opens(file, &r) && r.count == 1 && strstr(r.sentence, "can't be decrypted"));
	}
}

/* Only what the keys need is locked, so that they fit into the 64 kB of a container; where nothing may be locked they work, and it shows. */
static void locked_memory(void)
{
	struct sf_keyring_state state;
	struct sf_keyring *ring;
	int status = 0;
	pid_t child;

	empty();
	MUST_RUN("for i in 1 2 3; do install -m 600 rsa.pem ring/k$i.pem; done; openssl rand -hex 32 >ring/v.key; chmod 600 ring/*");
	ring = sf_keyring_load(in_folder("ring"), NULL, NULL, NULL);
	sf_keyring_inspect(ring, &state);
	CHECK(state.locked && state.undumpable && state.bytes <= 16384 && state.refused == 0);
	fflush(stdout);
	for (rlim_t limit = 0; limit <= 65536; limit += 65536) {
		child = fork();
		if (child == 0) {
			unsigned char sig[SF_SIGNATURE_MAX];
			size_t n = sizeof(sig);

			setrlimit(RLIMIT_MEMLOCK, &(struct rlimit){ limit, limit });
			if (setuid(65534) != 0) { /* root may lock whatever it likes */
				_exit(1);
			}
			sf_keyring_enter(ring);
			sf_keyring_inspect(ring, &state);
			_exit(state.locked == (limit > 0) && sf_key_sign(sf_keyring_at(ring, 0), SF_RSA_SHA256, "x", 1, sig, &n) ? 0 : 2);
		}
		CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
	}
	sf_keyring_free(ring);
}

static void good_and_bad_together(void)
{
	struct reports r = { 0 };
	struct sf_keyring *ring;

	empty();
	MUST_RUN("install -m 600 rsa.pem ring/b.pem; install -m 600 p256.pem ring/a.pem; echo junk >ring/c.pem; chmod 600 ring/c.pem; install -m 644 rsa.pem ring/d.pem");
	ring = sf_keyring_load(in_folder("ring"), NULL, note, &r);
	CHECK(ring && r.count == 2 && sf_keyring_refusal(ring, SF_SPAN_LIT("c")) && sf_keyring_refusal(ring, SF_SPAN_LIT("d")));
	CHECK(strcmp(sf_keyring_at(ring, 0)->name, "a") == 0 && strcmp(sf_keyring_at(ring, 1)->name, "b") == 0 && !sf_keyring_at(ring, 2));
	sf_keyring_free(ring);
}

int main(void)
{
	sf_arena_init(&arena, (size_t)16 << 20);
	tools_enter_folder();
	need_program("openssl", "openssl");
	umask(077);
	MUST_RUN("openssl req -x509 -newkey rsa:2048 -nodes -keyout rsa.pem -out rsa.crt -days 30 -subj /CN=one && openssl req -x509 -newkey rsa:2048 -nodes -keyout other.pem -out other.crt "
			"-days 30 -subj /CN=two && openssl ecparam -genkey -name prime256v1 -noout -out p256.pem");
	folder();
	modes_and_kinds_of_files();
	contents();
	damaged_key("rsa.pem", "RSA PRIVATE KEY");
	damaged_key("p256.pem", "EC PRIVATE KEY");
	names();
	forms();
	raw_key_and_memory();
	generations();
	texts();
	way_to_the_folder();
	passphrases();
	locked_memory();
	good_and_bad_together();
	sf_arena_free(&arena);
	return check_done();
}
