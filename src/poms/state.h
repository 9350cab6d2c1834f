/* Inside of this room: a review as it is kept in memory. */
#ifndef HEARTH_POMS_STATE_H
#define HEARTH_POMS_STATE_H

#include "poms/definition.h"
#include "poms/keys.h"
#include "poms/review.h"

/* A cell and what its answers mean, kept ready for rules. */
struct slot {
	struct review_cell cell;
	struct response_value value;	/* of cell.answer */
	struct response_value fed;	/* of cell.fed */
	struct response_value computed; /* of cell.computed */
	const char *text;     /* the last computed value's, to be used again */
	int64_t text_of;      /* of which number or day it is the text */
	unsigned event_flags; /* of the last answer */
	int item;	      /* in the asking order; -1 */
	bool conflict;
	bool out; /* while settling: not counted in the progress */
};

struct row {
	struct review_unit unit;
	const char *facts[FACTS]; /* NULL: not known */
	int64_t numbers[FACTS];	  /* of dates, numbers and yes */
	bool known[FACTS];	  /* and understood */
	struct slot *slots;
	unsigned char *gates; /* of sections: whether they are asked */
};

/* What undo has to know of an action. */
struct action {
	uint32_t group;
	size_t first, n; /* in the history */
	bool own;	 /* a person's: undo reaches it */
	bool undone;
	bool past; /* undone, and something else was done since: no redo */
};

/* A cell that an event was about. */
struct touch {
	int unit, question;
};

struct review {
	const struct instrument *in;
	struct arena arena; /* texts and slots, until the review ends */
	const char *id;
	uint64_t sequence;
	struct row *rows;
	size_t rows_n, rows_cap;
	struct keys keys;
	int *order; /* rows, each behind the one that it belongs to */
	size_t order_cap;
	struct event *history;
	size_t history_n, history_cap;
	struct action *actions;
	size_t actions_n, actions_cap;
	struct item *items;
	size_t items_n, items_cap;
	bool retired; /* some event is of a question the instrument lacks */
	unsigned programmes, kinds; /* of this review, as bits */
	struct progress *progress;  /* of each section */
	bool stale; /* what follows from the answers is to be worked out */
	bool whole; /* all of it, not only what these cells can change: */
	struct touch *touched;
	size_t touched_n, touched_cap;
};

static inline struct slot *
state_slot(const struct review *r, int unit, const struct question *q)
{
	return &r->rows[unit].slots[q->slot];
}

/* An answer, note or conflict came; what follows is to be worked out. */
void state_touch(struct review *r, int unit, int question);
/* What a slot counts for in its section's progress, taken by times. */
void state_count(
    struct progress *p, const struct question *q, const struct slot *s, int by);
/* Works out what follows from the answers, when something changed since. */
void state_settle(const struct review *r);
/* The answer of a known question for the unit of its kind; NULL when the
 * instrument lacks it or it is not asked. */
const struct slot *state_known(
    const struct review *r, int unit, enum known known);
/* Its day or number; DATE_MISSING or preset when there is none. */
int32_t state_day(const struct review *r, int unit, enum known known);
/* The first thing that is wrong with a cell by itself; NULL when nothing is.
 * The text is marked for gettext. */
const char *state_wrong(const struct review *r, int unit,
    const struct question *q, enum check_level *level);

#endif
