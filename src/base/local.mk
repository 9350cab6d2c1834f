noinst_LIBRARIES += libbase.a
libbase_a_SOURCES = \
	src/base/buf.c src/base/buf.h \
	src/base/csv.c src/base/csv.h \
	src/base/date.c src/base/date.h \
	src/base/err.c src/base/err.h src/base/errors.def \
	src/base/file.c src/base/file.h \
	src/base/i18n.c src/base/i18n.h
libbase_a_SOURCES += \
	src/base/conf.c src/base/conf.h \
	src/base/suggest.c src/base/suggest.h
libbase_a_SOURCES += src/base/json.c src/base/json.h \
	src/base/rng.c src/base/rng.h
libbase_a_SOURCES += src/base/data.c src/base/data.h
libbase_a_SOURCES += src/base/secret.c src/base/secret.h
libbase_a_SOURCES += src/base/helpers.c src/base/helpers.h
libbase_a_SOURCES += src/base/lazy.c src/base/lazy.h
libbase_a_SOURCES += src/base/sum.c src/base/sum.h
libbase_a_SOURCES += src/base/login.c src/base/login.h
libbase_a_SOURCES += src/base/fault.c src/base/fault.h
libbase_a_SOURCES += src/base/cfg.c src/base/cfg.h
libbase_a_SOURCES += src/base/marks.c src/base/marks.h
