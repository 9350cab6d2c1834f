/* manifest.json: what an extract says of itself. */
#ifndef HEARTH_INGEST_MANIFEST_H
#define HEARTH_INGEST_MANIFEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/err.h"
#include "base/file.h"

#define MANIFEST_NAME "manifest.json"
#define MANIFEST_FORMAT "hearth-extract"
#define MANIFEST_VERSION 1
#define MANIFEST_LONGEST (1u << 20)

struct manifest_file {
	char *name;
	int64_t rows;		/* -1: not said */
	char sha256[FILE_HASH]; /* "": not said */
};

struct manifest {
	char *agency, *source; /* never NULL */
	int32_t through;
	bool full; /* kind "full", the default */
	bool invented;
	struct manifest_file *files;
	size_t n, cap;
};

/* Reads it from its text. On failure m holds nothing to free. */
bool manifest_parse(
    struct manifest *m, const char *text, size_t len, struct err *err);
/* The folder's; a folder without one is refused in words that help. */
bool manifest_read(struct manifest *m, const char *folder, struct err *err);
void manifest_free(struct manifest *m);
/* NULL when the file is not listed. */
const struct manifest_file *manifest_file(
    const struct manifest *m, const char *name);

#endif
