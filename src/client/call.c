#include "client/call.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "base/json.h"

/* Rows of a request when all are wanted: the most allowed. */
#define PAGE 1000

void
call_fini(struct call *call)
{
	cJSON_Delete(call->answer);
	call->answer = NULL;
}

void
call_say(const struct call *call, const char *fmt, ...)
{
	va_list ap;

	if (call->settings != NULL && call->settings->quiet)
		return;
	fputs("hearth: ", stderr);
	va_start(ap, fmt);
	vfprintf(stderr, fmt, ap);
	va_end(ap);
	fputc('\n', stderr);
}

void
call_target(const struct call *call, struct buf *target,
    enum api_route_id route, const char *id)
{
	api_target(target, route, id);
	for (int i = 0; i < OPTION_COUNT; i++) {
		enum api_param_id p = option_rows[i].param;

		if (call->given[i] != NULL && p != API_PARAMS &&
		    api_takes(route, p))
			api_query(target, p, call->given[i]);
	}
}

bool
call_get(struct call *call, struct buf *target, struct err *err)
{
	bool ok = net_get(call->net, buf_text(target), &call->answer, err);

	buf_free(target);
	return ok;
}

bool
call_put(
    struct call *call, struct buf *target, struct buf *body, struct err *err)
{
	bool ok =
	    net_put(call->net, buf_text(target), body, &call->answer, err);

	buf_free(target);
	buf_free(body);
	return ok;
}

bool
call_limit(const struct call *call, size_t *limit, struct err *err)
{
	const char *text = call->given[OPTION_LIMIT];
	char *end;
	long v;

	*limit = call->format == AS_TABLE ? API_ROWS : 0;
	if (text == NULL)
		return true;
	v = strtol(text, &end, 10);
	if (*end != '\0' || end == text || v < 1 || v > 100000000)
		return err_set(
		    err, ERR_USAGE, _("--limit takes a whole number from 1"));
	*limit = (size_t)v;
	return true;
}

static bool
get_page(struct call *call, const struct buf *target, const char *after,
    size_t rows, cJSON **page, struct err *err)
{
	struct buf full = {0};
	char number[24];
	bool ok;

	buf_add(&full, buf_text(target), target->len);
	snprintf(number, sizeof number, "%zu", rows);
	api_query(&full, API_LIMIT, number);
	if (after != NULL)
		api_query(&full, API_AFTER, after);
	ok = net_get(call->net, buf_text(&full), page, err);
	buf_free(&full);
	return ok;
}

/* Moves the rows of a page behind those of the answer, and its "next". */
static void
append(cJSON *answer, cJSON *page)
{
	cJSON *rows = cJSON_GetObjectItemCaseSensitive(answer, "rows");
	cJSON *more = cJSON_DetachItemFromObjectCaseSensitive(page, "rows");
	cJSON *next = cJSON_DetachItemFromObjectCaseSensitive(page, "next");

	if (rows != NULL && more != NULL && more->child != NULL) {
		cJSON *first = more->child;

		/* Joined as lists: adding one by one would walk all before. */
		more->child = NULL;
		if (rows->child == NULL) {
			rows->child = first;
		} else {
			cJSON *last = rows->child->prev;

			rows->child->prev = first->prev;
			last->next = first;
			first->prev = last;
		}
	}
	cJSON_Delete(more);
	cJSON_DeleteItemFromObjectCaseSensitive(answer, "next");
	if (next == NULL)
		next = cJSON_CreateNull();
	cJSON_AddItemToObject(answer, "next", next);
}

static size_t
row_count(const cJSON *answer)
{
	const cJSON *rows = cJSON_GetObjectItemCaseSensitive(answer, "rows");

	return rows == NULL ? 0 : (size_t)cJSON_GetArraySize(rows);
}

bool
call_pages(struct call *call, struct buf *target, size_t limit, struct err *err)
{
	size_t have = 0, want = limit == 0 || limit > PAGE ? PAGE : limit;
	bool ok = get_page(call, target, NULL, want, &call->answer, err);
	const char *next;

	while (ok) {
		size_t before = have;
		cJSON *page = NULL;

		have = before == 0 ? row_count(call->answer) : have;
		next = json_get_string(call->answer, "next");
		if (next == NULL || (limit > 0 && have >= limit))
			break;
		want = limit == 0 || limit - have > PAGE ? PAGE : limit - have;
		ok = get_page(call, target, next, want, &page, err);
		if (!ok)
			break;
		if (row_count(page) == 0) {
			/* A key that leads nowhere would be asked for ever. */
			cJSON_Delete(page);
			ok = err_set(err, ERR_BAD_ANSWER,
			    _("the service gave an empty page"));
			break;
		}
		have += row_count(page);
		append(call->answer, page);
		cJSON_Delete(page);
	}
	buf_free(target);
	return ok;
}

void
call_note_more(const struct call *call, size_t limit)
{
	const cJSON *total =
	    cJSON_GetObjectItemCaseSensitive(call->answer, "total");

	if (limit > 0 && json_get_string(call->answer, "next") != NULL)
		call_say(call,
		    _("the first %zu of %.0f; --limit N shows more, "
		      "--format csv all of them"),
		    row_count(call->answer),
		    cJSON_IsNumber(total) ? total->valuedouble : 0.0);
}

bool
call_list(
    struct call *call, struct buf *target, const char *none, struct err *err)
{
	size_t limit;

	if (!call_limit(call, &limit, err)) {
		buf_free(target);
		return false;
	}
	if (!call_pages(call, target, limit, err))
		return false;
	call_note_more(call, limit);
	return none == NULL || row_count(call->answer) > 0 ||
	       err_set(err, ERR_NO_ANSWER, "%s", none);
}

void
call_forget(struct call *call)
{
	cJSON_Delete(call->answer);
	call->answer = NULL;
}

const char *
call_word(const struct call *call, int n)
{
	return n < call->n_words ? call->words[n] : NULL;
}

bool
call_needs(const struct call *call, int n, const char *usage, struct err *err)
{
	return call->n_words > n ||
	       err_set(err, ERR_USAGE, _("usage: hearth %s"), usage);
}

char *
call_measure(const char *word)
{
	char *id = xstrdup(word);

	for (char *p = id; *p != '\0'; p++)
		*p = (char)tolower((unsigned char)*p);
	return id;
}
