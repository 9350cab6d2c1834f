/*
 * A whole review typed by a script: a group home with 6 children, 3
 * discharged and 5 staff files, every open question answered from the first
 * to the last through the screen and the journal on this disk. Says how many
 * keys an answer takes, how long a key takes until its frame is out (kept on
 * the disk first), and how many bytes an answer sends to the terminal; ends
 * with 1 when a budget is missed.
 *
 *   forms_bench PACKET KEY-HEX FOLDER [WIDTH HEIGHT]
 */
#include <locale.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "bench_clock.h"
#include "client/form_screen.h"
#include "client/visit.h"
#include "proto/bundle.h"

#define KEYS_MOST 20000
#define KEYS_BUDGET 1.15   /* per closed answer */
#define ECHO_BUDGET 50.0   /* ms, of 99 in 100 keys */
#define BYTES_BUDGET 200.0 /* per answer */

struct bench {
	struct form_screen screen;
	int keys[2], glass[2]; /* 0: the program's end */
	double ms[KEYS_MOST];
	size_t n;
	size_t bytes, writes;
	unsigned closed, closed_keys, typed, moves;
	size_t closed_bytes;
};

static void
drain(struct bench *b)
{
	char data[65536];
	ssize_t n;

	while ((n = recv(b->glass[1], data, sizeof data, MSG_DONTWAIT)) > 0) {
		b->bytes += (size_t)n;
		b->writes++;
	}
}

/* A key goes the way it goes in the program, from descriptor to frame. */
static void
press(struct bench *b, const char *key)
{
	struct form_screen *s = &b->screen;
	double start = bench_ms();
	int code;

	if (send(b->keys[1], key, strlen(key), 0) < 0)
		exit(2);
	while ((code = term_key(s->term)) != TERM_NONE)
		form_screen_key(s, code);
	form_screen_paint(s);
	term_flush(s->term);
	if (b->n < KEYS_MOST)
		b->ms[b->n++] = bench_ms() - start;
	drain(b);
}

static void
type(struct bench *b, const char *text)
{
	char one[2] = "";

	for (; *text != '\0'; text++) {
		one[0] = *text;
		press(b, one);
	}
}

/* As a monitor would answer: mostly yes, some no, few without a way to tell. */
static void
answer_closed(struct bench *b, const struct question *q, unsigned i)
{
	size_t before = b->n;

	if (i % 97 == 96) {
		press(b, "u");
		before++;
		type(b, "no file was there\r");
		b->closed++;
		b->closed_keys++;
		return;
	}
	if (q->type == VALUE_YNA && !q->na_reason && i % 11 == 10)
		press(b, "a");
	else
		press(b, i % 13 == 12 ? "n" : "y");
	b->closed++;
	b->closed_keys += (unsigned)(b->n - before);
}

static void
answer_typed(struct bench *b, const struct question *q)
{
	b->typed++;
	switch (q->type) {
	case VALUE_CHOICE:
		b->typed--;
		b->closed++;
		b->closed_keys++;
		press(b, "1");
		return;
	case VALUE_MANY:
		press(b, "1");
		press(b, "\r");
		return;
	case VALUE_NUMBER:
		type(b, "2\r");
		return;
	case VALUE_DATE:
		type(b, "03042012\r");
		return;
	case VALUE_TIME:
		type(b, "2012-03-04T10:30\r");
		return;
	case VALUE_TEXT:
		press(b, "i");
		type(b, "as the file says");
		press(b, "\t");
		return;
	default:
		press(b, "u");
		type(b, "not on the roster\r");
		return;
	}
}

static void
fill(struct bench *b)
{
	struct form *f = &b->screen.form;

	for (unsigned i = 0; i < 4000; i++) {
		const struct question *q = form_question(f);
		const struct review_cell *cell = form_cell(f);
		int unit = f->unit, question = f->question;

		if (q == NULL)
			return;
		if (cell->answer.state != ANSWER_UNASKED) {
			size_t before = b->n;

			press(b, ".");
			b->moves++;
			b->closed_keys += (unsigned)(b->n - before);
			cell = form_cell(f);
			if (cell->answer.state != ANSWER_UNASKED)
				return; /* nothing is open any more */
			continue;
		}
		if (q->type == VALUE_YN || q->type == VALUE_YNA) {
			size_t before = b->bytes;

			answer_closed(b, q, i);
			b->closed_bytes += b->bytes - before;
		} else {
			answer_typed(b, q);
		}
		if (b->screen.mode != FORM_ANSWERING)
			press(b, "\007");
		/* What the script cannot answer is left as it is. */
		if (f->unit == unit && f->question == question)
			press(b, "\033OB");
	}
}

static int
by_size(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static bool
within(const char *what, double value, double budget, const char *unit)
{
	printf("%-34s %8.2f %-6s budget %.2f  %s\n", what, value, unit, budget,
	    value <= budget ? "held" : "MISSED");
	return value <= budget;
}

static int
tell(struct bench *b, double seconds)
{
	const struct form *f = &b->screen.form;
	struct progress p = review_progress(f->review, -1, -1);
	unsigned answers = b->closed + b->typed;
	bool ok;

	qsort(b->ms, b->n, sizeof *b->ms, by_size);
	printf("%u answers (%u closed, %u typed), %zu keys, %d of %d answered "
	       "in %.1f s\n",
	    answers, b->closed, b->typed, b->n, p.answered, p.asked, seconds);
	printf("key to frame, kept on disk: median %.2f ms, worst %.2f ms; "
	       "%zu writes\n",
	    b->ms[b->n / 2], b->ms[b->n - 1], b->writes);
	ok = within("keys per closed answer",
	    (double)b->closed_keys / (double)b->closed, KEYS_BUDGET, "");
	ok &= within(
	    "echo, 99 in 100 keys", b->ms[b->n * 99 / 100], ECHO_BUDGET, "ms");
	ok &= within("bytes per closed answer",
	    (double)b->closed_bytes / (double)b->closed, BYTES_BUDGET, "bytes");
	printf("bytes per answer, typed texts and dates among them: %.0f\n",
	    (double)b->bytes / (double)answers);
	if (!f->saved || f->trouble.code != ERR_NONE) {
		printf("not everything was kept: %s\n", f->trouble.text);
		ok = false;
	}
	return ok ? 0 : 1;
}

static struct term *
terminal(struct bench *b, int width, int height)
{
	struct term_conf conf = {.type = "xterm-256color",
	    .width = width,
	    .height = height,
	    .color = COLOR_NEVER};
	struct term *term;
	struct err err;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, b->keys) < 0 ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, b->glass) < 0)
		return NULL;
	conf.in = b->keys[0];
	conf.out = b->glass[0];
	return term_open(&term, &conf, &err) ? term : NULL;
}

static bool
open_visit(
    struct visit **visit, struct folder **folder, char **argv, struct err *err)
{
	const struct vault_make how = {.passphrase = "forms-bench",
	    .cost = {.passes = 1, .bytes = 8192 * 16}};
	uint8_t key[BUNDLE_PUBLIC];
	struct visit_packet packet = {
	    .file = argv[1], .trusted = key, .user = "mk"};

	for (size_t i = 0; i < sizeof key; i++) {
		unsigned byte = 0;

		if (sscanf(argv[2] + i * 2, "%2x", &byte) != 1)
			return err_set(err, ERR_USAGE, "the key");
		key[i] = (uint8_t)byte;
	}
	return folder_create(folder, &io_real, argv[3], &how, err) &&
	       visit_take(*folder, &packet, err) &&
	       visit_open(visit, *folder, "", "mk", err);
}

int
main(int argc, char **argv)
{
	static struct bench b;
	struct form_keep keep;
	struct visit *visit;
	struct folder *folder;
	struct err err = {0};
	double start;
	int status;

	setlocale(LC_CTYPE, "C.UTF-8");
	if (argc < 4)
		return 2;
	if (!open_visit(&visit, &folder, argv, &err)) {
		fprintf(stderr, "forms_bench: %s\n", err.text);
		return 2;
	}
	b.screen.term = terminal(
	    &b, argc > 5 ? atoi(argv[4]) : 80, argc > 5 ? atoi(argv[5]) : 24);
	if (b.screen.term == NULL)
		return 2;
	keep = visit_keep(visit);
	form_init(&b.screen.form, visit_review(visit), &keep, "mk");
	form_screen_init(&b.screen, b.screen.term);
	b.screen.title = review_unit(b.screen.form.review, 0)->label;
	form_screen_paint(&b.screen);
	term_flush(b.screen.term);
	drain(&b);
	printf("first frame: %zu bytes\n", b.bytes);
	b.bytes = b.writes = 0;
	start = bench_ms();
	fill(&b);
	status = tell(&b, (bench_ms() - start) / 1e3);
	form_screen_fini(&b.screen);
	term_close(b.screen.term);
	visit_close(visit);
	folder_close(folder);
	return status;
}
