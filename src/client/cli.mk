# Commands, their formats, settings and the private service.
