# Tests of the screens' parts; see also tests/screen.
UNIT_TESTS += acts_test field_test net_test roster_test seen_test send_test \
	table_test unit_words_test widgets_test
check_PROGRAMS += packet_make revision_make

field_test_SOURCES = tests/unit/client/field_test.c
field_test_LDADD = libscreens.a libcommands.a $(SCREENS_LIBS) $(UNIT_LIBS)
net_test_SOURCES = tests/unit/client/net_test.c
net_test_LDADD = $(SCREENS_LIBS) $(UNIT_LIBS)
table_test_SOURCES = tests/unit/client/table_test.c
table_test_LDADD = $(SCREENS_LIBS) $(UNIT_LIBS)
widgets_test_SOURCES = tests/unit/client/widgets_test.c
widgets_test_LDADD = libscreens.a libcommands.a $(SCREENS_LIBS) $(UNIT_LIBS)
roster_test_SOURCES = tests/unit/client/roster_test.c
roster_test_LDADD = $(POMS_LIBS) $(UNIT_LIBS)
unit_words_test_SOURCES = tests/unit/client/unit_words_test.c
unit_words_test_LDADD = $(SCREENS_LIBS) $(UNIT_LIBS)
send_test_SOURCES = tests/unit/client/send_test.c
send_test_CPPFLAGS = $(AM_CPPFLAGS) $(GNUTLS_CFLAGS)
send_test_LDADD = libjournalrig.a $(SCREENS_LIBS) $(UNIT_LIBS) $(GNUTLS_LIBS)
packet_make_SOURCES = tests/unit/client/packet_make.c
packet_make_LDADD = $(POMS_LIBS)
revision_make_SOURCES = tests/unit/client/revision_make.c \
	tests/unit/client/sealed.c tests/unit/client/sealed.h
revision_make_LDADD = libpomsrig.a $(POMS_LIBS) $(UNIT_LIBS)
seen_test_SOURCES = tests/unit/client/seen_test.c
seen_test_LDADD = libscreens.a libcommands.a $(SCREENS_LIBS) $(UNIT_LIBS)
acts_test_SOURCES = tests/unit/client/acts_test.c
acts_test_LDADD = libscreens.a libcommands.a $(SCREENS_LIBS) $(UNIT_LIBS)
