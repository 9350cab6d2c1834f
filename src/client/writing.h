/*
 * One writing: an act (acts.h) carried out on a row. Its fields with what
 * stands, what is typed and what is wrong with it; the body that is put; what
 * the service answers, and what somebody else wrote in between. Knows no
 * terminal and sends nothing: the form (panel_write.c) and the line-by-line
 * way (plain_write.c) do.
 */
#ifndef HEARTH_CLIENT_WRITING_H
#define HEARTH_CLIENT_WRITING_H

#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "client/acts.h"

struct writing_field {
	const struct body_field *of; /* NULL: of the path ("id", "n") */
	const char *name, *label;
	bool needed;
	bool touched; /* by a person, since it was read */
	char *was;    /* what stands; "" for nothing */
	char *value;  /* a day as YYYY-MM-DD, true or false, ids by commas */
};

/* By whom and when. Texts are borrowed while it is made. */
struct writing_by {
	const char *me;	     /* as the service knows the asker */
	const char *through; /* the data's last day, "" */
	int32_t today;
};

struct writing {
	const struct act *act;
	const struct act_paper_info *paper;
	struct writing_field *fields;
	size_t n;
	cJSON *row;    /* at which it is done */
	cJSON *before; /* the body as it stands */
	int64_t version;
	char *me, *through;
	int32_t today;
	char random[33];
	struct err err;	   /* what is wrong; ERR_NONE */
	size_t wrong;	   /* the field it is about; n: none of these */
	cJSON *theirs;	   /* after a conflict: {version, at, by, body} */
	struct arena kept; /* names of fields */
};

/* row is copied; it may be NULL. */
struct writing *writing_new(
    const struct act *act, const cJSON *row, const struct writing_by *by);
void writing_free(struct writing *w);

/* The question for what stands; false: there is nothing before it. */
bool writing_ask(const struct writing *w, struct buf *target);
/* Takes the answer (NULL: there was nothing to ask) and what is offered. */
void writing_take(struct writing *w, const cJSON *answer);

/* What a person typed of a field: a word of its vocabulary, its number or how
 * it begins; a day also as mmddyyyy, t, +n; y or n. False and w->err: not
 * understood; the field keeps what was typed. */
bool writing_set(struct writing *w, size_t field, const char *typed);
/* The value for people: a word's label, yes or no. */
const char *writing_shown(const struct writing_field *f, const char *value);
/* How many words there are to choose from; 0: none. And the word. */
int writing_choices(const struct writing_field *f);
const char *writing_choice(const struct writing_field *f, int i);
/* What is wanted of the field, in words. */
void writing_wanted(const struct writing_field *f, struct buf *out);

/* Holds everything against the body's table: false with w->err, w->wrong. */
bool writing_check(struct writing *w);
/* The body and where to put it. */
void writing_body(const struct writing *w, struct buf *out);
void writing_target(const struct writing *w, struct buf *target);
/* A line of what will be written: the field's label, its value and what stood
 * instead of it. False: the field is empty and was. */
bool writing_line(const struct writing *w, size_t field, struct buf *out);
/* What it is done to, in a few words; "" when the row says nothing. */
void writing_subject(const struct writing *w, struct buf *out);

enum writing_end {
	WRITING_KEPT,
	WRITING_REFUSED,  /* w->err, w->wrong */
	WRITING_CONFLICT, /* w->theirs */
	WRITING_LOST,	  /* nobody knows; it may be sent again */
};
/* What the service answered; status 0: nothing, for the reason of err. */
enum writing_end writing_answered(struct writing *w, int status,
    const struct buf *body, const struct err *err);
/* A field of theirs, for people; "" when there is none. */
const char *writing_theirs(const struct writing *w, size_t field);
/* Goes on from theirs: what a person touched stays, the rest is theirs. */
void writing_rebase(struct writing *w);

#endif
