#include "journal/news.h"

#include <stdlib.h>

#include "base/i18n.h"
#include "journal/box.h"
#include "journal/folder_part.h"
#include "journal/journal.h"

static char *
news_path(const struct folder *folder, const uint8_t *record)
{
	char name[JOURNAL_NAME];

	journal_name(name, record);
	return folder_file(folder, "news", name, ".hn");
}

bool
news_save(struct folder *folder, const uint8_t *record, const char *text,
    size_t len, struct err *err)
{
	char *path = news_path(folder, record);
	bool ok = folder_readonly(folder) ? err_set(err, ERR_READ_ONLY,
						_("the folder is held by %s"),
						folder_holder(folder))
					  : box_save(folder->io, folder->vault,
						BOX_NEWS, path, text, len, err);

	free(path);
	return ok;
}

bool
news_load(struct folder *folder, const uint8_t *record, struct buf *out,
    struct err *err)
{
	char *path = news_path(folder, record);
	bool ok = box_load(folder->io, folder->vault, BOX_NEWS, path, out, err);

	free(path);
	return ok;
}
