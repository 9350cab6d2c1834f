@USE(extended|reports)
