# etc

# The programs find their data in etc/ beside them, so that they run from
# where they were built; in a build tree of its own that is a link
# (not a target, which make would find in the source tree).
all-local:
	@for d in measures instruments providers; do test -e etc/$$d || \
	  { $(MKDIR_P) etc && $(LN_S) $(abs_top_srcdir)/etc/$$d etc/$$d; }; \
	done
distclean-local:
	test "$(srcdir)" = . || rm -f etc/measures etc/instruments etc/providers

measuresdir = $(pkgdatadir)/measures
dist_measures_DATA = \
	etc/measures/c1.1.cfg \
	etc/measures/c1.2.cfg \
	etc/measures/c1.3.cfg \
	etc/measures/c1.4.cfg \
	etc/measures/c2.1.cfg \
	etc/measures/c2.2.cfg \
	etc/measures/c2.3.cfg \
	etc/measures/c2.4.cfg \
	etc/measures/c2.5.cfg \
	etc/measures/c3.1.cfg \
	etc/measures/c3.2.cfg \
	etc/measures/c3.3.cfg \
	etc/measures/c4.1.cfg \
	etc/measures/c4.2.cfg \
	etc/measures/c4.3.cfg \
	etc/measures/categories.cfg \
	etc/measures/cd-1.cfg \
	etc/measures/cd-2.cfg \
	etc/measures/cd-3.cfg \
	etc/measures/composites.cfg \
	etc/measures/constants.cfg \
	etc/measures/clocks.cfg \
	etc/measures/judging.cfg \
	etc/measures/peers.cfg \
	etc/measures/cm-1.cfg \
	etc/measures/cm-2.cfg \
	etc/measures/cm-3.cfg \
	etc/measures/cm-4.cfg \
	etc/measures/cm-5.cfg \
	etc/measures/dq-n1.cfg \
	etc/measures/dq-n2.cfg \
	etc/measures/dq-n3.cfg \
	etc/measures/dq-n4.cfg \
	etc/measures/dq-n5.cfg \
	etc/measures/ent.cfg \
	etc/measures/entry.cfg \
	etc/measures/dq-a1.cfg \
	etc/measures/dq-a2.cfg \
	etc/measures/dq-a3.cfg \
	etc/measures/dq-a4.cfg \
	etc/measures/dq-a5.cfg \
	etc/measures/dq-a6.cfg \
	etc/measures/dq-a7.cfg \
	etc/measures/dq-a8.cfg \
	etc/measures/dq-a9.cfg \
	etc/measures/dq-a10.cfg \
	etc/measures/dq-a11.cfg \
	etc/measures/cps-1.cfg \
	etc/measures/cps-2.cfg \
	etc/measures/cps-3.cfg \
	etc/measures/cps-3-extended.cfg \
	etc/measures/cps-4.cfg \
	etc/measures/cps-4-mean.cfg \
	etc/measures/cps-5.cfg \
	etc/measures/cps-5-90.cfg \
	etc/measures/cps-6.cfg \
	etc/measures/fcs-1.cfg \
	etc/measures/fcs-2.cfg \
	etc/measures/fcs-3.cfg \
	etc/measures/fcs-4.cfg \
	etc/measures/fcs-5.cfg \
	etc/measures/r2-s1.cfg \
	etc/measures/s2.cfg \
	etc/measures/p1.cfg \
	etc/measures/p2.cfg \
	etc/measures/p3.cfg \
	etc/measures/p4-r3.cfg \
	etc/measures/p4-r4.cfg \
	etc/measures/p5.cfg \
	etc/measures/pp-1.cfg \
	etc/measures/pp-2.cfg \
	etc/measures/r2-s2.cfg \
	etc/measures/s1.cfg \
	etc/measures/wv-1.cfg \
	etc/measures/wv-2.cfg \
	etc/measures/wv-3.cfg \
	etc/measures/wv-4.cfg

instrumentsdir = $(pkgdatadir)/instruments
dist_instruments_DATA = \
	etc/instruments/poms-example-1.cfg

providersdir = $(pkgdatadir)/providers
dist_providers_DATA = etc/providers/census.cfg etc/providers/cwscms.cfg
