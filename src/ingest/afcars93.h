/*
 * AFCARS, 1993 rule (periods up to 2022B): the foster care file, one record of
 * 197 characters per child and half-year. Here a file becomes raw records,
 * checked; history.h makes episodes of all records of a child.
 *
 * A file is a transmission (delimiter, summary, details, adoption parts) or
 * bare detail records, in lines or without line ends.
 */
#ifndef HEARTH_INGEST_AFCARS93_H
#define HEARTH_INGEST_AFCARS93_H

#include <stdbool.h>
#include <stdint.h>

#include "base/date.h"
#include "ingest/bytes.h"
#include "ingest/intake.h"

#define AF93_WIDTH 197
#define AF93_SUMMARY 174

enum af93 {
#define ELEMENT(id, element, start, width, type, low, high, expected) AF_##id,
#include "ingest/afcars93.def"
#undef ELEMENT
	AF_COUNT
};

enum af93_type { AF_CODE, AF_NUMBER, AF_DATE, AF_PERIOD, AF_YEAR, AF_ID };

struct af93_element {
	const char *element; /* "8a" */
	int start;	     /* from 0 */
	int width;
	enum af93_type type;
	int low, high; /* of codes and numbers; 0, 0: any */
	bool expected; /* ought never to be blank */
};

extern const struct af93_element af93_elements[AF_COUNT];

/* A decoded record: a day number, a code or a number for each element;
 * DATE_MISSING for what is blank or not valid. */
struct af93_record {
	int32_t v[AF_COUNT];
	uint64_t bad[2]; /* elements whose value is none of the valid ones */
};

void af93_decode(struct af93_record *r, const char text[AF93_WIDTH]);
static inline bool
af93_bad(const struct af93_record *r, enum af93 e)
{
	return r->bad[e / 64] >> (e % 64) & 1;
}

/* The county, element 3; DATE_MISSING when it is none of the state (FC-01). */
int32_t af93_county(const struct af93_record *r);

/* The checks of one record (the federal ones, FC and DQ of the checks' table,
 * and those of measures.md 5.1): calls back with each that fails. */
void af93_check(const struct af93_record *r,
    void (*failed)(void *arg, const char *rule), void *arg);

/* Whether the window's first bytes look like such a file, of today's layout
 * or of the old one (which afcars93_read() then refuses in words). */
bool afcars93_probe(const char *s, size_t len);
/* The half-year that the window's records name, 0 when none does. */
int32_t afcars93_period(const char *s, size_t len);
bool afcars93_read(struct intake *in, struct bytes *b, struct err *err);

#endif
