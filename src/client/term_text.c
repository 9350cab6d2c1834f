/* Characters and their cells; what must not reach a terminal is stopped. */
#include <stdlib.h>
#include <wchar.h>
#include <wctype.h>

#include <unicase.h>
#include <uninorm.h>
#include <unistr.h>

#include "base/buf.h"
#include "client/term.h"

#define TEXT_BAD 0xfffd

/* Zero-width and direction characters: a name could hide or turn a row. */
static bool
text_invisible(unsigned c)
{
	static const struct {
		unsigned from, to;
	} ranges[] = {{0xad, 0xad}, {0x61c, 0x61c}, {0x200b, 0x200f},
	    {0x2028, 0x202e}, {0x2060, 0x206f}, {0xfe00, 0xfe0f},
	    {0xfeff, 0xfeff}, {0xe0000, 0xe0fff}};

	for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
		if (c >= ranges[i].from && c <= ranges[i].to)
			return true;
	}
	return false;
}

unsigned
text_next(const char **s, int *cells)
{
	const uint8_t *p = (const uint8_t *)*s;
	ucs4_t c;
	int n;

	*cells = 1;
	do {
		if (*p >= 0x20 && *p < 0x7f) {
			*s = (const char *)p + 1;
			return *p;
		}
		if (!*p) {
			*s = (const char *)p;
			return 0;
		}
		n = u8_strmbtouc(&c, p);
		if (n < 0) {
			c = TEXT_BAD;
			n = 1;
		}
		p += n;
	} while (text_invisible(c));
	*s = (const char *)p;
	if (c < 0xa0)
		return TEXT_BAD;
	n = wcwidth((wchar_t)c);
	if (n >= 0)
		*cells = n;
	return c;
}

int
text_width(const char *s)
{
	int width = 0, cells;

	while (text_next(&s, &cells))
		width += cells;
	return width;
}

size_t
text_break(const char *s, int width)
{
	const char *p = s, *end = s, *cut = NULL;
	int x = 0, cells;

	while (text_next(&p, &cells)) {
		if (x + cells > width && end > s)
			return (size_t)((cut ? cut : end) - s);
		x += cells;
		end = p;
		if (*p == ' ')
			cut = p;
	}
	return (size_t)(end - s);
}

char
text_ascii(unsigned c)
{
	static const struct {
		unsigned c;
		char ascii;
	} signs[] = {{0xb7, '.'}, {0x2010, '-'}, {0x2011, '-'}, {0x2012, '-'},
	    {0x2013, '-'}, {0x2014, '-'}, {0x2018, '\''}, {0x2019, '\''},
	    {0x201c, '"'}, {0x201d, '"'}, {0x2026, '.'}, {0x2264, '<'},
	    {0x2265, '>'}, {0xd7, 'x'}, {0xa0, ' '}, {0x2190, '<'},
	    {0x2192, '>'}, {0x2500, '-'}, {0x2502, '|'}};
	ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];

	if (c < 0x80)
		return (char)c;
	for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
		if (signs[i].c == c)
			return signs[i].ascii;
	}
	if (uc_canonical_decomposition(c, parts) > 0 && parts[0] < 0x80)
		return (char)parts[0];
	return '?';
}

char *
text_fold(const char *s)
{
	struct buf out = {NULL, 0, 0};
	unsigned c;
	int cells;

	while ((c = text_next(&s, &cells))) {
		ucs4_t parts[UC_DECOMPOSITION_MAX_LENGTH];
		uint8_t bytes[6];
		int n;

		if (cells == 0)
			continue;
		if (c < 0x80) {
			buf_char(&out,
			    c >= 'A' && c <= 'Z' ? (char)(c | 0x20) : (char)c);
			continue;
		}
		if (uc_canonical_decomposition(c, parts) > 0)
			c = parts[0];
		c = uc_tolower(c);
		n = u8_uctomb(bytes, c, sizeof bytes);
		if (n > 0)
			buf_add(&out, bytes, (size_t)n);
	}
	if (!out.data)
		buf_str(&out, "");
	return buf_take(&out);
}
