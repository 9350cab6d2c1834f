# unit/proto
UNIT_TESTS += body_test bundle_test refcode_test resources_test

resources_test_SOURCES = tests/unit/proto/resources_test.c
resources_test_LDADD = libproto.a $(BASE_LIBS) $(UNIT_LIBS)
refcode_test_SOURCES = tests/unit/proto/refcode_test.c
refcode_test_LDADD = libproto.a $(BASE_LIBS) $(UNIT_LIBS)
bundle_test_SOURCES = tests/unit/proto/bundle_test.c
bundle_test_LDADD = libproto.a $(BASE_LIBS) $(UNIT_LIBS)
body_test_SOURCES = tests/unit/proto/body_test.c
body_test_LDADD = libproto.a $(BASE_LIBS) $(UNIT_LIBS)
