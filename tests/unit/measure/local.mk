# Measures: the engine against the reference, the language, the definitions.
UNIT_TESTS += area_test attribute_test chance_test clock_test compare_test \
	diff_test engine_test feed_test figure_test forecast_test halves_test \
	language_test many_test moves_test mutation_test naive_test needed_test \
	over_test pick_test property_test quality_test slides_test texts_test \
	visit_months_test why_test
SHELL_TESTS += tests/unit/measure/check.test
EXTRA_DIST += tests/unit/measure/equivalent.txt

# What they share: rows of a hand-worked child, invented histories, and the
# plain evaluator that the engine is held against.
check_LIBRARIES += libmeasurerig.a
libmeasurerig_a_SOURCES = \
	tests/unit/measure/history.c tests/unit/measure/history.h \
	tests/unit/measure/reference.c tests/unit/measure/reference.h \
	tests/unit/measure/reference_care.c \
	tests/unit/measure/reference_reports.c \
	tests/unit/measure/reference_rules.h \
	tests/unit/measure/rig.c tests/unit/measure/rig.h \
	tests/unit/measure/rows.c tests/unit/measure/rows.h \
	tests/unit/measure/values.c tests/unit/measure/values.h
measure_test_libs = libmeasurerig.a $(MEASURE_LIBS) $(UNIT_LIBS)

area_test_SOURCES = tests/unit/measure/area_test.c
area_test_LDADD = $(measure_test_libs)
attribute_test_SOURCES = tests/unit/measure/attribute_test.c
attribute_test_LDADD = $(measure_test_libs)
chance_test_SOURCES = tests/unit/measure/chance_test.c
chance_test_LDADD = $(measure_test_libs)
clock_test_SOURCES = tests/unit/measure/clock_test.c
clock_test_LDADD = $(measure_test_libs)
compare_test_SOURCES = tests/unit/measure/compare_test.c
compare_test_LDADD = $(measure_test_libs)
diff_test_SOURCES = tests/unit/measure/diff_test.c
diff_test_LDADD = $(measure_test_libs)
engine_test_SOURCES = tests/unit/measure/engine_test.c
engine_test_LDADD = $(measure_test_libs)
feed_test_SOURCES = tests/unit/measure/feed_test.c
feed_test_LDADD = $(measure_test_libs)
forecast_test_SOURCES = tests/unit/measure/forecast_test.c
forecast_test_LDADD = $(measure_test_libs)
figure_test_SOURCES = tests/unit/measure/figure_test.c
figure_test_LDADD = $(measure_test_libs)
halves_test_SOURCES = tests/unit/measure/halves_test.c
halves_test_LDADD = $(measure_test_libs)
language_test_SOURCES = tests/unit/measure/language_test.c
language_test_LDADD = $(measure_test_libs)
many_test_SOURCES = tests/unit/measure/many_test.c
many_test_LDADD = $(measure_test_libs)
moves_test_SOURCES = tests/unit/measure/moves_test.c
moves_test_LDADD = $(measure_test_libs)
mutation_test_SOURCES = tests/unit/measure/mutation_test.c
mutation_test_LDADD = $(measure_test_libs)
needed_test_SOURCES = tests/unit/measure/needed_test.c
needed_test_LDADD = $(measure_test_libs)
over_test_SOURCES = tests/unit/measure/over_test.c
over_test_LDADD = $(measure_test_libs)
pick_test_SOURCES = tests/unit/measure/pick_test.c
pick_test_LDADD = $(measure_test_libs)
property_test_SOURCES = tests/unit/measure/property_test.c
property_test_LDADD = $(measure_test_libs)
quality_test_SOURCES = tests/unit/measure/quality_test.c
quality_test_LDADD = $(measure_test_libs)
slides_test_SOURCES = tests/unit/measure/slides_test.c
slides_test_LDADD = $(measure_test_libs)
texts_test_SOURCES = tests/unit/measure/texts_test.c
texts_test_LDADD = $(measure_test_libs)
visit_months_test_SOURCES = tests/unit/measure/visit_months_test.c
visit_months_test_LDADD = $(measure_test_libs)
why_test_SOURCES = tests/unit/measure/why_test.c
why_test_LDADD = $(measure_test_libs)

# Every constant and operator of every definition, changed one at a time, must
# be noticed by an example: make check-mutation
EXTRA_PROGRAMS += measure_mutate
CLEANFILES += measure_mutate
measure_mutate_SOURCES = tests/unit/measure/mutate.c
measure_mutate_LDADD = $(MEASURE_LIBS)
.PHONY: check-mutation
check-mutation: measure_mutate$(EXEEXT)
	./measure_mutate $(top_srcdir)/tests/unit/measure/equivalent.txt \
		$(top_srcdir)/etc/measures/*.cfg

# The engine against the plain evaluator on a million pairs; make check-naive: on twenty
naive_test_SOURCES = tests/unit/measure/naive.c
naive_test_LDADD = $(measure_test_libs)
.PHONY: check-naive
check-naive: naive_test$(EXEEXT)
	NAIVE_PAIRS=20000000 top_srcdir=$(top_srcdir) ./naive_test
