/*
 * Pulling the plug while a monitor types: the real program in a real
 * terminal, killed after a random number of answers and right behind one more
 * key. What the screen showed as saved must be there when it is opened again,
 * once and in order, and at most the last key besides. HEARTH_SEEDS: how many
 * lives.
 */
#include <ctype.h>
#include <glob.h>
#include <poll.h>
#include <pty.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <sodium.h>
#include <vterm.h>

#include "base/file.h"
#include "base/rng.h"
#include "journal/folder.h"
#include "lib/unit.h"
#include "proto/bundle.h"

#define LIVES 8
#define PATIENCE_MS 20000
#define WIDTH 80
#define HEIGHT 24
#define PASSPHRASE "correct horse battery"
/* The section that is typed into: ninety questions of yes and no. */
#define FIRST "PR01"
#define MOST 78

static char dir[64];
static struct err err;
static char answers[512]; /* that must stand, in order */
static unsigned n_answers;

/* --- a folder with a review ---------------------------------------------- */

static void
add_part(struct bundle *b, const char *name, const char *path, struct buf *text)
{
	const char *top = getenv("top_srcdir");
	char *file = file_join(top ? top : ".", path, NULL);
	struct bundle_part *part = &b->parts[b->n++];

	ck_assert_msg(file_read(text, file, BUNDLE_MAX, &err), "%s", err.text);
	strcpy(part->name, name);
	part->data = text->data;
	part->len = text->len;
	free(file);
}

static void
run(const char *words)
{
	const char *top = getenv("top_builddir");
	char *command = xasprintf(
	    "echo '%s' | '%s/hearth' --config '%s/c' review %s --folder "
	    "'%s/f' >'%s/said' 2>&1",
	    PASSPHRASE, top ? top : ".", dir, words, dir, dir);

	if (system(command) != 0) {
		free(command);
		command = xasprintf("cat '%s/said'", dir);
		ck_assert_msg(system(command) != 0, "hearth review %s", words);
		ck_abort_msg("hearth review %s failed", words);
	}
	free(command);
}

static void
make_review(void)
{
	const struct vault_make how = {
	    .passphrase = PASSPHRASE, .cost = {1, 8192}};
	uint8_t public[BUNDLE_PUBLIC], secret[BUNDLE_SECRET];
	char hex[80], *path, *conf;
	struct buf instrument = {0}, roster = {0}, packet = {0};
	struct bundle b = {.about = {.packet = "P-1",
			       .review = "RV-1",
			       .user = "m4",
			       .instrument = "poms-example/1",
			       .expires_ms = INT64_C(1) << 50}};
	struct folder *folder;

	strcpy(dir, "/tmp/hearth-plug-XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(dir));
	ck_assert(bundle_keys(public, secret));
	add_part(&b, "instrument", "etc/instruments/poms-example-1.cfg",
	    &instrument);
	add_part(&b, "roster", "tests/lib/roster.json", &roster);
	ck_assert(bundle_write(&packet, &b, secret, &err));
	path = file_join(dir, "p", NULL);
	ck_assert(file_replace(path, packet.data, packet.len, &err));
	free(path);
	sodium_bin2hex(hex, sizeof hex, public, sizeof public);
	conf = xasprintf(
	    "field = { service_key = \"%s\"; user = \"m4\"; };\n", hex);
	path = file_join(dir, "c", NULL);
	ck_assert(file_replace(path, conf, strlen(conf), &err));
	free(path);
	free(conf);
	/* Keys that cost nothing to open. */
	path = file_join(dir, "f", NULL);
	ck_assert(folder_create(&folder, &io_real, path, &how, &err));
	folder_close(folder);
	free(path);
	path = xasprintf("take '%s/p'", dir);
	run(path);
	free(path);
	buf_free(&instrument);
	buf_free(&roster);
	buf_free(&packet);
}

/* --- the terminal -------------------------------------------------------- */

struct tty {
	rlim_t limit; /* on the size of files; 0: none */
	int fd;
	pid_t pid;
	VTerm *vt;
	VTermScreen *screen;
	char text[HEIGHT * (WIDTH * 4 + 1) + 1];
};

static void
look(struct tty *t)
{
	size_t at = 0;

	for (int row = 0; row < HEIGHT; row++) {
		VTermRect line = {row, row + 1, 0, WIDTH};

		at += vterm_screen_get_text(
		    t->screen, t->text + at, WIDTH * 4, line);
		t->text[at++] = '\n';
	}
	t->text[at] = '\0';
}

/* Reads until the screen fits; the event is waited for, not the time. */
static void
wait_for(struct tty *t, bool (*fits)(const char *screen, unsigned n),
    unsigned n, const char *what)
{
	struct pollfd p = {.fd = t->fd, .events = POLLIN};
	char data[4096];

	for (;;) {
		ssize_t got;

		look(t);
		if (fits(t->text, n))
			return;
		ck_assert_msg(poll(&p, 1, PATIENCE_MS) > 0,
		    "no %s %u on the screen:\n%s", what, n, t->text);
		got = read(t->fd, data, sizeof data);
		ck_assert_msg(got > 0, "hearth ended:\n%s", t->text);
		vterm_input_write(t->vt, data, (size_t)got);
	}
}

static void
type(struct tty *t, const char *keys)
{
	ck_assert_int_eq(
	    write(t->fd, keys, strlen(keys)), (ssize_t)strlen(keys));
}

static bool
asks_passphrase(const char *screen, unsigned n)
{
	(void)n;
	return strstr(screen, "Passphrase:") != NULL;
}

static bool
is_open(const char *screen, unsigned n)
{
	(void)n;
	return strstr(screen, "saved") != NULL;
}

static bool
asks_question(const char *screen, unsigned n)
{
	(void)n;
	return strstr(screen, "Go to question:") != NULL;
}

/* How many are answered in the section, by the side bar: ">PR   4/90". */
static int
shown(const char *screen)
{
	const char *at = strstr(screen, ">PR ");

	return at != NULL ? atoi(at + 4) : -1;
}

static bool
is_at_section(const char *screen, unsigned n)
{
	(void)n;
	return shown(screen) >= 0 && strstr(screen, "> " FIRST) != NULL;
}

static bool
counts(const char *screen, unsigned n)
{
	return shown(screen) == (int)n && strstr(screen, "saved") != NULL &&
	       strstr(screen, "NOT SAVED") == NULL;
}

static void
plug_in(struct tty *t)
{
	struct winsize ws = {.ws_col = WIDTH, .ws_row = HEIGHT};
	const char *top = getenv("top_builddir");
	char *program = xasprintf("%s/hearth", top ? top : ".");
	char *conf = file_join(dir, "c", NULL);
	char *folder = file_join(dir, "f", NULL);

	t->vt = vterm_new(HEIGHT, WIDTH);
	vterm_set_utf8(t->vt, 1);
	t->screen = vterm_obtain_screen(t->vt);
	vterm_screen_reset(t->screen, 1);
	t->pid = forkpty(&t->fd, NULL, NULL, &ws);
	ck_assert_int_ge(t->pid, 0);
	if (t->pid == 0) {
		if (t->limit > 0)
			setrlimit(
			    RLIMIT_FSIZE, &(struct rlimit){t->limit, t->limit});
		setenv("TERM", "xterm-256color", 1);
		setenv("LC_ALL", "C.UTF-8", 1);
		setenv("HOME", "/nonexistent", 1);
		execl(program, program, "--config", conf, "review", "open",
		    "--folder", folder, (char *)NULL);
		_exit(127);
	}
	free(program);
	free(conf);
	free(folder);
	wait_for(t, asks_passphrase, 0, "passphrase");
	type(t, PASSPHRASE "\r");
	wait_for(t, is_open, 0, "review");
	type(t, "g");
	wait_for(t, asks_question, 0, "prompt");
	type(t, FIRST "\r");
	wait_for(t, is_at_section, 0, "section");
}

static void
pull(struct tty *t)
{
	kill(t->pid, SIGKILL);
	waitpid(t->pid, NULL, 0);
	close(t->fd);
	vterm_free(t->vt);
}

/* --- the lives ----------------------------------------------------------- */

static char
random_answer(struct rng *rng)
{
	return rng_below(rng, 2) ? 'y' : 'n';
}

/* Types some answers, each seen saved, and one more that nobody waits for;
 * that one is returned. */
static char
live(struct tty *t, struct rng *rng)
{
	unsigned some = rng_below(rng, 9);
	char key[2] = "";

	type(t, ".");
	for (unsigned i = 0; i < some; i++) {
		key[0] = random_answer(rng);
		type(t, key);
		wait_for(t, counts, n_answers + 1, "saved answer");
		answers[n_answers++] = key[0];
	}
	key[0] = random_answer(rng);
	type(t, key);
	for (volatile unsigned i = rng_below(rng, 1000000); i > 0; i--)
		;
	return key[0];
}

/* What the export says was answered in the section, in order. */
static void
compare(void)
{
	char *path = xasprintf("export --all '%s/out' --clear", dir);
	struct buf text = {0};
	unsigned n = 0;

	run(path);
	free(path);
	path = file_join(dir, "out.txt", NULL);
	ck_assert(file_read(&text, path, 64u << 20, &err));
	for (char *at = text.data; (at = strstr(at, " PR")) != NULL; at++) {
		const char *end = at + strcspn(at, "\n"), *state;

		if (!isdigit((unsigned char)at[3]))
			continue;
		/* "PR02: - -> Y  [mk]": what it was, what it became. */
		state = strstr(at, "-> ");
		ck_assert_msg(state != NULL && state < end, "%.40s", at);
		state += 3;
		ck_assert_msg(state < end && n < n_answers, "%.40s", at);
		ck_assert_msg(tolower((unsigned char)*state) == answers[n],
		    "answer %u is %.40s, not %c", n, at, answers[n]);
		n++;
	}
	ck_assert_uint_eq(n, n_answers);
	free(path);
	buf_free(&text);
}

/* Opens again: what was saved stands, and perhaps the last key. */
static void
open_again(struct tty *t, char last)
{
	plug_in(t);
	if (last && shown(t->text) == (int)n_answers + 1)
		answers[n_answers++] = last;
	ck_assert_msg(shown(t->text) == (int)n_answers,
	    "%d shown, %u were saved", shown(t->text), n_answers);
}

/* The folder in a stranger's hands: no name of the roster, no answer. */
static void
nothing_readable(void)
{
	char *command =
	    xasprintf("grep -rqE 'Willow|Main house|PR0|capacity' '%s/f'", dir);

	ck_assert_int_eq(WEXITSTATUS(system(command)), 1);
	free(command);
}

static void
remove_review(void)
{
	char *command = xasprintf("rm -rf '%s'", dir);

	ck_assert_int_eq(system(command), 0);
	free(command);
}

/* One review, from its packet to its export; the lives it took. */
static unsigned
one_review(unsigned from, unsigned to)
{
	static struct tty t;
	unsigned life = from;
	char last = 0;
	struct rng rng;

	n_answers = 0;
	make_review();
	while (life < to && n_answers < MOST) {
		rng_seed(&rng, ++life);
		open_again(&t, last);
		last = live(&t, &rng);
		pull(&t);
		nothing_readable();
	}
	open_again(&t, last);
	pull(&t);
	compare();
	remove_review();
	return life;
}

START_TEST(promise_01__plug__keeps_what_the_screen_called_saved)
{
	const char *seeds = getenv("HEARTH_SEEDS");
	unsigned lives = seeds ? (unsigned)atoi(seeds) : LIVES, life = 0;
	unsigned kept = 0;

	while (life < lives) {
		life = one_review(life, lives);
		kept += n_answers;
	}
	printf("%u answers through %u pulled plugs: lost 0, doubled 0\n", kept,
	    lives);
}
END_TEST

static bool
says_not_saved(const char *screen, unsigned n)
{
	(void)n;
	return strstr(screen, "NOT SAVED") != NULL;
}

#ifndef __SANITIZE_THREAD__
static bool
counts_or_not_saved(const char *screen, unsigned n)
{
	return counts(screen, n) || says_not_saved(screen, n);
}

/* The disk is full (a limit on the size of files stands for it): said at once,
 * the answers stay on the screen; what was saved before stands afterwards. */
START_TEST(promise_03__plug__says_at_once_what_is_not_saved)
{
	static struct tty t;
	struct stat st;
	char *journal = NULL;
	glob_t found;

	n_answers = 0;
	make_review();
	journal = file_join(dir, "f/journal/*.hj", NULL);
	ck_assert_int_eq(glob(journal, 0, NULL, &found), 0);
	ck_assert_int_eq(stat(found.gl_pathv[0], &st), 0);
	t.limit = (rlim_t)st.st_size + 3000;
	plug_in(&t);
	type(&t, ".");
	for (;;) {
		type(&t, "y");
		wait_for(&t, counts_or_not_saved, n_answers + 1, "answer");
		if (says_not_saved(t.text, 0))
			break;
		n_answers++;
		ck_assert_uint_lt(n_answers, MOST);
	}
	ck_assert_uint_gt(n_answers, 2);
	pull(&t);
	t.limit = 0;
	open_again(&t, 0);
	pull(&t);
	t = (struct tty){0};
	globfree(&found);
	free(journal);
	remove_review();
}
END_TEST
#endif

int
main(void)
{
	Suite *s = suite_create("plug");
	TCase *t = tcase_create("plug");

	tcase_set_timeout(t, 3600);
	tcase_add_test(t, promise_01__plug__keeps_what_the_screen_called_saved);
#ifdef __SANITIZE_THREAD__
	/* The limit of files' sizes ends that runtime itself, with SIGBUS. */
	puts("promise_03 is left out: the thread sanitizer cannot live with "
	     "RLIMIT_FSIZE");
#else
	tcase_add_test(t, promise_03__plug__says_at_once_what_is_not_saved);
#endif
	suite_add_tcase(s, t);
	return unit_run(s);
}
