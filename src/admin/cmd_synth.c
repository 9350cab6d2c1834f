/* hearthctl synth: writes an invented state. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "admin/admin.h"
#include "base/date.h"
#include "base/i18n.h"
#include "synth/synth.h"

static const struct part {
	const char *name;
	unsigned part;
} parts[] = {
    {"extract", SYNTH_EXTRACT},
    {"afcars1993", SYNTH_AFCARS1993},
    {"afcars2020", SYNTH_AFCARS2020},
    {"ncands", SYNTH_NCANDS},
};

#define N_PARTS (sizeof(parts) / sizeof(parts[0]))

/* "extract,ncands" as bits; 0 when a word is not one of them. */
static unsigned
synth_parts(const char *words)
{
	unsigned bits = 0;

	while (*words != '\0') {
		size_t len = strcspn(words, ","), i = 0;

		while (
		    i < N_PARTS && (strlen(parts[i].name) != len ||
				       memcmp(parts[i].name, words, len) != 0))
			i++;
		if (i == N_PARTS)
			return 0;
		bits |= parts[i].part;
		words += len;
		words += *words == ',';
	}
	return bits;
}

/* One line that is written over, at most a hundred times. */
static void
synth_progress(void *arg, uint32_t done, uint32_t total)
{
	uint32_t *shown = arg,
		 percent = (uint32_t)((uint64_t)done * 100 / total);

	if (percent == *shown)
		return;
	*shown = percent;
	fprintf(stderr, "\r%s %u %%", _("inventing a state:"), percent);
	if (done == total)
		fputc('\n', stderr);
	fflush(stderr);
}

/* A whole number in 1..most, or 0. */
static int
synth_number(const char *word, uint32_t most)
{
	uint32_t n = admin_number(word);

	return n <= most ? (int)n : 0;
}

static int
synth_option(struct admin *a, struct synth_options *o, int c, const char *word)
{
	switch (c) {
	case 'c':
		o->children = synth_number(word, 10000000);
		return o->children > 0
			   ? 0
			   : admin_usage(a, _("--children: how many?"));
	case 'y':
		o->years = synth_number(word, 60);
		return o->years > 0 ? 0 : admin_usage(a, _("--years: 1 to 60"));
	case 's':
		o->seed = admin_number(word);
		return o->seed > 0
			   ? 0
			   : admin_usage(a, _("--seed: a number from 1"));
	case 'd':
		o->through = date_parse(word, strlen(word));
		return o->through >= date_make(1950, 1, 1) &&
			       o->through <= date_make(2150, 1, 1)
			   ? 0
			   : admin_usage(a, _("--through: a date, YYYY-MM-DD"));
	case 'o':
		o->parts = synth_parts(word);
		return o->parts != 0 ? 0
				     : admin_usage(a,
					   _("--only: extract, "
					     "afcars1993, afcars2020, ncands"));
	default:
		return err_exit(ERR_USAGE);
	}
}

int
cmd_synth(struct admin *a, int argc, char **argv)
{
	static const struct option options[] = {
	    {"children", required_argument, NULL, 'c'},
	    {"years", required_argument, NULL, 'y'},
	    {"seed", required_argument, NULL, 's'},
	    {"through", required_argument, NULL, 'd'},
	    {"only", required_argument, NULL, 'o'},
	    {0},
	};
	struct synth_options o;
	uint32_t shown = UINT32_MAX;
	struct err err;
	int c, status;

	synth_defaults(&o);
	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1)
		if ((status = synth_option(a, &o, c, optarg)) != 0)
			return status;
	if (argc - optind != 1)
		return admin_usage(a, _("into which folder?"));
	o.out = argv[optind];
	if (!a->quiet && isatty(STDERR_FILENO)) {
		o.progress = synth_progress;
		o.arg = &shown;
	}
	if (!synth_write(&o, &err))
		return admin_fail(a, &err);
	admin_say(a, _("an invented state stands in %s"), o.out);
	return 0;
}
