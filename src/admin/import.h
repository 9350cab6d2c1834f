/*
 * One run of hearthctl import (private to the command):
 *
 *   cmd_import.c      options, and the order of the steps
 *   import_sink.c     the ingest room's sink on the store's load; progress
 *   import_sources.c  the files' hashes; what the base generation holds
 *   import_report.c   the table at the end
 *   import_feeds.c    what has stopped coming in
 */
#ifndef HEARTH_ADMIN_IMPORT_H
#define HEARTH_ADMIN_IMPORT_H

#include "admin/admin.h"
#include "ingest/ingest.h"
#include "store/store.h"

struct import {
	struct admin *admin;
	bool add, hold;
	int32_t through; /* DATE_MISSING: what the files say */
	struct store *store;
	struct load *load;
	uint32_t base;		       /* added to; 0: none */
	struct facts_about base_about; /* strings owned */
	struct sink sink;
	struct intake in;
	struct ingest_list list;
	struct store_source *sources; /* names owned */
	size_t sources_n, sources_cap;
	int64_t started;  /* nanoseconds, CLOCK_MONOTONIC */
	bool timing;	  /* calls of the store, while files are read */
	int64_t in_store; /* nanoseconds spent in them */
	int64_t parsing;  /* of reading, what was not in the store */
	int64_t reading, building, committing;
	const char *doing;  /* the step, for progress */
	uint64_t step_from; /* rows read before the step */
	int64_t step_started;
	int64_t shown; /* when progress was shown last */
	bool tty;
	bool line_open; /* a progress line stands unfinished */
};

/* Nanoseconds of a clock that only goes forward. */
int64_t import_now(void);
void import_sink_init(struct import *im);
/* Ends the progress line. */
void import_line_end(struct import *im);
void import_step(struct import *im, const char *doing);
/* Shows the step and how far it is, now and then. */
void import_show(struct import *im, uint64_t n);
/* The load's own steps. */
void import_load_step(void *arg, enum load_step step, uint64_t n);

/* Hashes every file that will be read. */
bool import_hash(struct import *im, struct err *err);
/* The newest generation, and what later rows refer to in it. */
bool import_base(struct import *im, struct err *err);
/* Hands the sources, with what became of each, to the load. */
bool import_give_sources(struct import *im, struct err *err);
void import_sources_free(struct import *im);

/* Warns of kinds of events that stopped or halved. */
bool import_feeds(
    const struct import *im, uint32_t generation, struct err *err);
void import_report(
    struct import *im, uint32_t generation, const struct facts_about *about);

#endif
