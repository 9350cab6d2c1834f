#include "service/find.h"

#include <stdlib.h>
#include <string.h>
#include <unicase.h>
#include <uninorm.h>
#include <unictype.h>
#include <unistr.h>

/* Drops combining marks in place; returns the new length. */
static size_t
find_strip(uint8_t *s, size_t n)
{
	size_t out = 0;
	ucs4_t c;

	for (size_t i = 0; i < n;) {
		int len = u8_mbtouc(&c, s + i, n - i);

		if (!uc_is_general_category(c, UC_CATEGORY_Mn)) {
			memmove(s + out, s + i, (size_t)len);
			out += (size_t)len;
		}
		i += (size_t)len;
	}
	return out;
}

static bool
find_ascii(const char *s)
{
	while (*s != '\0' && (unsigned char)*s < 0x80)
		s++;
	return *s == '\0';
}

/* Case folded and without accents; the caller frees. Nearly all text is
 * ASCII, for which this is only a change of case. */
static char *
find_fold(const char *s)
{
	size_t n = 0;
	uint8_t *folded;
	char *text;

	if (find_ascii(s)) {
		text = xstrdup(s);
		for (char *p = text; *p != '\0'; p++)
			if (*p >= 'A' && *p <= 'Z')
				*p = (char)(*p + ('a' - 'A'));
		return text;
	}
	folded = u8_casefold((const uint8_t *)s, strlen(s), NULL, UNINORM_NFD,
	    NULL, &n);
	if (folded == NULL)
		return xstrdup("");
	text = xstrndup((const char *)folded, find_strip(folded, n));
	free(folded);
	return text;
}

struct find
find_of(struct arena *arena, const char *question)
{
	struct find w = {0};
	char *folded = find_fold(question != NULL ? question : "");
	char *save, *word = strtok_r(folded, " ,;", &save);

	for (; word != NULL && w.n < FIND_MOST;
	    word = strtok_r(NULL, " ,;", &save))
		w.at[w.n++] = arena_strndup(arena, word, strlen(word));
	free(folded);
	return w;
}

static bool
find_begins(const char *text, const char *word)
{
	static const char between[] = " ,;:.-/()'";
	size_t n = strlen(word);

	for (const char *at = text; (at = strstr(at, word)) != NULL; at++)
		if (at == text || strchr(between, at[-1]) != NULL
		    || memcmp(text, word, n) == 0)
			return true;
	return false;
}

bool
find_match(const struct find *w, const char *text)
{
	char *folded;
	bool all = true;

	if (w->n == 0)
		return true;
	folded = find_fold(text);
	for (size_t i = 0; all && i < w->n; i++)
		all = find_begins(folded, w->at[i]);
	free(folded);
	return all;
}
