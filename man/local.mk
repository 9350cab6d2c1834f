# man
dist_man_MANS += man/hearth-afcars.5 man/hearth-extract.5 \
	man/hearth-ncands.5
dist_man_MANS += man/hearth.conf.5
dist_man_MANS += man/hearth.1
dist_man_MANS += man/hearthd.8 man/hearthd.conf.5
dist_man_MANS += man/hearth-facts.5 man/hearthctl.8
dist_man_MANS += man/hearth-measures.5
dist_man_MANS += man/hearth-instruments.5
dist_man_MANS += man/hearth-census.5 man/hearth-cwscms.5
