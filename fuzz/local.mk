# A fuzz target NAME is fuzz/NAME_fuzz.c (LLVMFuzzerTestOneInput), a folder
# fuzz/corpus/NAME, NAME_fuzz in fuzz_programs and two lines like those below.
# Normally it is linked with replay.c and replays its corpus in `make check`
# (replay.test runs them all); with --enable-fuzz (clang) it becomes a libFuzzer
# program for `make fuzz`.

fuzz_programs = \
	afcars20_fuzz afcars93_fuzz attachment_fuzz body_fuzz bundle_fuzz \
	conf_fuzz csv_fuzz cwscms_fuzz definition_fuzz due_fuzz event_fuzz \
	expr_fuzz facts_fuzz field_fuzz instrument_fuzz journal_fuzz \
	json_fuzz keys_fuzz linetext_fuzz manifest_fuzz map_fuzz ncands_fuzz \
	net_reply_fuzz panels_fuzz providers_fuzz query_fuzz refcode_fuzz \
	request_fuzz revision_fuzz roster_fuzz runs_fuzz show_fuzz tar_fuzz
check_PROGRAMS += $(fuzz_programs)

if ENABLE_FUZZ
FUZZ_MAIN = $(FUZZ_ENGINE)
else
check_LIBRARIES += libreplay.a
libreplay_a_SOURCES = fuzz/replay.c
FUZZ_MAIN = libreplay.a
endif
check_LIBRARIES += libfeed.a
libfeed_a_SOURCES = fuzz/feed.c fuzz/feed.h

conf_fuzz_SOURCES = fuzz/conf_fuzz.c
conf_fuzz_LDADD = $(FUZZ_MAIN) $(COMMANDS_LIBS) $(SCREENS_LIBS)
linetext_fuzz_SOURCES = fuzz/linetext_fuzz.c
linetext_fuzz_LDADD = $(FUZZ_MAIN) $(COMMANDS_LIBS) $(SCREENS_LIBS)
show_fuzz_SOURCES = fuzz/show_fuzz.c
show_fuzz_LDADD = $(FUZZ_MAIN) $(COMMANDS_LIBS) $(SCREENS_LIBS)
net_reply_fuzz_SOURCES = fuzz/net_reply_fuzz.c
net_reply_fuzz_LDADD = $(FUZZ_MAIN) $(SCREENS_LIBS)
field_fuzz_SOURCES = fuzz/field_fuzz.c
field_fuzz_LDADD = $(FUZZ_MAIN) $(SCREENS_LIBS)
roster_fuzz_SOURCES = fuzz/roster_fuzz.c
roster_fuzz_LDADD = $(FUZZ_MAIN) $(POMS_LIBS)
event_fuzz_SOURCES = fuzz/event_fuzz.c
event_fuzz_LDADD = $(FUZZ_MAIN) $(POMS_LIBS)
instrument_fuzz_SOURCES = fuzz/instrument_fuzz.c
instrument_fuzz_LDADD = $(FUZZ_MAIN) $(POMS_LIBS)
map_fuzz_SOURCES = fuzz/map_fuzz.c
map_fuzz_LDADD = $(FUZZ_MAIN) $(POMS_LIBS)
due_fuzz_SOURCES = fuzz/due_fuzz.c
due_fuzz_LDADD = $(FUZZ_MAIN) $(POMS_LIBS)
panels_fuzz_SOURCES = fuzz/panels_fuzz.c
panels_fuzz_LDADD = $(FUZZ_MAIN) libscreens.a libcommands.a $(SCREENS_LIBS)
providers_fuzz_SOURCES = fuzz/providers_fuzz.c
providers_fuzz_LDADD = $(FUZZ_MAIN) libcensus.a $(INGEST_LIBS)
afcars93_fuzz_SOURCES = fuzz/afcars93_fuzz.c
afcars93_fuzz_LDADD = $(FUZZ_MAIN) libfeed.a $(INGEST_LIBS)
afcars20_fuzz_SOURCES = fuzz/afcars20_fuzz.c
afcars20_fuzz_LDADD = $(FUZZ_MAIN) libfeed.a $(INGEST_LIBS)
csv_fuzz_SOURCES = fuzz/csv_fuzz.c
csv_fuzz_LDADD = $(FUZZ_MAIN) libfeed.a $(INGEST_LIBS)
cwscms_fuzz_SOURCES = fuzz/cwscms_fuzz.c
cwscms_fuzz_LDADD = $(FUZZ_MAIN) libfeed.a $(INGEST_LIBS)
manifest_fuzz_SOURCES = fuzz/manifest_fuzz.c
manifest_fuzz_LDADD = $(FUZZ_MAIN) libfeed.a $(INGEST_LIBS)
ncands_fuzz_SOURCES = fuzz/ncands_fuzz.c
ncands_fuzz_LDADD = $(FUZZ_MAIN) libfeed.a $(INGEST_LIBS)
facts_fuzz_SOURCES = fuzz/facts_fuzz.c
facts_fuzz_LDADD = $(FUZZ_MAIN) libfacts.a libproto.a $(BASE_LIBS)
runs_fuzz_SOURCES = fuzz/runs_fuzz.c
runs_fuzz_LDADD = $(FUZZ_MAIN) $(STORE_LIBS)
tar_fuzz_SOURCES = fuzz/tar_fuzz.c
tar_fuzz_LDADD = $(FUZZ_MAIN) $(STORE_LIBS)
body_fuzz_SOURCES = fuzz/body_fuzz.c
body_fuzz_LDADD = $(FUZZ_MAIN) libproto.a $(BASE_LIBS)
refcode_fuzz_SOURCES = fuzz/refcode_fuzz.c
refcode_fuzz_LDADD = $(FUZZ_MAIN) libproto.a $(BASE_LIBS)
json_fuzz_SOURCES = fuzz/json_fuzz.c
json_fuzz_LDADD = $(FUZZ_MAIN) $(BASE_LIBS)
query_fuzz_SOURCES = fuzz/query_fuzz.c
query_fuzz_LDADD = $(FUZZ_MAIN) $(SERVICE_LIBS)
request_fuzz_SOURCES = fuzz/request_fuzz.c
request_fuzz_CPPFLAGS = $(AM_CPPFLAGS) -DFUZZ_TOP='"$(abs_top_srcdir)"'
request_fuzz_LDADD = $(FUZZ_MAIN) $(CONTRACT_LIBS)
expr_fuzz_SOURCES = fuzz/expr_fuzz.c
expr_fuzz_LDADD = $(FUZZ_MAIN) $(MEASURE_LIBS)
definition_fuzz_SOURCES = fuzz/definition_fuzz.c
definition_fuzz_LDADD = $(FUZZ_MAIN) $(MEASURE_LIBS)
journal_fuzz_SOURCES = fuzz/journal_fuzz.c
journal_fuzz_LDADD = $(FUZZ_MAIN) $(JOURNAL_LIBS)
bundle_fuzz_SOURCES = fuzz/bundle_fuzz.c
bundle_fuzz_LDADD = $(FUZZ_MAIN) $(JOURNAL_LIBS)
revision_fuzz_SOURCES = fuzz/revision_fuzz.c
revision_fuzz_LDADD = $(FUZZ_MAIN) $(JOURNAL_LIBS)
attachment_fuzz_SOURCES = fuzz/attachment_fuzz.c
attachment_fuzz_LDADD = $(FUZZ_MAIN) $(JOURNAL_LIBS)
keys_fuzz_SOURCES = fuzz/keys_fuzz.c
keys_fuzz_LDADD = $(FUZZ_MAIN) libjournalrig.a $(JOURNAL_LIBS)

# --- running them ---
FUZZ_TARGETS = $(fuzz_programs:_fuzz=)
SHELL_TESTS += fuzz/replay.test
EXTRA_DIST += fuzz/replay.c fuzz/corpus
AM_TESTS_ENVIRONMENT += FUZZ_TARGETS='$(FUZZ_TARGETS)'; export FUZZ_TARGETS;
FUZZ_SECONDS = 60

fuzz-run: $(fuzz_programs)
	@for t in $(FUZZ_TARGETS); do mkdir -p fuzz/new/$$t; \
	  ./$${t}_fuzz -max_total_time=$(FUZZ_SECONDS) -timeout=10 \
	    -artifact_prefix=fuzz/new/ fuzz/new/$$t \
	    $(top_srcdir)/fuzz/corpus/$$t || exit 1; done
.PHONY: fuzz-run
