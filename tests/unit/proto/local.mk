# unit/proto

check_PROGRAMS += resources_test
TESTS += resources_test
resources_test_SOURCES = tests/unit/proto/resources_test.c
resources_test_CPPFLAGS = $(UNIT_CPPFLAGS)
resources_test_LDADD = libproto.a $(BASE_LIBS) $(UNIT_LIBS)
