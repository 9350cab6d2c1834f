# Sources of this room; see src/client/README.
