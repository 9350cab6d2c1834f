# Tests of the whole: programs run as their users run them.
SHELL_TESTS += tests/whole/lint.test tests/whole/headers.test \
	tests/whole/import.test tests/whole/sources.test tests/whole/plan.test \
	tests/whole/walk.test
check_PROGRAMS += form_walk

include tests/whole/cli.mk
# The whole example instrument, answered with keys.
form_walk_SOURCES = tests/whole/form_walk.c
form_walk_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
form_walk_LDADD = $(SCREENS_LIBS)
