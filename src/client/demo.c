#include "client/demo.h"

#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/csv.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/login.h"
#include "client/local.h"

/* Goes up whenever what is made changes: an older demo is then made anew. */
#define DEMO_VERSION 2
#define DEMO_CHILDREN "13000" /* in care at the end: Missouri's size */
#define DEMO_SEED "1"
#define DEMO_DAY "2026-09-30" /* up to which the invented data reach */
#define DEMO_REVIEWS 3	      /* that wait to be taken */

static int
remove_one(const char *path, const struct stat *st, int type, struct FTW *at)
{
	(void)st;
	(void)type;
	(void)at;
	return remove(path);
}

static void
remove_tree(const char *path)
{
	nftw(path, remove_one, 16, FTW_DEPTH | FTW_PHYS);
}

/* hearthctl's exit status; -1 when a signal ended it. */
static int
await(pid_t pid)
{
	int status = 0;

	while (waitpid(pid, &status, 0) < 0 && errno == EINTR)
		;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* Runs hearthctl --store STORE WORDS with its messages on our standard error,
 * so that standard output stays the answer's. */
static bool
run(const char *store, const char *const *words, bool quiet, struct err *err)
{
	char *program = local_program("hearthctl");
	char *url = xasprintf("sqlite:%s", store);
	const char *argv[16] = {"hearthctl", "--store", url};
	int n = 3, status;
	pid_t pid;

	if (quiet)
		argv[n++] = "--quiet";
	for (; *words != NULL; words++)
		argv[n++] = *words;
	fflush(NULL);
	pid = program != NULL ? fork() : -1;
	if (pid == 0) {
		dup2(STDERR_FILENO, STDOUT_FILENO);
		execv(program, (char *const *)argv);
		_exit(127);
	}
	status = pid > 0 ? await(pid) : 127;
	free(url);
	free(program);
	if (status == 0)
		return true;
	if (status < 0)
		return err_set(err, ERR_CANCELLED,
		    _("making the invented state was broken off"));
	if (status == 127)
		return err_set(err, ERR_INTERNAL,
		    _("hearthctl is not found beside hearth nor on PATH"));
	return err_set(err,
	    status == 5	  ? ERR_REFUSED
	    : status == 2 ? ERR_USAGE
			  : ERR_INTERNAL,
	    _("the invented state could not be made: hearthctl ended with %d"),
	    status);
}

/* --- a plan of reviews, with some to take ----------------------------- */

struct agreements {
	const char *user; /* whose reviews some are */
	struct buf out;
	char *drawn[DEMO_REVIEWS]; /* reviews to draw and issue */
	int n, drawn_n;
};

/* Some providers have no agreement, some agreements no monitor: a plan shows
 * both. */
static void
agree(struct agreements *a, const struct csv_field *f)
{
	static const char *const others[] = {"rivera", "okafor"};
	const char *monitor;
	int i = a->n++, month = 7 + i % 9; /* so that days differ */
	bool mine = i % 3 == 0;

	if (i % 9 == 8)
		return;
	monitor = i % 7 == 6 ? "" : mine ? a->user : others[i % 2];
	buf_printf(&a->out,
	    "C-%.*s,%.*s,%.*s,A-%03d,2025,%d-%02d-01,2028-06-30,%s\n",
	    (int)f[0].len, f[0].s, (int)f[0].len, f[0].s, (int)f[2].len, f[2].s,
	    i + 1, month > 12 ? 2026 : 2025, month > 12 ? month - 12 : month,
	    monitor);
	if (mine && *monitor != '\0' && a->drawn_n < DEMO_REVIEWS)
		a->drawn[a->drawn_n++] =
		    xasprintf("C-%.*s-2026", (int)f[0].len, f[0].s);
}

/* Providers that run themselves, as the extract has them: id, name, programme,
 * license, operator, from, to. */
static bool
read_providers(struct agreements *a, const char *extract, struct err *err)
{
	char *path = file_join(extract, "providers.csv", NULL);
	const struct csv_field *f;
	struct csv *csv;
	size_t n;
	bool ok = csv_open(&csv, path, err);

	free(path);
	if (!ok)
		return false;
	while (csv_next(csv, &f, &n, err) > 0)
		if (n >= 7 && f[4].len == 0 && f[6].len == 0 &&
		    ((f[2].len == 2 && memcmp(f[2].s, "gh", 2) == 0) ||
			(f[2].len == 3 && memcmp(f[2].s, "ffa", 3) == 0)))
			agree(a, f);
	csv_free(csv);
	return true;
}

/* Runs this very program on the store, in silence. */
static bool
self(const char *store, const char *const *words, struct err *err)
{
	const char *argv[16] = {"hearth", "--local", store, "--quiet"};
	int n = 4, status;
	pid_t pid;

	for (; *words != NULL; words++)
		argv[n++] = *words;
	fflush(NULL);
	pid = fork();
	if (pid == 0) {
		int null = open("/dev/null", O_WRONLY);

		dup2(null, STDOUT_FILENO);
		execv("/proc/self/exe", (char *const *)argv);
		_exit(127);
	}
	status = pid > 0 ? await(pid) : 127;
	return status == 0 ||
	       err_set(err, ERR_INTERNAL,
		   _("the invented plan could not be made: hearth ended with "
		     "%d"),
		   status);
}

static bool
issue(const char *store, const char *review, struct err *err)
{
	const char *const draw[] = {
	    "plan", "draw", review, "--on", DEMO_DAY, NULL};
	const char *const give[] = {"plan", "issue", review, NULL};

	return self(store, draw, err) && self(store, give, err);
}

static bool
plan(const char *store, const char *extract, bool quiet, struct err *err)
{
	struct agreements a = {.user = login_name()};
	char *keys = file_join(store, "keys", NULL);
	char *table = file_join(extract, "contracts.csv", NULL);
	const char *const make[] = {"office", "keys", keys, NULL};
	const char *const import[] = {"contracts", "import", table, NULL};
	bool ok;

	if (strpbrk(a.user, ",\"\n ") != NULL)
		a.user = "";
	buf_str(&a.out, "contract_id,provider_id,programme,agreement,"
			"contract_year,from,to,monitor\n");
	ok = read_providers(&a, extract, err) &&
	     file_replace(table, a.out.data, a.out.len, err) &&
	     run(store, make, true, err) && run(store, import, quiet, err);
	for (int i = 0; i < a.drawn_n; i++) {
		ok = ok && issue(store, a.drawn[i], err);
		free(a.drawn[i]);
	}
	buf_free(&a.out);
	free(table);
	free(keys);
	return ok;
}

static bool
fill(const char *store, const char *extract, bool quiet, struct err *err)
{
	const char *n = getenv("HEARTH_DEMO_CHILDREN");
	const char *const synth[] = {"synth", "--children",
	    n != NULL && *n != '\0' ? n : DEMO_CHILDREN, "--seed", DEMO_SEED,
	    "--only", "extract", extract, NULL};
	const char *const init[] = {"init", NULL};
	const char *const import[] = {"import", extract, NULL};

	return run(store, synth, quiet, err) && run(store, init, quiet, err) &&
	       run(store, import, quiet, err) &&
	       plan(store, extract, quiet, err);
}

static void
say(bool quiet, const char *text)
{
	if (!quiet)
		fprintf(stderr, "hearth: %s\n", text);
}

/* Makes the store in a folder beside and gives it its name when whole. */
static bool
make(const char *dir, bool quiet, struct err *err)
{
	char *part = xasprintf("%s.part", dir);
	char *extract = file_join(part, "extract", NULL);
	char *store = file_join(part, "store", NULL);
	bool ok;

	remove_tree(part);
	say(quiet, _("making the invented state; this happens once"));
	ok = file_mkdirs(part, err) && fill(store, extract, quiet, err);
	if (ok) {
		remove_tree(dir);
		ok = rename(store, dir) == 0 || err_sys(err, ERR_IO, "%s", dir);
	}
	remove_tree(part);
	free(store);
	free(extract);
	free(part);
	return ok;
}

/* Two at once: the second waits for the first and then finds it made. */
static int
lock(const char *base, struct err *err)
{
	char *path = file_join(base, "lock", NULL);
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0 || flock(fd, LOCK_EX) < 0) {
		err_sys(err, ERR_IO, "%s", path);
		if (fd >= 0)
			close(fd);
		fd = -1;
	}
	free(path);
	return fd;
}

bool
demo_is_stale(const struct err *err)
{
	static const enum err_code codes[] = {
	    ERR_NO_DATA, ERR_CORRUPT, ERR_STORE, ERR_FORMAT, ERR_IO};

	for (size_t i = 0; i < sizeof codes / sizeof *codes; i++)
		if (codes[i] == err->code)
			return true;
	return false;
}

void
demo_remove(const char *dir)
{
	remove_tree(dir);
}

bool
demo_make(char **dir, bool quiet, struct err *err)
{
	const char *n = getenv("HEARTH_DEMO_CHILDREN");
	char *data = file_xdg("DATA");
	char *base = file_join(data, "demo", NULL);
	char *path = xasprintf("%s/v%d%s%s", base, DEMO_VERSION,
	    n != NULL && *n != '\0' ? "-" : "",
	    n != NULL && strspn(n, "0123456789") == strlen(n) ? n : "");
	bool ok = file_mkdirs(base, err);
	int fd = ok ? lock(base, err) : -1;

	ok = fd >= 0 && (file_exists(path) || make(path, quiet, err));
	if (fd >= 0)
		close(fd);
	if (ok)
		*dir = path;
	else
		free(path);
	free(base);
	free(data);
	return ok;
}
