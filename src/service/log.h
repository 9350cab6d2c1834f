/*
 * The operational log: one line of key=value on standard error. It never holds
 * names, ids of children, queries or addresses with ids in them: a request is
 * logged as its route, its status and how long it took.
 */
#ifndef HEARTH_SERVICE_LOG_H
#define HEARTH_SERVICE_LOG_H

enum log_level { LOG_ERRORS, LOG_WARNINGS, LOG_INFO, LOG_DEBUG };

/* Lines above this level are left out. Does not change once threads run. */
struct log {
	enum log_level most;
};

/* event: one word; fmt: more "key=value" pairs, may be " ". */
void log_line(const struct log *log, enum log_level level, const char *event,
    const char *fmt, ...) __attribute__((format(printf, 4, 5)));

#endif
