# Sources of this room; see src/census/README.
noinst_LIBRARIES += libcensus.a
libcensus_a_SOURCES = \
	src/census/counts.def src/census/feeds.def \
	src/census/census.c src/census/census.h src/census/index.h \
	src/census/counts.c \
	src/census/events.c \
	src/census/happened.c \
	src/census/names.c \
	src/census/offsets.c \
	src/census/roster.c \
	src/census/rules.c src/census/rules.h \
	src/census/stays.c

# What a program that counts of providers links.
CENSUS_LIBS = libcensus.a libfacts.a libproto.a $(BASE_LIBS)
EXTRA_DIST += src/census/README
