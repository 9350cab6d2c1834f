-- A child's first report as a victim: $1 which ones, $2 what it must be, $3
-- what counts, $4 the columns needed.
SELECT i, county, 1 AS den, $3 AS num
FROM (SELECT @I AS i, child, county, date, $4,
    row_number() OVER (PARTITION BY @I, child ORDER BY id) AS n
  FROM @WINDOWS victims WHERE $1) AS x
WHERE n = 1 AND $2
