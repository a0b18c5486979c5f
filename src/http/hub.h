/* hub.h - server-sent events: who listens to which topic. An event says only that a topic changed;
 * the page fetches itself again, so nothing is lost when one is missed. */
#pragma once
#include "base/str.h"

struct hub;
struct MHD_Connection;
struct MHD_Response;
struct hub *hub_new(void);
void hub_free(struct hub *h);
/* The endless response of one listener; NULL when there are too many. */
struct MHD_Response *hub_listen(struct hub *h, struct MHD_Connection *c, const char *topic);
void hub_publish(struct hub *h, struct str topic); /* h may be NULL: nobody listens */
void hub_beat(struct hub *h);                      /* every 15 s, so that proxies keep the line */
void hub_stop(struct hub *h);                      /* ends all streams */
size_t hub_listeners(struct hub *h);
