# unit/admin
