# Tests of the screens' parts; see also tests/screen.
check_PROGRAMS += field_test net_test table_test widgets_test
TESTS += field_test net_test table_test widgets_test
field_test_SOURCES = tests/unit/client/field_test.c
field_test_CPPFLAGS = $(UNIT_CPPFLAGS)
field_test_LDADD = libscreens.a libcommands.a $(SCREENS_LIBS) $(UNIT_LIBS)
net_test_SOURCES = tests/unit/client/net_test.c
net_test_CPPFLAGS = $(UNIT_CPPFLAGS)
net_test_LDADD = $(SCREENS_LIBS) $(UNIT_LIBS)
table_test_SOURCES = tests/unit/client/table_test.c
table_test_CPPFLAGS = $(UNIT_CPPFLAGS)
table_test_LDADD = $(SCREENS_LIBS) $(UNIT_LIBS)
widgets_test_SOURCES = tests/unit/client/widgets_test.c
widgets_test_CPPFLAGS = $(UNIT_CPPFLAGS)
widgets_test_LDADD = libscreens.a libcommands.a $(SCREENS_LIBS) $(UNIT_LIBS)
check_PROGRAMS += roster_test
TESTS += roster_test
roster_test_SOURCES = tests/unit/client/roster_test.c
roster_test_CPPFLAGS = $(UNIT_CPPFLAGS)
roster_test_LDADD = $(POMS_LIBS) $(UNIT_LIBS)
check_PROGRAMS += unit_words_test
TESTS += unit_words_test
unit_words_test_SOURCES = tests/unit/client/unit_words_test.c
unit_words_test_CPPFLAGS = $(UNIT_CPPFLAGS)
unit_words_test_LDADD = $(SCREENS_LIBS) $(UNIT_LIBS)
check_PROGRAMS += send_test
TESTS += send_test
send_test_SOURCES = tests/unit/client/send_test.c tests/lib/disk.c \
	tests/lib/disk.h tests/unit/journal/office.c \
	tests/unit/journal/office.h
send_test_CPPFLAGS = $(JOURNALTEST_CPPFLAGS) $(GNUTLS_CFLAGS)
send_test_LDADD = $(SCREENS_LIBS) $(UNIT_LIBS) $(GNUTLS_LIBS)
check_PROGRAMS += packet_make
packet_make_SOURCES = tests/unit/client/packet_make.c
packet_make_LDADD = $(POMS_LIBS)
check_PROGRAMS += revision_make
revision_make_SOURCES = tests/unit/client/revision_make.c \
	tests/unit/client/sealed.c tests/unit/client/sealed.h \
	tests/unit/poms/rig.c tests/unit/poms/rig.h
revision_make_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(top_srcdir)/tests/unit/poms \
	-I$(top_srcdir)/tests/unit/client
revision_make_LDADD = $(POMS_LIBS) $(UNIT_LIBS)

check_PROGRAMS += seen_test
TESTS += seen_test
seen_test_SOURCES = tests/unit/client/seen_test.c
seen_test_CPPFLAGS = $(UNIT_CPPFLAGS)
seen_test_LDADD = libscreens.a libcommands.a $(SCREENS_LIBS) $(UNIT_LIBS)

check_PROGRAMS += acts_test
TESTS += acts_test
acts_test_SOURCES = tests/unit/client/acts_test.c
acts_test_CPPFLAGS = $(UNIT_CPPFLAGS)
acts_test_LDADD = libscreens.a libcommands.a $(SCREENS_LIBS) $(UNIT_LIBS)
