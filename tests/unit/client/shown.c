#include "unit/client/shown.h"

#include <string.h>

#include "base/json.h"
#include "client/call.h"
#include "lib/unit.h"

static struct doc doc;
struct buf shown_bytes;
static struct err err;
struct out_options shown_options;
static cJSON *answer;

void
shown_open(void)
{
	doc_init(&doc);
	shown_options = (struct out_options){.now = 1};
}

void
shown_close(void)
{
	doc_fini(&doc);
	buf_free(&shown_bytes);
	cJSON_Delete(answer);
	answer = NULL;
}

static const struct command *
command(const char *name)
{
	for (size_t i = 0; i < commands_count; i++)
		if (strcmp(commands[i].name, name) == 0)
			return &commands[i];
	ck_abort_msg("no command %s", name);
}

const char *
shown(const char *name, const char *json, out_fn *write)
{
	cJSON_Delete(answer);
	answer = json_parse(json, strlen(json), 1 << 20, &err);
	ck_assert_msg(answer != NULL, "%s", err.text);
	command(name)->show(&doc, answer);
	ck_assert_msg(
	    write(&shown_bytes, &doc, &shown_options, &err), "%s", err.text);
	return buf_text(&shown_bytes);
}

void
shown_has(const char *text, const char *part)
{
	ck_assert_msg(
	    strstr(text, part) != NULL, "no \"%s\" in:\n%s", part, text);
}

void
shown_lacks(const char *text, const char *part)
{
	ck_assert_msg(strstr(text, part) == NULL, "\"%s\" in:\n%s", part, text);
}
