# man
dist_man_MANS += man/hearth.conf.5
dist_man_MANS += man/hearth.1
