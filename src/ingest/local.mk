# Sources of this room; see src/ingest/README.
