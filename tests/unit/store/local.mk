check_PROGRAMS += store_test
TESTS += store_test
store_test_SOURCES = tests/unit/store/store_test.c
store_test_CPPFLAGS = $(UNIT_CPPFLAGS)
store_test_LDADD = $(STORE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += revisions_test
TESTS += revisions_test
revisions_test_SOURCES = tests/unit/store/revisions_test.c
revisions_test_CPPFLAGS = $(UNIT_CPPFLAGS)
revisions_test_LDADD = $(STORE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += papers_test
TESTS += papers_test
papers_test_SOURCES = tests/unit/store/papers_test.c
papers_test_CPPFLAGS = $(UNIT_CPPFLAGS)
papers_test_LDADD = $(STORE_LIBS) $(UNIT_LIBS)

EXTRA_DIST += tests/lib/postgres.sh tests/unit/store/wipe_postgres.sh \
	tests/unit/store/cut_postgres.sh \
	tests/unit/store/store_postgres.test \
	tests/unit/store/papers_postgres.test \
	tests/unit/store/revisions_postgres.test
if WITH_POSTGRESQL
TESTS += tests/unit/store/store_postgres.test \
	tests/unit/store/papers_postgres.test \
	tests/unit/store/revisions_postgres.test
endif
