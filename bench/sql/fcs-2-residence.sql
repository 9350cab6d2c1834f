@USE(home|made > 0|made|at_home)
