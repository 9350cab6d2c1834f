/* A figure from its reference code, as it was; or what of it is gone. */
#include "client/call.h"

#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "proto/refcode.h"

/* By the kind that the service names. */
static const struct {
	const char *kind;
	bool paged;
	void (*show)(struct doc *doc, const cJSON *answer);
} kinds[] = {
    {"report", false, cmd_report_show},
    {"list", true, cmd_list_show},
    {"countdown", true, cmd_countdown_show},
    {"board", false, cmd_board_show},
    {"changes", true, cmd_changes_show},
    {"moves", true, cmd_changes_show},
    {"quality", true, cmd_quality_show},
    {"entry", false, cmd_entry_show},
    {"compare", false, cmd_compare_show},
};

static size_t
kind_of(const cJSON *ref)
{
	const char *word = json_get_string(ref, "kind");
	size_t i = 0;

	while (i + 1 < sizeof kinds / sizeof *kinds &&
	       (word == NULL || strcmp(kinds[i].kind, word) != 0))
		i++;
	return i;
}

/* --- a target as the command that asks for it ------------------------ */

static int
hex(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

static char *
decoded(const char *s, size_t len)
{
	char *out = xstrndup(s, len), *to = out;

	for (const char *at = out; *at != '\0'; at++) {
		if (*at == '%' && at[1] != '\0' && at[2] != '\0') {
			*to++ = (char)(hex(at[1]) << 4 | hex(at[2]));
			at += 2;
		} else {
			*to++ = *at;
		}
	}
	*to = '\0';
	return out;
}

/* Of duties' changes the clock is an option, elsewhere the word behind the
 * command; the import to compare with is the first of two. */
static void
add_pair(struct buf *words, struct buf *options, const char *pair, size_t len)
{
	bool moves = strcmp(buf_text(words), "hearth changes") == 0;
	size_t name = strcspn(pair, "=");
	enum api_param_id param = api_param_named(pair, name);
	char *value = decoded(pair + name + 1, len - name - 1);
	bool word = param == API_MEASURE || (param == API_CLOCK && !moves);

	if (word)
		buf_printf(words, " %s", value);
	if (param == API_FROM_GENERATION)
		buf_printf(options, " --generations %s", value);
	for (int i = 0; i < OPTION_COUNT && !word; i++) {
		if (param == API_PARAMS || option_rows[i].param != param)
			continue;
		buf_printf(options, " --%s ", option_rows[i].name);
		answer_quote(options, value);
	}
	free(value);
}

/* "/v1/report?measure=p1&at=R3" -> "hearth report p1 --at R3" */
static char *
command_of(const char *target)
{
	struct buf words = {0}, options = {0};
	const char *query = target + strcspn(target, "?");
	const char *path = target + strlen("/v1/");
	int len = (int)(query - path);

	if (strncmp(path, "moves", (size_t)len) == 0)
		buf_str(&words, "hearth changes");
	else
		buf_printf(&words, "hearth %.*s", len, path);
	while (*query != '\0') {
		size_t n = strcspn(++query, "&");

		add_pair(&words, &options, query, n);
		query += n;
	}
	buf_str(&words, buf_text(&options));
	buf_free(&options);
	return buf_take(&words);
}

/* --- asking ---------------------------------------------------------- */

/* Which parts are gone, and what is there instead. */
static bool
gone(const cJSON *ref, struct err *err)
{
	const char *now = json_get_string(ref, "now");
	struct buf text = {0};
	const cJSON *part;

	ANSWER_EACH(part, ref, "parts")
	{
		const char *state = json_get_string(part, "state");
		const char *words = json_get_string(part, "text");

		if (state == NULL || words == NULL ||
		    strcmp(state, "gone") != 0)
			continue;
		buf_printf(&text, "%s%s", text.len > 0 ? "; " : "", words);
	}
	if (now != NULL) {
		char *command = command_of(now);

		buf_printf(&text, _(". The present figure: %s"), command);
		free(command);
	}
	err_set(err, ERR_NO_ANSWER, _("this figure is no more: %s"),
	    buf_text(&text));
	buf_free(&text);
	return false;
}

static bool
open_figure(struct call *call, const cJSON *ref, struct err *err)
{
	const char *request = json_get_string(ref, "request");
	struct buf target = {0};

	buf_str(&target, request);
	if (!kinds[kind_of(ref)].paged)
		return call_get(call, &target, err);
	return call_list(call, &target, NULL, err);
}

bool
cmd_ref_ask(struct call *call, struct err *err)
{
	struct buf target = {0}, code = {0};
	struct refcode read;
	cJSON *ref;
	bool ok;

	/* A code may be typed in the groups in which it is printed. */
	for (int i = 0; i < call->n_words; i++)
		buf_str(&code, call->words[i]);
	ok = refcode_read(&read, buf_text(&code), err);
	if (ok) {
		api_target(&target, ROUTE_REF, NULL);
		api_query(&target, API_CODE, buf_text(&code));
		ok = call_get(call, &target, err);
	}
	buf_free(&code);
	if (!ok)
		return false;
	ref = call->answer;
	call->answer = NULL;
	ok = json_get_string(ref, "request") != NULL
		 ? open_figure(call, ref, err)
		 : gone(ref, err);
	if (ok)
		cJSON_AddItemToObject(call->answer, "reopened", ref);
	else
		cJSON_Delete(ref);
	return ok;
}

/* --- showing --------------------------------------------------------- */

static void
differs(struct doc *doc, const cJSON *ref)
{
	const cJSON *rule;

	ANSWER_EACH(rule, ref, "differs")
	{
		const char *in = answer_text(doc, rule, "in");
		const char *words = answer_text(doc, rule, "words");

		doc_note(doc,
		    strcmp(in, "now") == 0 ? _("The rule now (%s): %s")
					   : _("The rule then (%s): %s"),
		    answer_text(doc, rule, "kind"),
		    *words != '\0' ? words : answer_text(doc, rule, "text"));
	}
}

void
cmd_ref_show(struct doc *doc, const cJSON *answer)
{
	const cJSON *ref = answer_item(answer, "reopened"), *part;
	const char *now = json_get_string(ref, "now");

	kinds[kind_of(ref)].show(doc, answer);
	ANSWER_EACH(part, ref, "parts")
	if (strcmp(answer_text(doc, part, "state"), "same") != 0)
		doc_note(doc, _("Opened as it was: %s."),
		    answer_text(doc, part, "text"));
	differs(doc, ref);
	if (now != NULL &&
	    strcmp(answer_text(doc, ref, "state"), "same") != 0) {
		char *command = command_of(now);

		doc_note(doc, _("The present figure: %s"), command);
		free(command);
	}
}
