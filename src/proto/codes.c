#include "proto/codes.h"

#include <string.h>

#include "base/i18n.h"

/* clang-format off */
#define SET(id, name) static const struct code codes_##id[] = {
#define CODE(set, id, word, label) {word, label},
#define END(id) };
#include "proto/codes.def"
#undef SET
#undef CODE
#undef END
/* clang-format on */

const struct codeset codesets[CODES_COUNT] = {
#define SET(id, name) [CODES_##id] = {name, codes_##id, id##_END - 1},
#define CODE(set, id, word, label)
#define END(id)
#include "proto/codes.def"
#undef SET
#undef CODE
#undef END
};

const struct codeset *
codeset_named(const char *name)
{
	for (int i = 0; i < CODES_COUNT; i++)
		if (strcmp(codesets[i].name, name) == 0)
			return &codesets[i];
	return NULL;
}

int
code_find(const struct codeset *set, const char *word, size_t len)
{
	for (int i = 0; i < set->n; i++)
		if (strlen(set->codes[i].word) == len &&
		    memcmp(set->codes[i].word, word, len) == 0)
			return i + 1;
	return 0;
}

const char *
code_word(const struct codeset *set, int code)
{
	return code >= 1 && code <= set->n ? set->codes[code - 1].word : "";
}

const char *
code_label(const struct codeset *set, int code)
{
	return code >= 1 && code <= set->n ? set->codes[code - 1].label : "";
}

const char *
code_label_of(int codes, const char *word)
{
	const struct codeset *set = &codesets[codes];
	int code = code_find(set, word, strlen(word));

	return code > 0 ? _(code_label(set, code)) : word;
}
