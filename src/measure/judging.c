/* How figures are judged: the settings of one day on, and which hold. */
#include "measure/load.h"

#include "base/date.h"
#include "base/i18n.h"

/* What holds where the agency has set nothing. */
static const struct judging judging_default = {
    .from = DATE_FIRST,
    .few_alone = 10,
    .few_ranked = 30,
    .near_children = 2,
    .near_points = 3,
    .interval = INTERVAL_EXACT,
    .confidence = 95,
    .test = 5,
    .peers = 3,
    .source = "",
    .certainty = "design",
};

const struct judging *
measure_judging_on(const struct measure *m, int32_t day)
{
	const struct judging *now = &judging_default;

	for (int i = 0; i < m->all->judgings_n; i++)
		if (m->all->judgings[i].from <= day)
			now = &m->all->judgings[i];
	return now;
}

static int
within(struct loader *l, const config_setting_t *group, const char *name,
    const int bounds[3])
{
	int64_t v = load_int(l, group, name, bounds[2]);

	if (v >= bounds[0] && v <= bounds[1])
		return (int)v;
	load_fault(l, config_setting_get_member(group, name),
	    _("%s lies between %d and %d"), name, bounds[0], bounds[1]);
	return bounds[2];
}

static void
judging_add(struct measures *ms, const struct judging *j)
{
	int at = ms->judgings_n++;

	for (; at > 0 && ms->judgings[at - 1].from > j->from; at--)
		ms->judgings[at] = ms->judgings[at - 1];
	ms->judgings[at] = *j;
}

void
load_judging(struct loader *l, const config_setting_t *group)
{
	static const char *const keys[] = {"from", "few_alone", "few_ranked",
	    "near_children", "near_points", "interval", "confidence", "test",
	    "peers", "source", "certainty", NULL};
	struct judging j = judging_default;
	const char *text;
	const struct {
		const char *name;
		int *value, least, most;
	} numbers[] = {
	    {"few_alone", &j.few_alone, 1, 1000},
	    {"few_ranked", &j.few_ranked, 1, 1000},
	    {"near_children", &j.near_children, 0, 100},
	    {"near_points", &j.near_points, 0, 100},
	    {"confidence", &j.confidence, 50, 99},
	    {"test", &j.test, 1, 20},
	    {"peers", &j.peers, 2, 100},
	};

	load_unknown(l, group, keys);
	j.from = load_date(l, group, "from", DATE_FIRST);
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		*numbers[i].value = within(l, group, numbers[i].name,
		    (const int[]){
			numbers[i].least, numbers[i].most, *numbers[i].value});
	j.interval =
	    load_word(l, group, "interval", CODES_INTERVAL, INTERVAL_EXACT);
	text = load_string(l, group, "source");
	j.source = text != NULL ? text : "";
	text = load_string(l, group, "certainty");
	j.certainty = text != NULL ? text : "design";
	if (l->measures->judgings_n == JUDGINGS_MAX)
		load_fault(l, group, _("there can be at most %d entries"),
		    JUDGINGS_MAX);
	else
		judging_add(l->measures, &j);
}
