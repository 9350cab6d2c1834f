@USE(extended|reports-sums)
