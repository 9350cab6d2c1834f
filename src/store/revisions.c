#include "store/revisions.h"

#include <stdio.h>
#include <stdlib.h>

#include "store/internal.h"

static const char *const words[] = {
    [STORE_REVISION_APPLIED] = "applied",
    [STORE_REVISION_HELD] = "held",
    [STORE_REVISION_REFUSED] = "refused",
};

const char *
store_revision_word(enum store_revision_state state)
{
	return words[state];
}

/* --- what is there --------------------------------------------------- */

struct there {
	bool is;
	char previous[65];
	struct store_taking taking;
};

static void
copy_text(char *to, size_t room, const struct cell *c)
{
	size_t n = c->len < room ? c->len : room - 1;

	memcpy(to, c->s, n);
	to[n] = '\0';
}

static bool
take_there(void *arg, const struct cell *row, struct err *err)
{
	struct there *t = arg;

	(void)err;
	t->is = true;
	copy_text(t->taking.hash, sizeof t->taking.hash, &row[0]);
	t->taking.state = (enum store_revision_state)row[1].n;
	t->taking.at_ms = row[2].n;
	copy_text(t->taking.serial, sizeof t->taking.serial, &row[3]);
	copy_text(t->previous, sizeof t->previous, &row[4]);
	return true;
}

static bool
find(struct store *s, const char *record, uint32_t revision, struct there *t,
    struct err *err)
{
	const struct cell values[] = {cell_text(record), cell_number(revision)};
	const struct db_query q = {
	    .sql = "SELECT hash, state, at_ms, serial, previous"
		   " FROM revisions"
		   " WHERE record = $1 AND revision = $2",
	    .types = "ti",
	    .values = values,
	    .out = "tiitt",
	    .each = take_there,
	    .arg = t};

	*t = (struct there){0};
	return s->ops->query(s->db, &q, err);
}

/* --- taking ---------------------------------------------------------- */

/* One at a time for a record, on every backend: the row is locked until the
 * transaction ends. What could not be read did not say of which review. */
static bool
hold_record(struct store *s, const struct store_revision *r, struct err *err)
{
	const struct cell values[] = {
	    cell_text(r->record), cell_text(r->review), cell_number(r->at_ms)};

	return store_do(s,
	    "INSERT INTO records (record, review, at_ms) VALUES ($1, $2, $3)"
	    " ON CONFLICT (record) DO UPDATE SET at_ms = excluded.at_ms,"
	    " review = CASE WHEN records.review = '' THEN excluded.review"
	    " ELSE records.review END",
	    "tti", values, err);
}

/* Whether it can follow: after nothing, or after the one it names; what could
 * not be read names none. */
static bool
place(struct store *s, const struct store_revision *r, struct store_taking *t,
    struct err *err)
{
	bool unread =
	    r->state == STORE_REVISION_REFUSED && *r->previous == '\0';
	struct there before, after;

	t->state = r->state == STORE_REVISION_REFUSED ? STORE_REVISION_REFUSED
						      : STORE_REVISION_APPLIED;
	if (r->hold && t->state == STORE_REVISION_APPLIED)
		t->state = STORE_REVISION_HELD;
	/* One that was let go before this came says what it follows. */
	if (!find(s, r->record, r->revision + 1, &after, err))
		return false;
	if (after.is && after.taking.state == STORE_REVISION_APPLIED &&
	    strcmp(after.previous, r->hash) != 0) {
		t->taken = STORE_TAKEN_APART;
		return true;
	}
	if (r->revision <= 1 || unread)
		return true;
	if (!find(s, r->record, r->revision - 1, &before, err))
		return false;
	if (before.is && strcmp(before.taking.hash, r->previous) != 0)
		t->taken = STORE_TAKEN_APART;
	else if (t->state != STORE_REVISION_REFUSED &&
		 (!before.is || before.taking.state == STORE_REVISION_HELD))
		t->state = STORE_REVISION_HELD;
	return true;
}

static bool
insert(struct store *s, const struct store_revision *r,
    enum store_revision_state state, struct err *err)
{
	bool refused = state == STORE_REVISION_REFUSED;
	const struct cell values[] = {
	    cell_text(r->record),
	    cell_number(r->revision),
	    cell_text(r->hash),
	    cell_text(r->previous),
	    cell_text(r->by),
	    {.n = CELL_EMPTY,
		.s = refused ? "" : r->body,
		.len = refused ? 0 : r->len},
	    cell_number(r->at_ms),
	    cell_number((int64_t)state),
	    cell_text(r->serial),
	};

	return store_do(s,
	    "INSERT INTO revisions (record, revision, hash, previous, author,"
	    " body, at_ms, state, serial)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
	    "tittttiit", values, err);
}

/* What a held one waits for: the one before it, or (0) a person. */
static bool
waits(struct store *s, const struct store_revision *r, struct store_taking *t,
    struct err *err)
{
	struct there before;

	if (t->state != STORE_REVISION_HELD)
		return true;
	if (!find(s, r->record, r->revision - 1, &before, err))
		return false;
	if (!(before.is && before.taking.state != STORE_REVISION_HELD))
		t->waits_for = r->revision - 1;
	return true;
}

/* Those that waited for it follow, one after another. */
static bool
release(struct store *s, const struct store_revision *r, struct err *err)
{
	char hash[65];
	uint32_t n = r->revision;

	snprintf(hash, sizeof hash, "%s", r->hash);
	for (;;) {
		struct there next;
		const struct cell values[] = {
		    cell_text(r->record), cell_number(n + 1), cell_text(hash)};

		if (!store_do(s,
			"UPDATE revisions SET state = 0 WHERE record = $1"
			" AND revision = $2 AND previous = $3 AND state = 1",
			"tit", values, err) ||
		    !find(s, r->record, n + 1, &next, err))
			return false;
		if (!next.is || next.taking.state != STORE_REVISION_APPLIED)
			return true;
		snprintf(hash, sizeof hash, "%s", next.taking.hash);
		n++;
	}
}

static bool
take_new(struct store *s, const struct store_revision *r,
    struct store_taking *t, struct err *err)
{
	if (!place(s, r, t, err))
		return false;
	if (t->taken == STORE_TAKEN_APART)
		return true;
	t->at_ms = r->at_ms;
	snprintf(t->serial, sizeof t->serial, "%s", r->serial);
	snprintf(t->hash, sizeof t->hash, "%s", r->hash);
	return waits(s, r, t, err) && insert(s, r, t->state, err) &&
	       (t->state == STORE_REVISION_HELD || release(s, r, err));
}

static bool
take(struct store *s, const struct store_revision *r, struct store_taking *t,
    struct err *err)
{
	struct there there;

	if (!hold_record(s, r, err) ||
	    !find(s, r->record, r->revision, &there, err))
		return false;
	if (!there.is)
		return take_new(s, r, t, err);
	*t = there.taking;
	t->taken = strcmp(t->hash, r->hash) == 0 ? STORE_TAKEN_BEFORE
						 : STORE_TAKEN_OTHER;
	return waits(s, r, t, err);
}

bool
store_revision_take(struct store *s, const struct store_revision *r,
    struct store_taking *taking, struct err *err)
{
	*taking = (struct store_taking){0};
	if (!s->ops->begin(s->db, err))
		return false;
	if (take(s, r, taking, err))
		return s->ops->commit(s->db, err);
	s->ops->rollback(s->db);
	return false;
}

/* --- letting go ------------------------------------------------------- */

/* As hold_record(), of one that is there. */
static bool
lock_record(struct store *s, const char *record, struct err *err)
{
	const struct cell value = cell_text(record);

	return store_do(s, "UPDATE records SET at_ms = at_ms WHERE record = $1",
	    "t", &value, err);
}

static bool
let(struct store *s, const struct store_revision *r,
    const struct store_paper *paper, struct err *err)
{
	const struct cell values[] = {
	    cell_text(r->record), cell_number(r->revision)};

	return store_do(s,
		   "UPDATE revisions SET state = 0"
		   " WHERE record = $1 AND revision = $2",
		   "ti", values, err) &&
	       release(s, r, err) && store_paper_add(s, paper, err);
}

static bool
may_let(struct store *s, const struct store_revision *r, struct there *there,
    enum store_letting *letting, struct err *err)
{
	struct there before;

	if (!lock_record(s, r->record, err) ||
	    !find(s, r->record, r->revision, there, err) ||
	    !find(s, r->record, r->revision - 1, &before, err))
		return false;
	*letting = !there->is ? STORE_LET_NONE
		   : there->taking.state != STORE_REVISION_HELD
		       ? STORE_LET_BEFORE
		   : before.is && before.taking.state == STORE_REVISION_HELD
		       ? STORE_LET_BEHIND
		       : STORE_LET;
	return true;
}

bool
store_revision_let(struct store *s, const char *record, uint32_t revision,
    const struct store_paper *paper, enum store_letting *letting,
    struct err *err)
{
	struct store_revision r = {.record = record, .revision = revision};
	struct there there;
	bool ok;

	if (!s->ops->begin(s->db, err))
		return false;
	ok = may_let(s, &r, &there, letting, err);
	r.hash = there.taking.hash;
	if (ok && *letting == STORE_LET)
		ok = let(s, &r, paper, err);
	if (ok)
		return s->ops->commit(s->db, err);
	s->ops->rollback(s->db);
	return false;
}

/* --- asking ---------------------------------------------------------- */

struct relay {
	store_each_revision *each;
	void *arg;
};

static bool
relay_revision(void *arg, const struct cell *row, struct err *err)
{
	const struct relay *relay = arg;
	static const int at[] = {0, 2, 3, 4, 5, 8, 9};
	char *text[sizeof at / sizeof *at];
	struct store_revision r;
	bool ok;

	for (size_t i = 0; i < sizeof at / sizeof *at; i++)
		text[i] = xstrndup(row[at[i]].s, row[at[i]].len);
	r = (struct store_revision){.record = text[0],
	    .revision = (uint32_t)row[1].n,
	    .hash = text[1],
	    .previous = text[2],
	    .by = text[3],
	    .body = text[4],
	    .len = row[5].len,
	    .at_ms = row[7].n,
	    .state = (enum store_revision_state)row[6].n,
	    .serial = text[5],
	    .review = text[6]};
	ok = relay->each(relay->arg, &r, err);
	for (size_t i = 0; i < sizeof at / sizeof *at; i++)
		free(text[i]);
	return ok;
}

#define COLUMNS_WITH(body)                                           \
	"SELECT r.record, r.revision, r.hash, r.previous, r.author," \
	" " body ", r.state, r.at_ms, r.serial, k.review"            \
	" FROM revisions r JOIN records k ON k.record = r.record"
#define COLUMNS COLUMNS_WITH("r.body")
#define OF_RECORD \
	" WHERE $1 = '' OR r.record = $1 ORDER BY r.record, r.revision"

static bool
ask_record(struct store *s, const char *sql, const char *record,
    struct relay *relay, struct err *err)
{
	const struct cell value = cell_text(record != NULL ? record : "");
	const struct db_query q = {.sql = sql,
	    .types = "t",
	    .values = &value,
	    .out = "tittttiitt",
	    .each = relay_revision,
	    .arg = relay};

	return s->ops->query(s->db, &q, err);
}

bool
store_revisions(struct store *s, const char *record, store_each_revision *each,
    void *arg, struct err *err)
{
	struct relay relay = {each, arg};

	return ask_record(s, COLUMNS OF_RECORD, record, &relay, err);
}

bool
store_revision_heads(struct store *s, const char *record,
    store_each_revision *each, void *arg, struct err *err)
{
	struct relay relay = {each, arg};

	return ask_record(s, COLUMNS_WITH("''") OF_RECORD, record, &relay, err);
}

bool
store_revision_one(struct store *s, const char *record, uint32_t revision,
    store_each_revision *each, void *arg, struct err *err)
{
	struct relay relay = {each, arg};
	const struct cell values[] = {cell_text(record), cell_number(revision)};
	const struct db_query q = {
	    .sql = COLUMNS " WHERE r.record = $1 AND r.revision = $2",
	    .types = "ti",
	    .values = values,
	    .out = "tittttiitt",
	    .each = relay_revision,
	    .arg = &relay};

	return s->ops->query(s->db, &q, err);
}

struct review_of {
	struct arena *arena;
	const char *review;
};

static bool
take_review(void *arg, const struct cell *row, struct err *err)
{
	struct review_of *of = arg;

	(void)err;
	of->review = arena_strndup(of->arena, row[0].s, row[0].len);
	return true;
}

bool
store_record_review(struct store *s, const char *record, struct arena *arena,
    const char **review, struct err *err)
{
	struct review_of of = {arena, ""};
	const struct cell value = cell_text(record);
	const struct db_query q = {
	    .sql = "SELECT review FROM records WHERE record = $1",
	    .types = "t",
	    .values = &value,
	    .out = "t",
	    .each = take_review,
	    .arg = &of};
	bool ok = s->ops->query(s->db, &q, err);

	*review = of.review;
	return ok;
}
