@USE(visits|made > 0|made|at_home)
