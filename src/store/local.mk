# Sources of this room; see src/store/README.
noinst_LIBRARIES += libstore.a
libstore_a_SOURCES = \
	src/store/ask.c \
	src/store/attachments.c src/store/attachments.h \
	src/store/backup.c \
	src/store/checked.c src/store/checked.h \
	src/store/build.c \
	src/store/db.h \
	src/store/definitions.c \
	src/store/internal.h \
	src/store/lite_rows.c src/store/lite_rows.h \
	src/store/load.c src/store/load_enter.c src/store/load_part.h \
	src/store/load_raw.c \
	src/store/papers.c src/store/papers.h \
	src/store/revisions.c src/store/revisions.h \
	src/store/runs.c src/store/runs.h src/store/runs_merge.c \
	src/store/shape.c \
	src/store/sqlite.c src/store/sqlite.h src/store/sqlite_rows.c \
	src/store/store.c src/store/store.h \
	src/store/tar.c src/store/tar.h
if WITH_POSTGRESQL
libstore_a_SOURCES += \
	src/store/postgres.c src/store/postgres.h \
	src/store/postgres_rows.c \
	src/store/pq.c src/store/pq.h
endif
libstore_a_CFLAGS = $(AM_CFLAGS) $(SQLITE_CFLAGS) $(PQ_CFLAGS)
STORE_LIBS = libstore.a libfacts.a libproto.a $(BASE_LIBS) \
	$(SQLITE_LIBS)
EXTRA_DIST += src/store/README
