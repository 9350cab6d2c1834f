-- Entries, those of P1, of the county's children of the year.
SELECT i, county, max(children) AS den, count(*) AS num
FROM (SELECT @I AS i, @YEAR AS of_year, county FROM @WINDOWS removals
  WHERE rem BETWEEN @FROM AND @TO AND prev < @FROM AND rem < b18
    AND birth <= rem AND NOT (out < @NEVER AND (out - rem < 8 OR reason = 0))) AS x
JOIN population AS p USING (county)
WHERE p.year = of_year
GROUP BY i, county
