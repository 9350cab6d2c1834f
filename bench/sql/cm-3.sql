-- Entries.
SELECT @I AS i, county, 1 AS den, 1 AS num
FROM @WINDOWS removals WHERE rem BETWEEN @FROM AND @TO
