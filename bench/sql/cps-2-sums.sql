@USE(in-time|reports-sums|seen|4320|0 = 0)
