/* hearth review: what stands here, and nothing changes: what is wrong in the
 * folder and in a review, what a newer form would move, what it would score. */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "client/cmd_review_part.h"
#include "client/field_folder.h"
#include "client/review_score.h"
#include "client/unit_words.h"
#include "poms/content.h"

/* --- check -----------------------------------------------------------------
 */

static void
check_tell(void *arg, const char *file, const char *text)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "where", file);
	cJSON_AddStringToObject(o, "text", text);
	cJSON_AddItemToArray(arg, o);
}

static void
check_problems(cJSON *list, struct visit *v)
{
	struct arena arena = {0};
	struct review *r = visit_review(v);
	int n, all_n;
	const struct problem *p =
	    review_problems(r, review_tongue(), true, &arena, &n);
	const struct question *all =
	    instrument_questions(review_instrument(r), &all_n);

	for (int i = 0; i < n; i++) {
		struct buf where = {0};

		if (p[i].question >= 0)
			buf_str(&where, all[p[i].question].id);
		if (p[i].unit > 0 && where.len > 0)
			buf_char(&where, ' ');
		unit_whose(&where, r, p[i].unit, &(struct unit_look){0});
		check_tell(list, buf_text(&where), p[i].say);
		buf_free(&where);
	}
	arena_free(&arena);
}

bool
field_do_check(struct field_call *f, struct err *err)
{
	cJSON *faults, *problems;
	struct visit *v;
	unsigned n;

	if (!field_folder_open(f->call, &f->folder, err))
		return false;
	faults = cJSON_AddArrayToObject(f->call->answer, "faults");
	problems = cJSON_AddArrayToObject(f->call->answer, "problems");
	if (!folder_check(f->folder, check_tell, faults, &n, err) ||
	    !visit_open(&v, f->folder, call_word(f->call, 1), f->user, err))
		return false;
	field_add_progress(f, v);
	check_problems(problems, v);
	field_add_unfit(problems, v);
	review_overrides_answer(f->call->answer, visit_review(v));
	visit_close(v);
	return true;
}

/* --- a newer version of the form -------------------------------------------
 */

static void
preview_rows(
    cJSON *list, const struct review *r, const struct instrument_map *map)
{
	static const char *const moves[] = {[MOVE_KEPT] = "kept",
	    [MOVE_MOVED] = "moved",
	    [MOVE_DROPPED] = "dropped",
	    [MOVE_NEW] = "new"};
	struct arena arena = {0};
	int n;
	const struct move_row *rows = review_preview(r, map, &arena, &n);

	for (int i = 0; i < n; i++) {
		cJSON *o = cJSON_CreateObject();

		cJSON_AddStringToObject(o, "move", moves[rows[i].move]);
		cJSON_AddStringToObject(o, "from", rows[i].from);
		cJSON_AddStringToObject(o, "to", rows[i].to);
		cJSON_AddNumberToObject(o, "answers", rows[i].answers);
		cJSON_AddStringToObject(o, "why", rows[i].why);
		cJSON_AddItemToArray(list, o);
	}
	arena_free(&arena);
}

static bool
preview_fault(const struct faults *faults, struct err *err)
{
	if (faults->n == 0)
		return true;
	fault_err(&faults->list[0], err);
	return false;
}

bool
field_do_preview(struct field_call *f, struct err *err)
{
	struct faults faults = {0};
	struct instrument *newer = NULL;
	struct instrument_map *map = NULL;
	struct visit *v;
	bool ok;

	if (call_word(f->call, 3) == NULL)
		return err_set(err, ERR_USAGE, "%s",
		    _("hearth review preview ID NEW-FORM MAP"));
	if (!field_folder_open(f->call, &f->folder, err) ||
	    !visit_open(&v, f->folder, call_word(f->call, 1), f->user, err))
		return false;
	ok = instrument_load(&newer, call_word(f->call, 2), err) &&
	     instrument_map_read(&map, call_word(f->call, 3),
		 review_instrument(visit_review(v)), newer, &faults, err) &&
	     preview_fault(&faults, err);
	if (ok)
		preview_rows(cJSON_AddArrayToObject(f->call->answer, "moves"),
		    visit_review(v), map);
	instrument_map_free(map);
	instrument_free(newer);
	faults_free(&faults);
	visit_close(v);
	return ok;
}

/* --- results ---------------------------------------------------------------
 */

bool
field_do_score(struct field_call *f, struct err *err)
{
	bool letter = strcmp(f->call->words[0], "letter") == 0, ok = true;
	struct visit *v;

	if (!field_folder_open(f->call, &f->folder, err) ||
	    !visit_open(&v, f->folder, call_word(f->call, 1), f->user, err))
		return false;
	field_add_progress(f, v);
	if (letter)
		ok = review_letter_answer(
		    f->call->answer, visit_review(v), review_tongue(), err);
	else
		review_score_answer(f->call->answer, visit_review(v),
		    form_day((int64_t)time(NULL) * 1000));
	visit_close(v);
	return ok;
}
