# Sources of this room; see src/store/README.
