# unit/store
