/* Prints hearth(1)'s section on keys from the tables of requests and acts. */
#include <stdio.h>
#include <string.h>

#include "client/acts.h"
#include "client/panel.h"

static void
print_keys(const char *keys)
{
	fputs(".It", stdout);
	while (*keys) {
		size_t len = strcspn(keys, " ");

		/* A sign alone would be taken for punctuation. */
		printf(" Ic %s%.*s", len == 1 ? "\\&" : "", (int)len, keys);
		keys += len;
		keys += strspn(keys, " ");
	}
	putchar('\n');
}

/* What W leads to, by the kinds of rows. */
static void
print_acts(void)
{
	unsigned at = 0;

	for (int i = 0; i < ACTS; i++) {
		if (acts[i].at != at) {
			if (at != 0)
				puts(".El");
			printf(".Ss \\&%s\n", act_at_title(acts[i].at));
			puts(".Bl -tag -width \"PgDn Space ^F\" -compact");
		}
		at = acts[i].at;
		printf(".It Ic W %c\n%s.\n", acts[i].key, acts[i].title);
	}
	puts(".El");
}

int
main(void)
{
	size_t group = 0;

	for (int r = 0; r < REQUESTS; r++) {
		const char *help = request_infos[r].help;

		if (group < request_group_count &&
		    (int)request_groups[group].first == r) {
			if (group)
				puts(".El");
			printf(".Ss %s\n", request_groups[group++].title);
			puts(".Bl -tag -width \"PgDn Space ^F\" -compact");
		}
		print_keys(request_infos[r].keys);
		printf("%c%s.\n",
		    help[0] >= 'a' && help[0] <= 'z' ? help[0] - 'a' + 'A'
						     : help[0],
		    help + 1);
	}
	puts(".El");
	print_acts();
	return 0;
}
