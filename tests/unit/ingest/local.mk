# unit/ingest: a rig stands for the store.
UNIT_TESTS += afcars20_test afcars93_test cwscms_test episodes_test \
	extract_test ingest_tools_test ncands_test

check_LIBRARIES += librig.a
librig_a_SOURCES = tests/unit/ingest/rec93.c tests/unit/ingest/rec93.h \
	tests/unit/ingest/rig.c tests/unit/ingest/rig.h
INGEST_TEST_LDADD = librig.a $(INGEST_LIBS) $(UNIT_LIBS)

afcars93_test_SOURCES = tests/unit/ingest/afcars93_test.c
afcars93_test_LDADD = $(INGEST_TEST_LDADD)
afcars20_test_SOURCES = tests/unit/ingest/afcars20_test.c
afcars20_test_LDADD = $(INGEST_TEST_LDADD)
ncands_test_SOURCES = tests/unit/ingest/ncands_test.c
ncands_test_LDADD = $(INGEST_TEST_LDADD)
episodes_test_SOURCES = tests/unit/ingest/episodes_test.c
episodes_test_LDADD = $(INGEST_TEST_LDADD)
extract_test_SOURCES = tests/unit/ingest/extract_test.c
extract_test_LDADD = $(INGEST_TEST_LDADD)
ingest_tools_test_SOURCES = tests/unit/ingest/tools_test.c
ingest_tools_test_LDADD = $(INGEST_TEST_LDADD)
cwscms_test_SOURCES = tests/unit/ingest/cwscms_test.c
cwscms_test_LDADD = $(INGEST_TEST_LDADD)
