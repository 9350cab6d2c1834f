/* Definitions that once were in use, for figures made by them. */
#include <stdlib.h>

#include "store/internal.h"

static bool
keep(struct store *s, const struct store_definition *d, struct err *err)
{
	const struct cell values[] = {
	    cell_text(d->id),
	    cell_text(d->version),
	    cell_text(d->text),
	    cell_number(d->first_used),
	};

	return store_do(s,
	    "INSERT INTO definitions (id, version, body, first_used)"
	    " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
	    "ttti", values, err);
}

bool
store_definitions_keep(struct store *s, const struct store_definition *list,
    size_t n, struct err *err)
{
	bool ok = s->ops->begin(s->db, err);

	if (!ok)
		return false;
	for (size_t i = 0; ok && i < n; i++)
		ok = keep(s, &list[i], err);
	if (ok)
		return s->ops->commit(s->db, err);
	s->ops->rollback(s->db);
	return false;
}

struct relay {
	store_each_definition *each;
	void *arg;
};

static bool
relay_definition(void *arg, const struct cell *row, struct err *err)
{
	const struct relay *r = arg;
	char *id = xstrndup(row[0].s, row[0].len);
	char *version = xstrndup(row[1].s, row[1].len);
	char *text = xstrndup(row[2].s, row[2].len);
	const struct store_definition d = {id, version, text, row[3].n};
	bool ok = r->each(r->arg, &d, err);

	free(id);
	free(version);
	free(text);
	return ok;
}

bool
store_definitions(
    struct store *s, store_each_definition *each, void *arg, struct err *err)
{
	struct relay r = {each, arg};
	const struct db_query q = {
	    .sql = "SELECT id, version, body, first_used FROM definitions"
		   " ORDER BY id, first_used, version",
	    .out = "ttti",
	    .each = relay_definition,
	    .arg = &r};

	return s->ops->query(s->db, &q, err);
}
