#include <stdlib.h>
#include <string.h>

#include "admin/import.h"
#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"
#include "ingest/cwscms.h"
#include "ingest/manifest.h"
#include "ingest/period.h"

/* --- hashes -------------------------------------------------------- */

static bool
hash_file(
    struct import *im, const char *path, const char *format, struct err *err)
{
	struct store_source *s;

	grow(&im->sources, &im->sources_cap, im->sources_n + 1, sizeof *s);
	s = &im->sources[im->sources_n++];
	*s = (struct store_source){.format = format, .name = intake_name(path)};
	return file_hash(path, s->sha256, err);
}

static bool
hash_member(
    struct import *im, const char *folder, const char *name, struct err *err)
{
	char *path = file_join(folder, name, NULL);
	bool ok = !file_exists(path) || hash_file(im, path, "extract", err);

	free(path);
	return ok;
}

static bool
hash_extract(struct import *im, const char *folder, struct err *err)
{
	if (!hash_member(im, folder, MANIFEST_NAME, err))
		return false;
	for (int t = 0; t < EXTRACT_COUNT; t++) {
		char *name = xasprintf(
		    "%s.csv", extract_table((enum extract_table)t)->name);
		bool ok = hash_member(im, folder, name, err);

		free(name);
		if (!ok)
			return false;
	}
	return true;
}

static bool
hash_cwscms(struct import *im, const char *folder, struct err *err)
{
	bool ok = true;

	for (int t = 0; t < CWS_TABLES && ok; t++) {
		char *path = cwscms_path(folder, (enum cws_table)t);

		if (path != NULL)
			ok = hash_file(im, path, "cwscms", err);
		free(path);
	}
	return ok;
}

bool
import_hash(struct import *im, struct err *err)
{
	import_step(im, _("looking whether the files are new"));
	for (size_t i = 0; i < im->list.n; i++) {
		const struct ingest_item *item = &im->list.items[i];
		bool ok = item->cwscms	 ? hash_cwscms(im, item->path, err)
			  : item->folder ? hash_extract(im, item->path, err)
					 : hash_file(im, item->path,
					       item->format->name, err);

		if (!ok)
			return false;
		import_show(im, i + 1);
	}
	return true;
}

void
import_sources_free(struct import *im)
{
	for (size_t i = 0; i < im->sources_n; i++)
		free((char *)im->sources[i].name);
	free(im->sources);
	free((char *)im->base_about.agency);
	free((char *)im->base_about.source);
}

/* What became of a source: the intake's file of that name that no earlier
 * source has taken. */
static void
match(const struct intake *in, bool *taken, struct store_source *s)
{
	for (size_t i = 0; i < in->n; i++) {
		const struct intake_file *f = &in->files[i];

		if (taken[i] || strcmp(f->name, s->name) != 0 ||
		    strcmp(f->format, s->format) != 0)
			continue;
		taken[i] = true;
		s->rows = f->rows;
		s->kept = f->kept;
		s->aside = tally_total(&f->asides);
		return;
	}
}

bool
import_give_sources(struct import *im, struct err *err)
{
	bool *taken = xcalloc(im->in.n, sizeof *taken), ok = true;

	for (size_t i = 0; i < im->sources_n && ok; i++) {
		match(&im->in, taken, &im->sources[i]);
		ok = store_load_source(im->load, &im->sources[i], err);
	}
	free(taken);
	return ok;
}

/* --- the base ------------------------------------------------------ */

static bool
know_child(void *arg, const struct cell *cells, struct err *err)
{
	struct import *im = arg;

	(void)err;
	ids_put(
	    &im->in.carried, cells[CHILD_COL_ID].s, cells[CHILD_COL_ID].len, 0);
	return true;
}

static bool
know_removal(void *arg, const struct cell *cells, struct err *err)
{
	struct import *im = arg;
	const struct cell *id = &cells[REMOVAL_COL_CHILD];
	int32_t *known;

	(void)err;
	ids_put(&im->in.carried, id->s, id->len, 1);
	known = ids_find(&im->in.carried, id->s, id->len);
	if (known != NULL)
		*known = 1;
	return true;
}

static bool
know_node(void *arg, const struct cell *cells, struct err *err)
{
	struct import *im = arg;

	(void)err;
	ids_put(
	    &im->in.nodes, cells[ORG_COL_NODE].s, cells[ORG_COL_NODE].len, 0);
	/* Those of an earlier import are made anew. */
	if (!places_made(cells))
		places_learn(&im->in.places, cells);
	return true;
}

/* Rows that are added may speak of providers and incidents told before. */
static bool
know_provider(void *arg, const struct cell *cells, struct err *err)
{
	struct import *im = arg;
	const struct cell *id = &cells[PROVIDER_COL_ID];

	(void)err;
	ids_put(&im->in.providers, id->s, id->len, 0);
	return true;
}

static bool
know_incident(void *arg, const struct cell *cells, struct err *err)
{
	struct import *im = arg;
	const struct cell *id = &cells[INCIDENT_COL_ID];

	(void)err;
	ids_put(&im->in.incidents, id->s, id->len, 0);
	return true;
}

/* Federal records of a child are overlaid on an extract's rows only when it
 * cannot be told whose the carried rows are. */
static bool
look_at_source(void *arg, const struct store_source *s, struct err *err)
{
	struct import *im = arg;

	(void)err;
	if (strncmp(s->format, "afcars", 6) == 0)
		im->in.told = false;
	return true;
}

/* The newest that was not withdrawn, as the store's load takes it. */
static bool
find_base(struct import *im, struct err *err)
{
	struct store_generations all;

	if (!store_generations(im->store, &all, err))
		return false;
	for (size_t i = all.n; i > 0 && im->base == 0; i--) {
		if (all.list[i - 1].state == STORE_WITHDRAWN)
			continue;
		im->base_about = all.list[i - 1].about;
		im->base_about.agency = xstrdup(im->base_about.agency);
		im->base_about.source = xstrdup(im->base_about.source);
		im->base = im->base_about.generation;
	}
	store_generations_free(&all);
	return im->base != 0 ||
	       err_set(err, ERR_NO_DATA,
		   _("--add: there is no generation to add to; import "
		     "without it first"));
}

bool
import_base(struct import *im, struct err *err)
{
	static const struct {
		enum extract_table table;
		bool (*know)(
		    void *arg, const struct cell *cells, struct err *err);
	} rows[] = {{EXTRACT_ORG, know_node}, {EXTRACT_CHILD, know_child},
	    {EXTRACT_REMOVAL, know_removal}, {EXTRACT_PROVIDER, know_provider},
	    {EXTRACT_INCIDENT, know_incident}};
	bool ok = find_base(im, err);

	im->in.told = true;
	ok = ok && store_sources(im->store, im->base, look_at_source, im, err);
	for (size_t i = 0; ok && i < sizeof rows / sizeof *rows; i++)
		ok = store_rows(
		    im->store, im->base, rows[i].table, rows[i].know, im, err);
	return ok;
}
