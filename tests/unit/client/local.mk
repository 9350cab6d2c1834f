# unit/client
