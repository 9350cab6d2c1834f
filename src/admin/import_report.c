#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "admin/import.h"
#include "base/date.h"
#include "base/i18n.h"

#define SECOND 1e9
#define CODES_SHOWN 6

static void
print_codes(const char *title, const struct tally *t)
{
	struct buf words = {0};

	if (t->n == 0)
		return;
	tally_words(t, CODES_SHOWN, &words);
	printf("    %s: %s\n", title, buf_text(&words));
	buf_free(&words);
}

static void
print_file(struct intake_file *f)
{
	tally_sort(&f->asides);
	tally_sort(&f->flags);
	printf("%-28s %10" PRIu64 " %10" PRIu64 " %10" PRIu64 " %10" PRIu64
	       "\n",
	    f->name, f->rows, f->kept, tally_total(&f->asides),
	    tally_total(&f->flags));
	print_codes(_("set aside"), &f->asides);
	print_codes(_("flagged"), &f->flags);
}

/* Not a file, but what was made of all of them. */
static bool
is_rebuilt(const struct intake_file *f)
{
	return strcmp(f->format, "rebuilt") == 0;
}

static double
rate(uint64_t n, int64_t nanoseconds)
{
	return nanoseconds > 0 ? (double)n * SECOND / (double)nanoseconds : 0;
}

void
import_report(
    struct import *im, uint32_t generation, const struct facts_about *about)
{
	int64_t all = im->reading + im->building + im->committing;
	uint64_t rows = 0;
	char day[DATE_TEXT];

	printf("%-28s %10s %10s %10s %10s\n", _("file"), _("rows"), _("kept"),
	    _("aside"), _("flags"));
	for (size_t i = 0; i < im->in.n; i++) {
		struct intake_file *f = &im->in.files[i];

		if (f->rows > 0 || f->asides.n > 0 || !is_rebuilt(f))
			print_file(f);
		rows += is_rebuilt(f) ? 0 : f->rows;
	}
	printf(_("\n%s generation %" PRIu32 ", data through %s\n"),
	    im->hold ? _("held:") : _("now serving:"), generation,
	    date_format(about->data_through, day));
	printf(_("%.1f s: reading %.1f, histories %.1f, snapshot %.1f; parsed "
		 "%.0f rows/s, loaded %.0f rows/s\n"),
	    (double)all / SECOND, (double)im->reading / SECOND,
	    (double)im->building / SECOND, (double)im->committing / SECOND,
	    rate(rows, im->parsing), rate(rows, all));
}
