/* router.h - from a bounded request to its reply. The server fills the raw parts of struct request,
 * then router_find; the lane calls router_run inside a transaction, router_fail when it failed. */
#pragma once
#include "http/route.h"

struct router;
/* Compiles all route tables. ERR_INPUT with a sentence: a route without roles, or twice. */
MUST_USE enum err router_new(struct arena *a, const struct feature *const *features,
                             struct router **ret, struct str *ret_why);
/* Finds rq->route and fills rq->params. ERR_NONE, ERR_METHOD. O(segments x what follows each). */
enum err router_find(const struct router *r, struct request *rq);
/* Session, CSRF, role, idempotency, body, ownership, handler, audit. Inside a transaction. */
enum err router_run(struct request *rq);
/* Session, CSRF, role, then the slow part of the route. Inside a read transaction. */
enum err router_before(struct request *rq);
/* For rq->renew, when the reply is made: inside a write transaction of its own. */
enum err router_renew(struct request *rq);
/* After rollback: shows the form again or makes the problem. Inside a read transaction. */
void router_fail(struct request *rq, enum err e);
/* What needs no database and would only hold up the write lane; router_run does it if nobody did. */
void router_ready(struct request *rq);
/* Rate limits; before any lane. */
enum err router_rate(struct request *rq);
/* method path roles in > out, one line each, sorted: tests/golden/routes.txt. */
struct buf;
void router_print(const struct router *r, struct buf *out);
/* All routes, sorted; for OpenAPI and the permission matrix. */
const struct route *const *router_routes(const struct router *r, size_t *ret_n);
/* For internal work: a session of role SYSTEM. */
void request_system(struct request *rq, struct app *app, struct arena *a);
const char *method_name(enum method m);
struct str router_allowed(const struct request *rq); /* "GET, HEAD, POST": what the address takes */
const char *role_name(int bit);
/* A form without the router's own names, which begin with an underscore. */
struct str router_fields(struct arena *a, struct str form);
extern const struct choice role_choices[]; /* bit by bit as in enum role */
