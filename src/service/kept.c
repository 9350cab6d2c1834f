#include "service/kept.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/marks.h"
#include "service/rights.h"
#include "store/store.h"

#define DAY 86400
/* Between the parts, each of which ends with a line's end. */
#define GAP "\n"

/*
 * The file: "hearth board 1 SUM\n", the sum over all that follows; the key; a
 * gap; marks; a gap; the catalogue's marks; a gap; "GENERATION\n"; then for
 * each answer a line "LENGTH ALONE TAG TARGET" and LENGTH bytes. ALONE is 1
 * where it tells of the served generation alone.
 */
struct kept {
	struct buf file;
	const char *answers; /* in file */
	bool alone;	     /* the catalogue was asked, not marked */
};

/* --- what it depends on -------------------------------------------------- */

char *
kept_folder(const char *store)
{
	char *url = snaps_url(store), *folder = NULL;

	if (strncmp(url, "sqlite:", 7) == 0)
		folder = xstrdup(url + 7);
	free(url);
	return folder;
}

void
kept_key(struct buf *out, const struct service_options *o)
{
	char *languages = i18n_languages();
	char *url = snaps_url(o->store);

	buf_printf(out, "store %s\n", url);
	buf_printf(out, "definitions %s\nheadlines %s\nlanguages %s\n",
	    o->definitions != NULL ? o->definitions : SERVICE_DEFINITIONS,
	    o->headlines != NULL ? o->headlines : SERVICE_HEADLINES, languages);
	/* Data that should have come make figures stale on a day. */
	buf_printf(out, "refresh %d on %lld\n", o->refresh_days,
	    o->refresh_days > 0 ? (long long)(time(NULL) / DAY) : 0);
	free(url);
	free(languages);
}

uint64_t
kept_sum(const char *data, size_t n)
{
	const unsigned char *p = (const unsigned char *)data;
	uint64_t h = UINT64_C(14695981039346656037);

	for (size_t i = 0; i < n; i++)
		h = (h ^ p[i]) * UINT64_C(1099511628211);
	return h;
}

/* --- reading ------------------------------------------------------------- */

static bool
kept_whole(struct kept *k)
{
	const char *text = buf_text(&k->file);
	uint64_t sum;
	int n = 0;

	if (sscanf(text, "hearth board 1 %16" SCNx64 "%n", &sum, &n) != 1 ||
	    text[n] != '\n')
		return false;
	k->answers = text + n + 1;
	return kept_sum(k->answers,
		   k->file.len - (size_t)(k->answers - text)) == sum;
}

/* The part up to the next gap, which *at is moved behind. */
static size_t
kept_part(const char **at)
{
	const char *end = **at == '\n' ? *at : strstr(*at, "\n" GAP);
	const char *from = *at;

	if (end == NULL)
		return 0;
	end += end != *at;
	*at = end + 1;
	return (size_t)(end - from);
}

static bool
kept_keyed(struct kept *k, const struct service_options *o)
{
	struct buf key = {0};
	const char *from = k->answers;
	size_t n = kept_part(&k->answers);
	bool same;

	kept_key(&key, o);
	same = n == key.len && memcmp(from, key.data, n) == 0;
	buf_free(&key);
	return same;
}

static bool
kept_marked(struct kept *k)
{
	const char *from = k->answers;
	size_t n = kept_part(&k->answers);

	return n > 0 && marks_hold(from, n);
}

/* Whether that generation is served still. */
static bool
kept_served(const char *store, uint32_t generation)
{
	struct store *s;
	struct err err;
	uint32_t now = 0;

	if (!snaps_store(&s, store, STORE_READ, &err))
		return false;
	if (!store_serving(s, &now, &err))
		now = 0;
	store_close(s);
	return now == generation && now != 0;
}

static bool
kept_catalogue(struct kept *k, const struct service_options *o)
{
	bool same = kept_marked(k);
	unsigned long generation;
	char *end;

	generation = strtoul(k->answers, &end, 10);
	if (*end != '\n')
		return false;
	k->answers = end + 1;
	k->alone = !same;
	return same || kept_served(o->store, (uint32_t)generation);
}

struct kept *
kept_open(const struct service_options *o)
{
	char *folder = kept_folder(o->store);
	char *path = folder != NULL ? file_join(folder, KEPT_FILE, NULL) : NULL;
	struct kept *k = xcalloc(1, sizeof *k);
	struct err err;

	if (path == NULL || !file_read(&k->file, path, KEPT_MOST, &err) ||
	    !kept_whole(k) || !kept_keyed(k, o) || !kept_marked(k) ||
	    !kept_catalogue(k, o)) {
		kept_close(k);
		k = NULL;
	}
	free(path);
	free(folder);
	return k;
}

bool
kept_at_once(const struct kept *k)
{
	return !k->alone;
}

void
kept_close(struct kept *k)
{
	if (k == NULL)
		return;
	buf_free(&k->file);
	free(k);
}

/* --- answering ----------------------------------------------------------- */

struct kept_entry {
	size_t length;
	int alone;
	char tag[SERVICE_TAG];
	const char *target; /* up to a line's end */
	size_t target_len;
	const char *body;
};

/* The answer that stands at *at; moves behind it. False at the end. */
static bool
kept_next(const struct kept *k, const char **at, struct kept_entry *e)
{
	const char *end = k->file.data + k->file.len, *line;
	int n = 0;

	if (sscanf(*at, "%zu %d %23s %n", &e->length, &e->alone, e->tag, &n) !=
		3 ||
	    n == 0)
		return false;
	e->target = *at + n;
	line = strchr(e->target, '\n');
	if (line == NULL || e->length > (size_t)(end - line - 1))
		return false;
	e->target_len = (size_t)(line - e->target);
	e->body = line + 1;
	*at = e->body + e->length;
	return true;
}

/* "PATH?QUERY" or "PATH". */
static bool
kept_is(const struct kept_entry *e, const struct request *r)
{
	size_t path = strlen(r->path);
	size_t query = r->query != NULL ? strlen(r->query) + 1 : 0;

	return e->target_len == path + query &&
	       memcmp(e->target, r->path, path) == 0 &&
	       (query == 0 ||
		   (e->target[path] == '?' &&
		       memcmp(e->target + path + 1, r->query, query - 1) == 0));
}

/* The answer was given to the local user; whoever else asks, asks the
 * service itself. */
static bool
kept_may(const struct request *r)
{
	struct context c = {.request = r};

	return strcmp(r->method, "GET") == 0 && r->known == NULL &&
	       r->who.kind == WHO_LOCAL &&
	       rights_has(&c, FACTS_NO_ROW, RIGHT_FIGURES);
}

bool
kept_answer(const struct kept *k, const struct request *r, struct answer *a)
{
	const char *at = k->answers;
	struct kept_entry e;

	if (!kept_may(r))
		return false;
	while (kept_next(k, &at, &e)) {
		if (!kept_is(&e, r) || (k->alone && !e.alone))
			continue;
		a->status = 200;
		a->code = ERR_NONE;
		a->type = "application/json";
		strcpy(a->tag, e.tag);
		buf_reset(&a->body);
		buf_add(&a->body, e.body, e.length);
		return true;
	}
	return false;
}
