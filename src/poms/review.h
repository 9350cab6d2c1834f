/*
 * A review as the replay of its events: units and their answers, which
 * questions are asked in which order, what is hidden, progress, problems,
 * findings, undo, copying and merging. Pure: it reads no file and no clock.
 * Changes are made in two steps: a review_..() function fills a list of
 * events, the caller keeps them durably, then applies each.
 *
 * One thread at a time. Pointers it gives live until the next event that is
 * applied, or review_free(); the instrument must outlive it.
 */
#ifndef HEARTH_POMS_REVIEW_H
#define HEARTH_POMS_REVIEW_H

#include "poms/event.h"

struct review;

struct review *review_new(const struct instrument *in);
void review_free(struct review *r);
/* Applies the next event. False (ERR_REFUSED) when it does not fit: another
 * review's, out of sequence, an unknown unit; the review is as before. An
 * answer to a question that the instrument does not have is kept (retired).
 * Sequences may skip nothing but start anywhere when the review is empty. */
bool review_apply(struct review *r, const struct event *e, struct err *err);
const struct instrument *review_instrument(const struct review *r);
const char *review_id(const struct review *r); /* "" before the first event */
uint64_t review_sequence(const struct review *r); /* of the last event */
/* The group number that the next action is to use. */
uint32_t review_next_group(const struct review *r);

/* Every event in order, borrowed until the next one; how many. */
size_t review_history(const struct review *r, const struct event **list);

/* --- units --- */

struct review_unit {
	enum unit kind;
	const char *key;
	const char *label; /* FACT_LABEL, else the key */
	int parent;	   /* index of a unit; the agency's is 0 */
	bool dropped;
	bool asked;  /* its questions are asked: rows always, roster units when
		      * drawn (reserve and replaced ones are not) */
	bool sample; /* it counts in sample rates: drawn, not purposive */
	const char *claimed; /* who took it; "" */
};

/* Unit 0 is the agency. Dropped units keep their index. */
int review_units(const struct review *r);
const struct review_unit *review_unit(const struct review *r, int unit);
/* -1 when there is none of that key. */
int review_unit_find(const struct review *r, enum unit kind, const char *key);
/* The fact's text, "" when it is not known. */
const char *review_fact(const struct review *r, int unit, enum fact fact);

/* --- answers --- */

enum cell_flag {
	CELL_ASKED = 1 << 0,	    /* its skip rule, if it has one, is true */
	CELL_HIDDEN = 1 << 1,	    /* not asked, and an answer is kept aside */
	CELL_ERROR = 1 << 2,	    /* breaks a hard check or is not readable */
	CELL_WARNING = 1 << 3,	    /* breaks a soft check */
	CELL_UNFAVOURABLE = 1 << 4, /* against compliance: opens a finding */
	CELL_COPIED = 1 << 5,	    /* copied, not touched since */
	CELL_CONFLICT = 1 << 6,	    /* two devices typed different things */
	CELL_COMPUTED = 1 << 7,	    /* the answer is the computed one */
	CELL_FED = 1 << 8,	    /* the answer is what case data brought */
	CELL_OVERRIDDEN = 1 << 9,   /* typed against a computed or fed one */
	CELL_NOTE = 1 << 10,	    /* it has a note */
	CELL_OPEN_REASON = 1 << 11  /* a reason is due and missing */
};

/* One question of one unit. */
struct review_cell {
	struct response answer; /* typed; else computed; else fed */
	struct response typed;	/* as a person put it; unasked if nobody did */
	struct response
	    computed; /* by the question's rule; unasked if unknown */
	struct response fed;
	struct response theirs; /* of an open conflict */
	const char *theirs_who;
	const char *fed_source; /* "CWS/CMS, 2012-09-30" */
	const char *note;
	const char *who; /* of the last event; "" */
	int64_t wall_ms; /* of the last event; 0 */
	unsigned flags;	 /* enum cell_flag */
	int changes;	 /* how many events there were */
};

/* NULL when the question is not asked of that kind of unit. */
const struct review_cell *review_cell(
    const struct review *r, int unit, int question);

/* Whether the answer stands instead of another one that case data brought:
 * both are kept, printed and need a reason. */
bool review_overrides(const struct review *r, int unit, int question);

/* --- the asking order --- */

struct item {
	int section, question, unit;
	bool asked; /* CELL_ASKED; what is not asked stands folded */
};

/* Every question of every asked unit of the programme and kind of review, by
 * section; in it unit by unit (a child's rows behind the child). */
const struct item *review_items(const struct review *r, int *n);
/* Where (question, unit) stands; -1 when it does not. */
int review_item(const struct review *r, int unit, int question);
enum wanted {
	WANTED_ASKED,	     /* any that is asked */
	WANTED_UNANSWERED,   /* asked, unasked state, not open-ended */
	WANTED_PROBLEM,	     /* error or warning */
	WANTED_UNDETERMINED, /* U */
	WANTED_FINDING,	     /* unfavourable */
	WANTED_CONFLICT
};
/* The next (step 1) or previous (step -1) such item from item at, around the
 * end; at itself last; -1 when there is none. at may be -1 (the start). */
int review_next(const struct review *r, int at, int step, enum wanted wanted);
/* The same question of the next or previous unit of that kind; -1. */
int review_sibling(const struct review *r, int item, int step);

struct progress {
	int asked, answered; /* open-ended questions are in neither */
	int errors, warnings, undetermined, unfavourable, conflicts;
	int hidden, copied;
};
/* Of a section, or of a section's questions for one unit (-1: all of them);
 * section -1: of the whole review. */
struct progress review_progress(const struct review *r, int section, int unit);

/* --- problems --- */

struct problem {
	enum check_level level;
	int unit, question;	   /* where to jump; question -1: nowhere */
	const struct check *check; /* NULL: the answer itself */
	const char *say;	   /* what is wrong, in that tongue */
};

/* Hard ones first, then in asking order. With whole, also the cross-form
 * checks (poms.md 1.23) and what is required. The list is the arena's. */
const struct problem *review_problems(const struct review *r,
    enum tongue tongue, bool whole, struct arena *arena, int *n);
/* Whether the review can be sealed: no hard problem, nothing required open,
 * no conflict. False with the first obstacle in words. */
bool review_complete(
    const struct review *r, enum tongue tongue, struct err *err);

/* --- changes: each fills a list of events that belong together --- */

struct stamp {
	const char *who;
	int64_t wall_ms, mono_ms;
};

/* Events to be kept and then applied in order; texts are the arena's. */
struct change {
	struct arena arena;
	struct event *list;
	size_t n, cap;
};
void change_free(struct change *c);

/* An answer; typed text of a typed question is made canonical. False
 * (ERR_BAD_VALUE) when the question cannot have that state or nobody may type
 * it (OVERRIDE_NEVER). */
bool review_answer(const struct review *r, int unit, int question,
    const struct response *answer, const struct stamp *stamp,
    struct change *out, struct err *err);
bool review_note(const struct review *r, int unit, int question,
    const char *text, const struct stamp *stamp, struct change *out,
    struct err *err);
/* A new row of the kind below parent, or a new fact of it: facts[] with
 * texts, ended by FACTS. key must be new (12 random characters) or known. */
struct unit_fact {
	enum fact fact;
	const char *text;
};
bool review_add(const struct review *r, enum unit kind, const char *key,
    int parent, const struct unit_fact *facts, const struct stamp *stamp,
    struct change *out, struct err *err);
/* A row that a person added. What came with the packet stays: the sample's
 * units and the rows of case data are answered otherwise, not taken away. */
bool review_drop(const struct review *r, int unit, const struct stamp *stamp,
    struct change *out, struct err *err);
/* Takes a unit (its questions are mine to ask, softly) or gives it back. */
bool review_claim(const struct review *r, int unit, bool take,
    const struct stamp *stamp, struct change *out, struct err *err);
/* The next unused reserve stands in for a unit of the sample, which gets a
 * row for its outcome and interviews of its own (poms.md 1.3, SMP08). Never a
 * free choice: ERR_REFUSED when the unit is not in the sample, the reason is
 * missing or no reserve is left. */
bool review_replace(const struct review *r, int unit, const char *why,
    const struct stamp *stamp, struct change *out, struct err *err);
/* Adds a unit of the roster that was not drawn: asked, in findings, in no rate
 * (SMP09). ERR_REFUSED when it is in the sample or the reason is missing. */
bool review_extra(const struct review *r, int unit, const char *why,
    const struct stamp *stamp, struct change *out, struct err *err);
/* What copy-down would do: the question (or every later one of the section,
 * rest true) of this unit from the unit of its kind before it. Only answers
 * that are asked on both sides and not yet given here. n events; none is not
 * an error. */
bool review_copy(const struct review *r, int unit, int question, bool rest,
    const struct stamp *stamp, struct change *out, struct err *err);
/* Takes back the last action that is not undone; or does it again. False
 * (ERR_NO_ANSWER) when there is nothing. */
bool review_undo(const struct review *r, const struct stamp *stamp,
    struct change *out, struct err *err);
bool review_redo(const struct review *r, const struct stamp *stamp,
    struct change *out, struct err *err);

/* --- findings --- */

struct finding {
	int question;
	int unit;	    /* the FND row, -1 while nobody opened it */
	int cells;	    /* how many units answered unfavourably */
	int first;	    /* the first of those units */
	bool immediate;	    /* some of them ask for action at once */
	bool ask_immediate; /* the monitor has to say whether */
	bool repeat;	    /* the last review had one, too (repeat.h) */
};
/* Whether rows of the kind are asked about in this review at all: by its
 * programme and kind. */
bool review_asks(const struct review *r, enum unit kind);
/* One per question with an unfavourable answer, in asking order; the list is
 * the arena's. */
const struct finding *review_findings(
    const struct review *r, struct arena *arena, int *n);

/* --- merging what two devices typed (offline promise 18) --- */

enum side {
	SIDE_NONE,    /* nobody changed it */
	SIDE_MINE,    /* only mine changed */
	SIDE_THEIRS,  /* only theirs changed: taken over, and listed */
	SIDE_BOTH,    /* both changed to the same */
	SIDE_CONFLICT /* both changed, to different things: a person picks */
};
enum side merge_response(const struct response *base,
    const struct response *mine, const struct response *theirs);

struct review_merge_row {
	enum unit kind;
	const char *key;
	int question;
	struct response base, mine, theirs;
	const char *mine_who, *theirs_who;
	int64_t mine_ms, theirs_ms;
	enum side verdict;
};
/* Every question that mine or theirs changed since base, three replays of the
 * same review; rows are the arena's, texts borrowed from the reviews. */
const struct review_merge_row *review_merge(const struct review *base,
    const struct review *mine, const struct review *theirs, struct arena *arena,
    int *n);

/* Takes over what a merge found: rows and answers that only theirs has, marked
 * EVENT_MERGED with their author, and conflicts, which stay open until
 * review_pick(). */
bool review_take(const struct review *mine, const struct review *theirs,
    const struct review_merge_row *rows, int n, const struct stamp *stamp,
    struct change *out, struct err *err);
/* The rest that theirs did since base, behind what review_take() gave: notes
 * (two of them stand one behind the other), rows taken away or brought back,
 * facts, claims. A row that one dropped and the other went on with stays. */
struct review_sides {
	const struct review *base, *mine, *theirs;
};
bool review_take_rest(const struct review_sides *sides,
    const struct stamp *stamp, struct change *out, struct err *err);
/* Settles a conflict; the answer may be mine, theirs or a third one. */
bool review_pick(const struct review *r, int unit, int question,
    const struct response *answer, const struct stamp *stamp,
    struct change *out, struct err *err);

/* Every open conflict, of questions that are hidden now too, unit by unit; the
 * list is the arena's. */
struct conflict {
	int unit, question;
};
const struct conflict *review_conflicts(
    const struct review *r, struct arena *arena, int *n);
/* The event that told of it: base in old, theirs in new, who and when theirs;
 * NULL when there was none. */
const struct event *review_conflict_event(
    const struct review *r, int unit, int question);

/* --- moving to a new version of the instrument --- */

enum move { MOVE_KEPT, MOVE_MOVED, MOVE_DROPPED, MOVE_NEW };
struct move_row {
	enum move move;
	const char *from, *to; /* ids; "" for new and dropped */
	int answers;	       /* how many typed answers it concerns */
	const char *why;
};
/* Parts of a packet: the map from that version to the packet's own, and that
 * version itself, for devices that begin with the packet. */
#define MAP_PART "map-%d"
#define WAS_PART "was-%d"
/* What map files say of from -> to; NULL with faults. */
struct instrument_map;
struct instrument_map *instrument_map_parse(const char *file, const char *text,
    const struct instrument *from, const struct instrument *to,
    struct faults *faults);
bool instrument_map_read(struct instrument_map **map, const char *path,
    const struct instrument *from, const struct instrument *to,
    struct faults *faults, struct err *err);
void instrument_map_free(struct instrument_map *map);
/* Makes of an event of the old version one of the new: the same, or with the
 * new id, which is the map's. False: its question is dropped or of neither
 * version; it stays as it is, and a review keeps its answer as retired. */
bool instrument_map_event(const struct instrument_map *map, struct event *e);
/* Whether the new version asks what the old one did not. */
bool instrument_map_new(const struct instrument_map *map, const char *question);
/* The preview: every question of both versions; the list is the arena's. */
const struct move_row *review_preview(const struct review *r,
    const struct instrument_map *map, struct arena *arena, int *n);

/* An answer or a note whose question this version of the instrument does not
 * have: kept, counted nowhere. */
struct retired {
	enum unit kind;
	const char *key, *question; /* its id in the version that had it */
	struct response answer;	    /* as it stood last; with a note unasked */
	const char *note;
	const char *who;
	int64_t wall_ms;
};
/* Those that stand (what was taken back does not), in the order in which they
 * were first given; the list is the arena's, texts the review's. */
const struct retired *review_retired(
    const struct review *r, struct arena *arena, int *n);

#endif
