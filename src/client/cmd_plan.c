/* hearth plan: the year's reviews; who does which, by when; their samples and
 * packets. */
#include "client/call.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/csv.h"
#include "base/date.h"
#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/duties.h"
#include "proto/codes.h"

#define STAFF_MOST 1000

static const char *
word(const struct call *call, int n)
{
	return n < call->n_words ? call->words[n] : NULL;
}

static bool
need(const struct call *call, int n, const char *synopsis, struct err *err)
{
	return call->n_words > n ||
	       err_set(err, ERR_USAGE, "hearth %s", synopsis);
}

/* --- looking --------------------------------------------------------- */

static bool
ask_list(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_PLANS, NULL);
	return call_get(call, &target, err);
}

static bool
ask_show(struct call *call, struct err *err)
{
	struct buf target = {0};

	if (!need(call, 1, "plan show ID", err))
		return false;
	call_target(call, &target, ROUTE_PLAN, word(call, 1));
	return call_get(call, &target, err);
}

static bool
ask_sample(struct call *call, struct err *err)
{
	struct buf target = {0};

	if (!need(call, 1, "plan sample ID", err))
		return false;
	call_target(call, &target, ROUTE_DRAW, word(call, 1));
	return call_get(call, &target, err);
}

static bool
ask_packets(struct call *call, struct err *err)
{
	struct buf target = {0};

	call_target(call, &target, ROUTE_PACKETS, NULL);
	return call_get(call, &target, err);
}

/* --- changing what is planned ---------------------------------------- */

/* What is to be written instead of what stands. */
struct planned {
	const char *monitor, *due;
	bool dropped;
};

static void
copy_text(struct json *j, const char *name, const cJSON *from)
{
	const char *text = json_get_string(from, name);

	if (text != NULL)
		json_kv_string(j, name, text);
}

static void
copy_number(struct json *j, const char *name, const cJSON *from)
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
	copy_number(&j, "version", row);
	copy_text(&j, "contract", row);
	copy_number(&j, "year", row);
	copy_text(&j, "kind", row);
	copy_text(&j, "follows", row);
	copy_text(&j, "period_from", row);
	copy_text(&j, "period_to", row);
	json_kv_string(&j, "monitor",
	    to->monitor != NULL ? to->monitor
				: json_get_string(row, "monitor"));
	json_key(&j, "co_monitors");
	json_array(&j);
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

	if (!ask_show(call, err))
		return false;
	write_body(&body, call->answer, to, call->given[OPTION_REASON]);
	cJSON_Delete(call->answer);
	call->answer = NULL;
	api_target(&target, ROUTE_PLAN_PUT, word(call, 1));
	return call_put(call, &target, &body, err);
}

static bool
ask_assign(struct call *call, struct err *err)
{
	const struct planned to = {.monitor = word(call, 2)};

	return need(call, 2, "plan assign ID MONITOR --reason TEXT", err) &&
	       change(call, &to, err);
}

static bool
ask_due(struct call *call, struct err *err)
{
	const struct planned to = {.due = word(call, 2)};

	return need(call, 2, "plan due ID DATE --reason TEXT", err) &&
	       change(call, &to, err);
}

static bool
ask_drop(struct call *call, struct err *err)
{
	const struct planned to = {.dropped = true};

	return need(call, 1, "plan drop ID --reason TEXT", err) &&
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

	if (!need(call, 3, "plan follow ID NEW-ID DATE --reason TEXT", err) ||
	    !ask_show(call, err))
		return false;
	row = answer_item(call->answer, "review");
	json_begin(&j, &body);
	json_object(&j);
	json_kv_int(&j, "version", 0);
	copy_text(&j, "contract", row);
	copy_number(&j, "year", row);
	json_kv_string(&j, "kind", "follow_up");
	json_kv_string(&j, "follows", word(call, 1));
	copy_text(&j, "monitor", row);
	json_kv_string(&j, "due", word(call, 3));
	json_kv_string(&j, "reason", call->given[OPTION_REASON]);
	json_object_end(&j);
	cJSON_Delete(call->answer);
	call->answer = NULL;
	api_target(&target, ROUTE_PLAN_PUT, word(call, 2));
	return call_put(call, &target, &body, err);
}

/* --- drawing --------------------------------------------------------- */

/* The staff's table: key, label, hired, social_worker (y or n). */
static bool
put_staff(struct json *j, const char *path, struct err *err)
{
	static const char *const names[] = {
	    "key", "label", "hired", "social_worker"};
	const struct csv_field *f;
	struct csv *csv;
	size_t n, rows = 0;
	int got;

	if (!csv_open(&csv, path, err))
		return false;
	json_key(j, "staff");
	json_array(j);
	while ((got = csv_next(csv, &f, &n, err)) > 0) {
		if (rows++ == 0 || (n == 1 && f[0].len == 0))
			continue;
		json_object(j);
		for (size_t i = 0; i < n && i < 4; i++) {
			if (f[i].len == 0)
				continue;
			json_key(j, names[i]);
			if (i == 3)
				json_bool(j, *f[i].s == 'y');
			else
				json_stringn(j, f[i].s, f[i].len);
		}
		json_object_end(j);
	}
	json_array_end(j);
	csv_free(csv);
	return got == 0;
}

static bool
ask_draw(struct call *call, struct err *err)
{
	const char *staff = call->given[OPTION_STAFF];
	struct buf target = {0}, body = {0};
	struct json j;

	if (!need(call, 1, "plan draw ID --on DATE [--staff FILE]", err))
		return false;
	if (call->given[OPTION_ON] == NULL)
		return err_set(err, ERR_USAGE, "%s",
		    _("--on names the day whose roster is drawn from"));
	json_begin(&j, &body);
	json_object(&j);
	json_kv_int(&j, "version", 0);
	json_kv_string(&j, "on", call->given[OPTION_ON]);
	if (staff != NULL && !put_staff(&j, staff, err)) {
		buf_free(&body);
		return false;
	}
	json_object_end(&j);
	api_target(&target, ROUTE_DRAW_PUT, word(call, 1));
	return call_put(call, &target, &body, err);
}

/* --- packets --------------------------------------------------------- */

static bool
put_packet(struct call *call, const char *id, struct buf *body, struct err *err)
{
	struct buf target = {0};

	api_target(&target, ROUTE_PACKET_PUT, id);
	return call_put(call, &target, body, err);
}

/* The review's monitor, when nobody is named. */
static bool
find_user(struct call *call, char **user, struct err *err)
{
	const char *monitor;

	if (word(call, 2) != NULL) {
		*user = xstrdup(word(call, 2));
		return true;
	}
	if (!ask_show(call, err))
		return false;
	monitor =
	    json_get_string(answer_item(call->answer, "review"), "monitor");
	*user = monitor != NULL ? xstrdup(monitor) : NULL;
	cJSON_Delete(call->answer);
	call->answer = NULL;
	return *user != NULL ||
	       err_set(err, ERR_USAGE, "%s",
		   _("nobody does this review yet: name whom the packet is "
		     "for"));
}

static bool
ask_issue(struct call *call, struct err *err)
{
	const char *reason = call->given[OPTION_REASON];
	unsigned char bytes[16];
	char id[2 * sizeof bytes + 1], *user;
	struct buf body = {0};
	struct json j;
	bool ok;

	if (!need(call, 1, "plan issue ID [USER] [--reason TEXT]", err) ||
	    !find_user(call, &user, err))
		return false;
	if (getrandom(bytes, sizeof bytes, 0) != (ssize_t)sizeof bytes) {
		free(user);
		return err_sys(err, ERR_INTERNAL, "getrandom");
	}
	for (size_t i = 0; i < sizeof bytes; i++)
		snprintf(id + 2 * i, 3, "%02x", bytes[i]);
	json_begin(&j, &body);
	json_object(&j);
	json_kv_int(&j, "version", 0);
	json_kv_string(&j, "review", word(call, 1));
	json_kv_string(&j, "user", user);
	json_kv_bool(&j, "again", reason != NULL);
	json_kv_string(&j, "reason", reason);
	json_object_end(&j);
	ok = put_packet(call, id, &body, err);
	free(user);
	return ok;
}

static const cJSON *
find_packet(const cJSON *answer, const char *id)
{
	const cJSON *o, *found = NULL;

	ANSWER_EACH(o, answer, "packets")
	{
		if (strcmp(json_get_string(o, "id"), id) == 0)
			found = o;
	}
	return found;
}

static bool
ask_recall(struct call *call, struct err *err)
{
	struct buf body = {0};
	const cJSON *p;
	struct json j;

	if (!need(call, 1, "plan recall PACKET --reason TEXT", err) ||
	    !ask_packets(call, err))
		return false;
	p = find_packet(call->answer, word(call, 1));
	if (p == NULL)
		return err_set(err, ERR_NO_ANSWER, _("there is no packet %s"),
		    word(call, 1));
	json_begin(&j, &body);
	json_object(&j);
	copy_number(&j, "version", p);
	copy_text(&j, "review", p);
	copy_text(&j, "user", p);
	json_kv_bool(&j, "recalled", true);
	json_kv_string(&j, "reason", call->given[OPTION_REASON]);
	json_object_end(&j);
	cJSON_Delete(call->answer);
	call->answer = NULL;
	return put_packet(call, word(call, 1), &body, err);
}

/* --- the command ----------------------------------------------------- */

static const struct {
	const char *word;
	bool (*ask)(struct call *call, struct err *err);
} asks[] = {
    {"list", ask_list},
    {"show", ask_show},
    {"assign", ask_assign},
    {"due", ask_due},
    {"drop", ask_drop},
    {"follow", ask_follow},
    {"draw", ask_draw},
    {"sample", ask_sample},
    {"issue", ask_issue},
    {"recall", ask_recall},
    {"packets", ask_packets},
};

bool
cmd_plan_ask(struct call *call, struct err *err)
{
	if (call->n_words == 0)
		return ask_list(call, err);
	for (size_t i = 0; i < sizeof asks / sizeof *asks; i++)
		if (strcmp(asks[i].word, call->words[0]) == 0)
			return asks[i].ask(call, err);
	return err_set(err, ERR_USAGE,
	    _("hearth plan knows list, show, assign, due, drop, follow, draw, "
	      "sample, issue, recall and packets, not \"%s\""),
	    call->words[0]);
}

/* --- showing --------------------------------------------------------- */

struct column {
	const char *key, *title;
	enum doc_type type;
	unsigned in;
};

static void
columns(struct doc *doc, struct doc_table *t, const struct column *c)
{
	(void)doc;
	for (; c->key != NULL; c++)
		doc_column(t, c->key, _(c->title), c->type,
		    c->in != 0 ? c->in : DOC_BOTH);
}

static void
cells(struct doc *doc, struct doc_table *t, const struct column *c,
    const cJSON *o)
{
	for (; c->key != NULL; c++)
		doc_cell(t, answer_text(doc, o, c->key));
}

static void
show_rows(struct doc *doc, const cJSON *answer, const char *key,
    const struct column *c)
{
	struct doc_table *t;
	const cJSON *o;

	if (cJSON_GetArraySize(answer_item(answer, key)) == 0)
		return;
	t = doc_table(doc, "");
	columns(doc, t, c);
	ANSWER_EACH(o, answer, key)
	{
		cells(doc, t, c, o);
	}
}

static const char *
state_label(struct doc *doc, const cJSON *row)
{
	const struct codeset *set = &codesets[CODES_PLAN_STATE];
	const char *state = answer_text(doc, row, "state");
	int code = code_find(set, state, strlen(state));

	return code > 0 ? _(code_label(set, code)) : state;
}

static void
show_buckets(struct doc *doc, const cJSON *answer)
{
	struct doc_table *t = doc_table(doc, "");
	const cJSON *b;

	doc_column(t, "", _("When"), DOC_WORDS, DOC_PAGE);
	doc_column(t, "", _("Reviews"), DOC_NUMBER, DOC_PAGE);
	ANSWER_EACH(b, answer, "buckets")
	{
		if (strcmp(answer_text(doc, b, "count"), "0") == 0)
			continue;
		doc_cell(t, duties_bucket(answer_text(doc, b, "id")));
		doc_cell(t, answer_text(doc, b, "count"));
	}
}

static void
show_list(struct doc *doc, const cJSON *answer)
{
	static const struct column data[] = {
	    {"id", N_("Review"), DOC_ID, 0},
	    {"provider", N_("Provider"), DOC_ID, 0},
	    {"provider_name", N_("Name"), DOC_WORDS, 0},
	    {"programme", N_("Programme"), DOC_ID, 0},
	    {"kind", N_("Kind"), DOC_ID, DOC_DATA},
	    {"monitor", N_("Monitor"), DOC_WORDS, 0},
	    {"due", N_("Due"), DOC_DATE, 0},
	    {"days", N_("Days"), DOC_NUMBER, 0},
	    {"bucket", N_("Bucket"), DOC_ID, DOC_DATA},
	    {"state", N_("State"), DOC_ID, DOC_DATA},
	    {"contract", N_("Contract"), DOC_ID, DOC_DATA},
	    {"agreement", N_("Agreement"), DOC_ID, DOC_DATA},
	    {"last", N_("Last review"), DOC_DATE, DOC_DATA},
	    {"done", N_("Done"), DOC_DATE, DOC_DATA},
	    {"packet", N_("Packet"), DOC_ID, DOC_DATA},
	    {"taken_by", N_("Taken by"), DOC_WORDS, DOC_DATA},
	    {"words", N_("Why then"), DOC_WORDS, DOC_DATA},
	    {0},
	};
	struct doc_table *t;
	const cJSON *o;

	doc_title(doc, _("Reviews of the contract year %s"),
	    answer_text(doc, answer, "year"));
	doc_field(doc, _("From"), answer_text(doc, answer, "from"));
	doc_field(doc, _("To"), answer_text(doc, answer, "to"));
	doc_field(doc, _("Counted to"), answer_text(doc, answer, "as_of"));
	show_buckets(doc, answer);
	t = doc_table(doc, "");
	columns(doc, t, data);
	doc_column(t, "", _("State"), DOC_WORDS, DOC_PAGE);
	ANSWER_EACH(o, answer, "rows")
	{
		cells(doc, t, data, o);
		doc_cell(t, state_label(doc, o));
	}
	doc_note(doc, "%s",
	    _("Due days are our own rule (setting review.due of the "
	      "service)."));
}

static void
show_one(struct doc *doc, const cJSON *answer)
{
	static const struct column fields[] = {
	    {"provider", N_("Provider"), 0, 0},
	    {"provider_name", N_("Name"), 0, 0},
	    {"programme", N_("Programme"), 0, 0},
	    {"contract", N_("Contract"), 0, 0},
	    {"agreement", N_("Agreement"), 0, 0},
	    {"contract_year", N_("Contract year"), 0, 0},
	    {"kind", N_("Kind"), 0, 0},
	    {"follows", N_("Follows"), 0, 0},
	    {"monitor", N_("Monitor"), 0, 0},
	    {"period_from", N_("Period from"), 0, 0},
	    {"period_to", N_("Period to"), 0, 0},
	    {"due", N_("Due"), 0, 0},
	    {"words", N_("Why then"), 0, 0},
	    {"days", N_("Days"), 0, 0},
	    {"last", N_("Last review"), 0, 0},
	    {"done", N_("Done"), 0, 0},
	    {"revision", N_("Revision"), 0, 0},
	    {"packet", N_("Packet"), 0, 0},
	    {"taken_by", N_("Taken by"), 0, 0},
	    {"open_findings", N_("Open findings"), 0, 0},
	    {0},
	};
	static const struct column history[] = {
	    {"version", N_("Version"), DOC_NUMBER, 0},
	    {"at", N_("Written"), DOC_WORDS, 0},
	    {"by", N_("By"), DOC_WORDS, 0},
	    {"monitor", N_("Monitor"), DOC_WORDS, 0},
	    {"due", N_("Due"), DOC_DATE, 0},
	    {"dropped", N_("Dropped"), DOC_WORDS, 0},
	    {"reason", N_("Why"), DOC_WORDS, 0},
	    {0},
	};
	const cJSON *row = answer_item(answer, "review");

	doc_title(doc, _("Review %s"), answer_text(doc, row, "id"));
	doc_field(doc, _("State"), state_label(doc, row));
	for (const struct column *c = fields; c->key != NULL; c++)
		doc_field(doc, _(c->title), answer_text(doc, row, c->key));
	doc_field(doc, _("Co-monitors"), answer_join(doc, row, "co_monitors"));
	show_rows(doc, answer, "history", history);
}

static void
show_sealed(struct doc *doc, const cJSON *sealed)
{
	const cJSON *account = answer_item(sealed, "account");

	doc_field(
	    doc, _("Sealed revision"), answer_text(doc, sealed, "revision"));
	doc_field(doc, _("As drawn"),
	    cJSON_IsTrue(answer_item(sealed, "as_drawn")) ? _("yes") : _("no"));
	doc_field(doc, _("Difference"), answer_text(doc, sealed, "fault"));
	doc_field(doc, _("Replaced"), answer_text(doc, account, "replaced"));
	doc_field(doc, _("Added by the monitor"),
	    answer_text(doc, account, "purposive"));
}

static void
show_sample(struct doc *doc, const cJSON *answer)
{
	static const struct column picks[] = {
	    {"unit", N_("Unit"), DOC_ID, 0},
	    {"key", N_("Id"), DOC_ID, 0},
	    {"drawn", N_("Drawn"), DOC_WORDS, 0},
	    {"order", N_("Order"), DOC_NUMBER, 0},
	    {0},
	};
	static const struct column fields[] = {
	    {"on", N_("Roster of"), 0, 0},
	    {"source", N_("Source"), 0, 0},
	    {"instrument", N_("Rule of"), 0, 0},
	    {"seed", N_("Seed"), 0, 0},
	    {"frame", N_("Drawn from"), 0, 0},
	    {"at", N_("Drawn"), 0, 0},
	    {"by", N_("By"), 0, 0},
	    {0},
	};
	const cJSON *d = answer_item(answer, "draw");
	const cJSON *again = answer_item(answer, "again"), *o;

	doc_title(doc, "%s", _("The sample"));
	for (const struct column *c = fields; c->key != NULL; c++)
		doc_field(doc, _(c->title), answer_text(doc, d, c->key));
	doc_field(doc, _("Drawn again"),
	    cJSON_IsTrue(answer_item(again, "equal")) ? _("the same")
						      : _("not the same"));
	ANSWER_EACH(o, again, "differences")
	{
		doc_text(doc, "%s", cJSON_GetStringValue(o));
	}
	if (cJSON_IsObject(answer_item(answer, "sealed")))
		show_sealed(doc, answer_item(answer, "sealed"));
	show_rows(doc, d, "picks", picks);
}

static void
show_packets(struct doc *doc, const cJSON *answer)
{
	static const struct column packets[] = {
	    {"id", N_("Packet"), DOC_ID, 0},
	    {"review", N_("Review"), DOC_ID, 0},
	    {"provider", N_("Provider"), DOC_ID, 0},
	    {"user", N_("For"), DOC_WORDS, 0},
	    {"issued", N_("Issued"), DOC_WORDS, 0},
	    {"expires", N_("Until"), DOC_WORDS, 0},
	    {0},
	};

	doc_title(doc, "%s", _("Packets that wait"));
	doc_field(
	    doc, _("Service's key"), answer_text(doc, answer, "service_key"));
	if (cJSON_GetArraySize(answer_item(answer, "packets")) == 0)
		doc_text(doc, "%s", _("None waits."));
	show_rows(doc, answer, "packets", packets);
}

void
cmd_plan_show(struct doc *doc, const cJSON *answer)
{
	if (answer_item(answer, "rows") != NULL) {
		show_list(doc, answer);
	} else if (answer_item(answer, "review") != NULL) {
		show_one(doc, answer);
	} else if (answer_item(answer, "draw") != NULL) {
		show_sample(doc, answer);
	} else if (answer_item(answer, "packets") != NULL) {
		show_packets(doc, answer);
	} else {
		doc_title(doc, "%s", _("Written"));
		doc_field(doc, _("Id"), answer_text(doc, answer, "id"));
		doc_field(
		    doc, _("Version"), answer_text(doc, answer, "version"));
		doc_field(doc, _("By"), answer_text(doc, answer, "by"));
	}
}
