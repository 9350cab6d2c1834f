/*
 * What became of reviews at the office, by the words of hearth review that ask
 * the service: office, show, scorecard, findings, why, rescore, and letter
 * with --office.
 */
#ifndef HEARTH_CLIENT_RESULTS_H
#define HEARTH_CLIENT_RESULTS_H

#include "client/call.h"

/* Whether the call is one of these. */
bool results_asked(const struct call *call);
bool results_ask(struct call *call, struct err *err);
/* Adds what the answer holds of them; false: nothing, it is another word's. */
bool results_show(struct doc *doc, const cJSON *answer);

#endif
