/*
 * The record's chain as the service has it, where another device was first.
 * The folder's sealed files are that chain: what another device sealed stands
 * under its number like one of ours, in the state "theirs", and the next seal
 * follows it. A revision of ours that the service did not take goes to the
 * trash; every answer in it stands in the journal anyway.
 *
 * Order on disk: what was taken over (the caller's events), the journal's line
 * that names their newest, then the files, upwards, each before its state: as
 * long as one is missing it is asked for and done once more, which changes
 * nothing.
 */
#ifndef HEARTH_JOURNAL_CHAIN_H
#define HEARTH_JOURNAL_CHAIN_H

#include "journal/seal.h"

/* A revision as the service gave it. */
struct chain_link {
	uint32_t revision;
	char hash[REVISION_HASH];
	bool refused; /* the service keeps its hash only; body is empty */
	char by[64];
	const void *body; /* borrowed */
	size_t len;
};

/* The newest revision of ours or theirs that the service is known to have;
 * revision 0: none. */
bool chain_known(struct seal *out, struct folder *folder, const uint8_t *record,
    struct err *err);
/* Whether links follow one another, and the first of them what is known, each
 * with the hash it says. ERR_CORRUPT, with the number. */
bool chain_check(const struct seal *known, const struct chain_link *links,
    size_t n, struct err *err);
/* Makes them the chain. same: what stands here is what stands in the newest,
 * so that nothing waits to be sealed. */
bool chain_follow(struct folder *folder, struct journal *j,
    const struct chain_link *links, size_t n, bool same, struct err *err);

#endif
