#include "client/form_sync.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/field_sync.h"
#include "client/news.h"
#include "client/reconcile.h"
#include "client/send.h"

struct form_sync {
	struct form_sync_conf conf;
	struct folder *folder;
	struct net *net;
	bool own_net;
	struct send *send;
	struct reconcile *reconcile;
	struct news_asking *news;
	bool pull; /* others' revisions are to be asked for */
	bool changed;
	int rounds;	/* of sealing again; not for ever */
	int64_t due_ms; /* when the next try is, this machine's clock */
	int64_t tried_ms;
	char said[400], saying[400];
};

static int64_t
sync_wall(const struct form_sync *s)
{
	const struct io *io = folder_io(s->folder);

	return io->ops->wall_ms(io->self);
}

static void
sync_say(struct form_sync *s, const char *text)
{
	snprintf(s->said, sizeof s->said, "%.399s", text);
	s->changed = true;
}

/* --- opening
 * ------------------------------------------------------------------
 */

static bool
sync_connect(struct form_sync *s, struct err *err)
{
	const struct settings *settings = s->conf.settings;
	struct net_conf conf = {0};

	s->net = s->conf.net;
	if (s->net != NULL || settings == NULL || settings->url == NULL)
		return true;
	conf.target = settings->url;
	conf.ca_file = settings->ca_file;
	conf.plain_beyond = settings->plain_beyond;
	conf.answer_seconds = settings->timeout;
	s->own_net = true;
	return net_open(&s->net, &conf, err);
}

bool
form_sync_open(
    struct form_sync **out, const struct form_sync_conf *conf, struct err *err)
{
	struct form_sync *s = xcalloc(1, sizeof *s);

	s->conf = *conf;
	s->folder = visit_folder(conf->visit);
	s->changed = true;
	if (!sync_connect(s, err) ||
	    !send_open(&s->send, s->net, s->folder, err)) {
		form_sync_close(s);
		return false;
	}
	*out = s;
	return true;
}

void
form_sync_close(struct form_sync *s)
{
	if (s == NULL)
		return;
	reconcile_cancel(s->reconcile);
	news_cancel(s->news);
	send_close(s->send);
	if (s->own_net)
		net_close(s->net);
	free(s);
}

struct net *
form_sync_net(struct form_sync *s)
{
	return s != NULL ? s->net : NULL;
}

/* --- doing
 * --------------------------------------------------------------------
 */

/* The states are read anew: sealing and merging change the files. */
static bool
sync_reload(struct form_sync *s)
{
	struct err err;

	send_close(s->send);
	s->send = NULL;
	if (send_open(&s->send, s->net, s->folder, &err))
		return true;
	sync_say(s, err.text);
	return false;
}

static void
sync_queue_all(struct form_sync *s)
{
	struct sync *sync = send_sync(s->send);
	struct err err = {0};

	for (size_t i = 0; i < sync_count(sync); i++)
		if (sync_item(sync, i)->state == OUTBOX_SEALED)
			sync_queue(sync, &sync_item(sync, i)->seal, &err);
	sync_wish(sync, NULL, OUTBOX_SEND, &err);
	ship_now(send_ship(s->send));
	if (err.code != ERR_NONE)
		sync_say(s, err.text);
}

void
form_sync_now(struct form_sync *s)
{
	s->changed = true;
	if (s->net == NULL || send_busy(s->send) || s->reconcile != NULL ||
	    !sync_reload(s))
		return;
	s->pull = true;
	s->rounds = 3;
	s->tried_ms = sync_wall(s);
	sync_queue_all(s);
}

static void
sync_news_done(void *arg)
{
	struct form_sync *s = arg;

	s->news = NULL;
	s->changed = true;
	visit_files_changed(s->conf.visit);
}

static void
sync_tell_merged(struct form_sync *s, const struct visit_merged *m)
{
	char text[400];

	if (m->revisions == 0)
		return;
	if (m->conflicts > 0)
		snprintf(text, sizeof text,
		    ngettext("%.60s sealed this review too: %zu answers came, "
			     "%u waits for your choice (x)",
			"%.60s sealed this review too: %zu answers came, %u "
			"wait "
			"for your choice (x)",
			m->conflicts),
		    m->by, m->n, m->conflicts);
	else
		snprintf(text, sizeof text,
		    _("%.60s sealed this review too: %zu answers came"), m->by,
		    m->n);
	sync_say(s, text);
}

static void
sync_reconciled(void *arg, struct visit_merged *merged, const struct err *err)
{
	struct form_sync *s = arg;
	struct err why = {0};

	s->reconcile = NULL;
	s->changed = true;
	if (err->code != ERR_NONE)
		sync_say(s, err->text);
	sync_tell_merged(s, merged);
	if (merged->ready && s->rounds-- > 0 &&
	    field_seal_merged(s->conf.visit, merged, &why) && sync_reload(s)) {
		s->pull = true;
		sync_queue_all(s);
	} else if (merged->revisions > 0) {
		sync_reload(s);
	}
	if (why.code != ERR_NONE)
		sync_say(s, why.text);
	visit_merged_free(merged);
	if (!s->pull && err->code == ERR_NONE)
		s->news = news_begin(
		    s->net, s->conf.visit, s->conf.who, sync_news_done, s);
}

static void
sync_pull(struct form_sync *s)
{
	struct err err;

	s->pull = false;
	if (folder_readonly(s->folder))
		return;
	s->reconcile =
	    reconcile_begin(s->net, s->conf.visit, s->conf.who, &err);
	if (s->reconcile == NULL)
		sync_say(s, err.text);
	else
		reconcile_then(s->reconcile, sync_reconciled, s);
}

int
form_sync_tick(struct form_sync *s)
{
	struct err err;
	bool was = send_busy(s->send);
	int wait;

	if (s->net == NULL || s->reconcile != NULL)
		return -1;
	wait = send_tick(s->send, &err);
	s->changed |= was != send_busy(s->send);
	if (err.code != ERR_NONE)
		sync_say(s, err.text);
	s->due_ms = wait > 0 ? sync_wall(s) + wait : 0;
	/* Not while the line itself fails: it would only fail again. */
	if (s->pull && !send_busy(s->send) && wait < 0)
		sync_pull(s);
	return wait;
}

bool
form_sync_changed(struct form_sync *s)
{
	bool changed = s->changed;

	s->changed = false;
	return changed;
}

const char *
form_sync_said(struct form_sync *s)
{
	strcpy(s->saying, s->said);
	s->said[0] = '\0';
	return s->saying;
}

/* --- showing
 * ------------------------------------------------------------------
 */

static void
text_item(struct form_sync *s, const struct sync_item *item, struct buf *out)
{
	char moment[20];
	struct buf clock = {0};

	form_moment(item->since_ms, moment);
	buf_printf(out, _("Revision %u: %s"), item->seal.revision,
	    _(outbox_words(item->state)));
	if (*moment != '\0')
		buf_printf(out, " (%s)", moment);
	buf_char(out, '\n');
	if (item->last != OUTBOX_ANSWERS && item->state != OUTBOX_SENT &&
	    item->state != OUTBOX_THEIRS)
		buf_printf(out, "  %s\n", _(outbox_says(item->last)));
	if (*item->words != '\0')
		buf_printf(out, _("  In its words: %s\n"), item->words);
	field_clock_words(field_clock_ahead(s->folder, item), &clock);
	if (clock.len > 0)
		buf_printf(out, "  %s\n", buf_text(&clock));
	buf_free(&clock);
}

static void
text_queue(struct form_sync *s, struct buf *out)
{
	struct sync *sync = send_sync(s->send);
	struct ship *ship = send_ship(s->send);
	const uint8_t *record =
	    journal_identity(visit_journal(s->conf.visit))->record;
	size_t others = 0;

	if (sync_count(sync) == 0)
		buf_printf(out, "%s\n", _("Nothing is sealed yet."));
	/* The newest first: what is old and done may fall off the page. */
	for (size_t i = sync_count(sync); i-- > 0;) {
		const struct sync_item *item = sync_item(sync, i);

		if (memcmp(item->seal.record, record, JOURNAL_ID) == 0)
			text_item(s, item, out);
		else
			others += item->state != OUTBOX_SENT &&
				  item->state != OUTBOX_THEIRS;
	}
	if (others > 0)
		buf_printf(out,
		    ngettext("%zu revision of other reviews is not sent.\n",
			"%zu revisions of other reviews are not sent.\n",
			others),
		    others);
	for (size_t i = 0; i < ship_count(ship); i++)
		buf_printf(out, "%s: %s %s\n", ship_item(ship, i)->about.name,
		    _(attach_says(ship_item(ship, i)->state)),
		    ship_item(ship, i)->words);
}

static void
text_times(struct form_sync *s, struct buf *out)
{
	char moment[20];

	if (s->tried_ms > 0) {
		form_moment(s->tried_ms, moment);
		buf_printf(out, _("Last try: %s\n"), moment);
	}
	if (s->due_ms > 0) {
		form_moment(s->due_ms, moment);
		buf_printf(out, _("Next try by itself: %s\n"), moment);
	}
	if (send_busy(s->send))
		buf_printf(out, "%s\n", _("Sending now; go on typing."));
	else if (s->reconcile != NULL)
		buf_printf(out, "%s\n", _("Asking what other devices sealed."));
}

void
form_sync_text(struct form_sync *s, struct buf *out)
{
	uint64_t unsealed = journal_unsealed(visit_journal(s->conf.visit));

	buf_printf(out, "%s\n%s\n\n", _("TO THE OFFICE"),
	    _("Enter sends now. Esc goes back; it sends on meanwhile."));
	if (unsealed > 0)
		buf_printf(out,
		    _("%llu events since the last seal; hearth review seal "
		      "freezes them for sending.\n"),
		    (unsigned long long)unsealed);
	text_queue(s, out);
	buf_char(out, '\n');
	text_times(s, out);
	if (s->net == NULL)
		buf_printf(out, "%s\n",
		    _("No service is named: hearth --service URL review open, "
		      "or hearth.conf. Offline is fine; everything is kept."));
}
