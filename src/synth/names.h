/* Invented names of persons and agencies. */
#ifndef HEARTH_SYNTH_NAMES_H
#define HEARTH_SYNTH_NAMES_H

#include "base/rng.h"

const char *names_given(struct rng *r, int sex);
const char *names_family(struct rng *r);
/* The name of the n-th private agency, the n-th office of a county. */
const char *names_agency(unsigned n);
extern const unsigned names_agencies;
const char *names_quarter(unsigned n);

#endif
