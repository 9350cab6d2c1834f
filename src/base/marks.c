#include "base/marks.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>

#include "base/file.h"

#define SECOND INT64_C(1000000000)
/* The coarsest tick of a kernel's clock, twice; and that of a file system
 * that keeps whole seconds, or two. */
#define TICK (SECOND / 50)
#define COARSE (2 * SECOND)

/* "number size modified changed ", without the path. */
#define MARK_MOST 96

static int64_t
mark_ns(const struct timespec *t)
{
	return (int64_t)t->tv_sec * SECOND + t->tv_nsec;
}

static int
mark_text(char text[static MARK_MOST], const char *path, struct stat *st)
{
	if (stat(path, st) != 0 || (S_ISREG(st->st_mode) && st->st_size == 0)) {
		*st = (struct stat){0};
		return snprintf(text, MARK_MOST, "none ");
	}
	return snprintf(text, MARK_MOST, "%llu %lld %lld %lld ",
	    (unsigned long long)st->st_ino, (long long)st->st_size,
	    (long long)mark_ns(&st->st_mtim), (long long)mark_ns(&st->st_ctim));
}

int64_t
marks_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return mark_ns(&now);
}

/* Another machine's files: what is known of them here may be minutes old. */
static bool
is_far(const char *path)
{
	static const unsigned far[] = {0x6969 /* NFS */, 0xfe534d42 /* SMB */,
	    0xff534d42 /* CIFS */, 0x65735546 /* FUSE */, 0x01021997 /* 9P */};
	struct statfs fs;

	if (statfs(path, &fs) != 0)
		return false;
	for (size_t i = 0; i < sizeof far / sizeof *far; i++)
		if ((unsigned)fs.f_type == far[i])
			return true;
	return false;
}

void
marks_add(struct marks *m, const char *path)
{
	char text[MARK_MOST];
	struct stat st;
	int64_t changed;

	buf_add(&m->lines, text, (size_t)mark_text(text, path, &st));
	buf_printf(&m->lines, "%s\n", path);
	changed = mark_ns(&st.st_ctim);
	changed += changed % SECOND == 0 ? COARSE : TICK;
	if (changed > m->until)
		m->until = changed;
	m->unsure |= strchr(path, '\n') != NULL || is_far(path);
}

static int
is_shown(const struct dirent *e)
{
	return e->d_name[0] != '.';
}

void
marks_add_folder(struct marks *m, const char *path)
{
	struct dirent **found = NULL;
	int n = scandir(path, &found, is_shown, alphasort);

	marks_add(m, path);
	for (int i = 0; i < n; i++) {
		char *file = file_join(path, found[i]->d_name, NULL);

		marks_add(m, file);
		free(file);
		free(found[i]);
	}
	free(found);
}

bool
marks_settled(const struct marks *m, int64_t begun)
{
	return !m->unsure && m->until < begun;
}

/* The path behind a mark, which has one blank or four. */
static const char *
mark_path(const char *line)
{
	int blanks = strncmp(line, "none ", 5) == 0 ? 1 : 4;

	while (blanks-- > 0) {
		line = strchr(line, ' ');
		if (line == NULL)
			return NULL;
		line++;
	}
	return line;
}

static bool
mark_holds(const char *line)
{
	char text[MARK_MOST];
	const char *path = mark_path(line);
	struct stat st;
	int n;

	if (path == NULL)
		return false;
	n = mark_text(text, path, &st);
	return path - line == n && memcmp(line, text, (size_t)n) == 0;
}

bool
marks_hold(const char *lines, size_t len)
{
	struct buf line = {0};
	bool hold = len == 0 || lines[len - 1] == '\n';

	while (hold && len > 0) {
		const char *end = memchr(lines, '\n', len);
		size_t n = (size_t)(end - lines);

		buf_reset(&line);
		buf_add(&line, lines, n);
		hold = mark_holds(buf_text(&line));
		lines += n + 1;
		len -= n + 1;
	}
	buf_free(&line);
	return hold;
}

void
marks_free(struct marks *m)
{
	buf_free(&m->lines);
	*m = (struct marks){0};
}
