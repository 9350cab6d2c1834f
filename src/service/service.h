/*
 * The central service without its sockets: a request goes in, an answer comes
 * out. The daemon, the contract tests and the screen tests all ask this one
 * function, so that what is tested is what is served.
 *
 * A struct service may be asked from several threads at once. It owns the
 * store, the definitions, the snapshots that are in use and the results it
 * remembers. A new generation that is published meanwhile is noticed by the
 * next request; the old one stays until its last request has ended.
 */
#ifndef HEARTH_SERVICE_SERVICE_H
#define HEARTH_SERVICE_SERVICE_H

#include <stdbool.h>
#include <stddef.h>

#include "base/buf.h"
#include "base/err.h"

#define SERVICE_MAX_BODY 65536
#define SERVICE_TAG 24
#define SERVICE_HEADLINES "p1,p2,p3,p4-r4,p5,c1.1,pp-2,cm-1"
#define SERVICE_DEFINITIONS PKGDATADIR "/measures"

struct service_options {
	const char *store;	 /* a folder, or a store's URL */
	const char *definitions; /* folder of measures; NULL: the installed */
	const char *providers;	 /* file of census rules; NULL: built in */
	const char *instruments; /* folder of instruments; NULL: the same */
	const char *audit;	 /* file of looks at children, appended to */
	const char *headlines;	 /* the board's measures; NULL: the default */
	int refresh_days; /* how often data are agreed to come; 0: never */
	bool recalls; /* keeps the opening board's figures for the next run */
	bool keeps;   /* and its answer (kept.h) */
	size_t cache_bytes;	  /* for results; 0: the default, 64 MiB */
	const char *review_due;	  /* dated months (poms/plan.h); NULL: 12 */
	int review_month;	  /* a contract year begins; 0: July */
	const char *signing_key;  /* file of the packets' key; NULL: none */
	const char *recovery_key; /* file of the office's, public; NULL */
	int packet_days;	  /* how long a packet may be taken; 0: 120 */
};

/* Who asks, as the door that let the request in found out. */
enum who_kind {
	WHO_NOBODY, /* not signed in */
	WHO_LOCAL,  /* the user on whose machine the service runs */
};

struct who {
	enum who_kind kind;
	const char *name; /* for the audit; borrowed while the request runs */
};

struct request {
	const char *method;
	const char *path;  /* still encoded, without the query */
	const char *query; /* still encoded, without the ?; may be NULL */
	const char *body;  /* may be NULL */
	size_t body_len;
	const char *known; /* If-None-Match; may be NULL */
	struct who who;
};

struct answer {
	int status;
	enum err_code code;    /* ERR_NONE, or why it was refused */
	const char *type;      /* media type; static */
	char tag[SERVICE_TAG]; /* ETag with its quotes, "" when none */
	struct buf body;       /* the caller's: answer_free() */
	struct err fault;      /* of a refusal, for the log: as it happened */
	unsigned asked;	       /* questions put to rights.h, for tests */
};

struct service;

/* Opens the store and reads the definitions. A store without a generation is
 * no error: figures then answer ERR_NO_DATA until one is published. */
bool service_open(struct service **svc, const struct service_options *options,
    struct err *err);
/* Always fills the answer, of a refusal too; never fails otherwise. */
void service_answer(
    struct service *svc, const struct request *request, struct answer *answer);
/* No request may be running any more. */
void service_close(struct service *svc);

/* The answer of a refusal that the door itself makes (too large, stopping),
 * in the same shape as all others. */
void answer_refuse(struct answer *answer, const struct err *err);
void answer_free(struct answer *answer);

#endif
