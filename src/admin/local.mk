# Sources of this room; see src/admin/README.
sbin_PROGRAMS += hearthctl
hearthctl_SOURCES = src/admin/main.c \
	src/admin/admin.c src/admin/admin.h src/admin/commands.def
hearthctl_LDADD = libsynth.a $(MEASURE_LIBS)
hearthctl_SOURCES += src/admin/cmd_synth.c
hearthctl_SOURCES += src/admin/cmd_measures.c
