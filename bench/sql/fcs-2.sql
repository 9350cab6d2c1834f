@USE(home|0 = 0|needed|coalesce(made, 0))
