# Instruments, reviews, samples, scores.
UNIT_TESTS += cap_test days_test due_test event_test instrument_test \
	merge_test problems_test review_property_test review_test sample_test \
	score_test undo_test
SHELL_TESTS += tests/unit/poms/check.test

check_LIBRARIES += libpomsrig.a
libpomsrig_a_SOURCES = tests/unit/poms/rig.c tests/unit/poms/rig.h
poms_test_libs = libpomsrig.a $(POMS_LIBS) $(UNIT_LIBS)

cap_test_SOURCES = tests/unit/poms/cap_test.c
cap_test_LDADD = $(poms_test_libs)
days_test_SOURCES = tests/unit/poms/days_test.c
days_test_LDADD = $(poms_test_libs)
due_test_SOURCES = tests/unit/poms/due_test.c
due_test_LDADD = $(poms_test_libs)
event_test_SOURCES = tests/unit/poms/event_test.c
event_test_LDADD = $(poms_test_libs)
instrument_test_SOURCES = tests/unit/poms/instrument_test.c
instrument_test_LDADD = $(poms_test_libs)
merge_test_SOURCES = tests/unit/poms/merge_test.c
merge_test_LDADD = $(poms_test_libs)
review_property_test_SOURCES = tests/unit/poms/property_test.c
review_property_test_LDADD = $(poms_test_libs)
problems_test_SOURCES = tests/unit/poms/problems_test.c
problems_test_LDADD = $(poms_test_libs)
review_test_SOURCES = tests/unit/poms/review_test.c
review_test_LDADD = $(poms_test_libs)
sample_test_SOURCES = tests/unit/poms/sample_test.c
sample_test_LDADD = $(poms_test_libs)
score_test_SOURCES = tests/unit/poms/score_test.c
score_test_LDADD = $(poms_test_libs)
undo_test_SOURCES = tests/unit/poms/undo_test.c
undo_test_LDADD = $(poms_test_libs)
