/*
 * The rules by which providers are counted that no source settles, dated and
 * with their mark of certainty (etc/providers/census.cfg, hearth-census(5)):
 * which setting is how restrictive, how long an absence may last, whose request
 * the word of a placement tells.
 */
#ifndef HEARTH_CENSUS_RULES_H
#define HEARTH_CENSUS_RULES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/fault.h"
#include "proto/codes.h"

/* Of which move requested_by of a placement tells who asked for it. */
enum census_asked {
	CENSUS_ASKED_END,  /* the one that ended the placement */
	CENSUS_ASKED_START /* the one that began it */
};

/* What held from a day on. */
struct census_rule {
	int32_t from;
	int32_t absence_days; /* an absence up to that long ends no stay */
	int32_t reentry_months;
	enum census_asked asked;
	/* The higher, the more restrictive; by SETTING_..., and by the reason
	 * of a discharge (DISCHARGE_...). */
	int8_t setting[SETTING_END], discharge[DISCHARGE_END];
	const char *mark, *source; /* owned by the rules */
};

#define CENSUS_LEVEL_UNKNOWN 0	/* says nothing about where to */
#define CENSUS_LEVEL_NEVER (-1) /* no setting: never less restrictive */
#define CENSUS_LEVEL_MOST 99

#define CENSUS_RULES 16

struct census_rules {
	struct census_rule list[CENSUS_RULES]; /* by day, at least one */
	size_t n;
	struct arena arena; /* of mark and source */
};

/* What holds when no file is read: the same as the file that is shipped. */
void census_rules_init(struct census_rules *r);
/* Reads a file; every fault is told with file, line and column. */
bool census_rules_read(struct census_rules *r, const char *path,
    struct faults *faults, struct err *err);
bool census_rules_parse(struct census_rules *r, const char *path,
    const char *text, struct faults *faults);
void census_rules_fini(struct census_rules *r);
const struct census_rule *census_rule_on(
    const struct census_rules *r, int32_t day);

#endif
