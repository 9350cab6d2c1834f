/* Making a whole journal of what still checks in a damaged one. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"
#include "journal/box.h"
#include "journal/bytes.h"
#include "journal/journal_part.h"

struct salvage {
	struct journal *to;
	const uint8_t *p; /* the old file */
	uint64_t next;	  /* the sequence expected next */
	uint64_t lost, from;
	bool marked; /* the line that tells of the gap stands */
	struct journal_note note;
};

/* The line that says where lines are missing: how many went before, how many
 * are known to be lost, and the head up to there. */
static void
salvage_mark(struct salvage *s)
{
	struct buf text = {0};

	if (s->marked)
		return;
	s->marked = true;
	bytes_add(&text, s->to->n, 8);
	bytes_add(&text, s->lost, 8);
	buf_add(&text, journal_head(s->to), JOURNAL_HASH);
	journal_add(s->to, JOURNAL_SALVAGED, text.data, text.len);
	buf_free(&text);
}

/* A line behind the damage: what it says stays, its clocks too; its place in
 * the chain is new. */
static void
salvage_line(void *arg, const struct journal_line *line, bool alone)
{
	struct salvage *s = arg;
	struct journal *j = s->to;
	struct journal_line again = *line;
	uint8_t hash[JOURNAL_HASH], prev[JOURNAL_HASH];
	size_t start;

	if (line->seq < s->next) /* a line that stands twice */
		return;
	s->lost += line->seq - s->next;
	s->next = line->seq + 1;
	if (alone)
		salvage_mark(s);
	start = j->raw.len;
	memcpy(prev, journal_head(j), JOURNAL_HASH);
	again.seq = j->n;
	again.prev = prev;
	again.hash = hash;
	frame_add(&j->raw, j->vault, j->identity.record, &again);
	frame_hash(hash, (uint8_t *)j->raw.data + start, j->raw.len - start);
	journal_keep(j, &again);
}

/* Good lines stay as they are, byte for byte, so that the seals that name
 * their hashes still hold. */
static void
salvage_good(void *arg, const struct journal_line *line, bool alone)
{
	struct salvage *s = arg;

	if (alone) {
		salvage_line(arg, line, alone);
		return;
	}
	s->next = line->seq + 1;
	journal_keep(s->to, line);
}

/* The good front part of the file, as bytes. */
static void
salvage_front(struct salvage *s, const struct frame_scan *scan)
{
	uint8_t header[FRAME_FILE];
	struct journal *j = s->to;

	frame_file(header, j->identity.record, vault_id(j->vault));
	frame_hash(j->start, header, sizeof header);
	buf_add(&j->raw, header, sizeof header);
	if (scan->end > FRAME_FILE)
		buf_add(&j->raw, scan->p + FRAME_FILE, scan->end - FRAME_FILE);
}

static void
salvage_identity(struct salvage *s)
{
	struct journal *j = s->to;
	struct buf text = {0};
	struct journal_identity id = s->note.identity;

	memcpy(id.record, j->identity.record, JOURNAL_ID);
	j->identity = id;
	journal_identity_write(&text, &id);
	journal_add(j, JOURNAL_IDENTITY, text.data, text.len);
	buf_free(&text);
}

/* The line that told of another form is among what was lost: the note beside
 * the file knows it, too. */
static void
salvage_moved(struct salvage *s)
{
	struct journal_identity to = s->note.identity;
	struct buf text = {0};

	if (*to.packet == '\0' ||
	    strcmp(to.packet, s->to->identity.packet) == 0)
		return;
	journal_identity_write(&text, &to);
	journal_add(s->to, JOURNAL_MOVED, text.data, text.len);
	buf_free(&text);
}

/* Two passes over the old file: the first finds where the good front ends, so
 * that its bytes can be taken over; the second reads the lines. */
static void
salvage_read(struct salvage *s, const struct buf *old)
{
	struct journal *j = s->to;
	struct journal_found found;
	uint8_t header[FRAME_FILE];
	struct frame_scan scan = {
	    .p = (uint8_t *)old->data,
	    .n = old->len,
	    .vault = j->vault,
	    .record = j->identity.record,
	    .arg = s,
	};

	frame_file(header, j->identity.record, vault_id(j->vault));
	frame_hash(scan.start, header, sizeof header);
	frame_scan(&scan, &found);
	salvage_front(s, &scan);
	if (found.good == 0)
		salvage_identity(s);
	s->next = found.good == 0 ? 1 : 0;
	scan.fn = salvage_good;
	frame_scan(&scan, &found);
	if (s->note.lines > s->next)
		s->lost += s->note.lines - s->next;
	salvage_mark(s);
	salvage_moved(s);
}

/* The old file is whole in the trash before anything stands in its place. */
static bool
salvage_write(struct salvage *s, const struct buf *old, const char *aside,
    struct err *err)
{
	struct journal *j = s->to;
	bool ok = io_replace(j->io, aside, old->data, old->len, err) &&
		  io_replace(j->io, j->path, j->raw.data, j->raw.len, err);

	if (ok) {
		j->n_durable = j->n;
		ok = journal_note_save(j, err);
	}
	return ok;
}

bool
journal_salvage(struct vault *vault, const struct io *io, const char *path,
    const char *trash, struct journal_salvaged *out, struct err *err)
{
	struct journal *j = xcalloc(1, sizeof *j);
	struct salvage s = {.to = j};
	struct buf old = {0};
	char *aside;
	bool ok;

	j->io = io;
	j->vault = vault;
	j->path = xstrdup(path);
	j->fd = -1;
	j->readonly = true;
	ok = journal_name_parse(j->identity.record, box_name(path)) ||
	     err_set(err, ERR_FORMAT, _("%s is no journal"), box_name(path));
	ok = ok && io_load(io, &old, path, JOURNAL_MAX, err);
	if (ok) {
		journal_note_load(io, vault, path, &s.note);
		salvage_read(&s, &old);
		out->lost = s.lost;
		snprintf(out->aside, sizeof out->aside, "%lld-%s",
		    (long long)io->ops->wall_ms(io->self), box_name(path));
		aside = file_join(trash, out->aside, NULL);
		ok = salvage_write(&s, &old, aside, err);
		free(aside);
	}
	buf_free(&old);
	journal_free(j);
	return ok;
}
