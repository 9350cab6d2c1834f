#include "store/checked.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/marks.h"
#include "facts/facts.h"

#define CHECKED_DAYS 7
#define CHECKED_MOST 65536

/* "gen-3.checked" of ".../gen-3.facts", also while that has another name. */
static char *
checked_path(const char *path)
{
	const char *name = strrchr(path, '/');
	const char *dot = strstr(name != NULL ? name : path, ".facts");

	return dot == NULL ? xasprintf("%s.checked", path)
			   : xasprintf("%.*s.checked", (int)(dot - path), path);
}

/* What stands in the file: which snapshot, and the mark of its file. */
static void
checked_text(struct buf *out, const struct facts *facts, struct marks *marks,
    const char *path)
{
	char sum[FACTS_SUM_TEXT];

	facts_sum(facts, sum);
	marks_add(marks, path);
	buf_printf(out, "hearth checked %s\n%s", sum, buf_text(&marks->lines));
}

static bool
is_recent(const char *at)
{
	time_t now = time(NULL);
	struct stat st;

	return stat(at, &st) == 0 && st.st_mtime <= now &&
	       now - st.st_mtime < CHECKED_DAYS * 86400;
}

/* A folder that cannot be written to is verified again: that is no fault. */
static bool
verify(const struct facts *facts, const char *path, bool known, struct err *err)
{
	char *at = checked_path(path);
	struct buf text = {0}, there = {0};
	struct marks marks = {0};
	int64_t begun = marks_now();
	struct err ignored;
	bool ok;

	checked_text(&text, facts, &marks, path);
	known = known && is_recent(at) &&
		file_read(&there, at, CHECKED_MOST, &ignored) &&
		strcmp(buf_text(&there), buf_text(&text)) == 0;
	ok = known || facts_verify(facts, err);
	if (!ok)
		unlink(at);
	else if (!known && marks_settled(&marks, begun))
		(void)file_replace(at, text.data, text.len, &ignored);
	marks_free(&marks);
	buf_free(&there);
	buf_free(&text);
	free(at);
	return ok;
}

bool
checked_verify(const struct facts *facts, const char *path, struct err *err)
{
	return verify(facts, path, true, err);
}

bool
checked_anew(const struct facts *facts, const char *path, struct err *err)
{
	return verify(facts, path, false, err);
}
