# Sources of this room; see src/facts/README.
noinst_LIBRARIES += libfacts.a
libfacts_a_SOURCES = \
	src/facts/arrange.c \
	src/facts/builder.c src/facts/builder.h \
	src/facts/columns.def src/facts/flags.def \
	src/facts/derive.c \
	src/facts/duty.c \
	src/facts/facts.c src/facts/facts.h \
	src/facts/format.c src/facts/format.h \
	src/facts/intern.c src/facts/intern.h \
	src/facts/orders.c src/facts/orders.h src/facts/orders.def \
	src/facts/origins.c src/facts/origins.h \
	src/facts/seen.c \
	src/facts/year_months.c src/facts/year_months.h \
	src/facts/verify_months.c \
	src/facts/settings.c \
	src/facts/tree.c \
	src/facts/verify.c \
	src/facts/write.c
EXTRA_DIST += src/facts/README
