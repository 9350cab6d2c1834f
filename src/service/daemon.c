#include "service/daemon.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/data.h"
#include "base/file.h"
#include "base/i18n.h"
#include "proto/private.h"
#include "service/http.h"
#include "service/kept.h"
#include "service/porch.h"
#include "store/store.h"

#define DAEMON_PEM (1 << 20)

struct daemon {
	const struct hearthd_settings *settings;
	struct log log;
	struct service *service;
	struct buf certificate, key;
	struct door doors[DAEMON_DOORS];
	struct http *http[DAEMON_DOORS];
	size_t doors_n;
	int private_fd; /* to the client that started us, or -1 */
	bool told;	/* that client, that it may ask */
	int caller;	/* whom the porch spoke to, or -1 */
};

/* --- the service ----------------------------------------------------- */

/* audit.log in the folder of an SQLite store. A store elsewhere has no folder
 * here, so the file must be named. */
static char *
daemon_audit(
    const struct hearthd_settings *s, const char *store, struct err *err)
{
	if (s->audit != NULL)
		return xstrdup(s->audit);
	if (strncmp(store, "sqlite:", 7) == 0)
		return file_join(store + 7, "audit.log", NULL);
	if (strstr(store, "://") == NULL)
		return file_join(store, "audit.log", NULL);
	err_set(err, ERR_CONFIG,
	    _("service.audit must name a file when the "
	      "store is not a folder"));
	return NULL;
}

/* The file of census rules; NULL where none is installed. */
static char *
daemon_providers(const struct hearthd_settings *s)
{
	char *folder, *path;

	if (s->providers != NULL)
		return xstrdup(s->providers);
	folder = data_find("providers");
	path = file_join(folder, "census.cfg", NULL);
	free(folder);
	if (!file_exists(path)) {
		free(path);
		path = NULL;
	}
	return path;
}

/* The signing key that the setting names, or keys/signing.secret in the folder
 * of the store when there is one; the caller frees. */
static char *
daemon_key(const struct hearthd_settings *s, const char *store)
{
	const char *folder =
	    strncmp(store, "sqlite:", 7) == 0 ? store + 7 : store;
	char *path;

	if (s->review_key != NULL)
		return xstrdup(s->review_key);
	if (strstr(folder, "://") != NULL)
		return NULL;
	path = file_join(folder, "keys/signing.secret", NULL);
	if (file_exists(path))
		return path;
	free(path);
	return NULL;
}

/* What a service is opened with; the names that were found are the house's. */
struct house {
	char *store, *definitions, *providers, *audit, *key;
	struct service_options options;
};

static void
house_fini(struct house *h)
{
	free(h->key);
	free(h->audit);
	free(h->definitions);
	free(h->providers);
	free(h->store);
}

static bool
house_init(struct house *h, const struct daemon *d, struct err *err)
{
	const struct hearthd_settings *s = d->settings;

	h->store = s->store != NULL ? xstrdup(s->store) : store_default_url();
	h->definitions = s->definitions != NULL ? xstrdup(s->definitions)
						: data_find("measures");
	h->providers = daemon_providers(s);
	h->audit = daemon_audit(s, h->store, err);
	h->key = daemon_key(s, h->store);
	h->options = (struct service_options){
	    .store = h->store,
	    .definitions = h->definitions,
	    .instruments = s->instruments,
	    .providers = h->providers,
	    .audit = h->audit,
	    .headlines = s->headlines,
	    .refresh_days = (int)s->refresh,
	    .recalls = true,
	    .keeps = d->private_fd >= 0,
	    .cache_bytes = (size_t)s->cache << 20,
	    .review_due = s->review_due,
	    .review_month = (int)s->review_month,
	    .signing_key = h->key,
	    .recovery_key = s->review_office,
	    .packet_days = (int)s->review_days,
	};
	return h->audit != NULL;
}

/* --- the doors ------------------------------------------------------- */

static bool
daemon_pem(struct daemon *d, struct err *err)
{
	const struct hearthd_settings *s = d->settings;

	if ((s->tcp_certificate == NULL) != (s->tcp_key == NULL))
		return err_set(err, ERR_CONFIG,
		    _("tcp.certificate and tcp.key go together"));
	if (s->tcp_certificate == NULL)
		return true;
	return file_read(
		   &d->certificate, s->tcp_certificate, DAEMON_PEM, err) &&
	       file_read(&d->key, s->tcp_key, DAEMON_PEM, err);
}

/* Plain TCP shows children's records to whoever listens on the way. */
static bool
daemon_plain(const struct daemon *d, const struct door *door, struct err *err)
{
	if (door->kind == DOOR_UNIX || door->loopback ||
	    d->certificate.len > 0 || d->settings->tcp_plain)
		return true;
	return err_set(err, ERR_CONFIG,
	    _("%s is reachable from other "
	      "machines and not encrypted: set tcp.certificate and tcp.key, or "
	      "tcp.plain_beyond_loopback if a balancer before it ends TLS"),
	    door->name);
}

static bool
daemon_serve(struct daemon *d, size_t i, struct err *err)
{
	const struct hearthd_settings *s = d->settings;
	struct door *door = &d->doors[i];
	bool tls = door->kind == DOOR_TCP && d->certificate.len > 0;

	if (!http_start(&d->http[i], door,
		&(struct http_options){
		    .service = d->service,
		    .log = &d->log,
		    .threads = (unsigned)s->threads,
		    .connections = (unsigned)s->connections,
		    .memory = (unsigned)s->memory << 10,
		    .idle = (unsigned)s->idle,
		    .header = (unsigned)s->header,
		    .request = (unsigned)s->request,
		    .certificate = tls ? buf_text(&d->certificate) : NULL,
		    .key = tls ? buf_text(&d->key) : NULL,
		    .trust_loopback = s->tcp_trust,
		},
		err))
		return false;
	log_line(&d->log, LOG_INFO, "listening", "address=%s tls=%s",
	    door->name, tls ? "yes" : "no");
	return true;
}

static bool
daemon_door(struct daemon *d, const char *address, struct err *err)
{
	struct door *door = &d->doors[d->doors_n];

	if (!door_open(door, address, err))
		return false;
	d->doors_n++;
	return daemon_plain(d, door, err) &&
	       daemon_serve(d, d->doors_n - 1, err);
}

static bool
daemon_configured(struct daemon *d, struct err *err)
{
	const struct hearthd_settings *s = d->settings;
	char *at;
	bool ok = true;

	if (s->unix_path != NULL) {
		at = xasprintf("unix:%s", s->unix_path);
		ok = daemon_door(d, at, err);
		free(at);
	}
	if (ok && s->tcp_port > 0) {
		at = xasprintf(strchr(s->tcp_address, ':') != NULL
				   ? "tcp:[%s]:%d"
				   : "tcp:%s:%d",
		    s->tcp_address, s->tcp_port);
		ok = daemon_door(d, at, err);
		free(at);
	}
	if (ok && d->doors_n == 0)
		return err_set(err, ERR_CONFIG,
		    _("nowhere to listen: set "
		      "unix.path or tcp.port, or give --listen"));
	return ok;
}

static bool
daemon_doors(struct daemon *d, const struct daemon_options *o, struct err *err)
{
	if (o->listen_n == 0)
		return daemon_configured(d, err);
	for (size_t i = 0; i < o->listen_n; i++)
		if (!daemon_door(d, o->listen[i], err))
			return false;
	return true;
}

/* --- the private client ------------------------------------------------ */

static void
daemon_tell(int fd, const char *line)
{
	struct err ignored; /* nobody is left to tell */

	(void)file_write_all(fd, line, strlen(line), &ignored);
}

void
daemon_sorry(int fd, const struct err *err)
{
	char line[PRIVATE_LINE];

	snprintf(line, sizeof line, PRIVATE_ERROR " %s %.500s\n",
	    err_name(err->code), err->text);
	daemon_tell(fd, line);
}

static void
daemon_ready(struct daemon *d)
{
	if (d->private_fd >= 0 && !d->told)
		daemon_tell(d->private_fd, PRIVATE_READY "\n");
	d->told = true;
}

/* Where the first answer was kept it is given before anything else is done;
 * who asks something else waits for the rest, as ever. */
static bool
daemon_porch(struct daemon *d, const struct daemon_options *o,
    const struct service_options *service, struct err *err)
{
	struct kept *kept;

	if (d->private_fd < 0 || o->listen_n != 1 ||
	    strncmp(o->listen[0], "unix:", 5) != 0)
		return true;
	kept = kept_open(service);
	if (kept == NULL)
		return true;
	if (!door_open(&d->doors[0], o->listen[0], err)) {
		kept_close(kept);
		return false;
	}
	d->doors_n = 1;
	daemon_ready(d);
	d->caller = porch_serve(&d->doors[0], d->private_fd, kept);
	kept_close(kept);
	return true;
}

/* The doors that are not open yet; and whom the porch let in. */
static bool
daemon_enter(struct daemon *d, const struct daemon_options *o, struct err *err)
{
	if (d->doors_n == 0)
		return daemon_doors(d, o, err);
	if (!daemon_serve(d, 0, err))
		return false;
	if (d->caller >= 0)
		http_adopt(d->http[0], d->caller);
	d->caller = -1;
	return true;
}

/* --- from start to end ----------------------------------------------- */

static bool
daemon_start(struct daemon *d, const struct daemon_options *o, struct err *err)
{
	struct house house = {0};
	bool ok = daemon_pem(d, err) && house_init(&house, d, err) &&
		  (o->check || daemon_porch(d, o, &house.options, err)) &&
		  service_open(&d->service, &house.options, err) &&
		  (o->check || daemon_enter(d, o, err));

	house_fini(&house);
	if (ok && !o->check)
		daemon_ready(d);
	return ok;
}

bool
daemon_open(struct daemon **daemon, const struct hearthd_settings *settings,
    const struct daemon_options *o, struct err *err)
{
	struct daemon *d = xcalloc(1, sizeof *d);

	d->settings = settings;
	d->private_fd = o->private_fd;
	d->caller = -1;
	d->log.most =
	    o->private_fd >= 0 ? LOG_ERRORS : (enum log_level)settings->log;
	if (!daemon_start(d, o, err)) {
		daemon_close(d);
		return false;
	}
	*daemon = d;
	return true;
}

void
daemon_close(struct daemon *d)
{
	if (d == NULL)
		return;
	for (size_t i = 0; i < d->doors_n; i++)
		if (d->http[i] != NULL)
			http_quiesce(d->http[i]);
	for (size_t i = 0; i < d->doors_n; i++) {
		if (d->http[i] != NULL)
			http_stop(d->http[i], (unsigned)d->settings->drain);
		door_close(&d->doors[i]);
	}
	if (d->doors_n > 0)
		log_line(&d->log, LOG_INFO, "stopped", " ");
	if (d->caller >= 0)
		close(d->caller);
	service_close(d->service);
	buf_free(&d->certificate);
	buf_free(&d->key);
	free(d);
}
