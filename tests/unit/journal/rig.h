/* What the room's tests share: a disk, keys that cost nothing, a journal. */
#ifndef HEARTH_TESTS_JOURNAL_RIG_H
#define HEARTH_TESTS_JOURNAL_RIG_H

#include "journal/journal.h"
#include "journal/vault.h"
#include "lib/disk.h"

#define RIG_PASSPHRASE "correct horse battery"

struct rig {
	struct disk *disk;
	const struct io *io;
	struct vault *vault;
	struct journal *j;
	char path[64];
	struct err err;
	uint8_t office_public[VAULT_PUBLIC], office_secret[VAULT_SECRET];
};

extern const struct journal_identity rig_identity;

/* A disk with a folder /f and keys in it. */
void rig_init(struct rig *rig, uint64_t seed);
void rig_fini(struct rig *rig);
/* Makes /f/ID.hj, opens it. */
void rig_journal(struct rig *rig);
/* Closes (unless the power went) and opens again what is on the disk. */
bool rig_reopen(struct rig *rig, bool readonly);
/* After a cut: drops what is in memory, restarts, opens keys again. */
void rig_after_cut(struct rig *rig, bool power);
/* Keeps an event of the text. */
bool rig_event(struct rig *rig, const char *text);
/* The texts of all events, each ended by a newline; the caller frees. */
char *rig_events(const struct journal *j);
unsigned rig_seeds(unsigned usual);

#endif
