/* The office that reviews of the field come to: a store without an extract, its
 * answers held against etc/openapi.json, and reviews that are filled in, sealed
 * and sent to it. */
#ifndef HEARTH_TESTS_OFFICE_H
#define HEARTH_TESTS_OFFICE_H

#include <cJSON.h>

#include "contract/fixture.h"
#include "unit/poms/rig.h"

extern struct fixture office;

/* A checked fixture's two ends. */
void office_open(void);
void office_close(void);

/* Asks, or puts a body; the answer must be of that status (0: any). */
cJSON *office_ask(const char *target, const char *body, int status);
cJSON *office_get(const char *target);
/* Writes a paper; a refusal must name that field (NULL: any). */
void office_put(
    const char *target, const char *body, int status, const char *field);
/* A plan of action's body; n is the version that was seen. */
#define OFFICE_PLAN(n, more)                                           \
	"{\"version\":" #n ",\"provider\":\"PV1\",\"source\":\"ccl\"," \
	"\"notice\":\"2012-03-01\"" more "}"
/* A member of the error that was answered. */
const char *office_error(const cJSON *answer, const char *key);
/* The object of a list whose member says so. */
const cJSON *office_find(
    const cJSON *answer, const char *list, const char *key, const char *value);
/* A member, -1 when it is no number. */
int64_t office_number(const cJSON *o, const char *key);

#define HEAD "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

struct field {
	struct rig g;
	char record[33], previous[65];
	uint32_t revision;
	bool other_instrument;
};

/* An annual review of a group home; n names provider, review and record. */
void field_begin(struct field *d, int n, int year);
/* n children of it, drawn: CC/1 and on. */
void field_children(struct rig *g, int n);
/* Whether a child was asked in private if it feels safe; "": not asked. */
void field_asked_safe(
    struct rig *g, int child, const char *day, const char *night);
/* Seals what stands there, as the next revision's bytes. */
void field_seal(struct field *d, struct buf *body);
/* The same, sent; what became of scoring it: the caller frees. */
char *field_send_for(struct field *d, int status);
char *field_send_it(struct field *d);
/* The same where it must be scored. */
void field_send(struct field *d);
/* The scorecard of an edition, 0: the newest. */
cJSON *field_card(const struct field *d, int edition);

#endif
