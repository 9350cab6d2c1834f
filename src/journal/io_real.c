/* The machine itself behind a struct io. */
#include "journal/io.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

static int
real_open(void *self, const char *path, enum io_open how)
{
	static const int flags[] = {
	    [IO_READ] = O_RDONLY,
	    [IO_WRITE] = O_RDWR,
	    [IO_CREATE] = O_RDWR | O_CREAT | O_EXCL,
	};

	(void)self;
	return open(path, flags[how] | O_CLOEXEC | O_NOFOLLOW, 0600);
}

static int
real_close(void *self, int fd)
{
	(void)self;
	return close(fd);
}

static ssize_t
real_read(void *self, int fd, void *p, size_t n, int64_t at)
{
	ssize_t got;

	(void)self;
	do
		got = pread(fd, p, n, at);
	while (got < 0 && errno == EINTR);
	return got;
}

static ssize_t
real_write(void *self, int fd, const void *p, size_t n, int64_t at)
{
	ssize_t put;

	(void)self;
	do
		put = pwrite(fd, p, n, at);
	while (put < 0 && errno == EINTR);
	return put;
}

static int64_t
real_size(void *self, int fd)
{
	struct stat st;

	(void)self;
	return fstat(fd, &st) == 0 ? st.st_size : -1;
}

static int
real_truncate(void *self, int fd, int64_t size)
{
	(void)self;
	return ftruncate(fd, size);
}

static int
real_sync(void *self, int fd)
{
	(void)self;
	return fdatasync(fd);
}

static int
real_rename(void *self, const char *from, const char *to)
{
	(void)self;
	return rename(from, to);
}

static int
real_unlink(void *self, const char *path)
{
	(void)self;
	return unlink(path);
}

static int
real_mkdir(void *self, const char *path)
{
	struct stat st;

	(void)self;
	if (mkdir(path, 0700) == 0)
		return 0;
	return errno == EEXIST && stat(path, &st) == 0 && S_ISDIR(st.st_mode)
		   ? 0
		   : -1;
}

static int
real_sync_dir(void *self, const char *path)
{
	int fd = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int rc, error;

	(void)self;
	if (fd < 0)
		return -1;
	rc = fsync(fd);
	error = errno;
	close(fd);
	errno = error;
	return rc;
}

static int
real_list(void *self, const char *path,
    void (*each)(void *arg, const char *name), void *arg)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	int error;

	(void)self;
	if (dir == NULL)
		return -1;
	errno = 0;
	while ((entry = readdir(dir)) != NULL)
		if (strcmp(entry->d_name, ".") != 0 &&
		    strcmp(entry->d_name, "..") != 0)
			each(arg, entry->d_name);
	error = errno;
	closedir(dir);
	errno = error;
	return error == 0 ? 0 : -1;
}

static int64_t
clock_ms(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static int64_t
real_wall(void *self)
{
	(void)self;
	return clock_ms(CLOCK_REALTIME);
}

/* Goes on while the machine sleeps, as the answers' ages do. */
static int64_t
real_mono(void *self)
{
	(void)self;
	return clock_ms(CLOCK_BOOTTIME);
}

static int
real_random(void *self, void *p, size_t n)
{
	(void)self;
	for (size_t have = 0; have < n;) {
		ssize_t got = getrandom((char *)p + have, n - have, 0);

		if (got < 0 && errno != EINTR)
			return -1;
		if (got > 0)
			have += (size_t)got;
	}
	return 0;
}

static int
real_boot_id(void *self, char id[static IO_BOOT_ID])
{
	int fd = open("/proc/sys/kernel/random/boot_id", O_RDONLY | O_CLOEXEC);
	ssize_t got;

	(void)self;
	memset(id, 0, IO_BOOT_ID);
	if (fd < 0)
		return -1;
	got = read(fd, id, IO_BOOT_ID - 1);
	close(fd);
	return got == IO_BOOT_ID - 1 ? 0 : -1;
}

/* --- one program at a time ----------------------------------------------- */

/* When a process began, in ticks since boot: a number is used again, a number
 * with its start is not. */
static unsigned long long
start_of(pid_t pid)
{
	char path[64], text[1024];
	unsigned long long start = 0;
	const char *p;
	ssize_t got;
	int fd;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return 0;
	got = read(fd, text, sizeof text - 1);
	close(fd);
	text[got > 0 ? got : 0] = '\0';
	p = strrchr(text, ')'); /* a name may hold anything */
	if (p == NULL ||
	    sscanf(p + 1,
		" %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %*u %*u %*d "
		"%*d %*d %*d %*d %*d %llu",
		&start) != 1)
		return 0;
	return start;
}

static void
real_me(void *self, char *text, size_t size)
{
	struct utsname host;

	(void)self;
	if (uname(&host) != 0)
		strcpy(host.nodename, "unknown");
	snprintf(text, size, "%d %llu %.64s", (int)getpid(), start_of(getpid()),
	    host.nodename);
}

/* Where the file system has no locks: whether who wrote the text still runs.
 * Of another machine nobody can know: it is taken to run. */
static bool
runs(const char *text)
{
	unsigned long long start;
	char boot[64], host[65], ours[IO_BOOT_ID];
	struct utsname here;
	int pid;

	if (sscanf(text, "%d %llu %64s %63s", &pid, &start, host, boot) != 4 ||
	    uname(&here) != 0)
		return false;
	if (strcmp(host, here.nodename) != 0)
		return true;
	if (real_boot_id(NULL, ours) != 0 || strcmp(boot, ours) != 0)
		return false;
	return start_of(pid) == start && pid != getpid();
}

static int
real_lock(
    void *self, const char *path, const char *text, char *holder, size_t size)
{
	struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
	int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	bool locked, known;
	ssize_t got;

	(void)self;
	if (fd < 0)
		return -1;
	/* Of the open file, not of the process: closing another descriptor of
	 * it must not end it. */
	locked = fcntl(fd, F_OFD_SETLK, &whole) == 0;
	known = locked || errno == EAGAIN || errno == EACCES;
	got = pread(fd, holder, size - 1, 0);
	holder[got > 0 ? got : 0] = '\0';
	if (!locked && (known || runs(holder))) {
		close(fd);
		errno = EAGAIN;
		return -1;
	}
	holder[0] = '\0';
	/* A full disk has no room for who holds it. Where the kernel keeps the
	 * lock that is no reason to take no answers: the reserve is there. */
	if ((ftruncate(fd, 0) != 0 ||
		pwrite(fd, text, strlen(text), 0) < (ssize_t)strlen(text)) &&
	    !locked) {
		close(fd);
		return -1;
	}
	return fd;
}

static void
real_unlock(void *self, int lock)
{
	(void)self;
	if (ftruncate(lock, 0) == 0)
		fdatasync(lock);
	close(lock);
}

const struct io io_real = {
    .ops =
	&(const struct io_ops){
	    .open = real_open,
	    .close = real_close,
	    .read = real_read,
	    .write = real_write,
	    .size = real_size,
	    .truncate = real_truncate,
	    .sync = real_sync,
	    .rename = real_rename,
	    .unlink = real_unlink,
	    .mkdir = real_mkdir,
	    .sync_dir = real_sync_dir,
	    .list = real_list,
	    .wall_ms = real_wall,
	    .mono_ms = real_mono,
	    .random = real_random,
	    .boot_id = real_boot_id,
	    .lock = real_lock,
	    .unlock = real_unlock,
	    .me = real_me,
	},
};
