#include "service/instruments.h"

#include <dirent.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/data.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "poms/review.h"
#include "service/papers.h"

#define MAX (8u << 20) /* bytes of a file */

struct known {
	struct instrument *in;
	char *text;
	bool present; /* in the folder */
};

/* A map's file, whole or not: that shows when it is tried. */
struct kept_map {
	char *name, *text;
};

struct instruments {
	pthread_mutex_t lock;
	struct kept_map *maps;
	size_t maps_n, maps_cap;
	char *folder;
	struct shelf *shelf;
	bool looked; /* into the folder */
	struct known *list;
	size_t n, cap;
};

struct instruments *
instruments_new(const char *folder, struct shelf *shelf)
{
	struct instruments *s = xcalloc(1, sizeof *s);

	pthread_mutex_init(&s->lock, NULL);
	s->folder = folder != NULL ? xstrdup(folder) : data_find("instruments");
	s->shelf = shelf;
	return s;
}

void
instruments_free(struct instruments *s)
{
	if (s == NULL)
		return;
	for (size_t i = 0; i < s->n; i++) {
		instrument_free(s->list[i].in);
		free(s->list[i].text);
	}
	for (size_t i = 0; i < s->maps_n; i++) {
		free(s->maps[i].name);
		free(s->maps[i].text);
	}
	free(s->maps);
	free(s->list);
	pthread_mutex_destroy(&s->lock);
	free(s->folder);
	free(s);
}

/* --- taking in -------------------------------------------------------------
 */

static struct known *
find(struct instruments *s, const char *hash)
{
	for (size_t i = 0; i < s->n; i++)
		if (strcmp(instrument_about(s->list[i].in)->hash, hash) == 0)
			return &s->list[i];
	return NULL;
}

/* Reads a text; what is at fault is left out, its first fault in *err. */
static struct known *
take(struct instruments *s, const char *name, const char *text, struct err *err)
{
	struct faults faults = {0};
	struct instrument *in = instrument_parse(name, text, &faults);
	struct known *k;

	if (in == NULL) {
		if (faults.n > 0)
			fault_err(&faults.list[0], err);
		err->code = ERR_DEFINITION;
		faults_free(&faults);
		return NULL;
	}
	faults_free(&faults);
	k = find(s, instrument_about(in)->hash);
	if (k != NULL) {
		instrument_free(in);
		return k;
	}
	grow(&s->list, &s->cap, s->n + 1, sizeof *s->list);
	k = &s->list[s->n++];
	*k = (struct known){.in = in, .text = xstrdup(text)};
	return k;
}

/* Not being allowed to keep it is no reason not to use it. */
static void
keep(struct instruments *s, const struct known *k)
{
	struct buf body = {0};
	struct store_paper paper = {.kind = PAPER_INSTRUMENT,
	    .id = instrument_about(k->in)->hash,
	    .at_ms = (int64_t)time(NULL) * 1000,
	    .by = ""};
	struct store_putting t;
	struct json j;
	struct err ignored;

	json_begin(&j, &body);
	json_object(&j);
	json_kv_string(&j, "text", k->text);
	json_object_end(&j);
	paper.body = buf_text(&body);
	paper.len = body.len;
	if (shelf_put(s->shelf, &paper, 0, &t, &ignored))
		store_putting_fini(&t);
	buf_free(&body);
}

static void
look_at(struct instruments *s, const char *name)
{
	char *path = file_join(s->folder, name, NULL);
	struct buf text = {0};
	struct known *k = NULL;
	struct err ignored;

	if (file_read(&text, path, MAX, &ignored))
		k = take(s, name, buf_text(&text), &ignored);
	if (k != NULL) {
		k->present = true;
		keep(s, k);
	}
	buf_free(&text);
	free(path);
}

static void
look_at_map(struct instruments *s, const char *name)
{
	char *path = file_join(s->folder, name, NULL);
	struct buf text = {0};
	struct err ignored;

	if (file_read(&text, path, MAX, &ignored)) {
		grow(&s->maps, &s->maps_cap, s->maps_n + 1, sizeof *s->maps);
		s->maps[s->maps_n++] = (struct kept_map){
		    .name = xstrdup(name), .text = xstrdup(buf_text(&text))};
	}
	buf_free(&text);
	free(path);
}

/* The folder, once; the caller has the lock. */
static void
look(struct instruments *s)
{
	DIR *d = s->looked ? NULL : opendir(s->folder);
	struct dirent *e;

	s->looked = true;
	while (d != NULL && (e = readdir(d)) != NULL) {
		size_t n = strlen(e->d_name);

		if (n > 4 && strcmp(e->d_name + n - 4, ".cfg") == 0)
			look_at(s, e->d_name);
		else if (n > 4 && strcmp(e->d_name + n - 4, ".map") == 0)
			look_at_map(s, e->d_name);
	}
	if (d != NULL)
		closedir(d);
}

/* --- asking ----------------------------------------------------------------
 */

static bool
take_kept(void *arg, const struct store_paper *paper, struct err *err)
{
	char **text = arg;
	cJSON *tree = json_parse(paper->body, paper->len, paper->len, err);
	const char *s = json_get_string(tree, "text");

	if (s != NULL)
		*text = xstrdup(s);
	cJSON_Delete(tree);
	return true;
}

/* What the store kept; the caller has the lock. */
static bool
recall(
    struct instruments *s, const char *hash, struct known **k, struct err *err)
{
	const struct shelf_ask ask = {.kind = PAPER_INSTRUMENT, .id = hash};
	char *text = NULL;
	bool ok;

	*k = NULL;
	ok = shelf_papers(s->shelf, &ask, take_kept, &text, err);
	if (ok && text == NULL)
		ok = err_set(err, ERR_REFUSED,
		    _("the instrument of this review is not known here "
		      "(%.12s)"),
		    hash);
	else if (ok)
		ok = (*k = take(s, hash, text, err)) != NULL;
	free(text);
	return ok;
}

bool
instruments_find(struct instruments *s, const char *hash,
    const struct instrument **in, struct err *err)
{
	struct known *k;
	bool ok = true;

	pthread_mutex_lock(&s->lock);
	look(s);
	k = find(s, hash);
	if (k == NULL)
		ok = recall(s, hash, &k, err);
	*in = k != NULL ? k->in : NULL;
	pthread_mutex_unlock(&s->lock);
	return ok;
}

static bool
newer(const struct known *k, const struct known *than, const char *id)
{
	const struct instrument_about *a = instrument_about(k->in);

	return k->present && (id == NULL || strcmp(a->id, id) == 0) &&
	       (than == NULL ||
		   instrument_about(than->in)->version < a->version);
}

bool
instruments_newest(struct instruments *s, const char *id,
    const struct instrument **in, const char **text, struct err *err)
{
	const struct known *found = NULL;

	pthread_mutex_lock(&s->lock);
	look(s);
	for (size_t i = 0; i < s->n; i++)
		if (newer(&s->list[i], found, id))
			found = &s->list[i];
	if (found != NULL && in != NULL)
		*in = found->in;
	if (found != NULL && text != NULL)
		*text = found->text;
	pthread_mutex_unlock(&s->lock);
	if (found == NULL)
		return err_set(err, ERR_NO_ANSWER,
		    _("there is no instrument in the service's folder"));
	return true;
}

/* The first that reads without a fault as a map between the two. */
static const char *
map_between(struct instruments *s, const struct instrument *from,
    const struct instrument *to)
{
	const char *found = NULL;

	for (size_t i = 0; i < s->maps_n && found == NULL; i++) {
		struct faults faults = {0};
		struct instrument_map *map = instrument_map_parse(
		    s->maps[i].name, s->maps[i].text, from, to, &faults);

		if (map != NULL)
			found = s->maps[i].text;
		instrument_map_free(map);
		faults_free(&faults);
	}
	return found;
}

struct instruments_way
instruments_way(struct instruments *s, const struct instrument *to, int version)
{
	struct instruments_way way = {NULL, NULL};
	const char *id = instrument_about(to)->id;

	pthread_mutex_lock(&s->lock);
	look(s);
	for (size_t i = 0; i < s->n && way.map == NULL; i++) {
		const struct known *k = &s->list[i];
		const struct instrument_about *a = instrument_about(k->in);

		if (a->version != version || strcmp(a->id, id) != 0)
			continue;
		way.map = map_between(s, k->in, to);
		way.was = way.map != NULL ? k->text : NULL;
	}
	pthread_mutex_unlock(&s->lock);
	return way;
}
