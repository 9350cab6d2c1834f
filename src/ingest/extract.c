#include "ingest/extract.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "ingest/cells.h"
#include "ingest/manifest.h"
#include "ingest/parents.h"

#define MOST_FIELDS 256
#define NO_COLUMN (-1)

struct reader {
	struct intake *in;
	struct csv *csv;
	enum extract_table id;
	const struct table *table;
	int column[MOST_FIELDS]; /* of each field of the file */
	size_t fields;
	struct buf key; /* scratch */
	struct parents parents;
};

/* --- the header ---------------------------------------------------- */

static bool
map_field(
    struct reader *r, size_t i, const struct csv_field *f, struct err *err)
{
	int column = table_column(r->table, f->s, f->len);

	for (size_t k = 0; column >= 0 && k < i; k++)
		if (r->column[k] == column)
			return err_set(err, ERR_FORMAT,
			    _("%s.csv: line 1: "
			      "column %s stands twice"),
			    r->table->name, r->table->columns[column].name);
	if (column < 0)
		intake_say(r->in,
		    _("line 1: column %zu is not known and is "
		      "passed over"),
		    i + 1);
	r->column[i] = column;
	return true;
}

/* Whether the line is one field because its names stand between other marks. */
static bool
other_separator(const struct csv_field *line)
{
	return memchr(line->s, ';', line->len) != NULL ||
	       memchr(line->s, '\t', line->len) != NULL ||
	       memchr(line->s, '|', line->len) != NULL;
}

static bool
read_header(struct reader *r, struct err *err)
{
	const struct csv_field *fields;
	bool found[EXTRACT_MAX_COLS] = {false};
	int got = csv_next(r->csv, &fields, &r->fields, err);

	if (got < 0)
		return err_prefix(err, "%s.csv", r->table->name);
	if (got == 0 || r->fields > MOST_FIELDS)
		return err_set(err, ERR_FORMAT,
		    _("%s.csv: line 1: there is "
		      "no line of column names"),
		    r->table->name);
	if (r->fields == 1 && other_separator(&fields[0]))
		return err_set(err, ERR_FORMAT,
		    _("%s.csv: line 1: the columns are not separated by "
		      "commas; export the table as CSV with commas"),
		    r->table->name);
	for (size_t i = 0; i < r->fields; i++) {
		if (!map_field(r, i, &fields[i], err))
			return false;
		if (r->column[i] >= 0)
			found[r->column[i]] = true;
	}
	for (int i = 0; i < r->table->n; i++)
		if (r->table->columns[i].required && !found[i])
			return err_set(err, ERR_FORMAT,
			    _("%s.csv: line 1: "
			      "the column %s is missing"),
			    r->table->name, r->table->columns[i].name);
	return true;
}

/* --- what a row refers to ------------------------------------------ */

enum target { TO_CHILD, TO_CHILD_OR_NEW, TO_NODE, TO_INCIDENT };

/* References that are checked, and what makes two rows one. */
static const struct {
	enum extract_table table;
	int column;
	enum target target;
} refs[] = {
    {EXTRACT_REMOVAL, REMOVAL_COL_CHILD, TO_CHILD_OR_NEW},
    {EXTRACT_PLACEMENT, PLACEMENT_COL_CHILD, TO_CHILD},
    {EXTRACT_SETTINGS, SETTINGS_COL_CHILD, TO_CHILD},
    {EXTRACT_GOALS, GOALS_COL_CHILD, TO_CHILD},
    {EXTRACT_LEGALS, LEGALS_COL_CHILD, TO_CHILD},
    {EXTRACT_ASSIGN, ASSIGN_COL_CHILD, TO_CHILD},
    {EXTRACT_ASSIGN, ASSIGN_COL_NODE, TO_NODE},
    {EXTRACT_MEETING, MEETING_COL_CHILD, TO_CHILD},
    {EXTRACT_VISITS, VISITS_COL_CHILD, TO_CHILD},
    {EXTRACT_INVOLVED, INVOLVED_COL_CHILD, TO_CHILD},
    {EXTRACT_INVOLVED, INVOLVED_COL_INCIDENT, TO_INCIDENT},
    {EXTRACT_MEDICINE, MEDICINE_COL_CHILD, TO_CHILD},
};

#define COL(column) (1U << (column))

static const struct {
	enum extract_table table;
	unsigned columns; /* of the key */
} keys[] = {
    {EXTRACT_CHILD, COL(CHILD_COL_ID)},
    {EXTRACT_REMOVAL, COL(REMOVAL_COL_CHILD) | COL(REMOVAL_COL_DATE)},
    {EXTRACT_REPORT, COL(REPORT_COL_ID)},
    {EXTRACT_VICTIM, COL(VICTIM_COL_REPORT) | COL(VICTIM_COL_CHILD)},
    {EXTRACT_SERVICE, COL(SERVICE_COL_ID)},
    {EXTRACT_PROVIDER, COL(PROVIDER_COL_ID) | COL(PROVIDER_COL_FROM)},
    {EXTRACT_SITES, COL(SITES_COL_ID)},
    {EXTRACT_POPULATION, COL(POPULATION_COL_FIPS) | COL(POPULATION_COL_YEAR)},
    {EXTRACT_INCIDENT, COL(INCIDENT_COL_ID)},
    {EXTRACT_INVOLVED, COL(INVOLVED_COL_INCIDENT) | COL(INVOLVED_COL_CHILD)},
    {EXTRACT_CITATION, COL(CITATION_COL_ID)},
};

static bool
know_child(struct intake *in, const struct cell *id)
{
	return ids_find(&in->children, id->s, id->len) != NULL ||
	       ids_find(&in->carried, id->s, id->len) != NULL;
}

/* A removal of a child whom no row of children.csv tells: the child is known
 * by its id alone, and that is flagged. */
static bool
new_child(struct intake *in, const struct cell *id, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	row_clear(cells, EXTRACT_CHILD);
	cells[CHILD_COL_ID] = *id;
	ids_put(&in->children, id->s, id->len, DATE_MISSING);
	intake_flag(in, "DQ-A7", 1);
	return intake_row(in, EXTRACT_CHILD, cells, err);
}

/* The column that refers to nothing, -1 when all do, -2 on error. */
static int
check_refs(struct reader *r, const struct cell *cells, struct err *err)
{
	for (size_t i = 0; i < sizeof refs / sizeof *refs; i++) {
		const struct cell *c = &cells[refs[i].column];

		if (refs[i].table != r->id)
			continue;
		if (refs[i].target == TO_INCIDENT) {
			if (ids_find(&r->in->incidents, c->s, c->len) == NULL)
				return refs[i].column;
		} else if (refs[i].target == TO_NODE) {
			if (ids_find(&r->in->nodes, c->s, c->len) == NULL)
				return refs[i].column;
		} else if (know_child(r->in, c)) {
			continue;
		} else if (refs[i].target == TO_CHILD) {
			return refs[i].column;
		} else if (!new_child(r->in, c, err)) {
			return -2;
		}
	}
	return -1;
}

static void
add_key(struct buf *key, const struct cell *c)
{
	buf_add(key, &c->n, sizeof c->n);
	buf_add(key, c->s, c->len);
	buf_char(key, '\0');
}

static bool
is_double(struct reader *r, const struct cell *cells)
{
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
		if (keys[i].table != r->id)
			continue;
		buf_reset(&r->key);
		buf_char(&r->key, (char)r->id);
		for (int k = 0; k < r->table->n; k++)
			if ((keys[i].columns & COL(k)) != 0)
				add_key(&r->key, &cells[k]);
		return !ids_put(&r->in->keys, r->key.data, r->key.len, 0);
	}
	return false;
}

/* --- quality ------------------------------------------------------- */

static int32_t
day_of(const struct cell *c)
{
	return c->n != CELL_EMPTY ? (int32_t)c->n : DATE_MISSING;
}

static void
flag_removal(struct intake *in, const struct cell *cells)
{
	const struct cell *id = &cells[REMOVAL_COL_CHILD];
	const int32_t *known = ids_find(&in->children, id->s, id->len);
	int32_t birth = known != NULL ? *known : DATE_MISSING;
	int32_t in_on = day_of(&cells[REMOVAL_COL_DATE]);
	int32_t out_on = day_of(&cells[REMOVAL_COL_DISCHARGE]);
	bool out = out_on != DATE_MISSING, born = birth != DATE_MISSING;

	intake_flag(in, "DQ-A2", born && birth > in_on);
	intake_flag(in, "DQ-A3", born && out && birth > out_on);
	intake_flag(in, "DQ-A5", out && out_on == in_on);
	intake_flag(in, "DQ-A6", out && out_on < in_on);
	intake_flag(
	    in, "DQ-A9", out && !cell_given(&cells[REMOVAL_COL_WHY_OUT]));
}

static bool
is_after(const struct cell *a, const struct cell *b)
{
	return a->n != CELL_EMPTY && b->n != CELL_EMPTY && a->n > b->n;
}

/* Rows of a provider whom no row tells of. */
static void
flag_stranger(struct intake *in, const struct cell *provider)
{
	intake_flag(in, "DQ-P3",
	    in->providers.n > 0 &&
		ids_find(&in->providers, provider->s, provider->len) == NULL);
}

static void
flag_incident(struct intake *in, const struct cell *cells)
{
	struct cell day = cells[INCIDENT_COL_WRITTEN];

	if (day.n != CELL_EMPTY)
		day.n = (day.n + 1) * DATE_MINUTES - 1;
	flag_stranger(in, &cells[INCIDENT_COL_PROVIDER]);
	intake_flag(in, "DQ-P2",
	    is_after(&cells[INCIDENT_COL_HAPPENED], &day) ||
		is_after(&cells[INCIDENT_COL_HAPPENED],
		    &cells[INCIDENT_COL_PHONED]));
}

static void
flag_citation(struct intake *in, const struct cell *cells)
{
	flag_stranger(in, &cells[CITATION_COL_PROVIDER]);
	intake_flag(in, "DQ-P1",
	    is_after(&cells[CITATION_COL_DATE], &cells[CITATION_COL_CLEARED]));
}

/* What later rows and federal files want to know of this one. */
static void
learn(struct intake *in, enum extract_table table, const struct cell *cells)
{
	const struct cell *id = &cells[0];

	if (table == EXTRACT_ORG) {
		ids_put(&in->nodes, id->s, id->len,
		    (int32_t)cells[ORG_COL_LEVEL].n);
		places_learn(&in->places, cells);
	} else if (table == EXTRACT_CHILD) {
		int32_t birth = day_of(&cells[CHILD_COL_BIRTH]);

		ids_put(&in->children, id->s, id->len, birth);
		intake_flag(in, "DQ-A7", birth == DATE_MISSING);
	} else if (table == EXTRACT_REMOVAL) {
		flag_removal(in, cells);
	} else if (table == EXTRACT_PROVIDER) {
		ids_put(&in->providers, id->s, id->len, 0);
	} else if (table == EXTRACT_SITES) {
		flag_stranger(in, &cells[SITES_COL_PROVIDER]);
	} else if (table == EXTRACT_INCIDENT) {
		ids_put(&in->incidents, id->s, id->len, 0);
		flag_incident(in, cells);
	} else if (table == EXTRACT_CITATION) {
		flag_citation(in, cells);
	}
}

/* --- rows ---------------------------------------------------------- */

static bool
masked(enum extract_table table, int column)
{
	return table == EXTRACT_CHILD &&
	       (column == CHILD_COL_GIVEN || column == CHILD_COL_FAMILY);
}

static bool
set_aside(struct reader *r, int column, const char *rule,
    const struct csv_field *field, struct err *err)
{
	struct fault fault = {.line = csv_line(r->csv), .rule = rule};

	if (column >= 0)
		fault.column = r->table->columns[column].name;
	if (column >= 0 && masked(r->id, column)) {
		fault.value = "(hidden)";
		fault.len = strlen(fault.value);
	} else if (field != NULL) {
		fault.value = field->s;
		fault.len = field->len;
	}
	return intake_aside(r->in, &fault, err);
}

static bool
take_row(struct reader *r, const struct csv_field *fields, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];
	int wrong;

	row_clear(cells, r->id);
	for (size_t i = 0; i < r->fields; i++) {
		int c = r->column[i];
		const char *rule;

		if (c == NO_COLUMN)
			continue;
		rule =
		    extract_cell(&r->table->columns[c], &fields[i], &cells[c]);
		if (rule != NULL)
			return set_aside(r, c, rule, &fields[i], err);
	}
	wrong = check_refs(r, cells, err);
	if (wrong == -2)
		return false;
	if (wrong >= 0)
		return set_aside(r, wrong, "REF",
		    &(struct csv_field){cells[wrong].s, cells[wrong].len}, err);
	if (is_double(r, cells))
		return set_aside(r, 0, "DUP",
		    &(struct csv_field){cells[0].s, cells[0].len}, err);
	learn(r->in, r->id, cells);
	if (r->id == EXTRACT_ORG)
		parents_note(&r->parents, cells);
	intake_current(r->in)->kept++;
	return intake_row(r->in, r->id, cells, err);
}

static bool
read_rows(struct reader *r, struct err *err)
{
	const struct csv_field *fields;
	size_t n;
	int got;
	bool ok;

	while ((got = csv_next(r->csv, &fields, &n, err)) > 0) {
		if (n == 1 && fields[0].len == 0 && r->fields > 1)
			continue; /* a blank line */
		intake_count(r->in);
		ok = n == r->fields ? take_row(r, fields, err)
				    : set_aside(r, -1, "FIELDS", NULL, err);
		if (!ok)
			return false;
	}
	return got == 0 || err_prefix(err, "%s.csv", r->table->name);
}

bool
extract_read_table(struct intake *in, struct csv *csv, enum extract_table table,
    struct err *err)
{
	struct reader r = {
	    .in = in, .csv = csv, .id = table, .table = extract_table(table)};
	bool ok = read_header(&r, err) && read_rows(&r, err);

	intake_flag(in, "DQ-O1", parents_astray(&r.parents, &in->nodes));
	parents_fini(&r.parents);
	buf_free(&r.key);
	return ok;
}

/* --- the folder ---------------------------------------------------- */

static bool
verify(const struct manifest_file *said, const char *path, struct err *err)
{
	char hash[FILE_HASH];

	if (said == NULL || said->sha256[0] == '\0')
		return true;
	if (!file_hash(path, hash, err))
		return false;
	if (strcmp(hash, said->sha256) != 0)
		return err_set(err, ERR_REFUSED,
		    _("%s: the file is not the "
		      "one that %s lists (its SHA-256 differs); ask for the "
		      "extract again"),
		    said->name, MANIFEST_NAME);
	return true;
}

static bool
check_rows(
    const struct intake *in, const struct manifest_file *said, struct err *err)
{
	uint64_t rows = intake_current(in)->rows;

	if (said == NULL || said->rows < 0 || (uint64_t)said->rows == rows)
		return true;
	return err_set(err, ERR_REFUSED,
	    _("%s: %s says %" PRId64 " rows, the "
	      "file holds %" PRIu64),
	    said->name, MANIFEST_NAME, said->rows, rows);
}

static bool
read_table(struct intake *in, const struct manifest *m, const char *path,
    enum extract_table table, struct err *err)
{
	const struct manifest_file *said;
	struct csv *csv = NULL;
	bool ok;

	intake_begin(in, path, "extract");
	said = manifest_file(m, intake_current(in)->name);
	ok = verify(said, path, err) && csv_open(&csv, path, err) &&
	     extract_read_table(in, csv, table, err) &&
	     check_rows(in, said, err) && intake_end(in, err);
	csv_free(csv);
	return ok;
}

static char *
table_path(const char *folder, enum extract_table table)
{
	char *name = xasprintf("%s.csv", extract_table(table)->name);
	char *path = file_join(folder, name, NULL);

	free(name);
	return path;
}

bool
extract_probe(const char *folder)
{
	char *path = file_join(folder, MANIFEST_NAME, NULL);
	bool found = file_exists(path);

	free(path);
	for (int t = 0; t < EXTRACT_COUNT && !found; t++) {
		path = table_path(folder, (enum extract_table)t);
		found = file_exists(path);
		free(path);
	}
	return found;
}

/* Every file that the manifest lists must be there. */
static bool
all_there(const struct manifest *m, const char *folder, struct err *err)
{
	for (size_t i = 0; i < m->n; i++) {
		char *path = file_join(folder, m->files[i].name, NULL);
		bool there = file_exists(path);

		free(path);
		if (!there)
			return err_set(err, ERR_REFUSED,
			    _("%s: %s lists the "
			      "file, but it is not there"),
			    m->files[i].name, MANIFEST_NAME);
	}
	return true;
}

static void
take_manifest(struct intake *in, const struct manifest *m)
{
	intake_through(in, m->through);
	if (in->agency == NULL)
		in->agency = xstrdup(m->agency);
	if (in->source == NULL)
		in->source = xstrdup(m->source);
	in->invented |= m->invented;
}

bool
extract_read(struct intake *in, const char *folder, struct err *err)
{
	struct manifest m;
	bool ok;

	if (!manifest_read(&m, folder, err))
		return false;
	ok = all_there(&m, folder, err);
	take_manifest(in, &m);
	for (int t = 0; t < EXTRACT_COUNT && ok; t++) {
		enum extract_table table = (enum extract_table)t;
		char *path = table_path(folder, table);

		if (file_exists(path))
			ok = read_table(in, &m, path, table, err);
		else if (extract_table(table)->required)
			ok =
			    err_set(err, ERR_FORMAT, _("%s: %s.csv is missing"),
				folder, extract_table(table)->name);
		free(path);
	}
	manifest_free(&m);
	return ok;
}
