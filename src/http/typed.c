/* typed.c - what was typed into a form, for the page that asks on. The browser keeps it, sealed, for a few minutes; here
 * nothing is kept, and a page that answered the form itself could not be gone back to. */
#include "http/config.h"
#include "http/request.h"
#include "http/router.h"
#include "record/seal.h"

enum { KEPT_S = 10 * 60 };

static struct seal_where where(struct request *rq, struct str page)
{
    return (struct seal_where){str_z(rq->a, str_cut(&page, '?')), "typed", rq->city, 0};
}

static void put(struct request *rq, struct str value, int seconds)
{
    bool tls = rq->app->config->tls;
    reply_cookie(rq, str_fmt(rq->a, "%styped=%.*s; Path=/; HttpOnly; SameSite=Lax; Max-Age=%d%s", tls ? "__Host-" : "", SV(value), seconds,
                             tls ? "; Secure" : ""));
}

enum err reply_next(struct request *rq, struct str page)
{
    struct str fields = router_fields(rq->a, rq->body);
    put(rq, seal_hex(rq->a, seal_put(rq->app->seal, rq->a, where(rq, page), fields)), KEPT_S);
    return reply_see(rq, page);
}

bool typed_before(struct request *rq, const struct record *form, void *ret)
{
    struct str sealed, fields;
    struct errors err = {0};
    return rq->cookie_typed.n && seal_unhex(rq->a, rq->cookie_typed, &sealed) &&
           seal_get(rq->app->seal, rq->a, where(rq, rq->path), sealed, &fields) &&
           record_from_form(rq->a, form, PUBLIC, fields, ret, NULL, &err);
}

void typed_forget(struct request *rq)
{
    if (rq->cookie_typed.n)
        put(rq, S(""), 0);
}
