/*
 * Three-way comparison of a review, question by question: what both began
 * from, mine, theirs. Values are bytes (poms' encoding); an absent one is a
 * value of its own. Different questions merge by themselves and are listed;
 * the same value on both sides is no conflict; different values of the same
 * question wait for a person. Nobody wins by being late. Pure.
 */
#ifndef HEARTH_JOURNAL_MERGE_H
#define HEARTH_JOURNAL_MERGE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A question's value; value NULL: there is none. who and when say whose. */
struct merge_value {
	const char *question; /* and unit, as one key */
	const void *value;
	size_t len;
	const char *who;
	int64_t when_ms;
};

enum merge_kind {
	MERGE_SAME,	/* nobody changed it, or both the same way */
	MERGE_MINE,	/* only I changed it */
	MERGE_THEIRS,	/* only they did: taken over, and listed */
	MERGE_CONFLICT, /* both, differently */
};

struct merge_row {
	enum merge_kind kind;
	const char *question;
	struct merge_value base, mine, theirs;
};

/* Sides are sorted by question (strcmp) and hold each once. rows is the
 * caller's, to free(); n counts all rows but MERGE_SAME, which are left out.
 * Pointers inside are borrowed from the sides. */
struct merge_side {
	const struct merge_value *values;
	size_t n;
};
size_t merge_three(struct merge_row **rows, struct merge_side base,
    struct merge_side mine, struct merge_side theirs);

#endif
