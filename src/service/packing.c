#include "service/packing.h"

#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "poms/repeat.h"
#include "proto/codes.h"
#include "service/lasting.h"
#include "service/frame.h"
#include "service/packing_part.h"
#include "service/shape.h"

/* --- units ----------------------------------------------------------- */

static void
fact_number(struct json *j, enum fact f, int64_t n)
{
	char text[24];

	snprintf(text, sizeof text, "%lld", (long long)n);
	json_kv_string(j, fact_name(f), text);
}

static const struct pick *
pick_facts(
    const struct packing *p, struct json *j, enum unit unit, const char *key)
{
	const struct pick *pick = sample_find(&p->draw->sample, unit, key);

	if (pick == NULL)
		return NULL;
	packing_fact(j, FACT_DRAWN, drawn_word(pick->drawn));
	fact_number(j, FACT_ORDER, pick->order);
	packing_fact(j, FACT_INSTEAD, pick->instead);
	packing_fact(j, FACT_WHY, pick->why);
	return pick;
}

/* Drawn, added, or drawn for its medicines: its questions are asked. */
static bool
is_asked(const struct pick *pick)
{
	return pick->drawn == DRAWN_SAMPLE || pick->drawn == DRAWN_PURPOSIVE ||
	       pick->drawn == DRAWN_MEDICATION;
}

/* The row on which its outcome is written (SMP07), which who was replaced has
 * as well; and the interviews. */
static void
selected(struct packing *p, struct json *j, const struct pick *pick,
    const char *label)
{
	enum unit unit = pick->unit;
	const char *key = pick->key;
	char own[80], of[80];

	if (!is_asked(pick) && pick->drawn != DRAWN_REPLACED)
		return;
	snprintf(own, sizeof own, "%.2s.%.61s", unit_word(unit), key);
	snprintf(of, sizeof of, "%s/%s", unit_word(unit), key);
	packing_unit(j, UNIT_SEL, own, NULL);
	packing_fact(j, FACT_LABEL, label);
	packing_fact(j, FACT_OF, of);
	packing_unit_end(j);
	if (unit != UNIT_CC || !is_asked(pick))
		return;
	snprintf(own, sizeof own, "ic.%.61s", key);
	packing_unit(j, UNIT_IC, own, key);
	packing_fact(j, FACT_LABEL, label);
	packing_unit_end(j);
	if (strcmp(p->row->api.programme, "ffa") != 0)
		return;
	snprintf(own, sizeof own, "ig.%.61s", key);
	packing_unit(j, UNIT_IG, own, key);
	packing_fact(j, FACT_LABEL, label);
	packing_unit_end(j);
}

static void
child(struct packing *p, struct json *j, enum unit unit,
    const struct census_child *k)
{
	struct context *c = p->c;
	const char *key = shape_child_id(c, k->child);
	const char *name = shape_name(c, k->child);
	const struct pick *pick;

	packing_unit(j, unit, key, NULL);
	packing_fact(j, FACT_LABEL, name != NULL ? name : key);
	packing_fact(j, FACT_ID, key);
	packing_fact_day(j, FACT_BIRTH_DATE,
	    facts_i32(c->facts, FACTS_CHILD_BIRTH)[k->child]);
	packing_fact_day(j, FACT_REMOVED, k->removed);
	packing_fact_day(j, FACT_PLACED, k->placed);
	packing_fact_day(j, FACT_LEFT, k->left <= p->on ? k->left : DATE_NEVER);
	packing_fact(j, FACT_SITE, k->site);
	if (k->department != 0)
		packing_fact(j, FACT_DEPARTMENT,
		    code_word(&codesets[CODES_DEPARTMENT], k->department));
	if (k->psychotropic != CENSUS_UNKNOWN)
		packing_fact(j, FACT_PSYCHOTROPIC,
		    k->psychotropic == CENSUS_YES ? "Y" : "N");
	pick = pick_facts(p, j, unit, key);
	packing_unit_end(j);
	if (pick != NULL)
		selected(p, j, pick, name != NULL ? name : key);
}

static void
staff(struct packing *p, struct json *j, const struct frame_row *row)
{
	const char *label = json_get_string(p->labels, row->key);
	const struct pick *pick;

	packing_unit(j, UNIT_SF, row->key, NULL);
	packing_fact(j, FACT_LABEL, label != NULL ? label : row->key);
	packing_fact_day(j, FACT_HIRED, row->hired);
	packing_fact(j, FACT_ROLE, row->social_worker ? "social_worker" : NULL);
	pick = pick_facts(p, j, UNIT_SF, row->key);
	packing_unit_end(j);
	if (pick != NULL)
		selected(p, j, pick, label != NULL ? label : row->key);
}

#define HOMES 1000

/* Sites are all looked at, certified homes those of the sample's children. */
static void
site(struct packing *p, struct json *j, const struct census_site *s,
    const char **homes, size_t n)
{
	enum unit unit = s->kind == SITE_HOME ? UNIT_CH : UNIT_ST;
	bool drawn = unit == UNIT_ST;

	for (size_t i = 0; i < n; i++)
		drawn = drawn || strcmp(homes[i], s->id) == 0;
	packing_unit(j, unit, s->id, NULL);
	packing_fact(j, FACT_LABEL, s->name);
	packing_fact(j, FACT_ID, s->license);
	if (s->capacity != DATE_MISSING)
		fact_number(j, FACT_CAPACITY, s->capacity);
	if (drawn)
		packing_fact(j, FACT_DRAWN, drawn_word(DRAWN_SAMPLE));
	packing_unit_end(j);
	(void)p;
}

static void
sites(struct packing *p, struct json *j, const struct census_roster *r)
{
	const char **homes = arena_alloc(&p->c->arena, HOMES * sizeof *homes);
	size_t n =
	    sample_homes(&p->draw->sample, &p->draw->frame, homes, HOMES);

	if (n > HOMES)
		n = HOMES;
	for (size_t i = 0; i < r->sites_n; i++)
		site(p, j, &r->sites[i], homes, n);
}

/* What the last review left open. */
static bool
open_findings(struct packing *p, struct json *j, struct lasting *last)
{
	*last = (struct lasting){.known = false};
	if (p->row->api.follows == NULL)
		return true;
	if (!lasting_read(p->c, p->row->api.follows, last))
		return false;
	for (size_t i = 0; i < last->n; i++) {
		const struct lasting_finding *one = &last->list[i];

		if (!one->open)
			continue;
		packing_unit(j, UNIT_FOL, one->question, NULL);
		packing_fact(j, FACT_LABEL, one->question);
		packing_fact(j, FACT_QUESTION, one->question);
		packing_fact_day(j, FACT_SINCE, one->since);
		packing_unit_end(j);
	}
	return true;
}

/* --- fed answers ----------------------------------------------------- */

static void
feed_number(const struct feeding *f, const char *question, int64_t n)
{
	char text[24];

	snprintf(text, sizeof text, "%lld", (long long)n);
	if (n != API_NULL)
		packing_feed(f, UNIT_AG, "", question, text);
}

static void
feed_helpers(const struct feeding *f)
{
	struct buf b = {0};
	const cJSON *one;

	cJSON_ArrayForEach(one, f->p->row->helpers)
	{
		buf_printf(&b, "%s%s", b.len > 0 ? ", " : "", one->valuestring);
	}
	packing_feed(f, UNIT_AG, "", "R10b", buf_text(&b));
	buf_free(&b);
}

static void
feed_header(struct feeding *f)
{
	const struct api_planned *a = &f->p->row->api;

	f->source = _("the year's plan");
	packing_feed(f, UNIT_AG, "", "R01", a->provider);
	packing_feed(f, UNIT_AG, "", "R02", a->programme);
	packing_feed(f, UNIT_AG, "", "R03a", a->agreement);
	feed_number(f, "R03b", a->contract_year);
	packing_feed(f, UNIT_AG, "", "R04", a->kind);
	packing_feed_day(f, UNIT_AG, "", "R05", f->p->from);
	packing_feed_day(f, UNIT_AG, "", "R06", f->p->on);
	packing_feed(f, UNIT_AG, "", "R10a", a->monitor);
	feed_helpers(f);
	packing_feed_day(f, UNIT_AG, "", "R20a", a->last);
}

/* What the last review found, so that a finding can say whether it repeats. */
static void
feed_last(struct feeding *f, const struct lasting *last)
{
	const char *review = f->p->row->api.follows;
	struct buf found = {0};
	char to[DATE_TEXT];

	if (!last->known)
		return;
	for (size_t i = 0; i < last->n; i++)
		buf_printf(&found, "%s%s", i > 0 ? REPEAT_BREAK : "",
		    last->list[i].question);
	f->source = arena_printf(&f->p->c->arena, _("review %s to %s%s%s"),
	    review, date_format(last->to, to),
	    last->last != review ? _(", followed up by ") : "",
	    last->last != review ? last->last : "");
	feed_number(f, "R20b", (int64_t)last->open);
	packing_feed(f, UNIT_AG, "", "R20c",
	    found.len > 0 ? buf_text(&found) : REPEAT_NONE);
	feed_number(f, "R20d", last->year);
	buf_free(&found);
}

/* The keys of those drawn, by ";" (a list of units). */
static void
feed_selected(const struct feeding *f, enum unit unit, const char *question)
{
	const struct sample *s = &f->p->draw->sample;
	struct buf b = {0};

	for (size_t i = 0; i < s->n; i++)
		if (s->picks[i].unit == unit &&
		    s->picks[i].drawn == DRAWN_SAMPLE)
			buf_printf(
			    &b, "%s%s", b.len > 0 ? ";" : "", s->picks[i].key);
	packing_feed(f, UNIT_AG, "", question, buf_text(&b));
	buf_free(&b);
}

/* Months and years of the sampled children who are there, on the roster's day:
 * the mean, to the nearest whole one. */
static void
feed_averages(const struct feeding *f, const struct census_roster *r)
{
	int64_t months = 0, years = 0, n = 0, aged = 0;

	for (size_t i = 0; i < r->current_n; i++) {
		const struct census_child *k = &r->current[i];
		const struct pick *pick = sample_find(&f->p->draw->sample,
		    UNIT_CC, shape_child_id(f->p->c, k->child));

		if (pick == NULL || pick->drawn != DRAWN_SAMPLE)
			continue;
		months += date_months(k->placed, f->p->on);
		n++;
		years += k->age >= 0 ? k->age : 0;
		aged += k->age >= 0;
	}
	if (n > 0)
		feed_number(f, "R18a", (months * 2 + n) / (n * 2));
	if (aged > 0)
		feed_number(f, "R18b", (years * 2 + aged) / (aged * 2));
}

/* The homes of the sampled children. */
static void
feed_homes(const struct feeding *f)
{
	const char **homes =
	    arena_alloc(&f->p->c->arena, HOMES * sizeof *homes);
	size_t n =
	    sample_homes(&f->p->draw->sample, &f->p->draw->frame, homes, HOMES);
	struct buf b = {0};

	for (size_t i = 0; i < n && i < HOMES; i++)
		buf_printf(&b, "%s%s", i > 0 ? ";" : "", homes[i]);
	packing_feed(f, UNIT_AG, "", "SMP06", buf_text(&b));
	buf_free(&b);
}

/* Why the office changed the sample, on the row of who was replaced or added.
 */
static void
feed_changes(struct feeding *f)
{
	const struct draw *d = f->p->draw;
	char own[80], day[DATE_TEXT];

	for (size_t i = 0; i < d->changes_n; i++) {
		const struct draw_change *o = &d->changes[i];

		snprintf(
		    own, sizeof own, "%.2s.%.61s", unit_word(o->unit), o->key);
		f->source = arena_printf(&f->p->c->arena,
		    _("the office, %s, %s"), o->by, date_format(o->on, day));
		packing_feed(
		    f, UNIT_SEL, own, o->added ? "SMP09" : "SMP08", o->why);
	}
}

static void
feed_sample(struct feeding *f, const struct census_roster *r)
{
	const struct draw *d = f->p->draw;
	char rule[160];

	f->source = _("the service's draw");
	packing_feed(f, UNIT_AG, "", "SMP01", d->source);
	snprintf(rule, sizeof rule,
	    _("%s; all up to %d, else %d%%, %d to %d; seed %016llx"),
	    d->instrument, d->rule.current_all, d->rule.current_percent,
	    d->rule.current_least, d->rule.current_most,
	    (unsigned long long)d->seed);
	packing_feed(f, UNIT_AG, "", "SMP02", rule);
	feed_selected(f, UNIT_CC, "SMP03");
	feed_selected(f, UNIT_CD, "SMP04");
	feed_selected(f, UNIT_SF, "SMP05");
	if (strcmp(f->p->row->api.programme, "ffa") == 0)
		feed_homes(f);
	f->source = d->source;
	feed_averages(f, r);
	feed_changes(f);
}

/* Counts of the period; one that might be more is left to the monitor. */
static void
feed_counts(struct feeding *f, const struct census *census, uint32_t org)
{
	const struct census_span span = {f->p->from, f->p->on, f->p->on};
	struct census_counts counts;

	census_count(&counts, census, org, &span);
	for (int i = 0; i < CENSUS_COUNTS; i++) {
		const struct census_value *v = &counts.at[i];
		const char *question =
		    census_count_info((enum census_count)i)->question;
		char source[CENSUS_SOURCE];

		if (question == NULL || !v->known || v->unknown != 0)
			continue;
		census_source(census, (enum census_count)i, &span, source);
		f->source = source;
		feed_number(f, question, v->n);
	}
	f->source = "";
	census_counts_fini(&counts);
}

static void
feed_discharged(struct feeding *f, const struct census_roster *r)
{
	f->source = f->p->draw->source;
	for (size_t i = 0; i < r->discharged_n; i++) {
		const struct census_child *k = &r->discharged[i];
		const char *key = shape_child_id(f->p->c, k->child);

		if (sample_find(&f->p->draw->sample, UNIT_CD, key) == NULL)
			continue;
		packing_feed_day(f, UNIT_CD, key, "DC01a", k->placed);
		packing_feed_day(f, UNIT_CD, key, "DC01b", k->left);
	}
}

/* --- all of it ------------------------------------------------------- */

static void
write_units(struct packing *p, struct json *j, const struct census_roster *r)
{
	sites(p, j, r);
	for (size_t i = 0; i < r->current_n; i++)
		child(p, j, UNIT_CC, &r->current[i]);
	for (size_t i = 0; i < r->discharged_n; i++)
		child(p, j, UNIT_CD, &r->discharged[i]);
	for (size_t i = 0; i < p->draw->frame.n; i++)
		if (p->draw->frame.rows[i].unit == UNIT_SF)
			staff(p, j, &p->draw->frame.rows[i]);
}

static void
write_agency(struct packing *p, struct json *j)
{
	const struct api_planned *a = &p->row->api;

	packing_unit(j, UNIT_AG, "", NULL);
	packing_fact(j, FACT_LABEL,
	    a->provider_name != NULL ? a->provider_name : a->provider);
	packing_fact(j, FACT_ID, a->provider);
	packing_unit_end(j);
}

bool
packing_roster(struct packing *p, struct buf *out)
{
	const struct frame_ask ask = {
	    .provider = p->row->api.provider, .from = p->from, .on = p->on};
	const struct census *census = frame_census(p->c);
	const struct census_roster *roster;
	struct json j;
	struct feeding f = {.p = p, .j = &j};
	struct packing_rows rows = {0};
	struct lasting last;

	if (census == NULL || !frame_roster(p->c, &ask, &roster))
		return false;
	json_begin(&j, out);
	json_object(&j);
	json_kv_string(&j, "review", p->row->api.id);
	json_key(&j, "units");
	json_array(&j);
	write_agency(p, &j);
	if (p->draw != NULL) {
		packing_rows_find(&rows, p, census, roster);
		write_units(p, &j, roster);
		packing_rows_units(&rows, &j);
	}
	if (!open_findings(p, &j, &last))
		return false;
	json_array_end(&j);
	json_key(&j, "fed");
	json_array(&j);
	feed_header(&f);
	feed_last(&f, &last);
	if (p->draw != NULL) {
		feed_sample(&f, roster);
		feed_counts(
		    &f, census, census_find(census, p->row->api.provider));
		feed_discharged(&f, roster);
		packing_rows_feed(&rows, &j);
	}
	json_array_end(&j);
	json_object_end(&j);
	return true;
}

void
packing_sample(const struct packing *p, struct buf *out)
{
	draw_write(out, p->draw);
}
