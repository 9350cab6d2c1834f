/* hearthctl generations */
#include "admin/admin.h"

#include <getopt.h>
#include <inttypes.h>
#include <stdio.h>
#include <time.h>

#include "admin/aside.h"
#include "base/date.h"
#include "base/i18n.h"
#include "store/store.h"

static void
print_one(const struct store_generation *g)
{
	char through[DATE_TEXT], loaded[32];
	time_t at = (time_t)g->about.loaded_at;
	struct tm tm;

	gmtime_r(&at, &tm);
	strftime(loaded, sizeof loaded, "%Y-%m-%dT%H:%MZ", &tm);
	printf("%-10" PRIu32 " %-10s %-11s %-18s %10" PRIu64 " %7" PRIu64
	       "  %s%s%s%s\n",
	    g->about.generation, store_state_word(g->state),
	    date_format(g->about.data_through, through), loaded, g->rows,
	    g->aside, g->about.agency,
	    g->about.agency[0] != '\0' && g->about.source[0] != '\0' ? ", "
								     : "",
	    g->about.source, g->about.invented ? _(" (invented)") : "");
}

static bool
print_all(const struct store_generations *all, uint32_t only)
{
	bool any = false;

	printf("%-10s %-10s %-11s %-18s %10s %7s  %s\n", "generation", "state",
	    "through", "loaded", "rows", "aside", "source");
	for (size_t i = 0; i < all->n; i++) {
		if (only != 0 && all->list[i].about.generation != only)
			continue;
		print_one(&all->list[i]);
		any = true;
	}
	return any;
}

/* Goes on after a damaged one, so that one run tells all. */
static int
verify_all(struct admin *a, struct store *store,
    const struct store_generations *all, uint32_t only)
{
	struct err err = {0};
	int status = 0;

	for (size_t i = 0; i < all->n; i++) {
		uint32_t n = all->list[i].about.generation;

		if (only != 0 && n != only)
			continue;
		if (store_verify(store, n, &err)) {
			admin_say(a, _("generation %u is whole"), n);
			continue;
		}
		err_prefix(&err, _("generation %u"), n);
		status = admin_fail(a, &err);
	}
	return status;
}

static int
show(struct admin *a, struct store *store, uint32_t only, bool verify)
{
	struct store_generations all;
	struct err err = {0};
	int status = 0;

	if (!store_generations(store, &all, &err))
		return admin_fail(a, &err);
	if (!print_all(&all, only) && only != 0) {
		err_set(&err, ERR_NO_SUCH_GENERATION,
		    _("there is no generation %u"), only);
		status = admin_fail(a, &err);
	} else if (verify) {
		status = verify_all(a, store, &all, only);
	}
	store_generations_free(&all);
	return status;
}

/* Of one generation, the served one when none is named. */
static int
show_rows(struct admin *a, struct store *store, uint32_t only, int what)
{
	struct err err = {0};

	if (only == 0 && !store_serving(store, &only, &err))
		return admin_fail(a, &err);
	if (what == 'a' ? !aside_print(store, only, &err)
			: !aside_print_flags(store, only, &err))
		return admin_fail(a, &err);
	return 0;
}

int
cmd_generations(struct admin *a, int argc, char **argv)
{
	static const struct option options[] = {
	    {"verify", no_argument, NULL, 'v'},
	    {"aside", no_argument, NULL, 'a'},
	    {"flags", no_argument, NULL, 'f'},
	    {0},
	};
	struct store *store;
	struct err err = {0};
	uint32_t only = 0;
	int c, what = 0, status;

	while ((c = getopt_long(argc, argv, "", options, NULL)) != -1) {
		if (c == '?')
			return err_exit(ERR_USAGE);
		if (what != 0 && what != c)
			return admin_usage(a, _("one of --verify, --aside, "
						"--flags"));
		what = c;
	}
	if (argc - optind > 1 ||
	    (argc > optind && (only = admin_number(argv[optind])) == 0))
		return admin_usage(a, _("which generation?"));
	if (!store_open(&store, a->store, STORE_READ, &err))
		return admin_fail(a, &err);
	status = what == 'a' || what == 'f' ? show_rows(a, store, only, what)
					    : show(a, store, only, what == 'v');
	store_close(store);
	return status;
}
