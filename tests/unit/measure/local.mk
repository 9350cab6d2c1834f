# Measures: the engine against the reference, the language, the definitions.
measure_tests = area_test attribute_test chance_test clock_test compare_test diff_test \
	engine_test feed_test \
	figure_test halves_test language_test mutation_test moves_test needed_test over_test \
	pick_test property_test \
	quality_test slides_test visit_months_test why_test
check_PROGRAMS += $(measure_tests)
TESTS += $(measure_tests)

measure_test_cppflags = $(UNIT_CPPFLAGS) -I$(top_srcdir)/tests/unit/measure
measure_test_libs = $(MEASURE_LIBS) $(UNIT_LIBS)
halves_test_SOURCES = tests/unit/measure/halves_test.c
halves_test_CPPFLAGS = $(measure_test_cppflags)
halves_test_LDADD = $(measure_test_libs)
measure_rows = tests/unit/measure/rows.c tests/unit/measure/rows.h
measure_values = tests/unit/measure/values.c tests/unit/measure/values.h

engine_test_SOURCES = tests/unit/measure/engine_test.c \
	tests/unit/measure/history.c tests/unit/measure/history.h \
	tests/unit/measure/reference.c tests/unit/measure/reference.h \
	tests/unit/measure/reference_care.c \
	tests/unit/measure/reference_reports.c \
	tests/unit/measure/reference_rules.h
engine_test_CPPFLAGS = $(measure_test_cppflags)
engine_test_LDADD = $(measure_test_libs)

language_test_SOURCES = tests/unit/measure/language_test.c $(measure_rows) \
	$(measure_values)
language_test_CPPFLAGS = $(measure_test_cppflags)
language_test_LDADD = $(measure_test_libs)

attribute_test_SOURCES = tests/unit/measure/attribute_test.c $(measure_rows)
attribute_test_CPPFLAGS = $(measure_test_cppflags)
attribute_test_LDADD = $(measure_test_libs)

chance_test_SOURCES = tests/unit/measure/chance_test.c
chance_test_CPPFLAGS = $(measure_test_cppflags)
chance_test_LDADD = $(measure_test_libs)

compare_test_SOURCES = tests/unit/measure/compare_test.c $(measure_rows)
compare_test_CPPFLAGS = $(measure_test_cppflags)
compare_test_LDADD = $(measure_test_libs)

diff_test_SOURCES = tests/unit/measure/diff_test.c \
	tests/unit/measure/history.c tests/unit/measure/history.h \
	$(measure_rows)
diff_test_CPPFLAGS = $(measure_test_cppflags)
diff_test_LDADD = $(measure_test_libs)

property_test_SOURCES = tests/unit/measure/property_test.c $(measure_rows) \
	tests/unit/measure/history.c tests/unit/measure/history.h
property_test_CPPFLAGS = $(measure_test_cppflags)
property_test_LDADD = $(measure_test_libs)

mutation_test_SOURCES = tests/unit/measure/mutation_test.c
mutation_test_CPPFLAGS = $(measure_test_cppflags)
mutation_test_LDADD = $(measure_test_libs)

figure_test_SOURCES = tests/unit/measure/figure_test.c $(measure_rows)
figure_test_CPPFLAGS = $(measure_test_cppflags)
figure_test_LDADD = $(measure_test_libs)

area_test_SOURCES = tests/unit/measure/area_test.c $(measure_rows)
area_test_CPPFLAGS = $(measure_test_cppflags)
area_test_LDADD = $(measure_test_libs)

moves_test_SOURCES = tests/unit/measure/moves_test.c $(measure_rows)
moves_test_CPPFLAGS = $(measure_test_cppflags)
moves_test_LDADD = $(measure_test_libs)

slides_test_SOURCES = tests/unit/measure/slides_test.c $(measure_rows)
slides_test_CPPFLAGS = $(measure_test_cppflags)
slides_test_LDADD = $(measure_test_libs)

needed_test_SOURCES = tests/unit/measure/needed_test.c $(measure_rows)
needed_test_CPPFLAGS = $(measure_test_cppflags)
needed_test_LDADD = $(measure_test_libs)

pick_test_SOURCES = tests/unit/measure/pick_test.c
pick_test_CPPFLAGS = $(measure_test_cppflags)
pick_test_LDADD = $(measure_test_libs)

over_test_SOURCES = tests/unit/measure/over_test.c $(measure_rows) \
	$(measure_values)
over_test_CPPFLAGS = $(measure_test_cppflags)
over_test_LDADD = $(measure_test_libs)

visit_months_test_SOURCES = tests/unit/measure/visit_months_test.c \
	$(measure_rows)
visit_months_test_CPPFLAGS = $(measure_test_cppflags)
visit_months_test_LDADD = $(measure_test_libs)

clock_test_SOURCES = tests/unit/measure/clock_test.c $(measure_rows)
clock_test_CPPFLAGS = $(measure_test_cppflags)
clock_test_LDADD = $(measure_test_libs)

why_test_SOURCES = tests/unit/measure/why_test.c $(measure_rows) \
	tests/unit/measure/history.c tests/unit/measure/history.h
why_test_CPPFLAGS = $(measure_test_cppflags)
why_test_LDADD = $(measure_test_libs)

TESTS += tests/unit/measure/check.test
EXTRA_DIST += tests/unit/measure/check.test

feed_test_SOURCES = tests/unit/measure/feed_test.c $(measure_rows)
feed_test_CPPFLAGS = $(measure_test_cppflags)
feed_test_LDADD = $(measure_test_libs)

quality_test_SOURCES = tests/unit/measure/quality_test.c $(measure_rows)
quality_test_CPPFLAGS = $(measure_test_cppflags)
quality_test_LDADD = $(measure_test_libs)

# Every constant and operator of every definition, changed one at a time, must
# be noticed by an example: make check-mutation
EXTRA_PROGRAMS += measure_mutate
CLEANFILES += measure_mutate
measure_mutate_SOURCES = tests/unit/measure/mutate.c
measure_mutate_CPPFLAGS = $(measure_test_cppflags)
measure_mutate_LDADD = $(MEASURE_LIBS)
EXTRA_DIST += tests/unit/measure/equivalent.txt
.PHONY: check-mutation
check-mutation: measure_mutate$(EXEEXT)
	./measure_mutate $(top_srcdir)/tests/unit/measure/equivalent.txt \
		$(top_srcdir)/etc/measures/*.cfg

# The engine against the plain evaluator on a million pairs; make check-naive: on twenty
check_PROGRAMS += naive_test
TESTS += naive_test
naive_test_SOURCES = tests/unit/measure/naive.c \
	tests/unit/measure/history.c tests/unit/measure/history.h \
	tests/unit/measure/reference.c tests/unit/measure/reference.h \
	tests/unit/measure/reference_care.c \
	tests/unit/measure/reference_reports.c \
	tests/unit/measure/reference_rules.h
naive_test_CPPFLAGS = $(measure_test_cppflags)
naive_test_LDADD = $(measure_test_libs)
.PHONY: check-naive
check-naive: naive_test$(EXEEXT)
	NAIVE_PAIRS=20000000 top_srcdir=$(top_srcdir) ./naive_test
