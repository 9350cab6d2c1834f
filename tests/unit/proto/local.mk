# unit/proto

check_PROGRAMS += resources_test
TESTS += resources_test
resources_test_SOURCES = tests/unit/proto/resources_test.c
resources_test_CPPFLAGS = $(UNIT_CPPFLAGS)
resources_test_LDADD = libproto.a $(BASE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += refcode_test
TESTS += refcode_test
refcode_test_SOURCES = tests/unit/proto/refcode_test.c
refcode_test_CPPFLAGS = $(UNIT_CPPFLAGS)
refcode_test_LDADD = libproto.a $(BASE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += bundle_test
TESTS += bundle_test
bundle_test_SOURCES = tests/unit/proto/bundle_test.c
bundle_test_CPPFLAGS = $(UNIT_CPPFLAGS)
bundle_test_LDADD = libproto.a $(BASE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += body_test
TESTS += body_test
body_test_SOURCES = tests/unit/proto/body_test.c
body_test_CPPFLAGS = $(UNIT_CPPFLAGS)
body_test_LDADD = libproto.a $(BASE_LIBS) $(UNIT_LIBS)
