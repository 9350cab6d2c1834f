/*
 * What the service last said of a review besides its revisions: who took which
 * unit, what changed in the roster since the packet. Kept encrypted beside the
 * journals (news/RECORD.hn), never in them: it is nobody's answer.
 */
#ifndef HEARTH_JOURNAL_NEWS_H
#define HEARTH_JOURNAL_NEWS_H

#include "journal/folder.h"

/* text is JSON; replaces what was there. */
bool news_save(struct folder *folder, const uint8_t *record, const char *text,
    size_t len, struct err *err);
/* ERR_IO with errno ENOENT: nothing was ever said. */
bool news_load(struct folder *folder, const uint8_t *record, struct buf *out,
    struct err *err);

#endif
