# unit/proto
