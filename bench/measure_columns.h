/* Which columns a fresh figure by county reads, for the yardstick. */
#ifndef HEARTH_BENCH_MEASURE_COLUMNS_H
#define HEARTH_BENCH_MEASURE_COLUMNS_H

#include <stdbool.h>

#include "facts/facts.h"
#include "measure/measure.h"

/* Marks those that the measure's rules name or load, those that its functions
 * look into, and those that tell whose row it is and who answers for it. */
void measure_columns(const struct measure *m, bool reads[static FACTS_COLUMNS]);

#endif
