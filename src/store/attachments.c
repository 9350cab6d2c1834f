#include "store/attachments.h"

#include <stdlib.h>

#include "store/internal.h"

/* --- what each is ---------------------------------------------------- */

static bool
insert(struct store *s, const struct store_attachment *a, struct err *err)
{
	const struct cell values[] = {
	    cell_text(a->id),
	    cell_text(a->record),
	    cell_text(a->hash),
	    {.n = CELL_EMPTY, .s = a->body, .len = a->len},
	    cell_text(a->by),
	    cell_number(a->at_ms),
	    cell_text(a->serial),
	};

	return store_do(s,
	    "INSERT INTO attachments (id, record, hash, body, author, at_ms,"
	    " serial) VALUES ($1, $2, $3, $4, $5, $6, $7)"
	    " ON CONFLICT (id) DO NOTHING",
	    "tttttit", values, err);
}

struct kept {
	const struct store_attachment *a;
	bool same, mine;
};

static bool
compare(void *arg, const struct store_attachment *there, struct err *err)
{
	struct kept *k = arg;

	(void)err;
	k->same = there->len == k->a->len &&
		  memcmp(there->body, k->a->body, there->len) == 0;
	k->mine = strcmp(there->serial, k->a->serial) == 0;
	return true;
}

bool
store_attachment_take(struct store *s, const struct store_attachment *a,
    enum store_taken *taken, struct err *err)
{
	struct kept k = {.a = a};

	/* One statement, and who was first is looked at afterwards: two that
	 * come at the same time find the same one. */
	if (!insert(s, a, err) ||
	    !store_attachments(s, a->id, compare, &k, err))
		return false;
	*taken = !k.same  ? STORE_TAKEN_OTHER
		 : k.mine ? STORE_TAKEN
			  : STORE_TAKEN_BEFORE;
	return true;
}

struct relay {
	store_each_attachment *each;
	void *arg;
};

static bool
relay_one(void *arg, const struct cell *row, struct err *err)
{
	static const int at[] = {0, 1, 2, 3, 4, 6};
	const struct relay *relay = arg;
	char *text[sizeof at / sizeof *at];
	struct store_attachment a;
	bool ok;

	for (size_t i = 0; i < sizeof at / sizeof *at; i++)
		text[i] = xstrndup(row[at[i]].s, row[at[i]].len);
	a = (struct store_attachment){.id = text[0],
	    .record = text[1],
	    .hash = text[2],
	    .body = text[3],
	    .len = row[3].len,
	    .by = text[4],
	    .at_ms = row[5].n,
	    .serial = text[5]};
	ok = relay->each(relay->arg, &a, err);
	for (size_t i = 0; i < sizeof at / sizeof *at; i++)
		free(text[i]);
	return ok;
}

bool
store_attachments(struct store *s, const char *id, store_each_attachment *each,
    void *arg, struct err *err)
{
	struct relay relay = {each, arg};
	const struct cell value = cell_text(id != NULL ? id : "");
	const struct db_query q = {
	    .sql = "SELECT id, record, hash, body, author, at_ms, serial"
		   " FROM attachments WHERE $1 = '' OR id = $1"
		   " ORDER BY record, at_ms, id",
	    .types = "t",
	    .values = &value,
	    .out = "tttttit",
	    .each = relay_one,
	    .arg = &relay};

	return s->ops->query(s->db, &q, err);
}

/* --- chunks ---------------------------------------------------------- */

bool
store_chunk_take(struct store *s, const char *hash, const char *data,
    size_t len, struct err *err)
{
	const struct cell values[] = {
	    cell_text(hash), {.n = CELL_EMPTY, .s = data, .len = len}};

	return store_do(s,
	    "INSERT INTO chunks (hash, data) VALUES ($1, $2)"
	    " ON CONFLICT (hash) DO NOTHING",
	    "tt", values, err);
}

bool
store_chunk_there(
    struct store *s, const char *hash, bool *there, struct err *err)
{
	const struct cell value = cell_text(hash);
	int64_t n;

	if (!store_number(s, "SELECT COUNT(*) FROM chunks WHERE hash = $1", "t",
		&value, 0, &n, err))
		return false;
	*there = n > 0;
	return true;
}

struct chunk {
	struct buf *out;
	bool there;
};

static bool
take_chunk(void *arg, const struct cell *row, struct err *err)
{
	struct chunk *c = arg;

	(void)err;
	c->there = true;
	buf_add(c->out, row[0].s, row[0].len);
	return true;
}

bool
store_chunk(struct store *s, const char *hash, struct buf *out, bool *there,
    struct err *err)
{
	struct chunk c = {.out = out};
	const struct cell value = cell_text(hash);
	const struct db_query q = {
	    .sql = "SELECT data FROM chunks WHERE hash = $1",
	    .types = "t",
	    .values = &value,
	    .out = "t",
	    .each = take_chunk,
	    .arg = &c};
	bool ok = s->ops->query(s->db, &q, err);

	*there = c.there;
	return ok;
}
