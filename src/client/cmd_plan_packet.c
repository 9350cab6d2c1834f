/* hearth plan: a review's sample drawn, its packet issued and recalled. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

#include "base/csv.h"
#include "base/i18n.h"
#include "base/json.h"
#include "client/answer.h"
#include "client/cmd_plan_part.h"

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

bool
plan_ask_draw(struct call *call, struct err *err)
{
	const char *staff = call->given[OPTION_STAFF];
	struct buf target = {0}, body = {0};
	struct json j;

	if (!call_needs(call, 1, "plan draw ID --on DATE [--staff FILE]", err))
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
	api_target(&target, ROUTE_DRAW_PUT, call_word(call, 1));
	return call_put(call, &target, &body, err);
}

/* "CC/N3": a unit as reviews call it. */
static bool
split_unit(const char *word, char unit[static 9], const char **key)
{
	const char *slash = strchr(word, '/');
	size_t n = slash != NULL ? (size_t)(slash - word) : 0;

	if (n == 0 || n > 8 || slash[1] == '\0')
		return false;
	memcpy(unit, word, n);
	unit[n] = '\0';
	*key = slash + 1;
	return true;
}

/* By the version of the draw that stands now: it is looked at first. */
static bool
change_sample(struct call *call, bool add, struct err *err)
{
	struct buf target = {0}, body = {0};
	const char *key;
	char unit[9];
	struct json j;

	if (!split_unit(call_word(call, 2), unit, &key))
		return err_set(err, ERR_USAGE, "%s",
		    _("whom: CC/ID of a child placed, CD/ID of a discharged "
		      "one, SF/ID of a staff file"));
	if (!plan_ask_sample(call, err))
		return false;
	json_begin(&j, &body);
	json_object(&j);
	plan_copy_number(&j, "version", answer_item(call->answer, "draw"));
	json_kv_string(&j, "unit", unit);
	json_kv_string(&j, "key", key);
	json_kv_bool(&j, "add", add);
	json_kv_string(&j, "reason", call->given[OPTION_REASON]);
	json_object_end(&j);
	call_forget(call);
	api_target(&target, ROUTE_SAMPLE_PUT, call_word(call, 1));
	return call_put(call, &target, &body, err);
}

bool
plan_ask_replace(struct call *call, struct err *err)
{
	return call_needs(
		   call, 2, "plan replace ID UNIT/KEY --reason TEXT", err) &&
	       change_sample(call, false, err);
}

bool
plan_ask_add(struct call *call, struct err *err)
{
	return call_needs(call, 2, "plan add ID UNIT/KEY --reason TEXT", err) &&
	       change_sample(call, true, err);
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

	if (call_word(call, 2) != NULL) {
		*user = xstrdup(call_word(call, 2));
		return true;
	}
	if (!plan_ask_show(call, err))
		return false;
	monitor =
	    json_get_string(answer_item(call->answer, "review"), "monitor");
	*user = monitor != NULL ? xstrdup(monitor) : NULL;
	call_forget(call);
	return *user != NULL ||
	       err_set(err, ERR_USAGE, "%s",
		   _("nobody does this review yet: name whom the packet is "
		     "for"));
}

bool
plan_ask_issue(struct call *call, struct err *err)
{
	const char *reason = call->given[OPTION_REASON];
	unsigned char bytes[16];
	char id[2 * sizeof bytes + 1], *user;
	struct buf body = {0};
	struct json j;
	bool ok;

	if (!call_needs(call, 1, "plan issue ID [USER] [--reason TEXT]", err) ||
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
	json_kv_string(&j, "review", call_word(call, 1));
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

bool
plan_ask_recall(struct call *call, struct err *err)
{
	struct buf body = {0};
	const cJSON *p;
	struct json j;

	if (!call_needs(call, 1, "plan recall PACKET --reason TEXT", err) ||
	    !plan_ask_packets(call, err))
		return false;
	p = find_packet(call->answer, call_word(call, 1));
	if (p == NULL)
		return err_set(err, ERR_NO_ANSWER, _("there is no packet %s"),
		    call_word(call, 1));
	json_begin(&j, &body);
	json_object(&j);
	plan_copy_number(&j, "version", p);
	plan_copy_text(&j, "review", p);
	plan_copy_text(&j, "user", p);
	json_kv_bool(&j, "recalled", true);
	json_kv_string(&j, "reason", call->given[OPTION_REASON]);
	json_object_end(&j);
	call_forget(call);
	return put_packet(call, call_word(call, 1), &body, err);
}
