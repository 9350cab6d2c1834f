@USE(wait|reports-sums)
