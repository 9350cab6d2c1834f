/*
 * Whether files are still what they were, told without reading them: by what
 * the system keeps of each, its number, size and the times of its last
 * changes. A file's own writer cannot set the time of a change, so a mark that
 * still holds proves that nobody has written since - unless the change fell
 * into the very tick of the clock in which the mark was made, or the file is
 * on another machine whose news come late. So whoever relies on marks later
 * first asks marks_settled().
 *
 * An empty file is as good as none. A folder's mark changes with the names in
 * it, not with what its files hold.
 */
#ifndef HEARTH_BASE_MARKS_H
#define HEARTH_BASE_MARKS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"

struct marks {
	struct buf lines; /* a line per file, ending with its path */
	int64_t until;	  /* changes up to here may not show, ns since 1970 */
	bool unsure;	  /* of one of them a mark says nothing */
};

/* The clock that files' times are of, ns since 1970. */
int64_t marks_now(void);
/* The file need not be there. */
void marks_add(struct marks *m, const char *path);
/* A folder and every file in it that is not hidden. */
void marks_add_folder(struct marks *m, const char *path);
/* Whether any later change will show, if the marks were begun at that time. */
bool marks_settled(const struct marks *m, int64_t begun);
/* Whether every line of such a text is what marks_add() would give now. */
bool marks_hold(const char *lines, size_t len);
void marks_free(struct marks *m);

#endif
