# A fuzz target NAME is fuzz/NAME_fuzz.c (LLVMFuzzerTestOneInput), a folder
# fuzz/corpus/NAME, a line in FUZZ_TARGETS and four lines like those below.
# Normally it is linked with replay.c and replays its corpus in `make check`;
# with --enable-fuzz (clang) it becomes a libFuzzer program for `make fuzz`.
#
#   EXTRA_PROGRAMS / check_PROGRAMS += NAME_fuzz
#   NAME_fuzz_SOURCES = fuzz/NAME_fuzz.c $(fuzz_main)
#   NAME_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
#   NAME_fuzz_LDADD = ... $(BASE_LIBS)
#
# and a test fuzz/NAME_fuzz.test is not needed: fuzz/replay.test runs them all.

FUZZ_TARGETS =
if ENABLE_FUZZ
fuzz_main =
fuzz_ldflags = -fsanitize=fuzzer
else
fuzz_main = fuzz/replay.c
fuzz_ldflags =
endif

# --- targets ---

FUZZ_TARGETS += conf linetext show
check_PROGRAMS += conf_fuzz linetext_fuzz show_fuzz
conf_fuzz_SOURCES = fuzz/conf_fuzz.c $(fuzz_main)
conf_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
conf_fuzz_LDADD = $(COMMANDS_LIBS) $(SCREENS_LIBS)
linetext_fuzz_SOURCES = fuzz/linetext_fuzz.c $(fuzz_main)
linetext_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
linetext_fuzz_LDADD = $(COMMANDS_LIBS) $(SCREENS_LIBS)
show_fuzz_SOURCES = fuzz/show_fuzz.c $(fuzz_main)
show_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
show_fuzz_LDADD = $(COMMANDS_LIBS) $(SCREENS_LIBS)

FUZZ_TARGETS += net_reply
check_PROGRAMS += net_reply_fuzz
net_reply_fuzz_SOURCES = fuzz/net_reply_fuzz.c $(fuzz_main)
net_reply_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
net_reply_fuzz_LDADD = $(SCREENS_LIBS)

FUZZ_TARGETS += field roster
check_PROGRAMS += field_fuzz roster_fuzz
field_fuzz_SOURCES = fuzz/field_fuzz.c $(fuzz_main)
field_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
field_fuzz_LDADD = $(SCREENS_LIBS)
roster_fuzz_SOURCES = fuzz/roster_fuzz.c $(fuzz_main)
roster_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
roster_fuzz_LDADD = $(POMS_LIBS)

FUZZ_TARGETS += panels
check_PROGRAMS += panels_fuzz
panels_fuzz_SOURCES = fuzz/panels_fuzz.c $(fuzz_main)
panels_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
panels_fuzz_LDADD = libscreens.a libcommands.a $(SCREENS_LIBS)

FUZZ_TARGETS += providers
check_PROGRAMS += providers_fuzz
providers_fuzz_SOURCES = fuzz/providers_fuzz.c $(fuzz_main)
providers_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
providers_fuzz_LDADD = libcensus.a $(INGEST_LIBS)

FUZZ_TARGETS += afcars93 afcars20 csv cwscms manifest ncands
check_PROGRAMS += afcars93_fuzz afcars20_fuzz csv_fuzz cwscms_fuzz \
	manifest_fuzz ncands_fuzz
check_LIBRARIES += libfeed.a
libfeed_a_SOURCES = fuzz/feed.c fuzz/feed.h
FEED_LIBS = libfeed.a $(INGEST_LIBS)
afcars93_fuzz_SOURCES = fuzz/afcars93_fuzz.c $(fuzz_main)
afcars93_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
afcars93_fuzz_LDADD = $(FEED_LIBS)
afcars20_fuzz_SOURCES = fuzz/afcars20_fuzz.c $(fuzz_main)
afcars20_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
afcars20_fuzz_LDADD = $(FEED_LIBS)
csv_fuzz_SOURCES = fuzz/csv_fuzz.c $(fuzz_main)
csv_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
csv_fuzz_LDADD = $(FEED_LIBS)
cwscms_fuzz_SOURCES = fuzz/cwscms_fuzz.c $(fuzz_main)
cwscms_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
cwscms_fuzz_LDADD = $(FEED_LIBS)
manifest_fuzz_SOURCES = fuzz/manifest_fuzz.c $(fuzz_main)
manifest_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
manifest_fuzz_LDADD = $(FEED_LIBS)
ncands_fuzz_SOURCES = fuzz/ncands_fuzz.c $(fuzz_main)
ncands_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
ncands_fuzz_LDADD = $(FEED_LIBS)

FUZZ_TARGETS += facts runs tar
check_PROGRAMS += facts_fuzz runs_fuzz tar_fuzz
facts_fuzz_SOURCES = fuzz/facts_fuzz.c $(fuzz_main)
facts_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
facts_fuzz_LDADD = libfacts.a libproto.a $(BASE_LIBS)
runs_fuzz_SOURCES = fuzz/runs_fuzz.c $(fuzz_main)
runs_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
runs_fuzz_LDADD = $(STORE_LIBS)
tar_fuzz_SOURCES = fuzz/tar_fuzz.c $(fuzz_main)
tar_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
tar_fuzz_LDADD = $(STORE_LIBS)

FUZZ_TARGETS += body json query request
check_PROGRAMS += body_fuzz json_fuzz query_fuzz request_fuzz
body_fuzz_SOURCES = fuzz/body_fuzz.c $(fuzz_main)
body_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
body_fuzz_LDADD = libproto.a $(BASE_LIBS)
json_fuzz_SOURCES = fuzz/json_fuzz.c $(fuzz_main)
json_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
json_fuzz_LDADD = $(BASE_LIBS)
query_fuzz_SOURCES = fuzz/query_fuzz.c $(fuzz_main)
query_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
query_fuzz_LDADD = $(SERVICE_LIBS)
request_fuzz_SOURCES = fuzz/request_fuzz.c tests/contract/fixture.c \
	tests/contract/fixture.h $(fuzz_main)
request_fuzz_CPPFLAGS = $(UNIT_CPPFLAGS) -DFUZZ_TOP='"$(abs_top_srcdir)"'
request_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
request_fuzz_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)

FUZZ_TARGETS += expr
check_PROGRAMS += expr_fuzz
expr_fuzz_SOURCES = fuzz/expr_fuzz.c $(fuzz_main)
expr_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
expr_fuzz_LDADD = $(MEASURE_LIBS)

FUZZ_TARGETS += definition
check_PROGRAMS += definition_fuzz
definition_fuzz_SOURCES = fuzz/definition_fuzz.c $(fuzz_main)
definition_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
definition_fuzz_LDADD = $(MEASURE_LIBS)

FUZZ_TARGETS += refcode
check_PROGRAMS += refcode_fuzz
refcode_fuzz_SOURCES = fuzz/refcode_fuzz.c $(fuzz_main)
refcode_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
refcode_fuzz_LDADD = libproto.a $(BASE_LIBS)

FUZZ_TARGETS += journal bundle revision keys
check_PROGRAMS += journal_fuzz bundle_fuzz revision_fuzz keys_fuzz
journal_fuzz_SOURCES = fuzz/journal_fuzz.c $(fuzz_main)
journal_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
journal_fuzz_LDADD = $(JOURNAL_LIBS)
bundle_fuzz_SOURCES = fuzz/bundle_fuzz.c $(fuzz_main)
bundle_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
bundle_fuzz_LDADD = $(JOURNAL_LIBS)
revision_fuzz_SOURCES = fuzz/revision_fuzz.c $(fuzz_main)
revision_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
revision_fuzz_LDADD = $(JOURNAL_LIBS)
keys_fuzz_SOURCES = fuzz/keys_fuzz.c tests/lib/disk.c tests/lib/disk.h \
	$(fuzz_main)
keys_fuzz_CPPFLAGS = $(UNIT_CPPFLAGS)
keys_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
keys_fuzz_LDADD = $(JOURNAL_LIBS)

FUZZ_TARGETS += event instrument map
check_PROGRAMS += event_fuzz instrument_fuzz map_fuzz
event_fuzz_SOURCES = fuzz/event_fuzz.c $(fuzz_main)
event_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
event_fuzz_LDADD = $(POMS_LIBS)
instrument_fuzz_SOURCES = fuzz/instrument_fuzz.c $(fuzz_main)
instrument_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
instrument_fuzz_LDADD = $(POMS_LIBS)
map_fuzz_SOURCES = fuzz/map_fuzz.c $(fuzz_main)
map_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
map_fuzz_LDADD = $(POMS_LIBS)

# --- running them ---
TESTS += fuzz/replay.test
EXTRA_DIST += fuzz/replay.test fuzz/replay.c fuzz/corpus
AM_TESTS_ENVIRONMENT += FUZZ_TARGETS='$(FUZZ_TARGETS)'; export FUZZ_TARGETS;
FUZZ_SECONDS = 60

fuzz-run: $(FUZZ_TARGETS:=_fuzz)
	@for t in $(FUZZ_TARGETS); do mkdir -p fuzz/new/$$t; \
	  ./$${t}_fuzz -max_total_time=$(FUZZ_SECONDS) -timeout=10 \
	    -artifact_prefix=fuzz/new/ fuzz/new/$$t \
	    $(top_srcdir)/fuzz/corpus/$$t || exit 1; done
.PHONY: fuzz-run
FUZZ_TARGETS += attachment
check_PROGRAMS += attachment_fuzz
attachment_fuzz_SOURCES = fuzz/attachment_fuzz.c $(fuzz_main)
attachment_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
attachment_fuzz_LDADD = $(JOURNAL_LIBS)

FUZZ_TARGETS += due
check_PROGRAMS += due_fuzz
due_fuzz_SOURCES = fuzz/due_fuzz.c $(fuzz_main)
due_fuzz_LDFLAGS = $(AM_LDFLAGS) $(fuzz_ldflags)
due_fuzz_LDADD = $(POMS_LIBS)
