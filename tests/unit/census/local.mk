census_tests = census_test rules_test
check_PROGRAMS += $(census_tests)
TESTS += $(census_tests)

census_test_SOURCES = tests/unit/census/census_test.c
census_test_CPPFLAGS = $(UNIT_CPPFLAGS)
census_test_LDADD = $(CENSUS_LIBS) $(UNIT_LIBS)

rules_test_SOURCES = tests/unit/census/rules_test.c
rules_test_CPPFLAGS = $(UNIT_CPPFLAGS)
rules_test_LDADD = $(CENSUS_LIBS) $(UNIT_LIBS)
