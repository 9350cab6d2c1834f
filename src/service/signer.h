/*
 * The keys with which this service issues packets: its signing key, which no
 * one else may read, and the office's public recovery key that packets bring.
 */
#ifndef HEARTH_SERVICE_SIGNER_H
#define HEARTH_SERVICE_SIGNER_H

#include <stdbool.h>

#include "base/err.h"
#include "proto/bundle.h"

struct signer;

/* key NULL: *signer is NULL, nothing is issued. ERR_CONFIG when a file cannot
 * be read, holds no key, or the signing key's may be read by others. */
bool signer_open(struct signer **signer, const char *key, const char *office,
    struct err *err);
/* Wipes the keys; NULL is fine. */
void signer_close(struct signer *signer);

const uint8_t *signer_secret(const struct signer *signer);
/* In hex; "" when there is none. */
const char *signer_office(const struct signer *signer);
/* The public key of the signatures, in hex: what laptops are given. */
const char *signer_public(const struct signer *signer);

#endif
