/*
 * The roster of a packet: the units of a review, what is known of them, and
 * the answers that case data bring. It travels as JSON in the packet's part
 * "roster" and becomes the first events of the review's journal.
 *
 *   {"review": ID,
 *    "units": [{"kind": "CC", "key": K, "parent": KEY or absent,
 *               "facts": {"label": TEXT, "birth_date": DATE, ...}}, ...],
 *    "fed": [{"kind": "CC", "key": K, "question": "ED02", "value": TEXT or
 *             "state": "Y", "source": TEXT}, ...]}
 *
 * kind "AG" with key "" is the agency itself. A parent stands before its rows.
 */
#ifndef HEARTH_POMS_ROSTER_H
#define HEARTH_POMS_ROSTER_H

#include <stddef.h>

#include "poms/review.h"

#define ROSTER_PART "roster"
#define ROSTER_MAX (16u << 20) /* bytes */

/* The events that a roster stands for, sequences from 1; texts are the
 * change's. ERR_CORRUPT names what is wrong. */
bool roster_read(struct change *out, const char *text, size_t len,
    const struct stamp *stamp, struct err *err);

#endif
