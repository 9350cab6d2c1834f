/*
 * Answers of a service that is not there, in the shapes of etc/openapi.json;
 * every figure and name in them is invented.
 */
#ifndef HEARTH_TESTS_CANNED_H
#define HEARTH_TESTS_CANNED_H

#define CANNED_ABOUT                                                      \
	"\"about\":{\"generation\":3,\"data_through\":\"2026-09-30\","    \
	"\"loaded_at\":\"2026-10-02T03:11:00Z\",\"agency\":\"Invented\"," \
	"\"source\":\"extract\",\"invented\":true}"

#define CANNED_P1                                                              \
	"\"measure\":{\"id\":\"p1\",\"title\":\"Permanency in 12 months\","    \
	"\"unit\":\"%\"},\"at\":{\"id\":\"MO\",\"name\":\"Missouri\","         \
	"\"level\":\"state\"},\"path\":[{\"id\":\"MO\",\"name\":\"Missouri\"," \
	"\"level\":\"state\"}],\"from\":\"2024-10-01\",\"to\":\"2025-09-30\"," \
	"\"as_of\":\"2026-09-30\",\"version\":\"1\",\"where\":[]"

#define CANNED_ROW(id, level, name, num, value, status) \
	CANNED_ROW_OF(id, level, name, num, value, status, "false")
#define CANNED_FEW(id, name, num, value) \
	CANNED_ROW_OF(id, "", name, num, value, "too_few", "true")
#define CANNED_ROW_OF(id, level, name, num, value, status, few)              \
	"{\"key\":\"" id "\",\"level\":\"" level "\",\"name\":\"" name "\"," \
	"\"denominator\":200,\"numerator\":" num ",\"value\":" value ","     \
	"\"unit\":\"%\",\"goal\":\"35.2\",\"status\":\"" status "\","        \
	"\"excluded\":7,\"pending\":2,\"too_few\":" few

#define CANNED_TOTAL             \
	"\"total\":" CANNED_ROW( \
	    "MO", "state", "Missouri", "71", "\"35.5\"", "met") "}"

/* hearth report p1 */
#define CANNED_REPORT                                             \
	"{" CANNED_ABOUT "," CANNED_P1 ",\"by\":[]," CANNED_TOTAL \
	",\"rows\":[],\"trend\":[],\"peer_median\":null,"         \
	"\"footnotes\":[],\"sentence\":\"71 of 200 children.\"}"

/* hearth compare p1 --by region, with all that keeps a figure honest */
#define CANNED_JUDGED                                                          \
	"\"judging\":{\"from\":\"2013-07-01\",\"few_alone\":10,"               \
	"\"few_ranked\":30,\"near_children\":2,\"near_points\":3,"             \
	"\"interval\":\"mid-p\",\"confidence\":90,\"test\":5,\"peers\":3,"     \
	"\"source\":\"Council\",\"certainty\":\"design\"},"                    \
	"\"bounds\":{\"unknown\":4,\"low\":\"34.8\",\"high\":\"36.8\","        \
	"\"words\":\"34.8-36.8 % depending on 4.\"},"                          \
	"\"needed\":{\"count\":3,\"goal\":\"37.0\",\"words\":\"3 more.\"},"    \
	"\"forecast\":{\"words\":\"5 are still open.\"},"                      \
	"\"change\":{\"value\":\"31.0\",\"direction\":\"better\",\"p\":\"0."   \
	"0100\","                                                              \
	"\"beyond\":true},\"counterbalance\":[{\"measure\":{\"id\":\"p4-r4\"," \
	"\"short_title\":\"Re-entry\",\"unit\":\"%\"},\"to\":\"2025-09-30\","  \
	"\"total\":" CANNED_ROW("p4-r4", "state", "Missouri", "16", "\"8.0\"", \
	    "not_met") "},\"change\":{\"value\":\"5.0\",\"direction\":"        \
		       "\"worse\",\"p\":\"0.0200\",\"beyond\":true}}],"        \
		       "\"warnings\":["                                        \
		       "\"p1 got better while p4-r4 got worse.\"]"

#define CANNED_PEER(verdict, band, p)                                       \
	",\"low\":\"24.0\",\"high\":\"36.8\",\"size\":200,\"band\":" band   \
	",\"peers\":5,\"peer_median\":\"33.0\",\"p\":" p                    \
	",\"tested\":44,\"verdict\":\"" verdict "\",\"expected\":\"41.2\"," \
	"\"words\":\"as the test says\"}"

#define CANNED_COMPARE                                                        \
	"{" CANNED_ABOUT "," CANNED_P1 ",\"by\":[\"region\"],"                \
	"\"total\":" CANNED_ROW("MO", "state", "Missouri", "71", "\"35.5\"",  \
	    "met") CANNED_PEER("not_tested", "null",                          \
	    "null") ",\"rows\":[" CANNED_ROW("R1", "region", "North", "60",   \
	    "\"30.0\"", "not_met") CANNED_PEER("worse", "\"100-299\"",        \
	    "\"0.0123\"") "," CANNED_ROW("R2", "region", "South", "80",       \
	    "\"40.0\"", "met") CANNED_PEER("alike", "\"any\"",                \
	    "\"1.0000\"") "],\"expected\":{\"expected\":\"41.23\","           \
			  "\"observed\":37,\"denominator\":100,"              \
			  "\"whole_denominator\":900,"                        \
			  "\"whole_numerator\":300,\"whole_value\":\"33.3\"," \
			  "\"words\":\"41.2 of 100 were to be expected.\","   \
			  "\"rows\":[{\"age_group\":\"0-5\","                 \
			  "\"months_in_care\":\"0-11\","                      \
			  "\"whole_denominator\":900,"                        \
			  "\"whole_numerator\":300,\"whole_value\":\"33.3\"," \
			  "\"denominator\":100,\"expected\":\"41.23\","       \
			  "\"numerator\":37}]}," CANNED_JUDGED                \
			  ",\"sentence\":\"71 of 200 children.\","            \
			  "\"footnotes\":[\"Fisher, Holm.\"]}"

/* hearth changes: of a measure, of a clock */
#define CANNED_SIDES                                                       \
	"\"then\":{\"generation\":2,\"as_of\":\"2026-06-30\",\"version\":" \
	"\"v1\"},"                                                         \
	"\"now\":{\"generation\":3,\"as_of\":\"2026-09-30\",\"version\":"  \
	"\"v2\"},"                                                         \
	"\"alike\":197,\"total\":1,\"counts\":[{\"id\":\"met\",\"count\":1}]"
#define CANNED_CHANGES                                                         \
	"{" CANNED_ABOUT "," CANNED_P1 "," CANNED_SIDES ",\"rows\":[{\"key\":" \
	"\"C1\",\"child_id\":\"C1\",\"node\":\"W1\",\"change\":\"met\","       \
	"\"then\":"                                                            \
	"\"missed\",\"now\":\"met\",\"cause\":\"value\",\"value\":"            \
	"\"discharge_date\",\"was\":\"2026-01-02\",\"is\":\"2026-01-01\","     \
	"\"source\":\"removals.discharge_date\",\"rule\":\"r\",\"then_"        \
	"reason\":"                                                            \
	"\"\",\"now_reason\":\"\",\"text\":\"discharge_date was "              \
	"x\"}],\"next\":"                                                      \
	"null,\"by_rows\":[],\"differs\":[{\"kind\":\"met\",\"in\":\"now\","   \
	"\"text\":\"t\",\"words\":\"sooner\"}]}"
#define CANNED_MOVES                                                          \
	"{" CANNED_ABOUT ",\"clock\":{\"id\":\"contact\",\"title\":\"First "  \
	"contact\"}," CANNED_SIDES ",\"rows\":[{\"key\":\"R1\",\"child_id\":" \
	"null,\"node\":\"O1\",\"change\":\"met\",\"then_state\":\"due\","     \
	"\"then_due\":\"2026-07-01\",\"now_state\":null,\"now_due\":null,"    \
	"\"done\":\"2026-07-01\",\"text\":\"done on 2026-07-01\"}],\"next\":" \
	"null,\"by_rows\":[]}"

/* hearth ref: what the code stands for, and the figure that it opens */
#define CANNED_REF(request)                                                   \
	"{" CANNED_ABOUT ",\"code\":\"1PNW-4HMK-1B98-7GC8-J6H8-SR\","         \
	"\"kind\":\"report\",\"state\":\"changed\",\"parts\":[{\"part\":"     \
	"\"generation\",\"state\":\"gone\",\"text\":\"generation 2 was "      \
	"withdrawn\"},{\"part\":\"place\",\"state\":\"same\",\"text\":"       \
	"\"Missouri\"}],\"request\":" request ",\"now\":"                     \
	"\"/v1/report?measure=p1&at=MO&where=sex%3Dmale%2Cgoal%3Dadoption\"," \
	"\"differs\":[{\"kind\":\"met\",\"in\":\"then\",\"text\":\"a < 1\","  \
	"\"words\":\"sooner\"}]}"
#define CANNED_REOPENED                                                      \
	"{" CANNED_ABOUT "," CANNED_P1 ",\"by\":[]," CANNED_TOTAL            \
	",\"ref\":\"1PNW-4HMK-1B98-7GC8-J6H8-SR\",\"rows\":[],\"trend\":[]," \
	"\"peer_median\":null,\"footnotes\":[],\"sentence\":\"71 of 200.\"," \
	"\"reopened\":" CANNED_REF("\"/v1/report?measure=p1\"") "}"

/* --by region: one name wants quotes, one begins like a formula */
#define CANNED_REGIONS                                                        \
	"{" CANNED_ABOUT "," CANNED_P1 ",\"by\":[\"region\"]," CANNED_TOTAL   \
	",\"rows\":[" CANNED_ROW("R1", "region", "North, West", "60",         \
	    "\"30.0\"", "not_met") "}," CANNED_ROW("R2", "region", "=SUM(1)", \
	    "11", "null", "no_data") "}],\"trend\":[],\"footnotes\":[]}"

/* --by sex,race_group; the totals of each side are figures of their own. */
#define CANNED_SIDES_OF_PAIRS                                                 \
	",\"row_totals\":[" CANNED_ROW("male", "", "male", "51", "\"25.5\"",  \
	    "not_met") ",\"values\":[\"male\"]}," CANNED_ROW("female", "",    \
	    "female", "20", "\"10.0\"",                                       \
	    "near") ",\"values\":[\"female\"]}],"                             \
		    "\"column_totals\":[" CANNED_ROW("white", "", "White",    \
			"70", "\"35.0\"",                                     \
			"near") ",\"values\":[\"white\"]}," CANNED_FEW("blac" \
								       "k",   \
			"Black", "1", "\"0.5\"") ",\"values\":[\"black\"]}]"
#define CANNED_PAIRS                                                           \
	"{" CANNED_ABOUT "," CANNED_P1                                         \
	",\"by\":[\"sex\",\"race_group\"]," CANNED_TOTAL                       \
	",\"rows\":[" CANNED_ROW("male|white", "", "", "50", "\"25.0\"",       \
	    "not_met") ",\"values\":[\"male\",\"white\"]}," CANNED_ROW("femal" \
								       "e|"    \
								       "whit"  \
								       "e",    \
	    "", "", "20", "\"10.0\"",                                          \
	    "near") ",\"values\":[\"female\",\"white\"]}," CANNED_FEW("male|"  \
								      "black", \
	    "male, Black", "1", "\"0.5\"") ",\"ref\":\"4000-0001-P40Q-1\","    \
					   "\"values\":[\"male\",\"black\"]}"  \
					   "]" CANNED_SIDES_OF_PAIRS           \
					   ",\"trend\":[]}"

/* --by region --trend 2 */
#define CANNED_WINDOWS(name)                                                \
	"[{\"from\":\"2023-10-01\","                                        \
	"\"to\":\"2024-09-30\",\"denominator\":180,\"numerator\":"          \
	"54,\"value\":\"30.0\",\"unit\":\"%\",\"goal\":\"35.2\","           \
	"\"status\":\"not_met\",\"excluded\":1,\"pending\":0,"              \
	"\"too_few\":true},{\"from\":\"2024-10-01\",\"to\":\"2025-09-30\"," \
	"\"denominator\":200,\"numerator\":71,\"value\":\"35.5\","          \
	"\"unit\":\"%\",\"goal\":\"35.2\",\"status\":\"met\","              \
	"\"excluded\":7,\"pending\":2,\"too_few\":false}]"
#define CANNED_TREND                                                        \
	"{" CANNED_ABOUT "," CANNED_P1 ",\"by\":[\"region\"]," CANNED_TOTAL \
	",\"rows\":[" CANNED_ROW("R1", "region", "North", "60", "\"30.0\"", \
	    "not_met") ",\"trend\":" CANNED_WINDOWS() "}],"                 \
						      "\"trend\""           \
						      ":" CANNED_WINDOWS() "}"

#define CANNED_LIST_ROW(key, id)                                          \
	"{\"key\":\"" key "\",\"child_id\":\"" id "\",\"name\":\"A, B\"," \
	"\"node\":\"W12\",\"denominator\":1,\"numerator\":0,"             \
	"\"reason\":null,\"age\":7,\"goal\":\"reunify\"}"
#define CANNED_LIST(rows, next)                                      \
	"{" CANNED_ABOUT "," CANNED_P1                               \
	",\"set\":\"missed\",\"total\":3,\"columns\":["              \
	"{\"id\":\"child_id\",\"title\":\"Child\",\"type\":\"id\"}," \
	"{\"id\":\"age\",\"title\":\"Age\",\"type\":\"int\"},"       \
	"{\"id\":\"goal\",\"title\":\"Goal\",\"type\":\"text\"}],"   \
	"\"rows\":[" rows "],\"next\":" next "}"

#define CANNED_WHY                                                          \
	"{" CANNED_ABOUT "," CANNED_P1                                      \
	",\"child_id\":\"C7\",\"verdict\":\"excluded\","                    \
	"\"reason\":\"stay under 8 days\",\"episodes\":[{\"removal_date\":" \
	"\"2024-11-02\",\"date\":\"2024-11-02\",\"id\":\"\","               \
	"\"verdict\":\"excluded\",\"rules\":[{\"kind\":"                    \
	"\"cohort\",\"text\":\"removal_date in period\",\"words\":"         \
	"\"entered care in the period\",\"holds\":\"y\",\"decided\":"       \
	"false,\"why\":null,\"values\":[{\"name\":\"removal_date\","        \
	"\"value\":\"2024-11-02\",\"source\":\"removals.removal_date\"}]}," \
	"{\"kind\":\"exclude\",\"text\":\"days(a, b) < 8\",\"words\":"      \
	"\"stayed less than 8 days\",\"holds\":\"y\",\"decided\":true,"     \
	"\"why\":\"stay under 8 days\",\"values\":[]}]}]}"

#define CANNED_DUTY                                                      \
	"{\"clock\":\"pprt\",\"key\":\"k\",\"child_id\":\"C7\","         \
	"\"name\":\"A, B\",\"node\":\"W12\",\"unit\":\"U3\",\"worker\":" \
	"\"Worker 12\",\"due\":\"2026-10-07\",\"days\":7,\"bucket\":"    \
	"\"in_1_7\",\"state\":\"due\",\"start\":\"2026-04-07\","         \
	"\"start_event\":\"last review\",\"why\":[\"every 6 months\"]}"
#define CANNED_COUNTDOWN                                                  \
	"{" CANNED_ABOUT ",\"clock\":{\"id\":\"pprt\","                   \
	"\"title\":\"Next review\",\"rule\":\"30, 60, 180 days\","        \
	"\"citation\":\"13 CSR 35\"},\"at\":{\"id\":\"MO\",\"name\":"     \
	"\"Missouri\"},\"as_of\":\"2026-09-30\",\"buckets\":[{\"id\":"    \
	"\"in_1_7\",\"label\":\"in 1-7 days\",\"count\":1}],\"total\":1," \
	"\"rows\":[" CANNED_DUTY "],\"next\":null,\"by_rows\":[]}"

/* Two rules: the rarer one moves a score, so it stands first. */
#define CANNED_PROVIDERS                                                    \
	"{" CANNED_ABOUT ",\"from\":\"2025-10-01\",\"to\":\"2026-09-30\","  \
	"\"on\":\"2026-09-30\",\"total\":1,\"served\":12,\"injured\":null," \
	"\"rows\":[{\"id\":\"P1\",\"name\":\"Alder House\",\"programme\":"  \
	"\"gh\",\"license\":null,\"status\":\"in_force\",\"from\":null,"    \
	"\"to\":null,\"sites\":2,\"certified_homes\":0,\"capacity\":null,"  \
	"\"placed\":7,\"served\":12,\"discharged\":5}],\"next\":null}"
#define CANNED_PROVIDER                                                        \
	"{" CANNED_ABOUT ",\"from\":\"2025-10-01\",\"to\":\"2026-09-30\","     \
	"\"on\":\"2026-09-30\",\"cut_off\":\"2026-09-30\",\"provider\":{"      \
	"\"id\":\"H1\",\"name\":\"House\",\"programme\":\"gh\",\"status\":"    \
	"\"in_force\"},\"operator\":{\"id\":\"P1\",\"name\":\"Alder House\"}," \
	"\"sites\":[{\"id\":\"s1\",\"name\":null,\"kind\":\"site\","           \
	"\"license\":null,\"capacity\":6,\"placed\":4,\"run_as\":null}],"      \
	"\"counts\":[{\"count\":\"served\",\"title\":\"children served\","     \
	"\"question\":\"R15\",\"n\":12,\"unknown\":0,\"feed\":"                \
	"\"placements\",\"feed_title\":\"placements\",\"source\":"             \
	"\"CWS/CMS, 2026-09-30: placements\",\"rule\":\"each child once\"},"   \
	"{\"count\":\"incidents\",\"title\":\"special incidents\","            \
	"\"question\":null,\"n\":null,\"unknown\":null,\"feed\":"              \
	"\"incidents\",\"feed_title\":\"ITrack\",\"source\":null,\"rule\":"    \
	"\"in the period\"}]}"
#define CANNED_PROVIDER_ROWS                                                  \
	"{" CANNED_ABOUT ",\"from\":\"2025-10-01\",\"to\":\"2026-09-30\","    \
	"\"on\":\"2026-09-30\",\"provider\":{\"id\":\"P1\",\"name\":"         \
	"\"Alder House\"},\"count\":{\"count\":\"discharged\",\"title\":"     \
	"\"children discharged\",\"n\":1,\"unknown\":0,\"source\":"           \
	"\"CWS/CMS, 2026-09-30: placements\",\"rule\":\"each once\"},"        \
	"\"total\":1,\"rows\":[{\"key\":\"C1\",\"child_id\":\"C1\",\"name\":" \
	"\"Ana Ash\",\"age\":9,\"placed\":\"2025-11-02\",\"left\":"           \
	"\"2026-01-03\",\"went_to\":\"relative\",\"asked\":\"provider\"}],"   \
	"\"next\":null}"
#define CANNED_QUALITY                                                         \
	"{" CANNED_ABOUT ",\"at\":{\"id\":\"MO\",\"name\":\"Missouri\"},"      \
	"\"path\":[],\"where\":[],\"from\":\"2025-10-01\",\"to\":"             \
	"\"2026-09-30\",\"as_of\":\"2026-09-30\",\"children\":200,"            \
	"\"wrong\":41,\"rule\":null,\"rules\":[{\"code\":\"LATE\",\"kind\":"   \
	"\"late\",\"text\":\"entered late\",\"remedy\":\"none\",\"field\":"    \
	"\"removals.entered_on\",\"count\":40},{\"code\":\"DQ-A9\","           \
	"\"kind\":\"missing\",\"text\":\"no reason\",\"remedy\":\"enter it\"," \
	"\"field\":\"removals.discharge_reason\",\"count\":1},{\"code\":"      \
	"\"FUTURE\",\"kind\":\"impossible\",\"text\":\"after\",\"remedy\":"    \
	"\"\",\"field\":\"\",\"count\":0}],\"effects\":[{\"code\":\"DQ-A9\","  \
	"\"why\":\"no reason\",\"measure\":\"p1\",\"title\":\"Permanency\","   \
	"\"unit\":\"%\",\"count\":1,\"value\":\"50.0\",\"low\":\"42.9\","      \
	"\"high\":\"57.1\"}],\"total\":41,\"rows\":[],\"next\":null,"          \
	"\"by_rows\":[]}"

#define CANNED_ENTRY                                                        \
	"{" CANNED_ABOUT ",\"at\":{\"id\":\"MO\",\"name\":\"Missouri\"},"   \
	"\"path\":[],\"from\":\"2025-10-01\",\"to\":\"2026-09-30\","        \
	"\"as_of\":\"2026-09-30\",\"feeds\":[{\"feed\":\"visits\","         \
	"\"label\":\"visits\",\"state\":\"stopped\",\"month\":"             \
	"\"2026-09-01\",\"last\":0,\"usual\":120,\"since\":\"2026-08-01\"," \
	"\"events\":900,\"unknown\":3,\"late\":12,\"median\":\"4.5\","      \
	"\"limit\":30,\"limit_source\":\"a month\",\"limit_certainty\":"    \
	"\"design\",\"withdraws\":[\"wv-1\",\"wv-2\"]}],\"by_rows\":[]}"

#define CANNED_CHILD                                                          \
	"{" CANNED_ABOUT ",\"child\":{\"id\":\"C7\",\"name\":"                \
	"null,\"restricted\":false,\"birth_date\":\"2019-05-01\",\"age\":7,"  \
	"\"sex\":\"female\",\"race_group\":\"two_or_more\",\"goal\":null},"   \
	"\"path\":[],\"timeline\":[{\"date\":\"2024-11-02\",\"end\":null,"    \
	"\"lane\":\"removals\",\"kind\":\"entered care\",\"text\":"           \
	"\"neglect\"}],\"siblings\":[],\"flags\":[],\"duties\":[" CANNED_DUTY \
	"]}"

#define CANNED_MEASURES                                                      \
	"{" CANNED_ABOUT ",\"categories\":[{"                                \
	"\"id\":\"reunification\",\"title\":\"Going home\"}],\"measures\":[" \
	"{\"id\":\"p1\",\"title\":\"Permanency in 12 months\",\"category\":" \
	"\"reunification\",\"kind\":\"percent\",\"unit\":\"%\",\"better\":"  \
	"\"higher\",\"cohort\":\"entry\",\"goal\":{\"value\":\"35.2\"},"     \
	"\"questions\":[\"How many go home within a year?\"]}]}"

#define CANNED_ORG                                                           \
	"{" CANNED_ABOUT ",\"node\":{\"id\":\"MO\",\"name\":"                \
	"\"Missouri\",\"level\":\"state\"},\"path\":[{\"id\":\"MO\","        \
	"\"name\":\"Missouri\"}],\"children\":[{\"id\":\"R1\",\"name\":"     \
	"\"North\",\"level\":\"region\",\"kind\":\"public\",\"unassigned\":" \
	"false,\"in_care\":120}]}"

#define CANNED_BOARD                                                           \
	"{" CANNED_ABOUT ",\"at\":{\"id\":\"MO\",\"name\":"                    \
	"\"Missouri\"},\"path\":[{\"id\":\"MO\",\"name\":\"Missouri\"}],"      \
	"\"headlines\":[{\"id\":\"p1\",\"title\":\"Permanency in 12 "          \
	"months\",\"from\":\"2024-10-01\",\"to\":\"2025-09-30\"," CANNED_TOTAL \
	",\"trend\":" CANNED_WINDOWS() "}],\"clocks\":[{"                      \
				       "\"clock\":\"pprt\",\"buckets\":[{"     \
				       "\"id\":\"in_1_7\",\"count\":4}]}],"    \
				       "\"counts\":{\"in_care\":120}}"

#define CANNED_STATUS                                                          \
	"{" CANNED_ABOUT ",\"service\":{\"name\":\"hearthd\","                 \
	"\"version\":\"0.1.0\",\"api\":1},\"user\":{\"name\":\"local\","       \
	"\"may\":[\"figures\",\"names\"]},\"generations\":[{\"generation\":3," \
	"\"data_through\":\"2026-09-30\",\"state\":\"serving\",\"rows\":9}]}"

#define CANNED_REVIEW                                                         \
	"{\"reviews\":[{\"review\":\"RV-1\",\"instrument\":\"example/1\","    \
	"\"state\":\"clean\",\"events\":12,\"unsealed\":12,\"revision\":0}]," \
	"\"problems\":[{\"where\":\"PR06\",\"text\":\"a reason is due\"}]}"

/* hearth review scorecard: 311 of 312, which is not 99.68 % */
#define CANNED_SCORECARD                                                 \
	"{\"edition\":2,\"editions\":2,\"at\":\"2012-12-01T10:00:00Z\"," \
	"\"by\":\"chief\",\"failed\":null,\"state\":\"scored\","         \
	"\"reason\":\"home 3 came late\",\"record\":\"00ff\","           \
	"\"review\":\"RV-1\",\"revision\":1,\"provider\":\"PV1\","       \
	"\"provider_name\":\"Home 1\",\"programme\":\"gh\","             \
	"\"contract_year\":2010,\"from\":\"2011-10-01\","                \
	"\"to\":\"2012-09-30\",\"average_year\":2011,"                   \
	"\"average_providers\":3,\"example\":true,\"indicators\":[{"     \
	"\"indicator\":\"S1\",\"title\":\"Free of maltreatment\","       \
	"\"numerator\":311,\"denominator\":312,\"percent\":\"99.679\","  \
	"\"standard\":\"99.68\",\"verdict\":\"not_met\",\"needed\":313," \
	"\"pending\":0,\"undetermined\":0,\"missing\":0,"                \
	"\"basis\":\"census\",\"last_percent\":\"99.0\","                \
	"\"average_percent\":\"98.0\"}],\"elements\":[{\"area\":\"A9\"," \
	"\"question\":\"PN03\",\"text\":\"Did they choose?\","           \
	"\"result\":\"improvement_needed\",\"favourable\":5,"            \
	"\"unfavourable\":1,\"undetermined\":0,\"missing\":0}],"         \
	"\"interviews\":[{\"question\":\"IC05a\",\"text\":\"Safe?\","    \
	"\"yes\":null,\"no\":null,\"suppressed\":true}]}"

/* hearth indicator S4 */
#define CANNED_INDICATOR                                                  \
	"{\"indicator\":\"S4\",\"title\":\"Free of injury\","             \
	"\"title_es\":\"Sin lesión\",\"basis\":\"census\","              \
	"\"programme\":\"gh\",\"year\":2010,\"system\":{\"providers\":2," \
	"\"numerator\":136,\"denominator\":140,\"percent\":\"97.1\"},"    \
	"\"total\":2,\"rows\":[{\"provider\":\"PV1\",\"provider_name\":"  \
	"\"Home 1\",\"review\":\"RV-1\",\"to\":\"2011-09-30\","           \
	"\"numerator\":99,\"denominator\":100,\"percent\":\"99.0\","      \
	"\"small\":false,\"standard\":\"98.00\",\"verdict\":\"met\","     \
	"\"needed\":50,\"pending\":0,\"undetermined\":0,\"missing\":0},"  \
	"{\"provider\":\"PV2\",\"provider_name\":\"Home 2\","             \
	"\"numerator\":null,\"denominator\":null,\"percent\":null,"       \
	"\"verdict\":\"missing\",\"missing\":1}],\"next\":null}"

/* hearth plan */
#define CANNED_PLAN                                                       \
	"{\"year\":2012,\"from\":\"2012-07-01\",\"to\":\"2013-06-30\","   \
	"\"as_of\":\"2012-10-01\",\"buckets\":[{\"id\":\"over_1_15\","    \
	"\"label\":\"over by 1-15 days\",\"count\":1},{\"id\":\"today\"," \
	"\"label\":\"today\",\"count\":0}],\"monitors\":[],\"rows\":[{"   \
	"\"id\":\"?P1\",\"provider\":\"P1\",\"provider_name\":"           \
	"\"Home 1\",\"programme\":\"gh\",\"state\":\"no_contract\","      \
	"\"bucket\":\"cannot_compute\",\"due\":null,\"monitor\":null},{"  \
	"\"id\":\"C-1-2012\",\"provider\":\"P7\",\"provider_name\":"      \
	"\"Home 7\",\"programme\":\"gh\",\"state\":\"under_way\","        \
	"\"bucket\":\"over_1_15\",\"due\":\"2012-09-20\",\"days\":-11,"   \
	"\"monitor\":\"mk\"}]}"

#define CANNED_DRAW                                                        \
	"{\"draw\":{\"on\":\"2012-09-30\",\"seed\":\"00ff\",\"frame\":"    \
	"8,\"picks\":[{\"unit\":\"CC\",\"key\":\"N1\",\"drawn\":"          \
	"\"drawn\",\"order\":1}]},\"again\":{\"equal\":false,"             \
	"\"differences\":[\"1: recorded is CC N1, drawn again CC N2\"]},"  \
	"\"sealed\":{\"revision\":1,\"as_drawn\":false,\"fault\":"         \
	"\"reserve 1 of CC was passed over\",\"account\":{\"replaced\":1," \
	"\"purposive\":0}}}"
/* hearth cap list --since D, hearth cap show C1 */
#define CANNED_CAP                                                            \
	"\"id\":\"C1\",\"version\":2,\"at\":\"2012-04-16T09:00:00Z\","        \
	"\"by\":\"chief\",\"provider\":\"PV1\",\"provider_name\":\"Home 1\"," \
	"\"stage\":\"in_review\",\"clock_due\":\"2012-05-07\",\"days\":-3,"   \
	"\"bucket\":\"over_1_15\",\"band\":\"1-15\",\"findings\":1,"          \
	"\"uncovered\":0,\"change\":\"missed\""
#define CANNED_CAPS                                                           \
	"{\"as_of\":\"2012-05-10\",\"plans\":1,\"buckets\":[{\"id\":"         \
	"\"over_1_15\",\"label\":\"over by 1-15 days\",\"count\":1}],"        \
	"\"since\":\"2012-05-01\",\"changes\":[{\"id\":\"missed\",\"label\":" \
	"\"missed\",\"count\":1}],\"total\":1,\"rows\":[{" CANNED_CAP         \
	"}],\"next\":null}"
#define CANNED_CAP_ONE                                                       \
	"{\"cap\":{" CANNED_CAP "},\"body\":{\"remedies\":[{\"finding\":"    \
	"\"PN03\",\"text\":\"No choice\",\"response\":\"Asked in May\","     \
	"\"done\":\"They choose\"}],\"extensions\":[{\"to\":\"2012-04-10\"," \
	"\"by\":\"Ortiz\"}]},\"history\":[{\"id\":\"C1\",\"version\":1,"     \
	"\"at\":\"2012-03-01T09:00:00Z\",\"by\":\"chief\"}]}"
/* hearth proposal list */
#define CANNED_PROPOSALS                                                     \
	"{\"as_of\":\"2012-05-10\",\"in_force\":[{\"provider\":\"PV1\","     \
	"\"status\":\"hold\",\"since\":\"2012-03-15\"}],\"total\":1,"        \
	"\"rows\":[{\"id\":\"P1\",\"provider_name\":\"Home 1\",\"state\":"   \
	"\"approved\",\"now\":\"none\",\"to\":\"hold\",\"needs\":"           \
	"\"division_chief\",\"decided_by\":\"Ortiz\",\"reason\":\"late\"}]," \
	"\"next\":null}"

#define CANNED_SYNC                                                      \
	"{\"revisions\":[{\"record\":\"00ff\",\"revision\":1,\"state\":" \
	"\"sent\","                                                      \
	"\"words\":\"sent\",\"service\":\"\",\"serial\":\"17\"}]}"

#define CANNED_MATCHES                                       \
	"{" CANNED_ABOUT ",\"matches\":[{\"kind\":\"node\"," \
	"\"id\":\"R1\",\"name\":\"North\",\"detail\":\"region\"}]}"

#endif
