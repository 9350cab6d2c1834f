/* hearth sync: sends what was sealed, and says what became of it. */
#include "client/call.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "client/answer.h"
#include "client/field_folder.h"
#include "client/send.h"

static bool
queue(struct sync *sync, struct err *err)
{
	for (size_t i = 0; i < sync_count(sync); i++)
		if (sync_item(sync, i)->state == OUTBOX_SEALED &&
		    !sync_queue(sync, &sync_item(sync, i)->seal, err))
			return false;
	/* Somebody is waiting: no pause of earlier tries holds it up. */
	return sync_wish(sync, NULL, OUTBOX_SEND, err);
}

static void
tell(const struct sync *sync, cJSON *list)
{
	for (size_t i = 0; i < sync_count(sync); i++) {
		const struct sync_item *item = sync_item(sync, i);
		cJSON *o = cJSON_CreateObject();
		char record[JOURNAL_NAME];

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
		cJSON_AddItemToArray(list, o);
	}
}

bool
cmd_sync_ask(struct call *call, struct err *err)
{
	struct folder *folder = NULL;
	struct send *send = NULL;
	bool locked, ok;

	ok = vault_harden(&locked, err) &&
	     field_folder_open(call, &folder, err) &&
	     send_open(&send, call->net, folder, err) &&
	     queue(send_sync(send), err) && send_run(send, err);
	if (ok) {
		call->answer = cJSON_CreateObject();
		tell(send_sync(send),
		    cJSON_AddArrayToObject(call->answer, "revisions"));
	}
	send_close(send);
	folder_close(folder);
	return ok;
}

void
cmd_sync_show(struct doc *doc, const cJSON *answer)
{
	static const char *const keys[] = {
	    "record", "revision", "words", "last", "service", "serial"};
	static const char *const titles[] = {N_("Review's record"),
	    N_("Revision"), N_("State"), N_("Last answer"), N_("In its words"),
	    N_("Receipt")};
	struct doc_table *t;
	const cJSON *r;

	doc_title(doc, "%s", _("Sealed reviews"));
	if (cJSON_GetArraySize(answer_item(answer, "revisions")) == 0) {
		doc_text(doc, "%s", _("Nothing is sealed."));
		return;
	}
	t = doc_table(doc, "");
	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		doc_column(t, keys[i], _(titles[i]),
		    i == 1 ? DOC_NUMBER : DOC_WORDS, DOC_BOTH);
	ANSWER_EACH(r, answer, "revisions")
	{
		for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
			doc_cell(t, answer_text(doc, r, keys[i]));
	}
}
