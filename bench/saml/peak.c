/*
 * How much memory a login takes at its height: everything that malloc gives, whoever asks for it, counted from the moment at which the
 * message is there to the moment at which the Assertion is. Prints three numbers: of the first login, for which OpenSSL makes things
 * that it keeps; of the second; and what our tree of the document takes by itself.
 *
 * peak MESSAGE.b64 CERTIFICATE.pem NOW REQUEST IDP SP ACS
 */
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/base64.h"
#include "saml/response.h"

static size_t in_use, highest;

void *__libc_malloc(size_t n);
void *__libc_calloc(size_t count, size_t n);
void *__libc_realloc(void *p, size_t n);
void __libc_free(void *p);

static void *counted(void *p)
{
	in_use += p ? malloc_usable_size(p) : 0;
	highest = in_use > highest ? in_use : highest;
	return p;
}

void *malloc(size_t n)
{
	return counted(__libc_malloc(n));
}

void *calloc(size_t count, size_t n)
{
	return counted(__libc_calloc(count, n));
}

void *realloc(void *p, size_t n)
{
	size_t before = p ? malloc_usable_size(p) : 0;
	void *q = __libc_realloc(p, n);

	in_use -= q || !n ? before : 0;
	return counted(q);
}

void free(void *p)
{
	in_use -= p ? malloc_usable_size(p) : 0;
	__libc_free(p);
}

static struct sf_span file(const char *path)
{
	static char texts[2][1 << 20];
	static int used;
	FILE *f = fopen(path, "rb");
	size_t n = f ? fread(texts[used], 1, sizeof(texts[0]), f) : 0;

	if (!n) {
		fprintf(stderr, "%s can't be read\n", path);
		exit(1);
	}
	fclose(f);
	return (struct sf_span){ texts[used++], n };
}

/* What the tree of the document takes, with a copy of its bytes. */
static size_t tree(const struct sf_xml_limits *limits, struct sf_span message)
{
	unsigned char *xml = malloc(SF_BASE64_DECODED(message.n));
	struct sf_error error = { 0 };
	struct sf_xml_doc *doc;
	size_t n, before = in_use, taken;

	if (!xml || !sf_base64_decode(message, xml, &n) || !sf_xml_parse((struct sf_span){ (char *)xml, n }, limits, &doc, &error)) {
		exit(1);
	}
	taken = in_use - before;
	sf_xml_free(doc);
	free(xml);
	return taken;
}

/* The height of one login over what was in use before it. */
static size_t log_in(const struct sf_login *login, struct sf_span message)
{
	struct sf_login_result result;
	struct sf_error error = { 0 };
	struct sf_arena arena;
	size_t before = highest = in_use;

	sf_arena_init(&arena, SF_ARENA_FOR(login->limits));
	if (!sf_response_accept(login, message, &arena, &result, &error)) {
		fprintf(stderr, "refused: %d %s %s\n", error.code, error.where, error.found);
		exit(1);
	}
	sf_login_result_free(&result);
	sf_arena_free(&arena);
	return highest - before;
}

int main(int argc, char **argv)
{
	static const struct sf_xml_limits limits = { .bytes = 524288, .depth = 32, .nodes = 20000, .attributes = 64, .namespaces = 2000 };
	static struct sf_idp idp = { .clock_skew = 60 };
	static struct sf_sp sp;
	struct sf_arena arena;
	struct sf_span message, der;
	struct sf_login login;
	size_t first;

	if (argc != 8) {
		return 2;
	}
	message = file(argv[1]);
	sf_arena_init(&arena, 1 << 20);
	if (!sf_pem_or_base64(&arena, file(argv[2]), "CERTIFICATE", &der) || !sf_public_key_from_certificate(der, &idp.keys[0])) {
		return 1;
	}
	idp.key_count = 1;
	idp.entity_id = sf_span_of(argv[5]);
	sp.entity_id = sf_span_of(argv[6]);
	sp.acs_url = sf_span_of(argv[7]);
	login = (struct sf_login){
		.expected = { .idp = &idp, .sp = &sp, .request_id = sf_span_of(argv[4]), .now = atoll(argv[3]) },
		.limits = &limits,
		.cache = sf_key_cache_new(),
	};
	first = log_in(&login, message);
	printf("%zu %zu %zu\n", first, log_in(&login, message), tree(&limits, message));
	sf_key_cache_free(login.cache);
	sf_arena_free(&arena);
	return 0;
}
