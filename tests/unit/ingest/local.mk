# unit/ingest: a rig stands for the store.
check_LIBRARIES += librig.a
librig_a_SOURCES = tests/unit/ingest/rig.c tests/unit/ingest/rig.h
librig_a_CPPFLAGS = $(UNIT_CPPFLAGS)
INGEST_TEST_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(top_srcdir)/tests/unit/ingest
INGEST_TEST_LDADD = librig.a $(INGEST_LIBS) $(UNIT_LIBS)

check_PROGRAMS += afcars93_test
TESTS += afcars93_test
afcars93_test_SOURCES = tests/unit/ingest/afcars93_test.c
afcars93_test_CPPFLAGS = $(INGEST_TEST_CPPFLAGS)
afcars93_test_LDADD = $(INGEST_TEST_LDADD)

check_PROGRAMS += afcars20_test
TESTS += afcars20_test
afcars20_test_SOURCES = tests/unit/ingest/afcars20_test.c
afcars20_test_CPPFLAGS = $(INGEST_TEST_CPPFLAGS)
afcars20_test_LDADD = $(INGEST_TEST_LDADD)

check_PROGRAMS += ncands_test
TESTS += ncands_test
ncands_test_SOURCES = tests/unit/ingest/ncands_test.c
ncands_test_CPPFLAGS = $(INGEST_TEST_CPPFLAGS)
ncands_test_LDADD = $(INGEST_TEST_LDADD)

check_PROGRAMS += extract_test
TESTS += extract_test
extract_test_SOURCES = tests/unit/ingest/extract_test.c
extract_test_CPPFLAGS = $(INGEST_TEST_CPPFLAGS)
extract_test_LDADD = $(INGEST_TEST_LDADD)

check_PROGRAMS += ingest_tools_test
TESTS += ingest_tools_test
ingest_tools_test_SOURCES = tests/unit/ingest/tools_test.c
ingest_tools_test_CPPFLAGS = $(INGEST_TEST_CPPFLAGS)
ingest_tools_test_LDADD = $(INGEST_TEST_LDADD)

check_PROGRAMS += cwscms_test
TESTS += cwscms_test
cwscms_test_SOURCES = tests/unit/ingest/cwscms_test.c
cwscms_test_CPPFLAGS = $(INGEST_TEST_CPPFLAGS)
cwscms_test_LDADD = $(INGEST_TEST_LDADD)
