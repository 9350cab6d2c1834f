-- Children in a case open at the day's end, by their last one.
SELECT i, county, 1 AS den, 1 AS num
FROM (SELECT @I AS i, county,
    row_number() OVER (PARTITION BY @I, child ORDER BY id DESC) AS n
  FROM @WINDOWS served WHERE opened <= @TO AND closed > @TO) AS x
WHERE n = 1
