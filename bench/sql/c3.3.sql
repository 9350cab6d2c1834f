-- Emancipated before 18, or 18 while in care: three years and over until then.
SELECT i, CASE WHEN seen = rem THEN x.county WHEN seen = out THEN county_out
    ELSE coalesce(a.county, @NOBODY) END AS county, 1 AS den,
  CASE WHEN @MONTHS(rem_p,seen_p) >= 36 THEN 1 ELSE 0 END AS num
FROM (SELECT y.*, row_number() OVER (PARTITION BY i, child ORDER BY id DESC)
    AS n
  FROM (SELECT @I AS i, out AS seen, out_p AS seen_p, id, child, county,
      county_out, birth, rem, rem_p, out
    FROM @WINDOWS removals
    WHERE @GREATEST(rem, out) <= @TO AND out >= @FROM AND out < b18
      AND reason = 4
    UNION ALL SELECT @I, b18, b18_p, id, child, county, county_out, birth, rem,
      rem_p, out
    FROM @WINDOWS removals
    WHERE b18 BETWEEN @FROM AND @TO AND rem <= b18 AND out >= b18) AS y) AS x
LEFT JOIN assigned AS a ON a.child = x.child AND a.start <= seen AND a.until > seen
WHERE n = 1 AND out >= rem AND birth <= rem
