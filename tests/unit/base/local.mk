UNIT_TESTS += conf_test csv_test date_test file_test helpers_test i18n_test \
	json_test lazy_test login_test marks_test rng_test

date_test_SOURCES = tests/unit/base/date_test.c
date_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
file_test_SOURCES = tests/unit/base/file_test.c
file_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
helpers_test_SOURCES = tests/unit/base/helpers_test.c
helpers_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
csv_test_SOURCES = tests/unit/base/csv_test.c
csv_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
conf_test_SOURCES = tests/unit/base/conf_test.c
conf_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
json_test_SOURCES = tests/unit/base/json_test.c
json_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
rng_test_SOURCES = tests/unit/base/rng_test.c
rng_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
lazy_test_SOURCES = tests/unit/base/lazy_test.c
lazy_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
login_test_SOURCES = tests/unit/base/login_test.c
login_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
marks_test_SOURCES = tests/unit/base/marks_test.c
marks_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
i18n_test_SOURCES = tests/unit/base/i18n_test.c
i18n_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
