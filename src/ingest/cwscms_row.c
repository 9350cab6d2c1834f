/* From rows of CWS/CMS to rows of the extract's tables. */
#include "ingest/cwscms_row.h"

#include <stdlib.h>
#include <string.h>

#include "base/date.h"

static bool
take_code(struct cwscms *w, struct err *err)
{
	struct csv_field family = cwscms_get(w, CWS_SYS_FAMILY);
	struct csv_field code = cwscms_get(w, CWS_SYS_CODE);
	struct csv_field label = cwscms_get(w, CWS_SYS_LABEL);
	int known = cws_family_named(family.s, family.len);

	(void)err;
	if (known >= 0)
		cws_label(&w->codes, (enum cws_family)known, code.s, code.len,
		    label.s, label.len);
	return true;
}

bool
cwscms_row(struct cwscms *w, struct err *err)
{
	static bool (*const take[CWS_TABLES])(
	    struct cwscms * w, struct err * err) = {
	    [CWS_SYS] = take_code,
	    [CWS_CHLD] = cwscms_take_child,
	    [CWS_CLIENT] = cwscms_take_client,
	    [CWS_CASE] = cwscms_take_case,
	    [CWS_HOME] = cwscms_take_home,
	    [CWS_EPISODE] = cwscms_take_episode,
	    [CWS_STAY] = cwscms_take_stay,
	    [CWS_REFERRAL] = cwscms_take_referral,
	    [CWS_ALLEGATION] = cwscms_take_allegation,
	};

	return take[w->table] == NULL || take[w->table](w, err);
}

static struct ids *const *
all_ids(struct cwscms *w, struct ids *list[static 9])
{
	struct ids *const all[] = {&w->children, &w->told, &w->closed,
	    &w->episodes, &w->givers, &w->referrals, &w->reports, &w->pairs};

	memcpy(list, all, sizeof all);
	list[8] = NULL;
	return list;
}

void
cwscms_rows_init(struct cwscms *w)
{
	struct ids *list[9];

	for (struct ids *const *i = all_ids(w, list); *i != NULL; i++)
		ids_init(*i);
	w->through = DATE_MISSING;
}

void
cwscms_rows_fini(struct cwscms *w)
{
	struct ids *list[9];

	for (struct ids *const *i = all_ids(w, list); *i != NULL; i++)
		ids_fini(*i);
	free(w->homes);
}
