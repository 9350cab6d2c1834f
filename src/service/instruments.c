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
#include "service/papers.h"

#define MAX (8u << 20) /* bytes of a file */

struct known {
	struct instrument *in;
	char *text;
	bool present; /* in the folder */
};

struct instruments {
	pthread_mutex_t lock;
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
