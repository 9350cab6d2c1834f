/* hearth plan: the year's reviews; who does which, by when. Samples and packets
 * are in cmd_plan_packet.c, pages in cmd_plan_show.c. */
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/cmd_plan_part.h"

/* --- looking --------------------------------------------------------- */

static bool
ask_list(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_PLANS, NULL);
	return call_get(call, &target, err);
}

bool
plan_ask_show(struct call *call, struct err *err)
{
	struct buf target = {0};

	if (!call_needs(call, 1, "plan show ID", err))
		return false;
	call_target(call, &target, ROUTE_PLAN, call_word(call, 1));
	return call_get(call, &target, err);
}

bool
plan_ask_sample(struct call *call, struct err *err)
{
	struct buf target = {0};

	if (!call_needs(call, 1, "plan sample ID", err))
		return false;
	call_target(call, &target, ROUTE_DRAW, call_word(call, 1));
	return call_get(call, &target, err);
}

bool
plan_ask_packets(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_PACKETS, NULL);
	return call_get(call, &target, err);
}

/* --- changing what is planned ---------------------------------------- */

/* What is to be written instead of what stands. */
struct planned {
	const char *monitor, *due;
	char **helpers; /* co-monitors; n_helpers 0: as they are */
	int n_helpers;
	bool dropped;
};

void
plan_copy_text(struct json *j, const char *name, const cJSON *from)
{
	const char *text = json_get_string(from, name);

	if (text != NULL)
		json_kv_string(j, name, text);
}

void
plan_copy_number(struct json *j, const char *name, const cJSON *from)
{
	int64_t n;

	if (json_get_int(from, name, &n))
		json_kv_int(j, name, n);
}

/* The newest of what was written of it, for a day that somebody set. */
static const cJSON *
newest(const cJSON *answer)
{
	const cJSON *last = NULL, *o;

	ANSWER_EACH(o, answer, "history")
	{
		last = o;
	}
	return last;
}

static void
write_body(struct buf *body, const cJSON *answer, const struct planned *to,
    const char *reason)
{
	const cJSON *row = answer_item(answer, "review"), *one;
	const char *due = json_get_string(newest(answer), "due");
	struct json j;

	json_begin(&j, body);
	json_object(&j);
	plan_copy_number(&j, "version", row);
	plan_copy_text(&j, "contract", row);
	plan_copy_number(&j, "year", row);
	plan_copy_text(&j, "kind", row);
	plan_copy_text(&j, "follows", row);
	plan_copy_text(&j, "period_from", row);
	plan_copy_text(&j, "period_to", row);
	json_kv_string(&j, "monitor",
	    to->monitor != NULL ? to->monitor
				: json_get_string(row, "monitor"));
	json_key(&j, "co_monitors");
	json_array(&j);
	for (int i = 0; i < to->n_helpers; i++)
		json_string(&j, to->helpers[i]);
	if (to->n_helpers == 0)
		ANSWER_EACH(one, row, "co_monitors")
		{
			json_string(&j, one->valuestring);
		}
	json_array_end(&j);
	json_kv_string(&j, "due", to->due != NULL ? to->due : due);
	json_kv_bool(&j, "dropped", to->dropped);
	json_kv_string(&j, "reason", reason);
	json_object_end(&j);
}

/* Reads what stands, writes it changed, by the version that was seen. */
static bool
change(struct call *call, const struct planned *to, struct err *err)
{
	struct buf target = {0}, body = {0};

	if (!plan_ask_show(call, err))
		return false;
	write_body(&body, call->answer, to, call->given[OPTION_REASON]);
	call_forget(call);
	api_target(&target, ROUTE_PLAN_PUT, call_word(call, 1));
	return call_put(call, &target, &body, err);
}

static bool
ask_assign(struct call *call, struct err *err)
{
	struct planned to = {.monitor = call_word(call, 2)};

	if (!call_needs(call, 2,
		"plan assign ID MONITOR [CO-MONITOR...] --reason TEXT", err))
		return false;
	to.n_helpers = (int)call->n_words - 3;
	to.helpers = call->words + 3;
	return change(call, &to, err);
}

static bool
ask_due(struct call *call, struct err *err)
{
	const struct planned to = {.due = call_word(call, 2)};

	return call_needs(call, 2, "plan due ID DATE --reason TEXT", err) &&
	       change(call, &to, err);
}

static bool
ask_drop(struct call *call, struct err *err)
{
	const struct planned to = {.dropped = true};

	return call_needs(call, 1, "plan drop ID --reason TEXT", err) &&
	       change(call, &to, err);
}

/* A follow-up of a review's open findings: the same contract and year, a day
 * of its own. */
static bool
ask_follow(struct call *call, struct err *err)
{
	struct buf target = {0}, body = {0};
	const cJSON *row;
	struct json j;

	if (!call_needs(
		call, 3, "plan follow ID NEW-ID DATE --reason TEXT", err) ||
	    !plan_ask_show(call, err))
		return false;
	row = answer_item(call->answer, "review");
	json_begin(&j, &body);
	json_object(&j);
	json_kv_int(&j, "version", 0);
	plan_copy_text(&j, "contract", row);
	plan_copy_number(&j, "year", row);
	json_kv_string(&j, "kind", "follow_up");
	json_kv_string(&j, "follows", call_word(call, 1));
	plan_copy_text(&j, "monitor", row);
	json_kv_string(&j, "due", call_word(call, 3));
	json_kv_string(&j, "reason", call->given[OPTION_REASON]);
	json_object_end(&j);
	call_forget(call);
	api_target(&target, ROUTE_PLAN_PUT, call_word(call, 2));
	return call_put(call, &target, &body, err);
}

/* --- the command ----------------------------------------------------- */

static const struct {
	const char *word;
	bool (*ask)(struct call *call, struct err *err);
} asks[] = {
    {"list", ask_list},
    {"show", plan_ask_show},
    {"assign", ask_assign},
    {"due", ask_due},
    {"drop", ask_drop},
    {"follow", ask_follow},
    {"draw", plan_ask_draw},
    {"sample", plan_ask_sample},
    {"replace", plan_ask_replace},
    {"add", plan_ask_add},
    {"issue", plan_ask_issue},
    {"recall", plan_ask_recall},
    {"packets", plan_ask_packets},
};

bool
cmd_plan_ask(struct call *call, struct err *err)
{
	if (call->n_words == 0)
		return ask_list(call, err);
	for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
		if (strcmp(asks[i].word, call->words[0]) == 0)
			return asks[i].ask(call, err);
	return call_no_such_word(call, err);
}
