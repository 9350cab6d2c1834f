#include "service/http_guard.h"

#include <string.h>
#include <strings.h>

#include "base/i18n.h"
#include "service/mhd.h"

struct guard {
	unsigned hosts, lengths, encodings;
	const char *fault;
};

static bool
guard_digits(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (s[i] < '0' || s[i] > '9')
			return false;
	return n > 0 && n <= 19;
}

static bool
guard_is(const char *key, size_t n, const char *name)
{
	return strlen(name) == n && strncasecmp(key, name, n) == 0;
}

/*
 * A header that begins like one that frames the message and goes on: what the
 * library makes of a folded line ("Content-Length:", line end, " 5" becomes
 * an empty "Content-Length5"), where a reader before us may have seen a length.
 */
static bool
guard_mangled(const char *key, size_t n)
{
	static const char *const framing[] = {MHD_HTTP_HEADER_HOST,
	    MHD_HTTP_HEADER_CONTENT_LENGTH, MHD_HTTP_HEADER_TRANSFER_ENCODING};

	for (size_t i = 0; i < sizeof framing / sizeof *framing; i++) {
		size_t len = strlen(framing[i]);

		if (n > len && strncasecmp(key, framing[i], len) == 0)
			return true;
	}
	return false;
}

/* Control bytes in a value: the library lets line folding and NUL through. */
static bool
guard_clean(const char *s, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (((unsigned char)s[i] < 0x20 && s[i] != '\t') ||
		    s[i] == 0x7f)
			return false;
	return true;
}

static enum MHD_Result
guard_header(void *arg, enum MHD_ValueKind kind, const char *key, size_t n,
    const char *value, size_t len)
{
	struct guard *g = arg;

	(void)kind;
	if (value == NULL)
		len = 0;
	if (len > 0 && !guard_clean(value, len))
		g->fault = N_("a header holds a control character");
	if (guard_mangled(key, n))
		g->fault = N_("a header that frames the message is folded");
	if (guard_is(key, n, MHD_HTTP_HEADER_HOST))
		g->hosts++;
	if (guard_is(key, n, MHD_HTTP_HEADER_CONTENT_LENGTH)) {
		g->lengths++;
		if (!guard_digits(value, len))
			g->fault = N_("Content-Length is not a number");
	}
	if (guard_is(key, n, MHD_HTTP_HEADER_TRANSFER_ENCODING)) {
		g->encodings++;
		if (!guard_is(value, len, "chunked"))
			g->fault = N_("Transfer-Encoding is not chunked");
	}
	return MHD_YES;
}

const char *
http_guard(struct MHD_Connection *con, const char *version)
{
	struct guard g = {0};

	mhd.MHD_get_connection_values_n(con, MHD_HEADER_KIND, guard_header, &g);
	if (strcmp(version, "HTTP/1.1") != 0 &&
	    strcmp(version, "HTTP/1.0") != 0)
		g.fault = N_("the version is not HTTP/1.0 or HTTP/1.1");
	if (g.hosts > 1 || (g.hosts == 0 && strcmp(version, "HTTP/1.1") == 0))
		g.fault = N_("exactly one Host is needed");
	if (g.lengths + g.encodings > 1)
		g.fault = N_("the length of the body is said twice");
	return g.fault != NULL ? _(g.fault) : NULL;
}

bool
http_guard_local_host(const char *host)
{
	static const char *const names[] = {"localhost", "127.0.0.1", "[::1]"};

	if (host == NULL)
		return false;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		size_t n = strlen(names[i]);

		if (strncasecmp(host, names[i], n) == 0 &&
		    (host[n] == '\0' || host[n] == ':'))
			return true;
	}
	return false;
}
