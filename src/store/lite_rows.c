#include "store/lite_rows.h"

#include <stdlib.h>
#include <string.h>

#define ROWS 128	  /* gathered at most: they stay in the core's cache */
#define TEXTS (16 * 1024) /* bytes of their strings */

struct lite_rows {
	const struct shape *shape;
	sqlite3 *to;
	sqlite3_stmt *insert;
	struct cell *cells; /* row after row */
	char *texts;
	size_t n, used;
};

/* --- the virtual table --------------------------------------------- */

struct window {
	sqlite3_vtab base;
	const struct lite_rows *rows;
};

struct cursor {
	sqlite3_vtab_cursor base;
	size_t at;
};

static const struct lite_rows *
rows_of(const sqlite3_vtab_cursor *c)
{
	return ((const struct window *)(const void *)c->pVtab)->rows;
}

static int
window_connect(sqlite3 *db, void *rows, int argc, const char *const *argv,
    sqlite3_vtab **out, char **message)
{
	const struct lite_rows *r = rows;
	struct window *w = xcalloc(1, sizeof *w);
	struct buf sql = {0};
	int rc;

	(void)argc;
	(void)argv;
	(void)message;
	for (int i = 0; i < r->shape->n; i++)
		buf_printf(&sql, "%sc%d", i == 0 ? "CREATE TABLE x(" : ", ", i);
	buf_char(&sql, ')');
	rc = sqlite3_declare_vtab(db, buf_text(&sql));
	buf_free(&sql);
	w->rows = r;
	*out = &w->base;
	if (rc != SQLITE_OK) {
		free(w);
		*out = NULL;
	}
	return rc;
}

static int
window_disconnect(sqlite3_vtab *w)
{
	free(w);
	return SQLITE_OK;
}

static int
window_plan(sqlite3_vtab *w, sqlite3_index_info *info)
{
	(void)w;
	info->estimatedCost = ROWS;
	info->estimatedRows = ROWS;
	return SQLITE_OK;
}

static int
window_open(sqlite3_vtab *w, sqlite3_vtab_cursor **out)
{
	struct cursor *c = xcalloc(1, sizeof *c);

	(void)w;
	*out = &c->base;
	return SQLITE_OK;
}

static int
window_close(sqlite3_vtab_cursor *c)
{
	free(c);
	return SQLITE_OK;
}

static int
window_first(sqlite3_vtab_cursor *c, int plan, const char *name, int argc,
    sqlite3_value **argv)
{
	(void)plan;
	(void)name;
	(void)argc;
	(void)argv;
	((struct cursor *)(void *)c)->at = 0;
	return SQLITE_OK;
}

static int
window_next(sqlite3_vtab_cursor *c)
{
	((struct cursor *)(void *)c)->at++;
	return SQLITE_OK;
}

static int
window_eof(sqlite3_vtab_cursor *c)
{
	return ((const struct cursor *)(const void *)c)->at >= rows_of(c)->n;
}

/* The strings last until the row is written. */
static int
window_column(sqlite3_vtab_cursor *c, sqlite3_context *to, int column)
{
	const struct lite_rows *r = rows_of(c);
	size_t at = ((const struct cursor *)(const void *)c)->at;
	const struct cell *v = &r->cells[at * (size_t)r->shape->n];

	v += column;
	if (r->shape->types[column] == 't')
		sqlite3_result_text(to, v->s, (int)v->len, SQLITE_STATIC);
	else if (r->shape->types[column] == 'b')
		sqlite3_result_blob(to, v->s, (int)v->len, SQLITE_STATIC);
	else if (v->n == CELL_EMPTY)
		sqlite3_result_null(to);
	else
		sqlite3_result_int64(to, v->n);
	return SQLITE_OK;
}

static int
window_rowid(sqlite3_vtab_cursor *c, sqlite3_int64 *id)
{
	*id = (sqlite3_int64)((const struct cursor *)(const void *)c)->at;
	return SQLITE_OK;
}

/* Without xCreate it is there by its name, and only to be read. */
static const sqlite3_module window = {
    .xConnect = window_connect,
    .xBestIndex = window_plan,
    .xDisconnect = window_disconnect,
    .xOpen = window_open,
    .xClose = window_close,
    .xFilter = window_first,
    .xNext = window_next,
    .xEof = window_eof,
    .xColumn = window_column,
    .xRowid = window_rowid,
};

/* --- rows ---------------------------------------------------------- */

static bool
prepare(struct lite_rows *r)
{
	const char *name = r->shape->name;
	char *sql = xasprintf(
	    "INSERT INTO main.\"%s\" SELECT * FROM \"new %s\"", name, name);
	char *module = xasprintf("new %s", name);
	bool ok =
	    sqlite3_create_module(r->to, module, &window, r) == SQLITE_OK &&
	    sqlite3_prepare_v3(r->to, sql, -1, SQLITE_PREPARE_PERSISTENT,
		&r->insert, NULL) == SQLITE_OK;

	free(module);
	free(sql);
	return ok;
}

struct lite_rows *
lite_rows_new(sqlite3 *to, const struct shape *shape)
{
	struct lite_rows *r = xcalloc(1, sizeof *r);

	r->to = to;
	r->shape = shape;
	r->cells = xcalloc(ROWS * (size_t)shape->n, sizeof *r->cells);
	r->texts = xmalloc(TEXTS);
	if (prepare(r))
		return r;
	lite_rows_free(r);
	return NULL;
}

void
lite_rows_free(struct lite_rows *r)
{
	if (r == NULL)
		return;
	sqlite3_finalize(r->insert);
	free(r->cells);
	free(r->texts);
	free(r);
}

bool
lite_rows_flush(struct lite_rows *r)
{
	bool ok = true;

	if (r->n > 0)
		ok = sqlite3_step(r->insert) == SQLITE_DONE;
	/* Resetting would report the same fault once more. */
	if (ok)
		sqlite3_reset(r->insert);
	r->n = 0;
	r->used = 0;
	return ok;
}

static size_t
length(const struct lite_rows *r, const struct cell *row)
{
	size_t n = 0;

	for (int i = 0; i < r->shape->n; i++)
		if (r->shape->types[i] != 'i')
			n += row[i].len;
	return n;
}

static void
copy(struct lite_rows *r, const struct cell *row)
{
	struct cell *to = &r->cells[r->n++ * (size_t)r->shape->n];

	for (int i = 0; i < r->shape->n; i++) {
		to[i] = row[i];
		if (r->shape->types[i] == 'i' || row[i].len == 0)
			continue;
		to[i].s = memcpy(r->texts + r->used, row[i].s, row[i].len);
		r->used += row[i].len;
	}
}

/* A row that is too long to be gathered goes in by itself, from where it is. */
bool
lite_rows_put(struct lite_rows *r, const struct cell *row)
{
	size_t len = length(r, row);

	if ((r->n == ROWS || r->used + len > TEXTS) && !lite_rows_flush(r))
		return false;
	if (len <= TEXTS) {
		copy(r, row);
		return true;
	}
	memcpy(r->cells, row, (size_t)r->shape->n * sizeof *row);
	r->n = 1;
	return lite_rows_flush(r);
}
