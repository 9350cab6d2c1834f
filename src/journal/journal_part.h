/* What the journal's files share (private to this room). */
#ifndef HEARTH_JOURNAL_JOURNAL_PART_H
#define HEARTH_JOURNAL_JOURNAL_PART_H

#include "journal/frame.h"
#include "journal/journal.h"

#define JOURNAL_MAX (256u << 20) /* a file's bytes */
#define JOURNAL_NOTE_EVERY 64	 /* lines between notes of the reach */

struct journal_kept {
	struct journal_line line; /* payload, prev and hash owned here */
	uint8_t hash[JOURNAL_HASH], prev[JOURNAL_HASH];
	size_t end; /* in raw, of a line added in this session */
};

/* What the note beside the file says: how far the journal once reached. */
struct journal_note {
	uint64_t lines;
	uint8_t head[JOURNAL_HASH]; /* of the last of them */
	struct journal_identity identity;
};

struct journal_typed {
	char *key, *text;
	size_t len;
	bool dirty;   /* not on the disk as it is here */
	bool on_disk; /* the newest line of drafts holds text */
	int64_t written_ms;
};

struct journal {
	const struct io *io;
	struct vault *vault;
	char *path, *reserve, *session;
	int fd; /* -1: nothing was written yet, or it was lost */
	bool readonly;
	bool suspect; /* a sync failed: only a new file can be trusted */
	bool newer;   /* a line's kind is none that this program knows */
	struct journal_identity identity;
	struct journal_found found;
	enum journal_health health;
	struct err trouble;
	struct buf raw; /* the whole file as it must stand on the disk */
	size_t durable; /* bytes of it that do */
	struct journal_kept *lines;
	size_t n, cap, n_durable;
	uint8_t start[JOURNAL_HASH]; /* of the header */
	uint64_t unsealed, noted;
	int64_t wall_ms, mono_ms; /* of the last line of this session */
	bool in_session;
	struct journal_typed draft;
};

void journal_keep(struct journal *j, const struct journal_line *line);
/* Adds a line to what must stand on the disk. */
void journal_add(
    struct journal *j, enum journal_kind kind, const void *payload, size_t len);
/* Brings the disk up to it. */
bool journal_flush(struct journal *j, struct err *err);
/* Makes durable what a crash left; a failure is in health and trouble. */
bool journal_secure(struct journal *j, struct err *err);
void journal_identity_write(
    struct buf *out, const struct journal_identity *identity);
bool journal_identity_read(
    struct journal_identity *identity, const void *p, size_t n);
bool journal_note_save(struct journal *j, struct err *err);
bool journal_note_load(const struct io *io, const struct vault *vault,
    const char *path, struct journal_note *note);
char *journal_note_path(const char *path);
void journal_drafted_line(struct journal *j, const struct journal_line *line);
void journal_free(struct journal *j);

#endif
