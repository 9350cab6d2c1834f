/* hearthctl instrument check: reads instruments, each version against the
 * older ones named before it, and maps between the last two. */
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/admin.h"
#include "base/i18n.h"
#include "poms/review.h"

struct checked {
	struct instrument **list;
	int n;
	struct faults faults;
};

static bool
is_older(const struct instrument *a, const struct instrument *b)
{
	const struct instrument_about *older = instrument_about(a);
	const struct instrument_about *newer = instrument_about(b);

	return strcmp(older->id, newer->id) == 0 &&
	       older->version < newer->version;
}

/* What becomes of the questions of the last two instruments: a preview of a
 * review that has no answer yet. */
static void
tell_map(
    const struct checked *c, const char *path, const struct instrument_map *map)
{
	static const char *const words[] = {[MOVE_KEPT] = N_("kept"),
	    [MOVE_MOVED] = N_("moved"),
	    [MOVE_DROPPED] = N_("dropped"),
	    [MOVE_NEW] = N_("newly asked")};
	struct review *r = review_new(c->list[c->n - 2]);
	struct arena arena = {0};
	int n, kept = 0;
	const struct move_row *rows = review_preview(r, map, &arena, &n);

	for (int i = 0; i < n; i++) {
		kept += rows[i].move == MOVE_KEPT;
		if (rows[i].move != MOVE_KEPT)
			printf("%s: %s%s%s %s: %s\n", path, rows[i].from,
			    rows[i].move == MOVE_MOVED ? " -> " : "",
			    rows[i].to, _(words[rows[i].move]), rows[i].why);
	}
	printf(_("%s: %d questions kept\n"), path, kept);
	review_free(r);
	arena_free(&arena);
}

static bool
check_map(struct checked *c, const char *path, struct err *err)
{
	struct instrument_map *map;

	if (c->n < 2)
		return err_set(err, ERR_USAGE,
		    _("%s: a map comes behind the two versions it is between"),
		    path);
	if (!instrument_map_read(&map, path, c->list[c->n - 2],
		c->list[c->n - 1], &c->faults, err))
		return false;
	if (map != NULL)
		tell_map(c, path, map);
	instrument_map_free(map);
	return true;
}

static bool
is_map(const char *path)
{
	size_t n = strlen(path);

	return n > 4 && strcmp(path + n - 4, ".map") == 0;
}

/* Reads one file; false only when it cannot be read. */
static bool
check_file(struct checked *c, const char *path, struct err *err)
{
	struct instrument *in;

	if (!instrument_read(&in, path, &c->faults, err))
		return false;
	if (in == NULL)
		return true;
	for (int i = 0; i < c->n; i++)
		if (is_older(c->list[i], in))
			instrument_compare(c->list[i], in, path, &c->faults);
	c->list[c->n++] = in;
	return true;
}

static void
tell(const struct checked *c)
{
	for (int i = 0; i < c->n; i++) {
		const struct instrument_about *a = instrument_about(c->list[i]);
		int sections, questions, indicators;

		instrument_sections(c->list[i], &sections);
		instrument_questions(c->list[i], &questions);
		instrument_indicators(c->list[i], &indicators);
		printf(_("%s version %d: %d sections, %d questions, %d "
			 "indicators: no fault%s\n"),
		    a->id, a->version, sections, questions, indicators,
		    a->example ? _(" (an example instrument)") : "");
	}
}

int
cmd_instrument_check(struct admin *a, int argc, char **argv)
{
	static const struct option options[] = {{0}};
	struct checked c = {0};
	struct err err;
	int status = 0;

	if (getopt_long(argc, argv, "", options, NULL) != -1 || optind == argc)
		return admin_usage(a, _("instrument check takes files"));
	c.list = calloc((size_t)argc, sizeof *c.list);
	for (int i = optind; c.list != NULL && i < argc && status == 0; i++)
		if (is_map(argv[i]) ? !check_map(&c, argv[i], &err)
				    : !check_file(&c, argv[i], &err))
			status = admin_fail(a, &err);
	for (size_t i = 0; i < c.faults.n; i++) {
		fault_err(&c.faults.list[i], &err);
		puts(err.text);
		status = err_exit(ERR_DEFINITION);
	}
	if (status == 0)
		tell(&c);
	for (int i = 0; i < c.n; i++)
		instrument_free(c.list[i]);
	free(c.list);
	faults_free(&c.faults);
	return status;
}
