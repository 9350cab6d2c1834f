/*
 * What the room's tests share: a builder that takes rows as text, and the
 * snapshot that is made of them.
 */
#ifndef HEARTH_TESTS_FACTS_RIG_H
#define HEARTH_TESTS_FACTS_RIG_H

#include "facts/facts.h"
#include "lib/unit.h"

/* Of the running test. */
extern struct facts_builder *builder;
extern struct facts *facts; /* after rig_done() */
extern int image;	    /* its file, or -1 */

void rig_setup(void);
void rig_teardown(void);
/* A builder of an agency whose data reach to 2014-06-30. */
struct facts_builder *rig_new(void);
/* Gives a row as text (lib/rows.h): to a builder, to the test's. */
void rig_give(
    struct facts_builder *b, enum extract_table table, const char *text);
void rig_add(enum extract_table table, const char *text);
/* A state with two counties, a unit that moved from one to the other on
 * 2013-01-01, and a worker in it. */
void rig_add_tree(void);
/* Ends a building; the file, in memory, is yours to close. */
int rig_finish(struct facts_builder *b);
/* Ends the test's; the snapshot must hold together. */
void rig_done(void);
/* "2012-01-31" */
int32_t rig_day(const char *text);
int32_t rig_date(enum facts_column c, uint32_t row);
/* The id of a path's node at a level. */
const char *rig_at(uint32_t path, int level);

#define ck_day(column, row, text) \
	ck_assert_int_eq(rig_date(column, row), rig_day(text))

#endif
