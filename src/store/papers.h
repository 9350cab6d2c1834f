/*
 * Papers: what people write on the service (contracts, plans, draws, packets,
 * scorecards ...), kept in one table that is only ever appended to. A paper is
 * (kind, id); each writing of it is a version, from 1. Nothing is changed or
 * removed: the newest version holds, the older ones are its history.
 *
 * Who writes says which version he has seen. When somebody wrote in between,
 * nothing is kept and theirs comes back. The same body given again after the
 * same version is the same writing, so that sending again is always safe.
 */
#ifndef HEARTH_STORE_PAPERS_H
#define HEARTH_STORE_PAPERS_H

#include "store/store.h"

struct store_paper {
	const char *kind, *id;
	uint32_t version;
	int64_t at_ms; /* by the service's clock */
	const char *by;
	const char *body; /* JSON */
	size_t len;
};

enum store_put {
	STORE_PUT,	    /* now */
	STORE_PUT_BEFORE,   /* the same body after the same version */
	STORE_PUT_CONFLICT, /* the newest is not the one that was expected */
};

/* What became of a writing: the version it is, or, of a conflict, the newest
 * one (version 0: there is none). */
struct store_putting {
	enum store_put put;
	uint32_t version;
	int64_t at_ms;
	char *by, *body; /* the caller's: store_putting_fini() */
	size_t len;
};

void store_putting_fini(struct store_putting *putting);

/* Writes version expected + 1 of the paper (paper->version is not looked at),
 * in one durable transaction, whoever else writes at the same time. */
bool store_paper_put(struct store *store, const struct store_paper *paper,
    uint32_t expected, struct store_putting *putting, struct err *err);

/* Several papers, all or none: *conflict is the first whose newest version is
 * not the expected one, and then none is kept (n: all are kept). */
struct store_paper_new {
	struct store_paper paper;
	uint32_t expected;
};
bool store_papers_put(struct store *store, const struct store_paper_new *list,
    size_t n, size_t *conflict, struct err *err);

/* Texts live until the callback returns. */
typedef bool store_each_paper(
    void *arg, const struct store_paper *paper, struct err *err);

/* The newest version of each paper of the kind, by id; of that id only when
 * it is not NULL. */
bool store_papers(struct store *store, const char *kind, const char *id,
    store_each_paper *each, void *arg, struct err *err);
/* Every version, by id and version. */
bool store_papers_history(struct store *store, const char *kind, const char *id,
    store_each_paper *each, void *arg, struct err *err);

#endif
