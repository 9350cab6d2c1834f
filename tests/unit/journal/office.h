/*
 * An office for tests: what a service must do with revisions (exactly once by
 * id and hash, in order, a receipt again for the same), as plain as can be,
 * and every way in which answers go wrong on their way.
 */
#ifndef HEARTH_TESTS_JOURNAL_OFFICE_H
#define HEARTH_TESTS_JOURNAL_OFFICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "journal/outbox.h"

enum office_fault {
	OFFICE_WELL,
	OFFICE_DEAD,	    /* no connection; nothing was taken in */
	OFFICE_TAKES_DROPS, /* takes it in, then the line drops */
	OFFICE_HALF,	    /* takes it in, half of the receipt comes */
	OFFICE_PORTAL,	    /* 200 and a sign-in page */
	OFFICE_EMPTY,	    /* 204 of a proxy */
	OFFICE_LATER,	    /* 202, not applied until asked again */
	OFFICE_OTHERS,	    /* somebody else's receipt */
	OFFICE_BUSY,	    /* 503 */
	OFFICE_FAULT,	    /* 500 */
	OFFICE_FAULTS
};

struct office_row {
	char record[REVISION_ID], hash[REVISION_HASH];
	uint32_t revision;
	bool applied, refused;
	unsigned arrivals;
};

struct office {
	struct office_row rows[64];
	size_t n;
	unsigned requests;
	/* A revision that is always answered so, in words; 0: none. */
	uint32_t odd_revision;
	int odd_status;
	const char *odd_code;
};

/* Answers one PUT of a revision's body. The text is put into *body; false: no
 * answer comes. *half: only half of it does. */
bool office_put(struct office *office, enum office_fault fault, const void *p,
    size_t n, int *status, struct buf *body, bool *half);
const struct office_row *office_row(
    const struct office *office, const char *record, uint32_t revision);

#endif
