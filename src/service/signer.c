#include "service/signer.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/i18n.h"

#define OFFICE 32

struct signer {
	uint8_t secret[BUNDLE_SECRET];
	char public[2 * BUNDLE_PUBLIC + 1];
	char office[2 * OFFICE + 1];
};

/* One line of hex digits, as hearthctl office keys writes it. */
static bool
read_key(const char *path, uint8_t *key, size_t len, struct err *err)
{
	struct buf text = {0};
	size_t n = 0;
	const char *end = NULL;
	bool ok = file_read(&text, path, 4096, err);

	if (!ok) {
		err->code = ERR_CONFIG;
		return false;
	}
	ok = sodium_hex2bin(
		 key, len, buf_text(&text), text.len, "\n ", &n, &end) == 0 &&
	     n == len && *end == '\0';
	if (text.data != NULL)
		sodium_memzero(text.data, text.len);
	buf_free(&text);
	return ok || err_set(err, ERR_CONFIG, _("%s holds no key"), path);
}

static bool
is_private(const char *path, struct err *err)
{
	struct stat st;

	if (stat(path, &st) == 0 && (st.st_mode & 077) != 0)
		return err_set(err, ERR_CONFIG,
		    _("others may read the signing key %s: chmod 600 it"),
		    path);
	return true;
}

static bool
read_office(struct signer *s, const char *path, struct err *err)
{
	uint8_t office[OFFICE];

	if (path == NULL)
		return true;
	if (!read_key(path, office, sizeof office, err))
		return false;
	sodium_bin2hex(s->office, sizeof s->office, office, sizeof office);
	return true;
}

bool
signer_open(struct signer **signer, const char *key, const char *office,
    struct err *err)
{
	uint8_t public[BUNDLE_PUBLIC];
	struct signer *s;

	*signer = NULL;
	if (key == NULL)
		return true;
	if (sodium_init() < 0)
		return err_set(err, ERR_INTERNAL, "libsodium does not start");
	s = xcalloc(1, sizeof *s);
	sodium_mlock(s, sizeof *s);
	if (!is_private(key, err) ||
	    !read_key(key, s->secret, sizeof s->secret, err) ||
	    !read_office(s, office, err)) {
		signer_close(s);
		return false;
	}
	crypto_sign_ed25519_sk_to_pk(public, s->secret);
	sodium_bin2hex(s->public, sizeof s->public, public, sizeof public);
	*signer = s;
	return true;
}

void
signer_close(struct signer *s)
{
	if (s == NULL)
		return;
	sodium_munlock(s, sizeof *s);
	free(s);
}

const uint8_t *
signer_secret(const struct signer *s)
{
	return s->secret;
}

const char *
signer_office(const struct signer *s)
{
	return s->office;
}

const char *
signer_public(const struct signer *s)
{
	return s->public;
}
