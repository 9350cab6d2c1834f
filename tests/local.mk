# A test program is a file tests/unit/ROOM/NAME_test.c: a word in UNIT_TESTS and
# two lines, its source and the rooms it stands on, in its room's local.mk; what
# a room's tests share is a library there. A shell test is a file that ends in
# .test, a word in SHELL_TESTS. Each ends with the line "N passed, N failed".
# Check's time limit ends what hangs; its own 4 s would judge a busy machine.

AM_TESTS_ENVIRONMENT = top_srcdir='$(top_srcdir)'; top_builddir='$(top_builddir)'; \
	LC_ALL=C.UTF-8; TZ=UTC; \
	CK_DEFAULT_TIMEOUT=$${CK_DEFAULT_TIMEOUT-60}; export CK_DEFAULT_TIMEOUT; \
	TSAN_OPTIONS="suppressions=$(abs_top_srcdir)/maint/tsan.supp $$TSAN_OPTIONS"; export TSAN_OPTIONS; \
	export top_srcdir top_builddir LC_ALL TZ;
TEST_EXTENSIONS = .test
TEST_LOG_COMPILER = sh

check_LIBRARIES += libunit.a
libunit_a_SOURCES = tests/lib/unit.c tests/lib/unit.h \
	tests/lib/rows.c tests/lib/rows.h
UNIT_LIBS = libunit.a $(CHECK_LIBS)

# Each room adds its programs and its shell tests to these.
UNIT_TESTS =
SHELL_TESTS =
check_PROGRAMS += $(UNIT_TESTS)
TESTS += $(UNIT_TESTS) $(SHELL_TESTS)
EXTRA_DIST += $(SHELL_TESTS)

include tests/unit/base/local.mk
include tests/unit/proto/local.mk
include tests/unit/facts/local.mk
include tests/unit/measure/local.mk
include tests/unit/poms/local.mk
include tests/unit/census/local.mk
include tests/unit/journal/local.mk
include tests/unit/store/local.mk
include tests/unit/ingest/local.mk
include tests/unit/synth/local.mk
include tests/unit/service/local.mk
include tests/unit/client/local.mk
include tests/unit/admin/local.mk
include tests/contract/local.mk
include tests/screen/local.mk
include tests/whole/local.mk
