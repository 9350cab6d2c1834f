/*
 * Clocks: dated duties on a day, and how many days are left or over: of the
 * children in care, of open reports, of families served at home. What a clock
 * counts from, what stops it and its rule's citation are settings in
 * etc/measures/clocks.cfg; the arithmetic is that of measures.md 6.2 and
 * features.md's defaults.
 */
#ifndef HEARTH_MEASURE_CLOCK_H
#define HEARTH_MEASURE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "facts/facts.h"
#include "measure/measure.h"
#include "measure/over.h"
#include "measure/result.h"

struct clock_about {
	int id; /* CLOCK_PPRT ...; word in codesets[CODES_CLOCK] */
	const char *title;
	const char *short_title; /* the title where there is no room for it */
	const char *rule;	 /* in words */
	const char *citation;
	const char *certainty;
	const char *stops; /* what would stop it, in words */
};

/* NULL when the agency has not set this clock up. */
const struct clock_about *clock_about(
    const struct measures *measures, int clock);

/* The clock's dated entries in one form of text, for measures_of_text(), "" if
 * it is not set up; the caller frees. And its version: changes with it. */
char *clock_text(const struct measures *measures, int clock);
#define CLOCK_VERSION 9
void clock_version(const struct measures *measures, int clock,
    char version[static CLOCK_VERSION]);

/* One duty; days > 0 left, < 0 over, 0 today. due is DATE_NEVER and days 0
 * unless state is DUTY_DUE or DUTY_OVERDUE (a done duty may have a due). */
struct duty {
	uint32_t row;		 /* of the clock's subject */
	uint32_t child, removal; /* FACTS_NO_ROW where it has none */
	uint32_t path;
	int32_t start; /* the day the clock counts from */
	int32_t due;
	int32_t days;
	uint8_t state;	/* DUTY_DUE ... */
	uint8_t bucket; /* BUCKET_OVER_30 ... */
};

/* The duties of every subject on as_of (of children in care the open episode)
 * in order of its rows; the caller frees. One pass; a service keeps it beside
 * its results. */
struct duties {
	const struct measures *measures; /* whose clock; borrowed */
	int clock;
	enum over over; /* the clock's subject */
	int32_t as_of;
	struct duty *rows;
	size_t rows_n;
};
struct duties *duties_new(const struct measures *measures,
    const struct facts *facts, int clock, int32_t as_of);
void duties_free(struct duties *d);
/* The rows within q's node and filters, as indexes; the caller frees.
 * bucket 0: all. */
uint32_t *duties_list(const struct duties *d, const struct facts *facts,
    const struct query *q, int bucket, size_t *n);
/* How many in each bucket (BUCKET_END entries, by code). */
void duties_count(const struct duties *d, const struct facts *facts,
    const struct query *q, int64_t *counts);
int clock_bucket(int32_t days);
/* What a clock is about: OVER_REMOVAL of children in care. */
enum over clock_over(int clock);
/* The id of a duty's subject: the child's, or the report's or case's own. */
const char *duty_id(
    const struct duties *d, const struct facts *facts, size_t i);
/* Whether it is still to be done. */
static inline bool
duty_open(const struct duty *duty)
{
	return duty->state == DUTY_DUE || duty->state == DUTY_OVERDUE;
}

/* How a duty came about, line by line: start event, rule, pauses, exception,
 * what would stop it. The texts are translated and the caller's. */
struct duty_story {
	const char *start_event; /* "custody began", "last review held" */
	char **lines;
	size_t lines_n;
};
/* The event that the i-th duty runs from, in words; "" where none is known. It
 * is the story's, without the rest of it. */
const char *duty_start_event(
    const struct facts *facts, const struct duties *d, size_t i);
struct duty_story *duty_explain(
    const struct facts *facts, const struct duties *d, size_t i);
void duty_story_free(struct duty_story *s);

#endif
