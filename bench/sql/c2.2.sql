-- Median days until the adoption.
@USE(exits|reason = 3|out >= rem|out - rem|rem, out)
