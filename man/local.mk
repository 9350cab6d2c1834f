# man
dist_man_MANS += man/hearth.conf.5
