# Sources of this room; see src/ingest/README.
noinst_LIBRARIES += libingest.a
libingest_a_SOURCES = \
	src/ingest/afcars20.c src/ingest/afcars20.h src/ingest/afcars20.def \
	src/ingest/afcars20_check.c src/ingest/afcars20_record.c \
	src/ingest/afcars93.c src/ingest/afcars93.h src/ingest/afcars93.def \
	src/ingest/afcars93_check.c src/ingest/afcars93_record.c \
	src/ingest/bytes.c src/ingest/bytes.h \
	src/ingest/cells.h src/ingest/child.h \
	src/ingest/cwscms.c src/ingest/cwscms.h src/ingest/cwscms.def \
	src/ingest/cwscms_care.c src/ingest/cwscms_child.c \
	src/ingest/cwscms_codes.c src/ingest/cwscms_codes.h \
	src/ingest/cwscms_home.c src/ingest/cwscms_report.c \
	src/ingest/cwscms_row.c src/ingest/cwscms_row.h \
	src/ingest/cwscms_value.c \
	src/ingest/episodes.c \
	src/ingest/extract.c src/ingest/extract.h src/ingest/extract_cell.c \
	src/ingest/history.c src/ingest/history.h \
	src/ingest/ids.c src/ingest/ids.h \
	src/ingest/ingest.c src/ingest/ingest.h \
	src/ingest/intake.c src/ingest/intake.h \
	src/ingest/manifest.c src/ingest/manifest.h \
	src/ingest/ncands.c src/ingest/ncands.h src/ingest/ncands.def \
	src/ingest/ncands_record.c \
	src/ingest/parents.c src/ingest/parents.h \
	src/ingest/period.c src/ingest/period.h \
	src/ingest/places.c src/ingest/places.h src/ingest/places.def \
	src/ingest/removals.c \
	src/ingest/sink.h \
	src/ingest/tally.c src/ingest/tally.h \
	src/ingest/victims.c src/ingest/victims.h
libingest_a_CPPFLAGS = $(AM_CPPFLAGS) $(XML_CFLAGS)
INGEST_LIBS = libingest.a libproto.a $(XML_LIBS) $(BASE_LIBS)
EXTRA_DIST += src/ingest/README
