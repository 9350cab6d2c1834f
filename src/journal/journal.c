#include "journal/journal.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "journal/box.h"
#include "journal/bytes.h"
#include "journal/journal_part.h"

/* --- names and identities ------------------------------------------------ */

void
journal_name(char name[static JOURNAL_NAME], const uint8_t *id)
{
	sodium_bin2hex(name, JOURNAL_NAME, id, JOURNAL_ID);
}

bool
journal_name_parse(uint8_t *id, const char *name)
{
	size_t len;

	return strspn(name, "0123456789abcdef") >= JOURNAL_NAME - 1 &&
	       sodium_hex2bin(id, JOURNAL_ID, name, JOURNAL_NAME - 1, NULL,
		   &len, NULL) == 0 &&
	       len == JOURNAL_ID;
}

/* The texts of an identity, in their order in the line. */
#define TEXTS 4
static char *
identity_text(struct journal_identity *identity, int n)
{
	char *texts[TEXTS] = {identity->review, identity->packet,
	    identity->instrument, identity->user};

	return texts[n];
}

void
journal_identity_write(struct buf *out, const struct journal_identity *identity)
{
	struct journal_identity copy = *identity;

	for (int i = 0; i < TEXTS; i++) {
		const char *text = identity_text(&copy, i);

		buf_add(out, text, strnlen(text, 63));
		buf_char(out, '\0');
	}
}

bool
journal_identity_read(
    struct journal_identity *identity, const void *p, size_t n)
{
	const char *at = p, *end = at + n;

	for (int i = 0; i < TEXTS; i++) {
		const char *nul = memchr(at, '\0', (size_t)(end - at));

		if (nul == NULL || nul - at > 63)
			return false;
		memcpy(identity_text(identity, i), at, (size_t)(nul - at) + 1);
		at = nul + 1;
	}
	return at == end;
}

/* --- the note ------------------------------------------------------------ */

char *
journal_note_path(const char *path)
{
	size_t len = strlen(path);

	if (len > 3 && strcmp(path + len - 3, ".hj") == 0)
		len -= 3;
	return xasprintf("%.*s.note", (int)len, path);
}

bool
journal_note_save(struct journal *j, struct err *err)
{
	char *path = journal_note_path(j->path);
	struct buf text = {0};
	bool ok;

	bytes_add(&text, j->n_durable, 8);
	buf_add(&text,
	    j->n_durable > 0 ? j->lines[j->n_durable - 1].hash : j->start,
	    JOURNAL_HASH);
	journal_identity_write(&text, &j->identity);
	ok =
	    box_save(j->io, j->vault, BOX_NOTE, path, text.data, text.len, err);
	if (ok)
		j->noted = j->n_durable;
	buf_free(&text);
	free(path);
	return ok;
}

bool
journal_note_load(const struct io *io, const struct vault *vault,
    const char *path, struct journal_note *note)
{
	char *file = journal_note_path(path);
	struct buf text = {0};
	struct err err;
	bool ok = box_load(io, vault, BOX_NOTE, file, &text, &err) &&
		  text.len >= 8 + JOURNAL_HASH;

	*note = (struct journal_note){0};
	if (ok) {
		note->lines = bytes_get((uint8_t *)text.data, 8);
		memcpy(note->head, text.data + 8, JOURNAL_HASH);
		ok = journal_identity_read(&note->identity,
		    text.data + 8 + JOURNAL_HASH, text.len - 8 - JOURNAL_HASH);
	}
	buf_free(&text);
	free(file);
	return ok;
}

/* --- what is read -------------------------------------------------------- */

static void
journal_count(struct journal *j, const struct journal_line *line)
{
	switch (line->kind) {
	case JOURNAL_EVENT:
		j->unsealed++;
		j->found.events++;
		j->found.last_ms = line->wall_ms;
		break;
	case JOURNAL_MOVED:
		j->unsealed++;
		break;
	case JOURNAL_SEALED:
		j->unsealed = 0;
		break;
	case JOURNAL_FOLLOWED:
		/* chain.h: whether anything of ours is not in theirs. */
		if (line->len > 4 + 64 && line->payload[4 + 64] == '=')
			j->unsealed = 0;
		break;
	default:
		break;
	}
}

void
journal_keep(struct journal *j, const struct journal_line *line)
{
	struct journal_kept *kept;
	uint8_t *payload = xmalloc(line->len + 1);

	grow(&j->lines, &j->cap, j->n + 1, sizeof *j->lines);
	kept = &j->lines[j->n++];
	kept->line = *line;
	if (line->len > 0)
		memcpy(payload, line->payload, line->len);
	payload[line->len] = '\0';
	kept->line.payload = payload;
	memcpy(kept->hash, line->hash, JOURNAL_HASH);
	memcpy(kept->prev, line->prev, JOURNAL_HASH);
	journal_count(j, line);
	if (line->kind == JOURNAL_IDENTITY || line->kind == JOURNAL_MOVED)
		journal_identity_read(&j->identity, line->payload, line->len);
}

static void
journal_read_line(void *arg, const struct journal_line *line, bool alone)
{
	struct journal *j = arg;

	if (alone)
		return;
	journal_keep(j, line);
	j->newer = j->newer || line->kind >= JOURNAL_KINDS;
	if (line->kind == JOURNAL_DRAFT)
		journal_drafted_line(j, line);
}

/* Compares with the note: lines that once stood at the end and do not now. */
static void
journal_compare_note(struct journal *j, const struct journal_note *note)
{
	j->noted = note->lines;
	if (j->found.good == 0) {
		struct journal_identity identity = note->identity;

		memcpy(identity.record, j->identity.record, JOURNAL_ID);
		j->identity = identity;
	}
	if (note->lines > j->n)
		j->found.cut = note->lines - j->n;
	else if (note->lines == 0 || memcmp(j->lines[note->lines - 1].hash,
					 note->head, JOURNAL_HASH) == 0)
		return;
	if (j->found.state == JOURNAL_DAMAGED)
		return;
	j->found.state = JOURNAL_DAMAGED;
	j->found.damaged_line = j->n < note->lines ? j->n + 1 : note->lines;
}

/* The header must be the one that this name and this folder ask for. */
static bool
journal_header(struct journal *j, struct frame_scan *scan, struct err *err)
{
	uint8_t want[FRAME_FILE];
	const uint8_t *p = scan->p;
	bool whole =
	    scan->n >= FRAME_FILE && memcmp(p, "HEARTHJL", 8) == 0 &&
	    bytes_get(p + FRAME_FILE - 8, 8) == frame_check(p, FRAME_FILE - 8);

	frame_file(want, j->identity.record, vault_id(j->vault));
	frame_hash(scan->start, want, sizeof want);
	memcpy(j->start, scan->start, JOURNAL_HASH);
	if (whole && bytes_get(p + 8, 4) > JOURNAL_FORMAT)
		return err_set(err, ERR_NEWER,
		    _("%s was made by a newer program"), box_name(j->path));
	if (whole && memcmp(p + 32, want + 32, VAULT_ID) != 0)
		return err_set(err, ERR_WRONG_KEY,
		    _("%s belongs to another folder"), box_name(j->path));
	scan->header_bad =
	    scan->n < FRAME_FILE || memcmp(p, want, sizeof want) != 0;
	return true;
}

static bool
journal_read(
    struct journal *j, const struct journal_note *note, struct err *err)
{
	struct frame_scan scan = {
	    .p = (uint8_t *)j->raw.data,
	    .n = j->raw.len,
	    .vault = j->vault,
	    .record = j->identity.record,
	    .fn = journal_read_line,
	    .arg = j,
	};
	struct journal_found found;

	if (!journal_header(j, &scan, err))
		return false;
	frame_scan(&scan, &found);
	if (j->newer)
		return err_set(err, ERR_NEWER,
		    _("%s was made by a newer program"), box_name(j->path));
	found.events = j->found.events;
	found.last_ms = j->found.last_ms;
	j->found = found;
	j->n_durable = j->n;
	j->durable = scan.end;
	if (note != NULL)
		journal_compare_note(j, note);
	j->found.unsealed = j->unsealed;
	return true;
}

static struct journal *
journal_new(struct vault *vault, const struct io *io, const char *path)
{
	struct journal *j = xcalloc(1, sizeof *j);

	j->io = io;
	j->vault = vault;
	j->path = xstrdup(path);
	j->fd = -1;
	return j;
}

bool
journal_open(struct journal **out, struct vault *vault, const struct io *io,
    const char *path, bool readonly, struct err *err)
{
	struct journal *j = journal_new(vault, io, path);
	/* The note before the lines: a program that only looks must not take
	 * what another one adds in between for lines that are gone. */
	struct journal_note note;
	bool noted = journal_note_load(io, vault, path, &note), ok;
	struct err trouble;

	j->readonly = readonly;
	ok = journal_name_parse(j->identity.record, box_name(path)) ||
	     err_set(err, ERR_FORMAT, _("%s is no journal"), box_name(path));
	ok = ok && io_load(io, &j->raw, path, JOURNAL_MAX, err) &&
	     journal_read(j, noted ? &note : NULL, err);
	if (!ok) {
		journal_free(j);
		return false;
	}
	if (j->found.state == JOURNAL_DAMAGED)
		j->readonly = true;
	else
		j->raw.len = j->durable; /* a torn end goes */
	j->health = j->readonly ? JOURNAL_READONLY : JOURNAL_WELL;
	if (!j->readonly &&
	    (j->found.state == JOURNAL_TORN || j->noted != j->n))
		journal_secure(j, &trouble);
	*out = j;
	return true;
}

bool
journal_create(struct journal **out, struct vault *vault, const struct io *io,
    const char *folder, const struct journal_identity *identity,
    struct err *err)
{
	char name[JOURNAL_NAME], *path;
	uint8_t header[FRAME_FILE];
	struct buf text = {0};
	struct journal *j;
	bool ok;

	journal_name(name, identity->record);
	path = xasprintf("%s/%s.hj", folder, name);
	j = journal_new(vault, io, path);
	j->identity = *identity;
	frame_file(header, identity->record, vault_id(vault));
	frame_hash(j->start, header, sizeof header);
	buf_add(&j->raw, header, sizeof header);
	journal_identity_write(&text, identity);
	journal_add(j, JOURNAL_IDENTITY, text.data, text.len);
	ok = !io_exists(io, path) ||
	     err_set(err, ERR_USAGE, _("%s is there already"), name);
	ok = ok && io_replace(io, path, j->raw.data, j->raw.len, err);
	if (ok) {
		j->durable = j->raw.len;
		j->n_durable = j->n;
		j->fd = io->ops->open(io->self, path, IO_WRITE);
		ok = j->fd >= 0 || err_sys(err, ERR_IO, "%s", path);
		ok = ok && journal_note_save(j, err);
	}
	buf_free(&text);
	free(path);
	if (!ok)
		journal_free(j);
	else
		*out = j;
	return ok;
}

void
journal_free(struct journal *j)
{
	if (j == NULL)
		return;
	if (j->fd >= 0)
		j->io->ops->close(j->io->self, j->fd);
	for (size_t i = 0; i < j->n; i++) {
		struct journal_line *line = &j->lines[i].line;

		sodium_memzero((void *)line->payload, line->len);
		free((void *)line->payload);
	}
	if (j->draft.text != NULL)
		sodium_memzero(j->draft.text, j->draft.len);
	free(j->draft.text);
	free(j->draft.key);
	free(j->lines);
	free(j->session);
	free(j->reserve);
	free(j->path);
	buf_free(&j->raw);
	free(j);
}

void
journal_close(struct journal *j)
{
	struct err err;

	if (j == NULL)
		return;
	if (!j->readonly) {
		if (j->draft.dirty || journal_pending(j) > 0)
			journal_again(j, &err);
		if (j->noted != j->n_durable)
			journal_note_save(j, &err);
	}
	journal_free(j);
}

/* --- looking ------------------------------------------------------------- */

const struct journal_identity *
journal_identity(const struct journal *j)
{
	return &j->identity;
}

bool
journal_before(const struct journal *j, size_t n, struct journal_identity *out)
{
	size_t moves = 0;

	*out = j->identity;
	for (size_t i = 0; i < j->n; i++) {
		const struct journal_line *line = &j->lines[i].line;

		if (line->kind == JOURNAL_MOVED && moves++ == n)
			return true;
		if (line->kind == JOURNAL_IDENTITY ||
		    line->kind == JOURNAL_MOVED)
			journal_identity_read(out, line->payload, line->len);
	}
	return false;
}

const struct journal_found *
journal_found(const struct journal *j)
{
	return &j->found;
}

enum journal_health
journal_health(const struct journal *j)
{
	return j->health;
}

const struct err *
journal_trouble(const struct journal *j)
{
	return j->trouble.code != ERR_NONE ? &j->trouble : NULL;
}

const char *
journal_path(const struct journal *j)
{
	return j->path;
}

uint64_t
journal_lines(const struct journal *j)
{
	return j->n;
}

void
journal_line(const struct journal *j, uint64_t n, struct journal_line *line)
{
	*line = j->lines[n].line;
	line->hash = j->lines[n].hash;
	line->prev = j->lines[n].prev;
}

bool
journal_replay(
    const struct journal *j, journal_line_fn *fn, void *arg, struct err *err)
{
	struct journal_line line;

	for (uint64_t i = 0; i < j->n; i++) {
		journal_line(j, i, &line);
		if (!fn(arg, &line, err))
			return false;
	}
	return true;
}

const uint8_t *
journal_head(const struct journal *j)
{
	return j->n > 0 ? j->lines[j->n - 1].hash : j->start;
}

uint64_t
journal_unsealed(const struct journal *j)
{
	return j->unsealed;
}

size_t
journal_pending(const struct journal *j)
{
	return j->n - j->n_durable;
}
