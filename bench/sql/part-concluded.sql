-- Concluded within the limit of the day of receipt.
@USE($1|done >= date AND (done < @NEVER OR @AS_OF - date > @USE(limit))|
  CASE WHEN done - date <= @USE(limit) THEN 1 ELSE 0 END)
