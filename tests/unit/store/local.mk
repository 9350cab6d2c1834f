check_PROGRAMS += store_test
TESTS += store_test
store_test_SOURCES = tests/unit/store/store_test.c
store_test_CPPFLAGS = $(UNIT_CPPFLAGS)
store_test_LDADD = $(STORE_LIBS) $(UNIT_LIBS)
