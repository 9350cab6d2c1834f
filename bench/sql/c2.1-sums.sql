@USE(exits-sums|reason = 3|out >= rem|
  CASE WHEN @MONTHS(rem_p,out_p) < 24 THEN 1 ELSE 0 END|rem, out, rem_p)
