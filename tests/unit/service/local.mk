check_PROGRAMS += params_test
TESTS += params_test
params_test_SOURCES = tests/unit/service/params_test.c
params_test_CPPFLAGS = $(UNIT_CPPFLAGS)
params_test_LDADD = $(SERVICE_LIBS) $(UNIT_LIBS)

# Over real sockets: needs the program itself.
HEARTHD_SOURCES = tests/unit/service/hearthd.c tests/unit/service/hearthd.h \
	tests/contract/fixture.c tests/contract/fixture.h
HEARTHD_CPPFLAGS = $(UNIT_CPPFLAGS) -I$(top_srcdir)/tests/unit/service \
	$(CURL_CFLAGS) $(GNUTLS_CFLAGS)
HEARTHD_LIBS = libingest.a $(SERVICE_LIBS) $(CURL_LIBS) $(GNUTLS_LIBS) \
	$(UNIT_LIBS)
check_PROGRAMS += doors_test
TESTS += doors_test
doors_test_SOURCES = tests/unit/service/doors_test.c $(HEARTHD_SOURCES)
doors_test_CPPFLAGS = $(HEARTHD_CPPFLAGS)
doors_test_LDADD = $(HEARTHD_LIBS)
EXTRA_doors_test_DEPENDENCIES = hearthd
check_PROGRAMS += framing_test
TESTS += framing_test
framing_test_SOURCES = tests/unit/service/framing_test.c $(HEARTHD_SOURCES)
framing_test_CPPFLAGS = $(HEARTHD_CPPFLAGS)
framing_test_LDADD = $(HEARTHD_LIBS)
EXTRA_framing_test_DEPENDENCIES = hearthd
check_PROGRAMS += hearthd_test
TESTS += hearthd_test
hearthd_test_SOURCES = tests/unit/service/hearthd_test.c $(HEARTHD_SOURCES)
hearthd_test_CPPFLAGS = $(HEARTHD_CPPFLAGS)
hearthd_test_LDADD = $(HEARTHD_LIBS)
EXTRA_hearthd_test_DEPENDENCIES = hearthd

check_PROGRAMS += service_cache_test service_find_test \
	service_settings_test service_threads_test
TESTS += service_cache_test service_find_test service_settings_test \
	service_threads_test
service_cache_test_SOURCES = tests/unit/service/cache_test.c
service_cache_test_CPPFLAGS = $(UNIT_CPPFLAGS)
service_cache_test_LDADD = $(SERVICE_LIBS) $(UNIT_LIBS)
service_find_test_SOURCES = tests/unit/service/find_test.c
service_find_test_CPPFLAGS = $(UNIT_CPPFLAGS)
service_find_test_LDADD = $(SERVICE_LIBS) $(UNIT_LIBS)
service_settings_test_SOURCES = tests/unit/service/settings_test.c
service_settings_test_CPPFLAGS = $(UNIT_CPPFLAGS)
service_settings_test_LDADD = libhearthd.a $(SERVICE_LIBS) $(UNIT_LIBS)
service_threads_test_SOURCES = tests/unit/service/threads_test.c \
	tests/contract/fixture.c tests/contract/fixture.h
service_threads_test_CPPFLAGS = $(UNIT_CPPFLAGS)
service_threads_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)

check_PROGRAMS += porch_test
TESTS += porch_test
porch_test_SOURCES = tests/unit/service/porch_test.c \
	tests/contract/fixture.c tests/contract/fixture.h
porch_test_CPPFLAGS = $(UNIT_CPPFLAGS)
porch_test_LDADD = libingest.a $(SERVICE_LIBS) $(UNIT_LIBS)
EXTRA_porch_test_DEPENDENCIES = hearthd
