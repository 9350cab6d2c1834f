/*
 * The vault: the data key of a data folder and what is done with it.
 *
 * A random 256-bit data key encrypts everything; it never leaves memory that
 * is locked, guarded and wiped. On disk stand two wraps of it: by a passphrase
 * (argon2id, XChaCha20-Poly1305) and by the office's recovery key (a sealed
 * box, X25519). A new passphrase or a new office key wraps the data key anew;
 * no record is rewritten. The key file is kept twice, because one bad sector
 * in it would cost everything.
 *
 * All that can fail fails in vault_create() and vault_open(), before a form
 * opens: they draw the randomness of the session, and try the cipher. What
 * comes after, vault_encrypt(), cannot fail.
 *
 * One thread. Errors: ERR_WRONG_KEY, ERR_CORRUPT, ERR_NEWER, ERR_IO.
 */
#ifndef HEARTH_JOURNAL_VAULT_H
#define HEARTH_JOURNAL_VAULT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/buf.h"
#include "base/err.h"
#include "journal/io.h"

#define VAULT_FORMAT 1
#define VAULT_NONCE 24
#define VAULT_TAG 16
#define VAULT_PUBLIC 32 /* the office's public key, X25519 */
#define VAULT_SECRET 32
#define VAULT_ID 16

struct vault;

/* What a passphrase costs whoever tries many. 0: the usual (3 passes over
 * 256 MiB, about 0.7 s). */
struct vault_cost {
	uint64_t passes;
	size_t bytes;
};

struct vault_make {
	const char *passphrase; /* UTF-8, at least VAULT_PASSPHRASE_MIN bytes */
	const uint8_t *office;	/* VAULT_PUBLIC bytes; NULL: no recovery key */
	struct vault_cost cost;
};

#define VAULT_PASSPHRASE_MIN 8

/* Makes the keys in the folder, which must hold none, and opens them. */
bool vault_create(struct vault **out, const struct io *io, const char *folder,
    const struct vault_make *how, struct err *err);
/* Opens with the passphrase; a wrong one is ERR_WRONG_KEY. Changes nothing. */
bool vault_open(struct vault **out, const struct io *io, const char *folder,
    const char *passphrase, struct err *err);
/* Opens with the office's secret key (VAULT_SECRET bytes). */
bool vault_open_office(struct vault **out, const struct io *io,
    const char *folder, const uint8_t *secret, struct err *err);
/* Wipes the key. NULL is fine. */
void vault_close(struct vault *vault);

/* Whether the folder holds keys, and for which office key (all zero: none).
 * Needs no passphrase. */
bool vault_office(const struct io *io, const char *folder,
    uint8_t office[static VAULT_PUBLIC], struct err *err);

/* Wraps the same data key anew; both copies, one after the other, so that a
 * crash leaves the old or the new. A NULL passphrase or office key: as it was
 * (the passphrase only when it opened the vault; else ERR_USAGE). */
bool vault_rewrap(
    struct vault *vault, const struct vault_make *how, struct err *err);
/* Writes both copies of the key file as they were opened, when one of them was
 * damaged, missing or of another time. For who may write. */
bool vault_mend(struct vault *vault, struct err *err);

/* Writes both copies of the key file into another folder, too. ERR_USAGE when
 * other keys are there. */
bool vault_copy(struct vault *vault, const char *folder, struct err *err);
/* The copies in that folder are the vault's from now on. */
void vault_moved(struct vault *vault, const char *folder);

/* Whether the passphrase is right, for the idle lock; costs as an opening. */
bool vault_check(
    const struct vault *vault, const char *passphrase, struct err *err);

/* The folder's own random name, which binds its files to it. */
const uint8_t *vault_id(const struct vault *vault);

/* Encrypts n bytes with what stands beside them in clear (ad); appends nonce,
 * ciphertext and tag: n + VAULT_NONCE + VAULT_TAG bytes. The nonce is never
 * used twice: 16 random bytes of this opening and a counter. */
void vault_encrypt(struct vault *vault, struct buf *out, const void *p,
    size_t n, const void *ad, size_t ad_len);
/* The reverse: appends to out; false when one bit differs from what was
 * encrypted. */
bool vault_decrypt(const struct vault *vault, struct buf *out, const void *p,
    size_t n, const void *ad, size_t ad_len);

/* Keys for the office: made where the service stands, the public one goes
 * into packets. False: the library does not work, and there are none. */
bool vault_office_keys(
    uint8_t public[static VAULT_PUBLIC], uint8_t secret[static VAULT_SECRET]);

/* Overwrites what stood in a buffer, and frees it. */
void vault_wipe(struct buf *b);

/* What of a process's memory is locked, so that no swap is written from it. */
struct vault_memory {
	bool all;
	const char *heap_end; /* where the locked heap ends; NULL: none is */
};

/* For main(), before any key: no core dumps, no tracing, SIGXFSZ ignored (a
 * limit on file size must be an error, not a death), memory locked as far as
 * the limits allow: all of it, else the stack and a heap of the limit's size,
 * where what is decrypted stands. Keys are locked in any case. */
bool vault_harden(struct vault_memory *memory, struct err *err);
/* Whether everything that this process held until now was kept from swap. */
bool vault_kept(const struct vault_memory *memory);

/* The first disk that memory which is not locked may be written to, by the
 * kernel's table (/proc/swaps); false: there is none. Whether that disk is
 * encrypted the table does not say. */
bool vault_swaps(const char *table, char *device, size_t size);

#endif
