#include "journal/attach.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "journal/box.h"
#include "journal/folder_part.h"

#define ROOM "files"

static const struct {
	const char *word, *says;
} states[ATTACH_STATES] = {
    [ATTACH_WAITING] = {"waiting", N_("waiting to be sent")},
    [ATTACH_SENT] = {"sent", N_("sent, and the receipt is kept")},
    [ATTACH_REFUSED] = {"refused",
	N_("refused by the office; nothing is lost")},
    [ATTACH_LOST] = {"lost",
	N_("a part of it cannot be read here any more: add the file again")},
};

const char *
attach_word(enum attach_state state)
{
	return states[state].word;
}

const char *
attach_says(enum attach_state state)
{
	return states[state].says;
}

static const struct folder_kind manifests = {ROOM, ".ha"},
				chunks = {ROOM, ".hc"};

/* --- names -----------------------------------------------------------------
 */

static char *
chunk_path(const struct folder *folder, const char *bytes, uint32_t k)
{
	char *name = xasprintf("%s-%u", bytes, k + 1);
	char *path = folder_file(folder, ROOM, name, ".hc");

	free(name);
	return path;
}

static bool
new_name(
    const struct folder *folder, char name[static REVISION_ID], struct err *err)
{
	uint8_t bytes[(REVISION_ID - 1) / 2];

	if (!io_random(folder->io, bytes, sizeof bytes, err))
		return false;
	sodium_bin2hex(name, REVISION_ID, bytes, sizeof bytes);
	return true;
}

/* --- the manifest -----------------------------------------------------------
 */

/* {"bytes": NAME, "about": manifest} */
static bool
manifest_save(
    struct folder *folder, const struct attached *one, struct err *err)
{
	char *path = folder_file(folder, ROOM, one->id, ".ha");
	struct buf text = {0};
	struct json j;
	bool ok;

	json_begin(&j, &text);
	json_object(&j);
	json_kv_string(&j, "bytes", one->bytes);
	json_key(&j, "about");
	attachment_write(&text, &one->about);
	json_object_end(&j);
	ok = box_save(folder->io, folder->vault, BOX_ATTACHED, path, text.data,
	    text.len, err);
	vault_wipe(&text);
	free(path);
	return ok;
}

static bool
manifest_parse(struct attached *one, const struct buf *text, struct err *err)
{
	cJSON *body = json_parse(text->data, text->len, text->len, err);
	const char *bytes = json_get_string(body, "bytes");
	const cJSON *about = cJSON_GetObjectItemCaseSensitive(body, "about");
	char *inner = about != NULL ? cJSON_PrintUnformatted(about) : NULL;
	bool ok = bytes != NULL && strlen(bytes) == REVISION_ID - 1 &&
		  inner != NULL &&
		  attachment_read(&one->about, inner, strlen(inner), err);

	if (ok)
		strcpy(one->bytes, bytes);
	cJSON_free(inner);
	cJSON_Delete(body);
	return ok;
}

static bool
manifest_load(struct folder *folder, const char *path, struct attached *one,
    struct err *err)
{
	struct buf text = {0};
	bool ok;

	snprintf(
	    one->id, sizeof one->id, "%.*s", REVISION_ID - 1, box_name(path));
	ok = box_load(
		 folder->io, folder->vault, BOX_ATTACHED, path, &text, err) &&
	     manifest_parse(one, &text, err);
	vault_wipe(&text);
	return ok;
}

/* --- what became of it -------------------------------------------------------
 */

bool
attach_set(struct folder *folder, const struct attached *one, struct err *err)
{
	char *path;
	struct buf text = {0};
	struct json j;
	bool ok;

	if (folder_readonly(folder))
		return err_set(err, ERR_READ_ONLY,
		    _("the folder is held by %s"), folder_holder(folder));
	path = folder_file(folder, ROOM, one->id, ".hu");
	json_begin(&j, &text);
	json_object(&j);
	json_kv_string(&j, "state", states[one->state].word);
	json_kv_int(&j, "since_ms", one->since_ms);
	json_kv_string(&j, "words", one->words);
	json_kv_string(&j, "serial", one->serial);
	json_kv_int(&j, "taken_ms", one->taken_ms);
	json_object_end(&j);
	ok = box_save(folder->io, folder->vault, BOX_ATTACH_STATE, path,
	    text.data, text.len, err);
	vault_wipe(&text);
	free(path);
	return ok;
}

/* One that is not there or cannot be read is "waiting": sending again is
 * safe. */
static void
state_read(struct folder *folder, struct attached *one)
{
	char *path = folder_file(folder, ROOM, one->id, ".hu");
	struct buf text = {0};
	struct err err;
	cJSON *body = NULL;
	const char *word, *words, *serial;
	int k = 0;

	if (box_load(
		folder->io, folder->vault, BOX_ATTACH_STATE, path, &text, &err))
		body = json_parse(text.data, text.len, text.len, &err);
	word = json_get_string(body, "state");
	words = json_get_string(body, "words");
	serial = json_get_string(body, "serial");
	while (word != NULL && k < ATTACH_STATES &&
	       strcmp(states[k].word, word) != 0)
		k++;
	if (word != NULL && k < ATTACH_STATES && words != NULL &&
	    serial != NULL && json_get_int(body, "since_ms", &one->since_ms) &&
	    json_get_int(body, "taken_ms", &one->taken_ms)) {
		one->state = (enum attach_state)k;
		snprintf(one->words, sizeof one->words, "%s", words);
		snprintf(one->serial, sizeof one->serial, "%s", serial);
	}
	cJSON_Delete(body);
	vault_wipe(&text);
	free(path);
}

/* --- all of them
 * -------------------------------------------------------------- */

struct walking {
	struct folder *folder;
	attach_each_fn *each;
	void *arg;
	unsigned bad;
};

static bool
walk_one(void *arg, const char *path, struct err *err)
{
	struct walking *w = arg;
	struct attached *one = xcalloc(1, sizeof *one);
	struct err why;
	bool ok = true;

	if (manifest_load(w->folder, path, one, &why)) {
		state_read(w->folder, one);
		ok = w->each(w->arg, one, err);
	} else {
		w->bad++;
	}
	free(one);
	return ok;
}

bool
attach_each(struct folder *folder, attach_each_fn *each, void *arg,
    unsigned *bad, struct err *err)
{
	struct walking w = {folder, each, arg, 0};
	bool ok = !folder_room(folder, ROOM) ||
		  folder_walk(folder, &manifests, walk_one, &w, err);

	*bad = w.bad;
	return ok;
}

/* --- adding
 * --------------------------------------------------------------------- */

struct twin {
	const char *hash;
	char bytes[REVISION_ID];
};

static bool
find_twin(void *arg, const struct attached *one, struct err *err)
{
	struct twin *t = arg;

	(void)err;
	if (strcmp(one->about.hash, t->hash) == 0 && one->state != ATTACH_LOST)
		strcpy(t->bytes, one->bytes);
	return true;
}

/* As it was when its hashes were made. */
static bool
chunk_read(const struct attachment *a, uint32_t k,
    const struct attachment_source *from, struct buf *out, struct err *err)
{
	size_t n = attachment_chunk(a, k);
	char hash[REVISION_HASH];

	buf_reset(out);
	buf_reserve(out, n);
	if (!from->read(from->arg, (int64_t)k * ATTACHMENT_CHUNK, out->data, n,
		&out->len, err))
		return false;
	revision_hash(hash, out->data, out->len);
	return strcmp(hash, a->chunks[k]) == 0 ||
	       err_set(err, ERR_BAD_VALUE,
		   _("the file changed while it was copied"));
}

static bool
chunks_save(struct folder *folder, const struct attached *one,
    const struct attachment_source *from, struct err *err)
{
	struct buf bytes = {0};
	bool ok = true;

	for (uint32_t k = 0; ok && k < one->about.n; k++) {
		char *path = chunk_path(folder, one->bytes, k);

		ok = chunk_read(&one->about, k, from, &bytes, err) &&
		     box_save(folder->io, folder->vault, BOX_CHUNK, path,
			 bytes.data, bytes.len, err);
		free(path);
	}
	vault_wipe(&bytes);
	return ok;
}

bool
attach_add(struct folder *folder, struct attachment *about,
    const struct attachment_source *from, char id[static REVISION_ID],
    struct err *err)
{
	struct attached *one;
	struct twin twin = {0};
	unsigned bad;
	bool ok;

	if (folder_readonly(folder))
		return err_set(err, ERR_READ_ONLY,
		    _("the folder is held by %s"), folder_holder(folder));
	if (!attachment_split(about, from, err))
		return false;
	about->added_ms = folder->io->ops->wall_ms(folder->io->self);
	one = xcalloc(1, sizeof *one);
	one->about = *about;
	twin.hash = about->hash;
	ok = attach_each(folder, find_twin, &twin, &bad, err) &&
	     new_name(folder, one->id, err);
	strcpy(one->bytes, twin.bytes);
	if (ok && *one->bytes == '\0')
		ok = new_name(folder, one->bytes, err) &&
		     chunks_save(folder, one, from, err);
	ok = ok && manifest_save(folder, one, err);
	strcpy(id, one->id);
	free(one);
	return ok;
}

bool
attach_chunk(struct folder *folder, const struct attached *one, uint32_t k,
    struct buf *out, struct err *err)
{
	char *path = chunk_path(folder, one->bytes, k), hash[REVISION_HASH];
	bool ok =
	    box_load(folder->io, folder->vault, BOX_CHUNK, path, out, err);

	bool later = !ok && err->code == ERR_IO && io_exists(folder->io, path);

	if (ok) {
		revision_hash(hash, out->data, out->len);
		ok = strcmp(hash, one->about.chunks[k]) == 0;
	}
	free(path);
	if (later)
		return err_prefix(err,
		    _("part %u of an attachment cannot be read now"), k + 1);
	return ok || err_set(err, ERR_CORRUPT,
			 _("part %u of an attachment is damaged"), k + 1);
}

/* --- tidying and checking
 * -------------------------------------------------------- */

struct names {
	char (*list)[REVISION_ID];
	size_t n, cap;
};

static bool
collect(void *arg, const struct attached *one, struct err *err)
{
	struct names *names = arg;

	(void)err;
	grow(&names->list, &names->cap, names->n + 1, sizeof *names->list);
	strcpy(names->list[names->n++], one->bytes);
	return true;
}

struct sweeping {
	struct folder *folder;
	struct names used;
	bool remove;
	folder_tell_fn *tell;
	void *arg;
	unsigned faults;
};

static bool
sweep_chunk(void *arg, const char *path, struct err *err)
{
	struct sweeping *s = arg;
	const char *name = box_name(path);

	(void)err;
	for (size_t i = 0; i < s->used.n; i++)
		if (strncmp(s->used.list[i], name, REVISION_ID - 1) == 0)
			return true;
	if (s->remove) {
		s->folder->io->ops->unlink(s->folder->io->self, path);
	} else {
		s->faults++;
		s->tell(s->arg, name, _("a part that belongs to nothing"));
	}
	return true;
}

bool
attach_sweep(struct folder *folder, struct err *err)
{
	struct sweeping s = {.folder = folder, .remove = true};
	unsigned bad;
	bool ok = attach_each(folder, collect, &s.used, &bad, err);

	if (ok && bad == 0 && folder_room(folder, ROOM))
		ok = folder_walk(folder, &chunks, sweep_chunk, &s, err);
	free(s.used.list);
	return ok;
}

struct checking {
	struct folder *folder;
	folder_tell_fn *tell;
	void *arg;
	unsigned faults;
};

static bool
check_one(void *arg, const struct attached *one, struct err *err)
{
	struct checking *c = arg;

	(void)err;
	for (uint32_t k = 0; k < one->about.n; k++) {
		struct buf bytes = {0};
		struct err why;

		if (!attach_chunk(c->folder, one, k, &bytes, &why)) {
			c->faults++;
			c->tell(c->arg, one->id, why.text);
		}
		vault_wipe(&bytes);
	}
	return true;
}

bool
attach_check(struct folder *folder, folder_tell_fn *tell, void *arg,
    unsigned *faults, struct err *err)
{
	struct checking c = {folder, tell, arg, 0};
	struct sweeping s = {.folder = folder, .tell = tell, .arg = arg};
	unsigned bad;
	bool ok = attach_each(folder, check_one, &c, &bad, err) &&
		  attach_each(folder, collect, &s.used, &bad, err);

	if (ok && bad > 0) {
		char text[80];

		snprintf(text, sizeof text, _("%u cannot be read"), bad);
		c.faults++;
		tell(arg, ROOM, text);
	} else if (ok && folder_room(folder, ROOM)) {
		ok = folder_walk(folder, &chunks, sweep_chunk, &s, err);
	}
	free(s.used.list);
	*faults += c.faults + s.faults;
	return ok;
}
