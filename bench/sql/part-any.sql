-- Children in cases of the period: one of whose cases came to what counts, the
-- first of these, else the first: $1 what counts.
SELECT i, county, 1 AS den, num
FROM (SELECT i, county, num,
    row_number() OVER (PARTITION BY i, child ORDER BY num DESC, id) AS n
  FROM (SELECT @I AS i, id, child, county, CASE WHEN $1 THEN 1 ELSE 0 END AS num
    FROM @WINDOWS served WHERE opened <= @TO AND closed >= @FROM
      AND closed >= opened) AS y) AS x
WHERE n = 1
