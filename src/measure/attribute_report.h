/*
 * Inside of this room: attributes of reports, of the children in them and of
 * in-home cases; each function tells the value at a row of its table. What was
 * not known by the as-of day is not given.
 */
#ifndef HEARTH_MEASURE_ATTRIBUTE_REPORT_H
#define HEARTH_MEASURE_ATTRIBUTE_REPORT_H

#include "measure/attribute.h"

uint32_t report_track(const struct attribute_of *of, uint32_t report);
uint32_t report_priority(const struct attribute_of *of, uint32_t report);
uint32_t report_conclusion(const struct attribute_of *of, uint32_t report);
uint32_t report_kind(const struct attribute_of *of, uint32_t report);
uint32_t victim_disposition(const struct attribute_of *of, uint32_t victim);
/* The first of the kinds, or of the perpetrators, where one must do. */
uint32_t victim_maltreatment(const struct attribute_of *of, uint32_t victim);
uint32_t victim_perpetrator(const struct attribute_of *of, uint32_t victim);
uint32_t case_risk(const struct attribute_of *of, uint32_t service);
uint32_t case_months(const struct attribute_of *of, uint32_t service);

#endif
