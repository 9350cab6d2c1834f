# Sources of this room; see src/census/README.
EXTRA_DIST += src/census/README \
	src/census/census.h src/census/rules.h \
	src/census/counts.def src/census/feeds.def
