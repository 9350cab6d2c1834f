# The disk that loses what was not synced, and what the room's tests share.
UNIT_TESTS += attach_test folder_test golden_test journal_test kill_test \
	outbox_test sync_test torture_test vault_test
EXTRA_DIST += tests/unit/journal/golden

check_LIBRARIES += libjournalrig.a
libjournalrig_a_SOURCES = tests/lib/disk.c tests/lib/disk.h \
	tests/lib/disk_calls.c tests/lib/disk_files.c tests/lib/disk_part.h \
	tests/unit/journal/office.c tests/unit/journal/office.h \
	tests/unit/journal/rig.c tests/unit/journal/rig.h
JOURNALTEST_LIBS = libjournalrig.a $(JOURNAL_LIBS) $(UNIT_LIBS)
vault_test_SOURCES = tests/unit/journal/vault_test.c
vault_test_LDADD = $(JOURNALTEST_LIBS)
journal_test_SOURCES = tests/unit/journal/journal_test.c
journal_test_LDADD = $(JOURNALTEST_LIBS)
torture_test_SOURCES = tests/unit/journal/torture_test.c
torture_test_LDADD = $(JOURNALTEST_LIBS)
outbox_test_SOURCES = tests/unit/journal/outbox_test.c
outbox_test_LDADD = $(JOURNALTEST_LIBS)
sync_test_SOURCES = tests/unit/journal/sync_test.c
sync_test_LDADD = $(JOURNALTEST_LIBS)
folder_test_SOURCES = tests/unit/journal/folder_test.c
folder_test_LDADD = $(JOURNALTEST_LIBS)
kill_test_SOURCES = tests/unit/journal/kill_test.c
kill_test_LDADD = $(JOURNALTEST_LIBS)
golden_test_SOURCES = tests/unit/journal/golden_test.c
golden_test_LDADD = $(JOURNALTEST_LIBS)
attach_test_SOURCES = tests/unit/journal/attach_test.c
attach_test_LDADD = $(JOURNALTEST_LIBS)
