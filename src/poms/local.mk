# Sources of this room; see src/poms/README.
noinst_LIBRARIES += libpoms.a
libpoms_a_SOURCES = \
	src/poms/checks.def src/poms/facts.def src/poms/units.def \
	src/poms/cap.h \
	src/poms/event.c src/poms/event.h \
	src/poms/instrument.h \
	src/poms/names.c \
	src/poms/response.c src/poms/response.h \
	src/poms/review.h \
	src/poms/rule.h \
	src/poms/sample.h \
	src/poms/score.h

# What a program that reads instruments and reviews links.
POMS_LIBS = libpoms.a libproto.a $(BASE_LIBS)
EXTRA_DIST += src/poms/README
