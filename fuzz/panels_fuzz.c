/*
 * Every panel against any answer: the first line of the input is typed (bytes
 * from 0x80 on stand for arrows and the like), the rest is what the service
 * says to whatever is asked.
 */
#include <fcntl.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "client/screen.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST_KEYS 64

struct said {
	const char *text;
	size_t len;
};

static int64_t
stopped_clock(void)
{
	return 1;
}

static int
answer(void *arg, const char *path, struct buf *body)
{
	const struct said *said = arg;

	(void)path;
	buf_add(body, said->text, said->len);
	return 200;
}

static struct term *
terminal(void)
{
	static struct term *term;
	struct term_conf conf = {
	    .type = "xterm-256color", .width = 80, .height = 24};
	struct err err;

	if (term)
		return term;
	setlocale(LC_CTYPE, "C.UTF-8");
	conf.in = open("/dev/null", O_RDONLY);
	conf.out = open("/dev/null", O_WRONLY);
	if (!term_open(&term, &conf, &err))
		abort();
	return term;
}

static void
settle(struct screens *s)
{
	for (int i = 0; i < 4 && net_pending(s->net); i++)
		net_wait(s->net, NULL, 0, 0);
	panel_paint(s);
	term_flush(s->term);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const uint8_t *line = memchr(data, '\n', size);
	size_t keys = line ? (size_t)(line - data) : 0;
	struct said said = {"{}", 2};
	struct screens s;
	struct net *net = net_open_memory(answer, &said);

	if (line)
		said = (struct said){(const char *)line + 1, size - keys - 1};
	screens_init(&s, terminal(), net, stopped_clock);
	screens_begin(&s, NULL);
	settle(&s);
	for (size_t i = 0; i < keys && i < MOST_KEYS && !s.quit; i++) {
		screens_key(
		    &s, data[i] < 0x80 ? data[i] : TERM_UP + (data[i] & 0x0f));
		settle(&s);
	}
	screens_fini(&s);
	net_close(net);
	return 0;
}
