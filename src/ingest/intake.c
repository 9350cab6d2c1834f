#include "ingest/intake.h"

#include <assert.h>
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistr.h>

#include "base/buf.h"
#include "base/date.h"
#include "base/i18n.h"

#define PROGRESS_EVERY 4096 /* rows */
#define VALUE_SHOWN 80	    /* bytes of a set-aside value */

void
intake_init(struct intake *in, const struct sink *sink)
{
	*in = (struct intake){.sink = sink, .max_aside = 2};
	in->through = DATE_MISSING;
	ids_init(&in->carried);
	ids_init(&in->children);
	ids_init(&in->histories);
	ids_init(&in->nodes);
	ids_init(&in->providers);
	ids_init(&in->incidents);
	ids_init(&in->keys);
}

void
intake_fini(struct intake *in)
{
	for (size_t i = 0; i < in->n; i++) {
		free(in->files[i].name);
		tally_fini(&in->files[i].asides);
		tally_fini(&in->files[i].flags);
	}
	free(in->files);
	places_fini(&in->places);
	free(in->agency);
	free(in->source);
	ids_fini(&in->carried);
	ids_fini(&in->children);
	ids_fini(&in->histories);
	ids_fini(&in->nodes);
	ids_fini(&in->providers);
	ids_fini(&in->incidents);
	ids_fini(&in->keys);
}

char *
intake_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	char *name = xstrdup(slash != NULL ? slash + 1 : path);
	bool text = u8_check((const uint8_t *)name, strlen(name)) == NULL;

	for (char *p = name; *p != '\0'; p++)
		if ((unsigned char)*p < ' ' || *p == 0x7f ||
		    (!text && (unsigned char)*p > 0x7f))
			*p = '?';
	return name;
}

void
intake_begin(struct intake *in, const char *name, const char *format)
{
	grow(&in->files, &in->cap, in->n + 1, sizeof *in->files);
	in->files[in->n++] = (struct intake_file){
	    .name = intake_name(name),
	    .format = format,
	};
}

struct intake_file *
intake_current(const struct intake *in)
{
	assert(in->n > 0);
	return &in->files[in->n - 1];
}

bool
intake_end(struct intake *in, struct err *err)
{
	struct intake_file *f = intake_current(in);
	uint64_t aside = tally_total(&f->asides);
	struct buf codes = {0};

	tally_sort(&f->asides);
	tally_sort(&f->flags);
	in->sink->progress(in->sink->arg, in->rows);
	if (aside * 100 <= (uint64_t)in->max_aside * f->rows)
		return true;
	tally_words(&f->asides, 5, &codes);
	err_set(err, ERR_REFUSED,
	    _("%s: %" PRIu64 " of %" PRIu64
	      " rows cannot be used, and at most %u %% may be set aside: %s; "
	      "the first: %s. Mend the file, or allow more with --max-aside"),
	    f->name, aside, f->rows, in->max_aside, buf_text(&codes), f->first);
	buf_free(&codes);
	return false;
}

/* Where the file's first row that cannot be used stands, without its value. */
static void
remember_first(struct intake_file *f, const struct fault *fault)
{
	const char *file = fault->file != NULL ? fault->file : "";
	const char *colon = fault->file != NULL ? ": " : "";

	if (f->first[0] != '\0')
		return;
	if (fault->column != NULL && fault->column[0] != '\0')
		snprintf(f->first, sizeof f->first,
		    _("%.100s%sline %" PRIu64 ", field %s, rule %s"), file,
		    colon, fault->line, fault->column, fault->rule);
	else
		snprintf(f->first, sizeof f->first,
		    _("%.100s%sline %" PRIu64 ", rule %s"), file, colon,
		    fault->line, fault->rule);
}

void
intake_count(struct intake *in)
{
	intake_current(in)->rows++;
	if (++in->rows % PROGRESS_EVERY == 0)
		in->sink->progress(in->sink->arg, in->rows);
}

bool
intake_aside(struct intake *in, const struct fault *fault, struct err *err)
{
	struct intake_file *f = intake_current(in);
	char value[VALUE_SHOWN + 1];
	size_t n = 0;

	for (; fault->value != NULL && n < fault->len && n < VALUE_SHOWN; n++)
		value[n] = fault->value[n] >= ' ' && fault->value[n] <= '~'
			       ? fault->value[n]
			       : '?';
	value[n] = '\0';
	tally_add(&f->asides, fault->rule, 1);
	remember_first(f, fault);
	return in->sink->aside(in->sink->arg,
	    &(struct aside){.file = fault->file != NULL ? fault->file : f->name,
		.line = fault->line,
		.column = fault->column != NULL ? fault->column : "",
		.rule = fault->rule,
		.value = value},
	    err);
}

const char *
intake_file_of(const struct intake *in, int32_t period, const char *otherwise)
{
	for (size_t i = 0; i < in->n; i++)
		if (in->files[i].period == period)
			return in->files[i].name;
	return otherwise;
}

void
intake_flag(struct intake *in, const char *rule, uint64_t n)
{
	if (n > 0)
		tally_add(&intake_current(in)->flags, rule, n);
}

bool
intake_give_flags(struct intake *in, struct err *err)
{
	struct tally all = {0};
	bool ok = true;

	for (size_t i = 0; i < in->n; i++)
		for (size_t k = 0; k < in->files[i].flags.n; k++)
			tally_add(&all, in->files[i].flags.rows[k].code,
			    in->files[i].flags.rows[k].n);
	for (size_t i = 0; i < all.n && ok; i++)
		ok = in->sink->flag(
		    in->sink->arg, all.rows[i].code, all.rows[i].n, err);
	tally_fini(&all);
	return ok;
}

bool
intake_row(struct intake *in, enum extract_table table,
    const struct cell *cells, struct err *err)
{
	return in->sink->row(in->sink->arg, table, cells, err);
}

void
intake_say(struct intake *in, const char *fmt, ...)
{
	const char *name = in->n > 0 ? intake_current(in)->name : NULL;
	char text[400], line[600];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	snprintf(line, sizeof line, "%.150s%s%s", name != NULL ? name : "",
	    name != NULL ? ": " : "", text);
	in->sink->say(in->sink->arg, line);
}

void
intake_through(struct intake *in, int32_t day)
{
	if (day > in->through)
		in->through = day;
}
