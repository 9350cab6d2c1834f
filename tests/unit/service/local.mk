UNIT_TESTS += doors_test framing_test hearthd_test params_test porch_test \
	service_cache_test service_find_test service_settings_test \
	service_threads_test

params_test_SOURCES = tests/unit/service/params_test.c
params_test_LDADD = $(SERVICE_LIBS) $(UNIT_LIBS)

# Over real sockets: needs the program itself.
check_LIBRARIES += libhearthdrig.a
libhearthdrig_a_SOURCES = tests/unit/service/hearthd.c \
	tests/unit/service/hearthd.h
libhearthdrig_a_CPPFLAGS = $(HEARTHD_CPPFLAGS)
HEARTHD_CPPFLAGS = $(AM_CPPFLAGS) $(CURL_CFLAGS) $(GNUTLS_CFLAGS)
HEARTHD_LIBS = libhearthdrig.a $(CONTRACT_RIGS) $(SERVICE_LIBS) \
	$(CURL_LIBS) $(GNUTLS_LIBS) $(UNIT_LIBS)
doors_test_SOURCES = tests/unit/service/doors_test.c
doors_test_CPPFLAGS = $(HEARTHD_CPPFLAGS)
doors_test_LDADD = $(HEARTHD_LIBS)
EXTRA_doors_test_DEPENDENCIES = hearthd
framing_test_SOURCES = tests/unit/service/framing_test.c
framing_test_CPPFLAGS = $(HEARTHD_CPPFLAGS)
framing_test_LDADD = $(HEARTHD_LIBS)
EXTRA_framing_test_DEPENDENCIES = hearthd
hearthd_test_SOURCES = tests/unit/service/hearthd_test.c
hearthd_test_CPPFLAGS = $(HEARTHD_CPPFLAGS)
hearthd_test_LDADD = $(HEARTHD_LIBS)
EXTRA_hearthd_test_DEPENDENCIES = hearthd

service_cache_test_SOURCES = tests/unit/service/cache_test.c
service_cache_test_LDADD = $(SERVICE_LIBS) $(UNIT_LIBS)
service_find_test_SOURCES = tests/unit/service/find_test.c
service_find_test_LDADD = $(SERVICE_LIBS) $(UNIT_LIBS)
service_settings_test_SOURCES = tests/unit/service/settings_test.c
service_settings_test_LDADD = libhearthd.a $(SERVICE_LIBS) $(UNIT_LIBS)
service_threads_test_SOURCES = tests/unit/service/threads_test.c
service_threads_test_LDADD = $(CONTRACT_LIBS)
porch_test_SOURCES = tests/unit/service/porch_test.c
porch_test_LDADD = $(CONTRACT_LIBS)
EXTRA_porch_test_DEPENDENCIES = hearthd
