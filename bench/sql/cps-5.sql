@USE(open|@USE(limit))
