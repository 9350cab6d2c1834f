-- Months at home to see, seen, seen in the residence, by the county of the
-- child's last case: $1 which children, $2 and $3 what counts.
SELECT c.i, c.county, $2 AS den, $3 AS num
FROM (SELECT @I AS i, child, county,
    row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS served WHERE opened <= @TO AND closed >= @FROM AND born = 1)
  AS c
JOIN (SELECT @I AS i, child, CAST(sum(@LEAST(last, @M_TO) - @GREATEST(first, @M_FROM) + 1) AS integer)
    AS needed
  FROM @WINDOWS home WHERE first <= @M_TO AND last >= @M_FROM
  GROUP BY i, child) AS s ON s.i = c.i AND s.child = c.child
LEFT JOIN (SELECT @I AS i, child, count(*) AS made, sum(home) AS at_home
  FROM @WINDOWS home_visits WHERE month BETWEEN @M_FROM AND @M_TO
  GROUP BY i, child) AS v ON v.i = c.i AND v.child = c.child
WHERE n = 1 AND $1
