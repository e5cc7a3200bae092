/*
 * What every subject in C shares: it is started with its input files, reads a count from each line of its standard input,
 * does its work that often, and prints the nanoseconds that it took. Anything but success ends it.
 */
#ifndef BENCH_SUBJECT_H
#define BENCH_SUBJECT_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static inline void must(int ok, const char *what)
{
	if (!ok) {
		fprintf(stderr, "failed: %s\n", what);
		exit(1);
	}
}

static inline char *read_all(const char *path, size_t *n)
{
	FILE *f = fopen(path, "rb");
	char *p;

	must(f != NULL, path);
	fseek(f, 0, SEEK_END);
	*n = (size_t)ftell(f);
	rewind(f);
	p = malloc(*n + 1);
	must(p && fread(p, 1, *n, f) == *n, path);
	p[*n] = '\0';
	fclose(f);
	return p;
}

static inline void serve(void (*work)(void))
{
	char line[64];

	setvbuf(stdout, NULL, _IOLBF, 0);
	work(); /* once before the first count, so that nothing is made for the first time within one */
	puts("ready");
	while (fgets(line, sizeof(line), stdin)) {
		struct timespec a, b;

		clock_gettime(CLOCK_MONOTONIC, &a);
		for (long n = atol(line); n > 0; n--) {
			work();
		}
		clock_gettime(CLOCK_MONOTONIC, &b);
		printf("%lld\n", (long long)(b.tv_sec - a.tv_sec) * 1000000000LL + (b.tv_nsec - a.tv_nsec));
	}
}

#endif
