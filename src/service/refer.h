/*
 * A figure's reference code (proto/refcode.h), and what a code stands for in
 * the data that are here. Whoever writes figures gives their code beside
 * them; GET /v1/ref goes the other way.
 */
#ifndef HEARTH_SERVICE_REFER_H
#define HEARTH_SERVICE_REFER_H

#include "measure/measure.h"
#include "measure/result.h"
#include "proto/refcode.h"
#include "service/context.h"

struct refer {
	enum refcode_kind kind;
	/* "p1", "clock:pprt", a rule of quality, a feed; NULL: none, all */
	const char *subject;
	const char *version;		     /* of its definition; NULL: none */
	const struct measure_period *period; /* NULL: a day only */
	int32_t as_of;
	const struct query *query;
	int view;  /* MEMBERS_ or BUCKET_ code; 0: none */
	int trend; /* windows; 0: none */
	/* Of a comparison, the earlier side; 0 and NULL where it has none. */
	bool compares;
	const char *other_version;
	uint32_t other_generation;
	int32_t other_as_of;
	const struct peer_set *peers; /* of a comparison of units, or NULL */
};

/* "ref": the code of a figure of the snapshot that is looked at. */
void refer_member(struct context *c, const struct refer *r);

/* The codes of an answer's figures, which differ in place, filters and period
 * only; of r its query and period do not count. In the arena. */
struct refer_many *refer_many_new(struct context *c, const struct refer *r);
/* NULL when there is no code for it. From the arena. */
const char *refer_code(struct refer_many *m, const struct query *q,
    const struct measure_period *period);
/* Both in one. */
const char *refer_row_code(struct refer_many *m, const struct query *q,
    const uint32_t *key, const struct measure_period *period);

/* The version of a rule of quality or of a feed's limit on a day, or with NULL
 * of all of them. */
const char *refer_rules(struct context *c, enum refcode_kind kind,
    const char *subject, int32_t day);

/* What hashes stand for; NULL, FACTS_NO_ROW, ATTRIBUTES and -1 when it is not
 * here (any more). */
const char *refer_subject(const struct context *c, const struct refcode *r);
const char *refer_version(
    const struct context *c, const struct refcode *r, const char *subject);
/* hash of a version of the other side. */
const char *refer_version_of(const struct context *c, const struct refcode *r,
    const char *subject, uint32_t hash);
uint32_t refer_node(
    const struct facts *facts, const struct refcode *r, uint32_t hash);
enum attribute refer_attribute(const struct refcode *r, uint32_t hash);
int refer_value(const struct refcode *r, enum attribute a, uint32_t hash);
/* The entry of a set of peers; the set's name, whatever has become of it. */
const struct peer_set *refer_peers(
    const struct context *c, const struct refcode *r);
const char *refer_peers_name(const struct context *c, const struct refcode *r);
/* The mark by which a generation is told from one of another store. */
uint32_t refer_mark(const struct facts_about *about);

#endif
