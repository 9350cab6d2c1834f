/* Keys in files: one line of hex digits, mode 0600. */
#ifndef HEARTH_ADMIN_KEYFILE_H
#define HEARTH_ADMIN_KEYFILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"

/* Never over a file that is there. */
bool keyfile_write(const char *folder, const char *name, const uint8_t *key,
    size_t len, struct err *err);
bool keyfile_read(const char *path, uint8_t *key, size_t len, struct err *err);

#endif
