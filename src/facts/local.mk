# Sources of this room; see src/facts/README.
