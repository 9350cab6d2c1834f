/* GET /v1/providers: those who run homes, each with all the homes it runs on
 * the day; homes that another one runs stand with it. */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "service/find.h"
#include "service/homes.h"
#include "service/listing.h"
#include "service/rights.h"
#include "service/shape.h"

struct providers {
	struct context *c;
	const struct census *census;
	struct census_span span;
	struct find words;
	struct api_provider *rows;
	size_t n;
	int64_t served, injured; /* of all that are listed */
	bool injured_known;
};

/* --- the order ------------------------------------------------------- */

static const struct listing_column columns[] = {
    {"name", LISTING_TEXT, false},
    {"id", LISTING_TEXT, false},
    {"programme", LISTING_TEXT, false},
    {"status", LISTING_TEXT, false},
    {"sites", LISTING_TEXT, false},
    {"certified_homes", LISTING_TEXT, false},
    {"capacity", LISTING_TEXT, false},
    {"placed", LISTING_TEXT, false},
    {"served", LISTING_TEXT, false},
    {"discharged", LISTING_TEXT, false},
    {0},
};

static int
providers_compare(const void *x, const void *y)
{
	const struct api_provider *a = x, *b = y;
	int order = strcmp(
	    a->name != NULL ? a->name : "", b->name != NULL ? b->name : "");

	return order != 0 ? order : strcmp(a->id, b->id);
}

/* --- which ----------------------------------------------------------- */

/* Whether it is listed: who is run by nobody, of the programme and words asked
 * for. Who is only named, and has nobody in the period, is not. */
static bool
providers_wanted(const struct providers *p, uint32_t org)
{
	struct census_org o = census_org(p->census, org, p->span.on);
	int64_t programme = context_number(p->c, API_PROGRAMME, 0);

	if (census_operator(p->census, org, p->span.on) != org ||
	    (programme != 0 && o.programme != programme))
		return false;
	return p->words.n == 0 || find_match(&p->words, o.name) ||
	       strcmp(o.id, context_text(p->c, API_Q)) == 0;
}

static void
providers_take(struct providers *p)
{
	uint32_t all = census_orgs(p->census);

	p->rows =
	    arena_alloc(&p->c->arena, ((size_t)all + 1) * sizeof *p->rows);
	for (uint32_t org = 0; org < all; org++) {
		struct census_counts counts;

		if (!providers_wanted(p, org))
			continue;
		census_count(&counts, p->census, org, &p->span);
		p->rows[p->n++] = homes_provider(p->c, p->census, org, &counts);
		p->served += counts.at[CENSUS_SERVED].n;
		p->injured += counts.at[CENSUS_INJURED].n;
		p->injured_known = counts.at[CENSUS_INJURED].known;
		census_counts_fini(&counts);
	}
	qsort(p->rows, p->n, sizeof *p->rows, providers_compare);
}

static const char *
providers_key(void *of, const void *row)
{
	(void)of;
	return ((const struct api_provider *)row)->id;
}

static void
providers_row(void *of, const void *row, bool all, void *value)
{
	(void)of;
	(void)all;
	*(struct api_provider *)value = *(const struct api_provider *)row;
}

bool
providers_answer(struct context *c)
{
	struct providers p = {.c = c};
	struct json *j = &c->json;
	struct listing l = {.resource = API_RESOURCE_provider,
	    .columns = columns,
	    .natural = "name",
	    .size = sizeof *p.rows,
	    .key = providers_key,
	    .read = providers_row,
	    .lasting = ""};

	if (!context_facts(c) || !rights_may(c, FACTS_NO_ROW, RIGHT_FIGURES) ||
	    !homes_span(c, &p.span))
		return false;
	p.census = homes_census(c);
	p.words = find_of(&c->arena, context_text(c, API_Q));
	providers_take(&p);
	l.rows = p.rows;
	l.page.n = p.n;
	if (!listing_turn(c, &l))
		return false;
	shape_about(c);
	homes_span_members(c, &p.span);
	/* All of them together: what S4 is held against. */
	json_kv_int(j, "served", p.served);
	if (p.injured_known)
		json_kv_int(j, "injured", p.injured);
	else
		json_kv_string(j, "injured", NULL);
	listing_write(c, &l);
	return true;
}
