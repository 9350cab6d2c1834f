-- 12 to under 24 months in care.
@USE(stable|@MONTHS(rem_p,seen_p) BETWEEN 12 AND 23)
