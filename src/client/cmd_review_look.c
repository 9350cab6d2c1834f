/* hearth review: what stands here, and nothing changes: what is wrong in the
 * folder and in a review, what it would score. */
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
	char device[256];

	if (!field_folder_open(f->call, &f->folder, err))
		return false;
	if (!vault_kept(&f->memory) &&
	    vault_swaps("/proc/swaps", device, sizeof device))
		cJSON_AddStringToObject(f->call->answer, "swap", device);
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

/* --- results ---------------------------------------------------------------
 */

bool
field_do_score(struct field_call *f, struct err *err)
{
	bool letter = strcmp(f->call->words[0], "letter") == 0, ok = true;
	struct visit *v;

	if (!field_visit_open(f, 1, &v, err))
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
