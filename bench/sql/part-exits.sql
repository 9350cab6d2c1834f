-- A child's last exit of the period: $1 which ones, $2 what it must be then,
-- $3 what counts, $4 the columns that these need.
SELECT i, county, 1 AS den, $3 AS num
FROM (SELECT @I AS i, county_out AS county, $4,
    row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS removals
  WHERE out BETWEEN @FROM AND @TO AND $1) AS x
WHERE n = 1 AND $2
