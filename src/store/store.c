#include "store/store.h"

#include <inttypes.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "config.h"
#include "store/internal.h"

static const struct db_ops *const backends[] = {
    &db_sqlite,
#ifdef HAVE_POSTGRESQL
    &db_postgres,
#endif
};

/*
 * Each step brings the catalogue from version i to i + 1. A step that has
 * been released is never changed; a new version is a new step.
 */
static const char *const step_1[] = {
    "CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL)",
    "CREATE TABLE generations (id INTEGER PRIMARY KEY, state TEXT NOT NULL,"
    " turn BIGINT, data_through INTEGER, loaded_at BIGINT NOT NULL,"
    " agency TEXT NOT NULL, source TEXT NOT NULL,"
    " invented INTEGER NOT NULL, kept BIGINT NOT NULL,"
    " aside BIGINT NOT NULL, base INTEGER NOT NULL,"
    " facts_sum TEXT NOT NULL)",
    "CREATE TABLE sources (generation INTEGER NOT NULL,"
    " name TEXT NOT NULL, sha256 TEXT NOT NULL, format TEXT NOT NULL,"
    " given BIGINT NOT NULL, kept BIGINT NOT NULL,"
    " aside BIGINT NOT NULL)",
    "CREATE TABLE flags (generation INTEGER NOT NULL, rule TEXT NOT NULL,"
    " n BIGINT NOT NULL)",
    "CREATE TABLE origins (generation INTEGER NOT NULL,"
    " number INTEGER NOT NULL, name TEXT NOT NULL)",
    "CREATE TABLE tallies (generation INTEGER NOT NULL,"
    " name TEXT NOT NULL, n BIGINT NOT NULL)",
    NULL,
};

/* Definitions that were in use. */
static const char *const step_2[] = {
    "CREATE TABLE definitions (id TEXT NOT NULL, version TEXT NOT NULL,"
    " body TEXT NOT NULL, first_used BIGINT NOT NULL,"
    " PRIMARY KEY (id, version))",
    NULL,
};

/* Reviews from the field: a record, and each revision of it once. */
static const char *const step_3[] = {
    "CREATE TABLE records (record TEXT PRIMARY KEY, review TEXT NOT NULL,"
    " at_ms BIGINT NOT NULL)",
    "CREATE TABLE revisions (record TEXT NOT NULL, revision INTEGER NOT NULL,"
    " hash TEXT NOT NULL, previous TEXT NOT NULL, author TEXT NOT NULL,"
    " body TEXT NOT NULL, at_ms BIGINT NOT NULL, state INTEGER NOT NULL,"
    " serial TEXT NOT NULL, PRIMARY KEY (record, revision))",
    NULL,
};

/* What people write on the service. */
static const char *const step_4[] = {
    "CREATE TABLE papers (kind TEXT NOT NULL, id TEXT NOT NULL,"
    " version INTEGER NOT NULL, at_ms BIGINT NOT NULL, author TEXT NOT NULL,"
    " body TEXT NOT NULL, PRIMARY KEY (kind, id, version))",
    NULL,
};

/* Files that came with reviews; each chunk once. */
static const char *const step_5[] = {
    "CREATE TABLE attachments (id TEXT PRIMARY KEY, record TEXT NOT NULL,"
    " hash TEXT NOT NULL, body TEXT NOT NULL, author TEXT NOT NULL,"
    " at_ms BIGINT NOT NULL, serial TEXT NOT NULL)",
    "CREATE TABLE chunks (hash TEXT PRIMARY KEY, data TEXT NOT NULL)",
    NULL,
};

static const char *const *const steps[] = {
    step_1, step_2, step_3, step_4, step_5};
#define CATALOGUE ((int)(sizeof steps / sizeof *steps))

static const char *const state_words[] = {
    [STORE_HELD] = "held",
    [STORE_PUBLISHED] = "published",
    [STORE_SERVING] = "serving",
    [STORE_WITHDRAWN] = "withdrawn",
};

const char *
store_state_word(enum store_state state)
{
	return state_words[state];
}

struct cell
cell_text(const char *s)
{
	return (struct cell){.n = CELL_EMPTY, .s = s, .len = strlen(s)};
}

bool
store_do(struct store *s, const char *sql, const char *types,
    const struct cell *values, struct err *err)
{
	const struct db_query q = {
	    .sql = sql, .types = types, .values = values};

	return s->ops->query(s->db, &q, err);
}

static bool
take_number(void *arg, const struct cell *row, struct err *err)
{
	int64_t *n = arg;

	(void)err;
	if (row->n != CELL_EMPTY)
		*n = row->n;
	return true;
}

bool
store_number(struct store *s, const char *sql, const char *types,
    const struct cell *values, int64_t absent, int64_t *n, struct err *err)
{
	const struct db_query q = {.sql = sql,
	    .types = types,
	    .values = values,
	    .out = "i",
	    .each = take_number,
	    .arg = n};

	*n = absent;
	return s->ops->query(s->db, &q, err);
}

static bool
take_text(void *arg, const struct cell *row, struct err *err)
{
	char **text = arg;

	(void)err;
	free(*text);
	*text = xstrndup(row->s, row->len);
	return true;
}

/* A value of the catalogue's meta; NULL when it has none. */
static bool
meta(struct store *s, const char *name, char **value, struct err *err)
{
	const struct cell key = cell_text(name);
	const struct db_query q = {
	    .sql = "SELECT value FROM meta WHERE name = $1",
	    .types = "t",
	    .values = &key,
	    .out = "t",
	    .each = take_text,
	    .arg = value};

	*value = NULL;
	return s->ops->query(s->db, &q, err);
}

static bool
set_meta(struct store *s, const char *name, const char *value, struct err *err)
{
	const struct cell values[] = {cell_text(name), cell_text(value)};

	return store_do(
		   s, "DELETE FROM meta WHERE name = $1", "t", values, err) &&
	       store_do(s, "INSERT INTO meta (name, value) VALUES ($1, $2)",
		   "tt", values, err);
}

static bool
catalogue_version(struct store *s, int *version, struct err *err)
{
	char *text = NULL;
	bool exists;

	*version = 0;
	if (!s->ops->exists(s->db, &exists, err))
		return false;
	if (!exists)
		return true;
	if (!meta(s, "version", &text, err))
		return false;
	*version = text != NULL ? atoi(text) : 0;
	free(text);
	return true;
}

static bool
run_steps(struct store *s, int from, struct err *err)
{
	char text[16];

	for (int v = from; v < CATALOGUE; v++)
		for (const char *const *sql = steps[v]; *sql != NULL; sql++)
			if (!store_do(s, *sql, NULL, NULL, err))
				return false;
	snprintf(text, sizeof text, "%d", CATALOGUE);
	return set_meta(s, "version", text, err);
}

/* A name that no other store has, for snapshots in a shared cache. */
static bool
give_identity(struct store *s, struct err *err)
{
	unsigned char bytes[16];
	char hex[sizeof bytes * 2 + 1];

	if (sodium_init() < 0)
		return err_set(err, ERR_INTERNAL, "libsodium does not start");
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2hex(hex, sizeof hex, bytes, sizeof bytes);
	return set_meta(s, "identity", hex, err);
}

bool
store_migrate(struct store *s, int *from, int *to, struct err *err)
{
	bool ok;

	*to = CATALOGUE;
	if (!s->ops->lock(s->db, err))
		return false;
	ok = s->ops->begin(s->db, err);
	if (!ok)
		goto done;
	ok = catalogue_version(s, from, err) &&
	     (*from >= CATALOGUE || run_steps(s, *from, err)) &&
	     (*from > 0 || give_identity(s, err));
	if (ok)
		ok = s->ops->commit(s->db, err);
	else
		s->ops->rollback(s->db);
done:
	s->ops->unlock(s->db);
	return ok;
}

/* The password of a postgresql:// url, and the query, which may hold one,
 * are no sight for logs. */
static char *
url_for_people(const char *url)
{
	const char *authority = strstr(url, "://");
	const char *end, *at, *colon, *query;
	struct buf out = {0};

	if (authority == NULL)
		return xstrdup(url);
	authority += 3;
	query = url + strcspn(url, "?");
	end = authority + strcspn(authority, "/?");
	at = memrchr(authority, '@', (size_t)(end - authority));
	colon = at != NULL ? memchr(authority, ':', (size_t)(at - authority))
			   : NULL;
	if (colon != NULL) {
		buf_add(&out, url, (size_t)(colon - url));
		buf_add(&out, at, (size_t)(query - at));
	} else {
		buf_add(&out, url, (size_t)(query - url));
	}
	return buf_take(&out);
}

char *
store_default_url(void)
{
	char *folder = file_xdg("DATA");
	char *url = xasprintf("sqlite:%s/store", folder);

	free(folder);
	return url;
}

static const struct db_ops *
backend_of(const char *url)
{
	for (size_t i = 0; i < sizeof backends / sizeof *backends; i++)
		if (strncmp(url, backends[i]->scheme,
			strlen(backends[i]->scheme)) == 0)
			return backends[i];
	return NULL;
}

static bool
find_backend(struct store *s, const char *url, struct err *err)
{
	s->ops = backend_of(url);
	if (s->ops == NULL)
		return err_set(err, ERR_USAGE,
		    _("'%s' is no store: sqlite:DIR or postgresql://..."),
		    s->url);
	return true;
}

bool
store_files(
    const char *url, void (*each)(void *arg, const char *path), void *arg)
{
	const struct db_ops *ops = backend_of(url);

	if (ops == NULL || ops->files == NULL)
		return false;
	ops->files(url, each, arg);
	return true;
}

static bool
check_version(struct store *s, struct err *err)
{
	int version, from, to;

	if (!catalogue_version(s, &version, err))
		return false;
	if (version == 0 && s->mode == STORE_CREATE)
		return store_migrate(s, &from, &to, err);
	if (version == 0)
		return err_set(err, ERR_NO_DATA,
		    _("there is no store at %s: 'hearthctl init' makes one"),
		    s->url);
	if (version > CATALOGUE)
		return err_set(err, ERR_STORE,
		    _("the store is of version %d, this program knows %d"),
		    version, CATALOGUE);
	if (version < CATALOGUE && s->mode == STORE_READ)
		return err_set(err, ERR_STORE,
		    _("the store is of version %d: run 'hearthctl migrate'"),
		    version);
	return true;
}

/* What a load that died left behind is removed by whoever opens next and
 * gets the lock; a load that lives has it. */
static bool
tidy_if_free(struct store *s, struct err *err)
{
	struct err ignored;
	uint32_t last;
	bool any, ok;

	if (s->mode == STORE_READ)
		return true;
	if (!store_last(s, &last, err) ||
	    !s->ops->leftovers(s->db, last, &any, err))
		return false;
	if (!any || !s->ops->lock(s->db, &ignored))
		return true;
	ok = store_tidy(s, err);
	s->ops->unlock(s->db);
	return ok;
}

bool
store_open(struct store **store, const char *url, enum store_mode mode,
    struct err *err)
{
	struct store *s = xcalloc(1, sizeof *s);
	char *preset = url == NULL ? store_default_url()
		       : url[0] == '/' || url[0] == '.'
			   ? xasprintf("%s%s", db_sqlite.scheme, url)
			   : NULL;
	bool ok;

	url = preset != NULL ? preset : url;
	s->mode = mode;
	s->url = url_for_people(url);
	ok = find_backend(s, url, err) &&
	     s->ops->open(&s->db, url, mode, err) && check_version(s, err) &&
	     meta(s, "identity", &s->identity, err) && tidy_if_free(s, err);
	free(preset);
	if (ok) {
		*store = s;
		return true;
	}
	store_close(s);
	return false;
}

void
store_close(struct store *store)
{
	if (store == NULL)
		return;
	if (store->db != NULL)
		store->ops->close(store->db);
	free(store->url);
	free(store->identity);
	free(store);
}

const char *
store_url(const struct store *store)
{
	return store->url;
}

bool
store_last(struct store *s, uint32_t *generation, struct err *err)
{
	int64_t n;

	if (!store_number(
		s, "SELECT max(id) FROM generations", NULL, NULL, 0, &n, err))
		return false;
	*generation = (uint32_t)n;
	return true;
}

bool
store_newest(struct store *s, uint32_t *generation, struct err *err)
{
	int64_t n;

	if (!store_number(s,
		"SELECT max(id) FROM generations"
		" WHERE state <> 'withdrawn'",
		NULL, NULL, 0, &n, err))
		return false;
	*generation = (uint32_t)n;
	return true;
}

bool
store_tidy(struct store *s, struct err *err)
{
	uint32_t last;

	if (!store_last(s, &last, err))
		return false;
	s->ops->tidy(s->db, last);
	return true;
}

bool
store_known(struct store *s, uint32_t generation, struct err *err)
{
	const struct cell id = cell_number(generation);
	int64_t n;

	if (!store_number(s, "SELECT id FROM generations WHERE id = $1", "i",
		&id, 0, &n, err))
		return false;
	return n != 0 || err_set(err, ERR_NO_SUCH_GENERATION,
			     _("there is no generation %" PRIu32), generation);
}

static enum store_state
state_named(const struct cell *word)
{
	for (int i = STORE_HELD; i <= STORE_WITHDRAWN; i++)
		if (strlen(state_words[i]) == word->len &&
		    memcmp(state_words[i], word->s, word->len) == 0)
			return (enum store_state)i;
	return STORE_HELD;
}

static bool
take_generation(void *arg, const struct cell *row, struct err *err)
{
	struct store_generations *all = arg;
	struct store_generation *g;

	(void)err;
	all->list = xrealloc(all->list, all->n + 1, sizeof *all->list);
	g = &all->list[all->n++];
	*g = (struct store_generation){
	    .about = {.generation = (uint32_t)row[0].n,
		.data_through =
		    row[2].n == CELL_EMPTY ? DATE_MISSING : (int32_t)row[2].n,
		.loaded_at = row[3].n,
		.agency = xstrndup(row[4].s, row[4].len),
		.source = xstrndup(row[5].s, row[5].len),
		.invented = row[6].n != 0},
	    .state = state_named(&row[1]),
	    .rows = (uint64_t)row[7].n,
	    .aside = (uint64_t)row[8].n,
	    .base = (uint32_t)row[9].n,
	};
	return true;
}

#define FRONT                                                  \
	"SELECT id FROM generations WHERE state = 'published'" \
	" ORDER BY turn DESC LIMIT 1"

bool
store_generations(
    struct store *store, struct store_generations *all, struct err *err)
{
	const struct db_query q = {
	    .sql = "SELECT id, state, data_through, loaded_at, agency,"
		   " source, invented, kept, aside, base"
		   " FROM generations ORDER BY id",
	    .out = "itiittiiii",
	    .each = take_generation,
	    .arg = all};
	int64_t front;

	*all = (struct store_generations){0};
	if (!store->ops->query(store->db, &q, err) ||
	    !store_number(store, FRONT, NULL, NULL, 0, &front, err)) {
		store_generations_free(all);
		return false;
	}
	for (size_t i = 0; i < all->n; i++)
		if (all->list[i].about.generation == front)
			all->list[i].state = STORE_SERVING;
	return true;
}

void
store_generations_free(struct store_generations *all)
{
	for (size_t i = 0; i < all->n; i++) {
		free((char *)(uintptr_t)all->list[i].about.agency);
		free((char *)(uintptr_t)all->list[i].about.source);
	}
	free(all->list);
	*all = (struct store_generations){0};
}

bool
store_serving(struct store *store, uint32_t *generation, struct err *err)
{
	int64_t front;

	if (!store_number(store, FRONT, NULL, NULL, 0, &front, err))
		return false;
	*generation = (uint32_t)front;
	return front != 0 ||
	       err_set(err, ERR_NO_DATA, "%s", _(err_message(ERR_NO_DATA)));
}

bool
store_put_in_front(struct store *s, uint32_t generation, struct err *err)
{
	const struct cell id = cell_number(generation);

	return store_do(s,
	    "UPDATE generations SET state = 'published',"
	    " turn = (SELECT coalesce(max(turn), 0) + 1"
	    " FROM generations) WHERE id = $1",
	    "i", &id, err);
}

bool
store_publish(struct store *store, uint32_t generation, struct err *err)
{
	return store_known(store, generation, err) &&
	       store_verify(store, generation, err) &&
	       store_put_in_front(store, generation, err);
}

bool
store_withdraw(struct store *store, uint32_t generation, struct err *err)
{
	const struct cell id = cell_number(generation);

	return store_known(store, generation, err) &&
	       store_do(store,
		   "UPDATE generations SET state = 'withdrawn'"
		   " WHERE id = $1",
		   "i", &id, err);
}
