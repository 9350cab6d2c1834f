/* The form that a packet brings. */
#include <stdlib.h>

#include "base/i18n.h"
#include "client/visit.h"
#include "client/visit_part.h"

struct instrument *
visit_form(const struct bundle *b, const char *name, struct err *err)
{
	const struct bundle_part *part = bundle_part(b, name);
	struct faults faults = {0};
	struct instrument *in;
	char *text;

	if (part == NULL) {
		err_set(
		    err, ERR_CORRUPT, "%s", _("the packet has no instrument"));
		return NULL;
	}
	text = xstrndup(part->data, part->len);
	in = instrument_parse(b->about.packet, text, &faults);
	free(text);
	if (in == NULL)
		err_set(err, ERR_CORRUPT, _("the packet's instrument: %s"),
		    faults.n > 0 ? faults.list[0].text : "");
	faults_free(&faults);
	return in;
}

bool
visit_readable(const struct bundle *b, struct err *err)
{
	struct err why = {0};
	struct instrument *in = visit_form(b, VISIT_INSTRUMENT_PART, &why);

	if (in == NULL)
		return err_set(err, ERR_REFUSED,
		    _("the form of this packet cannot be read by this hearth "
		      "(%s); a newer one may. Nothing was taken."),
		    why.text);
	instrument_free(in);
	return true;
}
