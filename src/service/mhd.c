#include "service/mhd.h"

#define LIBRARY "libmicrohttpd.so.12"

union mhd_library mhd;

bool
mhd_load(struct err *err)
{
	return lazy_load(&mhd, LIBRARY, MHD_FUNCTIONS, err);
}
