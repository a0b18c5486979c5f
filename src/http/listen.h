/* listen.h - a socket that listens on "[::]:8080" or "127.0.0.1:8080". */
#pragma once
#include "base/str.h"

/* Also ":8080" and "8080", which mean every address. -1 with one sentence. */
int listen_socket(struct arena *a, struct str address, struct str *ret_why);
/* The host of it as an address for a browser names it: 192.0.2.1, [2001:db8::1]; [::] or 0.0.0.0 for every address, also
 * for what is none. */
struct str listen_host(struct arena *a, struct str address);
