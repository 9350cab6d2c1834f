#include "office.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const struct office_row *
office_row(const struct office *office, const char *record, uint32_t revision)
{
	for (size_t i = 0; i < office->n; i++)
		if (office->rows[i].revision == revision &&
		    strcmp(office->rows[i].record, record) == 0)
			return &office->rows[i];
	return NULL;
}

static int
refuse(struct buf *body, int status, const char *code)
{
	buf_printf(body,
	    "{\"error\":{\"code\":\"%s\",\"message\":\"the office says %s\","
	    "\"field\":null,\"hint\":null}}",
	    code, code);
	return status;
}

/* Applies what can be: a revision whose predecessor was applied or refused. */
static void
settle(struct office *o)
{
	bool more = true;

	while (more) {
		more = false;
		for (size_t i = 0; i < o->n; i++) {
			struct office_row *r = &o->rows[i];
			const struct office_row *before =
			    office_row(o, r->record, r->revision - 1);

			if (r->applied || r->refused ||
			    (r->revision > 1 &&
				(before == NULL ||
				    !(before->applied || before->refused))))
				continue;
			r->applied = more = true;
		}
	}
}

static int
receipt(const struct office_row *row, bool later, struct buf *body)
{
	struct receipt r = {.revision = row->revision,
	    .state = !row->applied ? RECEIPT_HELD
		     : later	   ? RECEIPT_ARRIVED
				   : RECEIPT_APPLIED,
	    .at_ms = 1790000000000};

	strcpy(r.record, row->record);
	strcpy(r.hash, row->hash);
	strcpy(r.serial, "s");
	r.waits_for = r.state == RECEIPT_HELD ? row->revision - 1 : 0;
	receipt_write(body, &r);
	return r.state == RECEIPT_APPLIED ? 200 : 202;
}

static int
take(struct office *o, const struct revision *r, const char *hash, bool later,
    struct buf *body)
{
	struct office_row *row =
	    (struct office_row *)office_row(o, r->record, r->revision);

	if (row != NULL && strcmp(row->hash, hash) != 0)
		return refuse(body, 409, "other_content");
	if (row == NULL) {
		row = &o->rows[o->n++];
		*row = (struct office_row){.revision = r->revision};
		strcpy(row->record, r->record);
		strcpy(row->hash, hash);
	}
	row->arrivals++;
	if (o->odd_revision == r->revision) {
		row->refused = true;
		return refuse(body, o->odd_status, o->odd_code);
	}
	settle(o);
	return receipt(row, later && row->arrivals == 1, body);
}

bool
office_put(struct office *office, enum office_fault fault, const void *p,
    size_t n, int *status, struct buf *body, bool *half)
{
	struct revision r;
	struct buf text = {0};
	char hash[REVISION_HASH];
	struct err err;

	*half = false;
	office->requests++;
	buf_reset(body);
	switch (fault) {
	case OFFICE_DEAD:
		return false;
	case OFFICE_PORTAL:
		buf_str(body, "<html>Welcome to Hotel WiFi</html>");
		*status = 200;
		return true;
	case OFFICE_EMPTY:
		*status = 204;
		return true;
	case OFFICE_BUSY:
		*status = refuse(body, 503, "busy");
		return true;
	case OFFICE_FAULT:
		*status = refuse(body, 500, "internal");
		return true;
	default:
		break;
	}
	if (!revision_read(&r, &text, p, n, &err)) {
		*status = refuse(body, 400, "bad_request");
		return true;
	}
	revision_hash(hash, p, n);
	*status = take(office, &r, hash, fault == OFFICE_LATER, body);
	if (fault == OFFICE_OTHERS && body->len > 30)
		body->data[body->len / 2] ^= 1;
	*half = fault == OFFICE_HALF;
	buf_free(&text);
	return fault != OFFICE_TAKES_DROPS;
}
