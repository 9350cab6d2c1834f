/*
 * AFCARS, 2020 rule (from period 2023A): the out-of-home care file, XML, one
 * record per child with the full history of its removals. A file becomes raw
 * records in a small text form, one line per value:
 *
 *   6=2            element 6 has the value 2
 *   +R             a removal begins (marks of afcars20.def); what follows is
 *   69=20221103    its own until
 *   -              it ends
 *
 * The XML is read as a stream: memory is one record.
 */
#ifndef HEARTH_INGEST_AFCARS20_H
#define HEARTH_INGEST_AFCARS20_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "ingest/bytes.h"
#include "ingest/intake.h"

#define AF20_LAST 186		/* the highest element */
#define AF20_LONGEST (1u << 20) /* bytes of a record's text */
#define AF20_PARTS 4096		/* removals, settings ... of one child */

enum af20_type { AF20_CODE, AF20_NUMBER, AF20_DATE, AF20_MONTH, AF20_ID };

struct af20_element {
	const char *tag;
	enum af20_type type;
	const char *codes;
};

/* The element's row; NULL for a number that is not used. */
const struct af20_element *af20_element(int number);
/* The element's number, 0 when no element has that tag. */
int af20_tag(const char *tag);
/* The mark of a tag that keeps its values apart; 0 for other tags. */
char af20_mark(const char *tag);

/* A record decoded: parts (the record itself is part 0), each a list of
 * values in order. */
struct af20_value {
	int element;
	int32_t n; /* a day, a code, a number; DATE_MISSING: not valid */
	int next;  /* of the same part; -1 ends */
};

struct af20_part {
	char mark; /* 0: the record */
	int parent;
	int first, last;
};

struct af20_record {
	struct af20_part *parts;
	size_t n, cap;
	struct af20_value *values;
	size_t values_n, values_cap;
};

void af20_fini(struct af20_record *r);
/* Replaces what r held. False: the text is not of that form. */
bool af20_parse(
    struct af20_record *r, const char *text, size_t len, struct err *err);
/* The part's value of an element, DATE_MISSING when there is none. */
int32_t af20_get(const struct af20_record *r, int part, int element);
/* The next part of that mark in parent behind after (-1: the first); -1. */
int af20_next(const struct af20_record *r, int parent, char mark, int after);

/* The checks of the federal table; calls back with each that fails. */
void af20_check(const struct af20_record *r, int32_t period,
    void (*failed)(void *arg, const char *rule), void *arg);

bool afcars20_probe(const char *s, size_t len);
/* E2 as the window gives it, 0 when it does not. */
int32_t afcars20_period(const char *s, size_t len);
bool afcars20_read(struct intake *in, struct bytes *b, struct err *err);

#endif
