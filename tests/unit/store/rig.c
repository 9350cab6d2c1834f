#include "rig.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "lib/rows.h"

char folder[64];
char *url;
bool embedded;
struct store *store;
struct err err;

const struct load_options rig_plain, rig_held = {.hold = true},
				     rig_adding = {.add = true};

void
rig_shell(const char *command)
{
	ck_assert_msg(system(command) == 0, "%s", command);
}

void
rig_setup(void)
{
	const char *given = getenv("HEARTH_TEST_STORE");

	strcpy(folder, "/tmp/hearth-store-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(folder));
	setenv("XDG_CACHE_HOME", folder, 1);
	embedded = given == NULL;
	url = embedded ? xasprintf("sqlite:%s/store", folder) : xstrdup(given);
	if (!embedded)
		rig_shell(getenv("HEARTH_TEST_WIPE"));
	ck_ok(store_open(&store, url, STORE_CREATE, &err));
}

void
rig_teardown(void)
{
	char *command = xasprintf("rm -rf '%s'", folder);

	store_close(store);
	rig_shell(command);
	free(command);
	free(url);
}

void
rig_reopen(void)
{
	store_close(store);
	ck_ok(store_open(&store, url, STORE_WRITE, &err));
}

/* A store of the embedded kind beside the one under test. */
struct store *
rig_beside(const char *name)
{
	char *beside = xasprintf("sqlite:%s/%s", folder, name);
	struct store *other;

	ck_ok(store_open(&other, beside, STORE_CREATE, &err));
	free(beside);
	return other;
}

void
rig_backup_path(char path[static 96])
{
	snprintf(path, 96, "%s/backup.tar", folder);
}

struct load *
rig_begin(const struct load_options *options)
{
	struct load *l;

	ck_ok(store_load_begin(&l, store, options, &err));
	return l;
}

void
rig_row(struct load *l, enum extract_table table, const char *text)
{
	struct cell cells[EXTRACT_MAX_COLS];

	rows_parse(cells, table, text);
	ck_ok(store_load_row(l, table, cells, &err));
}

void
rig_describe(struct load *l)
{
	const struct facts_about about = {.agency = "Children's Division",
	    .source = "FACES",
	    .data_through = 15000,
	    .loaded_at = 1400000000,
	    .invented = true};

	store_load_about(l, &about);
}

/* A small generation: n children removed on the first days of 2012. */
uint32_t
rig_load(const struct load_options *options, int n)
{
	struct load *l = rig_begin(options);
	uint32_t generation;
	char text[80], date[DATE_TEXT];

	rig_describe(l);
	rig_row(l, EXTRACT_ORG, "node_id=s level=state name=State");
	for (int i = 0; i < n; i++) {
		snprintf(text, sizeof text, "child_id=c%d", i);
		rig_row(l, EXTRACT_CHILD, text);
		date_format(15340 + i % 300, date);
		snprintf(
		    text, sizeof text, "child_id=c%d removal_date=%s", i, date);
		rig_row(l, EXTRACT_REMOVAL, text);
	}
	ck_ok(store_load_commit(l, &generation, &err));
	return generation;
}

struct facts *
rig_facts(uint32_t generation)
{
	struct facts *facts;
	char *path;

	ck_ok(store_facts_path(store, generation, &path, &err));
	ck_ok(facts_open(&facts, path, &err));
	ck_ok(facts_verify(facts, &err));
	free(path);
	return facts;
}

uint32_t
rig_serving(void)
{
	uint32_t generation = 0;

	if (!store_serving(store, &generation, &err))
		ck_assert_int_eq(err.code, ERR_NO_DATA);
	return generation;
}

bool
rig_see_raw(void *arg, const struct store_raw *raw, struct err *e)
{
	struct rig_seen *seen = arg;

	(void)e;
	buf_printf(&seen->text, "%.*s %d %.*s;", (int)raw->key_len, raw->key,
	    (int)raw->period, (int)raw->len, (const char *)raw->bytes);
	if (seen->load != NULL) {
		char *text = xasprintf("child_id=%.*s removal_date=2012-01-01",
		    (int)raw->key_len, raw->key);

		rig_row(seen->load, EXTRACT_REMOVAL, text);
		free(text);
	}
	return true;
}

void
rig_raw(struct load *l, const char *kind, const char *key, int period,
    const char *bytes)
{
	const struct store_raw r = {.key = key,
	    .key_len = strlen(key),
	    .period = period,
	    .bytes = bytes,
	    .len = strlen(bytes)};

	ck_ok(store_load_raw(l, kind, &r, &err));
}

bool
rig_see_aside(void *arg, const struct store_aside *a, struct err *e)
{
	(void)e;
	buf_printf(arg, "%s:%" PRIu64 ":%s:%s:%s;", a->file, a->line, a->column,
	    a->rule, a->value);
	return true;
}

bool
rig_see_flag(void *arg, const char *rule, uint64_t n, struct err *e)
{
	(void)e;
	buf_printf(arg, "%s=%" PRIu64 ";", rule, n);
	return true;
}
