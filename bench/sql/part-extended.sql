-- The same, or with good cause within 90 days, of sexual abuse 120, of a death
-- whenever it was concluded.
@USE($1|done >= date AND (done < @NEVER
    OR @AS_OF - date > CASE WHEN cause <> 1 THEN @USE(limit)
      WHEN kind = 3 THEN 1000000 WHEN kind = 2 THEN 120 ELSE 90 END)|
  CASE WHEN done - date <= CASE WHEN cause <> 1 THEN @USE(limit)
      WHEN kind = 3 THEN 1000000 WHEN kind = 2 THEN 120 ELSE 90 END
    AND done < @NEVER THEN 1 ELSE 0 END)
