#include "journal/box.h"

#include <string.h>

#include "base/i18n.h"
#include "journal/bytes.h"

#define MAGIC "HEARTHBX"

const char *
box_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* What stands beside the ciphertext: the head and the file's name. */
static void
box_ad(struct buf *ad, enum box_kind kind, const char *name)
{
	buf_add(ad, MAGIC, 8);
	bytes_add(ad, BOX_FORMAT, 4);
	bytes_add(ad, kind, 4);
	buf_str(ad, name);
}

bool
box_save(const struct io *io, struct vault *vault, enum box_kind kind,
    const char *path, const void *p, size_t n, struct err *err)
{
	struct buf ad = {0}, file = {0};
	bool ok;

	box_ad(&ad, kind, box_name(path));
	buf_add(&file, ad.data, BOX_HEAD);
	vault_encrypt(vault, &file, p, n, ad.data, ad.len);
	ok = io_replace(io, path, file.data, file.len, err);
	buf_free(&file);
	buf_free(&ad);
	return ok;
}

/* The same for bytes in memory, as they stand in a file of that name. */
static bool
box_open(const struct vault *vault, enum box_kind kind, const char *name,
    const void *p, size_t n, struct buf *out, struct err *err)
{
	const uint8_t *bytes = p;
	struct buf ad = {0};
	bool ok;

	buf_reset(out);
	if (n >= BOX_HEAD && memcmp(bytes, MAGIC, 8) == 0 &&
	    bytes_get(bytes + 8, 4) > BOX_FORMAT)
		return err_set(
		    err, ERR_NEWER, _("%s was made by a newer program"), name);
	box_ad(&ad, kind, name);
	ok = n >= BOX_HEAD && memcmp(bytes, ad.data, BOX_HEAD) == 0 &&
	     vault_decrypt(
		 vault, out, bytes + BOX_HEAD, n - BOX_HEAD, ad.data, ad.len);
	buf_free(&ad);
	return ok || err_set(err, ERR_CORRUPT, _("%s is damaged"), name);
}

bool
box_load(const struct io *io, const struct vault *vault, enum box_kind kind,
    const char *path, struct buf *out, struct err *err)
{
	struct buf file = {0};
	bool ok = io_load(io, &file, path, BOX_MAX, err) &&
		  box_open(vault, kind, box_name(path), file.data, file.len,
		      out, err);

	buf_free(&file);
	return ok;
}
