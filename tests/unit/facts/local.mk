# unit/facts: a rig gives each test a builder.
UNIT_TESTS += children_test placements_test reports_test snapshot_test \
	tree_test

check_LIBRARIES += libfactsrig.a
libfactsrig_a_SOURCES = tests/unit/facts/rig.c tests/unit/facts/rig.h
FACTS_TEST_LDADD = libfactsrig.a libfacts.a libproto.a $(BASE_LIBS) \
	$(UNIT_LIBS)

children_test_SOURCES = tests/unit/facts/children_test.c
children_test_LDADD = $(FACTS_TEST_LDADD)
placements_test_SOURCES = tests/unit/facts/placements_test.c
placements_test_LDADD = $(FACTS_TEST_LDADD)
tree_test_SOURCES = tests/unit/facts/tree_test.c
tree_test_LDADD = $(FACTS_TEST_LDADD)
reports_test_SOURCES = tests/unit/facts/reports_test.c
reports_test_LDADD = $(FACTS_TEST_LDADD)
snapshot_test_SOURCES = tests/unit/facts/snapshot_test.c
snapshot_test_LDADD = $(FACTS_TEST_LDADD)
