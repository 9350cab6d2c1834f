#include "synth/synth.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"
#include "synth/extract.h"
#include "synth/federal.h"

#define PER_BATCH 1500 /* families */
#define MAX_THREADS 64

struct run {
	struct world w;
	struct org org;
	struct caseload *caseload;
	struct outputs out;
	uint32_t batches;
	/* Guarded by lock: */
	pthread_mutex_t lock;
	pthread_cond_t turn;
	uint32_t next;	   /* batch to be made */
	uint32_t appended; /* batches that stand in the files */
	bool failed;
	struct err err;
};

void
synth_defaults(struct synth_options *o)
{
	memset(o, 0, sizeof(*o));
	o->seed = 1;
	o->through = date_make(2026, 9, 30);
	o->years = 18;
	o->children = 13000;
	o->parts = SYNTH_ALL;
}

/* Families [number * PER_BATCH, ...) into b. */
static void
synth_batch(struct run *run, uint32_t number, struct family *f, struct batch *b)
{
	uint32_t n = number * PER_BATCH, end = n + PER_BATCH;

	if (end > run->w.families)
		end = run->w.families;
	for (; n < end; n++) {
		family_make(f, &run->w, n);
		if (f->removed && !family_shown(f, &run->w))
			continue;
		family_details(f, &run->w);
		if (run->w.o.parts & SYNTH_EXTRACT)
			extract_family(b, &run->w, run->caseload, f);
		federal_family(b, &run->w, &run->out, f);
	}
}

/* Appends batch number b when its turn has come; false once anything failed.
 * A thread waits at most for those that took earlier batches. */
static bool
synth_append(struct run *run, uint32_t number, struct batch *b)
{
	bool ok;

	pthread_mutex_lock(&run->lock);
	while (run->appended != number && !run->failed)
		pthread_cond_wait(&run->turn, &run->lock);
	ok = !run->failed;
	pthread_mutex_unlock(&run->lock);
	/* Nobody else's turn: the files are this thread's alone. */
	if (ok && !outputs_append(&run->out, b, &run->err))
		ok = false;
	pthread_mutex_lock(&run->lock);
	run->appended++;
	run->failed |= !ok;
	if (ok && run->w.o.progress != NULL)
		run->w.o.progress(run->w.o.arg, number + 1, run->batches);
	pthread_cond_broadcast(&run->turn);
	pthread_mutex_unlock(&run->lock);
	return ok;
}

static void *
synth_thread(void *arg)
{
	struct run *run = arg;
	struct family f = {0};
	struct batch b;
	uint32_t number;
	bool ok = true;

	batch_init(&b, &run->out);
	while (ok) {
		pthread_mutex_lock(&run->lock);
		number = run->next++;
		ok = number < run->batches && !run->failed;
		pthread_mutex_unlock(&run->lock);
		if (!ok)
			break;
		synth_batch(run, number, &f, &b);
		ok = synth_append(run, number, &b);
	}
	batch_fini(&b);
	family_free(&f);
	return NULL;
}

static int
synth_threads(const struct synth_options *o)
{
	long n = o->threads > 0 ? o->threads : sysconf(_SC_NPROCESSORS_ONLN);

	return n < 1 ? 1 : n > MAX_THREADS ? MAX_THREADS : (int)n;
}

static void
synth_families(struct run *run)
{
	int n = synth_threads(&run->w.o), started = 0, i;
	pthread_t threads[MAX_THREADS];

	for (i = 1; i < n; i++)
		if (pthread_create(
			&threads[started], NULL, synth_thread, run) == 0)
			started++;
	synth_thread(run);
	for (i = 0; i < started; i++)
		pthread_join(threads[i], NULL);
}

static bool
synth_begin(struct run *run, struct err *err)
{
	struct batch b;
	bool ok;

	batch_init(&b, &run->out);
	if (run->w.o.parts & SYNTH_EXTRACT)
		extract_begin(&b, &run->w, &run->org);
	federal_begin(&b, &run->out);
	ok = outputs_append(&run->out, &b, err);
	batch_fini(&b);
	return ok;
}

static bool
synth_run(struct run *run, struct err *err)
{
	if (run->w.o.parts & SYNTH_EXTRACT && !extract_unfinished(&run->w, err))
		return false;
	if (!outputs_open(&run->out, &run->w, err) || !synth_begin(run, err))
		return false;
	synth_families(run);
	if (run->failed) {
		*err = run->err;
		return false;
	}
	if (!federal_end(&run->out, err) || !outputs_close(&run->out, err))
		return false;
	return !(run->w.o.parts & SYNTH_EXTRACT) ||
	       extract_manifest(&run->out, &run->w, err);
}

static bool
synth_folders(const struct synth_options *o, struct err *err)
{
	char *federal = file_join(o->out, "federal", NULL);
	bool ok = file_mkdirs(
	    o->parts & ~(unsigned)SYNTH_EXTRACT ? federal : o->out, err);

	free(federal);
	return ok;
}

bool
synth_write(const struct synth_options *o, struct err *err)
{
	struct run run = {.next = 0};
	bool ok = false;

	if (o->children < 1 || o->years < 1 || !date_known(o->through))
		return err_set(err, ERR_BAD_VALUE, "nothing to invent");
	if (!synth_folders(o, err))
		return false;
	pthread_mutex_init(&run.lock, NULL);
	pthread_cond_init(&run.turn, NULL);
	world_init(&run.w, o);
	org_init(&run.org, &run.w);
	run.caseload = caseload_new(&run.w, &run.org);
	run.batches = (run.w.families + PER_BATCH - 1) / PER_BATCH;
	ok = synth_run(&run, err);
	outputs_free(&run.out);
	caseload_free(run.caseload);
	org_fini(&run.org);
	world_fini(&run.w);
	pthread_cond_destroy(&run.turn);
	pthread_mutex_destroy(&run.lock);
	return ok;
}
