# Instruments, reviews, samples, scores.
poms_tests = event_test review_test
check_PROGRAMS += $(poms_tests)
TESTS += $(poms_tests)

poms_test_cppflags = $(UNIT_CPPFLAGS) -I$(top_srcdir)/tests/unit/poms
poms_test_libs = $(POMS_LIBS) $(UNIT_LIBS)
poms_rig = tests/unit/poms/rig.c tests/unit/poms/rig.h

event_test_SOURCES = tests/unit/poms/event_test.c $(poms_rig)
event_test_CPPFLAGS = $(poms_test_cppflags)
event_test_LDADD = $(poms_test_libs)

review_test_SOURCES = tests/unit/poms/review_test.c $(poms_rig)
review_test_CPPFLAGS = $(poms_test_cppflags)
review_test_LDADD = $(poms_test_libs)
