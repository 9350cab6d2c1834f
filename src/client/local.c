#include "client/local.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/pidfd.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "proto/private.h"

#define SOCKET "s"
#define LOG "log"
#define FOLDER "local-%ld-XXXXXX" /* the number tells whose it was */
#define DYING_MS 100 /* between losing a connection and its other end */
#define STOP_MS 3000 /* for the answers that are still under way */

struct local {
	pid_t pid;
	int fd; /* our end; closing it ends the service */
	char *folder, *socket, *log, *target;
	char *dir; /* the store */
};

/* What a signal's handler may touch: paths that stand still. */
static struct {
	char socket[PATH_MAX], log[PATH_MAX], folder[PATH_MAX];
} leavings;

/* --- the folder ---------------------------------------------------------- */

static void
remove_folder(const char *folder)
{
	char *socket = file_join(folder, SOCKET, NULL);
	char *log = file_join(folder, LOG, NULL);

	unlink(socket);
	unlink(log);
	rmdir(folder);
	free(log);
	free(socket);
}

/* A client that was killed outright could not tidy up; the next one does. */
static void
sweep(const char *base)
{
	DIR *d = opendir(base);
	const struct dirent *e;
	long pid;

	while (d != NULL && (e = readdir(d)) != NULL) {
		char *path;

		if (sscanf(e->d_name, "local-%ld-", &pid) != 1 || pid <= 0 ||
		    kill((pid_t)pid, 0) == 0 || errno != ESRCH)
			continue;
		path = file_join(base, e->d_name, NULL);
		remove_folder(path);
		free(path);
	}
	if (d != NULL)
		closedir(d);
}

static bool
fits(const char *folder)
{
	return strlen(folder) + sizeof "/" SOCKET <=
	       sizeof((struct sockaddr_un *)0)->sun_path;
}

static char *
folder_in(const char *base)
{
	char *name = xasprintf(FOLDER, (long)getpid());
	char *folder = file_join(base, name, NULL);

	free(name);
	if (fits(folder) && mkdtemp(folder) != NULL)
		return folder;
	free(folder);
	return NULL;
}

/* The user's runtime folder; without one (no home, a name too long for a
 * socket) the machine's temporary folder. */
static bool
make_folder(struct local *l, struct err *err)
{
	char *base = file_xdg("RUNTIME");
	struct err ignored;

	if (file_mkdirs(base, &ignored)) {
		sweep(base);
		l->folder = folder_in(base);
	}
	free(base);
	if (l->folder == NULL)
		l->folder = folder_in("/tmp");
	if (l->folder == NULL)
		return err_sys(err, ERR_IO,
		    _("a folder for the private "
		      "service"));
	l->socket = file_join(l->folder, SOCKET, NULL);
	l->log = file_join(l->folder, LOG, NULL);
	l->target = xasprintf("unix:%s", l->socket);
	return true;
}

/* --- signals ------------------------------------------------------------- */

static const int fatal[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM};
#define FATAL (sizeof fatal / sizeof *fatal)

static void
on_fatal(int number)
{
	unlink(leavings.socket);
	unlink(leavings.log);
	rmdir(leavings.folder);
	signal(number, SIG_DFL);
	raise(number);
}

/* Screens install handlers of their own over these and come back in order. */
static void
guard(const struct local *l)
{
	struct sigaction action = {.sa_handler = on_fatal};

	snprintf(leavings.socket, sizeof leavings.socket, "%s", l->socket);
	snprintf(leavings.log, sizeof leavings.log, "%s", l->log);
	snprintf(leavings.folder, sizeof leavings.folder, "%s", l->folder);
	for (size_t i = 0; i < FATAL; i++) {
		struct sigaction now;

		/* What nohup or a shell had switched off stays off. */
		if (sigaction(fatal[i], NULL, &now) == 0 &&
		    now.sa_handler != SIG_IGN)
			sigaction(fatal[i], &action, NULL);
	}
}

static void
unguard(void)
{
	for (size_t i = 0; i < FATAL; i++) {
		struct sigaction now;

		if (sigaction(fatal[i], NULL, &now) == 0 &&
		    now.sa_handler == on_fatal)
			signal(fatal[i], SIG_DFL);
	}
}

/* --- the program --------------------------------------------------------- */

static char *
runnable(const char *folder, const char *name)
{
	char *path = file_join(folder, name, NULL);

	if (access(path, X_OK) == 0)
		return path;
	free(path);
	return NULL;
}

static char *
beside(const char *name)
{
	static const char *const below[] = {
	    ".", "../sbin", "../bin", "../libexec/hearth"};
	char self[PATH_MAX];
	ssize_t n = readlink("/proc/self/exe", self, sizeof self - 1);
	char *found = NULL;

	if (n <= 0)
		return NULL;
	self[n] = '\0';
	*strrchr(self, '/') = '\0';
	for (size_t i = 0; found == NULL && i < sizeof below / sizeof *below;
	     i++) {
		char *folder =
		    file_join(*self != '\0' ? self : "/", below[i], NULL);

		found = runnable(folder, name);
		free(folder);
	}
	return found;
}

char *
local_program(const char *name)
{
	const char *path = getenv("PATH");
	char *found = beside(name);

	while (found == NULL && path != NULL && *path != '\0') {
		size_t n = strcspn(path, ":");
		char *folder = xstrndup(path, n);

		if (*folder == '/')
			found = runnable(folder, name);
		free(folder);
		path += n + (path[n] == ':');
	}
	return found;
}

/* Between fork and exec: only what is safe there. */
static _Noreturn void
become(const struct local *l, const char *program, int fd)
{
	char number[16];
	int null = open("/dev/null", O_RDONLY);
	int log = open(l->log, O_WRONLY | O_CREAT | O_APPEND, 0600);

	/* Its own session: Ctrl-C is for us, who then end it in order. */
	setsid();
	if (null >= 0)
		dup2(null, STDIN_FILENO);
	if (log >= 0) {
		dup2(log, STDOUT_FILENO);
		dup2(log, STDERR_FILENO);
	}
	fcntl(fd, F_SETFD, 0);
	snprintf(number, sizeof number, "%d", fd);
	execl(program, program, "--store", l->dir, "--listen", l->target,
	    PRIVATE_OPTION, number, (char *)NULL);
	_exit(127);
}

static bool
spawn(struct local *l, struct err *err)
{
	char *program = local_program("hearthd");
	int fds[2];

	if (program == NULL)
		return err_set(err, ERR_UNREACHABLE,
		    _("hearthd is not found beside hearth nor on PATH"));
	if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, fds) < 0) {
		free(program);
		return err_sys(err, ERR_IO, "socketpair");
	}
	fflush(NULL);
	l->pid = fork();
	if (l->pid == 0)
		become(l, program, fds[1]);
	close(fds[1]);
	l->fd = fds[0];
	free(program);
	return l->pid > 0 || err_sys(err, ERR_IO, "fork");
}

/* --- its first word ------------------------------------------------------ */

/* Reads a line, waiting at most ms for each part of it; false at the end. */
static bool
first_line(int fd, int ms, char line[static PRIVATE_LINE])
{
	size_t n = 0;

	while (n < PRIVATE_LINE - 1) {
		struct pollfd p = {.fd = fd, .events = POLLIN};
		int ready = poll(&p, 1, ms);
		ssize_t got;

		if (ready < 0 && errno == EINTR)
			continue;
		got = ready > 0 ? read(fd, line + n, 1) : 0;
		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0 || line[n] == '\n')
			break;
		n++;
	}
	line[n] = '\0';
	return n > 0;
}

/* "error NAME TEXT": the service's own words about why it does not serve. */
static bool
refusal(char *line, struct err *err)
{
	char *name = line + strlen(PRIVATE_ERROR " ");
	char *text = strchr(name, ' ');

	if (text != NULL)
		*text++ = '\0';
	return err_set(err, err_from_name(name), "%s",
	    text != NULL ? text : _(err_message(err_from_name(name))));
}

/* It ended without a word: its log's last line is the best there is. */
static bool
silence(const struct local *l, struct err *err)
{
	struct buf log = {0};
	struct err ignored;
	char *last;

	if (!file_read(&log, l->log, 1 << 20, &ignored) || log.len == 0) {
		buf_free(&log);
		return err_set(err, ERR_UNREACHABLE,
		    _("the private service did not start"));
	}
	while (log.len > 0 && log.data[log.len - 1] == '\n')
		log.data[--log.len] = '\0';
	last = strrchr(log.data, '\n');
	err_set(err, ERR_UNREACHABLE,
	    _("the private service did not start: %s"),
	    last != NULL ? last + 1 : log.data);
	buf_free(&log);
	return false;
}

static bool
is_refusal(const char *line)
{
	return strncmp(line, PRIVATE_ERROR " ", strlen(PRIVATE_ERROR " ")) == 0;
}

bool
local_ready(struct local *l, int seconds, struct err *err)
{
	char line[PRIVATE_LINE];

	if (!first_line(l->fd, seconds * 1000, line))
		return silence(l, err);
	if (strcmp(line, PRIVATE_READY) == 0)
		return true;
	if (is_refusal(line))
		return refusal(line, err);
	return silence(l, err);
}

/* ------------------------------------------------------------------------- */

/* A folder that is not there is known before anything is started; what a
 * store's URL names, only the service can tell. */
static bool
may_be_store(const char *dir, struct err *err)
{
	struct stat st;

	if (strstr(dir, "://") != NULL ||
	    (stat(dir, &st) == 0 && S_ISDIR(st.st_mode)))
		return true;
	return err_set(err, ERR_NO_DATA,
	    _("there is no store in %s; make one: hearthctl --store sqlite:%s "
	      "init, then hearthctl --store sqlite:%s import PATH"),
	    dir, dir, dir);
}

bool
local_start(struct local **local, const char *dir, struct err *err)
{
	struct local *l;

	if (strncmp(dir, "sqlite:", 7) == 0)
		dir += 7;
	if (!may_be_store(dir, err))
		return false;
	l = xcalloc(1, sizeof *l);
	l->fd = -1;
	if (!make_folder(l, err)) {
		free(l);
		return false;
	}
	guard(l);
	l->dir = xstrdup(dir);
	if (!spawn(l, err)) {
		local_stop(l);
		return false;
	}
	*local = l;
	return true;
}

/* Waits for its end without sleeping; one that hangs is ended by force. */
static void
reap(pid_t pid)
{
	int fd = pidfd_open(pid, 0);
	struct pollfd p = {.fd = fd, .events = POLLIN};

	if (fd < 0 || poll(&p, 1, STOP_MS) <= 0)
		kill(pid, SIGKILL);
	if (fd >= 0)
		close(fd);
	while (waitpid(pid, NULL, 0) < 0 && errno == EINTR)
		;
}

bool
local_revive(struct local *l, int seconds, struct err *err)
{
	struct pollfd end = {.fd = l->fd};
	char line[PRIVATE_LINE];

	/* Whoever ends lets go of its descriptor; one that only is slow does
	 * not, and is left alone. */
	if (l->pid <= 0 || poll(&end, 1, DYING_MS) <= 0 ||
	    (end.revents & POLLHUP) == 0)
		return err_set(err, ERR_NONE, " ");
	/* It may have given its first answer and then found that it cannot
	 * serve: that is what its successor would say. */
	if (first_line(l->fd, 0, line) && is_refusal(line))
		return refusal(line, err);
	reap(l->pid);
	close(l->fd);
	l->fd = -1;
	l->pid = 0;
	unlink(l->socket);
	return spawn(l, err) && local_ready(l, seconds, err);
}

int
local_gate(const struct local *local)
{
	return local->fd;
}

const char *
local_target(const struct local *local)
{
	return local->target;
}

void
local_stop(struct local *l)
{
	if (l == NULL)
		return;
	if (l->fd >= 0)
		close(l->fd);
	if (l->pid > 0)
		reap(l->pid);
	remove_folder(l->folder);
	unguard();
	free(l->dir);
	free(l->folder);
	free(l->socket);
	free(l->log);
	free(l->target);
	free(l);
}
