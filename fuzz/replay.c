/*
 * A plain main for a fuzz target: runs every file of the folders named on the
 * command line through it once, so that `make check` replays the corpus and
 * every crasher ever found, with any compiler.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "base/err.h"
#include "base/file.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static int
replay_file(const char *path)
{
	struct buf b = {0};
	struct err err;

	if (!file_read(&b, path, 64u << 20, &err)) {
		fprintf(stderr, "%s\n", err.text);
		return 1;
	}
	LLVMFuzzerTestOneInput((const uint8_t *)buf_text(&b), b.len);
	buf_free(&b);
	return 0;
}

static int
replay_folder(const char *path, int *run)
{
	DIR *dir = opendir(path);
	int failed = 0;

	if (dir == NULL) {
		perror(path);
		return 1;
	}
	for (struct dirent *e; (e = readdir(dir)) != NULL;) {
		char *file;

		if (e->d_name[0] == '.')
			continue;
		file = file_join(path, e->d_name, NULL);
		failed += replay_file(file);
		(*run)++;
		free(file);
	}
	closedir(dir);
	return failed;
}

int
main(int argc, char **argv)
{
	int run = 0, failed = 0;

	for (int i = 1; i < argc; i++)
		failed += replay_folder(argv[i], &run);
	if (run == 0) {
		fputs("replay: the corpus is empty\n", stderr);
		failed++;
	}
	printf(
	    "%d passed, %d failed\n", run > failed ? run - failed : 0, failed);
	return failed > 0;
}
