# Screens, terminal, loop and transfers.
noinst_LIBRARIES += libscreens.a
libscreens_a_SOURCES = \
	src/client/net.c src/client/net.h \
	src/client/net_curl.c src/client/net_memory.c

# What a program that opens screens or asks a service links, after its own.
SCREENS_LIBS = libscreens.a libproto.a $(BASE_LIBS) $(CURSES_LIBS) $(CURL_LIBS)
