@USE(in-time|reports-sums|contact|60 * hours|hours >= 0)
