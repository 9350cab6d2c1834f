/*
 * What people write on the service, for its handlers: a body is read by its
 * table (proto/body.h), kept as the next version of a paper (store/papers.h),
 * and answered with its version. When somebody wrote in between, the refusal
 * carries theirs.
 */
#ifndef HEARTH_SERVICE_PAPERS_H
#define HEARTH_SERVICE_PAPERS_H

#include "proto/body.h"
#include "service/context.h"
#include "service/shelf.h"

/* The kinds of papers, each with its owner's bodies. */
#define PAPER_CONTRACT "contract"
#define PAPER_PLAN "plan"
#define PAPER_DRAW "draw"
#define PAPER_PIN \
	"sample-pin" /* id: the review; a packet or a change of its sample */
#define PAPER_PACKET "packet"
#define PAPER_BYTES "packet-bytes"
#define PAPER_HOLDER "packet-holder" /* id: REVIEW/USER; of whom has one */
#define PAPER_CLAIM "claim"
#define PAPER_SCORECARD "scorecard"
#define PAPER_RATES "rates" /* of the scorecard of the same id */
#define PAPER_CAP "cap"
#define PAPER_PROPOSAL "proposal"
#define PAPER_EXTENDED "hold-extended" /* id: the hold's proposal; by which */
#define PAPER_REVIEW_STATE "review-state" /* id: the record */
#define PAPER_RELEASE "review-release"	  /* id: RECORD.REVISION */
#define PAPER_INSTRUMENT "instrument"

/* Milliseconds since 1970, by this machine's clock. */
int64_t papers_now(void);

/* The request's body, by its table; the tree lives as long as the request.
 * NULL: refused, with the field that is wrong. */
cJSON *papers_body(struct context *c, enum body body);

/* Refuses because of a field that its table allows, for the reason in words;
 * hint may be NULL. Always false. */
bool papers_refuse(
    struct context *c, const char *field, const char *why, const char *hint);

/* Keeps the body that papers_body() read as the next version of the paper.
 * ERR_CONFLICT with theirs when its "version" is not the newest. */
bool papers_keep(struct context *c, const char *kind, const char *id,
    enum body body, const cJSON *tree);
/* The same for a text that the service made (JSON). */
bool papers_keep_text(struct context *c, const char *kind, const char *id,
    uint32_t expected, const struct buf *text);

/* A paper, its body parsed; both live as long as the request. */
struct paper {
	const char *id, *by;
	uint32_t version;
	int64_t at_ms;
	const char *text;
	const cJSON *body;
};
struct papers {
	struct paper *list; /* by id, a history by version */
	size_t n;
};

/* Those of a kind, their newest versions or all; id NULL: of all ids. A body
 * that is no JSON is ERR_CORRUPT. */
bool papers_read(
    struct context *c, const struct shelf_ask *ask, struct papers *papers);
/* The newest version of one paper; NULL and no error when there is none. */
bool papers_one(struct context *c, const char *kind, const char *id,
    const struct paper **paper);
/* The one of that id, or NULL. */
const struct paper *papers_find(const struct papers *papers, const char *id);

/* The members id, version, at, by. */
void papers_head(struct json *j, const struct paper *paper);

#endif
