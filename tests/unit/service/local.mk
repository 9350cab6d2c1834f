check_PROGRAMS += params_test
TESTS += params_test
params_test_SOURCES = tests/unit/service/params_test.c
params_test_CPPFLAGS = $(UNIT_CPPFLAGS)
params_test_LDADD = $(SERVICE_LIBS) $(UNIT_LIBS)
