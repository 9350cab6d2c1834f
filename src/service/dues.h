/*
 * What the office itself owes and waits for, as dated duties beside those of
 * children: corrective action plans, by the clock of the stage each is in, and
 * reviews of providers that are planned and not in. Their rows, buckets and
 * clock look like every countdown's (shape_duty.h). At the root all of them; at
 * a unit below those of the asker, as monitor or co-monitor, since providers
 * belong to no unit; with "monitor" those of that one, wherever.
 */
#ifndef HEARTH_SERVICE_DUES_H
#define HEARTH_SERVICE_DUES_H

#include "proto/codes.h"
#include "proto/resources.h"
#include "service/context.h"

/* The clocks of CODES_CLOCKS that are not of children. */
#define DUES_FIRST CLOCKS_CAP
#define DUES_END CLOCKS_END

_Static_assert((int)DUES_FIRST == (int)CLOCK_END,
    "a clock of children has one code in both vocabularies");

struct due {
	struct api_duty api;
	const char *why[3];
	int why_n;
	int bucket; /* BUCKET_... */
};

struct dues {
	struct due *rows; /* what is most pressing first, what is done last */
	size_t n;
	int64_t counts[BUCKET_END];
};

/* Those of the clock at the unit; everything lives as long as the request.
 * named: with the names that the import knows of providers, which takes
 * longer. */
struct dues_ask {
	int clock;
	uint32_t at; /* FACTS_NO_ROW: nothing was imported */
	bool named;
};
/* The answer of GET /v1/countdown for such a clock. */
bool dues_countdown(struct context *c, int clock);

#endif
