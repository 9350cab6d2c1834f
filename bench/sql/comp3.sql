-- Children served, who weigh the counties' scores.
@USE(served|0 = 0|1|id)
