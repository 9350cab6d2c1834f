#include "client/field_folder.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/i18n.h"
#include "base/login.h"
#include "base/secret.h"
#include "proto/bundle.h"

static bool
hex(const char *text, uint8_t *out, size_t n)
{
	if (text == NULL || strlen(text) != n * 2)
		return false;
	for (size_t i = 0; i < n; i++) {
		unsigned byte;
		char two[3] = {text[i * 2], text[i * 2 + 1], '\0'};

		if (sscanf(two, "%2x", &byte) != 1)
			return false;
		out[i] = (uint8_t)byte;
	}
	return true;
}

/* --folder, or the setting, or the user's data folder; the caller frees. */
static char *
field_folder_path(const struct call *call)
{
	char *base, *path;

	if (call->given[OPTION_FOLDER] != NULL)
		return xstrdup(call->given[OPTION_FOLDER]);
	if (call->settings->field_folder != NULL)
		return xstrdup(call->settings->field_folder);
	base = file_xdg("DATA");
	path = file_join(base, "field", NULL);
	free(base);
	return path;
}

static void
tell_readonly(const struct call *call, const struct folder *folder)
{
	char why[320];

	folder_why_readonly(folder, why, sizeof why);
	call_say(call, "%s", why);
}

bool
field_folder_open(
    const struct call *call, struct folder **folder, struct err *err)
{
	char *path = field_folder_path(call), *secret = NULL;
	bool ok = folder_exists(&io_real, path);

	if (!ok)
		err_set(err, ERR_NO_DATA,
		    _("there are no reviews in %s; hearth review take FILE "
		      "brings the first"),
		    path);
	else
		secret = secret_ask(stdin, _("Passphrase: "));
	if (ok && secret == NULL)
		ok = err_set(
		    err, ERR_WRONG_KEY, "%s", _("no passphrase was given"));
	ok = ok && folder_open(folder, &io_real, path, secret, err);
	if (ok && folder_readonly(*folder))
		tell_readonly(call, *folder);
	secret_free(secret);
	free(path);
	return ok;
}

static bool
make_parent(const char *path, struct err *err)
{
	char *parent = xstrdup(path), *slash = strrchr(parent, '/');
	bool ok = true;

	if (slash != NULL && slash != parent) {
		*slash = '\0';
		ok = file_mkdirs(parent, err);
	}
	free(parent);
	return ok;
}

static bool
make_new(const char *path, const struct bundle *b, struct folder **folder,
    struct err *err)
{
	uint8_t office[VAULT_PUBLIC];
	char *secret = secret_new(stdin, err);
	struct vault_make how = {.passphrase = secret};
	bool ok;

	if (hex(b->about.office, office, sizeof office))
		how.office = office;
	ok = secret != NULL && make_parent(path, err) &&
	     folder_create(folder, &io_real, path, &how, err);
	secret_free(secret);
	return ok;
}

bool
field_folder_make(const struct call *call, const struct bundle *packet,
    struct folder **folder, struct err *err)
{
	char *path = field_folder_path(call);
	bool ok = folder_exists(&io_real, path)
		      ? field_folder_open(call, folder, err)
		      : make_new(path, packet, folder, err);

	free(path);
	return ok;
}

/* A store on this machine brings its own key: whoever can write there can
 * read everything anyway. */
static bool
local_key(const struct call *call, uint8_t *key, size_t n)
{
	const char *dir = call->settings->local;
	struct buf text = {0};
	struct err ignored;
	char *path;
	bool ok;

	if (dir == NULL || call->settings->field_service_key != NULL)
		return false;
	path = file_join(dir, "keys/signing.public", NULL);
	ok = file_read(&text, path, 4096, &ignored) && text.len >= n * 2;
	if (ok) {
		text.data[n * 2] = '\0';
		ok = hex(text.data, key, n);
	}
	buf_free(&text);
	free(path);
	return ok;
}

bool
field_folder_key(
    const struct call *call, uint8_t *key, size_t n, struct err *err)
{
	return hex(call->settings->field_service_key, key, n) ||
	       local_key(call, key, n) ||
	       err_set(err, ERR_CONFIG, "%s",
		   _("field.service_key must name the service's key (64 hex "
		     "digits), or nobody could tell whose packet this is"));
}

const char *
field_folder_user(const struct call *call)
{
	return call->settings->field_user != NULL ? call->settings->field_user
						  : login_name();
}
