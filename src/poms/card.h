/*
 * A scorecard as JSON, in the one form in which the service keeps and answers
 * it and the client shows it, whoever worked it out: the members of
 * proto/resources.def (scored, area_scored, element, finding ...). Texts stand
 * in both tongues, because the reader's is not known yet.
 */
#ifndef HEARTH_POMS_CARD_H
#define HEARTH_POMS_CARD_H

#include "base/json.h"
#include "poms/cap.h"
#include "poms/score.h"

/* Whose review it is and of which time, as its header and roster say. Texts
 * are borrowed from the review; "" and DATE_MISSING where nothing is known. */
struct card_about {
	const char *provider;	   /* its id; else its name */
	const char *provider_name; /* R01, else the label */
	const char *programme;	   /* "gh", "ffa" */
	const char *kind;	   /* "annual" ... */
	const char *lead;	   /* R10a */
	int contract_year;	   /* 0: not known */
	int32_t from, to, exit, notice;
	const char *proposed, *proposed_why; /* Z05 */
};
struct card_about card_about(const struct review *r);

/* Writes the members "example", "indicators", "areas", "elements",
 * "findings", "open_findings", "citations", "sites", "incidents",
 * "discharges", "interviews", "sample" and "counts" into the object that is
 * open. */
void card_write(
    struct json *j, const struct scorecard *c, const struct review *r);
/* Suppresses what would tell by subtraction: where an earlier version of the
 * scorecard (its "interviews") showed a question answered by one or two
 * children fewer or more, the difference would be theirs alone. */
void card_guard(
    struct scorecard *c, const struct review *r, const cJSON *earlier);
/* "plans": the review's plans with their clocks, as of that day. */
void card_plans(struct json *j, const struct review *r, int32_t today);
/* "overrides": answers that stand instead of what case data brought, with
 * both values, the source and the reason; units by kind and key. */
void card_overrides(struct json *j, const struct review *r);
/* "made_of": of each element the answers that it counts, of each indicator the
 * rows or the counts that it is made of. Units are named by kind and key,
 * never by name; of interviews there is none. */
void card_why(
    struct json *j, const struct scorecard *c, const struct review *r);
/* "rates": an object of indicator: [known, num, den, pending, undetermined,
 * missing, standard (-1: none), verdict], short enough to lay all providers
 * side by side. */
void card_rates(
    struct json *j, const struct scorecard *c, const struct review *r);
/* Reads one of them back; known false, verdict NULL when it is not there. */
struct rate card_rate(const cJSON *rates, const char *indicator, int *standard,
    const char **verdict);
/* A plan of action as the resource that routes and screens show; texts are
 * borrowed from cap, label and source. */
struct api_plan card_plan(const struct cap *cap, const struct cap_clock *clock);

#endif
