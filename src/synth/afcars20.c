/*
 * AFCARS 2020: XML, one record for each child in care in the half-year, with
 * the full history of its removals. An element that is not known is left out.
 * Hospital, respite and detention are no living arrangements of their own.
 */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "synth/federal.h"

struct record {
	struct buf *out;
	const struct family *f;
	const struct child *c;
	const struct period *p;
	const struct episode *e; /* the one being told */
	size_t episode;
};

static int32_t
new_rule(void)
{
	return date_make(2022, 10, 1);
}

/* --- writing ------------------------------------------------------------- */

static void
tag_open(struct record *r, const char *tag)
{
	buf_char(r->out, '<');
	buf_str(r->out, tag);
	buf_add(r->out, ">\n", 2);
}

static void
tag_close(struct record *r, const char *tag)
{
	buf_add(r->out, "</", 2);
	buf_str(r->out, tag);
	buf_add(r->out, ">\n", 2);
}

static void
tag_value(struct record *r, const char *tag, const char *s, size_t len)
{
	buf_char(r->out, '<');
	buf_str(r->out, tag);
	buf_char(r->out, '>');
	buf_add(r->out, s, len);
	tag_close(r, tag);
}

static void
tag_text(struct record *r, const char *tag, const char *s)
{
	tag_value(r, tag, s, strlen(s));
}

static void
tag_number(struct record *r, const char *tag, int n)
{
	char text[16];

	tag_value(r, tag, text, (size_t)snprintf(text, sizeof(text), "%d", n));
}

static void
tag_flag(struct record *r, const char *tag, bool on)
{
	tag_value(r, tag, on ? "1" : "0", 1);
}

static void
tag_day(struct record *r, const char *tag, int32_t day)
{
	char text[FEDERAL_DATE];

	if (!date_known(day))
		return;
	federal_day(text, day);
	tag_value(r, tag, text, FEDERAL_DATE);
}

/* --- the child ----------------------------------------------------------- */

static void
put_race(struct record *r)
{
	static const struct {
		const char *tag;
		int code;
	} tags[] = {
	    {"E13_child_race_american_indian_alaska_native", RACE_AIAN},
	    {"E14_child_race_asian", RACE_ASIAN},
	    {"E15_child_race_black", RACE_BLACK},
	    {"E16_child_race_native_hawaiian_pacific_islander", RACE_NHPI},
	    {"E17_child_race_white", RACE_WHITE},
	    {"E18_child_race_unknown", RACE_UNKNOWN},
	    {"E19_child_race_abandoned", 0},
	    {"E20_child_race_declined", RACE_DECLINED},
	};
	size_t i;

	for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		tag_flag(r, tags[i].tag,
		    tags[i].code != 0 && r->c->race >> (tags[i].code - 1) & 1);
	tag_number(r, "E21_child_hispanic_latino",
	    r->c->hispanic == YESNO_YES	 ? 1
	    : r->c->hispanic == YESNO_NO ? 0
					 : 9);
}

static void
put_health(struct record *r)
{
	static const struct {
		const char *tag;
		int code;
	} tags[] = {
	    {"E24_health_intellectual_disability", DISABILITY_INTELLECTUAL},
	    {"E25_health_autism_spectrum_disorder", 0},
	    {"E26_health_visual_impairment", DISABILITY_SENSORY},
	    {"E27_health_hearing_impairment", 0},
	    {"E28_health_orthopedic_impairment", DISABILITY_PHYSICAL},
	    {"E29_health_mental_disorder", DISABILITY_EMOTIONAL},
	    {"E30_health_adhd_add", 0},
	    {"E31_health_serious_mental_disorder", 0},
	    {"E32_health_developmental_delay", 0},
	    {"E33_health_developmental_disability", 0},
	    {"E34_health_other_condition", DISABILITY_OTHER},
	};
	size_t i;

	if (r->c->disabilities == 0)
		return;
	tag_text(r, "E23_health_conditions", "1");
	tag_open(r, "E24_34_specific_health_conditions");
	for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		tag_flag(r, tags[i].tag,
		    tags[i].code != 0 &&
			r->c->disabilities >> (tags[i].code - 1) & 1);
	tag_close(r, "E24_34_specific_health_conditions");
}

static void
put_child(struct record *r)
{
	char id[FAMILY_ID];

	family_child_id(id, r->f, (size_t)(r->c - r->f->children));
	tag_text(r, "E4_child_record_number", id);
	tag_day(r, "E5_date_of_birth", r->c->birth);
	tag_number(r, "E6_sex", r->c->sex);
	put_race(r);
	tag_text(r, "E22_health_assessment", "1");
	put_health(r);
	if (r->c->sex == SEX_FEMALE)
		tag_text(r, "E38_pregnant", "0");
	tag_text(r, "E41_prior_adoption", "0");
	tag_text(r, "E44_prior_guardianship", "0");
}

/* --- parental rights ----------------------------------------------------- */

static int32_t
rights_day(const struct record *r, int event)
{
	int32_t day = DATE_MISSING;
	size_t child = (size_t)(r->c - r->f->children), i;

	for (i = 0; i < r->f->legal.n; i++) {
		const struct event *l = &r->f->legal.v[i];

		if (l->child == child && l->code == event &&
		    l->date <= r->p->end)
			day = l->date;
	}
	return day;
}

static void
put_rights(struct record *r)
{
	int32_t petition = rights_day(r, LEGAL_TPR_PETITION);
	int32_t mother = rights_day(r, LEGAL_TPR_MOTHER);
	int32_t father = rights_day(r, LEGAL_TPR_FATHER);
	const char *kind = petition == DATE_MISSING ? "0"
			   : r->f->number % 4 == 0  ? "1"
						    : "2";

	tag_open(r, "E63_E68_termination_of_parental_rights");
	tag_open(r, "tpr_first_parent");
	tag_text(r, "E63_tpr_parent1", kind);
	tag_day(r, "E65_tpr_petition_date_parent1", petition);
	tag_day(r, "E67_tpr_date_parent1", mother);
	tag_close(r, "tpr_first_parent");
	tag_open(r, "tpr_second_parent");
	tag_text(r, "E64_tpr_parent2", kind);
	tag_day(r, "E66_tpr_petition_date_parent2", petition);
	tag_day(r, "E68_tpr_date_parent2", father);
	tag_close(r, "tpr_second_parent");
	tag_close(r, "E63_E68_termination_of_parental_rights");
}

/* --- a removal ----------------------------------------------------------- */

static void
put_reasons(struct record *r)
{
	static const struct {
		const char *tag;
		int code;
	} tags[] = {
	    {"E72_runaway", 0},
	    {"E73_whereabouts_unknown", 0},
	    {"E74_physical_abuse", REASON_PHYSICAL_ABUSE},
	    {"E75_sexual_abuse", REASON_SEXUAL_ABUSE},
	    {"E76_psychological_abuse", 0},
	    {"E77_neglect", REASON_NEGLECT},
	    {"E78_medical_neglect", 0},
	    {"E79_domestic_violence", 0},
	    {"E80_abandonment", REASON_ABANDONMENT},
	    {"E81_failure_to_return", 0},
	    {"E82_caretaker_alcohol_use", REASON_PARENT_ALCOHOL},
	    {"E83_caretaker_drug_use", REASON_PARENT_DRUGS},
	    {"E84_child_alcohol_use", REASON_CHILD_ALCOHOL},
	    {"E85_child_drug_use", REASON_CHILD_DRUGS},
	    {"E86_prenatal_alcohol_exposure", 0},
	    {"E87_prenatal_drug_exposure", 0},
	    {"E88_diagnosed_condition", REASON_CHILD_DISABILITY},
	    {"E89_inadequate_access_to_mental_health", 0},
	    {"E90_inadequate_access_to_medical_service", 0},
	    {"E91_child_behavior_problem", REASON_CHILD_BEHAVIOUR},
	    {"E92_death_of_caretaker", REASON_PARENT_DEATH},
	    {"E93_incarceration_of_caretaker", REASON_PARENT_JAIL},
	    {"E94_caretaker_impairment_physical_emotional", REASON_COPE},
	    {"E95_caretaker_impairment_cognitive", 0},
	    {"E96_inadequate_housing", REASON_HOUSING},
	    {"E97_voluntary_adoption", REASON_RELINQUISHMENT},
	    {"E98_child_requested_placement", 0},
	    {"E99_sex_trafficking", 0},
	    {"E100_parental_immigration_detainment_deportation", 0},
	    {"E101_family_conflict_gender_orientation", 0},
	    {"E102_educational_neglect", 0},
	    {"E103_public_agency_title_iv_agreement", 0},
	    {"E104_tribal_agreement", 0},
	    {"E105_homelessness", 0},
	};
	size_t i;

	for (i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		tag_flag(r, tags[i].tag,
		    tags[i].code != 0 &&
			r->e->reasons >> (tags[i].code - 1) & 1);
}

static void
put_foster_home(struct record *r, const struct placement *p)
{
	bool kin = (p->home & ~HOME_NUMBER) == HOME_KIN;

	tag_text(r, "E113_foster_family_home", "1");
	tag_open(r, "E114_E146_foster_family_home_type");
	tag_flag(r, "E114_licensed_home", !kin);
	tag_text(r, "E115_therapeutic_home", "0");
	tag_text(r, "E116_shelter_care_home", "0");
	tag_flag(r, "E117_relative_foster_family", kin);
	tag_flag(r, "E118_pre_adopt_home", p->setting == SETTING_PREADOPTIVE);
	tag_text(r, "E119_kin_foster_family", "0");
	tag_open(r, "E123_E146_foster_parent_information");
	tag_text(r, "E123_marital_status_of_foster_parents", "4");
	tag_text(r, "E124_relationship_to_foster_parents", kin ? "1" : "2");
	tag_open(r, "E125_E135_first_foster_parent_information");
	tag_number(r, "E125_foster_parent1_birth_year",
	    1952 + (int)(((p->home & HOME_NUMBER) * 7 + r->f->number) % 37));
	tag_close(r, "E125_E135_first_foster_parent_information");
	tag_close(r, "E123_E146_foster_parent_information");
	tag_close(r, "E114_E146_foster_family_home_type");
}

static void
put_living(struct record *r, const struct placement *p)
{
	static const char *const other[SETTING_END] = {
	    [SETTING_GROUP_HOME] = "2",
	    [SETTING_INSTITUTION] = "4",
	    [SETTING_INDEPENDENT] = "8",
	    [SETTING_RUNAWAY] = "12",
	    [SETTING_TRIAL] = "14"};

	tag_open(r, "living_arrangement");
	tag_day(r, "E112_date_living_arrangement", p->start);
	if (p->setting <= SETTING_NONRELATIVE) {
		put_foster_home(r, p);
	} else {
		tag_text(r, "E113_foster_family_home", "0");
		tag_text(
		    r, "E120_other_living_arrangement_type", other[p->setting]);
	}
	tag_text(r, "E121_location_of_living_arrangement",
	    p->setting == SETTING_RUNAWAY ? "4" : "1");
	tag_close(r, "living_arrangement");
}

static void
put_livings(struct record *r)
{
	int32_t last = federal_last_day(r->e, r->p);
	const struct placement *told = NULL;
	size_t i;

	tag_open(r, "E112_E146_living_arrangements");
	for (i = 0; i < r->e->placements; i++) {
		const struct placement *p =
		    &r->f->placements.v[r->e->placement + i];

		if (p->start > last || p->setting > SETTING_TRIAL)
			continue;
		/* Back from an absence that was not told. */
		if (told != NULL && p->setting == told->setting &&
		    p->home == told->home && p->home != 0)
			continue;
		put_living(r, p);
		told = p;
	}
	tag_close(r, "E112_E146_living_arrangements");
}

static void
put_plans(struct record *r)
{
	static const char *const types[GOAL_END] = {[GOAL_REUNIFY] = "1",
	    [GOAL_RELATIVE] = "2",
	    [GOAL_ADOPTION] = "3",
	    [GOAL_GUARDIANSHIP] = "4",
	    [GOAL_LONG_TERM] = "5",
	    [GOAL_EMANCIPATION] = "5",
	    [GOAL_NONE] = "6"};
	size_t i;

	tag_open(r, "E147_E148_permanency_plans");
	for (i = 0; i < r->f->goals.n; i++) {
		const struct event *g = &r->f->goals.v[i];

		if (g->episode != r->episode || g->date > r->p->end)
			continue;
		tag_open(r, "permanency_plan");
		tag_day(r, "E147_permanency_plan_date", g->date);
		tag_text(r, "E148_permanency_plan_type", types[g->code]);
		tag_close(r, "permanency_plan");
	}
	tag_close(r, "E147_E148_permanency_plans");
}

static bool
knows_event(const struct record *r, const struct event *v)
{
	return v->episode == r->episode && v->date <= r->p->end &&
	       v->entered <= r->p->end + FEDERAL_DUE;
}

static void
put_reviews(struct record *r)
{
	size_t i;

	tag_open(r, "E149_periodic_reviews");
	for (i = 0; i < r->f->meetings.n; i++)
		if (knows_event(r, &r->f->meetings.v[i]))
			tag_day(r, "E149_periodic_review_date",
			    r->f->meetings.v[i].date);
	tag_close(r, "E149_periodic_reviews");
	tag_open(r, "E150_permanency_hearings");
	for (i = 0; i < r->f->legal.n; i++)
		if (knows_event(r, &r->f->legal.v[i]) &&
		    r->f->legal.v[i].code == LEGAL_HEARING)
			tag_day(r, "E150_permanency_hearing_date",
			    r->f->legal.v[i].date);
	tag_close(r, "E150_permanency_hearings");
}

static void
put_visits(struct record *r)
{
	size_t i;

	tag_open(r, "E151_E152_case_worker_visits");
	for (i = 0; i < r->f->visits.n; i++) {
		const struct event *v = &r->f->visits.v[i];

		if (!knows_event(r, v))
			continue;
		tag_open(r, "case_worker_visit");
		tag_day(r, "E151_case_worker_visit_date", v->date);
		tag_text(r, "E152_case_worker_visit_location",
		    v->code == PLACE_RESIDENCE ? "1" : "2");
		tag_close(r, "case_worker_visit");
	}
	tag_close(r, "E151_E152_case_worker_visits");
}

/* --- how it ended -------------------------------------------------------- */

static void
put_new_parents(struct record *r)
{
	const char *group = "E157_E186_adoptive_parents_information";
	bool kin = r->f->number % 3 > 0;

	tag_open(r, group);
	tag_text(r, "E157_marital_status_of_adoptive_parents", "4");
	tag_flag(r, "E158_relationship_to_adoptive_parents_relative", kin);
	tag_text(r, "E159_relationship_to_adoptive_parents_kin", "0");
	tag_flag(r, "E160_relationship_to_adoptive_parents_non_relative", !kin);
	tag_text(r, "E161_relationship_to_adoptive_parents_foster_parent", "1");
	tag_close(r, group);
}

static void
put_exit(struct record *r, bool full)
{
	static const char *const reasons[DISCHARGE_END] = {
	    [DISCHARGE_REUNIFICATION] = "1",
	    [DISCHARGE_RELATIVE] = "2",
	    [DISCHARGE_ADOPTION] = "3",
	    [DISCHARGE_EMANCIPATION] = "4",
	    [DISCHARGE_GUARDIANSHIP] = "5",
	    [DISCHARGE_RUNAWAY] = "6",
	    [DISCHARGE_DEATH] = "7",
	    [DISCHARGE_TRANSFER] = "8"};
	const struct episode *e = r->e;

	if (!federal_knows_end(e, r->p)) {
		tag_text(r, "E155_exit_reason", "9");
		return;
	}
	tag_day(r, "E153_exit_date", e->discharge);
	if (full)
		tag_day(r, "E154_exit_transaction_date", e->out_entered);
	if (e->why_out != 0)
		tag_text(r, "E155_exit_reason", reasons[e->why_out]);
	if (full && e->why_out == DISCHARGE_TRANSFER)
		tag_text(r, "E156_transfer_to_another_agency", "4");
	if (full && (e->why_out == DISCHARGE_ADOPTION ||
			e->why_out == DISCHARGE_GUARDIANSHIP))
		put_new_parents(r);
}

static void
put_removal_2020(struct record *r)
{
	tag_open(r, "removal_2020");
	tag_day(r, "E69_removal_date", r->e->removal);
	tag_day(r, "E70_removal_transaction_date", r->e->entered);
	tag_text(r, "E71_removal_environment", "1");
	tag_text(r, "E3_local_agency", counties[r->f->county].fips);
	put_reasons(r);
	put_livings(r);
	put_plans(r);
	put_reviews(r);
	put_visits(r);
	put_exit(r, true);
	tag_close(r, "removal_2020");
}

static void
put_removal_1993(struct record *r)
{
	tag_open(r, "removal_1993");
	tag_day(r, "E69_removal_date", r->e->removal);
	put_exit(r, false);
	tag_close(r, "removal_1993");
}

static void
put_removals(struct record *r)
{
	size_t i, end = (size_t)r->c->episode + r->c->episodes;

	tag_open(r, "E69_E186_removals");
	for (i = r->c->episode; i < end; i++) {
		r->e = &r->f->episodes.v[i];
		r->episode = i;
		if (!federal_knows(r->e, r->p))
			continue;
		if (federal_knows_end(r->e, r->p) &&
		    r->e->discharge < new_rule())
			put_removal_1993(r);
		else
			put_removal_2020(r);
	}
	tag_close(r, "E69_E186_removals");
}

/* --- the record ---------------------------------------------------------- */

static bool
served(const struct family *f, const struct child *c, const struct period *p)
{
	size_t i;

	for (i = 0; i < c->episodes; i++)
		if (federal_serves(&f->episodes.v[c->episode + i], p))
			return true;
	return false;
}

void
afcars20_child(struct piece *p, const struct family *f, size_t child,
    const struct period *period)
{
	struct record r = {
	    .out = &p->text, .f = f, .c = &f->children[child], .p = period};

	if (!served(f, r.c, period))
		return;
	tag_open(&r, "record");
	put_child(&r);
	put_rights(&r);
	put_removals(&r);
	tag_text(&r, "E106_prior_victim_sex_trafficking", "0");
	tag_text(&r, "E109_victim_sex_trafficking", "0");
	tag_close(&r, "record");
	p->rows++;
}

void
afcars20_begin(struct piece *p, const struct period *period)
{
	struct civil end = date_civil(period->end);

	buf_str(&p->text,
	    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	    "<acf:data xmlns:acf=\"http://www.acf.hhs.gov\" "
	    "xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" "
	    "xsi:schemaLocation=\"http://www.acf.hhs.gov schema_ooh.xsd\">\n"
	    "<E1_title_iv_agency>29</E1_title_iv_agency>\n");
	buf_printf(&p->text,
	    "<E2_report_date>%04d%02d</E2_report_date>\n"
	    "<records>\n",
	    end.year, end.month);
}

bool
afcars20_end(struct output *o, struct err *err)
{
	static const char end[] = "</records>\n</acf:data>\n";

	return file_write_all(o->fd, end, sizeof(end) - 1, err);
}
