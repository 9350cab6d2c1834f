/* What became of a sealed revision, as a small file beside it. */
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "journal/box.h"
#include "journal/folder_part.h"

#define FORMAT 1

char *
state_name(const struct seal *seal)
{
	char name[JOURNAL_NAME];

	journal_name(name, seal->record);
	return xasprintf("%s-%u", name, seal->revision);
}

bool
state_seal(struct seal *out, const char *path)
{
	const char *name = box_name(path);
	char *end;
	unsigned long n;

	*out = (struct seal){0};
	if (!journal_name_parse(out->record, name) ||
	    name[JOURNAL_NAME - 1] != '-' || name[JOURNAL_NAME] < '1' ||
	    name[JOURNAL_NAME] > '9')
		return false;
	n = strtoul(name + JOURNAL_NAME, &end, 10);
	if (n > 1000000 || *end != '.')
		return false;
	out->revision = (uint32_t)n;
	return true;
}

static bool
has_receipt(enum outbox_state state)
{
	return state == OUTBOX_SENT || state == OUTBOX_ARRIVED ||
	       state == OUTBOX_HELD;
}

bool
state_save(struct folder *folder, const struct sync_item *item, struct err *err)
{
	char *name = state_name(&item->seal);
	char *path = folder_file(folder, "sealed", name, ".st");
	struct buf text = {0};
	struct json j;
	bool ok;

	json_begin(&j, &text);
	json_object(&j);
	json_kv_int(&j, "format", FORMAT);
	json_kv_string(&j, "hash", item->seal.hash);
	json_kv_string(&j, "state", outbox_name(item->state));
	json_kv_int(&j, "last", item->last);
	json_kv_int(&j, "tries", item->tries);
	json_kv_int(&j, "since_ms", item->since_ms);
	json_kv_string(&j, "words", item->words);
	if (has_receipt(item->state)) {
		json_key(&j, "stored");
		receipt_write(&text, &item->receipt);
		j.comma = true;
	}
	json_object_end(&j);
	ok = box_save(folder->io, folder->vault, BOX_STATE, path, text.data,
	    text.len, err);
	vault_wipe(&text);
	free(path);
	free(name);
	return ok;
}

static bool
state_receipt(struct sync_item *out, const cJSON *body)
{
	const cJSON *stored = cJSON_GetObjectItemCaseSensitive(body, "stored");
	char *text;
	struct err err;
	bool ok;

	if (!has_receipt(out->state))
		return true;
	text = cJSON_PrintUnformatted(stored);
	ok = text != NULL &&
	     receipt_read(&out->receipt, text, strlen(text), &err) &&
	     strcmp(out->receipt.hash, out->seal.hash) == 0;
	cJSON_free(text);
	return ok;
}

static bool
state_parse(struct sync_item *out, const cJSON *body)
{
	const char *hash = json_get_string(body, "hash");
	const char *state = json_get_string(body, "state");
	const char *words = json_get_string(body, "words");
	int64_t last, tries;

	if (hash == NULL || strlen(hash) != REVISION_HASH - 1 ||
	    state == NULL || words == NULL ||
	    strlen(words) >= sizeof out->words ||
	    !json_get_int(body, "last", &last) || last < 0 ||
	    last > OUTBOX_ANSWERS || !json_get_int(body, "tries", &tries) ||
	    tries < 0 || !json_get_int(body, "since_ms", &out->since_ms))
		return false;
	strcpy(out->seal.hash, hash);
	strcpy(out->words, words);
	out->state = outbox_parse(state);
	out->last = (enum outbox_answer)last;
	out->tries = (unsigned)tries;
	return out->state != OUTBOX_STATES && state_receipt(out, body);
}

bool
state_load(struct folder *folder, const char *path, struct sync_item *out,
    struct err *err)
{
	struct buf text = {0};
	cJSON *body = NULL;
	int64_t format = 0;
	bool ok;

	*out = (struct sync_item){0};
	if (!state_seal(&out->seal, path))
		return err_set(
		    err, ERR_FORMAT, _("%s has an odd name"), box_name(path));
	if (!box_load(folder->io, folder->vault, BOX_STATE, path, &text, err)) {
		vault_wipe(&text);
		return false;
	}
	body = json_parse(text.data, text.len, text.len, err);
	if (body != NULL && json_get_int(body, "format", &format) &&
	    format > FORMAT)
		ok = err_set(err, ERR_NEWER,
		    _("%s was made by a newer program"), box_name(path));
	else
		ok = (body != NULL && format == FORMAT &&
			 state_parse(out, body)) ||
		     err_set(
			 err, ERR_CORRUPT, _("%s is damaged"), box_name(path));
	cJSON_Delete(body);
	vault_wipe(&text);
	return ok;
}
