/*
 * A figure in plain words, and the notes that it needs to be read rightly.
 */
#ifndef HEARTH_SERVICE_SENTENCE_H
#define HEARTH_SERVICE_SENTENCE_H

#include "service/context.h"
#include "service/scope.h"

struct sentence {
	struct context *context;
	const struct scope *scope;
	const struct figure *figure; /* the total */
	bool ripe;
};

/* One or two sentences, from the arena. */
const char *sentence_text(const struct sentence *s);
/* Writes the notes into the array that is open. */
void sentence_footnotes(const struct sentence *s);

#endif
