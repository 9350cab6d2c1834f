/* Inside of judged*.c: what the members of a judged figure share. */
#ifndef HEARTH_SERVICE_JUDGED_PART_H
#define HEARTH_SERVICE_JUDGED_PART_H

#include "service/judged.h"

/* A scaled value as text from the arena. */
const char *judged_text(
    const struct judged *j, const struct measure_about *a, int64_t v);
/* A figure's value as text from the arena, NULL when it has none. */
const char *judged_value(
    const struct judged *j, const struct measure *m, const struct figure *f);
/* "forecast" and "not_forecast". */
void judged_forecast(const struct judged *j);
/* "counterbalance", "change" and "warnings". */
void judged_counterbalance(const struct judged *j);

#endif
