# unit/facts
