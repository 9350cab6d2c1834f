/* hearthctl packet make: signs what a monitor takes along. */
#include <getopt.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "admin/admin.h"
#include "admin/keyfile.h"
#include "base/file.h"
#include "base/i18n.h"
#include "journal/io.h"
#include "poms/instrument.h"
#include "poms/roster.h"
#include "proto/bundle.h"

#define PART_MAX (32u << 20)
#define DAYS 120
#define DAY_MS INT64_C(86400000)

struct packing {
	struct bundle bundle;
	struct buf parts[BUNDLE_PARTS];
	const char *key, *office, *instrument, *roster;
	uint32_t days;
};

static bool
pack_text(char *to, size_t size, const char *from, struct err *err)
{
	if (strlen(from) >= size)
		return err_set(err, ERR_BAD_VALUE, _("%s is too long"), from);
	strcpy(to, from);
	return true;
}

static bool
pack_part(
    struct packing *p, const char *name, const char *path, struct err *err)
{
	struct bundle_part *part = &p->bundle.parts[p->bundle.n];
	struct buf *hold = &p->parts[p->bundle.n];

	if (p->bundle.n == BUNDLE_PARTS)
		return err_set(
		    err, ERR_BAD_VALUE, "%s", _("a packet has too many parts"));
	if (!pack_text(part->name, sizeof part->name, name, err) ||
	    !file_read(hold, path, PART_MAX, err))
		return false;
	part->data = buf_text(hold);
	part->len = hold->len;
	p->bundle.n++;
	return true;
}

/* "NAME=FILE" */
static bool
pack_other(struct packing *p, const char *text, struct err *err)
{
	const char *equals = strchr(text, '=');
	char *name;
	bool ok;

	if (equals == NULL)
		return err_set(err, ERR_USAGE,
		    _("%s: a part is given as NAME=FILE"), text);
	name = xstrndup(text, (size_t)(equals - text));
	ok = pack_part(p, name, equals + 1, err);
	free(name);
	return ok;
}

/* The instrument must be one, and says itself which; so must the roster. */
static bool
pack_instrument(struct packing *p, struct err *err)
{
	struct bundle_about *about = &p->bundle.about;
	const struct instrument_about *what;
	struct instrument *in;

	if (!instrument_load(&in, p->instrument, err))
		return false;
	what = instrument_about(in);
	snprintf(about->instrument, sizeof about->instrument, "%.48s/%d",
	    what->id, what->version);
	instrument_free(in);
	return pack_part(p, "instrument", p->instrument, err);
}

static bool
pack_roster(struct packing *p, struct err *err)
{
	static const struct stamp stamp = {"office", 0, 0};
	struct change change = {0};
	bool ok = pack_part(p, ROSTER_PART, p->roster, err);
	const struct buf *text = &p->parts[p->bundle.n - (ok ? 1 : 0)];

	ok = ok && roster_read(&change, buf_text(text), text->len, &stamp, err);
	change_free(&change);
	return ok;
}

static void
pack_about(struct packing *p)
{
	struct bundle_about *about = &p->bundle.about;
	uint8_t id[16];

	about->issued_ms = io_real.ops->wall_ms(NULL);
	about->expires_ms = about->issued_ms + (int64_t)p->days * DAY_MS;
	randombytes_buf(id, sizeof id);
	sodium_bin2hex(about->packet, sizeof about->packet, id, sizeof id);
}

static bool
pack_office(struct packing *p, struct err *err)
{
	uint8_t key[32];

	if (p->office == NULL)
		return true;
	if (!keyfile_read(p->office, key, sizeof key, err))
		return false;
	sodium_bin2hex(p->bundle.about.office, sizeof p->bundle.about.office,
	    key, sizeof key);
	return true;
}

static bool
pack_write(struct packing *p, const char *path, struct err *err)
{
	uint8_t secret[BUNDLE_SECRET];
	struct buf out = {0};
	bool ok = keyfile_read(p->key, secret, sizeof secret, err) &&
		  bundle_write(&out, &p->bundle, secret, err) &&
		  file_replace(path, out.data, out.len, err);

	sodium_memzero(secret, sizeof secret);
	buf_free(&out);
	return ok;
}

static bool
pack_option(struct packing *p, int option, struct err *err)
{
	struct bundle_about *about = &p->bundle.about;

	switch (option) {
	case 'k':
		p->key = optarg;
		return true;
	case 'o':
		p->office = optarg;
		return true;
	case 'i':
		p->instrument = optarg;
		return true;
	case 'R':
		p->roster = optarg;
		return true;
	case 'r':
		return pack_text(
		    about->review, sizeof about->review, optarg, err);
	case 'u':
		return pack_text(about->user, sizeof about->user, optarg, err);
	case 'p':
		return pack_other(p, optarg, err);
	case 'd':
		p->days = admin_number(optarg);
		return p->days > 0 && p->days <= 3660
			   ? true
			   : err_set(err, ERR_USAGE,
				 _("%s is no number of days"), optarg);
	default:
		return err_set(err, ERR_USAGE, "%s", "");
	}
}

static bool
pack_options(struct packing *p, int argc, char **argv, struct err *err)
{
	static const struct option options[] = {
	    {"key", required_argument, NULL, 'k'},
	    {"office", required_argument, NULL, 'o'},
	    {"instrument", required_argument, NULL, 'i'},
	    {"roster", required_argument, NULL, 'R'},
	    {"review", required_argument, NULL, 'r'},
	    {"user", required_argument, NULL, 'u'},
	    {"part", required_argument, NULL, 'p'},
	    {"days", required_argument, NULL, 'd'},
	    {0},
	};
	int option;

	p->days = DAYS;
	optind = 0;
	while ((option = getopt_long(argc, argv, "", options, NULL)) != -1)
		if (!pack_option(p, option, err))
			return false;
	return true;
}

int
cmd_packet_make(struct admin *a, int argc, char **argv)
{
	struct packing p = {0};
	struct err err = {0};
	bool ok;
	int status = 0;

	ok = pack_options(&p, argc, argv, &err);
	if (ok &&
	    (optind != argc - 1 || p.key == NULL || p.instrument == NULL ||
		p.roster == NULL || *p.bundle.about.review == '\0' ||
		*p.bundle.about.user == '\0'))
		status = admin_usage(
		    a, _("packet make needs a key, an instrument, a roster, a "
			 "review, a user and a file"));
	else if (!ok && err.code == ERR_USAGE && *err.text == '\0')
		status = admin_usage(a, _("an option is not known"));
	else if (ok)
		ok = pack_office(&p, &err) && pack_instrument(&p, &err) &&
		     pack_roster(&p, &err);
	if (ok && status == 0) {
		pack_about(&p);
		ok = pack_write(&p, argv[optind], &err);
	}
	if (!ok && status == 0)
		status = admin_fail(a, &err);
	if (status == 0)
		admin_say(a, _("%s is the packet %s for %s."), argv[optind],
		    p.bundle.about.packet, p.bundle.about.user);
	for (size_t i = 0; i < BUNDLE_PARTS; i++)
		buf_free(&p.parts[i]);
	return status;
}
