# Benchmarks: whole programs against the same question asked elsewhere, as
# ratios side by side. `make bench` runs all; nothing here is timed in check.

EXTRA_PROGRAMS += sql_bench
sql_bench_SOURCES = bench/sql_bench.c bench/bench_db.c bench/bench_db.h
sql_bench_CPPFLAGS = $(AM_CPPFLAGS) $(SQLITE_CFLAGS) $(PQ_CFLAGS)
sql_bench_LDADD = libmeasure.a libfacts.a libproto.a $(BASE_LIBS) \
	$(SQLITE_LIBS) $(PQ_LIBS)
EXTRA_DIST += bench/sql bench/run

bench_children = 13000
bench: all $(EXTRA_PROGRAMS)
	sh $(top_srcdir)/bench/run $(top_srcdir) $(bench_children)
.PHONY: bench
