/* The tables that are not about families, and the manifest. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "base/json.h"
#include "synth/extract.h"
#include "synth/extract_part.h"
#include "synth/names.h"

static void
extract_org(struct batch *b, const struct world *w, const struct org *org)
{
	size_t i;

	for (i = 0; i < org->rows.n; i++) {
		const struct org_row *o = &org->rows.v[i];
		struct row r = row_empty();

		if (o->from == o->to)
			continue;
		row_text(&r, ORG_COL_NODE, o->id);
		row_text(&r, ORG_COL_PARENT, o->parent);
		row_int(&r, ORG_COL_LEVEL, o->level);
		row_text(&r, ORG_COL_NAME, o->name);
		row_int(&r, ORG_COL_KIND, o->kind);
		row_text(&r, ORG_COL_FIPS, o->fips);
		row_day(&r, ORG_COL_FROM, o->from, DATE_LAST);
		row_day(&r, ORG_COL_TO, o->to, w->through);
		row_write(&b->v[EXTRACT_ORG], EXTRACT_ORG, &r);
	}
}

static void
extract_population(struct batch *b, const struct world *w)
{
	int last = date_civil(w->through).year, year, i;

	for (i = 0; i < WORLD_COUNTIES; i++)
		for (year = date_civil(w->start).year; year <= last; year++) {
			struct row r = row_empty();

			row_text(&r, POPULATION_COL_FIPS, counties[i].fips);
			row_int(&r, POPULATION_COL_YEAR, year);
			row_int(&r, POPULATION_COL_CHILDREN,
			    world_population(w, i, year));
			row_write(
			    &b->v[EXTRACT_POPULATION], EXTRACT_POPULATION, &r);
		}
}

/* Of facilities one in eight is run by the one before it, and one in eight
 * was, until it became independent. */
static void
extract_operated(struct batch *b, const struct world *w, int i, struct row *r)
{
	int n = i - FOSTER_AGENCIES - 1;
	int32_t turn = w->begin + (w->through - w->begin) * 4 / 5;
	char by[HOME_ID];

	snprintf(by, sizeof(by), "P%03d", i - 1);
	if (n > 0 && (n % 8 == 2 || n % 8 == 5))
		row_text(r, PROVIDER_COL_OPERATOR, by);
	row_day(r, PROVIDER_COL_FROM, w->begin, DATE_LAST);
	if (n > 0 && n % 8 == 5) {
		row_day(r, PROVIDER_COL_TO, turn - 1, DATE_LAST);
		row_write(&b->v[EXTRACT_PROVIDER], EXTRACT_PROVIDER, r);
		row_text(r, PROVIDER_COL_OPERATOR, "");
		row_day(r, PROVIDER_COL_FROM, turn, DATE_LAST);
		r->c[PROVIDER_COL_TO] = cell_empty();
	}
	row_write(&b->v[EXTRACT_PROVIDER], EXTRACT_PROVIDER, r);
}

static void
extract_providers(struct batch *b, const struct world *w)
{
	struct rng rng;
	int i;

	world_stream(w, STREAM_ORG, 1, &rng);
	for (i = 0; i <= FOSTER_AGENCIES + FACILITY_PROVIDERS; i++) {
		bool ffa = i <= FOSTER_AGENCIES;
		struct row r = row_empty();
		char id[HOME_ID], name[64], license[HOME_ID];

		snprintf(id, sizeof(id), "P%03d", i);
		if (i == 0)
			strcpy(name, "Homes of relatives");
		else
			snprintf(name, sizeof(name),
			    ffa ? "%s Foster Homes" : "%s House",
			    names_family(&rng));
		snprintf(license, sizeof(license), "%09d", 410000000 + i * 37);
		row_text(&r, PROVIDER_COL_ID, id);
		row_text(&r, PROVIDER_COL_NAME, name);
		row_int(&r, PROVIDER_COL_PROGRAMME,
		    i == 0 ? HOME_KIND_OTHER
		    : ffa  ? HOME_KIND_FFA
			   : HOME_KIND_GROUP_HOME);
		row_text(&r, PROVIDER_COL_LICENSE, license);
		extract_operated(b, w, i, &r);
	}
}

static void
extract_site(
    struct batch *b, const char *id, int provider, int kind, int capacity)
{
	struct row r = row_empty();
	char of[HOME_ID], name[48];

	snprintf(of, sizeof(of), "P%03d", provider);
	snprintf(
	    name, sizeof(name), kind == SITE_HOME ? "Home %s" : "House %s", id);
	row_text(&r, SITES_COL_ID, id);
	row_text(&r, SITES_COL_PROVIDER, of);
	row_text(&r, SITES_COL_NAME, name);
	row_int(&r, SITES_COL_KIND, kind);
	row_int(&r, SITES_COL_CAPACITY, capacity);
	row_write(&b->v[EXTRACT_SITES], EXTRACT_SITES, &r);
}

static void
extract_sites(struct batch *b)
{
	char id[HOME_ID];
	int i, k;

	for (i = 0; i < WORLD_COUNTIES; i++)
		for (k = 1; k <= family_homes(i); k++) {
			snprintf(
			    id, sizeof(id), "H%s-%04d", counties[i].fips, k);
			extract_site(b, id, 1 + (i + k) % FOSTER_AGENCIES,
			    SITE_HOME, 2 + k % 4);
		}
	for (k = 1; k <= HOME_FACILITIES; k++) {
		snprintf(id, sizeof(id), "F%03d", k);
		extract_site(b, id,
		    1 + FOSTER_AGENCIES + k % FACILITY_PROVIDERS, SITE_SITE,
		    8 + k % 5 * 6);
	}
}

void
extract_begin(struct batch *b, const struct world *w, const struct org *org)
{
	int t;

	for (t = 0; t < EXTRACT_COUNT; t++)
		row_header(&b->v[t], (enum extract_table)t);
	extract_org(b, w, org);
	extract_population(b, w);
	extract_providers(b, w);
	extract_sites(b);
	extract_citations(b, w);
}

/* --- the manifest -------------------------------------------------------- */

static void
extract_manifest_files(struct json *j, const struct outputs *o)
{
	int t;

	json_key(j, "files");
	json_array(j);
	for (t = 0; t < EXTRACT_COUNT; t++) {
		if (o->v[t].path == NULL)
			continue;
		json_object(j);
		json_kv_string(j, "name", o->v[t].name);
		json_kv_int(j, "rows", (int64_t)o->v[t].rows);
		json_kv_string(j, "sha256", o->v[t].hex);
		json_object_end(j);
	}
	json_array_end(j);
}

bool
extract_unfinished(const struct world *w, struct err *err)
{
	char *path = file_join(w->o.out, "manifest.json", NULL);
	bool ok = unlink(path) == 0 || errno == ENOENT;

	if (!ok)
		err_sys(err, ERR_IO, "%s", path);
	free(path);
	return ok;
}

bool
extract_manifest(
    const struct outputs *o, const struct world *w, struct err *err)
{
	char *path = file_join(w->o.out, "manifest.json", NULL);
	char made[DATE_TEXT + 10];
	struct buf text = {0};
	struct json j;
	bool ok;

	date_format(w->through + 2, made);
	memcpy(made + 10, "T03:00", 7); /* not the clock: same bytes */
	json_begin(&j, &text);
	json_object(&j);
	json_kv_string(&j, "format", "hearth-extract");
	json_kv_int(&j, "version", 1);
	json_kv_string(&j, "agency", "Invented State (not real)");
	json_kv_string(&j, "source", "invented");
	json_kv_bool(&j, "invented", true);
	json_kv_date(&j, "data_through", w->through);
	json_kv_string(&j, "created_at", made);
	json_kv_string(&j, "kind", "full");
	extract_manifest_files(&j, o);
	json_object_end(&j);
	buf_char(&text, '\n');
	ok = file_replace(path, text.data, text.len, err);
	buf_free(&text);
	free(path);
	return ok;
}
