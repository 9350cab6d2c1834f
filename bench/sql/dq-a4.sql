@USE(file|out > pe AND)
