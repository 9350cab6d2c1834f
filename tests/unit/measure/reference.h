/*
 * The measures once more, child by child, straight from the text of
 * measures.md: slow, obvious, and sharing nothing with the engine but the
 * calendar.
 */
#ifndef HEARTH_TESTS_REFERENCE_H
#define HEARTH_TESTS_REFERENCE_H

#include "history.h"
#include "measure/measure.h"

struct answer {
	int verdict; /* VERDICT_...; of several rows the strongest */
	int64_t numerator, denominator; /* 0 unless met or missed */
};

struct reference {
	const char *id;
	int lag;
	struct answer (*answer)(
	    const struct kid *kid, const struct measure_period *p);
};

/* NULL behind the last one. */
const struct reference *reference_number(int i);
/* The same of those over care: reference_care.c. */
const struct reference *reference_care(int i);
/* And of those over reports and in-home cases: reference_reports.c. */
const struct reference *reference_reports(int i);
/* Adds an entry of the engine to a child's answer: the strongest verdict
 * stands for all of them. */
void reference_add(struct answer *sum, const struct answer *a);

/* What is known of the child by that day: nothing later has happened. */
struct kid reference_known(const struct kid *kid, int32_t as_of);

#endif
