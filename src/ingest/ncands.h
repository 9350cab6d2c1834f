/*
 * The NCANDS Child File: one record of 312, 336 or 338 characters per child
 * and report. A file becomes raw records; victims.h makes reports and their
 * children of all records of a child.
 */
#ifndef HEARTH_INGEST_NCANDS_H
#define HEARTH_INGEST_NCANDS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/date.h"
#include "ingest/bytes.h"
#include "ingest/intake.h"

#define NC_WIDTH 338 /* the longest; shorter records end in blanks */
#define NC_HEAD 4    /* the line, before a raw record's text */

enum nc {
#define FIELD(id, start, width, type) NC_##id,
#include "ingest/ncands.def"
#undef FIELD
	NC_COUNT
};

enum nc_type { NC_NUMBER, NC_DATE, NC_TIME, NC_ID };

struct nc_field {
	const char *name;
	int start; /* from 0 */
	int width;
	enum nc_type type;
};

extern const struct nc_field nc_fields[NC_COUNT];

/* Decoded: numbers, days, minutes of the day; DATE_MISSING for what is blank
 * or not valid. */
struct nc_record {
	int32_t v[NC_COUNT];
	uint64_t bad;
};

void nc_decode(struct nc_record *r, const char text[NC_WIDTH]);
/* An id's bytes without blanks around it; borrowed from text. */
const char *nc_id(const char text[NC_WIDTH], enum nc field, size_t *len);

/* The level that decides of a record's maltreatments (1 before 2 and so on),
 * DATE_MISSING when none has one; and whether the child is a victim: a level
 * of 1 or 2, or a death. */
int32_t nc_level(const struct nc_record *r);
bool nc_victim(const struct nc_record *r);

void nc_check(const struct nc_record *r,
    void (*failed)(void *arg, const char *rule), void *arg);

bool ncands_probe(const char *s, size_t len);
/* The year of the first record. */
int32_t ncands_period(const char *s, size_t len);
bool ncands_read(struct intake *in, struct bytes *b, struct err *err);

#endif
