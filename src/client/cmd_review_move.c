/* hearth review preview, move, retired: a newer version of a review's form. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/cmd_review_part.h"
#include "client/field_folder.h"
#include "client/form_run.h"
#include "client/unit_words.h"

/* --- the preview -----------------------------------------------------------
 */

/* How many answers, or new questions, a move concerns. */
struct moving {
	int answers[4], questions[4]; /* by enum move */
};

static struct moving
preview_rows(
    cJSON *list, const struct review *r, const struct instrument_map *map)
{
	static const char *const moves[] = {[MOVE_KEPT] = "kept",
	    [MOVE_MOVED] = "moved",
	    [MOVE_DROPPED] = "dropped",
	    [MOVE_NEW] = "new"};
	struct moving sum = {0};
	struct arena arena = {0};
	int n;
	const struct move_row *rows = review_preview(r, map, &arena, &n);

	for (int i = 0; i < n; i++) {
		cJSON *o = cJSON_CreateObject();

		sum.answers[rows[i].move] += rows[i].answers;
		sum.questions[rows[i].move]++;
		cJSON_AddStringToObject(o, "move", moves[rows[i].move]);
		cJSON_AddStringToObject(o, "from", rows[i].from);
		cJSON_AddStringToObject(o, "to", rows[i].to);
		cJSON_AddNumberToObject(o, "answers", rows[i].answers);
		cJSON_AddStringToObject(o, "why", rows[i].why);
		cJSON_AddItemToArray(list, o);
	}
	arena_free(&arena);
	return sum;
}

/* The form and the map from files, as whoever writes them tries them. */
static bool
newer_of_files(struct field_call *f, struct visit *v, struct visit_newer *out,
    struct err *err)
{
	struct faults faults = {0};
	bool ok;

	if (call_word(f->call, 3) == NULL)
		return err_set(err, ERR_USAGE, "%s",
		    _("hearth review preview ID NEW-FORM MAP"));
	ok = instrument_load(&out->in, call_word(f->call, 2), err) &&
	     instrument_map_read(&out->map, call_word(f->call, 3),
		 review_instrument(visit_review(v)), out->in, &faults, err);
	if (ok && faults.n > 0) {
		fault_err(&faults.list[0], err);
		ok = false;
	}
	faults_free(&faults);
	if (!ok)
		visit_newer_free(out);
	return ok;
}

bool
field_do_preview(struct field_call *f, struct err *err)
{
	struct visit_newer newer = {0};
	struct visit *v;
	bool ok;

	if (!field_visit_open(f, 1, &v, err))
		return false;
	ok = call_word(f->call, 2) != NULL ? newer_of_files(f, v, &newer, err)
					   : visit_newer(v, &newer, err);
	if (ok)
		preview_rows(cJSON_AddArrayToObject(f->call->answer, "moves"),
		    visit_review(v), newer.map);
	visit_newer_free(&newer);
	visit_close(v);
	return ok;
}

/* --- the move --------------------------------------------------------------
 */

/* Answers that people gave and that stand. */
static int
given(const struct review *r)
{
	int n, q, sum = 0;
	const struct question *all =
	    instrument_questions(review_instrument(r), &n);

	for (int u = 0; u < review_units(r); u++)
		for (q = 0; q < n; q++)
			if (all[q].unit == review_unit(r, u)->kind)
				sum += review_cell(r, u, q)->typed.state !=
				       ANSWER_UNASKED;
	return sum;
}

static void
add_counts(cJSON *list, struct visit *v)
{
	const struct review *r = visit_review(v);
	struct progress p = review_progress(r, -1, -1);
	struct arena arena = {0};
	cJSON *o = cJSON_CreateObject();
	int retired;

	review_retired(r, &arena, &retired);
	cJSON_AddStringToObject(
	    o, "form", journal_identity(visit_journal(v))->instrument);
	cJSON_AddNumberToObject(o, "answered", p.answered);
	cJSON_AddNumberToObject(o, "asked", p.asked);
	cJSON_AddNumberToObject(o, "given", given(r));
	cJSON_AddNumberToObject(o, "retired", retired);
	cJSON_AddItemToArray(list, o);
	arena_free(&arena);
}

/* What is to be known before the answer: counts, and each question that goes,
 * with why. */
static void
tell_move(
    const struct visit_newer *to, const struct moving *sum, const cJSON *moves)
{
	const cJSON *o;

	fprintf(stderr,
	    _("To %s. Answers that keep their question: %d; that move to "
	      "another: %d; that are retired (kept, shown, counted nowhere): "
	      "%d. New questions: %d.\n"),
	    to->instrument, sum->answers[MOVE_KEPT], sum->answers[MOVE_MOVED],
	    sum->answers[MOVE_DROPPED], sum->questions[MOVE_NEW]);
	cJSON_ArrayForEach(o, moves)
	{
		const char *move = json_get_string(o, "move");
		double answers = cJSON_GetObjectItem(o, "answers")->valuedouble;

		if (answers > 0 && strcmp(move, "dropped") == 0)
			fprintf(stderr, _("  retired: %s (%.0f): %s\n"),
			    json_get_string(o, "from"), answers,
			    json_get_string(o, "why"));
		else if (answers > 0 && strcmp(move, "moved") == 0)
			fprintf(stderr, _("  moved: %s to %s (%.0f): %s\n"),
			    json_get_string(o, "from"),
			    json_get_string(o, "to"), answers,
			    json_get_string(o, "why"));
	}
}

bool
field_says_yes(const char *question)
{
	char line[16] = "";

	fprintf(stderr, "%s ", question);
	fflush(stderr);
	if (fgets(line, sizeof line, stdin) == NULL)
		return false;
	line[strcspn(line, "\n")] = '\0';
	return strcmp(line, "y") == 0 || strcmp(line, "yes") == 0 ||
	       strcmp(line, _("y")) == 0;
}

/* The proof that it is on the disk: it is opened again, from there. */
static bool
reopen(struct field_call *f, struct visit **v, struct err *err)
{
	char review[64];

	snprintf(review, sizeof review, "%s",
	    journal_identity(visit_journal(*v))->review);
	visit_close(*v);
	return visit_open(v, f->folder, review, f->user, err);
}

static bool
move_to(struct field_call *f, struct visit **v, const struct visit_newer *to,
    struct err *err)
{
	cJSON *answer = f->call->answer;
	cJSON *counts = cJSON_AddArrayToObject(answer, "counts");
	cJSON *moves = cJSON_AddArrayToObject(answer, "moves");
	struct moving sum = preview_rows(moves, visit_review(*v), to->map);
	bool yes;

	add_counts(counts, *v);
	tell_move(to, &sum, moves);
	yes = field_says_yes(
	    _("Go over to the new form? It cannot be taken back. (y/n)"));
	cJSON_AddBoolToObject(answer, "moved", yes);
	if (!yes)
		return true;
	if (!visit_move(*v, to, err))
		return false;
	if (!reopen(f, v, err)) {
		*v = NULL;
		return false;
	}
	add_counts(counts, *v);
	return true;
}

bool
field_do_move(struct field_call *f, struct err *err)
{
	struct visit_newer newer = {0};
	struct visit *v;
	bool ok;

	if (!field_visit_open(f, 1, &v, err))
		return false;
	ok = visit_newer(v, &newer, err) && move_to(f, &v, &newer, err);
	if (ok)
		field_add_progress(f, v);
	visit_newer_free(&newer);
	visit_close(v);
	return ok;
}

/* --- what has no question any more -----------------------------------------
 */

static void
add_retired(cJSON *list, struct visit *v, const struct retired *one)
{
	const struct question *q = visit_question(v, one->question);
	struct review *r = visit_review(v);
	int unit = review_unit_find(r, one->kind, one->key);
	struct form_keep keep = visit_keep(v);
	struct form form;
	struct buf whose = {0}, text = {0};
	char moment[20];
	cJSON *o = cJSON_CreateObject();

	form_init(&form, r, &keep, one->who);
	if (unit > 0)
		unit_words(&whose, r, unit, &(struct unit_look){0});
	if (q != NULL)
		form_response(&form, q, &one->answer, &text);
	else
		buf_str(&text, one->answer.value);
	form_moment(one->wall_ms, moment);
	cJSON_AddStringToObject(o, "question", one->question);
	cJSON_AddStringToObject(
	    o, "text", q != NULL ? q->text.in[review_tongue()] : "");
	cJSON_AddStringToObject(o, "unit", buf_text(&whose));
	cJSON_AddStringToObject(o, "answer", buf_text(&text));
	cJSON_AddStringToObject(o, "note", one->note);
	cJSON_AddStringToObject(o, "who", one->who);
	cJSON_AddStringToObject(o, "when", moment);
	cJSON_AddItemToArray(list, o);
	buf_free(&whose);
	buf_free(&text);
}

bool
field_do_retired(struct field_call *f, struct err *err)
{
	cJSON *list;
	struct arena arena = {0};
	const struct retired *all;
	struct visit *v;
	int n;

	if (!field_visit_open(f, 1, &v, err))
		return false;
	cJSON_AddStringToObject(
	    f->call->answer, "review", review_id(visit_review(v)));
	list = cJSON_AddArrayToObject(f->call->answer, "retired_answers");
	all = review_retired(visit_review(v), &arena, &n);
	for (int i = 0; i < n; i++)
		add_retired(list, v, &all[i]);
	arena_free(&arena);
	visit_close(v);
	return true;
}
