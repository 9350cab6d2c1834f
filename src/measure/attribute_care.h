/*
 * Inside of this room: attributes of a child in care that ask for more than a
 * column: how long the stay is, why it began, the child's siblings, and how
 * far it is from what its clocks make due. Each is a code of the vocabulary
 * that words.def names, for a row of removals on the day.
 */
#ifndef HEARTH_MEASURE_ATTRIBUTE_CARE_H
#define HEARTH_MEASURE_ATTRIBUTE_CARE_H

#include "measure/attribute.h"

uint32_t stay_band(const struct attribute_of *of, uint32_t row);
/* The first of several. */
uint32_t first_reason(const struct attribute_of *of, uint32_t row);
uint32_t siblings_in_care(const struct attribute_of *of, uint32_t row);
uint32_t siblings_together(const struct attribute_of *of, uint32_t row);
uint32_t pprt_countdown(const struct attribute_of *of, uint32_t row);
uint32_t tpr_countdown(const struct attribute_of *of, uint32_t row);
/* To an adoption or to another permanent home, by the child's goal. */
uint32_t permanency_countdown(const struct attribute_of *of, uint32_t row);
uint32_t free_countdown(const struct attribute_of *of, uint32_t row);
uint32_t visit_countdown(const struct attribute_of *of, uint32_t row);

#endif
