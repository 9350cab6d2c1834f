# Sources of this room; see src/measure/README.
