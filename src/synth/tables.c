#include "synth/tables.h"

#include "base/date.h"

/*
 * Entries: AFCARS Report No. 29, state editions, for 2017-2021; about 6,000
 * in 2013; the federal data profile's cohorts for 2023 on, raised a little so
 * that the state ends at its size. Pace and kin: set so that the children in
 * care follow about 10,600 (2013), 12,390 (2017), 13,194 (2021) and the peak
 * of 14,200 (2022), and homes of relatives go from 28 to 40 percent.
 */
/* clang-format off */
static const struct year years[] = {
	{2008, 5600, 112, 66}, {2009, 5600, 112, 68}, {2010, 5700, 112, 70},
	{2011, 5800, 112, 72}, {2012, 5900, 112, 74}, {2013, 6100, 108, 77},
	{2014, 6500, 104, 80}, {2015, 6700, 100, 84}, {2016, 6800, 100, 88},
	{2017, 6774, 100, 91}, {2018, 6963, 100, 94}, {2019, 6889, 100, 96},
	{2020, 6499,  96, 98}, {2021, 6819,  92, 100}, {2022, 6400, 70, 101},
	{2023, 5500,  66, 102}, {2024, 5400, 64, 103}, {2025, 5500, 62, 104},
	{2026, 5700,  62, 104},
};

/*
 * Leaving care by time in care: Missouri 2021, months in care at exit and
 * discharge reasons (AFCARS Report No. 29), as hazards of those still there.
 * Emancipation is not here: it comes with the eighteenth birthday.
 */
static const struct exits exits[] = {
	{ 0, 32600,  1000,     0, 1000},
	{ 1, 14300,  1700,   100,  430},
	{ 6, 18800,  4900,   700,  400},
	{12, 27000, 12800,  6300,  380},
	{18, 30000, 18500, 19500,  360},
	{24, 22000, 16000, 30000,  270},
	{30, 18000, 14000, 42000,  400},
	{36,  9300, 10500, 36000,  460},
	{60,  4500,  7000, 30000,  500},
};

/* Missouri 2021, age at entry, in hundredths of a percent. */
const uint32_t entry_ages[18] = {
	2500, 720, 600, 557, 521, 488, 441, 412, 425, 384, 421, 415, 427,
	469, 504, 544, 443, 188,
};

const uint32_t family_sizes[6] = {520, 250, 130, 62, 26, 12};

/* preadoptive, relative, nonrelative, group home, institution, independent,
 * runaway, trial home visit, hospital, respite, detention */
const uint32_t first_settings[AGE_GROUPS][SETTING_END - 1] = {
	[AGE_SMALL] =  {0, 565, 420,  0,   9,  0, 0, 0, 0, 0, 0},
	[AGE_SCHOOL] = {0, 545, 425, 10,  20,  0, 0, 0, 0, 0, 0},
	[AGE_YOUTH] =  {0, 420, 410, 28, 142,  0, 0, 0, 0, 0, 0},
};
const uint32_t next_settings[AGE_GROUPS][SETTING_END - 1] = {
	[AGE_SMALL] =  {0, 570, 420,  0,  10,  0, 0, 0, 0, 0, 0},
	[AGE_SCHOOL] = {0, 480, 455, 8,  57,  0, 0, 0, 0, 0, 0},
	[AGE_YOUTH] =  {0, 335, 415, 20, 180, 50, 0, 0, 0, 0, 0},
};

/* Chances per million and day, for the youngest group to the oldest. */
const struct absence absences[] = {
	{SETTING_RUNAWAY,   REQUESTED_ABSENCE, {0, 5, 1400},   2, 40, 500000},
	{SETTING_HOSPITAL,  REQUESTED_ABSENCE, {40, 30, 70},  1, 10, 50000},
	{SETTING_RESPITE,   REQUESTED_PLANNED, {40, 90, 70},  1,  4,  0},
	{SETTING_DETENTION, REQUESTED_ABSENCE, {0, 2, 80},    3, 25, 300000},
	{SETTING_TRIAL,     REQUESTED_COURT,   {60, 60, 50}, 15, 90, 600000},
};
const size_t absences_n = sizeof(absences) / sizeof(absences[0]);

/* AFCARS Report No. 20 and the 854 of 13,194 who waited with rights ended in
 * 2021: the shares of the report, drawn towards the shorter. */
const uint32_t free_months[18] = {
	0, 8, 9, 10, 10, 9, 8, 7, 6, 5, 4, 4, 3, 3, 2, 2, 1, 1,
};

/* Missouri 2021, removal circumstances of those who entered. */
const struct reason removal_reasons[] = {
	{REASON_PARENT_DRUGS,     504000, 0, 17},
	{REASON_NEGLECT,          409000, 0, 17},
	{REASON_HOUSING,          199000, 0, 17},
	{REASON_PHYSICAL_ABUSE,   139000, 0, 17},
	{REASON_COPE,             137000, 0, 17},
	{REASON_CHILD_BEHAVIOUR,  205000, 9, 17},
	{REASON_ABANDONMENT,       72000, 0, 17},
	{REASON_PARENT_JAIL,       63600, 0, 17},
	{REASON_PARENT_ALCOHOL,    54100, 0, 17},
	{REASON_SEXUAL_ABUSE,      60000, 3, 17},
	{REASON_CHILD_DRUGS,       95000, 12, 17},
	{REASON_PARENT_DEATH,      17000, 0, 17},
	{REASON_RELINQUISHMENT,    15300, 0, 17},
	{REASON_CHILD_DISABILITY,   8200, 0, 17},
	{REASON_CHILD_ALCOHOL,      8500, 12, 17},
};

/* Missouri 2021, entered, in hundredths of a percent. */
#define R(code) (1u << (RACE_##code - 1))
const struct race races[] = {
	{R(WHITE),            YESNO_NO,     6560},
	{R(BLACK),            YESNO_NO,     1546},
	{R(WHITE),            YESNO_YES,     640},
	{R(BLACK) | R(WHITE), YESNO_YES,      40},
	{R(UNKNOWN),          YESNO_YES,      86},
	{R(UNKNOWN),          YESNO_UNKNOWN, 700},
	{R(DECLINED),         YESNO_NO,      209},
	{R(BLACK) | R(WHITE), YESNO_NO,      128},
	{R(AIAN) | R(WHITE),  YESNO_NO,       25},
	{R(AIAN),             YESNO_NO,       35},
	{R(ASIAN),            YESNO_NO,       23},
	{R(NHPI),             YESNO_NO,        9},
};
/* clang-format on */

const size_t removal_reasons_n =
    sizeof(removal_reasons) / sizeof(removal_reasons[0]);
const size_t races_n = sizeof(races) / sizeof(races[0]);

const struct year *
tables_year(int32_t day)
{
	struct civil c = date_civil(day);
	int ffy = c.year + (c.month >= 10);
	int n = sizeof(years) / sizeof(years[0]);
	int i = ffy - years[0].ffy;

	return &years[i < 0 ? 0 : i >= n ? n - 1 : i];
}

const struct exits *
tables_exits(int month)
{
	size_t i = sizeof(exits) / sizeof(exits[0]);

	while (i > 1 && exits[i - 1].month > month)
		i--;
	return &exits[i - 1];
}

uint32_t
tables_adoptable(int age)
{
	static const struct {
		int age;
		uint32_t percent;
	} steps[] = {{15, 12}, {12, 40}, {9, 75}, {6, 105}, {3, 130}, {0, 140}};
	size_t i = 0;

	while (age < steps[i].age)
		i++;
	return steps[i].percent;
}

/* Most moves come early; the profile's 6.59 per 1,000 days of the first year
 * is the mean over the year's entrants. */
uint32_t
tables_moves(int day)
{
	static const struct {
		int day;
		uint32_t rate;
	} steps[] = {{720, 1300}, {360, 2000}, {180, 3200}, {90, 4600},
	    {30, 8000}, {0, 17000}};
	size_t i = 0;

	while (day < steps[i].day)
		i++;
	return steps[i].rate;
}
