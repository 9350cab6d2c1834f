# Sources of this room; see src/service/README.
noinst_LIBRARIES += libservice.a
libservice_a_SOURCES = \
	src/service/params.c src/service/params.h \
	src/service/service.h

SERVICE_LIBS = libservice.a libproto.a $(BASE_LIBS)
