#include "contract/vt.h"

#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"

/* --- reading --------------------------------------------------------- */

static void
vt_request(struct vt_block *b, char *line)
{
	char *save, *word = strtok_r(line, " ", &save);

	b->method = word;
	b->target = strtok_r(NULL, " ", &save);
	while ((word = strtok_r(NULL, " ", &save)) != NULL) {
		char *what = strtok_r(NULL, " ", &save);

		ck_assert_msg(what != NULL, "line %d: %s what?", b->line, word);
		if (strcmp(word, "as") == 0)
			b->nobody = strcmp(what, "nobody") == 0;
		else if (strcmp(word, "on") == 0)
			b->empty = strcmp(what, "empty") == 0;
		else if (strcmp(word, "body") == 0)
			b->body = what;
		else
			ck_abort_msg("line %d: %s?", b->line, word);
	}
	ck_assert_msg(b->target != NULL, "line %d: no target", b->line);
}

static void
vt_line(struct vt *vt, char *line, int number, struct vt_block **open)
{
	struct vt_block *b = *open;

	if (line[0] == '#')
		return;
	if (line[0] == '\0') {
		*open = NULL;
	} else if (b == NULL) {
		grow(&vt->blocks, &vt->cap, vt->n + 1, sizeof *vt->blocks);
		b = *open = &vt->blocks[vt->n++];
		*b = (struct vt_block){.line = number};
		vt_request(b, line);
	} else if (b->status == 0) {
		b->status = atoi(line);
		ck_assert_msg(b->status >= 200, "line %d: a status", number);
	} else {
		ck_assert_msg(b->checks_n < VT_CHECKS, "line %d", number);
		b->check_lines[b->checks_n] = number;
		b->checks[b->checks_n++] = line;
	}
}

void
vt_read(struct vt *vt, const char *path)
{
	struct vt_block *open = NULL;
	struct buf text = {0};
	struct err err = {0};
	char *line, *rest;

	*vt = (struct vt){0};
	ck_assert_msg(file_read(&text, path, 1 << 20, &err), "%s", err.text);
	rest = vt->text = buf_take(&text);
	for (int number = 1; (line = strsep(&rest, "\n")) != NULL; number++)
		vt_line(vt, line, number, &open);
	ck_assert_msg(vt->n > 0, "%s holds nothing", path);
}

void
vt_free(struct vt *vt)
{
	free(vt->blocks);
	free(vt->text);
}

/* --- checking -------------------------------------------------------- */

/* Follows ".name" and "[n]" from the answer; NULL when there is no such. */
static const cJSON *
vt_find(const cJSON *at, const char **path)
{
	const char *p = *path + 1; /* behind $ */

	while (at != NULL && (*p == '.' || *p == '[')) {
		char name[64];
		size_t n = strcspn(p + 1, p[0] == '.' ? ".[ " : "]");

		if (n >= sizeof name)
			return NULL;
		memcpy(name, p + 1, n);
		name[n] = '\0';
		at = *p == '.' ? cJSON_GetObjectItemCaseSensitive(at, name)
			       : cJSON_GetArrayItem(at, atoi(name));
		p += n + (*p == '.' ? 1 : 2);
	}
	*path = p;
	return at;
}

static bool
vt_equal(const cJSON *v, const char *want, struct buf *why)
{
	cJSON *wanted = cJSON_Parse(want);
	char *got = v != NULL ? cJSON_PrintUnformatted(v) : NULL;
	bool same = v != NULL && cJSON_Compare(v, wanted, true);

	if (!same)
		buf_printf(why, "it is %s", got != NULL ? got : "not there");
	ck_assert_msg(wanted != NULL, "not JSON: %s", want);
	cJSON_free(got);
	cJSON_Delete(wanted);
	return same;
}

static bool
vt_length(const cJSON *v, const char *want, struct buf *why)
{
	int n = cJSON_IsArray(v) ? cJSON_GetArraySize(v) : -1;

	if (n != atoi(want))
		buf_printf(why, "the length is %d", n);
	return n == atoi(want);
}

static bool
vt_within(const cJSON *v, const char *want, struct buf *why)
{
	const char *text = cJSON_GetStringValue(v);

	if (text != NULL && strstr(text, want) != NULL)
		return true;
	buf_printf(why, "it is %s", text != NULL ? text : "no text");
	return false;
}

bool
vt_holds(const char *check, const cJSON *answer, struct buf *why)
{
	const char *p = check;
	const cJSON *v = vt_find(answer, &p);
	char op;

	p = check + strcspn(check, " ");
	while (*p == ' ')
		p++;
	op = *p;
	if (op != '\0' && *++p == ' ')
		p++;
	switch (op) {
	case '=':
		return vt_equal(v, p, why);
	case '#':
		return vt_length(v, p, why);
	case '~':
		return vt_within(v, p, why);
	case '!':
		if (v != NULL)
			buf_str(why, "it is there");
		return v == NULL;
	default:
		ck_abort_msg("not a check: %s", check);
	}
	return false;
}
