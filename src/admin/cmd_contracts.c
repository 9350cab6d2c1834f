/* hearthctl contracts import: agreements with providers from a table, all of
 * it or nothing. */
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "admin/admin.h"
#include "base/csv.h"
#include "base/date.h"
#include "base/fault.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/suggest.h"
#include "proto/body.h"
#include "proto/codes.h"
#include "store/papers.h"

#define KIND "contract"
#define COLUMNS 10
#define ID_MOST 34 /* bytes: its reviews are called by it and the year */
#define ROWS_MOST 100000

/* The file's columns: the contract's own id, and fields of its body. */
static const struct {
	const char *column, *field;
	bool number, list;
} columns[COLUMNS] = {
    {"contract_id", NULL, false, false},
    {"provider_id", "provider", false, false},
    {"programme", "programme", false, false},
    {"agreement", "agreement", false, false},
    {"contract_year", "year", true, false},
    {"from", "from", false, false},
    {"to", "to", false, false},
    {"monitor", "monitor", false, false},
    {"co_monitors", "co_monitors", false, true},
    {"note", "note", false, false},
};

struct entry {
	char *id;
	char *body; /* as it is kept */
	uint64_t line;
	uint32_t version; /* that it follows */
	bool same;	  /* as what is there */
};

struct contracts {
	const char *path;
	struct csv *csv;
	int at[COLUMNS]; /* the column's place in the file, -1: none */
	struct faults faults;
	struct entry *list;
	size_t n, cap;
};

/* --- the file -------------------------------------------------------- */

static const char *
column_word(const void *arg, size_t i)
{
	(void)arg;
	return i < COLUMNS ? columns[i].column : NULL;
}

static int
column_named(const struct csv_field *f)
{
	for (int i = 0; i < COLUMNS; i++)
		if (strlen(columns[i].column) == f->len &&
		    memcmp(columns[i].column, f->s, f->len) == 0)
			return i;
	return -1;
}

static void
bad_column(struct contracts *c, int place, const struct csv_field *f)
{
	char *name = xstrndup(f->s, f->len < 40 ? f->len : 40);
	const char *near = suggest(name, column_word, NULL);

	fault_add(&c->faults, c->path, 1, place + 1,
	    near != NULL ? _("there is no column \"%s\"; did you mean %s?")
			 : _("there is no column \"%s\""),
	    name, near);
	free(name);
}

static bool
read_header(struct contracts *c, struct err *err)
{
	const struct csv_field *fields;
	size_t n;
	int got = csv_next(c->csv, &fields, &n, err);

	for (int i = 0; i < COLUMNS; i++)
		c->at[i] = -1;
	if (got < 0)
		return false;
	if (got == 0)
		return err_set(err, ERR_FORMAT, _("%s is empty"), c->path);
	for (size_t i = 0; i < n; i++) {
		int k = column_named(&fields[i]);

		if (k < 0)
			bad_column(c, (int)i, &fields[i]);
		else if (c->at[k] >= 0)
			fault_add(&c->faults, c->path, 1, (int)i + 1,
			    _("the column %s comes twice"), columns[k].column);
		else
			c->at[k] = (int)i;
	}
	for (int i = 0; i < 7; i++)
		if (c->at[i] < 0)
			fault_add(&c->faults, c->path, 1, 1,
			    _("the column %s is missing"), columns[i].column);
	return true;
}

/* --- a row ----------------------------------------------------------- */

/* A whole number stands as one; what is none is left to the table to name. */
static bool
is_number(const struct csv_field *f)
{
	for (size_t i = 0; i < f->len; i++)
		if (f->s[i] < '0' || f->s[i] > '9')
			return false;
	return f->len > 0 && f->len < 10 && (f->s[0] != '0' || f->len == 1);
}

static void
put_list(struct json *j, const struct csv_field *f)
{
	json_array(j);
	for (size_t at = 0; at < f->len;) {
		const char *end = memchr(f->s + at, ';', f->len - at);
		size_t len =
		    end != NULL ? (size_t)(end - f->s) - at : f->len - at;

		json_stringn(j, f->s + at, len);
		at += len + 1;
	}
	json_array_end(j);
}

static void
put_value(struct json *j, int column, const struct csv_field *f)
{
	if (columns[column].list)
		put_list(j, f);
	else if (columns[column].number && is_number(f))
		json_int(j, strtoll(f->s, NULL, 10));
	else
		json_stringn(j, f->s, f->len);
}

/* The row as the body that a PUT would bring. */
static void
row_body(
    const struct contracts *c, struct buf *out, const struct csv_field *fields)
{
	struct json j;

	json_begin(&j, out);
	json_object(&j);
	json_kv_int(&j, "version", 0);
	for (int i = 1; i < COLUMNS; i++) {
		const struct csv_field *f =
		    c->at[i] >= 0 ? &fields[c->at[i]] : NULL;

		if (f == NULL || f->len == 0)
			continue;
		json_key(&j, columns[i].field);
		put_value(&j, i, f);
	}
	json_object_end(&j);
}

/* The column whose field the fault names ("co_monitors[1]"), from 1. */
static int
place_of(const struct contracts *c, const char *field)
{
	size_t len = strcspn(field, "[.");

	for (int i = 1; i < COLUMNS; i++)
		if (strlen(columns[i].field) == len &&
		    strncmp(columns[i].field, field, len) == 0)
			return c->at[i] + 1;
	return 0;
}

static void
row_fault(struct contracts *c, int column, const char *text)
{
	fault_add(&c->faults, c->path, (int)csv_line(c->csv), c->at[column] + 1,
	    "%s: %s", columns[column].column, text);
}

static bool
row_sound(struct contracts *c, const cJSON *body)
{
	if (body_date(body, "to") < body_date(body, "from")) {
		row_fault(c, 6, _("it ends before it begins"));
		return false;
	}
	if (body_word(body, "programme", CODES_HOME_KIND) > HOME_KIND_FFA) {
		row_fault(c, 2, _("only gh and ffa are reviewed"));
		return false;
	}
	return true;
}

static bool
row_id(struct contracts *c, const struct csv_field *f)
{
	bool clean = f->len > 0 && f->len <= ID_MOST && f->s[0] != ' ' &&
		     f->s[f->len - 1] != ' ';

	for (size_t i = 0; i < f->len; i++)
		clean = clean && (unsigned char)f->s[i] >= 0x20 &&
			(unsigned char)f->s[i] != 0x7f && f->s[i] != '/';
	if (!clean) {
		row_fault(
		    c, 0, _("an id has 1 to 34 printable bytes and no slash"));
		return false;
	}
	for (size_t i = 0; i < c->n; i++)
		if (strlen(c->list[i].id) == f->len &&
		    memcmp(c->list[i].id, f->s, f->len) == 0) {
			char text[80];

			snprintf(text, sizeof text, _("it stands in line %llu"),
			    (unsigned long long)c->list[i].line);
			row_fault(c, 0, text);
			return false;
		}
	return true;
}

static void
keep_row(struct contracts *c, const struct csv_field *id, const cJSON *body)
{
	struct buf text = {0};

	body_write(&text, BODY_contract, body);
	grow(&c->list, &c->cap, c->n + 1, sizeof *c->list);
	c->list[c->n++] = (struct entry){.id = xstrndup(id->s, id->len),
	    .body = buf_take(&text),
	    .line = csv_line(c->csv)};
}

static void
read_row(struct contracts *c, const struct csv_field *fields)
{
	const struct csv_field *id = &fields[c->at[0]];
	struct body_fault fault;
	struct buf text = {0};
	struct err err = {0};
	cJSON *body;
	bool said;

	row_body(c, &text, fields);
	body =
	    body_read(BODY_contract, buf_text(&text), text.len, &fault, &err);
	said = *fault.hint == '\0' || strstr(err.text, fault.hint) != NULL;
	if (body == NULL)
		fault_add(&c->faults, c->path, (int)csv_line(c->csv),
		    place_of(c, fault.field), said ? "%s" : "%s (%s)", err.text,
		    fault.hint);
	else if (row_id(c, id) && row_sound(c, body))
		keep_row(c, id, body);
	cJSON_Delete(body);
	buf_free(&text);
}

static bool
read_rows(struct contracts *c, struct err *err)
{
	const struct csv_field *fields;
	size_t n, width = 0;
	int got;

	for (int i = 0; i < COLUMNS; i++)
		if (c->at[i] >= (int)width)
			width = (size_t)c->at[i] + 1;
	while ((got = csv_next(c->csv, &fields, &n, err)) > 0) {
		if (n == 1 && fields[0].len == 0)
			continue;
		if (c->n == ROWS_MOST)
			return err_set(err, ERR_TOO_LARGE,
			    _("%s: too many rows"), c->path);
		if (n < width)
			fault_add(&c->faults, c->path, (int)csv_line(c->csv),
			    (int)n, _("the row has too few columns"));
		else
			read_row(c, fields);
	}
	return got == 0;
}

/* --- what is there --------------------------------------------------- */

static bool
compare(void *arg, const struct store_paper *p, struct err *err)
{
	struct contracts *c = arg;

	(void)err;
	for (size_t i = 0; i < c->n; i++)
		if (strcmp(c->list[i].id, p->id) == 0) {
			c->list[i].version = p->version;
			c->list[i].same =
			    strlen(c->list[i].body) == p->len &&
			    memcmp(c->list[i].body, p->body, p->len) == 0;
		}
	return true;
}

static const char *
writer(void)
{
	const struct passwd *me = getpwuid(geteuid());

	return me != NULL ? me->pw_name : "hearthctl";
}

static bool
keep_all(
    struct contracts *c, struct store *store, size_t *kept, struct err *err)
{
	struct store_paper_new *list = xcalloc(c->n + 1, sizeof *list);
	size_t conflict;
	bool ok;

	*kept = 0;
	for (size_t i = 0; i < c->n; i++) {
		struct entry *e = &c->list[i];

		if (!e->same)
			list[(*kept)++] = (struct store_paper_new){
			    {.kind = KIND,
				.id = e->id,
				.at_ms = (int64_t)time(NULL) * 1000,
				.by = writer(),
				.body = e->body,
				.len = strlen(e->body)},
			    e->version};
	}
	ok = store_papers_put(store, list, *kept, &conflict, err);
	if (ok && conflict < *kept)
		ok = err_set(err, ERR_CONFLICT,
		    _("somebody wrote the contract %s meanwhile; nothing was "
		      "kept: import again"),
		    list[conflict].paper.id);
	free(list);
	return ok;
}

static bool
into_store(struct contracts *c, const char *url, size_t *kept, struct err *err)
{
	struct store *store;
	bool ok = store_open(&store, url, STORE_WRITE, err);

	if (!ok)
		return false;
	ok = store_papers(store, KIND, NULL, compare, c, err) &&
	     keep_all(c, store, kept, err);
	store_close(store);
	return ok;
}

/* --- the command ----------------------------------------------------- */

static void
contracts_fini(struct contracts *c)
{
	for (size_t i = 0; i < c->n; i++) {
		free(c->list[i].id);
		free(c->list[i].body);
	}
	free(c->list);
	csv_free(c->csv);
	faults_free(&c->faults);
}

/* Every fault on standard error: file, line, column. */
static bool
tell_faults(const struct contracts *c, struct err *err)
{
	for (size_t i = 0; i < c->faults.n; i++)
		fprintf(stderr, "%s:%d:%d: %s\n", c->faults.list[i].file,
		    c->faults.list[i].line, c->faults.list[i].column,
		    c->faults.list[i].text);
	return c->faults.n == 0 ||
	       err_set(err, ERR_REFUSED,
		   ngettext("%zu fault; nothing was kept",
		       "%zu faults; nothing was kept", c->faults.n),
		   c->faults.n);
}

int
cmd_contracts_import(struct admin *a, int argc, char **argv)
{
	struct contracts c = {0};
	struct err err = {0};
	size_t kept = 0;
	bool ok;

	if (argc != 2)
		return admin_usage(a, _("contracts import needs a file"));
	c.path = argv[1];
	ok = file_given(c.path, &err) && csv_open(&c.csv, c.path, &err) &&
	     read_header(&c, &err) && (c.faults.n > 0 || read_rows(&c, &err)) &&
	     tell_faults(&c, &err) && into_store(&c, a->store, &kept, &err);
	if (ok)
		admin_say(a,
		    ngettext("%zu contract kept, %zu as before.",
			"%zu contracts kept, %zu as before.", kept),
		    kept, c.n - kept);
	contracts_fini(&c);
	return ok ? 0 : admin_fail(a, &err);
}
