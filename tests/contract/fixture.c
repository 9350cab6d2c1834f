#include "contract/fixture.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/csv.h"
#include "base/date.h"
#include "base/file.h"
#include "ingest/extract.h"
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
fixture_load(struct store *store)
{
	const struct facts_about about = {
	    .data_through = date_make(2024, 9, 30),
	    .loaded_at = 1727830800,
	    .agency = "Contract",
	    .source = "test",
	    .invented = true,
	};
	struct err err = {0};
	struct load *load;
	uint32_t generation;

	must(store_load_begin(&load, store, &(struct load_options){0}, &err),
	    &err);
	for (int id = 0; id < EXTRACT_COUNT; id++) {
		char *name = xasprintf("tests/contract/data/%s.csv",
		    extract_table((enum extract_table)id)->name);
		char *path = fixture_source(name);

		if (file_exists(path))
			fixture_table(load, (enum extract_table)id, path);
		free(path);
		free(name);
	}
	store_load_about(load, &about);
	must(store_load_commit(load, &generation, &err), &err);
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
fixture_publish(struct fixture *f)
{
	struct store *store;

	fixture_store(&store, f->folder);
	fixture_load(store);
	store_close(store);
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
	f->audit = file_join(folder, "audit.log", NULL);
	fixture_store(&store, folder);
	if (loaded)
		fixture_load(store);
	store_close(store);
	must(service_open(&f->service,
		 &(struct service_options){
		     .store = folder,
		     .definitions = f->definitions,
		     .audit = f->audit,
		 },
		 &err),
	    &err);
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

void
fixture_close(struct fixture *f)
{
	service_close(f->service);
	fixture_remove(f->folder);
	free(f->folder);
	free(f->definitions);
	free(f->audit);
}
