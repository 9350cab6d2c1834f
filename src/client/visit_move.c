/* A review on a newer version of its form: which packet brings one, going over,
 * and reading afterwards what was answered on the older one. Nothing that was
 * kept is written anew: the maps of the packets say at each opening what it is
 * in the present form. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/i18n.h"
#include "client/visit_part.h"
#include "journal/packet.h"

/* --- the parts of a packet -------------------------------------------------
 */

static char *
part_text(const struct bundle *b, const char *name)
{
	const struct bundle_part *part = bundle_part(b, name);

	return part != NULL ? xstrndup(part->data, part->len) : NULL;
}

/* What leads from a version to the packet's own. NULL is no failure: the
 * packet brings none. */
static bool
read_map(struct instrument_map **map, const struct bundle *b,
    const struct instrument *from, const struct instrument *to, struct err *err)
{
	struct faults faults = {0};
	char name[24], *text;

	snprintf(name, sizeof name, MAP_PART, instrument_about(from)->version);
	*map = NULL;
	text = part_text(b, name);
	if (text == NULL)
		return true;
	*map = instrument_map_parse(name, text, from, to, &faults);
	if (*map == NULL)
		err_set(err, ERR_CORRUPT, _("the packet's map: %s"),
		    faults.n > 0 ? faults.list[0].text : "");
	faults_free(&faults);
	free(text);
	return *map != NULL;
}

/* --- the forms that a review has and had -----------------------------------
 */

/* The form of the next packet; the one before it becomes a former one. */
static bool
next_form(struct visit *v, const char *packet, struct err *err)
{
	struct instrument *in;
	struct visit_former former = {.in = v->in};
	struct buf hold = {0};
	struct bundle b;
	bool ok = packet_open(&b, &hold, v->folder, packet, err);

	in = ok ? visit_form(&b, VISIT_INSTRUMENT_PART, err) : NULL;
	ok = in != NULL;

	if (ok && former.in != NULL) {
		ok = read_map(&former.map, &b, former.in, in, err);
		grow(&v->before, &v->before_cap, v->before_n + 1,
		    sizeof *v->before);
		v->before[v->before_n++] = former;
	}
	if (in != NULL)
		v->in = in;
	vault_wipe(&hold);
	return ok;
}

bool
visit_forms(struct visit *v, struct err *err)
{
	struct journal_identity id;
	bool ok = true;

	for (size_t n = 0; ok && journal_before(v->journal, n, &id); n++)
		ok = next_form(v, id.packet, err);
	return ok && next_form(v, journal_identity(v->journal)->packet, err);
}

static void
form_fini(struct visit_former *form)
{
	instrument_map_free(form->map);
	instrument_free(form->in);
	*form = (struct visit_former){0};
}

void
visit_forms_free(struct visit *v)
{
	form_fini(&v->older);
	for (size_t i = 0; i < v->before_n; i++)
		instrument_map_free(v->before[i].map);
	for (size_t i = 0; i < v->before_n; i++)
		instrument_free(v->before[i].in);
	free(v->before);
	instrument_free(v->in);
}

void
visit_event_now(const struct visit *v, size_t moves, struct event *e)
{
	for (; moves < v->before_n; moves++)
		if (v->before[moves].map != NULL)
			instrument_map_event(v->before[moves].map, e);
}

static const struct question *
question_of(const struct instrument *in, const char *id)
{
	int n, q = instrument_question(in, id, strlen(id));

	return q >= 0 ? &instrument_questions(in, &n)[q] : NULL;
}

const struct question *
visit_question(const struct visit *v, const char *id)
{
	const struct question *q = question_of(v->in, id);

	for (size_t i = v->before_n; q == NULL && i-- > 0;)
		q = question_of(v->before[i].in, id);
	return q;
}

/* --- what another device sealed --------------------------------------------
 */

static int
version_of(const struct instrument *in)
{
	return instrument_about(in)->version;
}

/* Which of the former forms that is; before_n: none. */
static size_t
former(const struct visit *v, int version)
{
	size_t i = 0;

	while (i < v->before_n && version_of(v->before[i].in) != version)
		i++;
	return i;
}

/* This device began with the newer version; its packet knows the older one. */
static bool
read_older(struct visit *v, int version, struct err *err)
{
	struct buf hold = {0};
	struct bundle b;
	char name[24];
	bool ok;

	if (v->older.in != NULL && version_of(v->older.in) == version)
		return true;
	form_fini(&v->older);
	snprintf(name, sizeof name, WAS_PART, version);
	ok = packet_open(
	    &b, &hold, v->folder, journal_identity(v->journal)->packet, err);
	if (ok && bundle_part(&b, name) != NULL) {
		v->older.in = visit_form(&b, name, err);
		ok = v->older.in != NULL &&
		     read_map(&v->older.map, &b, v->older.in, v->in, err);
	}
	if (!ok || v->older.map == NULL)
		form_fini(&v->older);
	vault_wipe(&hold);
	return ok;
}

bool
visit_knows(
    struct visit *v, const char *instrument, int version, struct err *err)
{
	const struct instrument_about *mine = instrument_about(v->in);
	bool same = strcmp(instrument, mine->id) == 0;

	if (same &&
	    (version == mine->version || former(v, version) < v->before_n))
		return true;
	if (same && version > mine->version)
		return err_set(err, ERR_REFUSED,
		    _("the other device filled in version %d of the form; here "
		      "it is version %d: hearth review fetch brings the newer "
		      "one, hearth review move goes over to it"),
		    version, mine->version);
	if (same && !read_older(v, version, err))
		return false;
	return v->older.in != NULL ||
	       err_set(err, ERR_REFUSED,
		   _("the other device filled in %s, version %d; here it is "
		     "%s, version %d, and no map leads from one to the other: "
		     "the office has to send one"),
		   instrument, version, mine->id, mine->version);
}

void
visit_event_of(const struct visit *v, int version, struct event *e)
{
	if (version == version_of(v->in))
		return;
	if (former(v, version) < v->before_n)
		visit_event_now(v, former(v, version), e);
	else if (v->older.map != NULL)
		instrument_map_event(v->older.map, e);
}

/* --- going over ------------------------------------------------------------
 */

struct newest {
	const struct visit *visit;
	struct visit_newer *out;
	int version;
	int64_t issued_ms;
};

/* "gh-2026/3": the version, when it is that instrument; 0. */
static int
version_in(const char *text, const char *id)
{
	size_t n = strlen(id);

	return strncmp(text, id, n) == 0 && text[n] == '/' ? atoi(text + n + 1)
							   : 0;
}

static void
newest_one(void *arg, const struct bundle_about *about)
{
	struct newest *n = arg;
	const struct visit *v = n->visit;
	int version =
	    version_in(about->instrument, instrument_about(v->in)->id);

	if (strcmp(about->review, journal_identity(v->journal)->review) != 0 ||
	    version <= version_of(v->in) || version < n->version ||
	    (version == n->version && about->issued_ms < n->issued_ms))
		return;
	n->version = version;
	n->issued_ms = about->issued_ms;
	strcpy(n->out->packet, about->packet);
	strcpy(n->out->instrument, about->instrument);
}

static bool
find_newest(struct visit *v, struct visit_newer *out, struct err *err)
{
	struct newest n = {.visit = v, .out = out};
	size_t bad;

	*out = (struct visit_newer){0};
	return packet_list(v->folder, newest_one, &n, &bad, err);
}

bool
visit_newer(struct visit *v, struct visit_newer *out, struct err *err)
{
	struct buf hold = {0};
	struct bundle b;
	bool ok;

	if (!find_newest(v, out, err))
		return false;
	if (*out->packet == '\0')
		return err_set(err, ERR_NO_ANSWER,
		    _("no newer version of the form is here: hearth review "
		      "fetch, or take FILE, brings the packet that has it"));
	ok = packet_open(&b, &hold, v->folder, out->packet, err);
	out->in = ok ? visit_form(&b, VISIT_INSTRUMENT_PART, err) : NULL;
	ok = out->in != NULL && read_map(&out->map, &b, v->in, out->in, err);
	if (ok && out->map == NULL)
		ok = err_set(err, ERR_REFUSED,
		    _("the packet brings %s, but no map from version %d: the "
		      "office has to send one that does"),
		    out->instrument, version_of(v->in));
	vault_wipe(&hold);
	if (!ok)
		visit_newer_free(out);
	return ok;
}

void
visit_newer_free(struct visit_newer *newer)
{
	instrument_map_free(newer->map);
	instrument_free(newer->in);
	*newer = (struct visit_newer){0};
}

bool
visit_move(struct visit *v, const struct visit_newer *to, struct err *err)
{
	if (journal_health(v->journal) == JOURNAL_READONLY)
		return err_set(
		    err, ERR_READ_ONLY, "%s", _("this review is read-only"));
	/* The folder first: at no moment may an older program read the line. */
	return folder_raise(v->folder, err) &&
	       journal_move(v->journal, to->packet, to->instrument, err);
}

void
visit_tell_newer(struct visit *v)
{
	struct visit_newer newer;
	struct err ignored;

	if (*v->found == '\0' && find_newest(v, &newer, &ignored) &&
	    *newer.packet != '\0')
		snprintf(v->found, sizeof v->found,
		    _("the newer form %s is here: hearth review preview, "
		      "hearth review move"),
		    newer.instrument);
}

/* --- what case data bring to new questions ---------------------------------
 */

static bool
feed_one(struct visit *v, struct event *e, struct err *err)
{
	struct review *r = v->review;
	int unit = review_unit_find(r, e->unit, e->key);
	int q = instrument_question(v->in, e->question, strlen(e->question));
	const struct review_cell *cell =
	    unit >= 0 && q >= 0 ? review_cell(r, unit, q) : NULL;
	struct buf bytes = {0};
	bool ok;

	if (cell == NULL || cell->fed.state != ANSWER_UNASKED)
		return true;
	e->sequence = review_sequence(r) + 1;
	e->group = review_next_group(r);
	event_encode(&bytes, e);
	ok = journal_append(
		 v->journal, JOURNAL_EVENT, bytes.data, bytes.len, err) &&
	     review_apply(r, e, err);
	vault_wipe(&bytes);
	return ok;
}

/* A crash between the move and this makes up for it at the next opening. */
bool
visit_feed(struct visit *v, struct err *err)
{
	const struct instrument_map *map =
	    v->before_n > 0 ? v->before[v->before_n - 1].map : NULL;
	struct buf hold = {0};
	struct change c = {0};
	struct bundle b;
	bool ok;

	if (map == NULL || journal_health(v->journal) != JOURNAL_WELL)
		return true;
	ok = packet_open(&b, &hold, v->folder,
		 journal_identity(v->journal)->packet, err) &&
	     visit_roster(&c, &b, err);
	for (size_t i = 0; ok && i < c.n; i++)
		if (c.list[i].kind == EVENT_FED &&
		    instrument_map_new(map, c.list[i].question))
			ok = feed_one(v, &c.list[i], err);
	change_free(&c);
	vault_wipe(&hold);
	return ok;
}
