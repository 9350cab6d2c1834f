# unit/facts: a rig gives each test a builder.
check_LIBRARIES += libfactsrig.a
libfactsrig_a_SOURCES = tests/unit/facts/rig.c tests/unit/facts/rig.h
FACTS_TEST_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(top_srcdir)/tests/unit/facts
libfactsrig_a_CPPFLAGS = $(FACTS_TEST_CPPFLAGS)
FACTS_TEST_LDADD = libfactsrig.a libfacts.a libproto.a $(BASE_LIBS) \
	$(UNIT_LIBS)

check_PROGRAMS += children_test
TESTS += children_test
children_test_SOURCES = tests/unit/facts/children_test.c
children_test_CPPFLAGS = $(FACTS_TEST_CPPFLAGS)
children_test_LDADD = $(FACTS_TEST_LDADD)

check_PROGRAMS += placements_test
TESTS += placements_test
placements_test_SOURCES = tests/unit/facts/placements_test.c
placements_test_CPPFLAGS = $(FACTS_TEST_CPPFLAGS)
placements_test_LDADD = $(FACTS_TEST_LDADD)

check_PROGRAMS += tree_test
TESTS += tree_test
tree_test_SOURCES = tests/unit/facts/tree_test.c
tree_test_CPPFLAGS = $(FACTS_TEST_CPPFLAGS)
tree_test_LDADD = $(FACTS_TEST_LDADD)

check_PROGRAMS += reports_test
TESTS += reports_test
reports_test_SOURCES = tests/unit/facts/reports_test.c
reports_test_CPPFLAGS = $(FACTS_TEST_CPPFLAGS)
reports_test_LDADD = $(FACTS_TEST_LDADD)

check_PROGRAMS += snapshot_test
TESTS += snapshot_test
snapshot_test_SOURCES = tests/unit/facts/snapshot_test.c
snapshot_test_CPPFLAGS = $(FACTS_TEST_CPPFLAGS)
snapshot_test_LDADD = $(FACTS_TEST_LDADD)
