-- Exits.
SELECT @I AS i, county_out AS county, 1 AS den, 1 AS num
FROM @WINDOWS removals WHERE out BETWEEN @FROM AND @TO
