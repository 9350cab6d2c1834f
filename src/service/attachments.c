/* Attachments of reviews: PUT /v1/attachments/{id} says what one is, PUT
 * .../chunks/{n} brings its bytes, each chunk once whatever it belongs to; the
 * answer says what is still missing. GET gives them back; GET /v1/attachments
 * lists them. */
#include "service/handlers.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/i18n.h"
#include "proto/attachment.h"
#include "service/audit.h"
#include "service/rights.h"
#include "service/shape.h"
#include "service/shelf.h"

struct attaching {
	struct context *c;
	struct attachment *a; /* the arena's */
	bool there;
	int64_t at_ms;
	const char *id, *serial, *by;
};

static int64_t
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* --- what is kept ------------------------------------------------------ */

static bool
take_there(void *arg, const struct store_attachment *row, struct err *err)
{
	struct attaching *t = arg;
	struct arena *arena = &t->c->arena;

	t->there = true;
	t->at_ms = row->at_ms;
	t->id = arena_strndup(arena, row->id, strlen(row->id));
	t->by = arena_strndup(arena, row->by, strlen(row->by));
	t->serial = arena_strndup(arena, row->serial, strlen(row->serial));
	t->a = arena_alloc(arena, sizeof *t->a);
	return attachment_read(t->a, row->body, row->len, err);
}

/* The one of the address; refuses when there is none. */
static bool
attaching_find(struct attaching *t)
{
	struct context *c = t->c;

	if (!shelf_attachments(c->svc->shelf, context_text(c, API_PATH_ID),
		take_there, t, &c->err))
		return false;
	return t->there || context_refuse(c, ERR_NO_ANSWER, API_PATH_ID,
			       _("there is no such attachment"));
}

static void
write_missing(struct json *j, const struct shelf_chunk *list, uint32_t n)
{
	json_key(j, "missing");
	json_array(j);
	for (uint32_t k = 0; k < n; k++)
		if (!list[k].there)
			json_int(j, k + 1);
	json_array_end(j);
}

/* The receipt, or what is still to come. */
static bool
attaching_tell(struct attaching *t)
{
	struct context *c = t->c;
	struct json *j = &c->json;
	struct shelf_chunk *list =
	    arena_alloc(&c->arena, (t->a->n + 1) * sizeof *list);
	bool complete = true;

	for (uint32_t k = 0; k < t->a->n; k++)
		list[k] = (struct shelf_chunk){.hash = t->a->chunks[k]};
	if (!shelf_chunks_there(c->svc->shelf, list, t->a->n, &c->err))
		return false;
	for (uint32_t k = 0; k < t->a->n; k++)
		complete = complete && list[k].there;
	json_key(j, "attachment");
	json_object(j);
	json_kv_string(j, "id", t->id);
	json_kv_string(j, "hash", t->a->hash);
	json_kv_string(j, "state", complete ? "complete" : "waiting");
	write_missing(j, list, t->a->n);
	json_kv_int(j, "at_ms", t->at_ms);
	json_kv_string(j, "serial", t->serial);
	json_object_end(j);
	return true;
}

/* --- taking it ---------------------------------------------------------- */

static bool
is_id(const char *id)
{
	return strlen(id) == REVISION_ID - 1 &&
	       strspn(id, "0123456789abcdef") == REVISION_ID - 1;
}

bool
attachment_put_answer(struct context *c)
{
	const struct request *q = c->request;
	struct attaching t = {.c = c, .id = context_text(c, API_PATH_ID)};
	struct store_attachment row = {.id = t.id,
	    .body = q->body,
	    .len = q->body_len,
	    .by = q->who.name != NULL ? q->who.name : "",
	    .at_ms = now_ms()};
	unsigned char bytes[16];
	char serial[sizeof bytes * 2 + 1];
	enum store_taken taken;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS))
		return false;
	if (!is_id(t.id))
		return context_refuse(c, ERR_BAD_VALUE, API_PATH_ID,
		    _("32 hex digits, made where the file was added"));
	t.a = arena_alloc(&c->arena, sizeof *t.a);
	if (!attachment_read(t.a, q->body, q->body_len, &c->err))
		return err_set(&c->err, ERR_REFUSED, "%s",
		    _("this describes no attachment"));
	randombytes_buf(bytes, sizeof bytes);
	sodium_bin2hex(serial, sizeof serial, bytes, sizeof bytes);
	row.record = t.a->record;
	row.hash = t.a->hash;
	row.serial = serial;
	if (!shelf_attach(c->svc->shelf, &row, &taken, &c->err))
		return false;
	if (taken == STORE_TAKEN_OTHER)
		return err_set(&c->err, ERR_OTHER_CONTENT, "%s",
		    _("another file is there under this id"));
	c->status = taken == STORE_TAKEN ? 201 : 200;
	return attaching_find(&t) && attaching_tell(&t);
}

/* --- chunks ------------------------------------------------------------- */

static const char *
chunk_hash(struct attaching *t)
{
	int64_t n = context_number(t->c, API_PATH_N, 0);

	if (n >= 1 && n <= t->a->n)
		return t->a->chunks[n - 1];
	context_refuse(t->c, ERR_NO_ANSWER, API_PATH_N,
	    _("the attachment has no such chunk"));
	return NULL;
}

static void
chunk_end(void *data)
{
	buf_free(data);
}

static struct buf *
chunk_buf(struct context *c)
{
	struct buf *b = arena_alloc(&c->arena, sizeof *b);

	*b = (struct buf){0};
	context_hold(c, b, chunk_end);
	return b;
}

bool
chunk_put_answer(struct context *c)
{
	const struct request *q = c->request;
	struct attaching t = {.c = c};
	struct buf *bytes = chunk_buf(c), *data = chunk_buf(c);
	char hash[REVISION_HASH];
	const char *wanted;

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) || !attaching_find(&t))
		return false;
	wanted = chunk_hash(&t);
	if (wanted == NULL)
		return false;
	if (!attachment_chunk_read(bytes, q->body, q->body_len, &c->err))
		return err_set(
		    &c->err, ERR_REFUSED, "%s", _("this is no chunk"));
	revision_hash(hash, bytes->data, bytes->len);
	if (strcmp(hash, wanted) != 0)
		return err_set(&c->err, ERR_REFUSED, "%s",
		    _("this is not the chunk that was announced"));
	attachment_chunk_write(data, bytes->data, bytes->len);
	return shelf_chunk_take(
		   c->svc->shelf, wanted, data->data, data->len, &c->err) &&
	       attaching_tell(&t);
}

/* Looking at a scan is a look at what it shows. */
static bool
attaching_looked(struct attaching *t)
{
	struct context *c = t->c;
	const char *what =
	    arena_printf(&c->arena, "attachment:%s", t->a->record);
	const struct audit_look look = {.who = c->request->who.name,
	    .screen = api_routes[c->route].path,
	    .children = &what,
	    .n = 1};

	return audit_add(c->svc->audit, &look, &c->err);
}

bool
chunk_answer(struct context *c)
{
	struct attaching t = {.c = c};
	struct shelf_chunk chunk = {0};
	struct buf *data = chunk_buf(c);

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) || !attaching_find(&t))
		return false;
	chunk.hash = chunk_hash(&t);
	if (chunk.hash == NULL ||
	    !shelf_chunk(c->svc->shelf, &chunk, data, &c->err))
		return false;
	if (!chunk.there)
		return context_refuse(c, ERR_NO_ANSWER, API_PATH_N,
		    _("this chunk has not come yet"));
	/* As it came, {"data":...}; the braces are the answer's. */
	json_kv_string(&c->json, "hash", chunk.hash);
	buf_char(c->json.out, ',');
	buf_add(c->json.out, data->data + 1, data->len - 2);
	return attaching_looked(&t);
}

/* --- looking ------------------------------------------------------------ */

static void
attaching_row(struct attaching *t)
{
	char at[SHAPE_TIME];
	const struct attachment *a = t->a;
	const struct api_attached row = {
	    .id = t->id,
	    .record = a->record,
	    .review = a->review,
	    .unit = a->unit,
	    .key = a->key,
	    .question = a->question,
	    .name = a->name,
	    .bytes = a->bytes,
	    .hash = a->hash,
	    .by = a->by,
	    .at = shape_time(t->at_ms / 1000, at),
	};

	api_object(&t->c->json, API_RESOURCE_attached, &row);
}

bool
attachment_answer(struct context *c)
{
	struct attaching t = {.c = c};

	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS) || !attaching_find(&t))
		return false;
	json_key(&c->json, "about");
	attaching_row(&t);
	return attaching_tell(&t);
}

static bool
attachments_each(void *arg, const struct store_attachment *row, struct err *err)
{
	struct attaching t = {.c = arg};

	if (!take_there(&t, row, err))
		return false;
	attaching_row(&t);
	return true;
}

bool
attachments_answer(struct context *c)
{
	if (!rights_may(c, FACTS_NO_ROW, RIGHT_REVIEWS))
		return false;
	json_key(&c->json, "attachments");
	json_array(&c->json);
	if (!shelf_attachments(
		c->svc->shelf, NULL, attachments_each, c, &c->err))
		return false;
	json_array_end(&c->json);
	return true;
}
