check_PROGRAMS += facts_test
TESTS += facts_test
facts_test_SOURCES = tests/unit/facts/facts_test.c
facts_test_CPPFLAGS = $(UNIT_CPPFLAGS)
facts_test_LDADD = libfacts.a libproto.a $(BASE_LIBS) $(UNIT_LIBS)
