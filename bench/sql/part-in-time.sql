-- Not screened out, and done or past the limit: $1 which reports or their
-- sums, $2 when it was done, $3 the limit in minutes, $4 what else it needs.
@USE($1|NOT (done < @NEVER AND came_to = 7) AND $2 >= received AND $4
    AND ($2 < @NEVER OR @AS_OF * 1440 + 1439 - received > $3)|
  CASE WHEN $2 - received <= $3 THEN 1 ELSE 0 END)
