#include "client/linetext.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unictype.h>
#include <uninorm.h>
#include <unistr.h>
#include <uniwidth.h>

#define REPLACEMENT "\xef\xbf\xbd"

/* The next character of s; its length in bytes, or 0 when invalid. */
static int
next(ucs4_t *c, const char *s, size_t left)
{
	int n = u8_mbtoucr(c, (const uint8_t *)s, left);

	return n > 0 ? n : 0;
}

static bool
hidden(ucs4_t c)
{
	return uc_is_general_category_withtable(
	    c, UC_CATEGORY_MASK_Cc | UC_CATEGORY_MASK_Cf | UC_CATEGORY_MASK_Zl |
		   UC_CATEGORY_MASK_Zp | UC_CATEGORY_MASK_Cs |
		   UC_CATEGORY_MASK_Co | UC_CATEGORY_MASK_Cn);
}

void
linetext_clean(struct buf *out, const char *s)
{
	size_t left = strlen(s);

	while (left > 0) {
		ucs4_t c;
		int n = next(&c, s, left);

		if (n > 0 && (c == '\t' || c == '\n' || c == '\r'))
			buf_char(out, ' ');
		else if (n == 0 || hidden(c))
			buf_str(out, REPLACEMENT);
		else
			buf_add(out, s, (size_t)n);
		n = n > 0 ? n : 1;
		s += n;
		left -= (size_t)n;
	}
}

static size_t
cells(ucs4_t c)
{
	int w = uc_width(c, "UTF-8");

	return w > 0 ? (size_t)w : 0;
}

size_t
linetext_width(const char *s)
{
	size_t left = strlen(s), width = 0;

	while (left > 0) {
		ucs4_t c;
		int n = next(&c, s, left);

		width += n > 0 ? cells(c) : 1;
		n = n > 0 ? n : 1;
		s += n;
		left -= (size_t)n;
	}
	return width;
}

/* The bytes of s that fit into width cells, and how many cells they take. */
static size_t
prefix(const char *s, size_t width, size_t *taken)
{
	size_t left = strlen(s), used = 0;

	*taken = 0;
	while (used < left) {
		ucs4_t c;
		int n = next(&c, s + used, left - used);
		size_t w = n > 0 ? cells(c) : 1;

		if (*taken + w > width)
			break;
		*taken += w;
		used += n > 0 ? (size_t)n : 1;
	}
	return used;
}

static void
spaces(struct buf *out, size_t n)
{
	while (n-- > 0)
		buf_char(out, ' ');
}

void
linetext_fit(
    struct buf *out, const char *s, size_t width, int right, const char *mark)
{
	size_t full = linetext_width(s), taken, n;

	if (full <= width) {
		spaces(out, right ? width - full : 0);
		buf_str(out, s);
		spaces(out, right ? 0 : width - full);
		return;
	}
	if (width <= linetext_width(mark))
		mark = "";
	n = prefix(s, width - linetext_width(mark), &taken);
	buf_add(out, s, n);
	buf_str(out, mark);
	spaces(out, width - taken - linetext_width(mark));
}

/* Up to the next break; a figure and its sign ("26.1 %") are one word. */
static size_t
word_length(const char *s)
{
	size_t n = strcspn(s, " \n");

	if (s[n] == ' ' && s[n + 1] == '%')
		n += 1 + strcspn(s + n + 1, " \n");
	return n;
}

void
linetext_wrap(struct buf *out, const char *s, size_t indent, size_t width)
{
	size_t at = indent;

	while (*s != '\0') {
		size_t n = word_length(s);
		char *word = xstrndup(s, n);
		size_t w = linetext_width(word);

		if (at > indent && at + 1 + w > width) {
			buf_char(out, '\n');
			spaces(out, indent);
			at = indent;
		}
		if (at > indent)
			buf_char(out, ' ');
		buf_str(out, word);
		at += w + (at > indent);
		free(word);
		s += n;
		if (*s == '\n') {
			buf_char(out, '\n');
			spaces(out, s[1] != '\0' ? indent : 0);
			at = indent;
			s++;
			/* What is set in stays set in: examples. */
			n = strspn(s, " ");
			buf_add(out, s, n);
			s += n;
		} else {
			s += strspn(s, " ");
		}
	}
	buf_char(out, '\n');
}

/* The punctuation that we ourselves print, in ASCII; the blocks of a trend
 * line are folded by their height. */
static const struct {
	ucs4_t c;
	const char *ascii;
} folded[] = {
    {0x00b7, "-"},
    {0x2013, "-"},
    {0x2014, "--"},
    {0x2018, "'"},
    {0x2019, "'"},
    {0x201c, "\""},
    {0x201d, "\""},
    {0x2026, "..."},
    {0x2192, "->"},
    {0x2265, ">="},
    {0x2264, "<="},
    {0x00d7, "x"},
};

static void
fold(struct buf *out, ucs4_t c)
{
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
	int n;

	if (c >= 0x2581 && c <= 0x2588) {
		buf_char(out, "_.-~=+*#"[c - 0x2581]);
		return;
	}
	for (size_t i = 0; i < sizeof folded / sizeof *folded; i++)
		if (folded[i].c == c) {
			buf_str(out, folded[i].ascii);
			return;
		}
	n = uc_canonical_decomposition(c, parts);
	buf_char(out, n > 0 && parts[0] < 0x80 ? (char)parts[0] : '?');
}

void
linetext_ascii(struct buf *out, const char *s)
{
	size_t left = strlen(s);

	while (left > 0) {
		ucs4_t c;
		int n = next(&c, s, left);

		if (n == 1)
			buf_char(out, *s);
		else if (n > 0 && cells(c) > 0)
			fold(out, c);
		else if (n == 0)
			buf_char(out, '?');
		n = n > 0 ? n : 1;
		s += n;
		left -= (size_t)n;
	}
}
