/*
 * A folder's files in clear: its keys and what tells its format. Any bytes
 * give an answer or an error, never a crash; and nothing is written.
 */
#include <stdint.h>
#include <stdlib.h>

#include "journal/folder.h"
#include "lib/disk.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct disk *disk = disk_new(1);
	uint8_t office[VAULT_PUBLIC];
	struct err err;

	disk_put(disk, "/f/keys", data, size);
	disk_put(disk, "/f/format", data, size);
	vault_office(disk_io(disk), "/f", office, &err);
	folder_exists(disk_io(disk), "/f");
	if (disk_calls(disk, DISK_WRITE) > 0)
		abort();
	disk_free(disk);
	return 0;
}
