/*
 * hearthctl office keys, open, rescue, passphrase: the office's side of work in
 * the field. The recovery key opens what a monitor's passphrase closed; the
 * signing key says whose packets these are.
 */
#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "admin/admin.h"
#include "admin/keyfile.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/secret.h"
#include "journal/export.h"
#include "proto/bundle.h"

#define EXPORT_MAX (512u << 20)

int
cmd_office_keys(struct admin *a, int argc, char **argv)
{
	uint8_t recovery[VAULT_PUBLIC], recovery_secret[VAULT_SECRET];
	uint8_t signing[BUNDLE_PUBLIC], signing_secret[BUNDLE_SECRET];
	struct err err = {0};
	bool ok;

	if (argc != 2)
		return admin_usage(a, _("office keys needs a folder"));
	ok = (vault_office_keys(recovery, recovery_secret) &&
		 bundle_keys(signing, signing_secret)) ||
	     err_set(&err, ERR_INTERNAL, "%s", _("no keys can be made here"));
	ok = ok && file_mkdirs(argv[1], &err) &&
	     keyfile_write(argv[1], "recovery.secret", recovery_secret,
		 sizeof recovery_secret, &err) &&
	     keyfile_write(
		 argv[1], "recovery.public", recovery, sizeof recovery, &err) &&
	     keyfile_write(argv[1], "signing.secret", signing_secret,
		 sizeof signing_secret, &err) &&
	     keyfile_write(
		 argv[1], "signing.public", signing, sizeof signing, &err);
	sodium_memzero(recovery_secret, sizeof recovery_secret);
	sodium_memzero(signing_secret, sizeof signing_secret);
	if (!ok)
		return admin_fail(a, &err);
	admin_say(a,
	    _("%s holds the office's keys. Keep recovery.secret off every "
	      "machine that is on the network: it opens all field folders."),
	    argv[1]);
	return 0;
}

static bool
write_both(const char *out, const struct buf *text, const struct buf *lines,
    struct err *err)
{
	char *txt = xasprintf("%s.txt", out);
	char *jsonl = xasprintf("%s.jsonl", out);
	bool ok = file_replace(txt, buf_text(text), text->len, err) &&
		  file_replace(jsonl, buf_text(lines), lines->len, err);

	free(txt);
	free(jsonl);
	return ok;
}

int
cmd_office_open(struct admin *a, int argc, char **argv)
{
	uint8_t secret[VAULT_SECRET], public[VAULT_PUBLIC];
	struct buf file = {0}, text = {0}, lines = {0};
	struct err err = {0};
	bool ok;

	if (argc != 4)
		return admin_usage(
		    a, _("office open needs an export, the recovery key's "
			 "file and where to write"));
	ok = keyfile_read(argv[2], secret, sizeof secret, &err) &&
	     file_read(&file, argv[1], EXPORT_MAX, &err);
	if (ok) {
		crypto_scalarmult_base(public, secret);
		ok = export_read(&text, &lines, file.data, file.len, public,
			 secret, &err) &&
		     write_both(argv[3], &text, &lines, &err);
	}
	sodium_memzero(secret, sizeof secret);
	buf_free(&file);
	vault_wipe(&text);
	vault_wipe(&lines);
	if (!ok)
		return admin_fail(a, &err);
	admin_say(a, _("%s.txt is to be read, %s.jsonl is for machines."),
	    argv[3], argv[3]);
	return 0;
}

int
cmd_office_rescue(struct admin *a, int argc, char **argv)
{
	const struct export_how how = {
	    .clear = true, .words = export_event_words};
	uint8_t secret[VAULT_SECRET];
	struct folder *folder = NULL;
	struct err err = {0};
	unsigned files = 0;
	bool ok;

	if (argc != 4)
		return admin_usage(
		    a, _("office rescue needs a field folder, the recovery "
			 "key's file and where to write"));
	ok = keyfile_read(argv[2], secret, sizeof secret, &err) &&
	     folder_open_office(&folder, &io_real, argv[1], secret, &err);
	sodium_memzero(secret, sizeof secret);
	ok = ok && export_all(folder, argv[3], &how, &files, &err);
	folder_close(folder);
	if (!ok)
		return admin_fail(a, &err);
	admin_say(a,
	    ngettext("%s.txt and %s.jsonl hold %u review, revision or packet.",
		"%s.txt and %s.jsonl hold %u reviews, revisions and packets.",
		files),
	    argv[3], argv[3], files);
	return 0;
}

int
cmd_office_passphrase(struct admin *a, int argc, char **argv)
{
	uint8_t secret[VAULT_SECRET];
	struct folder *folder = NULL;
	struct vault_make how = {0};
	struct err err = {0};
	char *passphrase = NULL, why[320];
	bool ok;

	if (argc != 3)
		return admin_usage(a,
		    _("office passphrase needs a field folder and the recovery "
		      "key's file"));
	ok = keyfile_read(argv[2], secret, sizeof secret, &err) &&
	     folder_open_office(&folder, &io_real, argv[1], secret, &err);
	sodium_memzero(secret, sizeof secret);
	if (ok && folder_readonly(folder)) {
		folder_why_readonly(folder, why, sizeof why);
		ok = err_set(&err, ERR_READ_ONLY, "%s", why);
	}
	if (ok) {
		passphrase = secret_new(stdin, &err);
		how.passphrase = passphrase;
		ok = passphrase != NULL &&
		     vault_rewrap(folder_vault(folder), &how, &err);
	}
	secret_free(passphrase);
	folder_close(folder);
	if (!ok)
		return admin_fail(a, &err);
	admin_say(a,
	    _("%s opens with the new passphrase; no answer was changed."),
	    argv[1]);
	return 0;
}
