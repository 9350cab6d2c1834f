/*
 * A year's plan of reviews: which days a contract year has, and by when a
 * provider's review is due. Our own design (poms.md 0 confirms only that
 * reviews are annual): a review is due so many months after the end of the
 * last one, or after the contract's first day when there was none; within the
 * contract and within the year, so that every year has its review. The months
 * are dated settings. Pure.
 */
#ifndef HEARTH_POMS_PLAN_H
#define HEARTH_POMS_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

#define PLAN_RULES 16
#define PLAN_PRESET "2000-01-01 12"
#define PLAN_MONTH 7 /* in which a contract year begins */

/* From that day on a review is due so many months after the last one. */
struct plan_rule {
	int32_t from;
	int months;
};

struct plan_rules {
	struct plan_rule list[PLAN_RULES]; /* by day, at least one */
	size_t n;
};

/* "2000-01-01 12, 2012-07-01 18": days in order, 1 to 60 months. ERR_CONFIG
 * says what is wrong. */
bool plan_rules_parse(
    struct plan_rules *rules, const char *text, struct err *err);
/* The rule of a day; the first one also before its day. */
const struct plan_rule *plan_rule_on(
    const struct plan_rules *rules, int32_t day);

/* A contract year: from the first of that month (1-12), a year long. */
struct plan_year {
	int32_t from, to;
};
struct plan_year plan_year(int year, int month);
/* The year whose days hold that one. */
int plan_year_of(int32_t day, int month);

/* How a day came about. */
enum plan_why {
	PLAN_SINCE_LAST,  /* so many months after the last review */
	PLAN_SINCE_START, /* after the contract's first day */
	PLAN_YEAR_BEGINS, /* that would be before the year or the contract */
	PLAN_YEAR_ENDS,	  /* that would be after the year or the contract */
};

struct plan_ask {
	struct plan_year year;
	int32_t from, to; /* of the contract */
	int32_t last;	  /* end of the last review; DATE_MISSING: none */
};

int32_t plan_due(const struct plan_rules *rules, const struct plan_ask *ask,
    enum plan_why *why);

#endif
