# Tests of the screens' parts; see also tests/screen.
check_PROGRAMS += net_test
TESTS += net_test
net_test_SOURCES = tests/unit/client/net_test.c
net_test_CPPFLAGS = $(UNIT_CPPFLAGS)
net_test_LDADD = $(SCREENS_LIBS) $(UNIT_LIBS)
