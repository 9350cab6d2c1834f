# Tests of the commands' side of the client.
check_PROGRAMS += settings_test
TESTS += settings_test
settings_test_SOURCES = tests/unit/client/settings_test.c
settings_test_CPPFLAGS = $(UNIT_CPPFLAGS)
settings_test_LDADD = libcommands.a libproto.a $(BASE_LIBS) $(UNIT_LIBS)
