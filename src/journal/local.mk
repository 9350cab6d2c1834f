# Sources of this room; see src/journal/README.
EXTRA_DIST += src/journal/README
