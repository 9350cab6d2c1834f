/*
 * Filling in a review: where one is, what a key does to an answer, and that
 * nothing counts as answered before it is kept. Knows no terminal: the screen
 * (form_screen.c), the line-by-line way (form_plain.c) and the bench all
 * drive this.
 *
 * Every change goes one way: poms makes events, each is kept durably
 * (form_keep), then the review takes it. Where keeping fails the answer still
 * stands on the screen, marked NOT SAVED, and is kept at the next chance.
 */
#ifndef HEARTH_CLIENT_FORM_H
#define HEARTH_CLIENT_FORM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "poms/review.h"

/* Where events go: a journal; in tests, memory. */
struct form_keep {
	void *self;
	/* True: it is on the disk. */
	bool (*keep)(void *self, const void *bytes, size_t n, struct err *err);
	/* Text that is being typed; n 0: it was taken over or given up. */
	bool (*draft)(void *self, const char *key, const char *text, size_t n,
	    struct err *err);
	/* Tries once more what could not be kept. */
	bool (*again)(void *self, struct err *err);
	/* Writes everything into another folder and goes on there; NULL: no. */
	/* left: what could not go there, in words. */
	bool (*save_to)(
	    void *self, const char *folder, struct buf *left, struct err *err);
	/* What soon may not be kept any more, in words, or NULL; NULL: is not
	 * told. */
	const char *(*low)(void *self);
	/* What the service said of a unit, appended in words; NULL: nothing. */
	void (*news)(
	    void *self, const struct review_unit *unit, struct buf *out);
	/* Copies a file in for a cell; NULL: files are not taken here. */
	bool (*attach)(void *self, const struct review_unit *unit,
	    const struct question *q, const char *path, struct err *err);
	/* The cell's files in words; how many. */
	unsigned (*attached)(void *self, const struct review_unit *unit,
	    const struct question *q, struct buf *out);
	int64_t (*wall_ms)(void *self);
	int64_t (*mono_ms)(void *self);
	void (*random)(void *self, void *p, size_t n);
};

struct form {
	struct review *review;
	const struct instrument *in;
	struct form_keep keep;
	const char *who;
	enum tongue tongue;
	bool names;	    /* of children in full; otherwise initials and id */
	int unit, question; /* where one is; question -1: nowhere */
	bool saved;	    /* all that was answered is kept */
	struct err trouble; /* why it is not */
	char message[400];
	unsigned keys, answers; /* of this session, for the bench */
};

/* Begins at the question that was answered last by hand, or, in a new review,
 * at the first that is open. The review is borrowed. */
void form_init(struct form *f, struct review *review,
    const struct form_keep *keep, const char *who);
void form_say(struct form *f, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* --- where one is --- */

const struct question *form_question(const struct form *f);
const struct review_cell *form_cell(const struct form *f);
/* The item one is at, -1 for none. */
int form_item(const struct form *f);
void form_go(struct form *f, int item);
/* The next or previous asked question; false at the ends. */
bool form_step(struct form *f, int dir);
/* The next or previous one that is wanted, around the end. */
bool form_next(struct form *f, int dir, enum wanted wanted);
/* What is wrong next, around the end: of an answer, or of the whole review as
 * it would be sealed; what is only open comes when nothing else is wrong.
 * False: the review has no problem. */
bool form_next_problem(struct form *f);
/* The first question of the next or previous unit or section. */
bool form_group(struct form *f, int dir);
bool form_section(struct form *f, int dir);
/* The same question of the next or previous unit of the kind. */
bool form_sibling(struct form *f, int dir);
/* By id ("ED04"), for the same unit where it can be; stays, with a word, when
 * there is no row yet that it is asked of. False: no such question here. */
bool form_find(struct form *f, const char *id);
/* Whose it is: "A. B. K17, child in placement", "" for the agency; the full
 * name while names are on. */
void form_unit_label(const struct form *f, int unit, struct buf *out);

/* --- answers --- */

/* A key that answers the closed question one is at: y n a u, 1 to 4; of
 * choices the option's number. Advances when that completes it. False: no
 * answer of this question. */
bool form_key(struct form *f, int key);
/* Typed text of any other question, as a person writes it: dates as mmddyyyy,
 * t for today, p for the placement, +3. Empty: clears. */
bool form_type(struct form *f, const char *text);
/* A state that any question may have: undetermined, unasked. */
bool form_type_state(struct form *f, const struct response *answer);
/* The reason of the answer that stands. */
bool form_reason(struct form *f, const char *text);
bool form_note(struct form *f, const char *text);
bool form_clear(struct form *f);
bool form_undo(struct form *f);
bool form_redo(struct form *f);
/* From the unit before: this question, or all that follow in the section. */
bool form_copy(struct form *f, bool rest);
/* What that would be, one line each; how many. */
int form_copy_list(struct form *f, struct buf *out);
/* A new row below the unit one is at, or the agency; goes to its first
 * question. */
bool form_add(struct form *f, enum unit kind);
/* The kind of the row one is at, of which another may follow; UNITS: none. */
enum unit form_row_here(const struct form *f);
/* The kinds of which a row may be added where one is; how many. */
int form_row_kinds(const struct form *f, enum unit kinds[static UNITS]);
bool form_drop(struct form *f);
/* The finding about the question one is at, opened when there is none. */
bool form_finding(struct form *f);
/* Settles a conflict of two devices: mine stays, or theirs comes. */
bool form_pick(struct form *f, bool theirs);
/* The next reserve stands in for the unit one is at, because of why. */
bool form_replace(struct form *f, const char *why);
/* Adds the roster's unit of that key or name, which was not drawn: "KEY WHY";
 * it is asked, and stands in no rate. */
bool form_extra(struct form *f, const char *text);
/* Takes the unit one is at, or gives it back: shown to the others, softly. */
bool form_claim(struct form *f);
/* Who took it, what changed since the packet; nothing when there is none. */
void form_news(const struct form *f, int unit, struct buf *out);
/* Copies a file in for the question one is at. */
bool form_attach(struct form *f, const char *path);
/* Keeps what could not be kept before. */
bool form_again(struct form *f);
/* The same in another folder, where this one cannot be written any more. */
bool form_save_to(struct form *f, const char *folder);

/* Text under way for the question one is at, "" for none any more. Part is a
 * word for what it would become, "" for the question's own value. */
void form_draft(struct form *f, const char *part, const char *text);

/* --- in words --- */

/* What is wrong with the answer one is at; nothing when all is well. */
void form_problem(const struct form *f, struct buf *out);

/* The question in the tongue chosen, for young children in their words. */
const char *form_text(const struct form *f, const struct question *q, int unit);
/* The answer as people read it: "Yes", options' texts, a date. */
/* A line of what case data brought and where it is from; none without it. */
void form_fed(const struct form *f, const struct question *q,
    const struct review_cell *cell, struct buf *out);
void form_answer(const struct form *f, const struct question *q,
    const struct review_cell *cell, struct buf *out);
/* What the other device has, of a conflict. */
void form_theirs(const struct form *f, const struct question *q,
    const struct review_cell *cell, struct buf *out);
/* A state or value that stands in no cell, for the same question. */
void form_response(const struct form *f, const struct question *q,
    const struct response *answer, struct buf *out);
/* The day of a moment where this machine stands (field.time_zone, or TZ), not
 * of Greenwich: in the evening they differ. */
int32_t form_day(int64_t wall_ms);
/* "2012-09-30 14:05" of the machine's place, for people. */
void form_moment(int64_t wall_ms, char text[static 20]);
/* One letter for it: Y N A U, = for a value, - not to say, blank. */
char form_mark(const struct review_cell *cell);

/* A date as typed, in the form of files; false: it is none. */
bool form_date(
    const char *typed, int32_t today, int32_t placed, char iso[static 11]);
/* The same with the clock behind it: 092520261405, t 14:05. */
bool form_time(
    const char *typed, int32_t today, int32_t placed, char iso[static 17]);

#endif
