/* Inside of packing*.c: a roster's units and fed answers as JSON. */
#ifndef HEARTH_SERVICE_PACKING_PART_H
#define HEARTH_SERVICE_PACKING_PART_H

#include "service/packing.h"

/* --- units (packing_write.c) --- */

void packing_unit(
    struct json *j, enum unit kind, const char *key, const char *parent);
void packing_unit_end(struct json *j);
/* Of the unit that was begun; a fact that is not known is left out. */
void packing_fact(struct json *j, enum fact f, const char *text);
void packing_fact_day(struct json *j, enum fact f, int32_t day);

/* --- fed answers (packing_write.c) --- */

struct feeding {
	const struct packing *p;
	struct json *j;
	const char *source;
};

/* An answer of the question, when the instrument has it and, of a choice, the
 * option. */
void packing_feed(const struct feeding *f, enum unit unit, const char *key,
    const char *question, const char *value);
void packing_feed_day(const struct feeding *f, enum unit unit, const char *key,
    const char *question, int32_t day);
/* Minutes since 1970. */
void packing_feed_time(const struct feeding *f, enum unit unit, const char *key,
    const char *question, int32_t minute);
/* Yes or no, of a YESNO_ code; nothing otherwise. */
void packing_feed_yes(const struct feeding *f, enum unit unit, const char *key,
    const char *question, uint8_t yesno);

/* --- rows: allegations, citations, incidents (packing_rows.c) --- */

struct packing_row {
	enum unit unit;
	const char *key, *label;
	/* A row of reports, citations or incidents; which of the rows of their
	 * children are its. */
	uint32_t row;
	size_t first, end;
};

struct packing_rows {
	const struct packing *p;
	const struct census_roster *roster;
	struct packing_row *list; /* the request's arena */
	size_t n, cap;
	struct census_rows alleged, involved; /* by report, by incident */
	size_t incidents;		      /* of the period, chosen or not */
	const char *source[UNITS];
};

/* What the period brought, as far as the instrument asks for rows of it. */
void packing_rows_find(struct packing_rows *r, const struct packing *p,
    const struct census *census, const struct census_roster *roster);
void packing_rows_units(const struct packing_rows *r, struct json *j);
void packing_rows_feed(const struct packing_rows *r, struct json *j);

#endif
