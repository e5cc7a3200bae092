/* What the tests need of the system: a folder of their own, files, and other programs (openssl, xmlsec1) as a second opinion. */
#ifndef SF_TESTS_TOOLS_H
#define SF_TESTS_TOOLS_H

#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/arena.h"
#include "check.h"

static char tools_folder[64];

static inline void tools_remove_folder(void)
{
	char command[128];

	snprintf(command, sizeof(command), "rm -rf '%s'", tools_folder);
	if (system(command) != 0) {
		fprintf(stderr, "%s is left behind\n", tools_folder);
	}
}

/* Makes an empty folder, which goes away at the end, and makes it the current one. */
static inline void tools_enter_folder(void)
{
	snprintf(tools_folder, sizeof(tools_folder), "/tmp/sf-core-XXXXXX");
	if (!mkdtemp(tools_folder) || chdir(tools_folder) != 0) {
		perror("a folder below /tmp");
		exit(1);
	}
	atexit(tools_remove_folder);
}

/* The whole path of something in the test's folder, until the next call. */
static inline const char *in_folder(const char *name)
{
	static char path[256];

	snprintf(path, sizeof(path), "%s/%s", tools_folder, name);
	return path;
}

/* Runs a shell command; true if it ended with 0. What it says goes to the file `log`. */
__attribute__((format(printf, 1, 2))) static inline bool run(const char *format, ...)
{
	char command[4096] = "{ ";
	va_list args;
	size_t n;

	va_start(args, format);
	n = (size_t)vsnprintf(command + 2, sizeof(command) - 2, format, args);
	va_end(args);
	if (n + 20 > sizeof(command)) {
		return false;
	}
	strcat(command, "; } >log 2>&1");
	return system(command) == 0;
}

/* The same for what the test can't go on without. */
#define MUST_RUN(...) must_run_at(__FILE__, __LINE__, run(__VA_ARGS__))
static inline void must_run_at(const char *file, int line, bool ok)
{
	if (!ok) {
		printf("%s:%d: a command failed; what it said:\n", file, line);
		fflush(stdout);
		if (system("cat log") != 0) {
			printf("nothing\n");
		}
		exit(1);
	}
}

/* A missing program is a failure with a name, not a test left out. */
static inline void need_program(const char *program, const char *package)
{
	if (!run("command -v %s", program)) {
		printf("needs the program %s (Debian: %s)\n", program, package);
		exit(1);
	}
}

static inline void write_file(const char *path, const void *p, size_t n)
{
	FILE *f = fopen(path, "wb");

	if (!f || fwrite(p, 1, n, f) != n || fclose(f) != 0) {
		perror(path);
		exit(1);
	}
}

static inline void write_text(const char *path, const char *text)
{
	write_file(path, text, strlen(text));
}

static inline struct sf_span read_file_into(struct sf_arena *a, const char *path)
{
	FILE *f = fopen(path, "rb");
	struct stat st;
	char *p;

	if (!f || fstat(fileno(f), &st) != 0 || !(p = sf_arena_alloc(a, (size_t)st.st_size + 1)) || fread(p, 1, (size_t)st.st_size, f) != (size_t)st.st_size) {
		perror(path);
		exit(1);
	}
	fclose(f);
	p[st.st_size] = '\0';
	return (struct sf_span){ p, (size_t)st.st_size };
}

/* Bytes in memory that ends where they end, so that a read beyond them is seen. Free it. */
static inline struct sf_span exact_copy(const void *p, size_t n)
{
	char *copy = malloc(n ? n : 1);

	if (!copy) {
		abort();
	}
	if (n) {
		memcpy(copy, p, n);
	}
	return (struct sf_span){ copy, n };
}

static inline void exact_free(struct sf_span s)
{
	free((void *)(uintptr_t)s.p);
}

/* xorshift64*: the same numbers at every run, so that a failure comes back. */
static inline uint64_t random_next(uint64_t *state)
{
	*state ^= *state >> 12;
	*state ^= *state << 25;
	*state ^= *state >> 27;
	return *state * UINT64_C(2685821657736338717);
}

static inline unsigned random_below(uint64_t *state, unsigned n)
{
	return (unsigned)((random_next(state) >> 33) % n);
}

#endif
