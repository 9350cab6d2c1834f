# The disk that loses what was not synced, and what the room's tests share.
check_LIBRARIES += libjournalrig.a
libjournalrig_a_SOURCES = tests/lib/disk.c tests/lib/disk.h \
	tests/unit/journal/rig.c tests/unit/journal/rig.h
libjournalrig_a_CPPFLAGS = $(JOURNALTEST_CPPFLAGS)
JOURNALTEST_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(top_srcdir)/tests/unit/journal
JOURNALTEST_LIBS = libjournalrig.a $(JOURNAL_LIBS) $(UNIT_LIBS)

check_PROGRAMS += vault_test
TESTS += vault_test
vault_test_SOURCES = tests/unit/journal/vault_test.c
vault_test_CPPFLAGS = $(JOURNALTEST_CPPFLAGS)
vault_test_LDADD = $(JOURNALTEST_LIBS)

check_PROGRAMS += journal_test
TESTS += journal_test
journal_test_SOURCES = tests/unit/journal/journal_test.c
journal_test_CPPFLAGS = $(JOURNALTEST_CPPFLAGS)
journal_test_LDADD = $(JOURNALTEST_LIBS)

check_PROGRAMS += torture_test
TESTS += torture_test
torture_test_SOURCES = tests/unit/journal/torture_test.c
torture_test_CPPFLAGS = $(JOURNALTEST_CPPFLAGS)
torture_test_LDADD = $(JOURNALTEST_LIBS)

check_PROGRAMS += outbox_test
TESTS += outbox_test
outbox_test_SOURCES = tests/unit/journal/outbox_test.c
outbox_test_CPPFLAGS = $(JOURNALTEST_CPPFLAGS)
outbox_test_LDADD = $(JOURNALTEST_LIBS)

check_PROGRAMS += sync_test
TESTS += sync_test
sync_test_SOURCES = tests/unit/journal/sync_test.c \
	tests/unit/journal/office.c tests/unit/journal/office.h
sync_test_CPPFLAGS = $(JOURNALTEST_CPPFLAGS)
sync_test_LDADD = $(JOURNALTEST_LIBS)

check_PROGRAMS += folder_test
TESTS += folder_test
folder_test_SOURCES = tests/unit/journal/folder_test.c
folder_test_CPPFLAGS = $(JOURNALTEST_CPPFLAGS)
folder_test_LDADD = $(JOURNALTEST_LIBS)

check_PROGRAMS += kill_test
TESTS += kill_test
kill_test_SOURCES = tests/unit/journal/kill_test.c
kill_test_CPPFLAGS = $(JOURNALTEST_CPPFLAGS)
kill_test_LDADD = $(JOURNALTEST_LIBS)

check_PROGRAMS += golden_test
TESTS += golden_test
EXTRA_DIST += tests/unit/journal/golden
golden_test_SOURCES = tests/unit/journal/golden_test.c
golden_test_CPPFLAGS = $(JOURNALTEST_CPPFLAGS)
golden_test_LDADD = $(JOURNALTEST_LIBS)

check_PROGRAMS += attach_test
TESTS += attach_test
attach_test_SOURCES = tests/unit/journal/attach_test.c
attach_test_CPPFLAGS = $(JOURNALTEST_CPPFLAGS)
attach_test_LDADD = $(JOURNALTEST_LIBS)
