/* server.h - libmicrohttpd around the router: bounded requests in, replies out. */
#pragma once
#include "http/app.h"

struct server;
/* Listens on config.listen. ERR_DB with one sentence when a port is taken. */
MUST_USE enum err server_start(struct arena *a, struct app *app, struct server **ret,
                               struct str *ret_why);
/* No new connections; waiting requests are answered; then everything is closed. */
void server_stop(struct server *s);
/* Every second: shuts connections whose request takes too long to arrive. */
void server_sweep(struct server *s);
int server_port(const struct server *s); /* of the first listener; tests listen on port 0 */
