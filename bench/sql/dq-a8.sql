-- A removal without a date never gets as far as the tables.
@USE(served|0 = 0|0|id)
