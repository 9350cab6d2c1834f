@USE(concluded|reports-sums)
