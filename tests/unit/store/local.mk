# unit/store: a rig gives each test a store.
UNIT_TESTS += backup_test durable_test papers_test revisions_test runs_test \
	store_test

check_LIBRARIES += libstorerig.a
libstorerig_a_SOURCES = tests/unit/store/rig.c tests/unit/store/rig.h
STORE_TEST_LDADD = libstorerig.a $(STORE_LIBS) $(UNIT_LIBS)

store_test_SOURCES = tests/unit/store/store_test.c
store_test_LDADD = $(STORE_TEST_LDADD)
durable_test_SOURCES = tests/unit/store/durable_test.c
durable_test_LDADD = $(STORE_TEST_LDADD)
runs_test_SOURCES = tests/unit/store/runs_test.c
runs_test_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS)
runs_test_LDADD = $(STORE_TEST_LDADD)
backup_test_SOURCES = tests/unit/store/backup_test.c
backup_test_LDADD = $(STORE_TEST_LDADD)
revisions_test_SOURCES = tests/unit/store/revisions_test.c
revisions_test_LDADD = $(STORE_TEST_LDADD)
papers_test_SOURCES = tests/unit/store/papers_test.c
papers_test_LDADD = $(STORE_TEST_LDADD)

STORE_POSTGRES_TESTS = \
	tests/unit/store/store_postgres.test \
	tests/unit/store/durable_postgres.test \
	tests/unit/store/runs_postgres.test \
	tests/unit/store/backup_postgres.test \
	tests/unit/store/papers_postgres.test \
	tests/unit/store/revisions_postgres.test
EXTRA_DIST += tests/lib/postgres.sh tests/unit/store/on_postgres.sh \
	tests/unit/store/wipe_postgres.sh tests/unit/store/cut_postgres.sh \
	$(STORE_POSTGRES_TESTS)
if WITH_POSTGRESQL
TESTS += $(STORE_POSTGRES_TESTS)
endif
