/*
 * hearthd: reads its settings, opens the service, serves the doors, waits for
 * a signal or for the end of the client that started it, stops.
 */
#include "config.h"

#include <errno.h>
#include <getopt.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/i18n.h"
#include "service/daemon.h"
#include "service/settings.h"

struct options {
	const char *config;
	const char *listen[DAEMON_DOORS];
	size_t listen_n;
	int private_fd;
	bool check;
};

static const char usage_text[] = N_(
    "Usage: hearthd [OPTION]...\n"
    "Serves a store of Hearth over HTTP; see hearthd(8) and hearthd.conf(5).\n"
    "\n"
    "  -c, --config FILE       read the settings from FILE\n"
    "  -s, --store URL         serve this store: sqlite:DIR, a folder, or\n"
    "                          postgresql://...\n"
    "  -l, --listen ADDRESS    listen on unix:PATH or tcp:ADDRESS:PORT instead "
    "of\n"
    "                          what is configured; may be repeated\n"
    "  -o, --set NAME=VALUE    set one setting\n"
    "      --check             check the settings, then end\n"
    "      --private-fd N      serve the client on descriptor N only, and end\n"
    "                          with it\n"
    "  -h, --help              show this help, then end\n"
    "  -V, --version           show the version, then end\n");

enum { OPT_CHECK = 256, OPT_PRIVATE };

static const struct option long_options[] = {
    {"config", required_argument, NULL, 'c'},
    {"store", required_argument, NULL, 's'},
    {"listen", required_argument, NULL, 'l'},
    {"set", required_argument, NULL, 'o'},
    {"check", no_argument, NULL, OPT_CHECK},
    {"private-fd", required_argument, NULL, OPT_PRIVATE},
    {"help", no_argument, NULL, 'h'},
    {"version", no_argument, NULL, 'V'},
    {NULL, 0, NULL, 0},
};

static bool
main_set(struct hearthd_settings *s, const char *pair, struct err *err)
{
	const char *eq = strchr(pair, '=');
	char *name;
	bool ok;

	if (eq == NULL)
		return err_set(err, ERR_USAGE, _("--set wants NAME=VALUE"));
	name = xstrndup(pair, (size_t)(eq - pair));
	ok = conf_set(
	    s, hearthd_settings, hearthd_settings_n, name, eq + 1, err);
	free(name);
	return ok;
}

static bool
main_number(const char *text, int *n, struct err *err)
{
	char *end;
	long v = strtol(text, &end, 10);

	if (*text == '\0' || *end != '\0' || v < 3 || v > 65535)
		return err_set(err, ERR_USAGE,
		    _("--private-fd wants an open descriptor's number"));
	*n = (int)v;
	return true;
}

/* One option; false with *err, or with err->code ERR_NONE to end at once. */
static bool
main_option(
    int c, struct options *o, struct hearthd_settings *s, struct err *err)
{
	switch (c) {
	case 'c':
		o->config = optarg;
		return true;
	case 's':
		return conf_set(s, hearthd_settings, hearthd_settings_n,
		    "service.store", optarg, err);
	case 'o':
		return main_set(s, optarg, err);
	case OPT_CHECK:
		o->check = true;
		return true;
	case OPT_PRIVATE:
		return main_number(optarg, &o->private_fd, err);
	case 'h':
		fputs(_(usage_text), stdout);
		break;
	case 'V':
		puts("hearthd " PACKAGE_VERSION);
		break;
	case 'l':
		if (o->listen_n == DAEMON_DOORS)
			return err_set(err, ERR_USAGE,
			    _("at most %d addresses"), DAEMON_DOORS);
		o->listen[o->listen_n++] = optarg;
		return true;
	default:
		return err_set(err, ERR_USAGE, _("see hearthd --help"));
	}
	return err_set(err, ERR_NONE, " ");
}

/* Twice through the options: the file is named by one, and what stands on the
 * command line counts more than what stands in the file. */
static bool
main_read(int argc, char **argv, struct options *o, struct hearthd_settings *s,
    struct err *err)
{
	static const char letters[] = "c:s:l:o:hV";
	bool optional;
	int c;

	opterr = 0;
	while ((c = getopt_long(argc, argv, letters, long_options, NULL)) != -1)
		if (c == 'c')
			o->config = optarg;
	optional = o->config == NULL;
	if (optional)
		o->config = SYSCONFDIR "/hearthd.conf";
	if (!conf_load(s, hearthd_settings, hearthd_settings_n, o->config,
		optional, err))
		return false;
	optind = 1;
	while ((c = getopt_long(argc, argv, letters, long_options, NULL)) != -1)
		if (!main_option(c, o, s, err))
			return false;
	if (optind < argc)
		return err_set(
		    err, ERR_USAGE, _("%s: no such argument"), argv[optind]);
	return true;
}

/* Signals come as bytes on a descriptor, so that one poll waits for them and
 * for the client. Blocked before any thread starts. */
static int
main_signals(void)
{
	sigset_t set;

	signal(SIGPIPE, SIG_IGN);
	sigemptyset(&set);
	sigaddset(&set, SIGTERM);
	sigaddset(&set, SIGINT);
	sigaddset(&set, SIGHUP);
	pthread_sigmask(SIG_BLOCK, &set, NULL);
	return signalfd(-1, &set, SFD_CLOEXEC);
}

/* Until a signal comes or the client's end of its line closes. */
static void
main_wait(int signals, int private_fd)
{
	struct pollfd fds[] = {
	    {.fd = signals, .events = POLLIN},
	    {.fd = private_fd, .events = POLLIN},
	};
	char byte;

	for (;;) {
		if (poll(fds, 2, -1) < 0 && errno != EINTR)
			return;
		if (fds[0].revents != 0)
			return;
		if (fds[1].revents != 0 && read(private_fd, &byte, 1) <= 0)
			return;
	}
}

static int
main_fail(const struct options *o, const struct err *err)
{
	if (err->code == ERR_NONE)
		return 0;
	if (o->private_fd >= 0)
		daemon_sorry(o->private_fd, err);
	else
		fprintf(stderr, "hearthd: %s\n", err->text);
	return err_exit(err->code);
}

int
main(int argc, char **argv)
{
	struct options o = {.private_fd = -1};
	struct hearthd_settings settings = {0};
	struct daemon *daemon = NULL;
	struct err err = {0};
	int signals, status = 0;

	xmalloc_keep();
	i18n_init();
	/* A core file would hold children's records. */
	setrlimit(RLIMIT_CORE, &(struct rlimit){0, 0});
	conf_defaults(&settings, hearthd_settings, hearthd_settings_n);
	if (!main_read(argc, argv, &o, &settings, &err)) {
		status = main_fail(&o, &err);
		goto done;
	}
	signals = main_signals();
	if (!daemon_open(&daemon, &settings,
		&(struct daemon_options){.listen = o.listen,
		    .listen_n = o.listen_n,
		    .private_fd = o.private_fd,
		    .check = o.check},
		&err)) {
		status = main_fail(&o, &err);
		goto done;
	}
	if (o.check)
		goto done;
	main_wait(signals, o.private_fd);
done:
	daemon_close(daemon);
	conf_free(&settings, hearthd_settings, hearthd_settings_n);
	return status;
}
