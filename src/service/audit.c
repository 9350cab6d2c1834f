#include "service/audit.h"

#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/json.h"

struct audit {
	int fd;
};

bool
audit_open(struct audit **audit, const char *path, struct err *err)
{
	int fd = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

	if (fd < 0)
		return err_sys(err, ERR_IO, _("audit: open %s"), path);
	*audit = xcalloc(1, sizeof **audit);
	(*audit)->fd = fd;
	return true;
}

void
audit_close(struct audit *a)
{
	if (a == NULL)
		return;
	close(a->fd);
	free(a);
}

static void
audit_line(struct buf *b, const struct audit_look *look)
{
	time_t now = time(NULL);
	struct tm tm;
	char at[32];
	struct json j;

	gmtime_r(&now, &tm);
	strftime(at, sizeof at, "%Y-%m-%dT%H:%M:%SZ", &tm);
	json_begin(&j, b);
	json_object(&j);
	json_kv_string(&j, "at", at);
	json_kv_string(&j, "who", look->who);
	json_kv_string(&j, "screen", look->screen);
	json_kv_int(&j, "generation", look->generation);
	json_key(&j, "children");
	json_array(&j);
	for (size_t i = 0; i < look->n; i++)
		json_string(&j, look->children[i]);
	json_array_end(&j);
	json_object_end(&j);
	buf_char(b, '\n');
}

bool
audit_add(struct audit *a, const struct audit_look *look, struct err *err)
{
	struct buf b = {0};
	bool ok;

	if (look->n == 0)
		return true;
	audit_line(&b, look);
	ok = file_write_all(a->fd, b.data, b.len, err) ||
	     err_prefix(err, _("audit"));
	buf_free(&b);
	return ok;
}
