/*
 * A monitor who answers every question of a review with the keys of the form:
 *
 *   form_walk FOLDER REVIEW SHEET < passphrase
 *
 * The sheet says what is answered, a line for a question, its units in their
 * order, the last answer for the rest of them:
 *
 *   PR05: y | n | u asleep at the time | a court order
 *   +CAP 2                                two rows, from where one begins
 *   +MED 1 @ PM01 cc0                     below a unit: where to stand
 *
 * y n a u with a reason; an option's id, several by ";"; a date or a time as
 * files have it (typed in figures); #2 for the second unit that may be named;
 * "-" leaves it open. Without a line it is
 * what a good house would have: favourable, the first option, 2, the day or
 * words below. Goes through the folder, the journal and the screen as hearth
 * does. Prints the id of each question that is answered now, by hand or by case
 * data, and how many cells are asked and answered.
 */
#include <ctype.h>
#include <locale.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/file.h"
#include "client/form_screen.h"
#include "client/visit.h"

#define PASSES 6
#define LEFT_MOST 4096
#define A_DAY "2012-06-01"
#define A_TIME "2012-06-01T10:30"
#define SOME_WORDS "as the file on the table says"

struct walk {
	struct form_screen screen;
	int keys[2], glass[2]; /* 0: the program's end */
	char *sheet;	       /* its lines, NUL-terminated */
	size_t sheet_len;
	int *nth;   /* how often a question was answered so far */
	char *seen; /* of each question: answered by key */
	char *left; /* of each cell: left open on purpose */
	unsigned answers;
};

static void
press(struct walk *w, const char *bytes)
{
	char data[65536];
	int code;

	if (send(w->keys[1], bytes, strlen(bytes), 0) < 0)
		exit(2);
	while ((code = term_key(w->screen.term)) != TERM_NONE)
		form_screen_key(&w->screen, code);
	form_screen_paint(&w->screen);
	term_flush(w->screen.term);
	while (recv(w->glass[1], data, sizeof data, MSG_DONTWAIT) > 0)
		;
}

static void
fail(struct walk *w, const char *what)
{
	const struct question *q = form_question(&w->screen.form);

	fprintf(stderr, "form_walk: %s at %s: %s\n", what,
	    q != NULL ? q->id : "nowhere", w->screen.form.message);
	exit(1);
}

/* --- the sheet -------------------------------------------------------- */

/* The line that begins with the words; NULL. */
static const char *
sheet_line(const struct walk *w, const char *words)
{
	size_t n = strlen(words);

	for (const char *at = w->sheet; at < w->sheet + w->sheet_len;
	     at += strlen(at) + 1)
		if (strncmp(at, words, n) == 0)
			return at + n;
	return NULL;
}

/* The nth answer of a question's line, or the last there is, in buf. */
static const char *
sheet_answer(
    const struct walk *w, const struct question *q, char *out, size_t cap)
{
	char head[80];
	const char *at;
	size_t len;

	snprintf(head, sizeof head, "%s:", q->id);
	at = sheet_line(w, head);
	if (at == NULL)
		return NULL;
	for (int i = w->nth[q->index]; i > 0 && strchr(at, '|') != NULL; i--)
		at = strchr(at, '|') + 1;
	at += strspn(at, " ");
	len = strcspn(at, "|");
	while (len > 0 && at[len - 1] == ' ')
		len--;
	if (len >= cap)
		len = cap - 1;
	memcpy(out, at, len);
	out[len] = '\0';
	return out;
}

static const char *
usual(const struct question *q)
{
	switch (q->type) {
	case VALUE_YN:
	case VALUE_YNA:
		return q->polarity == POLARITY_NO ? "n" : "y";
	case VALUE_CHOICE:
	case VALUE_MANY:
		return q->options[0].id;
	case VALUE_NUMBER:
		return "2";
	case VALUE_DATE:
		return A_DAY;
	case VALUE_TIME:
		return A_TIME;
	case VALUE_TEXT:
		return SOME_WORDS;
	default:
		return "u not on the roster";
	}
}

/* --- answers, as keys --------------------------------------------------- */

/* 2012-06-01T10:30 as it is typed: 060120121030. */
static void
figures(char out[static 16], const char *iso)
{
	snprintf(out, 16, "%.2s%.2s%.4s%.2s%.2s", iso + 5, iso + 8, iso,
	    strlen(iso) > 10 ? iso + 11 : "", strlen(iso) > 10 ? iso + 14 : "");
}

static void
type_options(struct walk *w, const struct question *q, const char *ids)
{
	char key[2] = "";
	int at = 0;

	while (*ids != '\0') {
		size_t len = strcspn(ids, ";");

		at = question_option(q, ids, len);
		if (at < 0)
			fail(w, "no such option");
		ids += len + (ids[len] == ';');
		if (q->options_n > 9)
			break;
		key[0] = (char)('1' + at);
		press(w, key);
	}
	if (q->options_n > 9) {
		press(w, "i");
		press(w, q->options[at].id);
		press(w, "\r");
	} else if (q->type == VALUE_MANY) {
		press(w, "\r");
	}
}

/* "#2": the second unit of the kind that may be named. */
static const char *
unit_named(struct walk *w, const struct question *q, const char *answer)
{
	const struct review *r = w->screen.form.review;
	int nth = *answer == '#' ? atoi(answer + 1) : 0;

	for (int i = 0; i < review_units(r) && nth > 0; i++)
		if (review_unit(r, i)->kind == q->of && --nth == 0)
			return review_unit(r, i)->key;
	return answer;
}

static void
type_answer(struct walk *w, const struct question *q, const char *answer)
{
	char typed[16];

	switch (q->type) {
	case VALUE_CHOICE:
	case VALUE_MANY:
		type_options(w, q, answer);
		return;
	case VALUE_DATE:
	case VALUE_TIME:
		figures(typed, answer);
		press(w, typed);
		press(w, "\r");
		return;
	case VALUE_NUMBER:
		press(w, answer);
		press(w, "\r");
		return;
	case VALUE_TEXT:
		press(w, "i");
		press(w, answer);
		press(w, "\t");
		return;
	default:
		press(w, "i");
		press(w, unit_named(w, q, answer));
		press(w, "\r");
		return;
	}
}

/* One key, and the reason when the form asks for it. */
static void
state_answer(struct walk *w, const char *answer)
{
	char key[2] = {answer[0], '\0'};

	press(w, key);
	if (w->screen.mode == FORM_REASON) {
		press(w, answer[1] == ' ' ? answer + 2 : "told on the day");
		press(w, "\r");
	}
}

static bool
is_state(const struct question *q, const char *answer)
{
	return (q->type == VALUE_YN || q->type == VALUE_YNA ||
		   answer[0] == 'u') &&
	       (answer[1] == '\0' || answer[1] == ' ');
}

static char *
cell_left(struct walk *w, int unit, const struct question *q)
{
	int n;

	instrument_questions(w->screen.form.in, &n);
	if ((size_t)(unit * n + q->index) >= (size_t)LEFT_MOST * 1000)
		fail(w, "too many cells");
	return &w->left[unit * n + q->index];
}

static void
answer_here(struct walk *w)
{
	struct form *f = &w->screen.form;
	const struct question *q = form_question(f);
	int unit = f->unit;
	char text[4096];
	const char *answer = sheet_answer(w, q, text, sizeof text);
	const struct review_cell *cell;

	if (answer == NULL)
		answer = usual(q);
	/* Nothing there yet that could be named: in the next pass. */
	if (*answer == '#' && *unit_named(w, q, answer) == '#') {
		press(w, "\033OB");
		return;
	}
	w->nth[q->index]++;
	if (strcmp(answer, "-") == 0) {
		*cell_left(w, unit, q) = 1;
		press(w, "\033OB");
		return;
	}
	if (is_state(q, answer))
		state_answer(w, answer);
	else
		type_answer(w, q, answer);
	cell = review_cell(f->review, unit, q->index);
	if (w->screen.mode != FORM_ANSWERING ||
	    cell->answer.state == ANSWER_UNASKED)
		fail(w, "not taken");
	w->answers++;
}

/* --- the way ------------------------------------------------------------ */

static void
go(struct walk *w, const char *id)
{
	press(w, ":");
	press(w, id);
	press(w, "\r");
	if (w->screen.mode != FORM_ANSWERING)
		fail(w, "no way there");
}

static void
go_unit(struct walk *w, const char *id, const char *key)
{
	struct form *f = &w->screen.form;
	int last = -1;

	go(w, id);
	while (strcmp(review_unit(f->review, f->unit)->key, key) != 0 &&
	       f->unit != last) {
		last = f->unit;
		press(w, "[");
	}
	for (last = -1; strcmp(review_unit(f->review, f->unit)->key, key) != 0;
	     press(w, "]")) {
		if (f->unit == last)
			fail(w, "no such unit");
		last = f->unit;
	}
}

/* From the first question to the last, answering what is open; how many. */
static unsigned
pass(struct walk *w)
{
	struct form *f = &w->screen.form;
	unsigned before = w->answers;
	int unit, question;

	go(w, "R01");
	do {
		const struct question *q = form_question(f);

		unit = f->unit;
		question = f->question;
		if (form_cell(f)->answer.state == ANSWER_UNASKED &&
		    q->override != OVERRIDE_NEVER &&
		    *cell_left(w, unit, q) == 0)
			answer_here(w);
		else
			press(w, "\033OB");
	} while (f->unit != unit || f->question != question);
	return w->answers - before;
}

/* "+CAP 2" or "+MED 1 @ PM01 K1". */
static void
add_rows(struct walk *w)
{
	for (const char *at = w->sheet; at < w->sheet + w->sheet_len;
	     at += strlen(at) + 1) {
		char kind[8], id[16] = "R01", key[64] = "";
		enum unit kinds[UNITS];
		int rows, n, k = 0;

		if (sscanf(at, "+%7s %d @ %15s %63s", kind, &rows, id, key) < 2)
			continue;
		while (rows-- > 0) {
			char digit[2] = "1";

			if (*key != '\0')
				go_unit(w, id, key);
			else
				go(w, id);
			if (strcmp(kind, "HRM") == 0) {
				press(w, "!");
				press(w, "\r");
				continue;
			}
			n = form_row_kinds(&w->screen.form, kinds);
			for (k = 0;
			     k < n && strcmp(unit_word(kinds[k]), kind) != 0;)
				k++;
			digit[0] = (char)('1' + k);
			press(w, "+");
			if (k == n || w->screen.mode != FORM_ROWS)
				fail(w, "no row to add");
			press(w, digit);
		}
	}
}

/* A finding for each question that has an unfavourable answer. */
static bool
add_finding(struct walk *w)
{
	struct arena arena = {0};
	int n, all_n;
	const struct finding *list =
	    review_findings(w->screen.form.review, &arena, &n);
	const struct question *all =
	    instrument_questions(w->screen.form.in, &all_n);
	int at = 0;

	while (at < n && list[at].unit >= 0)
		at++;
	if (at < n) {
		go(w, all[list[at].question].id);
		press(w, "f");
	}
	arena_free(&arena);
	return at < n;
}

/* What stands at the end, the ids of computed and fed questions too. */
static void
say_answered(struct walk *w, const struct question *all)
{
	const struct review *r = w->screen.form.review;
	struct progress p = review_progress(r, -1, -1);
	int n;
	const struct item *items = review_items(r, &n);

	for (int i = 0; i < n; i++)
		if (items[i].asked &&
		    review_cell(r, items[i].unit, items[i].question)
			    ->answer.state != ANSWER_UNASKED)
			printf("%s\n", all[items[i].question].id);
	fprintf(stderr, "%u typed, %d of %d answered\n", w->answers, p.answered,
	    p.asked);
}

static void
walk(struct walk *w)
{
	int passes = 0, all_n;
	const struct question *all =
	    instrument_questions(w->screen.form.in, &all_n);

	w->nth = xcalloc((size_t)all_n, sizeof *w->nth);
	w->left = xcalloc(LEFT_MOST, 1000);
	add_rows(w);
	while (pass(w) > 0 && passes++ < PASSES)
		while (add_finding(w))
			;
	say_answered(w, all);
	free(w->nth);
	free(w->left);
}

/* --- the program -------------------------------------------------------- */

/* Lines apart; comments and empty ones are gone. */
static bool
read_sheet(struct walk *w, const char *path, struct err *err)
{
	struct buf text = {0};

	if (!file_read(&text, path, 1 << 20, err))
		return false;
	w->sheet_len = text.len;
	w->sheet = xstrndup(text.data, text.len);
	for (size_t i = 0; i < text.len; i++)
		if (w->sheet[i] == '\n')
			w->sheet[i] = '\0';
	buf_free(&text);
	return true;
}

static struct term *
terminal(struct walk *w)
{
	struct term_conf conf = {.type = "xterm-256color",
	    .width = 80,
	    .height = 24,
	    .color = COLOR_NEVER};
	struct term *term;
	struct err err;

	if (socketpair(AF_UNIX, SOCK_STREAM, 0, w->keys) < 0 ||
	    socketpair(AF_UNIX, SOCK_SEQPACKET, 0, w->glass) < 0)
		return NULL;
	conf.in = w->keys[0];
	conf.out = w->glass[0];
	return term_open(&term, &conf, &err) ? term : NULL;
}

static int
run(struct walk *w, char **argv, const char *passphrase)
{
	struct folder *folder;
	struct visit *visit;
	struct form_keep keep;
	struct err err = {0};

	if (!read_sheet(w, argv[3], &err) ||
	    !folder_open(&folder, &io_real, argv[1], passphrase, &err) ||
	    !visit_open(&visit, folder, argv[2], "mk", &err)) {
		fprintf(stderr, "form_walk: %s\n", err.text);
		return 2;
	}
	w->screen.term = terminal(w);
	if (w->screen.term == NULL)
		return 2;
	keep = visit_keep(visit);
	form_init(&w->screen.form, visit_review(visit), &keep, "mk");
	form_screen_init(&w->screen, w->screen.term);
	w->screen.title = review_unit(w->screen.form.review, 0)->label;
	form_screen_paint(&w->screen);
	walk(w);
	press(w, "q");
	if (!w->screen.quit)
		fail(w, "not left");
	form_screen_fini(&w->screen);
	term_close(w->screen.term);
	visit_close(visit);
	folder_close(folder);
	free(w->sheet);
	return 0;
}

int
main(int argc, char **argv)
{
	static struct walk w;
	char passphrase[200] = "";

	setlocale(LC_CTYPE, "C.UTF-8");
	if (argc != 4 || fgets(passphrase, sizeof passphrase, stdin) == NULL)
		return 2;
	passphrase[strcspn(passphrase, "\n")] = '\0';
	return run(&w, argv, passphrase);
}
