noinst_LIBRARIES += libproto.a
libproto_a_SOURCES = \
	src/proto/codes.c src/proto/codes.h src/proto/codes.def \
	src/proto/extract.c src/proto/extract.h src/proto/extract.def
libproto_a_SOURCES += src/proto/api.c src/proto/api.h src/proto/api.def
libproto_a_SOURCES += src/proto/words.c src/proto/words.h src/proto/words.def
libproto_a_SOURCES += src/proto/private.h
libproto_a_SOURCES += src/proto/refcode.c src/proto/refcode.h
libproto_a_SOURCES += \
	src/proto/resources.c src/proto/resources.h src/proto/resources.def
libproto_a_SOURCES += src/proto/attachment.c src/proto/attachment.h
libproto_a_SOURCES += src/proto/bundle.c src/proto/bundle.h \
	src/proto/revision.c src/proto/revision.h
libproto_a_SOURCES += src/proto/body.c src/proto/body.h src/proto/bodies.def
