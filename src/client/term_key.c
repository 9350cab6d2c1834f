/* Keys: what ncurses and the terminals call them, and what we call them. */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <unistr.h>

#include "client/term_priv.h"

/* Sequences that terminals send although their TERM says otherwise: PuTTY
 * calls itself xterm, keypads and the Linux console have their own. */
static const struct {
	const char *sequence;
	int code;
} extra[] = {
    {"\033[11~", KEY_F(1)},
    {"\033[12~", KEY_F(2)},
    {"\033[13~", KEY_F(3)},
    {"\033[14~", KEY_F(4)},
    {"\033OP", KEY_F(1)},
    {"\033OQ", KEY_F(2)},
    {"\033OR", KEY_F(3)},
    {"\033OS", KEY_F(4)},
    {"\033[[A", KEY_F(1)},
    {"\033[[B", KEY_F(2)},
    {"\033[[C", KEY_F(3)},
    {"\033[[D", KEY_F(4)},
    {"\033[[E", KEY_F(5)},
    {"\033[15~", KEY_F(5)},
    {"\033[17~", KEY_F(6)},
    {"\033[18~", KEY_F(7)},
    {"\033[19~", KEY_F(8)},
    {"\033[20~", KEY_F(9)},
    {"\033[21~", KEY_F(10)},
    {"\033[1~", KEY_HOME},
    {"\033[4~", KEY_END},
    {"\033[7~", KEY_HOME},
    {"\033[8~", KEY_END},
    {"\033[H", KEY_HOME},
    {"\033[F", KEY_END},
    {"\033OH", KEY_HOME},
    {"\033OF", KEY_END},
    {"\033[A", KEY_UP},
    {"\033[B", KEY_DOWN},
    {"\033[C", KEY_RIGHT},
    {"\033[D", KEY_LEFT},
    {"\033OA", KEY_UP},
    {"\033OB", KEY_DOWN},
    {"\033OC", KEY_RIGHT},
    {"\033OD", KEY_LEFT},
    {"\033[5~", KEY_PPAGE},
    {"\033[6~", KEY_NPAGE},
    {"\033[3~", KEY_DC},
    {"\033[2~", KEY_IC},
    {"\033OM", KEY_ENTER},
};

/* Codes of our own beyond those of curses. */
enum { PASTE_BEGINS = KEY_MAX + 1, PASTE_ENDS };

/* A paste comes in one piece; a terminal that is cut off in the middle of one
 * must not hold the program for ever. */
#define PASTE_WAIT_MS 500
#define PASTE_MOST (1u << 20)

static const struct {
	const char *name;
	int ours;
	int curses;
} keys[] = {
    {"Up", TERM_UP, KEY_UP},
    {"Down", TERM_DOWN, KEY_DOWN},
    {"Left", TERM_LEFT, KEY_LEFT},
    {"Right", TERM_RIGHT, KEY_RIGHT},
    {"Home", TERM_HOME, KEY_HOME},
    {"End", TERM_END, KEY_END},
    {"PgUp", TERM_PGUP, KEY_PPAGE},
    {"PgDn", TERM_PGDN, KEY_NPAGE},
    {"Backspace", TERM_BACKSPACE, KEY_BACKSPACE},
    {"Del", TERM_DEL, KEY_DC},
    {"Ins", TERM_INS, KEY_IC},
    {"Shift-Tab", TERM_BTAB, KEY_BTAB},
    {"Enter", TERM_ENTER, KEY_ENTER},
    {"Esc", TERM_ESC, KEY_EXIT},
    {"Tab", TERM_TAB, 0},
    {"Space", ' ', 0},
};

#define KEYS (sizeof keys / sizeof *keys)

void
term_keys_define(void)
{
	for (size_t i = 0; i < sizeof extra / sizeof *extra; i++) {
		/* What the terminal's own entry says stays as it is. */
		if (key_defined(extra[i].sequence) == 0)
			define_key(extra[i].sequence, extra[i].code);
	}
}

static int
term_key_curses(wint_t code)
{
	if (code > KEY_F(0) && code <= KEY_F(12))
		return TERM_F0 + (int)(code - KEY_F(0));
	for (size_t i = 0; i < KEYS; i++) {
		if (keys[i].curses && (wint_t)keys[i].curses == code)
			return keys[i].ours;
	}
	return TERM_NONE;
}

void
term_pastes(struct term *t, bool on)
{
	t->pastes = on;
	fputs(on ? "\033[?2004h" : "\033[?2004l", t->memory_file);
	if (on && key_defined("\033[200~") == 0) {
		define_key("\033[200~", PASTE_BEGINS);
		define_key("\033[201~", PASTE_ENDS);
	}
}

static int
term_paste(struct term *t)
{
	wint_t c;
	int got;

	buf_reset(&t->pasted);
	wtimeout(t->input, PASTE_WAIT_MS);
	while ((got = wget_wch(t->input, &c)) != ERR) {
		uint8_t bytes[6];
		int n;

		if (got == KEY_CODE_YES && c == PASTE_ENDS)
			break;
		/* Keys of the terminal's own within a paste are no text. */
		if (got == KEY_CODE_YES && c != KEY_BACKSPACE)
			c = c == KEY_ENTER ? '\n' : 0;
		n = c ? u8_uctomb(bytes, (ucs4_t)c, sizeof bytes) : 0;
		if (n > 0 && t->pasted.len < PASTE_MOST)
			buf_add(&t->pasted, bytes, (size_t)n);
	}
	nodelay(t->input, TRUE);
	return TERM_PASTE;
}

const char *
term_pasted(const struct term *t, size_t *len)
{
	*len = t->pasted.len;
	return buf_text(&t->pasted);
}

int
term_key(struct term *t)
{
	wint_t c;
	int got;

	while ((got = wget_wch(t->input, &c)) != ERR) {
		int key = (int)c;

		if (got == KEY_CODE_YES && c == PASTE_BEGINS)
			return term_paste(t);
		if (got == KEY_CODE_YES)
			key = term_key_curses(c);
		else if (c == '\n')
			key = TERM_ENTER;
		else if (c == 0x7f || c == 0x08)
			key = TERM_BACKSPACE;
		if (key != TERM_NONE)
			return key;
	}
	return TERM_NONE;
}

int
term_key_named(const char *name, size_t len)
{
	int cells;

	if (len == 2 && name[0] == '^')
		return name[1] & 0x1f;
	if (len >= 2 && name[0] == 'F' && name[1] >= '1' && name[1] <= '9')
		return TERM_F0 + atoi(name + 1);
	for (size_t i = 0; i < KEYS; i++) {
		if (strlen(keys[i].name) == len &&
		    strncasecmp(keys[i].name, name, len) == 0)
			return keys[i].ours;
	}
	if (len == 1)
		return (unsigned char)*name;
	return len <= 4 ? (int)text_next(&name, &cells) : TERM_NONE;
}
