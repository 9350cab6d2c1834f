#include "service/history.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "measure/clock.h"
#include "proto/codes.h"

struct kept {
	struct history_version v;  /* its texts are the history's arena's */
	struct measures *measures; /* compiled, NULL until asked for */
};

struct history {
	pthread_mutex_t lock; /* of compiling */
	const struct measures *present;
	struct arena arena;
	struct kept *list;
	size_t n, cap;
};

char *
history_clock_id(int clock, char id[static HISTORY_CLOCK])
{
	snprintf(id, HISTORY_CLOCK, "clock:%s",
	    code_word(&codesets[CODES_CLOCK], clock));
	return id;
}

/* --- the list -------------------------------------------------------- */

static const char *
history_text(struct history *h, const char *s)
{
	return arena_strndup(&h->arena, s, strlen(s));
}

static bool
history_take(void *arg, const struct store_definition *d, struct err *err)
{
	struct history *h = arg;

	(void)err;
	grow(&h->list, &h->cap, h->n + 1, sizeof *h->list);
	h->list[h->n++] =
	    (struct kept){.v = {
			      .id = history_text(h, d->id),
			      .version = history_text(h, d->version),
			      .text = history_text(h, d->text),
			      .first_used = d->first_used,
			  }};
	return true;
}

static struct kept *
history_find(const struct history *h, const char *id, const char *version)
{
	for (size_t i = 0; i < h->n; i++)
		if (strcmp(h->list[i].v.id, id) == 0 &&
		    strcmp(h->list[i].v.version, version) == 0)
			return &h->list[i];
	return NULL;
}

/* Marks what is in use; what is new goes behind, for history_write(). */
static void
history_present(struct history *h, const struct store_definition *d)
{
	struct kept *k = history_find(h, d->id, d->version);
	struct err err;

	if (k == NULL) {
		history_take(h, d, &err);
		k = &h->list[h->n - 1];
	}
	k->v.present = true;
}

static void
history_presents(struct history *h)
{
	struct store_definition d = {.first_used = time(NULL)};

	for (int i = 0; i < measures_n(h->present); i++) {
		const struct measure_about *a =
		    measure_about(measures_at(h->present, i));

		d.id = a->id;
		d.version = a->version;
		d.text = a->text;
		history_present(h, &d);
	}
	for (int clock = 1; clock < CLOCK_END; clock++) {
		char version[CLOCK_VERSION], id[HISTORY_CLOCK];
		char *text = clock_text(h->present, clock);

		clock_version(h->present, clock, version);
		d.id = history_clock_id(clock, id);
		d.version = version;
		d.text = text;
		if (*text != '\0')
			history_present(h, &d);
		free(text);
	}
}

/* Enters what is new. Not being allowed to is no reason not to serve. */
static void
history_write(const struct history *h, size_t from, const char *name)
{
	size_t n = h->n - from;
	struct store_definition *list = xcalloc(n + 1, sizeof *list);
	struct store *store;
	struct err err;

	for (size_t i = 0; i < n; i++) {
		const struct history_version *v = &h->list[from + i].v;

		list[i] = (struct store_definition){
		    v->id, v->version, v->text, v->first_used};
	}
	if (n > 0 && snaps_store(&store, name, STORE_WRITE, &err)) {
		(void)store_definitions_keep(store, list, n, &err);
		store_close(store);
	}
	free(list);
}

static int
history_order(const void *a, const void *b)
{
	const struct history_version *x = &((const struct kept *)a)->v;
	const struct history_version *y = &((const struct kept *)b)->v;
	int order = strcmp(x->id, y->id);

	if (order == 0)
		order = (x->first_used > y->first_used) -
			(x->first_used < y->first_used);
	/* Of one moment the one in use is the later. */
	return order != 0 ? order : x->present - y->present;
}

bool
history_open(struct history **history, struct snaps *snaps, const char *store,
    const struct measures *present, struct err *err)
{
	struct history *h = xcalloc(1, sizeof *h);
	size_t kept;

	h->present = present;
	pthread_mutex_init(&h->lock, NULL);
	if (!snaps_definitions(snaps, history_take, h, err)) {
		history_close(h);
		return false;
	}
	kept = h->n;
	history_presents(h);
	history_write(h, kept, store);
	qsort(h->list, h->n, sizeof *h->list, history_order);
	*history = h;
	return true;
}

void
history_close(struct history *h)
{
	if (h == NULL)
		return;
	for (size_t i = 0; i < h->n; i++)
		measures_free(h->list[i].measures);
	free(h->list);
	arena_free(&h->arena);
	pthread_mutex_destroy(&h->lock);
	free(h);
}

size_t
history_n(const struct history *h)
{
	return h->n;
}

const struct history_version *
history_at(const struct history *h, size_t i)
{
	return &h->list[i].v;
}

/* --- one version ----------------------------------------------------- */

static const struct measures *
history_compiled(
    struct history *h, const char *id, const char *version, struct err *err)
{
	struct kept *k = history_find(h, id, version);
	const struct measures *found;

	if (k == NULL) {
		err_set(err, ERR_NO_SUCH_MEASURE,
		    _("no definition %s of %s is kept"), version, id);
		return NULL;
	}
	if (k->v.present)
		return h->present;
	pthread_mutex_lock(&h->lock);
	if (k->measures == NULL)
		measures_of_text(&k->measures, id, k->v.text, err);
	found = k->measures;
	pthread_mutex_unlock(&h->lock);
	return found;
}

const struct measure *
history_measure(
    struct history *h, const char *id, const char *version, struct err *err)
{
	const struct measures *ms = history_compiled(h, id, version, err);

	return ms != NULL ? measures_find(ms, id) : NULL;
}

const struct measures *
history_clock(
    struct history *h, int clock, const char *version, struct err *err)
{
	char id[HISTORY_CLOCK];

	return history_compiled(h, history_clock_id(clock, id), version, err);
}
