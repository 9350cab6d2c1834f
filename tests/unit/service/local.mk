# unit/service
