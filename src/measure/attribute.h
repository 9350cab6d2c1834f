/*
 * Inside of this room: the values of the attributes of proto/words.def for a
 * subject's row on a day. What the subject does not have is not given.
 */
#ifndef HEARTH_MEASURE_ATTRIBUTE_H
#define HEARTH_MEASURE_ATTRIBUTE_H

#include "facts/facts.h"
#include "measure/measure.h"
#include "measure/over.h"
#include "proto/words.h"

/* A row on a day, and what is known by as_of. */
struct attribute_of {
	const struct facts *facts;
	enum over over; /* 0: a removal */
	uint32_t row, path;
	int32_t day, as_of;
	const struct measures *measures; /* its clocks; NULL: none known */
};

/* Whether the value of every row of the subject follows from its path alone:
 * of a place, of who works there, and of what the subject does not have. */
bool attribute_is_of_path(enum over over, enum attribute a);
/* A code of the attribute's vocabulary, 0 when not given; of a level the
 * node at that level. Of several values the first. */
uint32_t attribute_value(const struct attribute_of *of, enum attribute a);
/* All values, at least one; how many. */
#define ATTRIBUTE_VALUES 32
int attribute_values(const struct attribute_of *of, enum attribute a,
    uint32_t list[static ATTRIBUTE_VALUES]);
/* Whether the value is one of them. */
bool attribute_has(
    const struct attribute_of *of, enum attribute a, uint32_t value);
/* How many values it can have: nodes, or codes and one for "not given". */
uint32_t attribute_domain(const struct facts *facts, enum attribute a);

#endif
