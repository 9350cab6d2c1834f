#include "journal/vault.h"

#include <errno.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "base/file.h"
#include "base/i18n.h"
#include "journal/bytes.h"

/*
 * The key file: magic, format (u32), 0 (u32), id, passes (u64), bytes (u64),
 * salt, the office's public key, the sealed box for it, then nonce, data key
 * and tag under the passphrase's key with all before it as its ad, then a
 * BLAKE2b of all before it, which tells damage from a wrong passphrase.
 */
#define MAGIC "HEARTHKY"
#define KEY crypto_aead_xchacha20poly1305_ietf_KEYBYTES
#define SALT crypto_pwhash_SALTBYTES
#define BOX (KEY + crypto_box_SEALBYTES)
#define WRAP (VAULT_NONCE + KEY + VAULT_TAG)
#define SUM 32

enum {
	AT_FORMAT = 8,
	AT_ID = 16,
	AT_PASSES = AT_ID + VAULT_ID,
	AT_BYTES = AT_PASSES + 8,
	AT_SALT = AT_BYTES + 8,
	AT_OFFICE = AT_SALT + SALT,
	AT_BOX = AT_OFFICE + VAULT_PUBLIC,
	AT_WRAP = AT_BOX + BOX,
	AT_SUM = AT_WRAP + WRAP,
	SIZE = AT_SUM + SUM,
};

#define USUAL_PASSES 3
#define USUAL_BYTES (256u << 20)
/* A file that asks for more than this is not one of ours. */
#define MOST_PASSES 64
#define MOST_BYTES (UINT64_C(4) << 30)

#define COPIES 2
static const char *const copies[COPIES] = {"keys", "keys.2"};

/* What must never reach a disk: locked, guarded, wiped. */
struct vault_keys {
	uint8_t data[KEY];
	uint8_t pass[KEY]; /* the passphrase's, when it opened the vault */
};

struct vault {
	const struct io *io;
	char *folder;
	struct vault_keys *keys;
	bool has_pass;
	bool mend; /* the copies differ */
	uint8_t file[SIZE];
	uint8_t nonce[VAULT_NONCE - 8];
	uint64_t count;
};

static bool
vault_begin(struct err *err)
{
	return sodium_init() >= 0 ||
	       err_set(err, ERR_INTERNAL, _("encryption cannot be started"));
}

static bool
vault_new(struct vault **out, const struct io *io, const char *folder,
    struct err *err)
{
	struct vault *v;
	struct vault_keys *keys;

	if (!vault_begin(err))
		return false;
	keys = sodium_malloc(sizeof *keys);
	if (keys == NULL || mlock(keys, sizeof *keys) != 0) {
		sodium_free(keys);
		return err_sys(err, ERR_INTERNAL,
		    _("no memory for the key that stays out of swap"));
	}
	sodium_memzero(keys, sizeof *keys);
	v = xcalloc(1, sizeof *v);
	v->io = io;
	v->folder = xstrdup(folder);
	v->keys = keys;
	*out = v;
	return io_random(io, v->nonce, sizeof v->nonce, err);
}

void
vault_close(struct vault *vault)
{
	if (vault == NULL)
		return;
	sodium_free(vault->keys);
	free(vault->folder);
	free(vault);
}

const uint8_t *
vault_id(const struct vault *vault)
{
	return vault->file + AT_ID;
}

/* --- the cipher ---------------------------------------------------------- */

void
vault_encrypt(struct vault *vault, struct buf *out, const void *p, size_t n,
    const void *ad, size_t ad_len)
{
	uint8_t nonce[VAULT_NONCE];
	unsigned long long len;

	memcpy(nonce, vault->nonce, sizeof vault->nonce);
	bytes_put(nonce + sizeof vault->nonce, vault->count++, 8);
	buf_add(out, nonce, sizeof nonce);
	buf_reserve(out, n + VAULT_TAG);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
	    (uint8_t *)out->data + out->len, &len, p, n, ad, ad_len, NULL,
	    nonce, vault->keys->data);
	out->len += (size_t)len;
	out->data[out->len] = '\0';
}

bool
vault_decrypt(const struct vault *vault, struct buf *out, const void *p,
    size_t n, const void *ad, size_t ad_len)
{
	const uint8_t *from = p;
	unsigned long long len;

	if (n < VAULT_NONCE + VAULT_TAG)
		return false;
	buf_reserve(out, n - VAULT_NONCE);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(
		(uint8_t *)out->data + out->len, &len, NULL, from + VAULT_NONCE,
		n - VAULT_NONCE, ad, ad_len, from, vault->keys->data) != 0)
		return false;
	out->len += (size_t)len;
	out->data[out->len] = '\0';
	return true;
}

/* Tries the cipher once, so that what is broken is found before a form. */
static bool
vault_try(struct vault *v, struct err *err)
{
	static const char text[] = "an answer";
	struct buf closed = {0}, open = {0};
	bool ok;

	vault_encrypt(v, &closed, text, sizeof text, MAGIC, 8);
	ok = vault_decrypt(v, &open, closed.data, closed.len, MAGIC, 8) &&
	     open.len == sizeof text && memcmp(open.data, text, open.len) == 0;
	buf_free(&closed);
	buf_free(&open);
	return ok || err_set(err, ERR_INTERNAL,
			 _("encryption does not work on this machine"));
}

/* --- the wraps ----------------------------------------------------------- */

static bool
vault_derive(
    struct vault *v, uint8_t *key, const char *passphrase, struct err *err)
{
	uint64_t passes = bytes_get(v->file + AT_PASSES, 8);
	uint64_t bytes = bytes_get(v->file + AT_BYTES, 8);

	if (passes < crypto_pwhash_OPSLIMIT_MIN || passes > MOST_PASSES ||
	    bytes < crypto_pwhash_MEMLIMIT_MIN || bytes > MOST_BYTES)
		return err_set(err, ERR_CORRUPT, _("the key file is damaged"));
	errno = ENOMEM;
	return crypto_pwhash(key, KEY, passphrase, strlen(passphrase),
		   v->file + AT_SALT, passes, (size_t)bytes,
		   crypto_pwhash_ALG_ARGON2ID13) == 0 ||
	       err_sys(
		   err, ERR_INTERNAL, _("the passphrase cannot be worked on"));
}

/* Puts the data key under the passphrase's key, and the sum at the end. */
static bool
vault_wrap(struct vault *v, uint8_t *file, struct err *err)
{
	uint8_t *wrap = file + AT_WRAP;

	if (!io_random(v->io, wrap, VAULT_NONCE, err))
		return false;
	crypto_aead_xchacha20poly1305_ietf_encrypt(wrap + VAULT_NONCE, NULL,
	    v->keys->data, KEY, file, AT_WRAP, NULL, wrap, v->keys->pass);
	crypto_generichash(file + AT_SUM, SUM, file, AT_SUM, NULL, 0);
	return true;
}

static bool
vault_unwrap(struct vault *v)
{
	const uint8_t *wrap = v->file + AT_WRAP;

	return crypto_aead_xchacha20poly1305_ietf_decrypt(v->keys->data, NULL,
		   NULL, wrap + VAULT_NONCE, KEY + VAULT_TAG, v->file, AT_WRAP,
		   wrap, v->keys->pass) == 0;
}

static bool
vault_for_office(
    struct vault *v, uint8_t *file, const uint8_t *office, struct err *err)
{
	memcpy(file + AT_OFFICE, office, VAULT_PUBLIC);
	if (sodium_is_zero(office, VAULT_PUBLIC)) {
		memset(file + AT_BOX, 0, BOX);
		return true;
	}
	return crypto_box_seal(file + AT_BOX, v->keys->data, KEY, office) ==
		   0 ||
	       err_set(err, ERR_BAD_VALUE, _("the office's key is no key"));
}

/* --- the file ------------------------------------------------------------ */

static bool
vault_parse(uint8_t *file, const struct buf *from, struct err *err)
{
	uint8_t sum[SUM];
	const uint8_t *p = (const uint8_t *)from->data;

	if (from->len >= AT_ID && memcmp(p, MAGIC, 8) == 0 &&
	    bytes_get(p + AT_FORMAT, 4) > VAULT_FORMAT)
		return err_set(err, ERR_NEWER,
		    _("the key file was made by a newer program"));
	if (from->len != SIZE || memcmp(p, MAGIC, 8) != 0)
		return err_set(err, ERR_CORRUPT, _("the key file is damaged"));
	crypto_generichash(sum, SUM, p, AT_SUM, NULL, 0);
	if (sodium_memcmp(sum, p + AT_SUM, SUM) != 0)
		return err_set(err, ERR_CORRUPT, _("the key file is damaged"));
	memcpy(file, p, SIZE);
	return true;
}

static bool
vault_load(const struct io *io, const char *folder, int copy, uint8_t *file,
    struct err *err)
{
	char *path = file_join(folder, copies[copy], NULL);
	struct buf bytes = {0};
	bool ok = io_load(io, &bytes, path, SIZE * 2, err) &&
		  vault_parse(file, &bytes, err);

	buf_free(&bytes);
	free(path);
	return ok;
}

static bool
vault_save(struct vault *v, const uint8_t *file, struct err *err)
{
	bool ok = true;

	for (int i = 0; ok && i < COPIES; i++) {
		char *path = file_join(v->folder, copies[i], NULL);

		ok = io_replace(v->io, path, file, SIZE, err);
		free(path);
	}
	if (ok) {
		memcpy(v->file, file, SIZE);
		v->mend = false;
	}
	return ok;
}

static bool
vault_passphrase_fits(const char *passphrase, struct err *err)
{
	return strlen(passphrase) >= VAULT_PASSPHRASE_MIN ||
	       err_set(err, ERR_BAD_VALUE,
		   _("a passphrase has at least %d characters"),
		   VAULT_PASSPHRASE_MIN);
}

/* Draws a new salt and derives the passphrase's key from it. */
static bool
vault_new_pass(struct vault *v, const struct vault_make *how, struct err *err)
{
	uint64_t passes = how->cost.passes, bytes = how->cost.bytes;

	bytes_put(v->file + AT_PASSES, passes ? passes : USUAL_PASSES, 8);
	bytes_put(v->file + AT_BYTES, bytes ? bytes : USUAL_BYTES, 8);
	v->has_pass = true;
	return vault_passphrase_fits(how->passphrase, err) &&
	       io_random(v->io, v->file + AT_SALT, SALT, err) &&
	       vault_derive(v, v->keys->pass, how->passphrase, err);
}

bool
vault_create(struct vault **out, const struct io *io, const char *folder,
    const struct vault_make *how, struct err *err)
{
	static const uint8_t none[VAULT_PUBLIC];
	struct vault *v = NULL;
	uint8_t office[VAULT_PUBLIC];
	bool ok;

	if (vault_office(io, folder, office, err) || err->code != ERR_IO)
		return err_set(
		    err, ERR_USAGE, _("%s holds keys already"), folder);
	ok = vault_new(&v, io, folder, err);
	if (ok) {
		memcpy(v->file, MAGIC, 8);
		bytes_put(v->file + AT_FORMAT, VAULT_FORMAT, 4);
	}
	ok = ok && io_random(io, v->file + AT_ID, VAULT_ID, err) &&
	     io_random(io, v->keys->data, KEY, err) &&
	     vault_new_pass(v, how, err) &&
	     vault_for_office(
		 v, v->file, how->office ? how->office : none, err) &&
	     vault_wrap(v, v->file, err) && vault_try(v, err) &&
	     vault_save(v, v->file, err);
	if (!ok) {
		vault_close(v);
		return false;
	}
	*out = v;
	return true;
}

/* Opens one copy by some key; false leaves *err. */
typedef bool vault_opener(struct vault *v, const void *key, struct err *err);

static bool
vault_by_passphrase(struct vault *v, const void *key, struct err *err)
{
	if (!vault_derive(v, v->keys->pass, key, err))
		return false;
	v->has_pass = true;
	return vault_unwrap(v) ||
	       err_set(err, ERR_WRONG_KEY, "%s",
		   _("this is not the passphrase of this folder"));
}

static bool
vault_by_office(struct vault *v, const void *key, struct err *err)
{
	uint8_t public[VAULT_PUBLIC];

	if (crypto_scalarmult_base(public, key) != 0 ||
	    crypto_box_seal_open(
		v->keys->data, v->file + AT_BOX, BOX, public, key) != 0)
		return err_set(err, ERR_WRONG_KEY, "%s",
		    _("this is not the recovery key of this folder"));
	return true;
}

/* Tries the copies in turn. The error is of the first that was whole, because
 * "wrong passphrase" says more than "the other copy is damaged". */
static bool
vault_open_by(
    struct vault *v, vault_opener *open, const void *key, struct err *err)
{
	uint8_t files[COPIES][SIZE];
	struct err errs[COPIES];
	bool whole[COPIES], tried = false;

	for (int i = 0; i < COPIES; i++)
		whole[i] = vault_load(v->io, v->folder, i, files[i], &errs[i]);
	v->mend =
	    !whole[0] || !whole[1] || memcmp(files[0], files[1], SIZE) != 0;
	*err = errs[0].code == ERR_IO && !whole[1] ? errs[1] : errs[0];
	for (int i = 0; i < COPIES; i++) {
		struct err why;

		if (!whole[i] || (tried && !v->mend))
			continue;
		memcpy(v->file, files[i], SIZE);
		if (open(v, key, &why))
			return true;
		if (!tried)
			*err = why;
		tried = true;
	}
	return false;
}

static bool
vault_open_with(struct vault **out, struct vault *v, vault_opener *open,
    const void *key, struct err *err)
{
	if (vault_open_by(v, open, key, err) && vault_try(v, err)) {
		*out = v;
		return true;
	}
	vault_close(v);
	return false;
}

bool
vault_open(struct vault **out, const struct io *io, const char *folder,
    const char *passphrase, struct err *err)
{
	struct vault *v = NULL;

	if (!vault_new(&v, io, folder, err)) {
		vault_close(v);
		return false;
	}
	return vault_open_with(out, v, vault_by_passphrase, passphrase, err);
}

bool
vault_open_office(struct vault **out, const struct io *io, const char *folder,
    const uint8_t *secret, struct err *err)
{
	struct vault *v = NULL;

	if (!vault_new(&v, io, folder, err)) {
		vault_close(v);
		return false;
	}
	return vault_open_with(out, v, vault_by_office, secret, err);
}

bool
vault_office(const struct io *io, const char *folder,
    uint8_t office[static VAULT_PUBLIC], struct err *err)
{
	uint8_t file[SIZE];
	struct err second;

	if (!vault_begin(err))
		return false;
	if (!vault_load(io, folder, 0, file, err) &&
	    !vault_load(io, folder, 1, file, &second)) {
		if (err->code == ERR_IO)
			*err = second;
		return false;
	}
	memcpy(office, file + AT_OFFICE, VAULT_PUBLIC);
	return true;
}

bool
vault_rewrap(struct vault *vault, const struct vault_make *how, struct err *err)
{
	uint8_t before[SIZE], pass[KEY], file[SIZE];
	bool had = vault->has_pass, ok;

	if (how->passphrase == NULL && !vault->has_pass)
		return err_set(
		    err, ERR_USAGE, "%s", _("a new passphrase is needed"));
	memcpy(before, vault->file, SIZE);
	memcpy(pass, vault->keys->pass, KEY);
	ok = how->passphrase == NULL || vault_new_pass(vault, how, err);
	memcpy(file, vault->file, SIZE);
	ok = ok &&
	     (how->office == NULL ||
		 vault_for_office(vault, file, how->office, err)) &&
	     vault_wrap(vault, file, err) && vault_save(vault, file, err);
	if (!ok) {
		memcpy(vault->file, before, SIZE);
		memcpy(vault->keys->pass, pass, KEY);
		vault->has_pass = had;
		vault->mend = true; /* one copy may be new already */
	}
	sodium_memzero(pass, sizeof pass);
	return ok;
}

bool
vault_mend(struct vault *vault, struct err *err)
{
	return !vault->mend || vault_save(vault, vault->file, err);
}

static bool
vault_other_keys(const struct vault *v, const char *folder)
{
	uint8_t file[SIZE];
	struct err ignored;
	bool other = false;

	for (int i = 0; i < COPIES; i++)
		other =
		    other ||
		    (vault_load(v->io, folder, i, file, &ignored) &&
			memcmp(file + AT_ID, v->file + AT_ID, VAULT_ID) != 0);
	return other;
}

bool
vault_copy(struct vault *v, const char *folder, struct err *err)
{
	struct vault there = {.io = v->io};
	bool ok;

	if (vault_other_keys(v, folder))
		return err_set(err, ERR_USAGE,
		    _("%s holds other reviews; name another folder"), folder);
	there.folder = xstrdup(folder);
	ok = vault_save(&there, v->file, err);
	free(there.folder);
	return ok;
}

void
vault_moved(struct vault *v, const char *folder)
{
	free(v->folder);
	v->folder = xstrdup(folder);
	v->mend = false;
}

bool
vault_check(const struct vault *vault, const char *passphrase, struct err *err)
{
	struct vault_keys *tried = sodium_malloc(sizeof *tried);
	struct vault same = *vault;
	bool ok;

	if (tried == NULL)
		return err_set(err, ERR_INTERNAL, "sodium_malloc");
	ok = vault_derive(&same, tried->pass, passphrase, err);
	if (ok && (!vault->has_pass ||
		      sodium_memcmp(tried->pass, vault->keys->pass, KEY) != 0))
		ok = err_set(err, ERR_WRONG_KEY, "%s",
		    _("this is not the passphrase of this folder"));
	sodium_free(tried);
	return ok;
}

bool
vault_office_keys(
    uint8_t public[static VAULT_PUBLIC], uint8_t secret[static VAULT_SECRET])
{
	return sodium_init() >= 0 && crypto_box_keypair(public, secret) == 0;
}
