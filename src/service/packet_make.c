/* What a packet holds: the form, the ways to it from older ones, the roster and
 * the sample; signed. */
#include "service/packet_part.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/i18n.h"
#include "poms/roster.h"
#include "service/instruments.h"
#include "service/packing.h"
#include "service/signer.h"

#define DAY_MS INT64_C(86400000)

static void
add_part(struct issuing *i, const char *name, const void *data, size_t len)
{
	struct bundle_part *part = &i->bundle.parts[i->bundle.n++];

	snprintf(part->name, sizeof part->name, "%s", name);
	part->data = data;
	part->len = len;
}

/* What was answered on that version can go over to the packet's: what becomes
 * of it, and the version itself, for devices that never had it. */
static bool
add_way(struct issuing *i, int version)
{
	const struct instruments_way way =
	    instruments_way(i->c->svc->instruments, i->in, version);
	char map[24], was[24];

	if (way.map == NULL)
		return false;
	snprintf(map, sizeof map, MAP_PART, version);
	snprintf(was, sizeof was, WAS_PART, version);
	if (bundle_part(&i->bundle, map) != NULL ||
	    i->bundle.n + 4 > BUNDLE_PARTS)
		return true;
	add_part(i, map, way.map, strlen(way.map));
	add_part(i, was, way.was, strlen(way.was));
	return true;
}

/* The sample stays as it was drawn; the form may have been mended since, when a
 * map says what that does to answers. */
static bool
way_from_draw(struct issuing *i)
{
	const struct instrument *was;

	if (i->draw == NULL ||
	    strcmp(instrument_about(i->in)->hash, i->draw->hash) == 0)
		return true;
	if (!instruments_find(
		i->c->svc->instruments, i->draw->hash, &was, &i->c->err))
		return false;
	if (add_way(i, instrument_about(was)->version))
		return true;
	i->c->params.fault.hint =
	    _("put a map (NAME-1-2.map) beside the new version: it says what "
	      "becomes of answers to the old one");
	return err_set(&i->c->err, ERR_REFUSED,
	    _("the sample was drawn by %s, and no map leads from there to the "
	      "instrument in force"),
	    i->draw->instrument);
}

/* Whoever has a packet of this review works on the version that it had. */
static bool
ways_from_packets(struct issuing *i)
{
	const struct shelf_ask ask = {.kind = PAPER_PACKET};
	struct papers papers;

	if (!papers_read(i->c, &ask, &papers))
		return false;
	for (size_t k = 0; k < papers.n; k++) {
		const cJSON *body = papers.list[k].body;
		const char *of = json_get_string(body, "review");
		const char *form = json_get_string(body, "instrument");
		const char *slash = form != NULL ? strrchr(form, '/') : NULL;

		if (of != NULL && slash != NULL &&
		    strcmp(of, i->row->api.id) == 0)
			add_way(i, atoi(slash + 1));
	}
	return true;
}

/* The newest; of a draw by an older one, when answers can go over. */
static bool
find_instrument(struct issuing *i)
{
	return instruments_newest(i->c->svc->instruments, NULL, &i->in,
		   &i->text, &i->c->err) &&
	       way_from_draw(i) && ways_from_packets(i);
}

/* The roster is of the import that was drawn from. */
static bool
look_back(struct issuing *i)
{
	struct snap *snap;

	if (i->draw == NULL)
		return context_facts(i->c);
	if (!context_take(i->c, i->draw->generation, API_GENERATION, &snap))
		return false;
	context_look(i->c, snap);
	return true;
}

static bool
labels_of(struct issuing *i, const cJSON **labels)
{
	const struct paper *p;

	if (!papers_one(i->c, PAPER_DRAW, i->row->api.id, &p))
		return false;
	*labels = p != NULL ? cJSON_GetObjectItem(p->body, "labels") : NULL;
	return true;
}

static void
about(struct issuing *i)
{
	struct bundle_about *a = &i->bundle.about;
	const struct instrument_about *what = instrument_about(i->in);
	int64_t days = body_int(i->body, "days");

	snprintf(a->packet, sizeof a->packet, "%s", i->id);
	snprintf(a->review, sizeof a->review, "%s", i->row->api.id);
	snprintf(a->user, sizeof a->user, "%s", body_text(i->body, "user"));
	snprintf(a->instrument, sizeof a->instrument, "%.48s/%d", what->id,
	    what->version);
	snprintf(a->office, sizeof a->office, "%s",
	    signer_office(i->c->svc->signer));
	a->issued_ms = papers_now();
	a->expires_ms =
	    a->issued_ms +
	    (days != API_NULL ? days : i->c->svc->packet_days) * DAY_MS;
}

/* Whatever is wrong with a roster is found here, not in the field. */
static bool
check_roster(struct issuing *i)
{
	static const struct stamp stamp = {"office", 0, 0};
	struct change change = {0};
	bool ok = roster_read(
	    &change, buf_text(&i->roster), i->roster.len, &stamp, &i->c->err);

	change_free(&change);
	return ok;
}

static bool
write_packet(struct issuing *i)
{
	struct packing p = {
	    .c = i->c, .row = i->row, .draw = i->draw, .in = i->in};

	p.on = i->draw != NULL ? i->draw->on
			       : facts_about(i->c->facts)->data_through;
	p.from =
	    i->draw != NULL ? i->draw->from : date_addmonths(p.on, -12) + 1;
	if (!labels_of(i, &p.labels) || !packing_roster(&p, &i->roster) ||
	    !check_roster(i))
		return false;
	about(i);
	add_part(i, "instrument", i->text, strlen(i->text));
	add_part(i, ROSTER_PART, i->roster.data, i->roster.len);
	if (i->draw != NULL) {
		packing_sample(&p, &i->sample);
		add_part(i, "sample", i->sample.data, i->sample.len);
	}
	if (!bundle_write(&i->bytes, &i->bundle,
		signer_secret(i->c->svc->signer), &i->c->err))
		return false;
	revision_hash(i->sha256, i->bytes.data, i->bytes.len);
	return true;
}

bool
packet_make(struct issuing *i)
{
	return find_instrument(i) && look_back(i) && write_packet(i);
}
