/*
 * The numbers the invented state is drawn from, each with its source; all
 * plain integers, so that every machine draws the same state. Shares are
 * weights (they need not sum to anything); rates are per million.
 */
#ifndef HEARTH_SYNTH_TABLES_H
#define HEARTH_SYNTH_TABLES_H

#include <stddef.h>
#include <stdint.h>

#include "base/rng.h"
#include "proto/codes.h"

/* The size that all yearly counts are for: children in care at the end. */
#define TABLES_SIZE 13000

/* One federal fiscal year of the state. */
struct year {
	int ffy;
	uint32_t entries; /* removals, first and repeated */
	uint32_t pace;	  /* exits after a year in care, percent of 2021 */
	uint32_t kin;	  /* first placements with relatives, percent of 2021 */
};

/* The row for the year of that day; the first or last row outside. */
const struct year *tables_year(int32_t day);

/* Monthly chances of leaving care by month in care, per million. */
struct exits {
	int month; /* from this month in care on */
	uint32_t reunified, guardian, adopted, other;
};

const struct exits *tables_exits(int month);

/* Adoption by age in years, percent of the table above. */
uint32_t tables_adoptable(int age);

/* Moves by day in care: chance per million and day. */
uint32_t tables_moves(int day);

enum age_group { AGE_SMALL, AGE_SCHOOL, AGE_YOUTH, AGE_GROUPS };

extern const uint32_t entry_ages[18];
extern const uint32_t family_sizes[6];
extern const uint32_t first_settings[AGE_GROUPS][SETTING_END - 1];
extern const uint32_t next_settings[AGE_GROUPS][SETTING_END - 1];
extern const uint32_t free_months[18]; /* TPR to adoption, months */

/* A time away from a home, after which the child comes back to it, or, with
 * the last chance, to another one. */
struct absence {
	uint8_t setting, asked;
	uint32_t chance[AGE_GROUPS];
	uint8_t least, most; /* days */
	uint32_t elsewhere;  /* per million */
};

extern const struct absence absences[];
extern const size_t absences_n;

struct reason {
	uint32_t bit;	/* REASON_... */
	uint32_t share; /* of entries, per million */
	uint8_t youngest, oldest;
};

extern const struct reason removal_reasons[];
extern const size_t removal_reasons_n;

struct race {
	uint32_t bits; /* of RACE_... */
	uint8_t hispanic;
	uint32_t weight;
};

extern const struct race races[];
extern const size_t races_n;

#endif
