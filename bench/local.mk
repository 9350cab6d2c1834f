# Benchmarks: whole programs against the same question asked elsewhere, as
# ratios side by side. `make bench` runs all; nothing here is timed in check.

BENCH_CLOCK = bench/bench_clock.c bench/bench_clock.h

EXTRA_PROGRAMS += sql_bench
sql_bench_SOURCES = $(BENCH_CLOCK) bench/sql_bench.c bench/sql_bench.h \
	bench/sql_ask.c bench/sql_differ.c bench/sql_print.c \
	bench/sql_flat.c bench/sql_flat.h \
	bench/sql_flat_care.c bench/sql_flat_report.c \
	bench/sql_text.c bench/sql_text.h bench/bench_db.c bench/bench_db.h \
	bench/bench_duckdb.c
sql_bench_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(PQ_CFLAGS)
sql_bench_LDADD = $(MEASURE_LIBS) $(SQLITE_LIBS) $(PQ_LIBS) -ldl
EXTRA_DIST += bench/README bench/sql bench/run bench/duckdb.sh

# The engine alone: fresh figures, slices, trends, against one pass over memory.
EXTRA_PROGRAMS += measure_bench
measure_bench_SOURCES = $(BENCH_CLOCK) \
	bench/measure_bench.c \
	bench/measure_columns.c bench/measure_columns.h
measure_bench_LDADD = $(MEASURE_LIBS)

# A snapshot of any size, and how the figures grow with it.
EXTRA_PROGRAMS += scale_bench
scale_bench_SOURCES = $(BENCH_CLOCK) bench/scale_bench.c \
	bench/scale_make.c \
	bench/scale_make.h bench/scale_making.h bench/scale_report.c
scale_bench_LDADD = $(MEASURE_LIBS)
EXTRA_DIST += bench/growth.sh

# AFCARS records a second, step by step: make import_bench && ./import_bench
EXTRA_PROGRAMS += import_bench
import_bench_SOURCES = $(BENCH_CLOCK) bench/import_bench.c
import_bench_LDADD = libingest.a $(STORE_LIBS) $(XML_LIBS)

# How fast rows go into a store and become a snapshot.
EXTRA_PROGRAMS += store_bench
store_bench_SOURCES = $(BENCH_CLOCK) bench/store_bench.c
store_bench_LDADD = $(STORE_LIBS)

# Sets the invented state beside the published figures.
EXTRA_PROGRAMS += synth_bench
synth_bench_SOURCES = bench/synth_bench.c bench/synth_count.c \
	bench/synth_count.h bench/synth_count_care.c bench/synth_share.c \
	bench/synth_load.c bench/synth_load.h
synth_bench_LDADD = libproto.a $(BASE_LIBS)
EXTRA_DIST += bench/synth-bench.sh
SYNTH_CHILDREN = 13000
.PHONY: bench-synth
bench-synth: hearth$(EXEEXT) hearthctl$(EXEEXT) hearthd$(EXEEXT) \
		synth_bench$(EXEEXT)
	sh $(top_srcdir)/bench/synth-bench.sh $(top_srcdir) $(BENCH_CHILDREN)

# A monitoring review typed by a script, against the budgets of keyed entry.
EXTRA_PROGRAMS += forms_bench
forms_bench_SOURCES = $(BENCH_CLOCK) bench/forms_bench.c
forms_bench_CPPFLAGS = $(AM_CPPFLAGS) $(CURSES_CFLAGS)
forms_bench_LDADD = $(SCREENS_LIBS)
EXTRA_DIST += bench/forms.sh
bench-forms: forms_bench$(EXEEXT) packet_make$(EXEEXT)
	sh $(top_srcdir)/bench/forms.sh $(top_srcdir)
.PHONY: bench-forms

CLEANFILES += $(EXTRA_PROGRAMS)

# Ten years, 200,000 removals.
BENCH_CHILDREN = 37000
BENCH_YEARS = 10
bench: all $(EXTRA_PROGRAMS)
	sh $(top_srcdir)/bench/run $(top_srcdir) $(BENCH_CHILDREN) \
		$(BENCH_YEARS)
.PHONY: bench

# From 10,000 to 10 million removals, and at the nation's size; wants 20 GB of
# disk, 12 GB of memory and fifteen minutes. The nation alone: bench-nation.
bench-growth: scale_bench$(EXEEXT)
	sh $(top_srcdir)/bench/growth.sh $(top_srcdir)
bench-nation: scale_bench$(EXEEXT)
	sh $(top_srcdir)/bench/growth.sh $(top_srcdir) nation
.PHONY: bench-growth bench-nation
