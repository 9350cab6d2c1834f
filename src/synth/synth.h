/*
 * An invented state: an extract, and the same histories as AFCARS 1993 files,
 * AFCARS 2020 XML and NCANDS Child Files. For a seed the files are the same,
 * byte for byte, on every machine: integers only, a stream of random numbers
 * for each family, one order of output whatever the threads did.
 */
#ifndef HEARTH_SYNTH_SYNTH_H
#define HEARTH_SYNTH_SYNTH_H

#include <stdbool.h>
#include <stdint.h>

#include "base/err.h"

enum synth_part {
	SYNTH_EXTRACT = 1,
	SYNTH_AFCARS1993 = 2,
	SYNTH_AFCARS2020 = 4,
	SYNTH_NCANDS = 8,
	SYNTH_ALL = 15,
};

struct synth_options {
	const char *out; /* folder of the extract, made when absent */
	uint64_t seed;
	int32_t through; /* day number; the data-through date */
	int years;	 /* federal fiscal years, the one of through included */
	int children;	 /* in care on the data-through date, about */
	unsigned parts;	 /* of enum synth_part */
	int threads;	 /* 0: as many as there are processors */
	/* Called now and then from one thread, done out of total; may be NULL.
	 */
	void (*progress)(void *arg, uint32_t done, uint32_t total);
	void *arg;
};

/* Missouri's size, 18 years, through 2026-09-30, seed 1, everything. */
void synth_defaults(struct synth_options *o);

/* Writes the extract into OUT, and OUT/federal/afcars1993-2013A.txt,
 * afcars2020-2023A.xml, ncands-2013.txt and so on beside it. Files of the
 * same names are replaced; the manifest is written last. */
bool synth_write(const struct synth_options *o, struct err *err);

#endif
