/* arena, buf, error, secret */
#include "base/secret.h"

#include <signal.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>

#include "base/buf.h"
#include "base/error.h"
#include "tools.h"

/* AddressSanitizer makes mlock() a thing that does nothing and says that it did; this is the system's again. */
int mlock(const void *p, size_t n)
{
	return (int)syscall(SYS_mlock, p, n);
}

/* ---- arena ---- */

static void arena(void)
{
	const size_t block = 16 * 1024;
	struct sf_arena a;
	struct sf_span copy;
	char *p, *q;

	sf_arena_init(&a, 2 * block);
	p = sf_arena_alloc(&a, 0);
	q = sf_arena_alloc(&a, 1);
	CHECK(p && q && (uintptr_t)p % 16 == 0 && (uintptr_t)q % 16 == 0);
	CHECK(a.used == block);
	CHECK(sf_arena_alloc(&a, block - 16) && a.used == block);  /* to the last byte of the first block */
	CHECK(sf_arena_alloc(&a, block) && a.used == 2 * block);   /* at the cap */
	CHECK(!sf_arena_alloc(&a, 1) && a.used == 2 * block);      /* and one over */
	sf_arena_free(&a);
	CHECK(a.used == 0 && !a.blocks);

	sf_arena_init(&a, 2 * block);
	CHECK(!sf_arena_alloc(&a, 2 * block + 1));
	CHECK(sf_arena_alloc(&a, 2 * block));
	sf_arena_free(&a);

	sf_arena_init(&a, SIZE_MAX);
	CHECK(!sf_arena_alloc(&a, SIZE_MAX) && !sf_arena_alloc(&a, SIZE_MAX - 15) && !sf_arena_alloc(&a, SIZE_MAX - 47));
	CHECK(!sf_arena_zalloc(&a, SIZE_MAX / 2, 3) && !sf_arena_zalloc(&a, 3, SIZE_MAX / 2));
	CHECK(sf_arena_zalloc(&a, 0, 0) && sf_arena_zalloc(&a, 5, 0));
	p = sf_arena_zalloc(&a, 7, 9);
	CHECK(p);
	for (int i = 0; p && i < 63; i++) {
		CHECK(p[i] == 0);
	}
	CHECK(!sf_arena_copy(&a, (struct sf_span){ "x", SIZE_MAX }, &copy));
	CHECK(sf_arena_copy(&a, SF_SPAN_LIT("abc"), &copy) && sf_span_is(copy, "abc") && copy.p[3] == '\0');
	CHECK(sf_arena_copy(&a, SF_SPAN_NONE, &copy) && copy.p && copy.n == 0 && copy.p[0] == '\0');
	sf_arena_free(&a);

	sf_arena_init(&a, 0);
	CHECK(!sf_arena_alloc(&a, 0) && !sf_arena_alloc(&a, 1));
	sf_arena_free(&a);
}

/* Many pieces of all sizes: none touches another. */
static void arena_pieces(void)
{
	struct { unsigned char *p; size_t n; } pieces[500];
	uint64_t seed = 7;
	struct sf_arena a;
	size_t wrong = 0;

	sf_arena_init(&a, (size_t)64 << 20);
	for (int i = 0; i < 500; i++) {
		pieces[i].n = random_below(&seed, i % 10 == 0 ? 70000 : 300);
		pieces[i].p = sf_arena_alloc(&a, pieces[i].n);
		if (!CHECK(pieces[i].p)) {
			return;
		}
		memset(pieces[i].p, i & 0xFF, pieces[i].n);
	}
	for (int i = 0; i < 500; i++) {
		for (size_t k = 0; k < pieces[i].n; k++) {
			wrong += pieces[i].p[k] != (i & 0xFF);
		}
	}
	CHECK(wrong == 0);
	sf_arena_free(&a);
}

/* ---- buf ---- */

static void buf(void)
{
	struct sf_arena a;
	struct sf_span out;
	struct sf_buf b;

	sf_arena_init(&a, (size_t)1 << 20);
	sf_buf_init(&b, &a, 10);
	CHECK(sf_buf_done(&b, &out) && out.n == 0 && out.p[0] == '\0');
	sf_buf_str(&b, "12345");
	sf_buf_char(&b, '6');
	sf_buf_int(&b, -12);
	CHECK(sf_buf_done(&b, &out));
	CHECK_SPAN(out, "123456-12");
	sf_buf_char(&b, '0');
	CHECK(sf_buf_done(&b, &out) && out.n == 10 && out.p[10] == '\0'); /* at the cap */
	sf_buf_char(&b, 'x');
	CHECK(b.failed && !sf_buf_done(&b, &out)); /* one over, and it stays so */
	sf_buf_init(&b, &a, 10);
	sf_buf_str(&b, "12345678901");
	sf_buf_str(&b, "1");
	CHECK(b.n == 0 && !sf_buf_done(&b, &out));

	sf_buf_init(&b, &a, 0);
	CHECK(sf_buf_done(&b, &out) && out.n == 0);
	sf_buf_span(&b, SF_SPAN_NONE);
	CHECK(sf_buf_done(&b, &out));
	sf_buf_char(&b, 'x');
	CHECK(!sf_buf_done(&b, &out));
	sf_buf_init(&b, &a, SIZE_MAX);
	sf_buf_add(&b, "x", SIZE_MAX - 1);
	CHECK(!sf_buf_done(&b, &out));

	sf_buf_init(&b, &a, 5000);
	for (int i = 0; i < 5000; i++) {
		sf_buf_char(&b, (char)('a' + i % 26));
	}
	CHECK(sf_buf_done(&b, &out) && out.n == 5000 && out.p[4999] == 'a' + 4999 % 26);

	sf_buf_init(&b, &a, 1000);
	sf_buf_int(&b, INT64_MIN);
	sf_buf_int(&b, INT64_MAX);
	CHECK(sf_buf_done(&b, &out));
	CHECK_SPAN(out, "-92233720368547758089223372036854775807");
	sf_buf_init(&b, &a, 1000);
	sf_buf_xml(&b, SF_SPAN_LIT("a&<>\"'\t\n\r\xc3\xa9"));
	CHECK(sf_buf_done(&b, &out));
	CHECK_SPAN(out, "a&amp;&lt;&gt;&quot;'&#9;&#10;&#13;\xc3\xa9");
	sf_buf_init(&b, &a, 1000);
	sf_buf_url(&b, (struct sf_span){ "aZ0-._~ +/=%\xc3\xa9\0", 15 });
	CHECK(sf_buf_done(&b, &out));
	CHECK_SPAN(out, "aZ0-._~%20%2B%2F%3D%25%C3%A9%00");
	sf_arena_free(&a);

	/* an arena that is full fails the buffer too, and nothing is lost of what was there */
	sf_arena_init(&a, 16 * 1024);
	sf_buf_init(&b, &a, 1 << 20);
	for (int i = 0; i < 20000; i++) {
		sf_buf_char(&b, 'x');
	}
	CHECK(b.failed && !sf_buf_done(&b, &out));
	sf_arena_free(&a);
}

/* ---- error ---- */

static void errors(void)
{
	char text[SF_ERROR_TEXT], longer[300];
	struct sf_error e;

	CHECK(!sf_fail(NULL, 1, "x") && !sf_fail_found(NULL, 1, "x", SF_SPAN_NONE) && !sf_fail_both(NULL, 1, "x", SF_SPAN_NONE, SF_SPAN_NONE));
	memset(&e, 0xAA, sizeof(e));
	CHECK(!sf_fail_both(&e, 7, "here", SF_SPAN_LIT("a\nb\x7f"), SF_SPAN_LIT("c")));
	CHECK(e.code == 7 && e.has_found && e.has_expected && strcmp(e.found, "a?b?") == 0 && strcmp(e.expected, "c") == 0 && strcmp(e.where, "here") == 0);
	CHECK(!sf_fail(&e, 8, "there") && !e.has_found && !e.has_expected && e.found[0] == '\0' && e.expected[0] == '\0');

	memset(longer, 'x', sizeof(longer));
	sf_error_text(text, (struct sf_span){ longer, 200 });
	CHECK(strlen(text) == 200);
	sf_error_text(text, (struct sf_span){ longer, 201 });
	CHECK(strlen(text) == 200);
	/* a character is not cut in two, wherever the edge falls */
	for (size_t at = 195; at < 202; at++) {
		memset(longer, 'x', sizeof(longer));
		memcpy(longer + at, "\xf0\x9f\x98\x80", 4);
		sf_error_text(text, (struct sf_span){ longer, 300 });
		CHECK(strlen(text) == (at + 4 <= 200 ? 200 : at < 200 ? at : 200));
	}
	sf_error_text(text, SF_SPAN_NONE);
	CHECK(text[0] == '\0');
}

/* ---- secret ---- */

/* Whether touching this byte ends a process by SIGSEGV. */
static bool dies(volatile unsigned char *at, bool write)
{
	int status = 0;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		struct rlimit none = { 0, 0 };

		setrlimit(RLIMIT_CORE, &none);
		signal(SIGSEGV, SIG_DFL); /* the sanitizer's handler would end it by exit */
		if (write) {
			*at = 1;
		} else {
			(void)*at;
		}
		_exit(0);
	}
	return child > 0 && waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGSEGV;
}

/* The VmFlags line of the mapping that holds p (proc(5)): dd is MADV_DONTDUMP, lo is locked. */
static bool has_flag(const void *p, const char *flag)
{
	FILE *f = fopen("/proc/self/smaps", "r");
	bool inside = false, found = false;
	char line[512];

	while (f && fgets(line, sizeof(line), f)) {
		unsigned long from, to;

		if (sscanf(line, "%lx-%lx ", &from, &to) == 2) {
			inside = from <= (uintptr_t)p && (uintptr_t)p < to;
		} else if (inside && strncmp(line, "VmFlags:", 8) == 0) {
			char wanted[8];

			line[strcspn(line, "\n")] = ' ';
			snprintf(wanted, sizeof(wanted), " %s ", flag);
			found = strstr(line, wanted) != NULL;
		}
	}
	if (f) {
		fclose(f);
	}
	return found;
}

static void secret_pages(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE);
	struct sf_secret s;
	size_t wrong = 0;

	CHECK(!sf_secret_new(&s, 0) && !s.p);
	CHECK(!sf_secret_new(&s, SF_SECRET_MAX + 1) && !s.p);
	CHECK(!sf_secret_new(&s, SIZE_MAX) && !s.p);
	sf_secret_free(&s); /* of nothing is fine */
	if (!CHECK(sf_secret_new(&s, page + 1))) {
		return;
	}
	CHECK(s.n == page + 1 && s.pages == 2 * page);
	for (size_t i = 0; i < s.pages; i++) {
		wrong += s.p[i] != 0;
	}
	CHECK(wrong == 0);
	CHECK(s.undumpable && has_flag(s.p, "dd"));
	CHECK(s.locked && has_flag(s.p, "lo"));
	CHECK(dies(s.p - 1, false) && dies(s.p + s.pages, false) && dies(s.p - page, false) && dies(s.p + s.pages + page - 1, false));
	CHECK(!dies(s.p, true) && !dies(s.p + s.pages - 1, true));
	s.p[0] = 42;
	CHECK(sf_secret_seal(&s) && s.p[0] == 42 && dies(s.p, true) && dies(s.p + s.pages - 1, true) && !dies(s.p, false));
	sf_secret_free(&s);
	CHECK(!s.p && s.n == 0 && !s.locked);
	CHECK(!sf_secret_relock(&s) && !sf_secret_seal(&s));

	CHECK(sf_secret_new(&s, SF_SECRET_MAX)); /* at the cap */
	sf_secret_free(&s);
}

/* What a lock that is refused looks like: no failure, but it shows. */
static void secret_without_lock(void)
{
	int status = 0;
	pid_t child;

	fflush(stdout);
	child = fork();
	if (child == 0) {
		struct rlimit none = { 0, 0 };
		struct sf_secret s;
		bool ok;

		/* root may lock without a limit, so the child is nobody */
		ok = setrlimit(RLIMIT_MEMLOCK, &none) == 0 && (geteuid() != 0 || setuid(65534) == 0) && sf_secret_new(&s, 100) && !s.locked && !has_flag(s.p, "lo")
				&& has_flag(s.p, "dd") && !sf_secret_relock(&s);
		_exit(ok ? 0 : 1);
	}
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
}

static void secret_after_fork(void)
{
	struct sf_secret s;
	int status = 0;
	pid_t child;

	if (!CHECK(sf_secret_new(&s, 32))) {
		return;
	}
	memcpy(s.p, "inherited", 9);
	fflush(stdout);
	child = fork();
	if (child == 0) {
		/* mlock(2): not inherited; MADV_DONTDUMP is */
		int wrong = (memcmp(s.p, "inherited", 9) != 0) | has_flag(s.p, "lo") << 1 | !has_flag(s.p, "dd") << 2;

		wrong |= !sf_secret_relock(&s) << 3 | !has_flag(s.p, "lo") << 4;
		_exit(wrong);
	}
	CHECK(waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0);
	CHECK(has_flag(s.p, "lo"));
	sf_secret_free(&s);
}

/*
 * That it is wiped before it is unmapped can't be seen afterwards in these pages, but in a second view of the same
 * memory: a shared mapping is put where the secret lies.
 */
static void secret_wiped(void)
{
	size_t page = (size_t)sysconf(_SC_PAGESIZE), left = 0;
	char name[] = "/tmp/sf-secret-XXXXXX";
	int fd = mkstemp(name);
	struct sf_secret s;
	unsigned char *view;

	if (!CHECK(fd >= 0 && unlink(name) == 0 && ftruncate(fd, (off_t)page) == 0 && sf_secret_new(&s, page))) {
		return;
	}
	CHECK(mmap(s.p, page, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_FIXED, fd, 0) == s.p);
	view = mmap(NULL, page, PROT_READ, MAP_SHARED, fd, 0);
	memset(s.p, 0x5A, page);
	CHECK(view != MAP_FAILED && view[0] == 0x5A && view[page - 1] == 0x5A);
	CHECK(sf_secret_seal(&s)); /* a sealed one must be wiped too */
	sf_secret_free(&s);
	for (size_t i = 0; i < page; i++) {
		left += view[i] != 0;
	}
	CHECK(left == 0);
	munmap(view, page);
	close(fd);
}

static void small_ones(void)
{
	unsigned char a[64], b[64];
	size_t wrong = 0;

	CHECK(sf_random(a, sizeof(a)) && sf_random(b, sizeof(b)) && memcmp(a, b, sizeof(a)) != 0);
	CHECK(sf_random(a, 0));
	memcpy(b, a, sizeof(a));
	CHECK(sf_equal_secret(a, b, sizeof(a)) && sf_equal_secret(a, b, 0));
	for (size_t i = 0; i < sizeof(a); i++) {
		for (int bit = 0; bit < 8; bit++) {
			b[i] ^= (unsigned char)(1 << bit);
			wrong += sf_equal_secret(a, b, sizeof(a));
			wrong += !sf_equal_secret(a, b, i);
			b[i] ^= (unsigned char)(1 << bit);
		}
	}
	CHECK(wrong == 0);
	sf_wipe(a, 63);
	for (size_t i = 0; i < 63; i++) {
		wrong += a[i] != 0;
	}
	CHECK(wrong == 0 && a[63] == b[63]);
	sf_wipe(NULL, 5);
	sf_wipe(a, 0);
}

int main(void)
{
	arena();
	arena_pieces();
	buf();
	errors();
	secret_pages();
	secret_without_lock();
	secret_after_fork();
	secret_wiped();
	small_ones();
	return check_done();
}
