@USE(wait|reports)
