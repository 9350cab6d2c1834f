/*
 * What the room's tests share: a store of each kind. Tests run over an
 * embedded store in a folder of its own, or, with HEARTH_TEST_STORE, over the
 * store with that url, which the command HEARTH_TEST_WIPE empties before each.
 */
#ifndef HEARTH_TESTS_STORE_RIG_H
#define HEARTH_TESTS_STORE_RIG_H

#include "base/buf.h"
#include "lib/unit.h"
#include "store/store.h"

/* Of the running test, from rig_setup() to rig_teardown(). */
extern char folder[64]; /* its own, removed afterwards */
extern char *url;
extern bool embedded;
extern struct store *store;
extern struct err err;

#define ck_ok(call) ck_assert_msg(call, "%s", err.text)
#define ck_fails(call, with)                                     \
	do {                                                     \
		ck_assert(!(call));                              \
		ck_assert_msg(err.code == with, "%s", err.text); \
	} while (0)

/* A new store, open for writing. */
void rig_setup(void);
void rig_teardown(void);
/* Runs a command, which must succeed. */
void rig_shell(const char *command);
void rig_reopen(void);
/* A store of the embedded kind beside the one under test. */
struct store *rig_beside(const char *name);
/* Where a backup may go. */
void rig_backup_path(char path[static 96]);

/* --- loads ------------------------------------------------------------- */

extern const struct load_options rig_plain, rig_held, rig_adding;

struct load *rig_begin(const struct load_options *options);
/* "child_id=a sex=female", see lib/rows.h. */
void rig_row(struct load *l, enum extract_table table, const char *text);
void rig_describe(struct load *l);
/* A small generation: n children removed on the first days of 2012. */
uint32_t rig_load(const struct load_options *options, int n);
void rig_raw(struct load *l, const char *kind, const char *key, int period,
    const char *bytes);

/* --- looking ------------------------------------------------------------ */

/* The generation's snapshot, verified; yours to close. */
struct facts *rig_facts(uint32_t generation);
/* 0: none. */
uint32_t rig_serving(void);

struct rig_seen {
	struct buf text;
	struct load *load; /* gets an episode for each raw record, or NULL */
};

/* Callbacks that write what they see: raw records into a struct rig_seen,
 * "KEY PERIOD BYTES;", the others into a struct buf, "FILE:LINE:COLUMN:RULE:
 * VALUE;" and "RULE=N;". */
bool rig_see_raw(void *arg, const struct store_raw *raw, struct err *e);
bool rig_see_aside(void *arg, const struct store_aside *a, struct err *e);
bool rig_see_flag(void *arg, const char *rule, uint64_t n, struct err *e);

#endif
