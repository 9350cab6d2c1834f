# Tests of the commands' side of the client.
UNIT_TESTS += command_test fetch_test linetext_test plain_test settings_test \
	show_every_test show_report_test show_test

CLIENT_TEST_LIBS = $(COMMANDS_LIBS) $(SCREENS_LIBS) $(UNIT_LIBS)

fetch_test_SOURCES = tests/unit/client/fetch_test.c
fetch_test_LDADD = $(CLIENT_TEST_LIBS)
settings_test_SOURCES = tests/unit/client/settings_test.c
settings_test_LDADD = $(CLIENT_TEST_LIBS)
linetext_test_SOURCES = tests/unit/client/linetext_test.c
linetext_test_LDADD = $(CLIENT_TEST_LIBS)
command_test_SOURCES = tests/unit/client/command_test.c \
	tests/unit/client/canned.h
command_test_LDADD = $(CLIENT_TEST_LIBS)
check_LIBRARIES += libshown.a
libshown_a_SOURCES = tests/unit/client/shown.c tests/unit/client/shown.h
show_every_test_SOURCES = tests/unit/client/show_every_test.c
show_every_test_LDADD = libshown.a $(CLIENT_TEST_LIBS)
show_report_test_SOURCES = tests/unit/client/show_report_test.c
show_report_test_LDADD = libshown.a $(CLIENT_TEST_LIBS)
show_test_SOURCES = tests/unit/client/show_test.c
show_test_LDADD = libshown.a $(CLIENT_TEST_LIBS)
plain_test_SOURCES = tests/unit/client/plain_test.c tests/unit/client/canned.h
plain_test_LDADD = $(CLIENT_TEST_LIBS)
