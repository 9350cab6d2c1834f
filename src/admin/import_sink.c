#include <inttypes.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "admin/import.h"
#include "base/i18n.h"

#define SECOND INT64_C(1000000000)
#define SHOW_TTY (SECOND / 5)	 /* a line that is written over */
#define SHOW_PLAIN (10 * SECOND) /* a line of its own */

int64_t
import_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec * SECOND + t.tv_nsec;
}

/* --- progress ------------------------------------------------------ */

void
import_line_end(struct import *im)
{
	if (im->line_open)
		fputc('\n', stderr);
	im->line_open = false;
}

void
import_show(struct import *im, uint64_t n)
{
	int64_t now = import_now();
	int64_t every = im->tty ? SHOW_TTY : SHOW_PLAIN;
	double seconds = (double)(now - im->step_started) / SECOND;

	if (im->admin->quiet || now - im->shown < every)
		return;
	im->shown = now;
	fprintf(stderr, im->tty ? "\r\033[K" : "");
	fprintf(stderr, _("%s: %" PRIu64 ", %.0f/s, %.0f s"), im->doing, n,
	    seconds > 0 ? (double)n / seconds : 0.0,
	    (double)(now - im->started) / SECOND);
	if (!im->tty)
		fputc('\n', stderr);
	im->line_open = im->tty;
	fflush(stderr);
}

void
import_step(struct import *im, const char *doing)
{
	if (im->doing == doing)
		return;
	im->doing = doing;
	im->step_from = im->in.rows;
	im->step_started = import_now();
}

void
import_load_step(void *arg, enum load_step step, uint64_t n)
{
	static const char *const words[] = {
	    [LOAD_CARRY] = N_("copying the newest generation, rows"),
	    [LOAD_ARRANGE] = N_("arranging rows"),
	};
	struct import *im = arg;

	if (step != LOAD_CARRY && step != LOAD_ARRANGE)
		return;
	import_step(im, _(words[step]));
	import_show(im, n);
}

/* --- the sink ------------------------------------------------------ */

static bool
give_row(void *arg, enum extract_table table, const struct cell *cells,
    struct err *err)
{
	struct import *im = arg;
	int64_t from = im->timing ? import_now() : 0;
	bool ok = store_load_row(im->load, table, cells, err);

	if (im->timing)
		im->in_store += import_now() - from;
	return ok;
}

static bool
give_raw(void *arg, const struct raw *raw, struct err *err)
{
	struct import *im = arg;
	int64_t from = import_now();
	bool ok = store_load_raw(im->load, raw->kind,
	    &(struct store_raw){.key = raw->key,
		.key_len = raw->key_len,
		.period = raw->period,
		.bytes = raw->bytes,
		.len = raw->len},
	    err);

	im->in_store += import_now() - from;
	return ok;
}

static bool
give_aside(void *arg, const struct aside *a, struct err *err)
{
	struct import *im = arg;

	return store_load_aside(im->load,
	    &(struct store_aside){.file = a->file,
		.line = a->line,
		.column = a->column,
		.rule = a->rule,
		.value = a->value},
	    err);
}

static bool
give_flag(void *arg, const char *rule, uint64_t n, struct err *err)
{
	struct import *im = arg;

	return store_load_flag(im->load, rule, n, err);
}

static void
say(void *arg, const char *sentence)
{
	struct import *im = arg;

	if (im->admin->quiet)
		return;
	import_line_end(im);
	admin_say(im->admin, "%s", sentence);
}

static void
progress(void *arg, uint64_t rows)
{
	struct import *im = arg;

	import_show(im, rows - im->step_from);
}

void
import_sink_init(struct import *im)
{
	im->sink = (struct sink){.arg = im,
	    .row = give_row,
	    .raw = give_raw,
	    .aside = give_aside,
	    .flag = give_flag,
	    .say = say,
	    .progress = progress};
	im->tty = isatty(STDERR_FILENO);
	im->started = im->shown = import_now();
	im->doing = "";
}
