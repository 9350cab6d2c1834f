/*
 * Allegations, citations and special incidents of the period (poms.md 1.4,
 * 1.6): a row each, with what case data tell of it. What they do not tell, or
 * in words that the instrument does not have, is left to the monitor.
 */
#include "service/packing_part.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "proto/codes.h"
#include "service/shape.h"

#define INCIDENTS_NEWEST 10 /* of those that are not always looked at */
#define KEY_MOST 60	    /* bytes of an id in a row's key */

static const struct facts *
facts_of(const struct packing_rows *r)
{
	return r->p->c->facts;
}

/* --- which rows ------------------------------------------------------ */

static bool
asks(const struct packing *p, enum unit unit)
{
	int n;

	instrument_slots(p->in, unit, &n);
	return n > 0;
}

static struct packing_row *
add(struct packing_rows *r, enum unit unit, const char *id, uint32_t row)
{
	struct arena *a = &r->p->c->arena;
	struct packing_row *list;

	if (r->n == r->cap) {
		r->cap = r->cap * 2 + 16;
		list = arena_alloc(a, r->cap * sizeof *list);
		if (r->n > 0)
			memcpy(list, r->list, r->n * sizeof *list);
		r->list = list;
	}
	r->list[r->n] = (struct packing_row){.unit = unit,
	    .key = arena_printf(a, "%.3s.%.*s", unit_word(unit), KEY_MOST, id),
	    .label = id,
	    .row = row};
	return &r->list[r->n++];
}

struct keyed {
	uint32_t of, row;
};

static int
keyed_order(const void *x, const void *y)
{
	const struct keyed *a = x, *b = y;

	if (a->of != b->of)
		return a->of < b->of ? -1 : 1;
	return (a->row > b->row) - (a->row < b->row);
}

/* Rows of children by what they are children of. */
static void
sort_by(struct packing_rows *r, struct census_rows *rows, const uint32_t *of)
{
	struct keyed *list =
	    arena_alloc(&r->p->c->arena, (rows->n + 1) * sizeof *list);

	for (size_t i = 0; i < rows->n; i++)
		list[i] = (struct keyed){of[rows->rows[i]], rows->rows[i]};
	qsort(list, rows->n, sizeof *list, keyed_order);
	for (size_t i = 0; i < rows->n; i++)
		rows->rows[i] = list[i].row;
}

static void
find_allegations(struct packing_rows *r)
{
	const uint32_t *report = facts_u32(facts_of(r), FACTS_VICTIM_REPORT);
	const uint32_t *rows = r->alleged.rows;
	size_t end;

	for (size_t i = 0; i < r->alleged.n; i = end) {
		struct packing_row *row = add(r, UNIT_ALG,
		    facts_str(facts_of(r), FACTS_REPORT_ID, report[rows[i]]),
		    report[rows[i]]);

		for (end = i + 1; end < r->alleged.n &&
				  report[rows[end]] == report[rows[i]];)
			end++;
		row->first = i;
		row->end = end;
	}
}

static bool
is_sampled(const struct packing_rows *r, uint32_t child)
{
	const char *key = shape_child_id(r->p->c, child);
	const struct sample *s = &r->p->draw->sample;

	return sample_find(s, UNIT_CC, key) != NULL ||
	       sample_find(s, UNIT_CD, key) != NULL;
}

/* The children of an incident among the sorted rows of all. */
static void
children_of(
    const struct packing_rows *r, uint32_t incident, struct packing_row *row)
{
	const uint32_t *of = facts_u32(facts_of(r), FACTS_INVOLVED_INCIDENT);

	row->first = 0;
	while (row->first < r->involved.n &&
	       of[r->involved.rows[row->first]] < incident)
		row->first++;
	row->end = row->first;
	while (row->end < r->involved.n &&
	       of[r->involved.rows[row->end]] == incident)
		row->end++;
}

/* Deaths, restraints, injuries and absences of sampled children, and each
 * treated injury by another child, of which A09 counts every one. */
static bool
is_always(const struct packing_rows *r, uint32_t incident)
{
	const struct facts *f = facts_of(r);
	uint8_t kind = facts_u8(f, FACTS_INCIDENT_KIND)[incident];
	struct packing_row row;

	if (kind != INCIDENT_DEATH && kind != INCIDENT_RESTRAINT &&
	    kind != INCIDENT_INJURY && kind != INCIDENT_CHILD_TO_CHILD &&
	    kind != INCIDENT_AWOL)
		return false;
	children_of(r, incident, &row);
	for (size_t i = row.first; i < row.end; i++) {
		uint32_t k = r->involved.rows[i];

		if (is_sampled(r, facts_u32(f, FACTS_INVOLVED_CHILD)[k]) ||
		    (kind == INCIDENT_CHILD_TO_CHILD &&
			facts_u8(f, FACTS_INVOLVED_TREATED)[k] == YESNO_YES))
			return true;
	}
	return false;
}

/* Incidents stand by date, so the newest are the last. */
static void
find_incidents(struct packing_rows *r, const struct census_rows *all)
{
	size_t others = 0;

	for (size_t i = 0; i < all->n; i++)
		others += !is_always(r, all->rows[i]);
	for (size_t i = 0; i < all->n; i++) {
		uint32_t incident = all->rows[i];

		if (!is_always(r, incident) && others-- > INCIDENTS_NEWEST)
			continue;
		children_of(r, incident,
		    add(r, UNIT_SIR,
			facts_str(facts_of(r), FACTS_INCIDENT_ID, incident),
			incident));
	}
	r->incidents = all->n;
}

static void
find_citations(struct packing_rows *r, const struct census_rows *all)
{
	for (size_t i = 0; i < all->n; i++)
		add(r, UNIT_CIT,
		    facts_str(facts_of(r), FACTS_CITATION_ID, all->rows[i]),
		    all->rows[i]);
}

static const char *
source_of(struct packing_rows *r, const struct census *census,
    enum census_count count)
{
	const struct census_span span = {r->p->from, r->p->on, r->p->on};
	char text[CENSUS_SOURCE];

	census_source(census, count, &span, text);
	return arena_printf(&r->p->c->arena, "%s", text);
}

static void
rows_end(void *data)
{
	struct census_rows *rows = data;

	census_rows_fini(rows);
}

/* Found rows that live as long as the request. */
static struct census_rows
find_rows(struct packing_rows *r, const struct census *census, uint32_t org,
    void (*find)(struct census_rows *out, const struct census *c, uint32_t org,
	const struct census_span *span))
{
	const struct census_span span = {r->p->from, r->p->on, r->p->on};
	struct census_rows *rows = arena_alloc(&r->p->c->arena, sizeof *rows);

	find(rows, census, org, &span);
	context_hold(r->p->c, rows, rows_end);
	return *rows;
}

void
packing_rows_find(struct packing_rows *r, const struct packing *p,
    const struct census *census, const struct census_roster *roster)
{
	uint32_t org = census_find(census, p->row->api.provider);
	struct census_rows rows;

	*r = (struct packing_rows){.p = p, .roster = roster};
	if (asks(p, UNIT_ALG)) {
		r->source[UNIT_ALG] = source_of(r, census, CENSUS_ALLEGED);
		r->alleged = find_rows(r, census, org, census_alleged);
		sort_by(r, &r->alleged,
		    facts_u32(facts_of(r), FACTS_VICTIM_REPORT));
		find_allegations(r);
	}
	if (asks(p, UNIT_CIT)) {
		r->source[UNIT_CIT] = source_of(r, census, CENSUS_CITATIONS);
		rows = find_rows(r, census, org, census_citations);
		find_citations(r, &rows);
	}
	if (asks(p, UNIT_SIR)) {
		r->source[UNIT_SIR] = source_of(r, census, CENSUS_INCIDENTS);
		r->involved = find_rows(r, census, org, census_involved);
		sort_by(r, &r->involved,
		    facts_u32(facts_of(r), FACTS_INVOLVED_INCIDENT));
		rows = find_rows(r, census, org, census_incidents);
		find_incidents(r, &rows);
	}
}

void
packing_rows_units(const struct packing_rows *r, struct json *j)
{
	for (size_t i = 0; i < r->n; i++) {
		packing_unit(j, r->list[i].unit, r->list[i].key, NULL);
		packing_fact(j, FACT_LABEL, r->list[i].label);
		packing_fact(j, FACT_ID, r->list[i].label);
		packing_unit_end(j);
	}
}

/* --- what is told of them -------------------------------------------- */

static bool
is_placed(const struct packing_rows *r, uint32_t child)
{
	for (size_t i = 0; i < r->roster->current_n; i++)
		if (r->roster->current[i].child == child)
			return true;
	return false;
}

/* The children of a row that are there on the day; who has left cannot be
 * named by the question, and is told in the source. */
static void
feed_children(const struct packing_rows *r, const struct feeding *f,
    const struct packing_row *row, const char *question)
{
	bool alleged = row->unit == UNIT_ALG;
	const uint32_t *rows = alleged ? r->alleged.rows : r->involved.rows;
	const uint32_t *child = facts_u32(
	    facts_of(r), alleged ? FACTS_VICTIM_CHILD : FACTS_INVOLVED_CHILD);
	struct feeding with = *f;
	struct buf keys = {0};
	unsigned gone = 0;

	for (size_t i = row->first; i < row->end; i++) {
		if (!is_placed(r, child[rows[i]])) {
			gone++;
			continue;
		}
		buf_printf(&keys, "%s%s", keys.len > 0 ? ";" : "",
		    shape_child_id(r->p->c, child[rows[i]]));
	}
	if (gone > 0)
		with.source = arena_printf(&r->p->c->arena,
		    ngettext("%s; %u child more who is not here any more",
			"%s; %u children more who are not here any more", gone),
		    f->source, gone);
	packing_feed(&with, row->unit, row->key, question, buf_text(&keys));
	buf_free(&keys);
}

/* Words of the instrument for codes of the extract; NULL: it has none. */
static const char *const alleged_kinds[MALTREATMENT_END] = {
    [MALTREATMENT_PHYSICAL] = "physical",
    [MALTREATMENT_NEGLECT] = "neglect",
    [MALTREATMENT_SEXUAL] = "sexual",
    [MALTREATMENT_PSYCHOLOGICAL] = "emotional",
    [MALTREATMENT_TRAFFICKING] = "exploitation",
};
static const char *const alleged_people[PERPETRATOR_END] = {
    [PERPETRATOR_PARENT] = "outside",
    [PERPETRATOR_RELATIVE] = "outside",
    [PERPETRATOR_FOSTER_RELATIVE] = "certified_parent",
    [PERPETRATOR_FOSTER_NONRELATIVE] = "certified_parent",
    [PERPETRATOR_FOSTER_UNKNOWN] = "certified_parent",
    [PERPETRATOR_FACILITY] = "staff",
    [PERPETRATOR_VOLUNTEER] = "volunteer",
    [PERPETRATOR_AFFILIATE] = "affiliate",
};

/* What all of the report's children together tell, as bits. */
static uint32_t
bits_of(const struct packing_rows *r, const struct packing_row *row,
    enum facts_column column)
{
	const uint32_t *at = facts_u32(facts_of(r), column);
	uint32_t bits = 0;

	for (size_t i = row->first; i < row->end; i++)
		bits |= at[r->alleged.rows[i]];
	return bits;
}

/* The words of bits, each once; false when one of them has none. */
static bool
words_of(struct buf *out, uint32_t bits, const char *const *words, int n)
{
	for (int code = 1; code < n; code++) {
		if ((bits & 1U << (code - 1)) == 0)
			continue;
		if (words[code] == NULL)
			return false;
		if (strstr(buf_text(out), words[code]) == NULL)
			buf_printf(
			    out, "%s%s", out->len > 0 ? ";" : "", words[code]);
	}
	return out->len > 0;
}

static void
feed_words(const struct packing_rows *r, const struct feeding *f,
    const struct packing_row *row, const char *question)
{
	bool kinds = strcmp(question, "ALG04") == 0;
	struct buf words = {0};

	if (words_of(&words,
		bits_of(r, row,
		    kinds ? FACTS_VICTIM_MALTREATMENTS
			  : FACTS_VICTIM_PERPETRATORS),
		kinds ? alleged_kinds : alleged_people,
		kinds ? MALTREATMENT_END : PERPETRATOR_END))
		packing_feed(f, UNIT_ALG, row->key, question, buf_text(&words));
	buf_free(&words);
}

/* As the census counts them (counts.def); NULL: it cannot be told. */
static const char *
disposition_of(const struct packing_rows *r, const struct packing_row *row)
{
	const uint8_t *at = facts_u8(facts_of(r), FACTS_VICTIM_DISPOSITION);
	size_t has[DISPOSITION_END] = {0};

	for (size_t i = row->first; i < row->end; i++)
		has[at[r->alleged.rows[i]] % DISPOSITION_END]++;
	if (has[DISPOSITION_SUBSTANTIATED] > 0)
		return "substantiated";
	if (has[0] > 0)
		return "open";
	if (has[DISPOSITION_INCONCLUSIVE] > 0)
		return "inconclusive";
	return has[DISPOSITION_UNFOUNDED] == row->end - row->first ? "unfounded"
								   : NULL;
}

static void
feed_allegation(const struct packing_rows *r, const struct feeding *f,
    const struct packing_row *row)
{
	const struct facts *facts = facts_of(r);

	packing_feed(f, UNIT_ALG, row->key, "ALG01", row->label);
	packing_feed_day(f, UNIT_ALG, row->key, "ALG02",
	    facts_i32(facts, FACTS_REPORT_DATE)[row->row]);
	feed_children(r, f, row, "ALG03");
	feed_words(r, f, row, "ALG04");
	feed_words(r, f, row, "ALG05");
	packing_feed(f, UNIT_ALG, row->key, "ALG06", disposition_of(r, row));
	packing_feed_day(f, UNIT_ALG, row->key, "ALG07",
	    facts_i32(facts, FACTS_REPORT_CONCLUDED)[row->row]);
}

static const char *
word_of(const struct packing_rows *r, const struct packing_row *row,
    enum facts_column column, int codes)
{
	return shape_word(codes, facts_u8(facts_of(r), column)[row->row]);
}

static void
feed_citation(const struct packing_rows *r, const struct feeding *f,
    const struct packing_row *row)
{
	const struct facts *facts = facts_of(r);
	uint32_t at = row->row;

	packing_feed(f, UNIT_CIT, row->key, "CIT01",
	    word_of(r, row, FACTS_CITATION_SOURCE, CODES_CITATION_SOURCE));
	packing_feed_day(f, UNIT_CIT, row->key, "CIT02",
	    facts_i32(facts, FACTS_CITATION_DATE)[at]);
	packing_feed(f, UNIT_CIT, row->key, "CIT03",
	    facts_str(facts, FACTS_CITATION_SITE, at));
	packing_feed(f, UNIT_CIT, row->key, "CIT04",
	    facts_str(facts, FACTS_CITATION_ITEM, at));
	packing_feed(f, UNIT_CIT, row->key, "CIT05",
	    word_of(r, row, FACTS_CITATION_KIND, CODES_CITATION_KIND));
	packing_feed_yes(f, UNIT_CIT, row->key, "CIT06",
	    facts_u8(facts, FACTS_CITATION_SAFETY)[at]);
	packing_feed_yes(f, UNIT_CIT, row->key, "CIT07",
	    facts_u8(facts, FACTS_CITATION_PLANT)[at]);
	packing_feed_day(f, UNIT_CIT, row->key, "CIT08",
	    facts_i32(facts, FACTS_CITATION_DUE)[at]);
	packing_feed_day(f, UNIT_CIT, row->key, "CIT09",
	    facts_i32(facts, FACTS_CITATION_CLEARED)[at]);
}

static void
feed_incident(const struct packing_rows *r, const struct feeding *f,
    const struct packing_row *row)
{
	const struct facts *facts = facts_of(r);
	uint32_t at = row->row;

	packing_feed(f, UNIT_SIR, row->key, "SIR01", row->label);
	packing_feed_time(f, UNIT_SIR, row->key, "SIR02",
	    facts_i32(facts, FACTS_INCIDENT_HAPPENED)[at]);
	feed_children(r, f, row, "SIR03");
	packing_feed(f, UNIT_SIR, row->key, "SIR04",
	    word_of(r, row, FACTS_INCIDENT_KIND, CODES_INCIDENT));
	packing_feed_time(f, UNIT_SIR, row->key, "SIR05",
	    facts_i32(facts, FACTS_INCIDENT_PHONED)[at]);
	packing_feed_day(f, UNIT_SIR, row->key, "SIR06",
	    facts_i32(facts, FACTS_INCIDENT_WRITTEN)[at]);
}

/* Where incidents come from, and how many of them are rows. */
static const char *
incidents_source(const struct packing_rows *r)
{
	size_t n = 0;

	for (size_t i = 0; i < r->n; i++)
		n += r->list[i].unit == UNIT_SIR;
	return n == r->incidents
		   ? r->source[UNIT_SIR]
		   : arena_printf(&r->p->c->arena,
			 _("%s; %zu of %zu incidents: those always looked at "
			   "and the newest"),
			 r->source[UNIT_SIR], n, r->incidents);
}

void
packing_rows_feed(const struct packing_rows *r, struct json *j)
{
	struct feeding f = {.p = r->p, .j = j};
	const char *incidents = incidents_source(r);

	for (size_t i = 0; i < r->n; i++) {
		const struct packing_row *row = &r->list[i];

		f.source = r->source[row->unit];
		if (row->unit == UNIT_ALG)
			feed_allegation(r, &f, row);
		else if (row->unit == UNIT_CIT)
			feed_citation(r, &f, row);
		else {
			f.source = incidents;
			feed_incident(r, &f, row);
		}
	}
}
