/* What the keyring reads at all: folders and files that nobody but root and the one who starts PHP can have changed. */
#include "crypto/keyring_parts.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define STEP_MAX 255 /* NAME_MAX: one folder of a path */

static bool ours(const struct stat *st)
{
	return st->st_uid == 0 || st->st_uid == geteuid();
}

static bool say(char why[SF_KEYRING_SENTENCE], const char *format, ...) __attribute__((format(printf, 2, 3)));

static bool say(char why[SF_KEYRING_SENTENCE], const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(why, SF_KEYRING_SENTENCE, format, args);
	va_end(args);
	return false;
}

/* Whoever may rename what lies in a folder above the keys can put another folder in their place. A sticky bit (/tmp) forbids just that. */
static bool check_above(int fd, const char *path, size_t n, char why[SF_KEYRING_SENTENCE])
{
	struct stat st;

	if (fstat(fd, &st) != 0) {
		return say(why, "the folder can't be opened: %s", strerror(errno));
	}
	if (!ours(&st) || ((st.st_mode & 022) && !(st.st_mode & S_ISVTX))) {
		return say(why, "others may replace the folder, because %.*s is theirs to change (owner %u, mode %04o): make it root's, and run chmod go-w on it",
				(int)(n < 200 ? n : 200), path, (unsigned)st.st_uid, (unsigned)st.st_mode & 07777);
	}
	return true;
}

/* The next folder of the path, without following a link: what a link leads to has been checked by nobody. */
static int step_down(int fd, const char *name, const char *path, size_t n, bool last, char why[SF_KEYRING_SENTENCE])
{
	int next = openat(fd, name, O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC | (last ? O_RDONLY : O_PATH)), error = errno;
	struct stat st;

	if (next < 0 && fstatat(fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(st.st_mode)) {
		say(why, "%.*s is a symbolic link: write the path that it leads to instead", (int)(n < 200 ? n : 200), path);
	} else if (next < 0) {
		say(why, "the folder can't be opened: %s", strerror(error));
	}
	close(fd);
	return next;
}

/* From the root down. What is opened is what was checked, so that nothing can be put in between. */
static int walk(const char *path, char why[SF_KEYRING_SENTENCE])
{
	const char *at = path + strspn(path, "/");
	char name[STEP_MAX + 1];
	int fd;

	if (path[0] != '/') {
		say(why, "it is no whole path: it must begin with a slash");
		return -1;
	}
	fd = open("/", O_DIRECTORY | O_CLOEXEC | (*at ? O_PATH : O_RDONLY));
	while (fd >= 0 && *at) {
		size_t n = strcspn(at, "/"), rest = n + strspn(at + n, "/");
		size_t above = at - path > 1 ? (size_t)(at - path) - 1 : 1;

		if (!check_above(fd, path, above, why) || (n > STEP_MAX && !say(why, "the folder can't be opened: %s", strerror(ENAMETOOLONG)))) {
			close(fd);
			return -1;
		}
		memcpy(name, at, n);
		name[n] = '\0';
		fd = step_down(fd, name, path, (size_t)(at - path) + n, at[rest] == '\0', why);
		at += rest;
	}
	return fd;
}

int sf_keyring_open_folder(const char *path, char why[SF_KEYRING_SENTENCE])
{
	int fd = walk(path, why);
	struct stat st;

	if (fd < 0) {
		return -1;
	}
	if (fstat(fd, &st) != 0 || !ours(&st)) {
		say(why, "the folder belongs to another user than root or the one who starts PHP: run chown root on it");
	} else if (st.st_mode & 027) {
		say(why, "others may look into the folder or change it (mode %04o): run chmod 700 on it", (unsigned)st.st_mode & 07777);
	} else {
		return fd;
	}
	close(fd);
	return -1;
}

static bool check_file(int fd, enum sf_keyring_file kind, size_t max, char why[SF_KEYRING_SENTENCE])
{
	struct stat st;
	mode_t refused = 077;

	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		return say(why, "it is not a plain file");
	}
	if (kind == SF_FILE_CREDENTIAL && st.st_gid == 0) {
		refused = 037; /* for a service with User=, systemd gives the right to read by an ACL, whose mask shows as that of root's group */
	}
	if (st.st_mode & refused) {
		return say(why, "others may read or change it (mode %04o): run chmod 600 on it", (unsigned)st.st_mode & 07777);
	}
	if (!ours(&st)) {
		return say(why, "it belongs to another user than root or the one who starts PHP: run chown root on it");
	}
	if (st.st_size < 1 || (size_t)st.st_size > max) {
		return max == SF_KEYRING_FILE_MAX ? say(why, "its size is not between 1 byte and 64 kB") : say(why, "its size is not between 1 and %zu bytes", max);
	}
	return true;
}

bool sf_keyring_read_file(int folder, const char *file, enum sf_keyring_file kind, struct sf_secret *into, size_t *n, char why[SF_KEYRING_SENTENCE])
{
	int fd = openat(folder, file, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK);
	ssize_t got = 0;

	*n = 0;
	if (fd < 0) {
		return errno == ELOOP ? say(why, "it is a symbolic link; put the key file itself there") : say(why, "it can't be read: %s", strerror(errno));
	}
	if (!check_file(fd, kind, into->n, why)) {
		close(fd);
		return false;
	}
	while (*n < into->n && (got = read(fd, into->p + *n, into->n - *n)) > 0) {
		*n += (size_t)got;
	}
	close(fd);
	return got >= 0 || say(why, "reading it failed");
}

/* A passphrase file may lie in a folder that others can look into, /etc say; so only what is above it is checked, and the file. */
static int open_passphrase_folder(const char *folder, char why[SF_KEYRING_SENTENCE])
{
	int fd = walk(folder, why);

	if (fd >= 0 && !check_above(fd, folder, strlen(folder), why)) {
		close(fd);
		return -1;
	}
	return fd;
}

bool sf_keyring_read_passphrase(const char *setting, char *path, size_t path_n, struct sf_secret *into, size_t *n, char why[SF_KEYRING_SENTENCE])
{
	const char *credentials = getenv("CREDENTIALS_DIRECTORY"), *slash = strrchr(setting, '/'), *file = slash ? slash + 1 : setting;
	char folder[512];
	int fd, written;
	bool ok;

	snprintf(path, path_n, "%s", setting);
	if (!slash && !credentials) {
		return say(why, "it names a credential of systemd, and CREDENTIALS_DIRECTORY is not in the environment: add LoadCredential=%.100s:PATH to the service, or write a whole path",
				setting);
	}
	if (*file == '\0' || *file == '.') {
		return say(why, "it names no file");
	}
	written = slash ? snprintf(folder, sizeof(folder), "%.*s/", (int)(slash - setting), setting) : snprintf(folder, sizeof(folder), "%s", credentials);
	if (written < 0 || (size_t)written >= sizeof(folder)) {
		return say(why, "its path is longer than 500 characters");
	}
	if (!slash) {
		snprintf(path, path_n, "%s/%s", credentials, setting);
	}
	fd = open_passphrase_folder(folder, why);
	if (fd < 0) {
		return false;
	}
	ok = sf_keyring_read_file(fd, file, slash ? SF_FILE_KEY : SF_FILE_CREDENTIAL, into, n, why);
	close(fd);
	while (ok && *n > 0 && (into->p[*n - 1] == '\n' || into->p[*n - 1] == '\r')) {
		(*n)--;
	}
	return ok && (*n > 0 || say(why, "it is empty"));
}
