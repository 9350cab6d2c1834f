# Screens: scripts in process (README), and a few in a real pseudo-terminal.
UNIT_TESTS += form_test form_text_test form_window_test leave_test plug_test \
	screen_test tty_test
SHELL_TESTS += tests/screen/keys.test
EXTRA_DIST += tests/screen/README $(screen_scripts)

screen_test_SOURCES = tests/screen/screen_test.c \
	tests/screen/script.c tests/screen/script.h \
	tests/screen/stage.c tests/screen/stage.h \
	tests/screen/world.c tests/screen/world.h \
	tests/unit/client/sealed.c tests/unit/client/sealed.h
screen_test_CPPFLAGS = $(AM_CPPFLAGS) $(VTERM_CFLAGS) $(CURSES_CFLAGS)
screen_test_LDADD = libpomsrig.a $(SCREENS_LIBS) libcommands.a libingest.a \
	$(SERVICE_LIBS) $(UNIT_LIBS) $(VTERM_LIBS)

# A review's form on a terminal in memory.
check_LIBRARIES += libdesk.a
DESK_CPPFLAGS = $(AM_CPPFLAGS) $(VTERM_CFLAGS) $(CURSES_CFLAGS)
libdesk_a_SOURCES = tests/screen/desk.c tests/screen/desk.h
libdesk_a_CPPFLAGS = $(DESK_CPPFLAGS)
DESK_LIBS = libdesk.a $(SCREENS_LIBS) $(UNIT_LIBS) $(VTERM_LIBS)
form_test_SOURCES = tests/screen/form_test.c
form_test_CPPFLAGS = $(DESK_CPPFLAGS)
form_test_LDADD = $(DESK_LIBS)
form_text_test_SOURCES = tests/screen/form_text_test.c
form_text_test_CPPFLAGS = $(DESK_CPPFLAGS)
form_text_test_LDADD = $(DESK_LIBS)
form_window_test_SOURCES = tests/screen/form_window_test.c
form_window_test_CPPFLAGS = $(DESK_CPPFLAGS)
form_window_test_LDADD = $(DESK_LIBS)

tty_test_SOURCES = tests/screen/tty_test.c
tty_test_LDADD = $(BASE_LIBS) $(UNIT_LIBS)
EXTRA_tty_test_DEPENDENCIES = hearth$(EXEEXT)
leave_test_SOURCES = tests/screen/leave_test.c
leave_test_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
leave_test_LDADD = libjournalrig.a $(SCREENS_LIBS) $(UNIT_LIBS)
plug_test_SOURCES = tests/screen/plug_test.c
plug_test_CPPFLAGS = $(AM_CPPFLAGS) $(VTERM_CFLAGS)
plug_test_LDADD = $(JOURNAL_LIBS) $(UNIT_LIBS) $(VTERM_LIBS)
EXTRA_plug_test_DEPENDENCIES = hearth$(EXEEXT)
screen_scripts = \
	tests/screen/ascii.scr \
	tests/screen/board.scr \
	tests/screen/breakdown.scr \
	tests/screen/burst.scr \
	tests/screen/child.scr \
	tests/screen/color.scr \
	tests/screen/compare.scr \
	tests/screen/countdown.scr \
	tests/screen/crosstab.scr \
	tests/screen/crosstab_mono.scr \
	tests/screen/plan.scr \
	tests/screen/providers.scr \
	tests/screen/quality.scr \
	tests/screen/reviews.scr \
	tests/screen/definition.scr \
	tests/screen/dues.scr \
	tests/screen/duty.scr \
	tests/screen/entry.scr \
	tests/screen/figure.scr \
	tests/screen/goto.scr \
	tests/screen/help.scr \
	tests/screen/history.scr \
	tests/screen/list.scr \
	tests/screen/lost.scr \
	tests/screen/measures.scr \
	tests/screen/mono.scr \
	tests/screen/ref.scr \
	tests/screen/refresh.scr \
	tests/screen/reports.scr \
	tests/screen/resize.scr \
	tests/screen/changes.scr \
	tests/screen/scope.scr \
	tests/screen/scroll.scr \
	tests/screen/slow.scr \
	tests/screen/small.scr \
	tests/screen/tiny.scr \
	tests/screen/trend.scr \
	tests/screen/units.scr \
	tests/screen/window.scr tests/screen/windows.scr \
	tests/screen/write_cap.scr \
	tests/screen/write_draw.scr \
	tests/screen/write_plan.scr \
	tests/screen/write_proposal.scr \
	tests/screen/write_review.scr \
	tests/screen/write_small.scr

# Writes the screens as they are now into the scripts: read the diff.
screens: screen_test
	HEARTH_SCREENS=1 LC_ALL=C.UTF-8 TZ=UTC top_srcdir='$(top_srcdir)' \
	  top_builddir='$(top_builddir)' ./screen_test
.PHONY: screens
