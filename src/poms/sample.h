/*
 * Drawing a review's sample by poms.md 1.3: reproducible from the recorded
 * seed whatever order the roster came in, spread over sites and departments
 * by largest remainder, with ordered reserves. Pure: the caller makes the
 * seed (the service, once, and records it).
 */
#ifndef HEARTH_POMS_SAMPLE_H
#define HEARTH_POMS_SAMPLE_H

#include "poms/instrument.h"

/* A unit that can be drawn. Texts are borrowed while the draw is made. */
struct frame_row {
	enum unit unit; /* UNIT_CC, UNIT_CD, UNIT_SF */
	const char *key;
	const char *site;	/* CC: key of the ST or CH */
	const char *department; /* CC: "dcfs", "probation", "other" */
	int32_t left;		/* CD */
	int32_t hired;		/* SF */
	bool social_worker;	/* SF */
	bool psychotropic;	/* CC */
};

struct frame {
	const struct frame_row *rows;
	size_t n;
	int32_t from, to; /* the review period; to is the roster's day */
};

enum drawn {
	DRAWN_NOT,
	DRAWN_SAMPLE,
	DRAWN_RESERVE,
	DRAWN_REPLACED,	 /* was drawn; a reserve stands in for it */
	DRAWN_PURPOSIVE, /* added by the monitor: in no rate */
	DRAWN_MEDICATION /* added for the section on medication only */
};
const char *drawn_word(enum drawn drawn); /* FACT_DRAWN's text; "" for NOT */
enum drawn drawn_find(const char *word);

struct pick {
	enum unit unit;
	char key[65];
	enum drawn drawn;
	int order; /* from 1, within unit and drawn */
	/* Of a replaced unit the one that stands in; of a stand-in or a
	 * purposive one: why. */
	char instead[65];
	char why[201];
};

struct sample {
	struct pick *picks;
	size_t n, cap;
	uint64_t seed;
};
void sample_free(struct sample *s);

/* Draws. False (ERR_REFUSED) when two rows of a kind have the same key or a
 * key is empty or longer than 64 bytes. */
bool sample_draw(struct sample *out, const struct sample_rule *rule,
    const struct frame *frame, uint64_t seed, struct err *err);
/* How many currently placed children the rule takes of n. */
int sample_size(const struct sample_rule *rule, int n);
/* The next unused reserve stands in for the unit; why is required. Returns
 * its key (the sample's) in *instead. False (ERR_REFUSED): the unit is not
 * drawn, no reason, no reserve left. */
bool sample_replace(struct sample *s, enum unit unit, const char *key,
    const char *why, const char **instead, struct err *err);
/* Adds a unit that was not drawn; why is required. */
bool sample_add(struct sample *s, enum unit unit, const char *key,
    const char *why, struct err *err);
/* Draws again from s->seed and holds s against it: the same units in the same
 * order, replacements only by the next reserve, with reasons. False
 * (ERR_REFUSED) with the first difference in words. */
bool sample_verify(const struct sample *s, const struct sample_rule *rule,
    const struct frame *frame, struct err *err);
const struct pick *sample_find(
    const struct sample *s, enum unit unit, const char *key);

/* The homes of the children in the sample, each once: those to visit (SMP06).
 * keys are borrowed from the frame; how many, at most max. */
size_t sample_homes(const struct sample *s, const struct frame *frame,
    const char **keys, size_t max);

struct sample_account {
	int drawn, replaced, purposive, medication, reserves_left;
};
struct sample_account sample_account(const struct sample *s, enum unit unit);

#endif
