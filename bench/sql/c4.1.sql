-- 8 days to under 12 months in care.
@USE(stable|seen - rem >= 8 AND @MONTHS(rem_p,seen_p) < 12)
