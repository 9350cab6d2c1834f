# Sources of this room; see src/synth/README.
noinst_LIBRARIES += libsynth.a
libsynth_a_SOURCES = \
	src/synth/afcars20.c src/synth/afcars93.c \
	src/synth/care.c \
	src/synth/caseload.c src/synth/caseload.h \
	src/synth/duties.c \
	src/synth/errata.c \
	src/synth/extract.c src/synth/extract.h src/synth/extract_part.h \
	src/synth/extract_homes.c \
	src/synth/extract_reports.c src/synth/extract_state.c \
	src/synth/fate.c src/synth/fate.h \
	src/synth/family.c src/synth/family.h \
	src/synth/federal.c src/synth/federal.h \
	src/synth/names.c src/synth/names.h \
	src/synth/ncands.c \
	src/synth/org.c src/synth/org.h \
	src/synth/output.c src/synth/output.h \
	src/synth/reports.c \
	src/synth/rows.c src/synth/rows.h \
	src/synth/synth.c src/synth/synth.h \
	src/synth/tables.c src/synth/tables.h \
	src/synth/world.c src/synth/world.h

# The state's counties are one file; the program carries them as a table.
src/synth/world.$(OBJEXT): src/synth/counties.inc
src/synth/counties.inc: $(top_srcdir)/etc/org/missouri.csv
	$(AM_V_GEN)$(MKDIR_P) src/synth && awk -F, '/^[0-9]/ { \
		printf "{%s, %s, \"%s\", \"%s\", \"%s\", \"%s\", %s},\n", \
		$$1, $$4, $$2, $$3, $$5, $$6, $$7 }' \
		$(top_srcdir)/etc/org/missouri.csv > $@.new && mv $@.new $@
CLEANFILES += src/synth/counties.inc
orgdatadir = $(pkgdatadir)/org
dist_orgdata_DATA = etc/org/missouri.csv
synthdatadir = $(pkgdatadir)/synth
dist_synthdata_DATA = etc/synth/targets.csv
EXTRA_DIST += src/synth/README
