# Tests of the whole: programs run as their users run them.
TESTS += tests/whole/lint.test tests/whole/headers.test
EXTRA_DIST += tests/whole/lint.test tests/whole/headers.test
TESTS += tests/whole/import.test
EXTRA_DIST += tests/whole/import.test
include tests/whole/cli.mk
TESTS += tests/whole/sources.test
EXTRA_DIST += tests/whole/sources.test
TESTS += tests/whole/plan.test
EXTRA_DIST += tests/whole/plan.test
# The whole example instrument, answered with keys.
TESTS += tests/whole/walk.test
EXTRA_DIST += tests/whole/walk.test
check_PROGRAMS += form_walk
form_walk_SOURCES = tests/whole/form_walk.c
form_walk_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
form_walk_LDADD = $(SCREENS_LIBS)
