/*
 * A contract year at the office: the store of willow.h (P7 has eight children,
 * N1 to N8, and four who left, Q1 to Q4; six of the eight are drawn, three of
 * the four, and five of the seven staff; P1, P4 and P5 have no agreement, P3 is
 * run by P4, and P8 closed in 2018), a key that signs packets, and answers held
 * against etc/openapi.json.
 */
#ifndef HEARTH_TESTS_YEAR_H
#define HEARTH_TESTS_YEAR_H

#include <cJSON.h>

#include "contract/fixture.h"
#include "contract/willow.h"
#include "poms/review.h"
#include "proto/bundle.h"

#define CONTRACT "/v1/contracts/C-1"
#define PLAN "/v1/plans/C-1-2024"
#define YEAR "/v1/plans?year=2024&as_of=2024-10-01"
#define DRAW "/v1/plans/C-1-2024/draw"
#define PACKET "/v1/packets/0a0b0c"
#define ISSUE "{\"version\":0,\"review\":\"C-1-2024\",\"user\":\"mk\"}"

extern struct fixture year;
extern uint8_t year_key[BUNDLE_PUBLIC]; /* of the packets' signature */

/* A checked fixture's two ends. */
void year_open(void);
/* The same, other files of the data edited as well; at most ten. */
void year_open_with(const struct fixture_edit *more, size_t n);
void year_close(void);

/* Asks, or puts a body; the answer must be of that status. */
cJSON *year_answer(const char *target, const char *body, int status);
cJSON *year_get(const char *target);
void year_put_ok(const char *target, const char *body);
/* Refused with that status; the field that is wrong, "" for none. */
void year_refused(
    const char *target, const char *body, int status, const char *field);
/* A check as in *.vt. */
void year_holds(const cJSON *tree, const char *check);
/* How often the audit has that. */
int year_looks(const char *text);

/* Agreement, sample and packet of C-1-2024. */
void year_issue(void);
/* A packet's bytes, as a laptop gets them. */
void year_fetch(const char *packet, struct buf *out);
/* The review as a laptop begins it. */
struct review *year_begin(const struct bundle *b, struct instrument **in);
/* The same of a packet that was issued. */
struct review *year_fetched(const char *packet, struct instrument **in);
/* What case data say to a question; "" for nothing. */
const char *year_fed(const struct review *r, int unit, const char *question);

#endif
