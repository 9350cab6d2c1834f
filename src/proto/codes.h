/*
 * The closed vocabularies that files, service and client share, from
 * codes.def: enum constants (SEX_MALE ...), words and labels.
 *
 * A code is a number from 1; 0 means "not given". A list of codes is a bit
 * set: code c is bit c - 1.
 */
#ifndef HEARTH_PROTO_CODES_H
#define HEARTH_PROTO_CODES_H

#include <stddef.h>
#include <stdint.h>

/* clang-format off */
#define SET(id, name) enum { id##_NONE_GIVEN,
#define CODE(set, id, word, label) set##_##id,
#define END(id) id##_END };
#include "proto/codes.def"
#undef SET
#undef CODE
#undef END
/* clang-format on */

enum codeset_id {
#define SET(id, name) CODES_##id,
#define CODE(set, id, word, label)
#define END(id)
#include "proto/codes.def"
#undef SET
#undef CODE
#undef END
	CODES_COUNT
};

struct code {
	const char *word;  /* as it stands in files and JSON */
	const char *label; /* for people; translate with gettext */
};

struct codeset {
	const char *name;
	const struct code *codes; /* codes[0] is code 1 */
	int n;
};

extern const struct codeset codesets[CODES_COUNT];

/* The vocabulary of that name, or NULL. */
const struct codeset *codeset_named(const char *name);
/* 1..n, or 0 when the word is not of this vocabulary. Case matters. */
int code_find(const struct codeset *set, const char *word, size_t len);
/* "" for 0 and for numbers outside the vocabulary. */
const char *code_word(const struct codeset *set, int code);
const char *code_label(const struct codeset *set, int code);
/* What people read for a word of a vocabulary (CODES_ of it), in their
 * language; the word itself where it is none of its words. */
const char *code_label_of(int codes, const char *word);

#endif
