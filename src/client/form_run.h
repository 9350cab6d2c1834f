/*
 * A review on this process's terminal, until the person leaves it or the
 * terminal goes. Everything is kept at every moment; leaving only closes.
 */
#ifndef HEARTH_CLIENT_FORM_RUN_H
#define HEARTH_CLIENT_FORM_RUN_H

#include <stdio.h>

#include "client/settings.h"
#include "client/visit.h"

struct form_run {
	struct visit *visit;
	struct folder *folder;
	const char *who;
	const struct settings *settings;
	int idle_minutes; /* until the lock; 0: none */
};

/* The screen. Returns the exit status; *err why it could not be opened. */
int form_run(const struct form_run *conf, struct err *err);
/* The same questions line by line, on streams. */
int form_plain(const struct form_run *conf, FILE *in, FILE *out);

/* What two devices answered differently, one after the other, side by side, on
 * streams. Returns how many are still open. */
int form_settle(const struct form_run *conf, FILE *in, FILE *out);

#endif
