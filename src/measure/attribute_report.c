#include "measure/attribute_report.h"

#include <string.h>

#include "base/date.h"
#include "measure/evaluate.h"

uint32_t
report_track(const struct attribute_of *of, uint32_t report)
{
	return facts_u8(of->facts, FACTS_REPORT_TRACK)[report];
}

uint32_t
report_priority(const struct attribute_of *of, uint32_t report)
{
	int32_t hours = facts_i32(of->facts, FACTS_REPORT_PRIORITY)[report];

	return hours < 0     ? 0
	       : hours == 3  ? PRIORITY_3
	       : hours == 24 ? PRIORITY_24
	       : hours == 72 ? PRIORITY_72
			     : PRIORITY_OTHER;
}

uint32_t
report_conclusion(const struct attribute_of *of, uint32_t report)
{
	int32_t day =
	    facts_day(of->facts, FACTS_REPORT_CONCLUDED, report, of->as_of);

	return day == DATE_NEVER
		   ? 0
		   : facts_u8(of->facts, FACTS_REPORT_CONCLUSION)[report];
}

/* An agency's own word as one of a list, whose last is "other". */
static uint32_t
word_of(const struct codeset *codes, const char *text)
{
	int code = code_find(codes, text, strlen(text));

	return text[0] == '\0' ? 0 : (uint32_t)(code > 0 ? code : codes->n);
}

uint32_t
report_kind(const struct attribute_of *of, uint32_t report)
{
	return word_of(&codesets[CODES_REPORT_KIND],
	    facts_str(of->facts, FACTS_REPORT_KIND, report));
}

uint32_t
victim_disposition(const struct attribute_of *of, uint32_t victim)
{
	return facts_u8(of->facts, FACTS_VICTIM_DISPOSITION)[victim];
}

static uint32_t
first_of(uint32_t bits)
{
	return bits == 0 ? 0 : (uint32_t)__builtin_ctz(bits) + 1;
}

uint32_t
victim_maltreatment(const struct attribute_of *of, uint32_t victim)
{
	return first_of(
	    facts_u32(of->facts, FACTS_VICTIM_MALTREATMENTS)[victim]);
}

uint32_t
victim_perpetrator(const struct attribute_of *of, uint32_t victim)
{
	return first_of(
	    facts_u32(of->facts, FACTS_VICTIM_PERPETRATORS)[victim]);
}

uint32_t
case_risk(const struct attribute_of *of, uint32_t service)
{
	return word_of(&codesets[CODES_RISK],
	    facts_str(of->facts, FACTS_SERVICE_RISK, service));
}

/* Months open on the day, or until it was closed. */
uint32_t
case_months(const struct attribute_of *of, uint32_t service)
{
	int32_t opened = facts_i32(of->facts, FACTS_SERVICE_OPENED)[service];
	int32_t closed =
	    facts_day(of->facts, FACTS_SERVICE_CLOSED, service, of->as_of);
	int32_t months =
	    date_months(opened, closed < of->day ? closed : of->day);

	if (!date_known(months) || months < 0)
		return 0;
	return months < 3    ? CASE_BAND_TO_2
	       : months < 6  ? CASE_BAND_TO_5
	       : months < 12 ? CASE_BAND_TO_11
			     : CASE_BAND_LONGER;
}
