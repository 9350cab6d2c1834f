-- Re-entry in 12 months, exit cohort: first qualifying exit in the period.
SELECT county_out, 0, count(*), sum(CASE WHEN next < @NEVER
    AND @MONTHS(out_p,next_p) < 12 THEN 1 ELSE 0 END)
FROM (SELECT county_out, rem, birth, out, out_p, next, next_p,
    row_number() OVER (PARTITION BY child ORDER BY out, rem) AS n
  FROM removals
  WHERE out BETWEEN @FROM AND @TO AND reason IN (1, 2, 5) AND out < b18) AS e
WHERE n = 1 AND next >= out AND out >= rem AND birth <= out
GROUP BY county_out
