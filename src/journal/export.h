/*
 * The way out: everything in the folder, as text to read and as JSON lines for
 * machines, without a network and without an account, whatever is damaged or
 * set aside. Encrypted to the office's recovery key unless told otherwise.
 */
#ifndef HEARTH_JOURNAL_EXPORT_H
#define HEARTH_JOURNAL_EXPORT_H

#include "journal/folder.h"
#include "journal/journal.h"

/* Writes an event's payload as words, one line without its end; false: it does
 * not know, and the bytes are written in base64. */
typedef bool export_words_fn(
    void *arg, struct buf *out, const struct journal_line *line);

/* One that knows the events of poms. */
bool export_event_words(
    void *arg, struct buf *out, const struct journal_line *line);

struct export_how {
	bool clear; /* not encrypted; the person was asked */
	export_words_fn *words;
	void *arg;
};

/* Writes path (clear: path.txt and path.jsonl; else path.hearth). ERR_USAGE
 * when it shall be encrypted and the folder knows no office key. *files says
 * how many reviews, packets and revisions are in it. */
bool export_all(struct folder *folder, const char *path,
    const struct export_how *how, unsigned *files, struct err *err);
/* The office's side: splits an encrypted export into text and JSON lines. */
bool export_read(struct buf *text, struct buf *lines, const void *p, size_t n,
    const uint8_t *public, const uint8_t *secret, struct err *err);

#endif
