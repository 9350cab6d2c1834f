#include "service/log.h"

#include <stdarg.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"

static const char *const log_words[] = {"error", "warning", "info", "debug"};

void
log_line(const struct log *log, enum log_level level, const char *event,
    const char *fmt, ...)
{
	struct timespec now;
	struct buf b = {0};
	struct err err;
	struct tm tm;
	char text[400];
	char at[32];
	va_list ap;

	if (level > log->most)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%S", &tm);
	va_start(ap, fmt);
	vsnprintf(text, sizeof text, fmt, ap);
	va_end(ap);
	for (char *p = text; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20)
			*p = ' ';
	buf_printf(&b, "time=%s.%03ldZ level=%s event=%s %s\n", at,
	    now.tv_nsec / 1000000, log_words[level], event, text);
	/* One write, so that lines of several threads never mix; a log that
	 * cannot be written must not stop the service. */
	(void)file_write_all(STDERR_FILENO, b.data, b.len, &err);
	buf_free(&b);
}
