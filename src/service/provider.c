/*
 * GET /v1/providers/{id}: one provider, its homes on the day and what its
 * period brought, each count with where it comes from and its rule.
 * GET /v1/providers/{id}/rows: the children, reports, incidents or citations
 * behind one of the counts.
 */
#include "service/handlers.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "service/find.h"
#include "service/homes.h"
#include "service/listing.h"
#include "service/rights.h"
#include "service/shape.h"

struct provider {
	struct context *c;
	const struct census *census;
	uint32_t org;
	struct census_span span;
	struct census_counts counts;
};

static void
provider_end(void *data)
{
	census_counts_fini(data);
}

/* Counts, held until the answer stands. */
static bool
provider_read(struct provider *p, struct context *c, enum right right)
{
	struct census_counts *held;

	p->c = c;
	if (!context_facts(c) || !rights_may(c, FACTS_NO_ROW, right) ||
	    !homes_span(c, &p->span))
		return false;
	p->census = homes_census(c);
	if (!homes_org(c, p->census, &p->org))
		return false;
	census_count(&p->counts, p->census, p->org, &p->span);
	held = arena_alloc(&c->arena, sizeof *held);
	*held = p->counts;
	context_hold(c, held, provider_end);
	return true;
}

/* --- one provider ---------------------------------------------------- */

static const char *
given(const char *text)
{
	return text != NULL && *text != '\0' ? text : NULL;
}

/* Who runs it on the day; null when nobody else does. */
static void
provider_operator(struct provider *p)
{
	uint32_t by = census_operator(p->census, p->org, p->span.on);
	struct census_org o = census_org(p->census, by, p->span.on);
	const struct api_organisation r = {o.id, given(o.name)};

	if (by == p->org) {
		json_kv_string(&p->c->json, "operator", NULL);
		return;
	}
	json_key(&p->c->json, "operator");
	api_object(&p->c->json, API_RESOURCE_organisation, &r);
}

static void
provider_sites(struct provider *p)
{
	struct census_roster roster;
	struct json *j = &p->c->json;

	census_roster(&roster, p->census, p->org, &p->span);
	json_key(j, "sites");
	json_array(j);
	for (size_t i = 0; i < roster.sites_n; i++) {
		const struct census_site *s = &roster.sites[i];
		struct census_org o = census_org(p->census, s->org, p->span.on);
		const struct api_site r = {
		    .id = s->id,
		    .name = given(s->name),
		    .kind = shape_word(CODES_SITE, s->kind),
		    .license = given(s->license),
		    .capacity =
			s->capacity == DATE_MISSING ? API_NULL : s->capacity,
		    .placed = s->placed,
		    .run_as = s->org == p->org ? NULL : o.id,
		};

		api_object(j, API_RESOURCE_site, &r);
	}
	json_array_end(j);
	census_roster_fini(&roster);
}

static void
provider_count(struct provider *p, enum census_count what)
{
	const struct census_count_info *info = census_count_info(what);
	const struct census_value *v = &p->counts.at[what];
	char source[CENSUS_SOURCE];
	const struct api_provider_count r = {
	    .count = info->word,
	    .title = _(info->title),
	    .question = info->question,
	    .n = v->known ? v->n : API_NULL,
	    .unknown = v->known ? v->unknown : API_NULL,
	    .feed = census_feed_word(info->feed),
	    .feed_title = _(census_feed_title(info->feed)),
	    .source = v->known ? source : NULL,
	    .rule = _(info->rule),
	};

	census_source(p->census, what, &p->span, source);
	api_object(&p->c->json, API_RESOURCE_provider_count, &r);
}

bool
provider_answer(struct context *c)
{
	struct provider p = {0};
	struct json *j = &c->json;
	struct api_provider one;

	if (!provider_read(&p, c, RIGHT_FIGURES))
		return false;
	one = homes_provider(c, p.census, p.org, &p.counts);
	shape_about(c);
	homes_span_members(c, &p.span);
	json_kv_date(j, "cut_off", p.counts.cut_off);
	json_key(j, "provider");
	api_object(j, API_RESOURCE_provider, &one);
	provider_operator(&p);
	provider_sites(&p);
	json_key(j, "counts");
	json_array(j);
	for (int i = 0; i < CENSUS_COUNTS; i++)
		provider_count(&p, (enum census_count)i);
	json_array_end(j);
	return true;
}

/* --- the rows behind a count ----------------------------------------- */

struct provider_rows {
	struct provider p;
	enum census_count what;
	struct api_provider_row *rows;
	size_t n;
};

static const char *
known_word(enum census_known known)
{
	return known == CENSUS_YES ? "y" : known == CENSUS_NO ? "n" : NULL;
}

static const char *
went_to(const struct census_child *child)
{
	if (child->end == CENSUS_MOVED)
		return shape_word(CODES_SETTING, child->to);
	if (child->end == CENSUS_LEFT)
		return shape_word(CODES_DISCHARGE, child->why);
	return NULL;
}

static struct api_provider_row
row_empty(const char *key)
{
	return (struct api_provider_row){
	    .key = key,
	    .age = API_NULL,
	    .removed = DATE_MISSING,
	    .placed = DATE_MISSING,
	    .left = DATE_MISSING,
	    .date = DATE_MISSING,
	};
}

static void
rows_child(struct provider_rows *r, uint32_t row)
{
	struct context *c = r->p.c;
	struct api_provider_row *out = &r->rows[r->n];
	struct census_child child;

	*out = row_empty(shape_child_id(c, row));
	out->child_id = out->key;
	out->name = shape_name(c, row);
	r->n++;
	if (!census_stay(&child, r->p.census, r->p.org, row, &r->p.span))
		return;
	out->site = given(child.site);
	out->age = child.age < 0 ? API_NULL : child.age;
	out->department = shape_word(CODES_DEPARTMENT, child.department);
	out->setting = shape_word(CODES_SETTING, child.setting);
	out->removed = child.removed;
	out->placed = child.placed;
	out->left = child.left;
	out->went_to = went_to(&child);
	out->asked = shape_word(CODES_REQUESTED, child.asked);
	out->less_restrictive = known_word(child.less);
	out->psychotropic = known_word(child.psychotropic);
	out->away = child.away;
}

static void
rows_report(struct provider_rows *r, uint32_t row)
{
	const struct facts *f = r->p.c->facts;
	struct api_provider_row *out = &r->rows[r->n];

	*out = row_empty(facts_str(f, FACTS_REPORT_ID, row));
	out->date = facts_i32(f, FACTS_REPORT_DATE)[row];
	out->kind = given(facts_str(f, FACTS_REPORT_KIND, row));
	out->what = shape_word(
	    CODES_CONCLUSION, facts_u8(f, FACTS_REPORT_CONCLUSION)[row]);
	r->n++;
}

static void
rows_incident(struct provider_rows *r, uint32_t row)
{
	const struct facts *f = r->p.c->facts;
	struct api_provider_row *out = &r->rows[r->n];

	*out = row_empty(facts_str(f, FACTS_INCIDENT_ID, row));
	out->site = given(facts_str(f, FACTS_INCIDENT_SITE, row));
	out->date = facts_i32(f, FACTS_INCIDENT_DATE)[row];
	out->kind =
	    shape_word(CODES_INCIDENT, facts_u8(f, FACTS_INCIDENT_KIND)[row]);
	r->n++;
}

static void
rows_citation(struct provider_rows *r, uint32_t row)
{
	const struct facts *f = r->p.c->facts;
	struct api_provider_row *out = &r->rows[r->n];

	*out = row_empty(facts_str(f, FACTS_CITATION_ID, row));
	out->site = given(facts_str(f, FACTS_CITATION_SITE, row));
	out->date = facts_i32(f, FACTS_CITATION_DATE)[row];
	out->kind = shape_word(
	    CODES_CITATION_SOURCE, facts_u8(f, FACTS_CITATION_SOURCE)[row]);
	out->what = given(facts_str(f, FACTS_CITATION_ITEM, row));
	out->left = facts_i32(f, FACTS_CITATION_CLEARED)[row];
	r->n++;
}

/* What the rows of a count are. */
static void (*rows_of(enum census_count what))(
    struct provider_rows *r, uint32_t row)
{
	enum census_feed feed = census_count_info(what)->feed;

	if (what == CENSUS_VICTIMS || what == CENSUS_INJURED)
		return rows_child;
	if (feed == CENSUS_FEED_ALLEGATIONS)
		return rows_report;
	if (feed == CENSUS_FEED_INCIDENTS)
		return rows_incident;
	if (feed == CENSUS_FEED_CITATIONS)
		return rows_citation;
	return rows_child;
}

static const char *
count_word(const void *arg, size_t i)
{
	(void)arg;
	return i < CENSUS_COUNTS ? census_count_info((enum census_count)i)->word
				 : NULL;
}

static bool
rows_what(struct provider_rows *r)
{
	struct context *c = r->p.c;
	const char *word = context_text(c, API_COUNT), *near;
	int what = census_count_find(word);

	r->what = (enum census_count)what;
	if (what >= 0)
		return true;
	near = suggest(word, count_word, NULL);
	return context_refuse(c, ERR_BAD_VALUE, API_COUNT,
	    near != NULL ? arena_printf(&c->arena, _("did you mean %s?"), near)
			 : _("a count of /v1/providers/{id}"));
}

static void
rows_take(struct provider_rows *r)
{
	struct context *c = r->p.c;
	const struct census_value *v = &r->p.counts.at[r->what];
	struct find words = find_of(&c->arena, context_text(c, API_Q));
	void (*take)(struct provider_rows * r, uint32_t row) = rows_of(r->what);

	r->rows = arena_alloc(&c->arena, (v->rows_n + 1) * sizeof *r->rows);
	for (size_t i = 0; i < v->rows_n; i++) {
		const struct api_provider_row *row = &r->rows[r->n];

		take(r, v->rows[i]);
		if (words.n > 0 &&
		    strcmp(row->key, context_text(c, API_Q)) != 0 &&
		    !find_match(&words, row->name != NULL ? row->name : ""))
			r->n--;
	}
}

/* --- their order ----------------------------------------------------- */

static const struct listing_column row_columns[] = {
    {"key", LISTING_TEXT, false},
    {"child_id", LISTING_TEXT, false},
    {"name", LISTING_TEXT, false},
    {"site", LISTING_TEXT, false},
    {"age", LISTING_TEXT, false},
    {"department", LISTING_TEXT, false},
    {"setting", LISTING_TEXT, false},
    {"removed", LISTING_TEXT, false},
    {"placed", LISTING_TEXT, false},
    {"left", LISTING_TEXT, false},
    {"went_to", LISTING_TEXT, false},
    {"asked", LISTING_TEXT, false},
    {"date", LISTING_TEXT, false},
    {"kind", LISTING_TEXT, false},
    {"what", LISTING_TEXT, false},
    {0},
};

static const char *
row_key(void *of, const void *row)
{
	(void)of;
	return ((const struct api_provider_row *)row)->key;
}

static void
row_read(void *of, const void *row, bool all, void *value)
{
	(void)of;
	(void)all;
	*(struct api_provider_row *)value =
	    *(const struct api_provider_row *)row;
}

/* Of the page; rows that were sorted are found again by their ids. */
static bool
rows_looked(struct provider_rows *r, const struct page *page)
{
	struct context *c = r->p.c;
	size_t n = 0;
	uint32_t *children = arena_alloc(
	    &c->arena, (page->end - page->first + 1) * sizeof *children);

	for (size_t i = page->first; i < page->end; i++)
		if (r->rows[i].child_id != NULL)
			children[n++] =
			    facts_find_child(c->facts, r->rows[i].child_id);
	return shape_looked(c, children, n);
}

bool
provider_rows_answer(struct context *c)
{
	struct provider_rows r = {0};
	struct json *j = &c->json;
	struct api_provider one;
	struct listing l = {.resource = API_RESOURCE_provider_row,
	    .columns = row_columns,
	    .size = sizeof *r.rows,
	    .key = row_key,
	    .read = row_read,
	    .lasting = ""};

	if (!provider_read(&r.p, c, RIGHT_CHILDREN) || !rows_what(&r))
		return false;
	rows_take(&r);
	l.rows = r.rows;
	l.page.n = r.n;
	if (!listing_turn(c, &l) || !rows_looked(&r, &l.page))
		return false;
	one = homes_provider(c, r.p.census, r.p.org, &r.p.counts);
	shape_about(c);
	homes_span_members(c, &r.p.span);
	json_key(j, "provider");
	api_object(j, API_RESOURCE_provider, &one);
	json_key(j, "count");
	provider_count(&r.p, r.what);
	listing_write(c, &l);
	return true;
}
