#include "password/policy.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/text.h"

enum kind {
	UPPER = 1 << 0,
	LOWER = 1 << 1,
	DIGIT = 1 << 2,
	SPECIAL = 1 << 3,
};

static unsigned kind_of(unsigned char c)
{
	if (c >= 'A' && c <= 'Z') {
		return UPPER;
	}
	if (c >= 'a' && c <= 'z') {
		return LOWER;
	}
	if (c >= '0' && c <= '9') {
		return DIGIT;
	}
	return c && strchr("!#$%-_=+<>", c) ? SPECIAL : 0;
}

struct survey {
	unsigned kinds;
	size_t characters; /* code points: all bytes but the continuation bytes of UTF-8 */
	bool controls;     /* C0, DEL, or C1 (U+0080 to U+009F, which are 0xC2 0x80 to 0xC2 0x9F) */
};

static void survey(struct sf_span s, struct survey *found)
{
	memset(found, 0, sizeof(*found));
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		found->kinds |= kind_of(c);
		found->characters += (c & 0xC0) != 0x80;
		found->controls |= c < 0x20 || c == 0x7F;
		found->controls |= c == 0xC2 && i + 1 < s.n && (unsigned char)s.p[i + 1] < 0xA0;
	}
}

static unsigned char lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

static bool same_letters(const char *a, const char *b, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (lower(a[i]) != lower(b[i])) {
			return false;
		}
	}
	return true;
}

static bool contains(struct sf_span text, struct sf_span part)
{
	for (size_t i = 0; part.n > 0 && i + part.n <= text.n; i++) {
		if (same_letters(text.p + i, part.p, part.n)) {
			return true;
		}
	}
	return false;
}

/* "Password complexity requirement", by its number in Setup. */
static unsigned missing_kinds(unsigned complexity, unsigned kinds)
{
	unsigned broken = 0;

	if ((complexity == 1 || complexity == 2) && !(kinds & (UPPER | LOWER))) {
		broken |= SF_NEEDS_LETTER;
	}
	if (complexity >= 1 && !(kinds & DIGIT)) {
		broken |= SF_NEEDS_DIGIT;
	}
	if (complexity >= 3 && !(kinds & UPPER)) {
		broken |= SF_NEEDS_UPPER;
	}
	if (complexity >= 3 && !(kinds & LOWER)) {
		broken |= SF_NEEDS_LOWER;
	}
	if ((complexity == 2 || complexity == 4) && !(kinds & SPECIAL)) {
		broken |= SF_NEEDS_SPECIAL;
	}
	return broken;
}

unsigned sf_policy_check(const struct sf_policy *policy, struct sf_span password, struct sf_span username)
{
	struct survey found;
	unsigned broken;

	survey(password, &found);
	broken = missing_kinds(policy->complexity, found.kinds);
	if (found.characters < policy->minimum_length) {
		broken |= SF_TOO_SHORT;
	}
	if (password.n > SF_PASSWORD_MAX_BYTES) {
		broken |= SF_TOO_LONG;
	}
	if (contains(password, username)) {
		broken |= SF_CONTAINS_USERNAME;
	}
	if (found.controls || !sf_utf8_valid(password)) {
		broken |= SF_INVALID_CHARACTER;
	}
	return broken;
}

/* How far the line that is being read is the password; a line that is not goes on to its end. */
struct line {
	size_t same;
	bool differs;
};

static bool ends_line(const struct line *line, struct sf_span password)
{
	return !line->differs && line->same == password.n;
}

/* True when a line ended in this piece that is the password. */
static bool find_line(struct line *line, const char *piece, size_t n, struct sf_span password)
{
	for (size_t i = 0; i < n; i++) {
		if (piece[i] == '\n') {
			if (ends_line(line, password)) {
				return true;
			}
			*line = (struct line){ 0 };
		} else if (piece[i] != '\r' && !line->differs) { /* of Windows's ends of lines; no password has one */
			line->differs = line->same >= password.n || lower(piece[i]) != lower(password.p[line->same]);
			line->same++;
		}
	}
	return false;
}

enum sf_denied sf_policy_denied(const char *path, struct sf_span password)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct line line = { 0 };
	enum sf_denied result = SF_DENIED_UNREADABLE;
	char piece[16384];
	size_t all = 0;
	ssize_t n = -1;
	struct stat st;

	if (fd < 0) {
		return SF_DENIED_UNREADABLE;
	}
	if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode)) {
		while ((n = read(fd, piece, sizeof(piece))) > 0 && (all += (size_t)n) <= SF_DENY_LIST_MAX) {
			if (password.n && find_line(&line, piece, (size_t)n, password)) {
				result = SF_DENIED;
				break;
			}
		}
		if (n == 0) {
			result = password.n && ends_line(&line, password) ? SF_DENIED : SF_DENIED_NOT; /* the last line may have no end */
		}
	}
	close(fd);
	return result;
}
