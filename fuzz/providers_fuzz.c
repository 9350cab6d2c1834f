/*
 * The settings beside providers: a first byte of '0' reads the rest as rules of
 * counting, any other as meanings of CWS/CMS codes. What was read is asked.
 */
#include <stdint.h>
#include <stdlib.h>

#include "base/buf.h"
#include "base/fault.h"
#include "census/rules.h"
#include "ingest/cwscms_codes.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
rules(const char *text)
{
	struct faults faults = {0};
	struct census_rules r;

	census_rules_parse(&r, "fuzz", text, &faults);
	if (census_rule_on(&r, 15000)->absence_days < 0)
		abort();
	census_rules_fini(&r);
	faults_free(&faults);
}

static void
codes(const char *text)
{
	struct faults faults = {0};
	struct cws_codes c;

	if (cws_codes_parse(&c, "fuzz", text, &faults)) {
		cws_label(&c, CWS_PLC_FCLC, "77", 2, "Group Home", 10);
		if (cws_meaning(&c, CWS_PLC_FCLC, "77", 2) < 0)
			abort();
	}
	cws_codes_free(&c);
	faults_free(&faults);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct buf text = {0};

	if (size < 1)
		return 0;
	buf_add(&text, data + 1, size - 1);
	if (data[0] == '0')
		rules(buf_text(&text));
	else
		codes(buf_text(&text));
	buf_free(&text);
	return 0;
}
