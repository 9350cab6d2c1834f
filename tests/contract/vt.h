/*
 * Contract scripts (*.vt): a request, the status it must get, and members the
 * answer must have.
 *
 *   # comment
 *   GET /v1/report?measure=p1 as local|nobody on data|empty
 *   200
 *   $.total.value = "50.0"        a JSON value, equal
 *   $.rows # 3                    the length of an array
 *   $.rows[0].name ~ Unit         a text within the text
 *   $.rows[2] !                   there is no such member
 *
 * "as" and "on" may be left out: the local user, the store with data. Blocks
 * are parted by blank lines.
 */
#ifndef HEARTH_TESTS_VT_H
#define HEARTH_TESTS_VT_H

#include <stdbool.h>
#include <stddef.h>

#include "base/json.h"

#define VT_CHECKS 64

struct vt_block {
	int line;
	char *method, *target, *body;
	bool nobody, empty;
	int status;
	char *checks[VT_CHECKS];
	int check_lines[VT_CHECKS];
	size_t checks_n;
};

struct vt {
	char *text; /* the blocks' strings point into it */
	struct vt_block *blocks;
	size_t n, cap;
};

/* Aborts the test when the file cannot be understood. */
void vt_read(struct vt *vt, const char *path);
void vt_free(struct vt *vt);
/* Whether the answer holds what the check says; else why. */
bool vt_holds(const char *check, const cJSON *answer, struct buf *why);

#endif
