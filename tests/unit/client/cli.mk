# Tests of the commands' side of the client.
CLIENT_TESTS = fetch_test settings_test linetext_test command_test show_test plain_test
check_PROGRAMS += $(CLIENT_TESTS)
TESTS += $(CLIENT_TESTS)
CLIENT_TEST_LIBS = $(COMMANDS_LIBS) $(SCREENS_LIBS) $(UNIT_LIBS)

fetch_test_SOURCES = tests/unit/client/fetch_test.c
fetch_test_CPPFLAGS = $(UNIT_CPPFLAGS)
fetch_test_LDADD = $(CLIENT_TEST_LIBS)
settings_test_SOURCES = tests/unit/client/settings_test.c
settings_test_CPPFLAGS = $(UNIT_CPPFLAGS)
settings_test_LDADD = $(CLIENT_TEST_LIBS)
linetext_test_SOURCES = tests/unit/client/linetext_test.c
linetext_test_CPPFLAGS = $(UNIT_CPPFLAGS)
linetext_test_LDADD = $(CLIENT_TEST_LIBS)
command_test_SOURCES = tests/unit/client/command_test.c \
	tests/unit/client/canned.h
command_test_CPPFLAGS = $(UNIT_CPPFLAGS)
command_test_LDADD = $(CLIENT_TEST_LIBS)
show_test_SOURCES = tests/unit/client/show_test.c tests/unit/client/canned.h
show_test_CPPFLAGS = $(UNIT_CPPFLAGS)
show_test_LDADD = $(CLIENT_TEST_LIBS)
plain_test_SOURCES = tests/unit/client/plain_test.c tests/unit/client/canned.h
plain_test_CPPFLAGS = $(UNIT_CPPFLAGS)
plain_test_LDADD = $(CLIENT_TEST_LIBS)
