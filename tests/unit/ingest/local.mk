# unit/ingest
