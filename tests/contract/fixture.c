#include "contract/fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <sodium.h>

#include "base/csv.h"
#include "base/date.h"
#include "base/file.h"
#include "ingest/extract.h"
#include "proto/bundle.h"
#include "store/store.h"

char *
fixture_source(const char *path)
{
	const char *top = getenv("top_srcdir");

	return file_join(top != NULL ? top : ".", path, NULL);
}

/* Not Check's: a fuzz target uses the fixture outside of any test. */
static void
must(bool ok, const struct err *err)
{
	if (ok)
		return;
	fprintf(stderr, "fixture: %s\n", err->text);
	abort();
}

/* The table's column for each field of the header. */
static size_t
fixture_header(struct csv *csv, const struct table *t, int *columns)
{
	const struct csv_field *fields;
	struct err err = {0};
	size_t n;

	must(csv_next(csv, &fields, &n, &err) == 1, &err);
	for (size_t i = 0; i < n; i++) {
		columns[i] = table_column(t, fields[i].s, fields[i].len);
		must(columns[i] >= 0 || err_set(&err, ERR_FORMAT, "column"),
		    &err);
	}
	return n;
}

static void
fixture_table(struct load *load, enum extract_table id, const char *path)
{
	const struct table *t = extract_table(id);
	int columns[EXTRACT_MAX_COLS];
	const struct csv_field *fields;
	struct err err = {0};
	struct csv *csv;
	size_t n;

	must(csv_open(&csv, path, &err), &err);
	n = fixture_header(csv, t, columns);
	while (csv_next(csv, &fields, &n, &err) > 0) {
		struct cell cells[EXTRACT_MAX_COLS];

		for (int i = 0; i < t->n; i++)
			cells[i] = cell_empty();
		for (size_t i = 0; i < n; i++)
			must(extract_cell(&t->columns[columns[i]], &fields[i],
				 &cells[columns[i]]) == NULL ||
				 err_set(&err, ERR_FORMAT, "cell"),
			    &err);
		must(store_load_row(load, id, cells, &err), &err);
	}
	csv_free(csv);
}

static void
fixture_remove(const char *folder)
{
	DIR *d = opendir(folder);
	struct dirent *e;

	while (d != NULL && (e = readdir(d)) != NULL) {
		char *path = file_join(folder, e->d_name, NULL);

		if (strcmp(e->d_name, ".") != 0 &&
		    strcmp(e->d_name, "..") != 0 && unlink(path) != 0)
			fixture_remove(path);
		free(path);
	}
	if (d != NULL)
		closedir(d);
	rmdir(folder);
}

/* An edit of a table's file; what it replaces must be there. */
static void
fixture_edit(struct buf *text, const struct fixture_edit *e)
{
	char *at = strstr(text->data, e->from);
	struct buf out = {0};
	struct err err = {0};

	must(at != NULL || err_set(&err, ERR_USAGE, "%s: %s is not there",
			       e->file, e->from),
	    &err);
	buf_add(&out, text->data, (size_t)(at - text->data));
	buf_str(&out, e->to);
	buf_str(&out, at + strlen(e->from));
	buf_free(text);
	*text = out;
}

/* Copies a file, edited, into a folder; the copy's path. */
static char *
fixture_copy(const char *path, const char *folder,
    const struct fixture_edit *edits, size_t n)
{
	const char *name = strrchr(path, '/') + 1;
	char *copy = file_join(folder, name, NULL);
	struct buf text = {0};
	struct err err = {0};

	must(file_read(&text, path, 1 << 22, &err), &err);
	for (size_t i = 0; i < n; i++)
		if (strcmp(edits[i].file, name) == 0)
			fixture_edit(&text, &edits[i]);
	must(file_replace(copy, text.data, text.len, &err), &err);
	buf_free(&text);
	return copy;
}

static void
fixture_load(struct store *store, const struct fixture_data *data)
{
	const struct facts_about about = {
	    .data_through = data->through,
	    .loaded_at = 1727830800 + data->later,
	    .agency = "Contract",
	    .source = "test",
	    .invented = true,
	};
	char folder[] = "/tmp/hearth-contract-XXXXXX";
	struct err err = {0};
	struct load *load;
	uint32_t generation;

	must(mkdtemp(folder) != NULL || err_sys(&err, ERR_IO, "mkdtemp"), &err);
	must(store_load_begin(&load, store, &(struct load_options){0}, &err),
	    &err);
	for (int id = 0; id < EXTRACT_COUNT; id++) {
		char *name = xasprintf("tests/contract/data/%s.csv",
		    extract_table((enum extract_table)id)->name);
		char *path = fixture_source(name), *copy;

		if (file_exists(path)) {
			copy = fixture_copy(
			    path, folder, data->edits, data->edits_n);
			fixture_table(load, (enum extract_table)id, copy);
			free(copy);
		}
		free(path);
		free(name);
	}
	store_load_about(load, &about);
	must(store_load_commit(load, &generation, &err), &err);
	fixture_remove(folder);
}

static void
fixture_store(struct store **store, const char *folder)
{
	char *url = xasprintf("sqlite:%s", folder);
	struct err err = {0};

	must(store_open(store, url, STORE_CREATE, &err), &err);
	free(url);
}

void
fixture_publish_data(struct fixture *f, const struct fixture_data *data)
{
	struct store *store;

	fixture_store(&store, f->folder);
	fixture_load(store, data);
	store_close(store);
}

void
fixture_publish(struct fixture *f)
{
	fixture_publish_data(
	    f, &(struct fixture_data){.through = date_make(2024, 9, 30)});
}

void
fixture_withdraw(struct fixture *f, uint32_t generation)
{
	struct store *store;
	struct err err = {0};

	fixture_store(&store, f->folder);
	must(store_withdraw(store, generation, &err), &err);
	store_close(store);
}

static void
fixture_serve(struct fixture *f)
{
	struct err err = {0};

	must(service_open(&f->service,
		 &(struct service_options){
		     .store = f->folder,
		     .definitions = f->definitions,
		     .instruments = f->instruments,
		     .audit = f->audit,
		     .refresh_days = f->refresh_days,
		     .signing_key = f->signing_key,
		     .recalls = f->recalls,
		     .keeps = f->recalls,
		 },
		 &err),
	    &err);
}

void
fixture_define(struct fixture *f, const struct fixture_edit *edits, size_t n)
{
	char *from = fixture_source("etc/measures");
	char *folder = file_join(f->folder, "measures", NULL);
	DIR *d = opendir(from);
	struct dirent *e;
	struct err err = {0};

	service_close(f->service);
	must(file_mkdirs(folder, &err), &err);
	while (d != NULL && (e = readdir(d)) != NULL) {
		char *path = file_join(from, e->d_name, NULL);

		if (e->d_name[0] != '.')
			free(fixture_copy(path, folder, edits, n));
		free(path);
	}
	if (d != NULL)
		closedir(d);
	free(f->definitions);
	f->definitions = folder;
	free(from);
	fixture_serve(f);
}

void
fixture_sign(struct fixture *f, uint8_t *public)
{
	uint8_t secret[BUNDLE_SECRET];
	char hex[2 * BUNDLE_SECRET + 1];
	struct err err = {0};

	service_close(f->service);
	must(bundle_keys(public, secret) ||
		 err_set(&err, ERR_INTERNAL, "no keys"),
	    &err);
	sodium_bin2hex(hex, sizeof hex, secret, sizeof secret);
	f->signing_key = file_join(f->folder, "signing.secret", NULL);
	must(file_replace(f->signing_key, hex, strlen(hex), &err), &err);
	fixture_serve(f);
}

void
fixture_refresh(struct fixture *f, int days)
{
	service_close(f->service);
	f->refresh_days = days;
	fixture_serve(f);
}

void
fixture_recall(struct fixture *f)
{
	service_close(f->service);
	f->recalls = true;
	fixture_serve(f);
}

void
fixture_open(struct fixture *f, bool loaded)
{
	char folder[] = "/tmp/hearth-contract-XXXXXX";
	struct store *store;
	struct err err = {0};

	must(mkdtemp(folder) != NULL || err_sys(&err, ERR_IO, "mkdtemp"), &err);
	*f = (struct fixture){.folder = xstrdup(folder)};
	f->definitions = fixture_source("etc/measures");
	f->instruments = fixture_source("etc/instruments");
	f->audit = file_join(folder, "audit.log", NULL);
	fixture_store(&store, folder);
	store_close(store);
	if (loaded)
		fixture_publish(f);
	fixture_serve(f);
}

void
fixture_close(struct fixture *f)
{
	free(f->signing_key);
	service_close(f->service);
	fixture_remove(f->folder);
	free(f->folder);
	free(f->definitions);
	free(f->instruments);
	free(f->audit);
}
