# Instruments, reviews, samples, scores.
poms_tests = cap_test days_test due_test event_test instrument_test merge_test \
	review_property_test review_test sample_test score_test
check_PROGRAMS += $(poms_tests)
TESTS += $(poms_tests)

poms_test_cppflags = $(UNIT_CPPFLAGS) -I$(top_srcdir)/tests/unit/poms
poms_test_libs = $(POMS_LIBS) $(UNIT_LIBS)
poms_rig = tests/unit/poms/rig.c tests/unit/poms/rig.h

cap_test_SOURCES = tests/unit/poms/cap_test.c $(poms_rig)
cap_test_CPPFLAGS = $(poms_test_cppflags)
cap_test_LDADD = $(poms_test_libs)

days_test_SOURCES = tests/unit/poms/days_test.c $(poms_rig)
days_test_CPPFLAGS = $(poms_test_cppflags)
days_test_LDADD = $(poms_test_libs)

due_test_SOURCES = tests/unit/poms/due_test.c
due_test_CPPFLAGS = $(poms_test_cppflags)
due_test_LDADD = $(poms_test_libs)

event_test_SOURCES = tests/unit/poms/event_test.c $(poms_rig)
event_test_CPPFLAGS = $(poms_test_cppflags)
event_test_LDADD = $(poms_test_libs)

merge_test_SOURCES = tests/unit/poms/merge_test.c $(poms_rig)
merge_test_CPPFLAGS = $(poms_test_cppflags)
merge_test_LDADD = $(poms_test_libs)

review_test_SOURCES = tests/unit/poms/review_test.c $(poms_rig)
review_test_CPPFLAGS = $(poms_test_cppflags)
review_test_LDADD = $(poms_test_libs)

sample_test_SOURCES = tests/unit/poms/sample_test.c
sample_test_CPPFLAGS = $(poms_test_cppflags)
sample_test_LDADD = $(poms_test_libs)

score_test_SOURCES = tests/unit/poms/score_test.c $(poms_rig)
score_test_CPPFLAGS = $(poms_test_cppflags)
score_test_LDADD = $(poms_test_libs)

instrument_test_SOURCES = tests/unit/poms/instrument_test.c $(poms_rig)
instrument_test_CPPFLAGS = $(poms_test_cppflags)
instrument_test_LDADD = $(poms_test_libs)

TESTS += tests/unit/poms/check.test
EXTRA_DIST += tests/unit/poms/check.test

review_property_test_SOURCES = tests/unit/poms/property_test.c $(poms_rig)
review_property_test_CPPFLAGS = $(poms_test_cppflags)
review_property_test_LDADD = $(poms_test_libs)
