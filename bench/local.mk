# bench
EXTRA_PROGRAMS += synth_bench
synth_bench_SOURCES = bench/synth_bench.c bench/synth_count.c \
	bench/synth_count.h bench/synth_load.c bench/synth_load.h
synth_bench_LDADD = libproto.a $(BASE_LIBS)
CLEANFILES += $(EXTRA_PROGRAMS)

# Sets the invented state beside the published figures.
BENCH_CHILDREN = 13000
.PHONY: bench-synth
bench-synth: hearthctl$(EXEEXT) synth_bench$(EXEEXT)
	rm -rf bench-synth.tmp
	./hearthctl$(EXEEXT) --quiet synth --children $(BENCH_CHILDREN) \
		--only extract bench-synth.tmp
	./synth_bench$(EXEEXT) bench-synth.tmp \
		$(top_srcdir)/etc/synth/targets.csv $(BENCH_CHILDREN); \
		status=$$?; rm -rf bench-synth.tmp; exit $$status
