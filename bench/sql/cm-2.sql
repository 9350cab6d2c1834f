-- The crosstab's population is CM-1's.
@USE(in-care|0 = 0)
