/* Reports of CWS/CMS: referrals and allegations -> reports and their children.
 */
#include "ingest/cwscms_row.h"

#include <string.h>

#include "base/date.h"

/* Of several allegations of one child in a referral the gravest counts. */
static int
rank_of(int disposition)
{
	return disposition == DISPOSITION_SUBSTANTIATED	 ? 4
	       : disposition == DISPOSITION_INCONCLUSIVE ? 3
	       : disposition == DISPOSITION_UNFOUNDED	 ? 2
							 : 1;
}

static bool
give_report(
    struct cwscms *w, const struct csv_field *id, int32_t day, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	if (!ids_put(&w->reports, id->s, id->len, 0))
		return true;
	row_clear(cells, EXTRACT_REPORT);
	cells[REPORT_COL_ID] = cell_text(id->s, id->len);
	cells[REPORT_COL_RECEIVED] = cell_int((int64_t)day * DATE_MINUTES);
	return intake_row(w->in, EXTRACT_REPORT, cells, err);
}

/* By whose people it was, as the kind of facility lets assume. */
static int64_t
perpetrators_of(struct cwscms *w)
{
	int kind = cwscms_meaning(w, CWS_PLC_FCLC, CWS_ALLEGATION_FACILITY);

	if (kind == CWS_FACILITY_UNKNOWN ||
	    cws_rule(&w->codes, CWS_RULE_IN_FACILITY) == 0)
		return 0;
	if (kind == CWS_FACILITY_GROUP || kind == CWS_FACILITY_INSTITUTION)
		return INT64_C(1) << (PERPETRATOR_FACILITY - 1);
	return INT64_C(1) << ((kind == CWS_FACILITY_RELATIVE
				      ? PERPETRATOR_FOSTER_RELATIVE
				      : PERPETRATOR_FOSTER_UNKNOWN) -
			      1);
}

/* The day on which the referral came in; else, by rule, the disposition's. */
static int32_t
received_on(struct cwscms *w, const struct csv_field *id, int32_t disposed)
{
	const int32_t *day = ids_find(&w->referrals, id->s, id->len);

	if (day != NULL)
		return *day;
	return disposed != DATE_MISSING &&
		       cws_rule(&w->codes, CWS_RULE_DISPOSED) != 0
		   ? disposed
		   : DATE_MISSING;
}

static bool
give_allegation(
    struct cwscms *w, int disposition, int32_t started, struct err *err)
{
	struct csv_field child = cwscms_get(w, CWS_ALLEGATION_CHILD);
	struct csv_field id = cwscms_get(w, CWS_ALLEGATION_REFERRAL);
	struct cell cells[EXTRACT_MAX_COLS];
	int32_t *given;
	char key[CWS_PAIR];

	cwscms_pair(key, &id, &child);
	if (!ids_put(&w->pairs, key, strlen(key), rank_of(disposition))) {
		given = ids_find(&w->pairs, key, strlen(key));
		if (*given >= rank_of(disposition))
			return true;
		*given = rank_of(disposition);
	}
	row_clear(cells, EXTRACT_VICTIM);
	cells[VICTIM_COL_REPORT] = cell_text(id.s, id.len);
	cells[VICTIM_COL_CHILD] = cell_text(child.s, child.len);
	cells[VICTIM_COL_INCIDENT] = cell_day(started);
	cells[VICTIM_COL_DISPOSITION] = cell_code(disposition);
	cells[VICTIM_COL_PERPETRATORS] = cell_code(perpetrators_of(w));
	return intake_row(w->in, EXTRACT_VICTIM, cells, err);
}

bool
cwscms_take_allegation(struct cwscms *w, struct err *err)
{
	static const int columns[] = {
	    CWS_ALLEGATION_DISPOSED, CWS_ALLEGATION_STARTED};
	struct csv_field child = cwscms_get(w, CWS_ALLEGATION_CHILD);
	struct csv_field id = cwscms_get(w, CWS_ALLEGATION_REFERRAL);
	int disposition =
	    cwscms_meaning(w, CWS_ALG_DSPC, CWS_ALLEGATION_DISPOSITION);
	int32_t days[2], received;
	int bad = cwscms_days(w, columns, 2, days);

	if (bad >= 0)
		return cwscms_aside(w, bad, "FC-22", err);
	if (!cwscms_id_good(&child) || !cwscms_id_good(&id))
		return cwscms_aside(w,
		    cwscms_id_good(&id) ? CWS_ALLEGATION_CHILD
					: CWS_ALLEGATION_REFERRAL,
		    "FC-22", err);
	if (disposition == CWS_LEFT_OUT)
		return true;
	received = received_on(w, &id, days[0]);
	if (received == DATE_MISSING)
		return cwscms_aside(w, CWS_ALLEGATION_REFERRAL, "CWS-2", err);
	return give_report(w, &id, received, err) &&
	       give_allegation(w, disposition, days[1], err);
}

bool
cwscms_take_referral(struct cwscms *w, struct err *err)
{
	struct csv_field id = cwscms_get(w, CWS_REFERRAL_ID);
	int32_t day;

	if (!cwscms_id_good(&id))
		return cwscms_aside(w, CWS_REFERRAL_ID, "FC-22", err);
	if (!cwscms_day(w, CWS_REFERRAL_RECEIVED, &day))
		return cwscms_aside(w, CWS_REFERRAL_RECEIVED, "FC-22", err);
	if (!ids_put(&w->referrals, id.s, id.len, day))
		return cwscms_aside(w, CWS_REFERRAL_ID, "DUP", err);
	return true;
}
