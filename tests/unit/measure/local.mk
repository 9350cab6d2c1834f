# Measures: the engine against the reference, the language, the definitions.
measure_tests = engine_test
check_PROGRAMS += $(measure_tests)
TESTS += $(measure_tests)

measure_test_cppflags = $(UNIT_CPPFLAGS) -I$(top_srcdir)/tests/unit/measure
measure_test_libs = $(MEASURE_LIBS) $(UNIT_LIBS)
measure_history = tests/unit/measure/history.c tests/unit/measure/history.h

engine_test_SOURCES = tests/unit/measure/engine_test.c $(measure_history) \
	tests/unit/measure/reference.c tests/unit/measure/reference.h
engine_test_CPPFLAGS = $(measure_test_cppflags)
engine_test_LDADD = $(measure_test_libs)
