/* hearth review: files into a review, all that the folder holds out of it, and
 * what a damaged one still holds. */
#include <stdio.h>
#include <string.h>

#include "base/i18n.h"
#include "client/cmd_review_part.h"
#include "client/field_folder.h"
#include "journal/export.h"

/* The unit and the question that a file is of, as they were given. */
static bool
attach_place(struct field_call *f, struct visit *v, struct visit_file *file,
    struct err *err)
{
	struct review *r = visit_review(v);
	const char *id = call_word(f->call, 3), *of = call_word(f->call, 4),
		   *slash;
	int n, q, unit = 0;
	const struct question *all =
	    instrument_questions(review_instrument(r), &n);

	file->unit = review_unit(r, 0);
	if (id == NULL)
		return true;
	q = instrument_question(review_instrument(r), id, strlen(id));
	if (q < 0)
		return err_set(
		    err, ERR_USAGE, _("there is no question %s here"), id);
	slash = of != NULL ? strchr(of, '/') : NULL;
	if (slash != NULL)
		unit = review_unit_find(
		    r, unit_find(of, (size_t)(slash - of)), slash + 1);
	if (unit < 0 || review_cell(r, unit, q) == NULL)
		return err_set(err, ERR_USAGE,
		    _("%s is asked of %s: say whose, as in %s/KEY"), id,
		    _(unit_title(all[q].unit)), unit_word(all[q].unit));
	file->unit = review_unit(r, unit);
	file->question = &all[q];
	return true;
}

bool
field_do_attach(struct field_call *f, struct err *err)
{
	struct visit_file file = {
	    .path = call_word(f->call, 1), .who = f->user};
	struct visit *v;
	bool ok;

	if (file.path == NULL)
		return err_set(err, ERR_USAGE, "%s",
		    _("which file? hearth review attach FILE"));
	if (!field_visit_open(f, 2, &v, err))
		return false;
	ok = attach_place(f, v, &file, err) && visit_attach(v, &file, err);
	if (ok)
		cJSON_AddStringToObject(f->call->answer, "attached", file.path);
	visit_close(v);
	return ok;
}

/* Reviews as they stand, one at a time: lines come review by review. */
struct exporting {
	struct field_call *f;
	char review[64];
	struct visit *visit; /* NULL: it cannot be opened */
};

static struct review *
standing(struct exporting *x, const char *review)
{
	struct err ignored;

	if (strcmp(x->review, review) != 0) {
		visit_close(x->visit);
		x->visit = NULL;
		snprintf(x->review, sizeof x->review, "%s", review);
		if (!visit_open(
			&x->visit, x->f->folder, review, x->f->user, &ignored))
			x->visit = NULL;
	}
	return x->visit != NULL ? visit_review(x->visit) : NULL;
}

/* Whether what the event answered stands, put aside: its question is not asked
 * as things are. */
static bool
is_hidden(const struct review *r, const struct event *e)
{
	int unit = review_unit_find(r, e->unit, e->key);
	int question = instrument_question(
	    review_instrument(r), e->question, strlen(e->question));
	const struct review_cell *cell =
	    unit >= 0 && question >= 0 ? review_cell(r, unit, question) : NULL;

	return cell != NULL && (cell->flags & CELL_HIDDEN) != 0 &&
	       response_equal(&cell->typed, &e->new);
}

/* Whether it is an answer that stands without a question. */
static bool
is_retired(const struct review *r, const struct event *e)
{
	struct arena arena = {0};
	int n;
	const struct retired *list = review_retired(r, &arena, &n);
	bool found = false;

	for (int i = 0; i < n && !found; i++)
		found = list[i].kind == e->unit &&
			strcmp(list[i].question, e->question) == 0 &&
			strcmp(list[i].key, e->key) == 0 &&
			response_equal(&list[i].answer, &e->new);
	arena_free(&arena);
	return found;
}

/* An event in words; an answer that is hidden or retired says so. */
static bool
export_words(void *arg, struct buf *out, const struct journal_line *line)
{
	struct arena arena = {0};
	struct event e;
	struct err ignored;
	const struct review *r;

	if (!export_event_words(NULL, out, line))
		return false;
	if (event_decode(&e, &arena, line->payload, line->len, &ignored) &&
	    e.kind == EVENT_ANSWER && (r = standing(arg, e.review)) != NULL) {
		if (is_hidden(r, &e))
			buf_str(
			    out, "  hidden as things stand: counts nowhere");
		else if (is_retired(r, &e))
			buf_str(out,
			    "  retired: the form has no such question now");
	}
	arena_free(&arena);
	return true;
}

bool
field_do_export(struct field_call *f, struct err *err)
{
	struct exporting x = {.f = f};
	const struct export_how how = {
	    .clear = f->call->given[OPTION_CLEAR] != NULL,
	    .words = export_words,
	    .arg = &x};
	unsigned files;
	bool ok;

	if (f->call->given[OPTION_ALL] == NULL || call_word(f->call, 1) == NULL)
		return err_set(err, ERR_USAGE, "%s",
		    _("hearth review export --all PATH writes everything "
		      "there is; --clear unencrypted"));
	if (!field_folder_open(f->call, &f->folder, err))
		return false;
	ok = export_all(f->folder, call_word(f->call, 1), &how, &files, err);
	visit_close(x.visit);
	if (!ok)
		return false;
	cJSON_AddNumberToObject(f->call->answer, "files", files);
	return true;
}

/* --- salvage ---------------------------------------------------------------
 */

void
field_add_unfit(cJSON *list, struct visit *v)
{
	const struct visit_unfit *u;
	size_t n = visit_unfit(v, &u);

	for (size_t i = 0; i < n; i++) {
		cJSON *o = cJSON_CreateObject();
		char where[140];

		snprintf(where, sizeof where, "%s%s%s", u[i].question,
		    *u[i].question != '\0' && *u[i].key != '\0' ? " " : "",
		    u[i].key);
		cJSON_AddStringToObject(o, "where", where);
		cJSON_AddStringToObject(o, "text",
		    _("salvaged, but the row it belongs to is lost: add it "
		      "anew with + and type it from hearth review export "
		      "--all"));
		cJSON_AddItemToArray(list, o);
	}
}

/* What people typed and did, without what the packet brought. */
static unsigned
typed(const struct review *r)
{
	const struct event *list;
	size_t n = review_history(r, &list);
	unsigned typed = 0;

	for (size_t i = 0; i < n; i++)
		typed += (list[i].flags & EVENT_PACKET) == 0;
	return typed;
}

bool
field_do_salvage(struct field_call *f, struct err *err)
{
	struct visit_salvaged got;
	cJSON *o = f->call->answer;
	struct visit *v;

	if (!field_folder_open(f->call, &f->folder, err) ||
	    !visit_salvage(f->folder, call_word(f->call, 1), &got, err))
		return false;
	cJSON_AddStringToObject(o, "salvaged", got.review);
	cJSON_AddNumberToObject(o, "lost", (double)got.journal.lost);
	cJSON_AddStringToObject(o, "aside", got.journal.aside);
	/* The proof that it opens. */
	if (!visit_open(&v, f->folder, got.review, f->user, err))
		return false;
	cJSON_AddNumberToObject(o, "typed", typed(visit_review(v)));
	field_add_unfit(cJSON_AddArrayToObject(o, "unfit"), v);
	field_add_progress(f, v);
	visit_close(v);
	return true;
}
