#include "measure/halves.h"

#include <pthread.h>
#include <stdbool.h>
#include <stddef.h>

struct half {
	void (*run)(void *half);
	void *half;
};

static void *
half_run(void *arg)
{
	const struct half *h = arg;

	h->run(h->half);
	return NULL;
}

void
halves_run(void (*run)(void *half), void *first, void *second)
{
	struct half other = {run, second};
	pthread_t thread;
	bool apart = pthread_create(&thread, NULL, half_run, &other) == 0;

	run(first);
	if (apart)
		pthread_join(thread, NULL);
	else
		run(second);
}
