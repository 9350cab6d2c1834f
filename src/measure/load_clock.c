/* A clock's settings. */
#include "measure/load.h"

void
load_clock(struct loader *l, const config_setting_t *group)
{
	(void)l; (void)group;
}
