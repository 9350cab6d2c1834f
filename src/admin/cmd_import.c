/*
 * hearthctl import: files into a new generation, all or nothing. Nothing is
 * visible before the load's commit, so whatever ends the program before that
 * leaves the generation that is served.
 */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/import.h"
#include "base/data.h"
#include "base/date.h"
#include "base/file.h"
#include "base/i18n.h"
#include "ingest/history.h"
#include "ingest/victims.h"

/* --- histories ----------------------------------------------------- */

static struct raw
from_store(const struct store_raw *r, const char *kind)
{
	return (struct raw){.kind = kind,
	    .key = r->key,
	    .key_len = r->key_len,
	    .period = r->period,
	    .bytes = r->bytes,
	    .len = r->len};
}

static bool
add_history(void *arg, const struct store_raw *r, struct err *err)
{
	struct raw raw = from_store(r, RAW_AFCARS);

	return history_add(arg, &raw, err);
}

static bool
add_victims(void *arg, const struct store_raw *r, struct err *err)
{
	struct raw raw = from_store(r, RAW_NCANDS);

	return victims_add(arg, &raw, err);
}

static bool
build_histories(struct import *im, struct err *err)
{
	struct history *h = history_new(&im->in);
	bool ok;

	intake_begin(&im->in, _("(children of AFCARS)"), "rebuilt");
	import_step(im, _("rebuilding histories, children"));
	ok = store_load_origin(im->load, RAW_AFCARS, err) &&
	     store_load_scan_raw(im->load, RAW_AFCARS, add_history, h, err) &&
	     history_end(h, err) && intake_end(&im->in, err);
	history_free(h);
	return ok;
}

static bool
build_victims(struct import *im, struct err *err)
{
	struct victims *v = victims_new(&im->in);
	bool ok;

	intake_begin(&im->in, _("(children of NCANDS)"), "rebuilt");
	import_step(im, _("rebuilding reports, children"));
	ok = store_load_origin(im->load, RAW_NCANDS, err) &&
	     store_load_scan_raw(im->load, RAW_NCANDS, add_victims, v, err) &&
	     victims_end(v, err) && intake_end(&im->in, err);
	victims_free(v);
	return ok;
}

/* Rows of federal records are made of all of them, old and new, whenever
 * there are new ones. */
static bool
has_federal(const struct import *im)
{
	return im->list.n > 0 && !im->list.items[im->list.n - 1].folder;
}

/* --- the steps ----------------------------------------------------- */

/* What an earlier import kept of a period is replaced by a new file of it;
 * the store wants to know before the first row. */
static bool
forget(struct import *im, struct err *err)
{
	if (im->base == 0 || !has_federal(im))
		return true;
	for (size_t i = 0; i < im->list.n; i++) {
		const struct ingest_item *item = &im->list.items[i];

		if (!item->folder && item->period != 0 &&
		    !store_load_forget_raw(
			im->load, item->format->kind, item->period, err))
			return false;
	}
	return store_load_forget(im->load, RAW_AFCARS, err) &&
	       store_load_forget(im->load, RAW_NCANDS, err);
}

static bool
begin(struct import *im, struct err *err)
{
	struct load_options options = {.add = im->add,
	    .hold = im->hold,
	    .step = import_load_step,
	    .arg = im};

	if (im->add && !import_base(im, err))
		return false;
	return store_load_begin(&im->load, im->store, &options, err) &&
	       forget(im, err);
}

static bool
read_all(struct import *im, struct err *err)
{
	int64_t from = import_now();

	import_step(im, _("reading rows"));
	im->timing = true;
	for (size_t i = 0; i < im->list.n; i++)
		if (!ingest_read(&im->in, &im->list.items[i], err))
			return false;
	im->timing = false;
	im->reading = import_now() - from;
	im->parsing = im->reading - im->in_store;
	return true;
}

static bool
build(struct import *im, struct err *err)
{
	int64_t from = import_now();
	bool ok = !has_federal(im) ||
		  (build_histories(im, err) && build_victims(im, err) &&
		      store_load_origin(im->load, RAW_AFCARS, err));

	/* Nodes that both kinds need bear the first one's origin: the two are
	 * always made anew together. */
	ok = ok && ingest_finish(&im->in, err) && import_give_sources(im, err);
	im->building = import_now() - from;
	return ok;
}

static bool
describe(struct import *im, struct facts_about *about, struct err *err)
{
	const struct intake *in = &im->in;
	int32_t through = in->through;

	if (im->base != 0 && im->base_about.data_through > through)
		through = im->base_about.data_through;
	if (im->through != DATE_MISSING)
		through = im->through;
	if (through == DATE_MISSING)
		return err_set(err, ERR_REFUSED,
		    _("the files say of no day to which they go; give "
		      "--data-through"));
	*about = (struct facts_about){.data_through = through,
	    .agency = in->agency,
	    .source = in->source,
	    .invented = in->invented || im->base_about.invented};
	if (about->agency == NULL)
		about->agency = im->base != 0 ? im->base_about.agency : "";
	if (about->source == NULL)
		about->source = im->base != 0
				    ? im->base_about.source
				    : _(im->list.items[0].format->title);
	store_load_about(im->load, about);
	return true;
}

static bool
commit(struct import *im, uint32_t *generation, struct err *err)
{
	int64_t from = import_now();
	struct load *load = im->load;
	bool ok;

	im->load = NULL;
	ok = store_load_commit(load, generation, err);
	im->committing = import_now() - from;
	return ok;
}

/* Another data-through date makes another generation of the same files. */
static bool
same_day(struct import *im, uint32_t generation, bool *same, struct err *err)
{
	struct store_generations all;

	*same = true;
	if (im->through == DATE_MISSING)
		return true;
	if (!store_generations(im->store, &all, err))
		return false;
	for (size_t i = 0; i < all.n; i++)
		if (all.list[i].about.generation == generation)
			*same = all.list[i].about.data_through == im->through;
	store_generations_free(&all);
	return true;
}

/* The generation that these files would only repeat; 0: none. */
static bool
repeated(struct import *im, uint32_t *same, struct err *err)
{
	bool day;

	if (!import_hash(im, err) ||
	    !store_find_same(
		im->store, im->sources, im->sources_n, im->add, same, err) ||
	    !same_day(im, *same, &day, err))
		return false;
	if (!day)
		*same = 0;
	return true;
}

static bool
run(struct import *im, struct err *err)
{
	struct facts_about about;
	uint32_t generation = 0;

	if (!store_open(&im->store, im->admin->store, STORE_CREATE, err) ||
	    !repeated(im, &generation, err))
		return false;
	if (generation != 0) {
		admin_say(im->admin,
		    _("these files are already loaded: "
		      "generation %u; nothing was done"),
		    generation);
		return true;
	}
	if (!begin(im, err) || !read_all(im, err) || !build(im, err) ||
	    !describe(im, &about, err) || !commit(im, &generation, err))
		return false;
	import_line_end(im);
	if (!im->admin->quiet)
		import_report(im, generation, &about);
	return import_feeds(im, generation, err);
}

/* --- the command --------------------------------------------------- */

static int
take_option(struct import *im, int c, const char *word)
{
	char *end;
	unsigned long percent;

	switch (c) {
	case 'a':
		im->add = true;
		return 0;
	case 'h':
		im->hold = true;
		return 0;
	case 'd':
		im->through = date_parse(word, strlen(word));
		return im->through != DATE_MISSING
			   ? 0
			   : admin_usage(im->admin,
				 _("--data-through: a date, YYYY-MM-DD"));
	case 'm':
		percent = strtoul(word, &end, 10);
		im->in.max_aside = (unsigned)percent;
		return *word >= '0' && *word <= '9' && *end == '\0' &&
			       percent <= 100
			   ? 0
			   : admin_usage(im->admin,
				 _("--max-aside: a percentage, 0 to 100"));
	default:
		return err_exit(ERR_USAGE);
	}
}

static int
take_options(struct import *im, int argc, char **argv)
{
	static const struct option options[] = {
	    {"add", no_argument, NULL, 'a'},
	    {"hold", no_argument, NULL, 'h'},
	    {"data-through", required_argument, NULL, 'd'},
	    {"max-aside", required_argument, NULL, 'm'},
	    {"quiet", no_argument, NULL, 'q'},
	    {0},
	};
	int c, status;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == 'q')
			im->admin->quiet = true;
		else if ((status = take_option(im, c, optarg)) != 0)
			return status;
	}
	if (optind == argc)
		return admin_usage(im->admin, _("which files or folders?"));
	return 0;
}

/* The file of what codes of CWS/CMS mean; the caller frees. */
static char *
import_codes(void)
{
	char *folder = data_find("providers");
	char *path = file_join(folder, "cwscms.cfg", NULL);

	free(folder);
	return path;
}

int
cmd_import(struct admin *a, int argc, char **argv)
{
	struct import im = {.admin = a, .through = DATE_MISSING};
	struct err err = {0};
	char *codes;
	int status;
	bool ok = true;

	import_sink_init(&im);
	intake_init(&im.in, &im.sink);
	im.in.cwscms = codes = import_codes();
	status = take_options(&im, argc, argv);
	for (int i = optind; status == 0 && ok && i < argc; i++)
		ok = ingest_add(&im.list, &im.in, argv[i], &err);
	if (status == 0 && ok)
		ok = run(&im, &err);
	import_line_end(&im);
	if (status == 0 && !ok)
		status = admin_fail(a, &err);
	store_load_abort(im.load);
	if (im.store != NULL)
		store_close(im.store);
	import_sources_free(&im);
	ingest_list_free(&im.list);
	intake_fini(&im.in);
	free(codes);
	return status;
}
