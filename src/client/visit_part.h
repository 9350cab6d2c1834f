/* Inside of visit*.c: a review on this machine. */
#ifndef HEARTH_CLIENT_VISIT_PART_H
#define HEARTH_CLIENT_VISIT_PART_H

#include "client/visit.h"

struct visit {
	struct folder *folder;
	struct journal *journal;
	struct instrument *in;
	struct review *review;
	struct arena arena; /* texts of replayed events */
	char *who;
	struct attached *files; /* of this review, as last read */
	size_t files_n, files_cap;
	bool files_read;
	struct news *news; /* as last read; NULL: not yet */
	char found[300];
};

#endif
