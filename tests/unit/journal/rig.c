#include "rig.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

const struct journal_identity rig_identity = {
    .record = {0x5a, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15},
    .review = "rv-2026-0117",
    .packet = "pk-2026-0117",
    .instrument = "gh-2026/3",
    .user = "monitor-4",
};

static void
open_vault(struct rig *rig)
{
	ck_assert_msg(
	    vault_open(&rig->vault, rig->io, "/f", RIG_PASSPHRASE, &rig->err),
	    "%s", rig->err.text);
}

void
rig_init(struct rig *rig, uint64_t seed)
{
	struct vault_make how = {.passphrase = RIG_PASSPHRASE,
	    .office = rig->office_public,
	    .cost = {1, 8192}};

	*rig = (struct rig){.disk = disk_new(seed)};
	how.office = rig->office_public;
	rig->io = disk_io(rig->disk);
	vault_office_keys(rig->office_public, rig->office_secret);
	ck_assert(io_mkdir(rig->io, "/f", &rig->err));
	ck_assert(io_mkdir(rig->io, "/f/trash", &rig->err));
	ck_assert_msg(vault_create(&rig->vault, rig->io, "/f", &how, &rig->err),
	    "%s", rig->err.text);
}

void
rig_fini(struct rig *rig)
{
	journal_close(rig->j);
	vault_close(rig->vault);
	disk_free(rig->disk);
}

void
rig_journal(struct rig *rig)
{
	ck_assert_msg(journal_create(&rig->j, rig->vault, rig->io, "/f",
			  &rig_identity, &rig->err),
	    "%s", rig->err.text);
	strcpy(rig->path, journal_path(rig->j));
}

bool
rig_reopen(struct rig *rig, bool readonly)
{
	journal_close(rig->j);
	rig->j = NULL;
	return journal_open(
	    &rig->j, rig->vault, rig->io, rig->path, readonly, &rig->err);
}

void
rig_after_cut(struct rig *rig, bool power)
{
	disk_cut_now(rig->disk); /* so that closing writes nothing */
	journal_close(rig->j);
	rig->j = NULL;
	vault_close(rig->vault);
	rig->vault = NULL;
	disk_restart(rig->disk, power);
	open_vault(rig);
}

bool
rig_event(struct rig *rig, const char *text)
{
	return journal_append(
	    rig->j, JOURNAL_EVENT, text, strlen(text), &rig->err);
}

static bool
add_event(void *arg, const struct journal_line *line, struct err *err)
{
	struct buf *out = arg;

	(void)err;
	if (line->kind == JOURNAL_EVENT) {
		buf_add(out, line->payload, line->len);
		buf_char(out, '\n');
	}
	return true;
}

char *
rig_events(const struct journal *j)
{
	struct buf out = {0};
	struct err err;

	buf_str(&out, "");
	journal_replay(j, add_event, &out, &err);
	return buf_take(&out);
}

unsigned
rig_seeds(unsigned usual)
{
	const char *text = getenv("HEARTH_SEEDS");

	return text != NULL ? (unsigned)strtoul(text, NULL, 10) : usual;
}
