/*
 * What keeps a figure honest, on pages: bounds of missing data, the number
 * needed, the forecast, the counterbalance and its warnings, the limits in
 * force. One layout for report and compare.
 */
#ifndef HEARTH_CLIENT_JUDGED_H
#define HEARTH_CLIENT_JUDGED_H

#include <cJSON.h>

#include "client/doc.h"

/* "25.1-34.8", "" without an interval. */
const char *judged_interval(struct doc *doc, const cJSON *row);
/* "95 % interval": the heading of such a column. */
const char *judged_interval_title(struct doc *doc, const cJSON *answer);
/* A warning is the first thing to be read. */
void judged_warnings(struct doc *doc, const cJSON *answer);
/* The fields and the counterbalance. */
void judged_show(struct doc *doc, const cJSON *answer);
/* The limits, at the foot. */
void judged_limits(struct doc *doc, const cJSON *answer);
/* "below peers": the label of a verdict's word. */
const char *judged_verdict(struct doc *doc, const cJSON *row);

#endif
