-- Months to visit, visited, visited at home of children served, by the county
-- of their last stay in the period: $1 which children, $2 and $3 what counts.
SELECT c.i, CASE WHEN seen = rem THEN c.county WHEN seen = out THEN county_out
    ELSE coalesce(a.county, @NOBODY) END AS county, $2 AS den, $3 AS num
FROM (SELECT @I AS i, @LEAST(@TO, out) AS seen, child, county, county_out, rem,
    out, row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS removals WHERE rem <= @TO AND out >= @FROM) AS c
JOIN (SELECT @I AS i, child, CAST(sum(@LEAST(last, @M_TO) - @GREATEST(first, @M_FROM) + 1) AS integer)
    AS needed
  FROM @WINDOWS stays WHERE first <= @M_TO AND last >= @M_FROM
  GROUP BY i, child) AS s ON s.i = c.i AND s.child = c.child
LEFT JOIN (SELECT @I AS i, child, count(*) AS made, sum(home) AS at_home
  FROM @WINDOWS visits WHERE month BETWEEN @M_FROM AND @M_TO
  GROUP BY i, child) AS v ON v.i = c.i AND v.child = c.child
LEFT JOIN assigned AS a ON a.child = c.child AND a.start <= seen AND a.until > seen
WHERE n = 1 AND $1
