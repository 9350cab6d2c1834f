#include "journal/export.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "base/json.h"
#include "journal/attach.h"
#include "journal/box.h"
#include "journal/bytes.h"
#include "journal/folder_part.h"
#include "journal/frame.h"
#include "journal/journal_part.h"
#include "journal/packet.h"
#include "journal/seal.h"

/* The encrypted form: magic, format u32, then a sealed box of the text's
 * length (u64), the text and the lines. */
#define MAGIC "HEARTHEX"
#define FORMAT 1
#define HEAD 12

struct exporting {
	struct folder *folder;
	const struct export_how *how;
	struct buf text, lines;
	unsigned files;
	char record[JOURNAL_NAME];
};

static void
add_base64(struct json *j, const char *key, const void *p, size_t n)
{
	size_t size =
	    sodium_base64_encoded_len(n, sodium_base64_VARIANT_ORIGINAL);
	char *text = xmalloc(size);

	sodium_bin2base64(text, size, p, n, sodium_base64_VARIANT_ORIGINAL);
	json_kv_string(j, key, text);
	free(text);
}

static void
add_time(struct buf *out, int64_t ms)
{
	time_t seconds = (time_t)(ms / 1000);
	char text[32] = "";
	struct tm tm;

	if (gmtime_r(&seconds, &tm) != NULL)
		strftime(text, sizeof text, "%Y-%m-%d %H:%M:%SZ", &tm);
	buf_str(out, text);
}

/* --- a review ------------------------------------------------------------ */

static const char *const kinds[JOURNAL_KINDS] = {
    [JOURNAL_IDENTITY] = N_("review"),
    [JOURNAL_EVENT] = N_("answer"),
    [JOURNAL_DRAFT] = N_("draft"),
    [JOURNAL_OPENED] = N_("opened"),
    [JOURNAL_CLOCK] = N_("clock set"),
    [JOURNAL_SEALED] = N_("sealed"),
    [JOURNAL_SALVAGED] = N_("salvaged"),
    [JOURNAL_FOLLOWED] = N_("followed"),
    [JOURNAL_MOVED] = N_("moved to another form"),
};

/* Text between the NULs and control characters of a payload. */
static void
add_plain(struct buf *out, const struct journal_line *line)
{
	for (size_t i = 0; i < line->len; i++) {
		uint8_t c = line->payload[i];

		buf_char(out, c < ' ' || c == 0x7f ? ' ' : (char)c);
	}
}

/* What a line says, when that is known. */
static bool
line_words(
    struct exporting *x, struct buf *out, const struct journal_line *line)
{
	switch (line->kind) {
	case JOURNAL_IDENTITY:
	case JOURNAL_MOVED:
	case JOURNAL_DRAFT:
	case JOURNAL_OPENED:
		add_plain(out, line);
		return true;
	case JOURNAL_CLOCK:
		if (line->len == 8)
			buf_printf(out, "%+lld s",
			    (long long)bytes_get(line->payload, 8) / 1000);
		return line->len == 8;
	case JOURNAL_SEALED:
		if (line->len >= 4)
			buf_printf(out, _("revision %u"),
			    (unsigned)bytes_get(line->payload, 4));
		return line->len >= 4;
	default:
		return x->how->words != NULL &&
		       x->how->words(x->how->arg, out, line);
	}
}

static void
export_line(void *arg, const struct journal_line *line, bool alone)
{
	struct exporting *x = arg;
	const char *kind = line->kind < JOURNAL_KINDS ? kinds[line->kind] : "?";
	struct buf words = {0};
	bool known = line_words(x, &words, line);
	struct json j;

	buf_printf(&x->text, "%6llu  ", (unsigned long long)line->seq + 1);
	add_time(&x->text, line->wall_ms);
	buf_printf(&x->text, "  %s: %s%s\n", _(kind),
	    known ? buf_text(&words) : _("(see the file for machines)"),
	    alone ? _("  [stood behind damage]") : "");
	json_begin(&j, &x->lines);
	json_object(&j);
	json_kv_string(&j, "type", "line");
	json_kv_string(&j, "record", x->record);
	json_kv_int(&j, "line", (int64_t)line->seq + 1);
	json_kv_string(&j, "kind", kind);
	json_kv_int(&j, "wall_ms", line->wall_ms);
	json_kv_int(&j, "mono_ms", line->mono_ms);
	json_kv_string(&j, "words", known ? buf_text(&words) : NULL);
	add_base64(&j, "bytes", line->payload, line->len);
	json_kv_bool(&j, "behind_damage", alone);
	json_object_end(&j);
	buf_char(&x->lines, '\n');
	vault_wipe(&words);
}

static void
export_damage(struct exporting *x, const char *path, const struct buf *file,
    const struct journal_found *found)
{
	struct json j;

	if (found->state == JOURNAL_CLEAN)
		return;
	buf_printf(&x->text,
	    _("This file is not whole: %llu lines are good, %llu more stand "
	      "behind the damage, %llu bytes are unfinished.\n"),
	    (unsigned long long)found->good, (unsigned long long)found->after,
	    (unsigned long long)found->dropped_bytes);
	json_begin(&j, &x->lines);
	json_object(&j);
	json_kv_string(&j, "type", "damaged");
	json_kv_string(&j, "file", box_name(path));
	add_base64(&j, "bytes", file->data, file->len);
	json_object_end(&j);
	buf_char(&x->lines, '\n');
}

/* Reads the file itself, so that what stands behind damage comes too. */
static bool
export_journal(void *arg, const char *path, struct err *err)
{
	struct exporting *x = arg;
	uint8_t record[JOURNAL_ID], header[FRAME_FILE];
	struct journal_found found;
	struct buf file = {0};
	struct frame_scan scan = {.vault = x->folder->vault,
	    .record = record,
	    .fn = export_line,
	    .arg = x};
	struct err why;

	(void)err;
	if (!journal_name_parse(record, box_name(path)) ||
	    !io_load(x->folder->io, &file, path, JOURNAL_MAX, &why)) {
		buf_printf(&x->text, "\n%s: %s\n", box_name(path), why.text);
		buf_free(&file);
		return true;
	}
	x->files++;
	journal_name(x->record, record);
	buf_printf(&x->text, _("\nReview %s\n"), x->record);
	frame_file(header, record, vault_id(x->folder->vault));
	frame_hash(scan.start, header, sizeof header);
	scan.p = (uint8_t *)file.data;
	scan.n = file.len;
	scan.header_bad = file.len < FRAME_FILE ||
			  memcmp(file.data, header, sizeof header) != 0;
	frame_scan(&scan, &found);
	export_damage(x, path, &file, &found);
	buf_free(&file);
	return true;
}

/* --- revisions and packets ----------------------------------------------- */

static void
export_body(struct exporting *x, struct json *j, const struct seal *seal)
{
	struct buf body = {0};
	struct err err;

	if (seal_body(&body, x->folder, seal, &err)) {
		json_key(j, "body");
		buf_add(&x->lines, body.data, body.len);
		j->comma = true;
	} else {
		json_kv_string(j, "trouble", err.text);
		buf_printf(&x->text, "  %s\n", err.text);
	}
	vault_wipe(&body);
}

static bool
export_sealed(void *arg, const char *path, struct err *err)
{
	struct exporting *x = arg;
	char *state = xasprintf("%.*s.st", (int)strlen(path) - 3, path);
	struct sync_item item;
	struct json j;
	struct err why;
	char name[JOURNAL_NAME];
	bool known = state_load(x->folder, state, &item, &why);
	const char *words =
	    known ? outbox_words(item.state) : N_("not sent, as far as known");

	(void)err;
	if (!known && !state_seal(&item.seal, path))
		goto done;
	x->files++;
	journal_name(name, item.seal.record);
	buf_printf(&x->text, _("\nReview %s, revision %u: %s. %s\n"), name,
	    item.seal.revision, _(words), known ? item.words : "");
	json_begin(&j, &x->lines);
	json_object(&j);
	json_kv_string(&j, "type", "revision");
	json_kv_string(&j, "record", name);
	json_kv_int(&j, "revision", item.seal.revision);
	json_kv_string(
	    &j, "state", known ? outbox_name(item.state) : "unknown");
	json_kv_string(&j, "words", known ? item.words : "");
	export_body(x, &j, &item.seal);
	json_object_end(&j);
	buf_char(&x->lines, '\n');
done:
	free(state);
	return true;
}

static void
export_packet(void *arg, const struct bundle_about *about)
{
	struct exporting *x = arg;
	struct bundle bundle;
	struct buf hold = {0};
	struct json j;
	struct err err;

	if (!packet_open(&bundle, &hold, x->folder, about->packet, &err))
		return;
	x->files++;
	buf_printf(&x->text, _("\nPacket %s for review %s, instrument %s\n"),
	    about->packet, about->review, about->instrument);
	json_begin(&j, &x->lines);
	json_object(&j);
	json_kv_string(&j, "type", "packet");
	json_kv_string(&j, "packet", about->packet);
	json_kv_string(&j, "review", about->review);
	add_base64(&j, "bytes", hold.data, hold.len);
	json_object_end(&j);
	buf_char(&x->lines, '\n');
	vault_wipe(&hold);
}

/* --- writing ------------------------------------------------------------- */

static bool
export_write(struct exporting *x, const char *path, const char *suffix,
    const struct buf *what, struct err *err)
{
	char *name = xasprintf("%s%s", path, suffix);
	bool ok =
	    io_replace(x->folder->io, name, buf_text(what), what->len, err);

	free(name);
	return ok;
}

static bool
export_encrypted(struct exporting *x, const char *path, const uint8_t *office,
    struct err *err)
{
	struct buf inside = {0}, file = {0};
	bool ok;

	buf_reserve(&inside, 8 + x->text.len + x->lines.len);
	bytes_add(&inside, x->text.len, 8);
	buf_add(&inside, x->text.data, x->text.len);
	buf_add(&inside, x->lines.data, x->lines.len);
	buf_add(&file, MAGIC, 8);
	bytes_add(&file, FORMAT, 4);
	buf_reserve(&file, inside.len + crypto_box_SEALBYTES);
	ok = crypto_box_seal((uint8_t *)file.data + file.len,
		 (uint8_t *)inside.data, inside.len, office) == 0 ||
	     err_set(
		 err, ERR_INTERNAL, "%s", _("the export cannot be encrypted"));
	file.len += inside.len + crypto_box_SEALBYTES;
	ok = ok && export_write(x, path, ".hearth", &file, err);
	vault_wipe(&inside);
	buf_free(&file);
	return ok;
}

static bool
export_office(struct folder *folder, uint8_t *office, struct err *err)
{
	if (!vault_office(folder->io, folder->path, office, err))
		return false;
	return !sodium_is_zero(office, VAULT_PUBLIC) ||
	       err_set(err, ERR_USAGE, "%s",
		   _("this folder knows no office key to encrypt the export "
		     "to; ask for a clear one if that is meant"));
}

/* --- attachments --------------------------------------------------------- */

/* The file's bytes as far as they can be read, in base64, a part a line. */
static void
export_parts(struct exporting *x, const struct attached *one)
{
	for (uint32_t k = 0; k < one->about.n; k++) {
		struct buf bytes = {0};
		struct json j;
		struct err why;
		bool ok = attach_chunk(x->folder, one, k, &bytes, &why);

		json_begin(&j, &x->lines);
		json_object(&j);
		json_kv_string(&j, "part_of", one->id);
		json_kv_int(&j, "part", k + 1);
		if (ok)
			add_base64(&j, "data", bytes.data, bytes.len);
		else
			json_kv_string(&j, "damaged", why.text);
		json_object_end(&j);
		buf_char(&x->lines, '\n');
		if (!ok)
			buf_printf(&x->text, "    %s\n", why.text);
		vault_wipe(&bytes);
	}
}

static bool
export_attached(void *arg, const struct attached *one, struct err *err)
{
	struct exporting *x = arg;
	struct json j;

	(void)err;
	buf_printf(&x->text,
	    _("\nAttachment %s: %s, %lld bytes, of %s %s %s; %s\n"), one->id,
	    one->about.name, (long long)one->about.bytes, one->about.unit,
	    one->about.key, one->about.question, _(attach_says(one->state)));
	json_begin(&j, &x->lines);
	json_object(&j);
	json_kv_string(&j, "attachment", one->id);
	json_kv_string(&j, "state", attach_word(one->state));
	json_key(&j, "about");
	attachment_write(&x->lines, &one->about);
	json_object_end(&j);
	buf_char(&x->lines, '\n');
	export_parts(x, one);
	x->files++;
	return true;
}

bool
export_all(struct folder *folder, const char *path,
    const struct export_how *how, unsigned *files, struct err *err)
{
	struct exporting x = {.folder = folder, .how = how};
	uint8_t office[VAULT_PUBLIC];
	size_t bad = 0;
	unsigned unreadable = 0;
	bool ok;

	if (!how->clear && !export_office(folder, office, err))
		return false;
	buf_str(&x.text, _("Everything in a Hearth field folder, written "));
	add_time(&x.text, folder->io->ops->wall_ms(folder->io->self));
	buf_char(&x.text, '\n');
	ok = folder_walk(folder, &folder_journals, export_journal, &x, err) &&
	     folder_walk(folder, &folder_sealed, export_sealed, &x, err) &&
	     packet_list(folder, export_packet, &x, &bad, err) &&
	     attach_each(folder, export_attached, &x, &unreadable, err);
	if (unreadable > 0)
		buf_printf(&x.text,
		    ngettext("\n%u attachment cannot be read.\n",
			"\n%u attachments cannot be read.\n", unreadable),
		    unreadable);
	if (bad > 0)
		buf_printf(&x.text,
		    ngettext("\n%zu packet cannot be read.\n",
			"\n%zu packets cannot be read.\n", bad),
		    bad);
	if (ok && how->clear)
		ok = export_write(&x, path, ".txt", &x.text, err) &&
		     export_write(&x, path, ".jsonl", &x.lines, err);
	else if (ok)
		ok = export_encrypted(&x, path, office, err);
	*files = x.files;
	vault_wipe(&x.text);
	vault_wipe(&x.lines);
	return ok;
}

bool
export_read(struct buf *text, struct buf *lines, const void *p, size_t n,
    const uint8_t *public, const uint8_t *secret, struct err *err)
{
	const uint8_t *bytes = p;
	struct buf inside = {0};
	uint64_t len;
	bool ok;

	if (sodium_init() < 0 || n < HEAD + crypto_box_SEALBYTES + 8 ||
	    memcmp(bytes, MAGIC, 8) != 0)
		return err_set(
		    err, ERR_FORMAT, "%s", _("this is no export of Hearth"));
	if (bytes_get(bytes + 8, 4) > FORMAT)
		return err_set(err, ERR_NEWER, "%s",
		    _("the export was made by a newer program"));
	inside.len = n - HEAD - crypto_box_SEALBYTES;
	buf_reserve(&inside, 0);
	ok = crypto_box_seal_open((uint8_t *)inside.data, bytes + HEAD,
		 n - HEAD, public, secret) == 0;
	if (!ok)
		err_set(err, ERR_WRONG_KEY, "%s",
		    _("the export is damaged, or for another key"));
	len = ok ? bytes_get((uint8_t *)inside.data, 8) : 0;
	if (ok && len > inside.len - 8)
		ok =
		    err_set(err, ERR_CORRUPT, "%s", _("the export is damaged"));
	if (ok) {
		buf_add(text, inside.data + 8, (size_t)len);
		buf_add(
		    lines, inside.data + 8 + len, inside.len - 8 - (size_t)len);
	}
	vault_wipe(&inside);
	return ok;
}
