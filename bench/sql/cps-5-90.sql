@USE(open|90)
