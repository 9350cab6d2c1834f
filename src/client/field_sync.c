#include "client/field_sync.h"

#include <stdio.h>
#include <stdlib.h>

#include "base/i18n.h"
#include "client/news.h"
#include "client/reconcile.h"
#include "client/send.h"

#define CLOCK_NEWS_MS INT64_C(86400000) /* how long an old sign is believed */

/* How often others may be first before the rest is left to the next time. */
#define ROUNDS 4

void
field_synced_free(struct field_synced *synced)
{
	for (size_t i = 0; i < synced->n; i++)
		visit_merged_free(&synced->list[i].merged);
	free(synced->list);
	*synced = (struct field_synced){0};
}

/* --- what goes -------------------------------------------------------------
 */

static bool
queue_all(struct sync *sync, struct err *err)
{
	for (size_t i = 0; i < sync_count(sync); i++)
		if (sync_item(sync, i)->state == OUTBOX_SEALED &&
		    !sync_queue(sync, &sync_item(sync, i)->seal, err))
			return false;
	/* Somebody is waiting: no pause of earlier tries holds it up. */
	return sync_wish(sync, NULL, OUTBOX_SEND, err);
}

static bool
send_all(struct net *net, struct folder *folder, struct err *err)
{
	struct send *send;
	bool ok;

	if (!send_open(&send, net, folder, err))
		return false;
	ship_now(send_ship(send));
	ok = queue_all(send_sync(send), err) && send_run(send, err);
	send_close(send);
	return ok;
}

bool
field_sync_again(struct net *net, struct folder *folder, struct err *err)
{
	struct send *send;
	size_t n;
	bool ok;

	if (!send_open(&send, net, folder, err))
		return false;
	ok = sync_resend(send_sync(send), 0, &n, err) &&
	     ship_resend(send_ship(send), err);
	send_close(send);
	return ok;
}

/* --- what comes ------------------------------------------------------------
 */

bool
field_seal_merged(
    struct visit *visit, const struct visit_merged *merged, struct err *err)
{
	char *reason = xasprintf(_("merged with what %s sealed"), merged->by);
	struct seal seal;
	bool ok = visit_seal(visit, reason, &seal, err);

	free(reason);
	return ok;
}

static void
tell_others(struct visit *visit, const char *who, struct field_synced_review *r)
{
	struct news *news = news_open(visit_folder(visit),
	    journal_identity(visit_journal(visit))->record);
	struct buf names = {0};

	news_others(news, who, &names);
	snprintf(r->others, sizeof r->others, "%s", buf_text(&names));
	buf_free(&names);
	news_free(news);
}

static void
sync_visit(struct net *net, struct visit *visit, const char *who,
    struct field_synced_review *r)
{
	struct visit_merged merged = {0};

	r->sealed = false;
	if (!reconcile_run(net, visit, who, &merged, &r->err)) {
		visit_merged_free(&merged);
		return;
	}
	news_sync(net, visit, who);
	tell_others(visit, who, r);
	if (merged.ready)
		r->sealed = field_seal_merged(visit, &merged, &r->err);
	/* What came in an earlier round is told all the same. */
	if (merged.revisions > 0 || r->merged.revisions == 0) {
		visit_merged_free(&r->merged);
		r->merged = merged;
	} else {
		visit_merged_free(&merged);
	}
}

static void
add_review(void *arg, const struct visit_row *row)
{
	struct field_synced *out = arg;
	struct field_synced_review *r;

	/* A damaged one can be read and sent, not written. */
	if (*row->review == '\0' || row->damaged)
		return;
	grow(&out->list, &out->cap, out->n + 1, sizeof *out->list);
	r = &out->list[out->n++];
	*r = (struct field_synced_review){0};
	snprintf(r->review, sizeof r->review, "%s", row->review);
}

static bool
sync_reviews(struct net *net, struct folder *folder, const char *who,
    struct field_synced *out)
{
	bool again = false;

	for (size_t i = 0; i < out->n; i++) {
		struct field_synced_review *r = &out->list[i];
		struct visit *visit;

		r->err = (struct err){0};
		if (!visit_open(&visit, folder, r->review, who, &r->err))
			continue;
		sync_visit(net, visit, who, r);
		again = again || r->sealed;
		visit_close(visit);
	}
	return again;
}

int64_t
field_clock_ahead(struct folder *folder, const struct sync_item *item)
{
	struct revision r;
	struct buf body = {0}, text = {0};
	struct err err;
	const struct io *io = folder_io(folder);
	int64_t now = io->ops->wall_ms(io->self), ahead = 0;

	if (item->state != OUTBOX_SENT || item->receipt.at_ms == 0)
		return 0;
	/* It was sealed after the office had it: this clock is ahead. The
	 * answer came before the office gave it: it is behind. */
	if (seal_body(&body, folder, &item->seal, &err) &&
	    revision_read(&r, &text, body.data, body.len, &err) &&
	    r.sealed_ms > item->receipt.at_ms + JOURNAL_CLOCK_JUMP_MS) {
		/* Set back since, or so long ago that nobody can tell. */
		if (now >= r.sealed_ms && now - item->since_ms < CLOCK_NEWS_MS)
			ahead = r.sealed_ms - item->receipt.at_ms;
	} else if (now + JOURNAL_CLOCK_JUMP_MS < item->receipt.at_ms) {
		ahead = now - item->receipt.at_ms;
	}
	vault_wipe(&body);
	vault_wipe(&text);
	return ahead;
}

/* As people say it: minutes below two hours, hours below two days, days. */
static void
clock_span(int64_t ms, struct buf *out)
{
	unsigned long minutes = (unsigned long)(ms / 60000),
		      hours = minutes / 60, days = hours / 24;

	if (days >= 2)
		buf_printf(out, ngettext("%lu day", "%lu days", days), days);
	else if (hours >= 2)
		buf_printf(
		    out, ngettext("%lu hour", "%lu hours", hours), hours);
	else
		buf_printf(out, ngettext("%lu minute", "%lu minutes", minutes),
		    minutes);
}

void
field_clock_words(int64_t ahead_ms, struct buf *out)
{
	struct buf span = {0};

	if (ahead_ms == 0)
		return;
	clock_span(ahead_ms < 0 ? -ahead_ms : ahead_ms, &span);
	buf_printf(out,
	    ahead_ms > 0 ? _("This laptop's clock is at least %s ahead of the "
			     "office's; set it. Answers keep their order all "
			     "the same.")
			 : _("This laptop's clock is at least %s behind the "
			     "office's; set it. Answers keep their order all "
			     "the same."),
	    buf_text(&span));
	buf_free(&span);
}

bool
field_sync(struct net *net, struct folder *folder, const char *who,
    struct field_synced *out, struct err *err)
{
	bool ok, again = true;

	*out = (struct field_synced){0};
	ok = visit_list(folder, add_review, out, err);
	for (int round = 0; ok && again && round < ROUNDS; round++) {
		ok = send_all(net, folder, err);
		again = ok && !folder_readonly(folder) &&
			sync_reviews(net, folder, who, out);
	}
	return ok;
}
