/* What form.c shares with form_sample.c (private to the form). */
#ifndef HEARTH_CLIENT_FORM_PART_H
#define HEARTH_CLIENT_FORM_PART_H

#include "client/form.h"

struct stamp form_stamp(const struct form *f);
/* Keeps the change durably, then applies it; c is freed. False: not kept. */
bool form_commit(struct form *f, struct change *c);
/* Says why nothing was done, and frees c; false. */
bool form_refused(struct form *f, struct change *c, const struct err *err);

#endif
