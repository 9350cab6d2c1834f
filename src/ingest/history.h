/*
 * Histories: what all AFCARS files say of one child, put together. The files'
 * records are kept raw, because an episode is rebuilt across half-years
 * (formats.md 1) and one more half-year may change how an earlier one ended.
 *
 *   afcars93_read(), afcars20_read()  ->  history_keep() for each record
 *   the sink's owner gives all raw records back, ordered by key, period and
 *   arrival  ->  history_add()  ->  rows of children, removals, placements ...
 *
 * Memory is the records of one child.
 */
#ifndef HEARTH_INGEST_HISTORY_H
#define HEARTH_INGEST_HISTORY_H

#include "ingest/intake.h"

enum history_form { HISTORY_1993 = '3', HISTORY_2020 = 'X' };

struct keep {
	enum history_form form;
	uint32_t line;
	int32_t period;
	const char *key;
	size_t key_len;
	const void *bytes;
	size_t len;
};

/* Hands a record to the sink as a raw one. */
bool history_keep(struct intake *in, const struct keep *keep, struct err *err);

struct history;

struct history *history_new(struct intake *in);
void history_free(struct history *h);
/* The next raw record in order. */
bool history_add(struct history *h, const struct raw *raw, struct err *err);
/* After the last one: the last child, and the checks across files. */
bool history_end(struct history *h, struct err *err);

#endif
