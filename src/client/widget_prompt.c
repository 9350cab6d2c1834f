#include "client/widget_prompt.h"

#include <unistr.h>

/* As long as a query parameter may be. */
#define PROMPT_MAX 100

void
prompt_open(struct prompt *p, const char *label, const char *text,
    prompt_fn *fn, void *arg)
{
	buf_reset(&p->text);
	buf_str(&p->text, text ? text : "");
	p->label = label;
	p->fn = fn;
	p->arg = arg;
	p->active = true;
}

void
prompt_fini(struct prompt *p)
{
	buf_free(&p->text);
	p->active = false;
}

static void
prompt_drop_last(struct prompt *p)
{
	size_t len = p->text.len;

	if (!len)
		return;
	do
		len--;
	while (len > 0 && (p->text.data[len] & 0xc0) == 0x80);
	p->text.len = len;
	p->text.data[len] = '\0';
}

static void
prompt_end(struct prompt *p, enum prompt_event event)
{
	p->active = false;
	p->fn(p->arg, event, buf_text(&p->text));
}

static void
prompt_add(struct prompt *p, int key)
{
	uint8_t bytes[6];
	int n = u8_uctomb(bytes, (ucs4_t)key, sizeof bytes);

	if (n > 0 && p->text.len + (size_t)n <= PROMPT_MAX)
		buf_add(&p->text, bytes, (size_t)n);
}

bool
prompt_key(struct prompt *p, int key)
{
	if (!p->active)
		return false;
	if (key == TERM_ESC || key == 3 || key == 7) {
		prompt_end(p, PROMPT_CANCELLED);
		return true;
	}
	if (key == TERM_ENTER) {
		prompt_end(p, PROMPT_ACCEPTED);
		return true;
	}
	if (key == TERM_BACKSPACE)
		prompt_drop_last(p);
	else if (key == ('U' & 0x1f))
		buf_reset(&p->text);
	else if (key >= ' ' && key < TERM_UP)
		prompt_add(p, key);
	else
		return key < ' ';
	p->fn(p->arg, PROMPT_CHANGED, buf_text(&p->text));
	return true;
}

void
prompt_draw(const struct prompt *p, struct term *term, int y)
{
	int width = term_width(term), x;
	const char *text = buf_text(&p->text);
	int over;

	x = term_put(term, y, 0, width / 2, ROLE_TITLE, p->label) + 1;
	/* The end of a long text is what is being typed. */
	for (over = text_width(text) - (width - x - 1); over > 0;) {
		int cells;

		if (!text_next(&text, &cells))
			break;
		over -= cells;
	}
	x += term_put(term, y, x, width - x, ROLE_TEXT, text);
	term_cursor(term, y, x);
}
