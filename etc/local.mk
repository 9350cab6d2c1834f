# etc

# The programs find their data in etc/ beside them, so that they run from
# where they were built; in a build tree of its own that is a link
# (not a target, which make would find in the source tree).
all-local:
	@test -e etc/measures || { $(MKDIR_P) etc && \
	  $(LN_S) $(abs_top_srcdir)/etc/measures etc/measures; }
distclean-local:
	test "$(srcdir)" = . || rm -f etc/measures

measuresdir = $(pkgdatadir)/measures
dist_measures_DATA = \
	etc/measures/categories.cfg \
	etc/measures/clocks.cfg \
	etc/measures/p1.cfg
