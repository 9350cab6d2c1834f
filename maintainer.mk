# What those who work on Hearth run. None of them writes into the source tree
# but `format` and `screens`, whose purpose it is; builds of their own go to
# folders below the build directory.

EXTRA_DIST += maint/lint maint/check-headers maint/potfiles maint/tsan.supp

# Rewrites the layout of every source file.
format:
	cd $(top_srcdir) && find src tests fuzz bench -name '*.[ch]' \
	  | xargs clang-format -i

# Layout, shell scripts, spelling, manual pages, translations, headers.
lint:
	@sh $(top_srcdir)/maint/lint $(top_srcdir)

check-headers:
	@CC='$(CC)' CPPFLAGS='$(CPPFLAGS) $(CJSON_CFLAGS) $(PQ_CFLAGS) $(CHECK_CFLAGS)' \
	  sh $(top_srcdir)/maint/check-headers $(top_srcdir)

# Static analysis; slow. Files go before the compiler's options.
TIDY_CHECKS = -*,bugprone-*,clang-analyzer-*,-bugprone-easily-swappable-parameters
TIDY_FLAGS = -std=gnu11 -D_GNU_SOURCE -Isrc -I$(abs_top_builddir) \
	-DLOCALEDIR='""' -DPKGDATADIR='""' -DSYSCONFDIR='""' \
	$(CJSON_CFLAGS) $(CURSES_CFLAGS) $(XML_CFLAGS) $(PQ_CFLAGS) $(PDF_CFLAGS)
tidy:
	cd $(top_srcdir) && find src -name '*.c' | xargs -n 8 -P 2 \
	  sh -c 'clang-tidy --quiet --checks="$(TIDY_CHECKS)" "$$@" \
	    -- $(subst ','\'',$(TIDY_FLAGS))' tidy

# The whole suite in a build of its own: make sanitize, make tsan, ...
variant = mkdir -p $(1) && cd $(1) && { test -f Makefile || \
	$(abs_top_srcdir)/configure --enable-werror $(2); } && $(MAKE) $(3)
sanitize:
	$(call variant,variant-asan,--enable-asan CFLAGS='-O1 -g',check)
tsan:
	$(call variant,variant-tsan,--enable-tsan CFLAGS='-O1 -g',check)
coverage:
	$(call variant,variant-coverage,--enable-coverage CFLAGS='-O0 -g',check)
	cd variant-coverage && find . -name '*.gcda' | xargs gcov -n \
	  | awk '/^File.*src/ { f = $$2 } /^Lines/ && f { print f, $$0; f = "" }'
# FUZZ_SECONDS=60 for each target, in a build of clang's.
fuzz:
	$(call variant,variant-fuzz,--enable-fuzz CC=clang CFLAGS='-O1 -g',fuzz-run FUZZ_SECONDS=$(FUZZ_SECONDS))

# Valgrind over the unit tests, without their forks.
valgrind: $(check_PROGRAMS)
	@for t in $(check_PROGRAMS); do case $$t in *_test) \
	  echo "$$t"; CK_FORK=no CK_TIMEOUT_MULTIPLIER=50 LC_ALL=C.UTF-8 \
	  top_srcdir='$(top_srcdir)' top_builddir='$(top_builddir)' \
	  valgrind -q --error-exitcode=9 --leak-check=full ./$$t || exit 1;; \
	esac; done

.PHONY: format lint check-headers tidy sanitize tsan coverage fuzz valgrind

# Ten thousand lives of a review whose power goes, and whose program is killed,
# at random bytes; minutes.
SEEDS = 10000
torture: torture_test kill_test plug_test devices_test hearth
	HEARTH_SEEDS=$(SEEDS) CK_FORK=no ./torture_test
	HEARTH_SEEDS=$(SEEDS) CK_VERBOSITY=verbose TMPDIR=$${TMPDIR:-/dev/shm} \
	  ./kill_test
	HEARTH_SEEDS=500 CK_VERBOSITY=verbose top_srcdir='$(top_srcdir)' \
	  top_builddir='$(top_builddir)' ./plug_test
	HEARTH_SEEDS=1000 top_srcdir='$(top_srcdir)' ./devices_test
.PHONY: torture
