-- 24 months and over in care.
@USE(stable|@MONTHS(rem_p,seen_p) >= 24)
