/*
 * What a handler works with: one request, its checked parameters, the
 * snapshot it looks at and the answer it writes. Everything a handler
 * allocates comes from the arena or is held here, and ends with the answer,
 * so handlers have no paths for freeing.
 */
#ifndef HEARTH_SERVICE_CONTEXT_H
#define HEARTH_SERVICE_CONTEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/json.h"
#include "measure/measure.h"
#include "poms/plan.h"
#include "service/cache.h"
#include "service/params.h"
#include "service/service.h"
#include "service/snap.h"

struct audit;
struct shelf;
struct feed_flow;
struct held;
struct census_rules;
struct history;
struct instruments;
struct keeper;
struct signer;

struct service {
	struct snaps *snaps;
	struct measures *measures;
	struct history *history;
	struct cache *cache;
	struct audit *audit;
	struct shelf *shelf; /* what comes from the field */
	struct census_rules *census_rules;
	struct instruments *instruments;
	char *headlines;       /* ids of the board's measures, by commas */
	int refresh_days;      /* agreed; 0: nothing is */
	struct plan_rules due; /* when reviews are due */
	int year_month;	       /* in which a contract year begins */
	int packet_days;
	struct signer *signer; /* of packets; NULL: none are issued */
	struct keeper *keeper; /* of the opening board; NULL: nothing is kept */
	bool recalls;	       /* figures of an earlier run (recall.h) */
	uint32_t recalled;     /* the generation whose board was there */
};

struct context {
	struct service *svc;
	const struct request *request;
	enum api_route_id route;
	struct params params;
	struct arena arena;
	struct json json; /* into the answer's body */
	struct err err;
	int status;		       /* of the answer: 200 unless set */
	unsigned asked;		       /* questions put to rights.h */
	struct snap *snap;	       /* NULL until context_facts() */
	const struct facts *facts;     /* the snapshot's */
	struct held *held;	       /* what ends with the request */
	const char *theirs;	       /* of a conflict: their paper, JSON */
	const struct feed_flow *flows; /* withdrawn.h; NULL: not asked */
};

/* A handler writes the members of the answer's object and returns true, or
 * refuses; what it had written is then dropped. */
typedef bool (*handler)(struct context *c);

/* Takes the snapshot that the request asks for, once. */
bool context_facts(struct context *c);
/* The same where figures are only an addition: false, and no refusal. */
bool context_has_facts(struct context *c);
/* Takes the snapshot of a generation (0: the serving one) until the request
 * ends; param is what a refusal names. */
bool context_take(struct context *c, uint32_t generation,
    enum api_param_id param, struct snap **snap);
/* Looks at one of those from here on: c->snap and c->facts are it. */
void context_look(struct context *c, struct snap *snap);
/* Has something freed when the answer stands. */
void context_hold(struct context *c, void *data, void (*end)(void *data));
/* The remembered value of a key, or NULL; valid until the answer stands. */
void *context_cached(struct context *c, const char *key);
/* Remembers data of the snapshot under the key; returns what to use. */
void *context_remember(
    struct context *c, const char *key, const struct cache_value *value);

/* Refuses: sets the error and names the parameter and what to do instead
 * (both may be NULL). Always false. */
bool context_refuse(struct context *c, enum err_code code,
    enum api_param_id param, const char *hint);

static inline const struct param *
context_param(const struct context *c, enum api_param_id id)
{
	return &c->params.at[id];
}

/* A parameter's number or day, or what holds when it was not given. */
static inline int64_t
context_number(const struct context *c, enum api_param_id id, int64_t absent)
{
	return c->params.at[id].given ? c->params.at[id].n : absent;
}

/* A parameter's text, or NULL. */
static inline const char *
context_text(const struct context *c, enum api_param_id id)
{
	return c->params.at[id].given ? c->params.at[id].text : NULL;
}

void context_init(struct context *c, struct service *svc,
    const struct request *request, struct buf *body);
void context_fini(struct context *c);

#endif
