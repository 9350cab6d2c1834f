# Commands, their formats, settings and the private service: everything of
# the client that draws no screen.
noinst_LIBRARIES += libcommands.a
libcommands_a_SOURCES = \
	src/client/settings.c src/client/settings.h src/client/settings.def

# The example is the manual in short; it is installed beside it.
dist_doc_DATA = etc/hearth.conf
