/* Writes the extract's rows. */
#ifndef HEARTH_SYNTH_EXTRACT_H
#define HEARTH_SYNTH_EXTRACT_H

#include "synth/caseload.h"
#include "synth/output.h"

/* Headers, and the tables that are not about families. */
void extract_begin(
    struct batch *b, const struct world *w, const struct org *org);
void extract_family(struct batch *b, const struct world *w,
    const struct caseload *c, const struct family *f);
/* Takes away the manifest of an older extract, before its files change. */
bool extract_unfinished(const struct world *w, struct err *err);
/* manifest.json, once all outputs are closed. */
bool extract_manifest(
    const struct outputs *o, const struct world *w, struct err *err);

#endif
