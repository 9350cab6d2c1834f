#include "service/find.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
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

static char
find_lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

static bool
find_ascii(const char *s)
{
	while (*s != '\0' && (unsigned char)*s < 0x80)
		s++;
	return *s == '\0';
}

/* Nearly all text is ASCII, for which this is only a change of case. */
char *
find_fold(const char *s)
{
	size_t n = 0;
	uint8_t *folded;
	char *text;

	if (find_ascii(s)) {
		text = xstrdup(s);
		for (char *p = text; *p != '\0'; p++)
			*p = find_lower(*p);
		return text;
	}
	folded = u8_casefold(
	    (const uint8_t *)s, strlen(s), NULL, UNINORM_NFD, NULL, &n);
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

/* Whether a word may begin after this byte. */
static bool
find_between(char c)
{
	return c != '\0' && strchr(" ,;:.-/()'", c) != NULL;
}

/* Without copying: a search looks at every child's name. */
static bool
find_begins(const char *text, const char *word)
{
	size_t n = strlen(word);

	for (const char *at = text; *at != '\0'; at++)
		if (find_lower(*at) == word[0] &&
		    (at == text || find_between(at[-1])) &&
		    strncasecmp(at, word, n) == 0)
			return true;
	return false;
}

static bool
find_word(const char *text, const char *word)
{
	char *folded;
	bool found;

	if (find_ascii(text))
		return find_begins(text, word);
	folded = find_fold(text);
	found = find_begins(folded, word);
	free(folded);
	return found;
}

unsigned
find_mask(const struct find *w, const char *text)
{
	unsigned mask = 0;

	for (size_t i = 0; i < w->n; i++)
		if (find_word(text, w->at[i]))
			mask |= 1u << i;
	return mask;
}

bool
find_match(const struct find *w, const char *text)
{
	return find_mask(w, text) == find_all(w);
}
