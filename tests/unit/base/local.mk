check_PROGRAMS += date_test
TESTS += date_test
date_test_SOURCES = tests/unit/base/date_test.c
date_test_CPPFLAGS = $(UNIT_CPPFLAGS)
date_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += file_test
TESTS += file_test
file_test_SOURCES = tests/unit/base/file_test.c
file_test_CPPFLAGS = $(UNIT_CPPFLAGS)
file_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += csv_test
TESTS += csv_test
csv_test_SOURCES = tests/unit/base/csv_test.c
csv_test_CPPFLAGS = $(UNIT_CPPFLAGS)
csv_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += conf_test
TESTS += conf_test
conf_test_SOURCES = tests/unit/base/conf_test.c
conf_test_CPPFLAGS = $(UNIT_CPPFLAGS)
conf_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += json_test
TESTS += json_test
json_test_SOURCES = tests/unit/base/json_test.c
json_test_CPPFLAGS = $(UNIT_CPPFLAGS)
json_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
check_PROGRAMS += rng_test
TESTS += rng_test
rng_test_SOURCES = tests/unit/base/rng_test.c
rng_test_CPPFLAGS = $(UNIT_CPPFLAGS)
rng_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += lazy_test
TESTS += lazy_test
lazy_test_SOURCES = tests/unit/base/lazy_test.c
lazy_test_CPPFLAGS = $(UNIT_CPPFLAGS)
lazy_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += login_test
TESTS += login_test
login_test_SOURCES = tests/unit/base/login_test.c
login_test_CPPFLAGS = $(UNIT_CPPFLAGS)
login_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += marks_test
TESTS += marks_test
marks_test_SOURCES = tests/unit/base/marks_test.c
marks_test_CPPFLAGS = $(UNIT_CPPFLAGS)
marks_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += i18n_test
TESTS += i18n_test
i18n_test_SOURCES = tests/unit/base/i18n_test.c
i18n_test_CPPFLAGS = $(UNIT_CPPFLAGS)
i18n_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
