/*
 * One child's AFCARS records while its rows are made (private to history.h's
 * implementation):
 *
 *   history.c    raw records -> struct child_records, child after child
 *   episodes.c   1993 records -> episodes -> rows
 *   removals.c   a 2020 record -> rows
 */
#ifndef HEARTH_INGEST_CHILD_H
#define HEARTH_INGEST_CHILD_H

#include "ingest/afcars20.h"
#include "ingest/afcars93.h"

struct record93 {
	struct af93_record r;
	int32_t period;
	uint32_t line;
};

struct child_records {
	struct intake *in;
	char key[EXTRACT_ID + 1];
	size_t key_len;
	struct record93 *recs; /* by period, then arrival */
	size_t n, cap;
	struct af20_record newest; /* the last 2020 record; n 0: none */
	int32_t first_period, newest_period; /* of 2020 records; 0: none */
	int32_t *stood;			     /* the half-years of all of them */
	size_t stood_n, stood_cap;
};

/* Rows from the 1993 records, but for removals that the 2020 record names. */
bool episodes_give(struct child_records *c, struct err *err);
/* Rows from the 2020 record. */
bool removals_give(struct child_records *c, struct err *err);
/* Whether by the 2020 record the child is still in care. */
bool removals_open(const struct child_records *c);
/* Whether the 2020 record tells the removal of that date in full, and, when
 * it gives only its end, that end and reason. */
enum named { NAMED_NOT, NAMED_END, NAMED_FULL };
enum named removals_name(
    const struct child_records *c, int32_t date, int32_t *end, int32_t *reason);
/* A stretch in care by the 1993 records, of whose first day the 2020 record
 * names no removal: the date of the removal it names at that time instead;
 * DATE_MISSING: none. */
struct stretch {
	int32_t from, to;
};
int32_t removals_instead(
    const struct child_records *c, const struct stretch *care);

/* A row of a table, the child's id already in its first cell. */
void child_row(const struct child_records *c, struct cell *cells,
    enum extract_table table);
/* A legal event, a meeting, a goal or an assignment; ends may be missing. */
bool child_legal(
    const struct child_records *c, int32_t day, int event, struct err *err);
bool child_meeting(const struct child_records *c, int32_t day, struct err *err);
bool child_goal(
    const struct child_records *c, int32_t start, int goal, struct err *err);

struct duty {
	int32_t fips;
	int32_t start, end; /* end DATE_MISSING: it goes on */
};
bool child_assign(
    const struct child_records *c, const struct duty *duty, struct err *err);

#endif
