# Sources of this room; see src/journal/README.
noinst_LIBRARIES += libjournal.a
libjournal_a_SOURCES = \
	src/journal/attach.c src/journal/attach.h \
	src/journal/box.c src/journal/box.h \
	src/journal/chain.c src/journal/chain.h \
	src/journal/bytes.h \
	src/journal/export.c src/journal/export.h \
	src/journal/export_words.c \
	src/journal/folder.c src/journal/folder.h src/journal/folder_part.h \
	src/journal/folder_check.c src/journal/folder_go.c src/journal/folder_counts.c \
	src/journal/frame.c src/journal/frame.h src/journal/frame_scan.c \
	src/journal/harden.c \
	src/journal/io.c src/journal/io.h src/journal/io_real.c \
	src/journal/journal.c src/journal/journal.h \
	src/journal/journal_part.h src/journal/journal_write.c \
	src/journal/news.c src/journal/news.h \
	src/journal/outbox.c src/journal/outbox.h \
	src/journal/packet.c src/journal/packet.h \
	src/journal/salvage.c \
	src/journal/seal.c src/journal/seal.h \
	src/journal/ship.c src/journal/ship.h \
	src/journal/state.c \
	src/journal/sync.c src/journal/sync.h \
	src/journal/vault.c src/journal/vault.h
JOURNAL_LIBS = libjournal.a libpoms.a libproto.a $(BASE_LIBS)
EXTRA_DIST += src/journal/README
