# Screens, terminal, loop and transfers.
noinst_LIBRARIES += libscreens.a
libscreens_a_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS) $(CURL_CFLAGS)
libscreens_a_SOURCES = \
	src/client/field.c src/client/field.h \
	src/client/field_sync.c src/client/field_sync.h \
	src/client/form.c src/client/form.h \
	src/client/form_cards.c src/client/form_change.c \
	src/client/form_keys.c \
	src/client/form_paint.c src/client/form_place.c \
	src/client/form_plain.c \
	src/client/form_rows.c src/client/form_run.c src/client/form_run.h \
	src/client/form_part.h src/client/form_sample.c \
	src/client/form_screen.c src/client/form_screen.h \
	src/client/form_screen_part.h \
	src/client/form_settle.c \
	src/client/form_sync.c src/client/form_sync.h \
	src/client/form_typed.c src/client/form_units.c \
	src/client/form_words.c \
	src/client/loop.c src/client/loop.h \
	src/client/net.c src/client/net.h \
	src/client/news.c src/client/news.h \
	src/client/net_curl.c src/client/net_memory.c \
	src/client/net_reply.c src/client/net_reply.h \
	src/client/reconcile.c src/client/reconcile.h \
	src/client/send.c src/client/send.h \
	src/client/net_unix.c \
	src/client/panel.c src/client/panel.h src/client/panels.h \
	src/client/panel_window.c \
	src/client/acts.c src/client/acts.h src/client/acts.def \
	src/client/panel_acts.c \
	src/client/panel_attributes.c \
	src/client/panel_board.c \
	src/client/panel_changes.c \
	src/client/panel_child.c \
	src/client/panel_columns.c \
	src/client/panel_compare.c \
	src/client/panel_countdown.c \
	src/client/panel_crosstab.c \
	src/client/panel_definition.c \
	src/client/panel_entry.c \
	src/client/panel_help.c \
	src/client/panel_list.c \
	src/client/panel_measures.c \
	src/client/panel_paint.c \
	src/client/panel_plan.c \
	src/client/panel_providers.c \
	src/client/panel_counted.c \
	src/client/panel_quality.c \
	src/client/panel_reviews.c \
	src/client/panel_rows.c src/client/panel_rows.h \
	src/client/panel_scorecard.c \
	src/client/panel_request.c src/client/panel_request_go.c \
	src/client/requests.h src/client/requests.def \
	src/client/panel_ref.c \
	src/client/panel_search.c \
	src/client/panel_strata.c \
	src/client/panel_trend.c \
	src/client/panel_units.c \
	src/client/panel_why.c \
	src/client/panel_planned.c \
	src/client/panel_standing.c \
	src/client/panel_duty.c \
	src/client/panel_letter.c \
	src/client/panel_write.c src/client/panel_write_paint.c \
	src/client/panel_write_part.h \
	src/client/screen.c src/client/screen.h \
	src/client/screen_cells.c src/client/screen_cells.h \
	src/client/screen_scope.c src/client/screen_scope.h \
	src/client/settings.c src/client/settings.h src/client/settings.def \
	src/client/seen.c src/client/seen.h \
	src/client/subjects.c src/client/subjects.h \
	src/client/term.c src/client/term.h src/client/term_priv.h \
	src/client/term_key.c src/client/term_text.c src/client/term_theme.c \
	src/client/visit.c src/client/visit.h src/client/visit_merge.c \
	src/client/visit_keep.c src/client/visit_which.c \
	src/client/visit_move.c \
	src/client/unit_words.c src/client/unit_words.h \
	src/client/visit_files.c src/client/visit_form.c \
	src/client/visit_salvage.c \
	src/client/visit_part.h \
	src/client/widget_chart.c src/client/widget_chart.h \
	src/client/widget_prompt.c src/client/widget_prompt.h \
	src/client/widget_table.c src/client/widget_table.h \
	src/client/widget_table_draw.c src/client/widget_table_focus.c \
	src/client/widget_table_part.h src/client/widget_table_view.c \
	src/client/writing.c src/client/writing.h \
	src/client/writing_body.c src/client/writing_part.h \
	src/client/writing_preset.c src/client/writing_value.c

# What a program that opens screens or asks a service links, after its own.
SCREENS_LIBS = libscreens.a libjournal.a libpoms.a libproto.a $(BASE_LIBS) \
	$(CURSES_LIBS)

# The manual's section on keys comes from the table of requests; `make
# man-keys` writes it into man/hearth.1, tests/screen/keys.test compares.
check_PROGRAMS += keys_man
keys_man_SOURCES = src/client/keys_man.c
keys_man_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
keys_man_LDADD = libscreens.a libcommands.a $(SCREENS_LIBS)
man-keys: keys_man
	./keys_man >keys.tmp
	sed -i -e '/^\.\\" keys: begin/,/^\.\\" keys: end/{//!d}' \
	  -e '/^\.\\" keys: begin/r keys.tmp' $(top_srcdir)/man/hearth.1
	rm -f keys.tmp
.PHONY: man-keys
