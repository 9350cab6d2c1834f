/*
 * Tables of CWS/CMS: the input is a run of tables, each begun by a byte that
 * says which, and ended by a byte 0xff. Codes are those that are shipped, cut
 * to what a row may need.
 */
#include <stdlib.h>
#include <string.h>

#include "base/csv.h"
#include "feed.h"
#include "ingest/cwscms.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
	const uint8_t *at;
	size_t left;
};

static long
give(void *arg, void *p, size_t n)
{
	struct input *in = arg;

	n = n < in->left ? n : in->left;
	memcpy(p, in->at, n);
	in->at += n;
	in->left -= n;
	return (long)n;
}

/* Meanings of numbers of one digit. */
static struct cws_codes
codes(void)
{
	static struct cws_entry list[] = {
	    {.family = CWS_PLC_FCLC, .code = "1", .meaning = CWS_FACILITY_FFA},
	    {.family = CWS_PLC_FCLC,
		.code = "2",
		.meaning = CWS_FACILITY_CERTIFIED},
	    {.family = CWS_PLC_FCLC,
		.code = "3",
		.meaning = CWS_FACILITY_GROUP,
		.assumed = true},
	    {.family = CWS_PLC_FCLC,
		.code = "4",
		.meaning = CWS_FACILITY_RELATIVE},
	    {.family = CWS_PLC_FCLC,
		.label = "Foster Family Home",
		.meaning = CWS_FACILITY_FOSTER},
	    {.family = CWS_TERM_TY_C, .code = "1", .meaning = 1},
	    {.family = CWS_AGY_RSPC, .code = "9", .meaning = CWS_LEFT_OUT},
	    {.family = CWS_ALG_DSPC, .code = "1", .meaning = 1},
	    {.family = CWS_ALG_DSPC, .code = "9", .meaning = CWS_LEFT_OUT},
	    {.family = CWS_PLCG_RNC, .code = "1", .meaning = 1},
	    {.family = CWS_SCP_RLTC, .code = "1", .meaning = 1},
	    {.family = CWS_SCP_RLTC, .code = "2", .meaning = 2},
	    {.family = CWS_CLS_RSNC, .code = "1", .meaning = 1},
	};
	struct cws_codes c = {
	    .list = list, .n = sizeof list / sizeof *list, .cap = 0};

	c.rules[CWS_RULE_KIN_GAP_DAYS].value = 60;
	c.rules[CWS_RULE_NOTICE].value = 1;
	c.rules[CWS_RULE_DISPOSED].value = 1;
	c.rules[CWS_RULE_IN_FACILITY].value = 1;
	return c;
}

static void
one_table(struct intake *in, struct cwscms *w, struct input table)
{
	static const char commas[] = ",\t|;";
	int which = table.at[0] % CWS_TABLES;
	struct csv *csv;
	struct err err;

	table.at++;
	table.left--;
	csv = csv_new(give, &table);
	csv_comma(csv, commas[which % 4 == 3 ? 1 : 0]);
	intake_begin(in, "fuzz", "cwscms");
	if (cwscms_table(w, csv, (enum cws_table)which, &err))
		intake_end(in, &err);
	csv_free(csv);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct cws_codes c = codes();
	struct feed feed = {0};
	struct intake in;
	struct sink sink;
	struct cwscms *w;
	const uint8_t *end;

	feed_sink(&sink, &feed);
	intake_init(&in, &sink);
	w = cwscms_begin(&in, &c);
	while (size > 0) {
		end = memchr(data, 0xff, size);
		end = end != NULL ? end : data + size;
		if (end > data)
			one_table(
			    &in, w, (struct input){data, (size_t)(end - data)});
		size -= (size_t)(end - data);
		data = end + (size > 0);
		size -= size > 0;
	}
	cwscms_end(w);
	intake_fini(&in);
	feed_fini(&feed);
	return 0;
}
