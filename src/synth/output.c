#include "synth/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/date.h"

/* The 2020 rule begins with this period. */
#define NEW_RULE_FFY 2023

static void
outputs_plan(struct outputs *o, const struct world *w)
{
	size_t cap[2] = {0, 0};
	int ffy = world_ffy(w->start), half;

	for (; world_ffy_start(ffy) <= w->through; ffy++) {
		struct period *p;
		int32_t start = world_ffy_start(ffy);

		for (half = 0; half < 2; half++) {
			int32_t from = date_addmonths(start, 6 * half);
			int32_t end = date_addmonths(from, 6) - 1;

			if (end > w->through)
				break;
			grow(
			    &o->periods, &cap[0], o->n_periods + 1, sizeof(*p));
			p = &o->periods[o->n_periods++];
			*p = (struct period){.start = from, .end = end};
			snprintf(p->name, sizeof(p->name), "%.4d%c",
			    ffy % 10000, 'A' + half);
			if (ffy < NEW_RULE_FFY)
				o->n_periods93 = o->n_periods;
		}
		grow(&o->years, &cap[1], o->n_years + 1, sizeof(*p));
		p = &o->years[o->n_years++];
		*p = (struct period){
		    .start = start, .end = world_ffy_start(ffy + 1) - 1};
		snprintf(p->name, sizeof(p->name), "%.4d", ffy % 10000);
	}
}

static struct output *
outputs_add(struct outputs *o, const struct period *p, char *path)
{
	struct output *out = &o->v[o->n++];

	out->path = path;
	out->name = path == NULL ? NULL : strrchr(path, '/') + 1;
	out->period = p;
	out->fd = -1;
	crypto_hash_sha256_init(&out->hash);
	return out;
}

static void
outputs_name(struct outputs *o, const struct world *w)
{
	unsigned parts = w->o.parts;
	const char *dir = w->o.out;
	size_t i;
	int t;

	o->v =
	    xcalloc(EXTRACT_COUNT + o->n_periods + o->n_years, sizeof(*o->v));
	for (t = 0; t < EXTRACT_COUNT; t++)
		outputs_add(o, NULL,
		    parts & SYNTH_EXTRACT && t != EXTRACT_SETTINGS
			? xasprintf("%s/%s.csv", dir,
			      extract_table((enum extract_table)t)->name)
			: NULL);
	o->afcars93 = o->n;
	for (i = 0; i < o->n_periods93; i++)
		outputs_add(o, &o->periods[i],
		    parts & SYNTH_AFCARS1993
			? xasprintf("%s/federal/afcars1993-%s.txt", dir,
			      o->periods[i].name)
			: NULL);
	o->afcars20 = o->n;
	for (; i < o->n_periods; i++)
		outputs_add(o, &o->periods[i],
		    parts & SYNTH_AFCARS2020
			? xasprintf("%s/federal/afcars2020-%s.xml", dir,
			      o->periods[i].name)
			: NULL);
	o->ncands = o->n;
	for (i = 0; i < o->n_years; i++)
		outputs_add(o, &o->years[i],
		    parts & SYNTH_NCANDS ? xasprintf("%s/federal/ncands-%s.txt",
					       dir, o->years[i].name)
					 : NULL);
}

bool
outputs_open(struct outputs *o, const struct world *w, struct err *err)
{
	size_t i;

	memset(o, 0, sizeof(*o));
	outputs_plan(o, w);
	outputs_name(o, w);
	for (i = 0; i < o->n; i++) {
		if (o->v[i].path == NULL)
			continue;
		o->v[i].fd = open(o->v[i].path,
		    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
		if (o->v[i].fd < 0)
			return err_sys(err, ERR_IO, "%s", o->v[i].path);
	}
	return true;
}

static bool
output_append(struct output *out, struct piece *p, struct err *err)
{
	int i;

	if (out->fd >= 0 && p->text.len > 0) {
		crypto_hash_sha256_update(&out->hash,
		    (const unsigned char *)p->text.data, p->text.len);
		if (!file_write_all(out->fd, p->text.data, p->text.len, err))
			return err_prefix(err, "%s", out->path);
	}
	out->rows += p->rows;
	for (i = 0; i < OUTPUT_AGES; i++)
		out->ages[i] += p->ages[i];
	buf_reset(&p->text);
	p->rows = 0;
	memset(p->ages, 0, sizeof(p->ages));
	return true;
}

bool
outputs_append(struct outputs *o, struct batch *b, struct err *err)
{
	size_t i;

	for (i = 0; i < o->n; i++)
		if (!output_append(&o->v[i], &b->v[i], err))
			return false;
	return true;
}

bool
outputs_close(struct outputs *o, struct err *err)
{
	bool ok = true;
	size_t i;

	for (i = 0; i < o->n; i++) {
		unsigned char digest[crypto_hash_sha256_BYTES];
		struct output *out = &o->v[i];

		crypto_hash_sha256_final(&out->hash, digest);
		sodium_bin2hex(
		    out->hex, sizeof(out->hex), digest, sizeof(digest));
		if (out->fd >= 0 && close(out->fd) != 0 && ok)
			ok = err_sys(err, ERR_IO, "%s", out->path);
		out->fd = -1;
	}
	return ok;
}

void
outputs_free(struct outputs *o)
{
	size_t i;

	for (i = 0; i < o->n; i++) {
		if (o->v[i].fd >= 0)
			close(o->v[i].fd);
		free(o->v[i].path);
	}
	free(o->v);
	free(o->periods);
	free(o->years);
	memset(o, 0, sizeof(*o));
}

void
batch_init(struct batch *b, const struct outputs *o)
{
	b->n = o->n;
	b->v = xcalloc(o->n, sizeof(*b->v));
}

void
batch_fini(struct batch *b)
{
	size_t i;

	for (i = 0; i < b->n; i++)
		buf_free(&b->v[i].text);
	free(b->v);
	b->v = NULL;
	b->n = 0;
}
