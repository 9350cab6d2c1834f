#include "store/papers.h"

#include <stdlib.h>
#include <string.h>

#include "store/internal.h"

#define COLUMNS "kind, id, version, at_ms, author, body"

/* --- reading --------------------------------------------------------- */

struct relay {
	store_each_paper *each;
	void *arg;
};

static bool
relay_paper(void *arg, const struct cell *row, struct err *err)
{
	const struct relay *relay = arg;
	char *kind = xstrndup(row[0].s, row[0].len);
	char *id = xstrndup(row[1].s, row[1].len);
	char *by = xstrndup(row[4].s, row[4].len);
	char *body = xstrndup(row[5].s, row[5].len);
	const struct store_paper paper = {.kind = kind,
	    .id = id,
	    .version = (uint32_t)row[2].n,
	    .at_ms = row[3].n,
	    .by = by,
	    .body = body,
	    .len = row[5].len};
	bool ok = relay->each(relay->arg, &paper, err);

	free(kind);
	free(id);
	free(by);
	free(body);
	return ok;
}

static bool
ask(struct store *s, const char *sql, const struct cell *values,
    struct relay *relay, struct err *err)
{
	const struct db_query q = {.sql = sql,
	    .types = "tt",
	    .values = values,
	    .out = "ttiitt",
	    .each = relay_paper,
	    .arg = relay};

	return s->ops->query(s->db, &q, err);
}

bool
store_papers(struct store *s, const char *kind, const char *id,
    store_each_paper *each, void *arg, struct err *err)
{
	struct relay relay = {each, arg};
	const struct cell values[] = {
	    cell_text(kind), cell_text(id != NULL ? id : "")};

	return ask(s,
	    "SELECT " COLUMNS " FROM papers p"
	    " WHERE kind = $1 AND ($2 = '' OR id = $2) AND version ="
	    " (SELECT max(version) FROM papers q"
	    " WHERE q.kind = p.kind AND q.id = p.id)"
	    " ORDER BY id",
	    values, &relay, err);
}

bool
store_papers_history(struct store *s, const char *kind, const char *id,
    store_each_paper *each, void *arg, struct err *err)
{
	struct relay relay = {each, arg};
	const struct cell values[] = {
	    cell_text(kind), cell_text(id != NULL ? id : "")};

	return ask(s,
	    "SELECT " COLUMNS " FROM papers"
	    " WHERE kind = $1 AND ($2 = '' OR id = $2)"
	    " ORDER BY id, version",
	    values, &relay, err);
}

/* --- writing --------------------------------------------------------- */

void
store_putting_fini(struct store_putting *putting)
{
	free(putting->by);
	free(putting->body);
	*putting = (struct store_putting){0};
}

static bool
take_there(void *arg, const struct cell *row, struct err *err)
{
	struct store_putting *there = arg;

	(void)err;
	store_putting_fini(there);
	there->version = (uint32_t)row[0].n;
	there->at_ms = row[1].n;
	there->by = xstrndup(row[2].s, row[2].len);
	there->body = xstrndup(row[3].s, row[3].len);
	there->len = row[3].len;
	return true;
}

/* That version of the paper; 0: the newest. */
static bool
look(struct store *s, const struct store_paper *paper, uint32_t version,
    struct store_putting *there, struct err *err)
{
	const struct cell values[] = {
	    cell_text(paper->kind), cell_text(paper->id), cell_number(version)};
	const struct db_query q = {
	    .sql = "SELECT version, at_ms, author, body FROM papers"
		   " WHERE kind = $1 AND id = $2 AND ($3 = 0 OR version = $3)"
		   " ORDER BY version DESC LIMIT 1",
	    .types = "tti",
	    .values = values,
	    .out = "iitt",
	    .each = take_there,
	    .arg = there};

	store_putting_fini(there);
	return s->ops->query(s->db, &q, err);
}

static bool
take_flag(void *arg, const struct cell *row, struct err *err)
{
	bool *flag = arg;

	(void)row;
	(void)err;
	*flag = true;
	return true;
}

/* Whoever else is about to write the same version: on every backend one of
 * the two rows stays, and only its writer gets it back. */
static bool
insert(struct store *s, const struct store_paper *paper, uint32_t version,
    bool *ours, struct err *err)
{
	const struct cell values[] = {
	    cell_text(paper->kind),
	    cell_text(paper->id),
	    cell_number(version),
	    cell_number(paper->at_ms),
	    cell_text(paper->by),
	    {.n = CELL_EMPTY, .s = paper->body, .len = paper->len},
	};
	const struct db_query q = {
	    .sql = "INSERT INTO papers (" COLUMNS ")"
		   " VALUES ($1, $2, $3, $4, $5, $6)"
		   " ON CONFLICT DO NOTHING RETURNING version",
	    .types = "ttiitt",
	    .values = values,
	    .out = "i",
	    .each = take_flag,
	    .arg = ours};

	*ours = false;
	return s->ops->query(s->db, &q, err);
}

static bool
same_body(const struct store_paper *paper, const struct store_putting *there)
{
	return there->version > 0 && there->len == paper->len &&
	       memcmp(there->body, paper->body, paper->len) == 0;
}

static bool
put(struct store *s, const struct store_paper *paper, uint32_t expected,
    struct store_putting *p, struct err *err)
{
	bool ours = false;

	if (!look(s, paper, 0, p, err))
		return false;
	if (p->version == expected &&
	    !insert(s, paper, expected + 1, &ours, err))
		return false;
	if (!look(s, paper, expected + 1, p, err))
		return false;
	if (ours || same_body(paper, p)) {
		p->put = ours ? STORE_PUT : STORE_PUT_BEFORE;
		return true;
	}
	if (!look(s, paper, 0, p, err))
		return false;
	p->put = STORE_PUT_CONFLICT;
	return true;
}

bool
store_paper_add(
    struct store *s, const struct store_paper *paper, struct err *err)
{
	bool ours;

	if (!insert(s, paper, 1, &ours, err))
		return false;
	return ours ||
	       err_set(err, ERR_CONFLICT, "%s %s", paper->kind, paper->id);
}

bool
store_paper_put(struct store *s, const struct store_paper *paper,
    uint32_t expected, struct store_putting *putting, struct err *err)
{
	*putting = (struct store_putting){0};
	if (!s->ops->begin(s->db, err))
		return false;
	if (put(s, paper, expected, putting, err))
		return s->ops->commit(s->db, err);
	s->ops->rollback(s->db);
	return false;
}

bool
store_papers_put(struct store *s, const struct store_paper_new *list, size_t n,
    size_t *conflict, struct err *err)
{
	struct store_putting p = {0};
	bool ok = s->ops->begin(s->db, err);

	*conflict = n;
	if (!ok)
		return false;
	for (size_t i = 0; ok && *conflict == n && i < n; i++) {
		ok = put(s, &list[i].paper, list[i].expected, &p, err);
		if (ok && p.put == STORE_PUT_CONFLICT)
			*conflict = i;
		store_putting_fini(&p);
	}
	if (ok && *conflict == n)
		return s->ops->commit(s->db, err);
	s->ops->rollback(s->db);
	return ok;
}
