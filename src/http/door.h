/* door.h - who may come in: how many connections from one address, and how long a request may take to
 * arrive and its reply to be taken. An idle timeout alone bounds none: one byte now and then keeps a
 * connection for ever. */
#pragma once
#include <microhttpd.h>

#include "http/app.h"

/* Between two requests a connection rests IDLE_S. A body beyond the first seconds (config.arrival_s)
 * arrives with ARRIVAL_BYTES_S at least, a reply beyond its first (config.reply_s) is taken with
 * REPLY_BYTES_S: slower than any phone network of today. A stream has no end. */
enum { IDLE_S = 65, ARRIVAL_BYTES_S = 8 << 10, REPLY_BYTES_S = 4 << 10 };

struct door;
struct nets;
/* `most` connections from an address (or /64 of IPv6) that is none of `proxies`. */
struct door *door_new(const struct app *app, int64_t most, const struct nets *proxies);
void door_free(struct door *d); /* after the daemons have ended */

/* For libmicrohttpd; cls is the door. The socket context of a connection becomes its visitor. */
enum MHD_Result door_ask(void *cls, const struct sockaddr *from, socklen_t len);
void door_notify(void *cls, struct MHD_Connection *c, void **context, enum MHD_ConnectionNotificationCode what);

/* The times of a visitor: a request began, so much of its body has come, it is whole, a
 * reply of so many bytes is ready, it is answered. */
struct visitor;
struct visitor *door_visitor(struct MHD_Connection *c);
void visitor_begins(struct visitor *v);
void visitor_brings(struct visitor *v, size_t bytes);
void visitor_waits(struct visitor *v);
void visitor_takes(struct visitor *v, size_t bytes);
void visitor_rests(struct visitor *v);

/* Every second or so: shuts the connections whose time is over. O(connections). */
void door_sweep(struct door *d);
