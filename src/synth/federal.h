/*
 * The same histories in the federal formats: as the agency knew them at the
 * end of each half-year (AFCARS) or year (NCANDS). The words' numbers of
 * proto/codes.def are those of AFCARS 1993 for settings, goals, discharge and
 * removal reasons and disabilities; only other formats need a table.
 */
#ifndef HEARTH_SYNTH_FEDERAL_H
#define HEARTH_SYNTH_FEDERAL_H

#include "synth/family.h"
#include "synth/output.h"

#define FEDERAL_DUE 45 /* days after the period in which a file is made */

/* What stands before the first record, and after the last. */
void federal_begin(struct batch *b, const struct outputs *o);
bool federal_end(struct outputs *o, struct err *err);
/* Adds the family's records to every file that is asked for. */
void federal_family(struct batch *b, const struct world *w,
    const struct outputs *o, const struct family *f);

/* --- for the formats' own files ------------------------------------------ */

/* Whether the removal, and the discharge, were known in that period's file. */
bool federal_knows(const struct episode *e, const struct period *p);
bool federal_knows_end(const struct episode *e, const struct period *p);
/* Whether the episode counts as served: in care in the period, or ended
 * before it and entered in it. */
bool federal_serves(const struct episode *e, const struct period *p);
/* The last day of the period of which the episode has a history. */
int32_t federal_last_day(const struct episode *e, const struct period *p);
/* Whether the placement is a home of its own: not an absence, nor the return
 * from one. "before" is the episode's last home before it, or NULL. */
bool federal_new_home(
    const struct placement *p, const struct placement *before);
bool federal_is_home(const struct placement *p);

/* "20130329" or "03292013" at the end of text; nothing for what is no day. */
#define FEDERAL_DATE 8
void federal_day(char text[static FEDERAL_DATE], int32_t day);
void federal_day_us(char text[static FEDERAL_DATE], int32_t day);

void afcars93_begin(struct piece *p);
void afcars93_child(struct piece *p, const struct family *f, size_t child,
    const struct period *period);
bool afcars93_end(struct output *o, struct err *err);
void afcars20_begin(struct piece *p, const struct period *period);
void afcars20_child(struct piece *p, const struct family *f, size_t child,
    const struct period *period);
bool afcars20_end(struct output *o, struct err *err);
void ncands_report(struct piece *p, const struct world *w,
    const struct family *f, size_t report, const struct period *year);

#endif
