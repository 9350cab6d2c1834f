-- Permanency in 12 months, in care on the first day for 12 to 23 months.
@USE(permanency|12 AND 23)
