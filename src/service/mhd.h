/*
 * libmicrohttpd's functions, found when the first door is opened. The library
 * brings GnuTLS, which took a third of the time until a private service gave
 * its first answer; that one is given before there is a library (porch.h). See
 * base/lazy.h.
 */
#ifndef HEARTH_SERVICE_MHD_H
#define HEARTH_SERVICE_MHD_H

#include <microhttpd.h>

#include "base/lazy.h"

/* clang-format off */
#define MHD_FUNCTIONS(F) \
	F(MHD_add_connection) F(MHD_add_response_header) \
	F(MHD_create_response_from_buffer) \
	F(MHD_create_response_from_buffer_with_free_callback) \
	F(MHD_destroy_response) F(MHD_get_connection_info) \
	F(MHD_get_connection_values_n) F(MHD_lookup_connection_value) \
	F(MHD_queue_response) F(MHD_start_daemon) F(MHD_stop_daemon)
/* clang-format on */

/* mhd.MHD_stop_daemon() is MHD_stop_daemon(); NULL until mhd_load(). */
extern LAZY(mhd_library, MHD_FUNCTIONS) mhd;

/* Once is enough; again costs nothing. One thread does it, before there are
 * others. */
bool mhd_load(struct err *err);

#endif
