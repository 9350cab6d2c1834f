-- Permanency in 12 months, children in care 12 to 23 months, by county at the
-- removal (the tree's unit on the first day would cost SQL a join more).
SELECT county, 0, count(*), sum(CASE WHEN reason IN (1, 2, 3, 5)
    AND out <= @TO AND out < b18 THEN 1 ELSE 0 END)
FROM removals
WHERE rem < @FROM AND out >= @FROM AND @FROM < b18 AND birth <= rem
  AND @MONTHS(rem_p,@FROM_P) BETWEEN 12 AND 23
  AND NOT (out < @NEVER AND reason = 0)
GROUP BY county
