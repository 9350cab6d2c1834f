@USE(file|)
