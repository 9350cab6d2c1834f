@USE(visits|0 = 0|needed|coalesce(made, 0))
