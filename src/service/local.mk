# Sources of this room; see src/service/README.
