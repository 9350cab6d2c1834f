/* What form.c shares with the other files of the form (private to it). */
#ifndef HEARTH_CLIENT_FORM_PART_H
#define HEARTH_CLIENT_FORM_PART_H

#include "client/form.h"

struct stamp form_stamp(const struct form *f);
/* Keeps the change durably, then applies it; c is freed. False: not kept. */
bool form_commit(struct form *f, struct change *c);
/* Says why nothing was done, and frees c; false. */
bool form_refused(struct form *f, struct change *c, const struct err *err);
/* Answers the question one is at with a value; its reason stays. */
bool form_put_value(struct form *f, const char *value);

#endif
