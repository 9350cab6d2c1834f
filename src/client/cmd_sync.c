/* hearth sync: sends what was sealed, and says what became of it. */
#include "client/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/answer_table.h"
#include "client/field_folder.h"
#include "client/review_merge.h"
#include "client/send.h"

/* What went to the office since a moment, and what waits to go. */
struct tally {
	int64_t since_ms;
	unsigned sent, waiting;
};

static void
tally_revision(struct tally *t, const struct sync_item *item)
{
	switch (item->state) {
	case OUTBOX_SEALED:
	case OUTBOX_QUEUED:
	case OUTBOX_SENDING:
		t->waiting++;
		break;
	case OUTBOX_THEIRS:
		break;
	default:
		t->sent += item->since_ms >= t->since_ms;
	}
}

static void
tally_file(struct tally *t, const struct attached *one)
{
	t->waiting += one->state == ATTACH_WAITING;
	t->sent += one->state == ATTACH_SENT && one->since_ms >= t->since_ms;
}

static void
tell(const struct sync *sync, struct folder *folder, cJSON *list)
{
	for (size_t i = 0; i < sync_count(sync); i++) {
		const struct sync_item *item = sync_item(sync, i);
		cJSON *o = cJSON_CreateObject();
		char record[JOURNAL_NAME];
		struct buf clock = {0};

		journal_name(record, item->seal.record);
		cJSON_AddStringToObject(o, "record", record);
		cJSON_AddNumberToObject(o, "revision", item->seal.revision);
		cJSON_AddStringToObject(o, "state", outbox_name(item->state));
		cJSON_AddStringToObject(
		    o, "words", _(outbox_words(item->state)));
		if (item->last != OUTBOX_ANSWERS)
			cJSON_AddStringToObject(
			    o, "last", _(outbox_says(item->last)));
		cJSON_AddStringToObject(o, "service", item->words);
		cJSON_AddStringToObject(o, "serial", item->receipt.serial);
		field_clock_words(field_clock_ahead(folder, item), &clock);
		cJSON_AddStringToObject(o, "clock", buf_text(&clock));
		buf_free(&clock);
		cJSON_AddItemToArray(list, o);
	}
}

static void
tell_files(const struct ship *ship, cJSON *list)
{
	for (size_t i = 0; i < ship_count(ship); i++) {
		const struct attached *one = ship_item(ship, i);
		cJSON *o = cJSON_CreateObject();

		cJSON_AddStringToObject(o, "review", one->about.review);
		cJSON_AddStringToObject(o, "name", one->about.name);
		cJSON_AddNumberToObject(o, "bytes", (double)one->about.bytes);
		cJSON_AddStringToObject(o, "state", attach_word(one->state));
		cJSON_AddStringToObject(o, "words", _(attach_says(one->state)));
		cJSON_AddStringToObject(o, "service", one->words);
		cJSON_AddStringToObject(o, "serial", one->serial);
		cJSON_AddItemToArray(list, o);
	}
}

/* The states as they stand on the disk. */
static bool
tell_revisions(
    struct call *call, struct folder *folder, int64_t since_ms, struct err *err)
{
	struct tally t = {.since_ms = since_ms};
	struct send *send;

	if (!send_open(&send, call->net, folder, err))
		return false;
	for (size_t i = 0; i < sync_count(send_sync(send)); i++)
		tally_revision(&t, sync_item(send_sync(send), i));
	for (size_t i = 0; i < ship_count(send_ship(send)); i++)
		tally_file(&t, ship_item(send_ship(send), i));
	cJSON_AddNumberToObject(call->answer, "sent", t.sent);
	cJSON_AddNumberToObject(call->answer, "waiting", t.waiting);
	tell(send_sync(send), folder,
	    cJSON_AddArrayToObject(call->answer, "revisions"));
	tell_files(
	    send_ship(send), cJSON_AddArrayToObject(call->answer, "files"));
	send_close(send);
	return true;
}

/* Who else has taken the same review along, or a part of it. */
static void
tell_takers(const struct field_synced *synced, cJSON *list)
{
	for (size_t i = 0; i < synced->n; i++) {
		const struct field_synced_review *r = &synced->list[i];
		cJSON *o;

		if (*r->others == '\0')
			continue;
		o = cJSON_CreateObject();
		cJSON_AddStringToObject(o, "review", r->review);
		cJSON_AddStringToObject(o, "others", r->others);
		cJSON_AddItemToArray(list, o);
	}
}

bool
cmd_sync_ask(struct call *call, struct err *err)
{
	struct field_synced synced = {0};
	struct folder *folder = NULL;
	int64_t began = io_real.ops->wall_ms(NULL);
	struct vault_memory memory;
	bool ok;

	call->answer = cJSON_CreateObject();
	ok = vault_harden(&memory, err) &&
	     field_folder_open(call, &folder, err) &&
	     (call->given[OPTION_AGAIN] == NULL ||
		 field_sync_again(call->net, folder, err)) &&
	     field_sync(
		 call->net, folder, field_folder_user(call), &synced, err) &&
	     tell_revisions(call, folder, began, err);
	if (ok) {
		review_merge_answer(call->answer, &synced);
		tell_takers(
		    &synced, cJSON_AddArrayToObject(call->answer, "takers"));
	}
	field_synced_free(&synced);
	folder_close(folder);
	return ok;
}

static void
show_files(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column files[] = {
	    {"review", N_("Review"), DOC_WORDS, 0},
	    {"name", N_("File"), DOC_WORDS, 0},
	    {"bytes", N_("Bytes"), DOC_NUMBER, 0},
	    {"words", N_("State"), DOC_WORDS, 0},
	    {"service", N_("In its words"), DOC_WORDS, 0},
	    {"serial", N_("Receipt"), DOC_WORDS, 0},
	    {0},
	};

	answer_table(
	    doc, _("Attachments"), answer_item(answer, "files"), files);
}

/* The last line says plainly what went, and that nothing did when nobody was
 * there. */
static void
show_waiting(struct doc *doc, const cJSON *answer)
{
	int64_t sent = 0, waiting = 0;

	json_get_int(answer, "sent", &sent);
	json_get_int(answer, "waiting", &waiting);
	if (waiting == 0)
		return;
	if (sent == 0)
		doc_text(doc,
		    ngettext("Nothing was sent; %lld is waiting.",
			"Nothing was sent; %lld are waiting.",
			(unsigned long)waiting),
		    (long long)waiting);
	else
		doc_text(doc, _("Sent: %lld. Still waiting: %lld."),
		    (long long)sent, (long long)waiting);
}

void
cmd_sync_show(struct doc *doc, const cJSON *answer)
{
	static const struct answer_column revisions[] = {
	    {"record", N_("Review's record"), DOC_WORDS, 0},
	    {"revision", N_("Revision"), DOC_NUMBER, 0},
	    {"words", N_("State"), DOC_WORDS, 0},
	    {"last", N_("Last answer"), DOC_WORDS, 0},
	    {"service", N_("In its words"), DOC_WORDS, 0},
	    {"serial", N_("Receipt"), DOC_WORDS, 0},
	    {0},
	};
	const cJSON *r;

	doc_title(doc, "%s", _("Sealed reviews"));
	if (cJSON_GetArraySize(answer_item(answer, "revisions")) == 0)
		doc_text(doc, "%s", _("Nothing is sealed."));
	answer_table(doc, "", answer_item(answer, "revisions"), revisions);
	ANSWER_EACH(r, answer, "revisions")
	{
		if (*answer_text(doc, r, "clock") != '\0')
			doc_text(doc, "%s", answer_text(doc, r, "clock"));
	}
	ANSWER_EACH(r, answer, "takers")
	{
		doc_text(doc, _("%s: at work on it, too: %s"),
		    answer_text(doc, r, "review"),
		    answer_text(doc, r, "others"));
	}
	show_files(doc, answer);
	review_merge_show(doc, answer);
	show_waiting(doc, answer);
}
