# Sources of this room; see src/admin/README.
sbin_PROGRAMS += hearthctl
hearthctl_SOURCES = src/admin/main.c \
	src/admin/admin.c src/admin/admin.h src/admin/commands.def
hearthctl_SOURCES += src/admin/cmd_backup.c src/admin/cmd_contracts.c
hearthctl_SOURCES += src/admin/cmd_generations.c src/admin/aside.c \
	src/admin/aside.h
hearthctl_SOURCES += src/admin/cmd_import.c src/admin/import.h \
	src/admin/import_feeds.c \
	src/admin/import_report.c src/admin/import_sink.c \
	src/admin/import_sources.c
hearthctl_SOURCES += src/admin/cmd_init.c
hearthctl_SOURCES += src/admin/cmd_instrument.c
hearthctl_SOURCES += src/admin/cmd_measures.c
hearthctl_SOURCES += src/admin/cmd_migrate.c
hearthctl_SOURCES += src/admin/cmd_office.c src/admin/keyfile.c \
	src/admin/keyfile.h
hearthctl_SOURCES += src/admin/cmd_packet.c
hearthctl_SOURCES += src/admin/cmd_publish.c
hearthctl_SOURCES += src/admin/cmd_restore.c
hearthctl_SOURCES += src/admin/cmd_synth.c
hearthctl_SOURCES += src/admin/cmd_withdraw.c
hearthctl_LDADD = libhearthd.a libsynth.a libmeasure.a libjournal.a libpoms.a libingest.a $(STORE_LIBS) $(XML_LIBS)
EXTRA_DIST += src/admin/README
