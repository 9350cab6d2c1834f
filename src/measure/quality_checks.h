/* Inside of this room: the checks of quality.def that no flag answers. */
#ifndef HEARTH_MEASURE_QUALITY_CHECKS_H
#define HEARTH_MEASURE_QUALITY_CHECKS_H

#include "measure/quality.h"

/* Children that look like another one, as bits by row of children. */
struct quality_look {
	const struct facts *facts;
	const struct quality_row *row;
	const uint64_t *twins;
};

typedef bool quality_check(const struct quality_look *l);

quality_check quality_no_goal, quality_no_setting, quality_no_worker,
    quality_no_sex, quality_no_race, quality_adopted_not_free,
    quality_duplicate;

/* Born on one day, of one sex where both are known, with names that are alike
 * but for case, accents and one letter, the first excepted; the caller frees.
 * Names that are not given make nobody a twin. */
uint64_t *quality_twins(const struct facts *facts);

#endif
