#include "base/login.h"

#include <pwd.h>
#include <stdlib.h>
#include <unistd.h>

const char *
login_name(void)
{
	const char *name = getenv("USER");
	const struct passwd *me;

	if (name != NULL && *name != '\0')
		return name;
	me = getpwuid(geteuid());
	return me != NULL ? me->pw_name : "";
}
