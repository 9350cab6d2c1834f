/* hearth review: reviews in the field's own folder, without a network. */
#include "client/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/fetch.h"
#include "client/field_folder.h"
#include "client/field_sync.h"
#include "client/form_run.h"
#include "client/results.h"
#include "client/review_score.h"
#include "journal/export.h"
#include "journal/packet.h"
#include "poms/content.h"

#define PACKET_MOST (64u << 20)

struct field_call {
	struct call *call;
	struct folder *folder;
	const char *user;
	uint8_t trusted[BUNDLE_PUBLIC];
};

typedef bool field_fn(struct field_call *f, struct err *err);

/* --- the folder ------------------------------------------------------------
 */

static const char *
word(const struct field_call *f, int n)
{
	return n < f->call->n_words ? f->call->words[n] : NULL;
}

/* --- words behind review ----------------------------------------------------
 */

static void
list_row(void *arg, const struct visit_row *row)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "review", row->review);
	cJSON_AddStringToObject(o, "instrument", row->instrument);
	cJSON_AddStringToObject(o, "user", row->user);
	cJSON_AddStringToObject(o, "state", row->state);
	cJSON_AddNumberToObject(o, "events", (double)row->events);
	cJSON_AddNumberToObject(o, "unsealed", (double)row->unsealed);
	cJSON_AddNumberToObject(o, "revision", row->revision);
	cJSON_AddNumberToObject(o, "changed", row->changed);
	cJSON_AddNumberToObject(o, "taken", row->taken);
	cJSON_AddItemToArray(arg, o);
}

static bool
do_list(struct field_call *f, struct err *err)
{
	return field_folder_open(f->call, &f->folder, err) &&
	       visit_list(f->folder, list_row,
		   cJSON_AddArrayToObject(f->call->answer, "reviews"), err);
}

static bool
do_take(struct field_call *f, struct err *err)
{
	struct visit_packet packet = {
	    .file = word(f, 1), .trusted = f->trusted, .user = f->user};
	struct buf file = {0};
	struct bundle b;
	bool ok;

	if (packet.file == NULL)
		return err_set(err, ERR_USAGE, "%s",
		    _("which packet? hearth review take FILE"));
	ok = field_folder_key(f->call, f->trusted, sizeof f->trusted, err) &&
	     file_read(&file, packet.file, PACKET_MOST, err) &&
	     bundle_read(&b, file.data, file.len, f->trusted, err) &&
	     bundle_fits(&b, f->user, io_real.ops->wall_ms(NULL), err) &&
	     field_folder_make(f->call, &b, &f->folder, err);
	vault_wipe(&file);
	if (!ok || !visit_take(f->folder, &packet, err))
		return false;
	cJSON_AddStringToObject(f->call->answer, "taken", packet.review);
	return true;
}

static void
add_progress(struct field_call *f, struct visit *v)
{
	struct progress p = review_progress(visit_review(v), -1, -1);
	cJSON *o = f->call->answer;

	cJSON_AddStringToObject(o, "review", review_id(visit_review(v)));
	cJSON_AddNumberToObject(o, "answered", p.answered);
	cJSON_AddNumberToObject(o, "asked", p.asked);
	cJSON_AddNumberToObject(o, "errors", p.errors);
	cJSON_AddNumberToObject(o, "undetermined", p.undetermined);
	cJSON_AddNumberToObject(o, "conflicts", p.conflicts);
}

static bool
do_open(struct field_call *f, struct err *err)
{
	const struct settings *s = f->call->settings;
	struct form_run run = {
	    .who = f->user, .settings = s, .idle_minutes = s->field_idle};
	const char *term = getenv("TERM");
	bool plain = s->plain || !isatty(STDIN_FILENO) ||
		     !isatty(STDOUT_FILENO) ||
		     (term != NULL && strcmp(term, "dumb") == 0);

	if (!field_folder_open(f->call, &f->folder, err) ||
	    !visit_open(&run.visit, f->folder, word(f, 1), f->user, err))
		return false;
	run.folder = f->folder;
	err->code = ERR_NONE;
	if (plain)
		form_plain(&run, stdin, stdout);
	else
		form_run(&run, err);
	add_progress(f, run.visit);
	visit_close(run.visit);
	return err->code == ERR_NONE;
}

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
	    review_problems(r, TONGUE_EN, true, &arena, &n);
	const struct question *all =
	    instrument_questions(review_instrument(r), &all_n);

	for (int i = 0; i < n; i++) {
		const struct review_unit *u = review_unit(r, p[i].unit);
		char *where = xasprintf("%s%s%s",
		    p[i].question < 0 ? "" : all[p[i].question].id,
		    u->parent != p[i].unit && p[i].unit > 0 ? " " : "",
		    p[i].unit > 0 ? u->label : "");

		check_tell(list, where, p[i].say);
		free(where);
	}
	arena_free(&arena);
}

/* The folder itself, and what is wrong in the review. */
static bool
do_check(struct field_call *f, struct err *err)
{
	cJSON *faults, *problems;
	struct visit *v;
	unsigned n;

	if (!field_folder_open(f->call, &f->folder, err))
		return false;
	faults = cJSON_AddArrayToObject(f->call->answer, "faults");
	problems = cJSON_AddArrayToObject(f->call->answer, "problems");
	if (!folder_check(f->folder, check_tell, faults, &n, err) ||
	    !visit_open(&v, f->folder, word(f, 1), f->user, err))
		return false;
	add_progress(f, v);
	check_problems(problems, v);
	review_overrides_answer(f->call->answer, visit_review(v));
	visit_close(v);
	return true;
}

static bool
do_seal(struct field_call *f, struct err *err)
{
	struct visit *v;
	struct seal seal;
	bool ok;

	if (!field_folder_open(f->call, &f->folder, err) ||
	    !visit_open(&v, f->folder, word(f, 1), f->user, err))
		return false;
	ok = visit_seal(v, f->call->given[OPTION_REASON], &seal, err);
	if (ok) {
		cJSON *o = f->call->answer;

		cJSON_AddStringToObject(
		    o, "review", review_id(visit_review(v)));
		cJSON_AddNumberToObject(o, "revision", seal.revision);
		cJSON_AddStringToObject(o, "hash", seal.hash);
	}
	visit_close(v);
	return ok;
}

/* The unit and the question that a file is of, as they were given. */
static bool
attach_place(struct field_call *f, struct visit *v, struct visit_file *file,
    struct err *err)
{
	struct review *r = visit_review(v);
	const char *id = word(f, 3), *of = word(f, 4), *slash;
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

static bool
do_attach(struct field_call *f, struct err *err)
{
	struct visit_file file = {.path = word(f, 1), .who = f->user};
	struct visit *v;
	bool ok;

	if (file.path == NULL)
		return err_set(err, ERR_USAGE, "%s",
		    _("which file? hearth review attach FILE"));
	if (!field_folder_open(f->call, &f->folder, err) ||
	    !visit_open(&v, f->folder, word(f, 2), f->user, err))
		return false;
	ok = attach_place(f, v, &file, err) && visit_attach(v, &file, err);
	if (ok)
		cJSON_AddStringToObject(f->call->answer, "attached", file.path);
	visit_close(v);
	return ok;
}

/* --- a newer version of the form --- */

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

/* What a newer form would do to the answers here. Nothing moves: a record
 * lives and dies with the version it began with. */
static bool
do_preview(struct field_call *f, struct err *err)
{
	struct faults faults = {0};
	struct instrument *newer = NULL;
	struct instrument_map *map = NULL;
	struct visit *v;
	bool ok;

	if (word(f, 3) == NULL)
		return err_set(err, ERR_USAGE, "%s",
		    _("hearth review preview ID NEW-FORM MAP"));
	if (!field_folder_open(f->call, &f->folder, err) ||
	    !visit_open(&v, f->folder, word(f, 1), f->user, err))
		return false;
	ok = instrument_load(&newer, word(f, 2), err) &&
	     instrument_map_read(&map, word(f, 3),
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

/* What two devices answered differently: a person says, then it is sealed as
 * the revision that follows theirs. */
static bool
do_resolve(struct field_call *f, struct err *err)
{
	const struct settings *s = f->call->settings;
	struct form_run run = {.who = f->user, .settings = s};
	struct visit_merged merged = {0};
	struct err open = {0};
	bool ok = true;
	int left;

	if (!field_folder_open(f->call, &f->folder, err) ||
	    !visit_open(&run.visit, f->folder, word(f, 1), f->user, err))
		return false;
	run.folder = f->folder;
	left = form_settle(&run, stdin, stdout);
	cJSON_AddNumberToObject(f->call->answer, "left", left);
	snprintf(merged.by, sizeof merged.by, "%s", _("another device"));
	/* What is not complete yet is sealed when it is. */
	if (left == 0 && journal_unsealed(visit_journal(run.visit)) > 0) {
		ok = field_seal_merged(run.visit, &merged, &open) ||
		     open.code == ERR_REFUSED;
		cJSON_AddStringToObject(f->call->answer, "sealed",
		    open.code == ERR_NONE ? "y" : "n");
		cJSON_AddStringToObject(f->call->answer, "open", open.text);
	}
	add_progress(f, run.visit);
	visit_close(run.visit);
	if (!ok)
		*err = open;
	return ok;
}

/* The results, or the findings letter, of what stands here. */
static bool
do_score(struct field_call *f, struct err *err)
{
	bool letter = strcmp(f->call->words[0], "letter") == 0, ok = true;
	struct visit *v;

	if (!field_folder_open(f->call, &f->folder, err) ||
	    !visit_open(&v, f->folder, word(f, 1), f->user, err))
		return false;
	add_progress(f, v);
	if (letter)
		ok = review_letter_answer(
		    f->call->answer, visit_review(v), review_tongue(), err);
	else
		review_score_answer(f->call->answer, visit_review(v),
		    form_day((int64_t)time(NULL) * 1000));
	visit_close(v);
	return ok;
}

/* An event in words, for whoever reads the export without Hearth. */
static bool
export_words(void *arg, struct buf *out, const struct journal_line *line)
{
	struct arena arena = {0};
	struct event e;
	struct err ignored;
	bool ok = line->kind == JOURNAL_EVENT &&
		  event_decode(&e, &arena, line->payload, line->len, &ignored);

	(void)arg;
	if (ok)
		buf_printf(out, "%s %s %s: %s %s %s %s", unit_word(e.unit),
		    e.key, e.question, response_state_word(e.new.state),
		    e.new.value, e.new.reason, e.text);
	arena_free(&arena);
	return ok;
}

static bool
do_export(struct field_call *f, struct err *err)
{
	const struct export_how how = {
	    .clear = f->call->given[OPTION_CLEAR] != NULL,
	    .words = export_words};
	unsigned files;

	if (f->call->given[OPTION_ALL] == NULL || word(f, 1) == NULL)
		return err_set(err, ERR_USAGE, "%s",
		    _("hearth review export --all PATH writes everything "
		      "there is; --clear unencrypted"));
	if (!field_folder_open(f->call, &f->folder, err) ||
	    !export_all(f->folder, word(f, 1), &how, &files, err))
		return false;
	cJSON_AddNumberToObject(f->call->answer, "files", files);
	return true;
}

/* --- the command ------------------------------------------------------------
 */

static const struct {
	const char *word;
	field_fn *fn;
} doings[] = {
    {"list", do_list},
    {"take", do_take},
    {"open", do_open},
    {"check", do_check},
    {"score", do_score},
    {"letter", do_score},
    {"seal", do_seal},
    {"attach", do_attach},
    {"preview", do_preview},
    {"resolve", do_resolve},
    {"export", do_export},
};

#define DOINGS (sizeof doings / sizeof *doings)

static field_fn *
doing(const struct call *call)
{
	for (size_t i = 0; call->n_words > 0 && i < DOINGS; i++)
		if (strcmp(doings[i].word, call->words[0]) == 0)
			return doings[i].fn;
	return NULL;
}

bool
call_is_field(const struct call *call)
{
	return call->command != NULL &&
	       strcmp(call->command->name, "review") == 0 &&
	       !results_asked(call) && !fetch_asked(call);
}

bool
cmd_review_ask(struct call *call, struct err *err)
{
	struct field_call f = {.call = call, .user = field_folder_user(call)};
	field_fn *fn = doing(call);
	bool ok = false, locked;

	if (results_asked(call))
		return results_ask(call, err);
	if (fetch_asked(call))
		return fetch_ask(call, err);
	f.user = field_folder_user(call);
	/* A laptop that travels keeps the county's days. */
	if (call->settings->field_zone != NULL)
		setenv("TZ", call->settings->field_zone, 1);
	tzset();
	call->answer = cJSON_CreateObject();
	if (fn == NULL)
		err_set(err, ERR_USAGE,
		    _("hearth review knows list, take, open, check, score, "
		      "letter, attach, preview, resolve, seal and export, not "
		      "\"%s\""),
		    call->words[0]);
	else if (vault_harden(&locked, err))
		ok = fn(&f, err);
	folder_close(f.folder);
	return ok;
}

/* --- showing -----------------------------------------------------------------
 */

static void
show_list(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, "");
	static const char *const keys[] = {"review", "instrument", "state",
	    "events", "unsealed", "revision", "changed", "taken"};
	static const char *const titles[] = {N_("Review"), N_("Instrument"),
	    N_("State"), N_("Kept"), N_("Not sealed"), N_("Sealed as"),
	    N_("Changed since the packet"), N_("Taken by others")};
	const cJSON *r;

	for (int i = 0; i < 8; i++)
		doc_column(t, keys[i], _(titles[i]),
		    i < 3 ? DOC_ID : DOC_NUMBER, DOC_BOTH);
	ANSWER_EACH(r, answer, "reviews")
	{
		for (int i = 0; i < 8; i++)
			doc_cell(t, answer_text(doc, r, keys[i]));
	}
}

static void
show_moves(struct doc *doc, const cJSON *answer)
{
	static const char *const keys[] = {
	    "move", "from", "to", "answers", "why"};
	static const char *const titles[] = {N_("What becomes of it"),
	    N_("Question"), N_("In the new form"), N_("Answers here"),
	    N_("Why")};
	struct doc_table *t;
	const cJSON *r;

	if (answer_item(answer, "moves") == NULL)
		return;
	t = doc_table(doc, _("A preview; nothing was moved"));
	for (int i = 0; i < 5; i++)
		doc_column(t, keys[i], _(titles[i]),
		    i == 3 ? DOC_NUMBER : DOC_WORDS, DOC_BOTH);
	ANSWER_EACH(r, answer, "moves")
	{
		for (int i = 0; i < 5; i++)
			doc_cell(t, answer_text(doc, r, keys[i]));
	}
}

static void
show_found(
    struct doc *doc, const cJSON *answer, const char *key, const char *title)
{
	struct doc_table *t;
	const cJSON *o;

	if (cJSON_GetArraySize(answer_item(answer, key)) == 0)
		return;
	t = doc_table(doc, title);
	doc_column(t, "where", _("Where"), DOC_ID, DOC_BOTH);
	doc_column(t, "text", _("What"), DOC_WORDS, DOC_BOTH);
	ANSWER_EACH(o, answer, key)
	{
		doc_cell(t, answer_text(doc, o, "where"));
		doc_cell(t, answer_text(doc, o, "text"));
	}
}

static void
show_resolved(struct doc *doc, const cJSON *answer)
{
	int64_t left = 0;

	if (!json_get_int(answer, "left", &left))
		return;
	if (left > 0)
		doc_text(doc,
		    ngettext("%lld answer still waits for your choice.",
			"%lld answers still wait for your choice.",
			(unsigned long)left),
		    (long long)left);
	else if (strcmp(answer_text(doc, answer, "sealed"), "y") == 0)
		doc_text(doc, "%s",
		    _("Sealed with both people's answers; hearth sync sends "
		      "it."));
	else if (*answer_text(doc, answer, "open") != '\0')
		doc_text(doc,
		    _("Nothing is in conflict any more. Not sealed yet: %s"),
		    answer_text(doc, answer, "open"));
	else
		doc_text(doc, "%s", _("Nothing is in conflict."));
}

void
cmd_review_show(struct doc *doc, const cJSON *answer)
{
	const char *taken = answer_text(doc, answer, "taken");

	if (fetch_show(doc, answer) || results_show(doc, answer))
		return;
	doc_title(doc, "%s", _("Monitoring reviews"));
	if (*taken != '\0')
		doc_text(doc, _("%s is here; hearth review open fills it in."),
		    taken);
	if (answer_item(answer, "reviews") != NULL)
		show_list(doc, answer);
	if (*answer_text(doc, answer, "attached") != '\0')
		doc_text(doc,
		    _("%s is copied and goes with the next sync, after the "
		      "answers."),
		    answer_text(doc, answer, "attached"));
	show_moves(doc, answer);
	show_resolved(doc, answer);
	doc_field(doc, _("Review"), answer_text(doc, answer, "review"));
	doc_field(doc, _("Answered"), answer_text(doc, answer, "answered"));
	doc_field(doc, _("Asked"), answer_text(doc, answer, "asked"));
	doc_field(
	    doc, _("Undetermined"), answer_text(doc, answer, "undetermined"));
	doc_field(doc, _("Errors"), answer_text(doc, answer, "errors"));
	doc_field(doc, _("Revision"), answer_text(doc, answer, "revision"));
	doc_field(doc, _("Hash"), answer_text(doc, answer, "hash"));
	doc_field(doc, _("Files"), answer_text(doc, answer, "files"));
	show_found(doc, answer, "faults", _("Wrong in the folder"));
	show_found(doc, answer, "problems", _("Wrong in the review"));
	review_score_show(doc, answer);
}
