#include "admin/keyfile.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/i18n.h"

bool
keyfile_write(const char *folder, const char *name, const uint8_t *key,
    size_t len, struct err *err)
{
	char *path = file_join(folder, name, NULL);
	char hex[256];
	bool ok = !file_exists(path) ||
		  err_set(err, ERR_USAGE, _("%s is there already"), path);

	sodium_bin2hex(hex, sizeof hex - 1, key, len);
	strcat(hex, "\n");
	ok = ok && file_replace(path, hex, strlen(hex), err);
	sodium_memzero(hex, sizeof hex);
	free(path);
	return ok;
}

bool
keyfile_read(const char *path, uint8_t *key, size_t len, struct err *err)
{
	struct buf text = {0};
	const char *end = NULL;
	size_t got = 0;
	bool ok = file_read(&text, path, 4096, err);

	if (ok && (sodium_hex2bin(
		       key, len, text.data, text.len, NULL, &got, &end) != 0 ||
		      got != len || strspn(end, " \r\n") != strlen(end)))
		ok = err_set(
		    err, ERR_FORMAT, _("%s holds no key of this kind"), path);
	if (text.data != NULL)
		sodium_memzero(text.data, text.cap);
	buf_free(&text);
	return ok;
}
