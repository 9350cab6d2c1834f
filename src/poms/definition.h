/* Inside of this room: an instrument with its tables. */
#ifndef HEARTH_POMS_DEFINITION_H
#define HEARTH_POMS_DEFINITION_H

#include "base/buf.h"
#include "poms/depend.h"
#include "poms/instrument.h"

/* Days that do not count, from..to; one bit a day. */
struct calendar {
	const char *id;
	const char *certainty; /* "verified", "recalled", "design" */
	int32_t from, to;      /* reach; from > to: there is no calendar */
	uint8_t *closed;
};

enum known {
#define KNOWN(id, question) KNOWN_##id,
#include "poms/known.def"
#undef KNOWN
	KNOWNS
};

struct instrument {
	struct arena arena;
	struct instrument_about about;
	const char *file;
	struct section *sections;
	int sections_n;
	struct question *questions;
	int questions_n;
	int *by_id; /* questions in order of id */
	int *slots[UNITS];
	int slots_n[UNITS];
	struct area *areas;
	int areas_n;
	struct indicator *indicators;
	int indicators_n;
	struct check *checks;
	int checks_n;
	struct deadline *deadlines;
	int deadlines_n;
	struct limit *limits;
	int limits_n;
	struct benchmark *benchmarks;
	int benchmarks_n;
	struct sample_rule sample;
	struct calendar calendars[DAYS_SCHOOL + 1];
	int known[KNOWNS]; /* indexes of questions; -1: it has none */
	struct depend depend;
};

#endif
