# Commands, their formats, settings and the private service: everything of
# the client that draws no screen.
noinst_LIBRARIES += libcommands.a
libcommands_a_CPPFLAGS = $(AM_CPPFLAGS) $(PDF_CFLAGS) $(XLSX_CFLAGS)
libcommands_a_SOURCES = \
	src/client/answering.c src/client/answering.h \
	src/client/demo.c src/client/demo.h \
	src/client/help.c src/client/help.h \
	src/client/local.c src/client/local.h \
	src/client/plain.c src/client/plain.h src/client/plain_part.h \
	src/client/plain_papers.c src/client/plain_places.c \
	src/client/plain_write.c src/client/plain_write.h \
	src/client/session.c src/client/session.h \
	src/client/answer.c src/client/answer.h \
	src/client/answer_table.c src/client/answer_table.h \
	src/client/call.c src/client/call.h \
	src/client/command.c src/client/commands.def src/client/options.def \
	src/client/cmd_report.c \
	src/client/cmd_compare.c \
	src/client/cmd_crosstab.c \
	src/client/cmd_list.c \
	src/client/cmd_why.c \
	src/client/cmd_changes.c \
	src/client/cmd_child.c \
	src/client/cmd_countdown.c \
	src/client/cmd_measures.c \
	src/client/cmd_org.c \
	src/client/cmd_ref.c \
	src/client/cmd_entry.c \
	src/client/cmd_provider.c \
	src/client/cmd_quality.c \
	src/client/cmd_search.c \
	src/client/cmd_board.c \
	src/client/cmd_cap.c \
	src/client/cmd_indicator.c \
	src/client/cmd_plan.c src/client/cmd_plan_part.h \
	src/client/cmd_plan_packet.c src/client/cmd_plan_show.c \
	src/client/fetch.c src/client/fetch.h \
	src/client/cmd_proposal.c \
	src/client/paperwork.c src/client/paperwork.h \
	src/client/cmd_review.c src/client/cmd_review_part.h \
	src/client/cmd_review_files.c src/client/cmd_review_look.c \
	src/client/cmd_review_keep.c src/client/cmd_review_move.c src/client/cmd_review_show.c \
	src/client/results.c src/client/results.h \
	src/client/review_merge.c src/client/review_merge.h \
	src/client/review_score.c src/client/review_score.h \
	src/client/cmd_status.c \
	src/client/cmd_sync.c \
	src/client/field_folder.c src/client/field_folder.h \
	src/client/duties.c src/client/duties.h \
	src/client/faults.c src/client/faults.h \
	src/client/figures.c src/client/figures.h \
	src/client/judged.c src/client/judged.h \
	src/client/doc.c src/client/doc.h \
	src/client/linetext.c src/client/linetext.h \
	src/client/out.c src/client/out.h \
	src/client/out_csv.c src/client/out_plain.c src/client/out_table.c
if WITH_XLSX
libcommands_a_SOURCES += src/client/out_xlsx.c
endif
if WITH_PDF
libcommands_a_SOURCES += src/client/out_pdf.c
endif
# Pango and Cairo are loaded when pages are wanted; see out_pdf.c.
COMMANDS_LIBS = libcommands.a

bin_PROGRAMS += hearth
hearth_SOURCES = src/client/main.c
hearth_LDADD = $(COMMANDS_LIBS) $(SCREENS_LIBS)

EXTRA_DIST += src/client/README

# The example is the manual in short; it is installed beside it.
dist_doc_DATA = etc/hearth.conf
