# unit/measure
