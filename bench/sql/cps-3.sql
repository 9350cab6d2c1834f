@USE(concluded|reports)
