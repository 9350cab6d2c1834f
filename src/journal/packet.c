#include "journal/packet.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "journal/box.h"
#include "journal/folder_part.h"
#include "journal/frame.h"

/* A packet's id is the service's; its file's name is random-looking. */
char *
packet_path(const struct folder *folder, const char *packet)
{
	char name[JOURNAL_NAME];
	uint8_t hash[JOURNAL_HASH];

	frame_hash(hash, (const uint8_t *)packet, strlen(packet));
	journal_name(name, hash);
	return folder_file(folder, "packets", name, ".hp");
}

/* The file holds the service's key, then the packet as it came. */
static bool
packet_save(struct folder *folder, const struct bundle *bundle, const void *p,
    size_t n, const uint8_t *trusted, struct err *err)
{
	char *path = packet_path(folder, bundle->about.packet);
	struct buf file = {0};
	bool ok;

	buf_reserve(&file, BUNDLE_PUBLIC + n);
	buf_add(&file, trusted, BUNDLE_PUBLIC);
	buf_add(&file, p, n);
	ok = box_save(folder->io, folder->vault, BOX_PACKET, path, file.data,
	    file.len, err);
	vault_wipe(&file);
	free(path);
	return ok;
}

bool
packet_take(struct folder *folder, const void *p, size_t n,
    const uint8_t *trusted, const char *user, struct err *err)
{
	struct bundle bundle;

	if (folder_readonly(folder))
		return err_set(err, ERR_READ_ONLY,
		    _("the folder is held by %s"), folder->holder);
	return bundle_read(&bundle, p, n, trusted, err) &&
	       bundle_fits(&bundle, user,
		   folder->io->ops->wall_ms(folder->io->self), err) &&
	       packet_save(folder, &bundle, p, n, trusted, err);
}

static bool
packet_load(struct bundle *out, struct buf *hold, struct folder *folder,
    const char *path, struct err *err)
{
	if (!box_load(folder->io, folder->vault, BOX_PACKET, path, hold, err))
		return false;
	if (hold->len < BUNDLE_PUBLIC)
		return err_set(
		    err, ERR_CORRUPT, _("%s is damaged"), box_name(path));
	return bundle_read(out, hold->data + BUNDLE_PUBLIC,
	    hold->len - BUNDLE_PUBLIC, (const uint8_t *)hold->data, err);
}

bool
packet_open(struct bundle *out, struct buf *hold, struct folder *folder,
    const char *packet, struct err *err)
{
	char *path = packet_path(folder, packet);
	bool ok;

	errno = 0;
	ok = packet_load(out, hold, folder, path, err);
	if (!ok && err->code == ERR_IO && errno == ENOENT)
		err_set(
		    err, ERR_NO_ANSWER, _("the packet %s is not here"), packet);
	free(path);
	return ok;
}

struct listing {
	struct folder *folder;
	void (*each)(void *arg, const struct bundle_about *about);
	void *arg;
	size_t *bad;
};

static bool
packet_list_one(void *arg, const char *path, struct err *err)
{
	struct listing *l = arg;
	struct bundle bundle;
	struct buf hold = {0};

	(void)err;
	if (packet_load(&bundle, &hold, l->folder, path, &(struct err){0}))
		l->each(l->arg, &bundle.about);
	else
		(*l->bad)++;
	vault_wipe(&hold);
	return true;
}

bool
packet_list(struct folder *folder,
    void (*each)(void *arg, const struct bundle_about *about), void *arg,
    size_t *bad, struct err *err)
{
	struct listing listing = {folder, each, arg, bad};

	*bad = 0;
	return folder_walk(
	    folder, &folder_packets, packet_list_one, &listing, err);
}
