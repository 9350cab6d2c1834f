#include "proto/words.h"

#include <string.h>

#include "base/i18n.h"

enum { ONE, MANY };

static const struct {
	const char *word, *label;
	int codes, values;
} attributes[ATTRIBUTES] = {
#define ATTRIBUTE(id, word, label, codes, values) \
	[ATTRIBUTE_##id] = {word, label, codes, values},
#include "proto/words.def"
#undef ATTRIBUTE
};

const char *
attribute_word(enum attribute a)
{
	return attributes[a].word;
}

const char *
attribute_label(enum attribute a)
{
	return attributes[a].label;
}

enum attribute
attribute_find(const char *word, size_t len)
{
	int i = 0;

	while (
	    i < ATTRIBUTES && (strlen(attributes[i].word) != len ||
				  memcmp(attributes[i].word, word, len) != 0))
		i++;
	return (enum attribute)i;
}

bool
attribute_is_level(enum attribute a)
{
	return attributes[a].codes < 0;
}

bool
attribute_is_many(enum attribute a)
{
	return attributes[a].values == MANY;
}

const struct codeset *
attribute_codes(enum attribute a)
{
	return attribute_is_level(a) ? NULL : &codesets[attributes[a].codes];
}

const char *
attribute_value_word(enum attribute a, int code)
{
	const char *word = code_word(attribute_codes(a), code);

	return *word != '\0' ? word : "unknown";
}

const char *
attribute_value_label(enum attribute a, int code)
{
	const char *label = code_label(attribute_codes(a), code);

	return *label != '\0' ? label : N_("unknown");
}

int
attribute_value_find(enum attribute a, const char *word, size_t len)
{
	int code = code_find(attribute_codes(a), word, len);

	if (code > 0)
		return code;
	return len == 7 && memcmp(word, "unknown", 7) == 0 ? 0 : -1;
}

static const char *
code_word_label(int codes, const char *word)
{
	int code = code_find(&codesets[codes], word, strlen(word));

	return code != 0 ? code_label(&codesets[codes], code) : NULL;
}

/* Attributes, and behind them two sets of words that are none. */
enum { WORDS_BUCKET = ATTRIBUTES, WORDS_STATUS };

int
column_words(const char *column)
{
	enum attribute a;

	if (strcmp(column, "bucket") == 0)
		return WORDS_BUCKET;
	if (strcmp(column, "status") == 0)
		return WORDS_STATUS;
	a = attribute_find(column, strlen(column));
	return a == ATTRIBUTES || attribute_is_level(a) ? WORDS_NONE : (int)a;
}

const char *
words_label(int words, const char *word)
{
	int code;

	if (words == WORDS_NONE)
		return NULL;
	if (words == WORDS_BUCKET)
		return code_word_label(CODES_BUCKET, word);
	if (words == WORDS_STATUS)
		return code_word_label(CODES_VERDICT, word);
	code = attribute_value_find((enum attribute)words, word, strlen(word));
	return code < 0 ? NULL
			: attribute_value_label((enum attribute)words, code);
}

const char *
column_value_label(const char *column, const char *word)
{
	return words_label(column_words(column), word);
}

const char *
why_heading(const char *over)
{
	static const struct {
		const char *over, *heading;
	} headings[] = {
	    {"report", N_("Report of %s: %s")},
	    {"victim", N_("Report of %s: %s")},
	    {"service", N_("Case opened on %s: %s")},
	    {"service_child", N_("Case opened on %s: %s")},
	};

	for (size_t i = 0; i < sizeof headings / sizeof *headings; i++)
		if (strcmp(headings[i].over, over) == 0)
			return headings[i].heading;
	return N_("Removal of %s: %s");
}

const char *
counts_label(const char *counts, bool listed)
{
	static const struct {
		const char *counts, *label;
		bool listed;
	} labels[] = {
	    {"reports", N_("Reports"), true},
	    {"cases", N_("Cases"), true},
	    {"episodes", N_("Episodes"), true},
	    {"youths", N_("Youths"), true},
	    {"victims", N_("Victims"), true},
	    {"days", N_("Days"), false},
	    {"months", N_("Months"), false},
	};

	for (size_t i = 0; i < sizeof labels / sizeof *labels; i++)
		if (strcmp(labels[i].counts, counts) == 0 &&
		    (labels[i].listed || !listed))
			return labels[i].label;
	return N_("Children");
}
