UNIT_TESTS += census_test rules_test

census_test_SOURCES = tests/unit/census/census_test.c
census_test_LDADD = $(CENSUS_LIBS) $(UNIT_LIBS)
rules_test_SOURCES = tests/unit/census/rules_test.c
rules_test_LDADD = $(CENSUS_LIBS) $(UNIT_LIBS)
