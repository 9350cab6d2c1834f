/*
 * The store: generations of case data, as loaded, and which of them is served.
 *
 *   sqlite:DIR                 DIR/hearth.db (the catalogue, WAL), and for each
 *                              generation N gen-N.db (rows) and gen-N.facts
 *                              (the snapshot); the default
 *   postgresql://...           one database: schema hearth (the catalogue) and
 *                              a schema per generation; snapshots stand in a
 *                              cache folder of the machine that asks for them
 *                              and are rebuilt, byte for byte, when absent
 *
 * A load is all or nothing. Nobody sees a generation before
 * store_load_commit() has made rows and snapshot durable and entered it in the
 * catalogue in one transaction; whatever ends the program before that leaves
 * the old generation serving, and the next open removes what was half made.
 *
 * A struct store belongs to one thread at a time; several processes may have
 * the same store open, and one of them may be loading.
 */
#ifndef HEARTH_STORE_STORE_H
#define HEARTH_STORE_STORE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/file.h"
#include "facts/facts.h"
#include "proto/extract.h"

struct store;

enum store_mode {
	STORE_READ,  /* a store must be there; nothing is loaded */
	STORE_WRITE, /* a store must be there */
	STORE_CREATE /* made when absent, else as STORE_WRITE */
};

/* url NULL: the default, sqlite: with the user's data folder; a path ("/..."
 * or "./...") is one of sqlite:. A store that is not there is ERR_NO_DATA, one
 * of a later version ERR_STORE. */
bool store_open(struct store **store, const char *url, enum store_mode mode,
    struct err *err);
void store_close(struct store *store);
/* The url that store_open(NULL) takes; the caller frees. */
char *store_default_url(void);
/* Each file that says which generation is served, there or not; false when
 * the url is of a store that does not say so in files. Opens nothing. */
bool store_files(
    const char *url, void (*each)(void *arg, const char *path), void *arg);
/* The url without a password, for people; borrowed until store_close(). */
const char *store_url(const struct store *store);

/*
 * Generations. A generation is held until it is published; the one published
 * last is served; publishing an older one again puts it in front, and
 * withdrawing the one in front goes back to the one published before it. A
 * withdrawn generation keeps its rows and can be published again.
 */
enum store_state {
	STORE_HELD,
	STORE_PUBLISHED,
	STORE_SERVING,
	STORE_WITHDRAWN
};
/* "held", "published", "serving", "withdrawn". */
const char *store_state_word(enum store_state state);

struct store_generation {
	struct facts_about about; /* strings owned by the list */
	enum store_state state;
	uint64_t rows;	/* kept */
	uint64_t aside; /* set aside */
	uint32_t base;	/* added to this generation; 0: none */
};

struct store_generations {
	struct store_generation *list; /* by number */
	size_t n;
};

/* All that were loaded, held and withdrawn ones too; none is no failure. */
bool store_generations(
    struct store *store, struct store_generations *all, struct err *err);
void store_generations_free(struct store_generations *all);
/* The generation served, ERR_NO_DATA when there is none. Cheap enough to ask
 * before every answer. */
bool store_serving(struct store *store, uint32_t *generation, struct err *err);
/* Serves it from the next question on, a held one or an older one again; and
 * takes it out, so that the one published before is served.
 * ERR_NO_SUCH_GENERATION, and what the catalogue's transaction says. */
bool store_publish(struct store *store, uint32_t generation, struct err *err);
bool store_withdraw(struct store *store, uint32_t generation, struct err *err);

/* The snapshot's file, for facts_open(); *path is the caller's to free.
 * Rebuilds it from the rows when it is absent, damaged or of an older version:
 * all of it is verified, unless the very file was within the last week.
 * ERR_NO_SUCH_GENERATION for a number that is not in the catalogue. */
bool store_facts_path(
    struct store *store, uint32_t generation, char **path, struct err *err);
/* Checks rows and snapshot of a generation: every checksum, every reference,
 * and that the rows are those that were loaded. ERR_CORRUPT says what. */
bool store_verify(struct store *store, uint32_t generation, struct err *err);

/*
 * Loading. Rows, raw records, set-aside rows and sources come in any order.
 */
struct load;

/* What a load has come to, for progress; n counts within the step. Called
 * often; must not call the store. */
enum load_step {
	LOAD_CARRY,   /* rows of the base generation copied (n) */
	LOAD_ROWS,    /* rows and raw records given (n), now and then */
	LOAD_ARRANGE, /* rows (n) made ready for the snapshot */
	LOAD_BUILT,   /* the snapshot stands in its file */
	LOAD_SYNCED,  /* rows and snapshot are durable */
	LOAD_ENTERED  /* in the catalogue */
};

struct load_options {
	bool add;  /* on top of the newest generation, not instead of it */
	bool hold; /* wait for store_publish() */
	void (*step)(void *arg, enum load_step step, uint64_t n);
	void *arg;
	size_t raw_budget; /* bytes of raw records gathered before they are
			    * sorted and kept; 0: the usual 16 MiB */
};

/* Takes the store's lock for loading: ERR_BUSY when another load runs. */
bool store_load_begin(struct load **load, struct store *store,
    const struct load_options *options, struct err *err);

/*
 * Origin: where rows come from, "extract" until said otherwise. Raw records
 * are federal records as they came, of a kind ("afcars1993"); the rows that
 * are made of them bear the kind as origin. With add, raw records and rows of
 * the base generation are carried over, except rows of a forgotten origin,
 * which the importer makes anew from all raw records, old and new. Forgetting
 * comes before the first row.
 */
bool store_load_forget(struct load *load, const char *origin, struct err *err);
bool store_load_origin(struct load *load, const char *origin, struct err *err);
/* Forgets the carried raw records of one kind and period: a file that
 * replaces an earlier submission. */
bool store_load_forget_raw(
    struct load *load, const char *kind, int32_t period, struct err *err);

/* cells: the table's columns in order; strings are copied before it returns.
 * Of rows with the same key the later one counts, see facts/README. */
bool store_load_row(struct load *load, enum extract_table table,
    const struct cell *cells, struct err *err);

struct store_raw {
	const char *key; /* the child's or the report's id */
	size_t key_len;
	int32_t period; /* the importer's number for the period, 201209 */
	const void *bytes;
	size_t len;
};

/* Keeps a record of that kind (RAW_... of ingest/sink.h), which is copied; in
 * any order. */
bool store_load_raw(struct load *load, const char *kind,
    const struct store_raw *raw, struct err *err);
/* Calls back for every raw record of the kind, carried and new, ordered by
 * key bytes, period, arrival. What raw points at lasts for the call. The
 * callback may call store_load_row() and store_load_aside(), but not
 * store_load_raw(); false ends the scan with its *err. */
bool store_load_scan_raw(struct load *load, const char *kind,
    bool (*each)(void *arg, const struct store_raw *raw, struct err *err),
    void *arg, struct err *err);

/* A row that could not be taken. The value is kept in the store only, for
 * those who may see it; never put it into an err. */
struct store_aside {
	const char *file;
	uint64_t line;
	const char *column; /* "" for the whole row */
	const char *rule;   /* the rule's code */
	const char *value;
};

/* Keeps it; the texts are copied. */
bool store_load_aside(
    struct load *load, const struct store_aside *aside, struct err *err);

struct store_source {
	const char *name; /* of the file, without its folder */
	char sha256[FILE_HASH];
	const char *format; /* "extract", "afcars1993" ... */
	uint64_t rows, kept, aside;
};

/* One file that was read, with what became of its rows. */
bool store_load_source(
    struct load *load, const struct store_source *source, struct err *err);
/* Adds to the count of rows that were kept with a rule's flag. */
bool store_load_flag(
    struct load *load, const char *rule, uint64_t count, struct err *err);

/* What the generation says of itself; any time before the commit. The number
 * is the store's to give; loaded_at 0 means now. Strings are copied. */
void store_load_about(struct load *load, const struct facts_about *about);

/* Builds the snapshot, makes all durable, publishes (unless hold) and ends the
 * load. When it fails nothing was changed. Frees load in either case. */
bool store_load_commit(
    struct load *load, uint32_t *generation, struct err *err);
/* Gives up; harmless with NULL. */
void store_load_abort(struct load *load);

/*
 * Asking what was loaded.
 */

/* The generation that the same sources would only repeat: the newest, when it
 * holds exactly these hashes, or with add, at least these. 0 when none. */
bool store_find_same(struct store *store, const struct store_source *sources,
    size_t n, bool add, uint32_t *generation, struct err *err);

/* Calls back for each: files by name, rows as they were set aside, rules by
 * their codes. What is given lasts for the call; false from it ends the walk
 * with its *err. Asides hold values of records: for those who may see them. */
bool store_sources(struct store *store, uint32_t generation,
    bool (*each)(void *arg, const struct store_source *source, struct err *err),
    void *arg, struct err *err);
bool store_asides(struct store *store, uint32_t generation,
    bool (*each)(void *arg, const struct store_aside *aside, struct err *err),
    void *arg, struct err *err);
bool store_flags(struct store *store, uint32_t generation,
    bool (*each)(void *arg, const char *rule, uint64_t count, struct err *err),
    void *arg, struct err *err);
/* A table's rows in the order in which they were given. */
bool store_rows(struct store *store, uint32_t generation,
    enum extract_table table,
    bool (*each)(void *arg, const struct cell *cells, struct err *err),
    void *arg, struct err *err);

/*
 * Definitions that were in use: each version of a measure or clock once, with
 * its text, so that a figure made by it can be made again.
 */
struct store_definition {
	const char *id;	     /* "p1"; of a clock "clock:pprt" */
	const char *version; /* of its text */
	const char *text;
	int64_t first_used; /* seconds since 1970, UTC */
};
typedef bool store_each_definition(
    void *arg, const struct store_definition *d, struct err *err);

/* All of them or none; a version that is kept already stays as it is. */
bool store_definitions_keep(struct store *store,
    const struct store_definition *list, size_t n, struct err *err);
/* By id, then oldest first. */
bool store_definitions(struct store *store, store_each_definition *each,
    void *arg, struct err *err);

/*
 * Keeping.
 */

/* One file (a tar archive, mode 0600) from which store_restore() makes the
 * store again, here or in the other kind of store. The copy is of one moment
 * although loads may go on. */
bool store_backup(struct store *store, const char *file, struct err *err);
/* Into a store without generations, else ERR_REFUSED. */
bool store_restore(struct store *store, const char *file, struct err *err);
/* Brings the catalogue to this version; *from and *to say what was done. */
bool store_migrate(struct store *store, int *from, int *to, struct err *err);

#endif
