noinst_LIBRARIES += libproto.a
libproto_a_SOURCES = \
	src/proto/codes.c src/proto/codes.h src/proto/codes.def \
	src/proto/extract.c src/proto/extract.h src/proto/extract.def
