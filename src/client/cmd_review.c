/* hearth review: reviews in the field's own folder, without a network: taken,
 * filled in, settled and sealed. */
#include "client/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "client/answer.h"
#include "client/cmd_review_part.h"
#include "client/fetch.h"
#include "client/field_folder.h"
#include "client/field_sync.h"
#include "client/form_run.h"
#include "client/results.h"
#include "journal/packet.h"

#define PACKET_MOST (64u << 20)

bool
field_visit_open(
    struct field_call *f, int word, struct visit **v, struct err *err)
{
	return field_folder_open(f->call, &f->folder, err) &&
	       visit_open(v, f->folder, call_word(f->call, word), f->user, err);
}

/* --- words behind review ---------------------------------------------------
 */

static void
list_row(void *arg, const struct visit_row *row)
{
	cJSON *o = cJSON_CreateObject();

	cJSON_AddStringToObject(o, "review", row->review);
	cJSON_AddStringToObject(o, "provider", row->provider);
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
	struct visit_packet packet = {.file = call_word(f->call, 1),
	    .trusted = f->trusted,
	    .user = f->user};
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
	     visit_readable(&b, err) &&
	     field_folder_make(f->call, &b, &f->folder, err);
	vault_wipe(&file);
	if (!ok || !visit_take(f->folder, &packet, err))
		return false;
	cJSON_AddStringToObject(f->call->answer, "taken", packet.review);
	return true;
}

void
field_add_progress(struct field_call *f, struct visit *v)
{
	struct progress p = review_progress(visit_review(v), -1, -1);
	cJSON *o = f->call->answer;
	struct arena arena = {0};
	int retired;

	cJSON_AddStringToObject(o, "review", review_id(visit_review(v)));
	cJSON_AddNumberToObject(o, "answered", p.answered);
	cJSON_AddNumberToObject(o, "asked", p.asked);
	cJSON_AddNumberToObject(o, "errors", p.errors);
	cJSON_AddNumberToObject(o, "undetermined", p.undetermined);
	cJSON_AddNumberToObject(o, "conflicts", p.conflicts);
	review_retired(visit_review(v), &arena, &retired);
	if (retired > 0)
		cJSON_AddNumberToObject(o, "retired", retired);
	arena_free(&arena);
}

/* Nobody leaves in the belief that all is kept when it is not. */
static void
check_kept(struct visit *v, struct err *err)
{
	struct err why;

	if (err->code == ERR_NONE &&
	    journal_health(visit_journal(v)) == JOURNAL_FAILING &&
	    !journal_again(visit_journal(v), &why))
		err_set(err, why.code, _("NOT SAVED, and lost: %s"), why.text);
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

	if (!field_visit_open(f, 1, &run.visit, err))
		return false;
	run.folder = f->folder;
	visit_tell_newer(run.visit);
	err->code = ERR_NONE;
	if (plain)
		form_plain(&run, stdin, stdout);
	else
		form_run(&run, err);
	field_add_progress(f, run.visit);
	check_kept(run.visit, err);
	visit_close(run.visit);
	return err->code == ERR_NONE;
}

static bool
do_seal(struct field_call *f, struct err *err)
{
	struct visit *v;
	struct seal seal;
	bool ok;

	if (!field_visit_open(f, 1, &v, err))
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

	if (!field_visit_open(f, 1, &run.visit, err))
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
	field_add_progress(f, run.visit);
	visit_close(run.visit);
	if (!ok)
		*err = open;
	return ok;
}

/* --- the command -----------------------------------------------------------
 */

static const struct {
	const char *word;
	field_fn *fn;
} doings[] = {
    {"list", do_list},
    {"take", do_take},
    {"open", do_open},
    {"check", field_do_check},
    {"score", field_do_score},
    {"letter", field_do_score},
    {"seal", do_seal},
    {"attach", field_do_attach},
    {"preview", field_do_preview},
    {"move", field_do_move},
    {"retired", field_do_retired},
    {"resolve", do_resolve},
    {"export", field_do_export},
    {"salvage", field_do_salvage},
    {"passphrase", field_do_passphrase},
    {"clean", field_do_clean},
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
	bool ok = false;

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
		call_no_such_word(call, err);
	else if (vault_harden(&f.memory, err))
		ok = fn(&f, err);
	folder_close(f.folder);
	return ok;
}
