/* Children of CWS/CMS: clients and cases -> children. */
#include "ingest/cwscms_row.h"

#include <string.h>

#include "base/date.h"

bool
cwscms_take_client(struct cwscms *w, struct err *err)
{
	struct csv_field id = cwscms_get(w, CWS_CLIENT_ID);
	struct csv_field sex = cwscms_get(w, CWS_CLIENT_GENDER);
	struct cell cells[EXTRACT_MAX_COLS];
	int32_t birth;

	if (!cwscms_id_good(&id))
		return cwscms_aside(w, CWS_CLIENT_ID, "FC-22", err);
	if (!cwscms_day(w, CWS_CLIENT_BIRTH, &birth))
		return cwscms_aside(w, CWS_CLIENT_BIRTH, "FC-22", err);
	if (sex.len > 1 || (sex.len == 1 && strchr("MFU", *sex.s) == NULL))
		return cwscms_aside(w, CWS_CLIENT_GENDER, "FC-22", err);
	/* Parents and carers are clients, too. */
	if (w->seen[CWS_CHLD] && ids_find(&w->children, id.s, id.len) == NULL)
		return true;
	if (!ids_put(&w->told, id.s, id.len, 0))
		return cwscms_aside(w, CWS_CLIENT_ID, "DUP", err);
	ids_put(&w->in->children, id.s, id.len, birth);
	intake_flag(w->in, "DQ-A7", birth == DATE_MISSING);
	row_clear(cells, EXTRACT_CHILD);
	cells[CHILD_COL_ID] = cell_text(id.s, id.len);
	cells[CHILD_COL_BIRTH] = cell_day(birth);
	cells[CHILD_COL_SEX] = cell_code(sex.len == 0	 ? 0
					 : *sex.s == 'M' ? SEX_MALE
					 : *sex.s == 'F' ? SEX_FEMALE
							 : SEX_UNKNOWN);
	return intake_row(w->in, EXTRACT_CHILD, cells, err);
}

/* A child of whom CLIENT_T does not tell is known by the id alone. */
bool
cwscms_need_child(struct cwscms *w, const struct cell *id, struct err *err)
{
	struct cell cells[EXTRACT_MAX_COLS];

	if (!ids_put(&w->told, id->s, id->len, 0))
		return true;
	row_clear(cells, EXTRACT_CHILD);
	cells[CHILD_COL_ID] = *id;
	ids_put(&w->in->children, id->s, id->len, DATE_MISSING);
	intake_flag(w->in, "DQ-A7", 1);
	return intake_row(w->in, EXTRACT_CHILD, cells, err);
}

bool
cwscms_take_case(struct cwscms *w, struct err *err)
{
	struct csv_field child = cwscms_get(w, CWS_CASE_CHILD);
	int32_t closed;

	if (!cwscms_day(w, CWS_CASE_CLOSED, &closed))
		return cwscms_aside(w, CWS_CASE_CLOSED, "FC-22", err);
	if (closed != DATE_MISSING &&
	    cws_meaning(&w->codes, CWS_CLS_RSNC,
		cwscms_get(w, CWS_CASE_REASON).s,
		cwscms_get(w, CWS_CASE_REASON).len) == 1)
		ids_put(&w->closed, child.s, child.len, closed);
	return true;
}

bool
cwscms_take_child(struct cwscms *w, struct err *err)
{
	struct csv_field id = cwscms_get(w, CWS_CHLD_CLIENT);

	if (!cwscms_id_good(&id))
		return cwscms_aside(w, CWS_CHLD_CLIENT, "FC-22", err);
	if (!ids_put(&w->children, id.s, id.len, 0))
		return cwscms_aside(w, CWS_CHLD_CLIENT, "DUP", err);
	return true;
}
