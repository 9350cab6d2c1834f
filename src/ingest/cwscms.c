#include "ingest/cwscms.h"

#include <dirent.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "ingest/bytes.h"
#include "ingest/cwscms_row.h"

#define MOST_FIELDS 512
#define HEAD 8192 /* bytes in which the line of names must stand */

struct cws_col {
	const char *name;
	bool needed;
};

/* clang-format off */
#define CWS_TABLE(id, name) static const struct cws_col columns_##id[] = {
#define CWS_COL(table, id, name, needed) {name, needed},
#define CWS_END(id) };
#include "ingest/cwscms.def"
#undef CWS_TABLE
#undef CWS_COL
#undef CWS_END

static const struct {
	const char *name;
	const struct cws_col *columns;
	int n;
} tables[CWS_TABLES] = {
#define CWS_TABLE(id, name) \
	[CWS_##id] = {name, columns_##id, CWS_##id##_COLS},
#define CWS_COL(table, id, name, needed)
#define CWS_END(id)
#include "ingest/cwscms.def"
#undef CWS_TABLE
#undef CWS_COL
#undef CWS_END
};
/* clang-format on */

static const char *
cwscms_column(enum cws_table table, int column)
{
	return tables[table].columns[column].name;
}

/* --- the line of names ------------------------------------------------- */

static bool
same_name(const struct csv_field *f, const char *name)
{
	size_t len = f->len;

	while (len > 0 && f->s[len - 1] == ' ')
		len--;
	return len == strlen(name) && strncasecmp(f->s, name, len) == 0;
}

static bool
read_names(struct cwscms *w, struct csv *csv, size_t *fields, struct err *err)
{
	const char *table = tables[w->table].name;
	const struct csv_field *list;
	int got = csv_next(csv, &list, fields, err);

	if (got < 0)
		return err_prefix(err, "%s", table);
	if (got == 0 || *fields > MOST_FIELDS)
		return err_set(err, ERR_FORMAT,
		    _("%s: line 1: there is no line of column names"), table);
	for (int c = 0; c < tables[w->table].n; c++) {
		const struct cws_col *col = &tables[w->table].columns[c];
		const char *name = cws_column_name(&w->codes, table, col->name);

		w->field[c] = CWS_NO_FIELD;
		for (size_t i = 0; i < *fields; i++)
			if (same_name(&list[i], name))
				w->field[c] = i;
		if (col->needed && w->field[c] == CWS_NO_FIELD)
			return err_set(err, ERR_FORMAT,
			    _("%s: line 1: the column %s is missing"), table,
			    name);
	}
	return true;
}

/* --- rows -------------------------------------------------------------- */

bool
cwscms_aside(struct cwscms *w, int column, const char *rule, struct err *err)
{
	struct csv_field value = {"", 0};
	struct fault fault = {
	    .line = csv_line(w->csv),
	    .rule = rule,
	};

	if (column >= 0) {
		fault.column = cws_column_name(&w->codes, tables[w->table].name,
		    cwscms_column(w->table, column));
		value = cwscms_get(w, column);
		fault.value = value.s;
		fault.len = value.len;
	}
	w->aside = true;
	return intake_aside(w->in, &fault, err);
}

static bool
take(struct cwscms *w, struct err *err)
{
	for (int c = 0; c < tables[w->table].n; c++)
		if (tables[w->table].columns[c].needed &&
		    cwscms_get(w, c).len == 0)
			return cwscms_aside(w, c, "FC-19", err);
	return cwscms_row(w, err);
}

struct cwscms *
cwscms_begin(struct intake *in, const struct cws_codes *codes)
{
	struct cwscms *w = xcalloc(1, sizeof *w);

	w->in = in;
	w->codes = *codes;
	w->codes.list = xmalloc((codes->n + 1) * sizeof *codes->list);
	memcpy(w->codes.list, codes->list, codes->n * sizeof *codes->list);
	w->codes.cap = codes->n + 1;
	cwscms_rows_init(w);
	return w;
}

bool
cwscms_table(
    struct cwscms *w, struct csv *csv, enum cws_table table, struct err *err)
{
	size_t fields, n;
	int got;

	w->csv = csv;
	w->table = table;
	w->seen[table] = true;
	if (!read_names(w, csv, &fields, err))
		return false;
	while ((got = csv_next(csv, &w->fields, &n, err)) > 0) {
		bool ok;

		if (n == 1 && w->fields[0].len == 0 && fields > 1)
			continue; /* a blank line */
		intake_count(w->in);
		w->aside = false;
		ok = n == fields ? take(w, err)
				 : cwscms_aside(w, -1, "FIELDS", err);
		if (!ok)
			return false;
		if (!w->aside)
			intake_current(w->in)->kept++;
	}
	return got == 0 || err_prefix(err, "%s", tables[table].name);
}

/* What was gone by although it is only assumed, and what nobody told. */
static void
tell_assumed(struct cwscms *w)
{
	for (size_t i = 0; i < w->codes.n; i++) {
		const struct cws_entry *e = &w->codes.list[i];

		if (e->used > 0 && e->assumed && !e->told)
			intake_say(w->in,
			    _("assumed since %s: %s %s; %" PRIu64
			      " values went by it (cwscms.cfg)"),
			    e->dated, cws_family_name(e->family), e->code,
			    e->used);
	}
	for (int i = 0; i < CWS_RULES; i++)
		if (w->codes.rules[i].used > 0 && w->codes.rules[i].assumed)
			intake_say(w->in,
			    _("assumed since %s: %s = %d; %" PRIu64
			      " rows went by it (cwscms.cfg)"),
			    w->codes.rules[i].dated,
			    cws_rule_name((enum cws_rule)i),
			    w->codes.rules[i].value, w->codes.rules[i].used);
	for (int f = 0; f < CWS_FAMILIES; f++)
		if (w->unknown[f] > 0)
			intake_say(w->in,
			    _("%s: %" PRIu64 " values of which cwscms.cfg and "
			      "SYS_CD_C say nothing count as not given"),
			    cws_family_name((enum cws_family)f), w->unknown[f]);
}

void
cwscms_end(struct cwscms *w)
{
	tell_assumed(w);
	cwscms_rows_fini(w);
	free(w->codes.list);
	free(w);
}

/* --- the folder -------------------------------------------------------- */

/* "PLC_EPST", "plc_epst.csv", "PLC_EPST.txt". */
static bool
names_table(const char *file, const char *table)
{
	size_t len = strlen(table);

	return strncasecmp(file, table, len) == 0 &&
	       (file[len] == '\0' || file[len] == '.');
}

char *
cwscms_path(const char *folder, enum cws_table table)
{
	struct dirent **names;
	int n = scandir(folder, &names, NULL, alphasort);
	char *path = NULL;

	for (int i = 0; i < n; i++) {
		if (path == NULL &&
		    names_table(names[i]->d_name, tables[table].name))
			path = file_join(folder, names[i]->d_name, NULL);
		free(names[i]);
	}
	if (n >= 0)
		free(names);
	return path;
}

/* What parts the fields of the line of names. */
static char
comma_of(const char *line, size_t len)
{
	static const char candidates[] = ",\t|;";
	size_t best = 0;
	char found = ',';

	for (const char *c = candidates; *c != '\0'; c++) {
		size_t count = 0;

		for (size_t i = 0; i < len && line[i] != '\n'; i++)
			count += line[i] == *c;
		if (count > best) {
			best = count;
			found = *c;
		}
	}
	return found;
}

static bool
head_of(struct bytes *b, const char *path, size_t *n)
{
	struct err ignored;

	if (!bytes_open(b, path, &ignored))
		return false;
	*n = bytes_want(b, HEAD);
	*n = *n < HEAD ? *n : HEAD;
	return true;
}

/* Whether every column that the table needs stands in the first line. */
static bool
has_columns(const char *line, size_t len, enum cws_table table)
{
	char text[HEAD + 1];
	bool all = true;

	len = (size_t)((const char *)memchr(line, '\n', len) - line);
	memcpy(text, line, len);
	text[len] = '\0';
	for (int c = 0; c < tables[table].n; c++)
		if (tables[table].columns[c].needed)
			all &= strcasestr(
				   text, tables[table].columns[c].name) != NULL;
	return all;
}

bool
cwscms_probe(const char *folder)
{
	static const enum cws_table telling[] = {
	    CWS_EPISODE, CWS_STAY, CWS_HOME};

	for (size_t i = 0; i < sizeof telling / sizeof *telling; i++) {
		char *path = cwscms_path(folder, telling[i]);
		bool found = false;
		struct bytes b;
		size_t n;

		if (path != NULL && head_of(&b, path, &n)) {
			found = memchr(b.data, '\n', n) != NULL &&
				has_columns(b.data, n, telling[i]);
			bytes_close(&b);
		}
		free(path);
		if (found)
			return true;
	}
	return false;
}

static bool
read_file(
    struct cwscms *w, const char *path, enum cws_table table, struct err *err)
{
	struct csv *csv = NULL;
	struct bytes b;
	size_t n;
	char comma = ',';
	bool ok;

	intake_begin(w->in, path, "cwscms");
	if (head_of(&b, path, &n)) {
		comma = comma_of(b.data, n);
		bytes_close(&b);
	}
	ok = csv_open(&csv, path, err);
	if (ok) {
		csv_comma(csv, comma);
		ok = cwscms_table(w, csv, table, err) && intake_end(w->in, err);
	}
	csv_free(csv);
	return ok;
}

static bool
read_all(struct cwscms *w, const char *folder, struct err *err)
{
	bool ok = true;

	for (int t = 0; t < CWS_TABLES && ok; t++) {
		char *path = cwscms_path(folder, (enum cws_table)t);

		if (path != NULL)
			ok = read_file(w, path, (enum cws_table)t, err);
		free(path);
	}
	if (ok && w->through != DATE_MISSING)
		intake_through(w->in, w->through);
	return ok;
}

bool
cwscms_read(struct intake *in, const char *folder, struct err *err)
{
	struct cws_codes codes;
	struct cwscms *w;
	bool ok;

	if (in->cwscms == NULL)
		return err_set(err, ERR_CONFIG,
		    _("cwscms.cfg, which says what codes mean, is missing"));
	if (!cws_codes_read(&codes, in->cwscms, err))
		return false;
	w = cwscms_begin(in, &codes);
	if (in->source == NULL)
		in->source = xstrdup("CWS/CMS");
	ok = read_all(w, folder, err);
	cwscms_end(w);
	cws_codes_free(&codes);
	return ok;
}
