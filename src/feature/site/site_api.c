/* site_api.c - the list of sites; adding one. */
#include "feature/site/site_store.h"
#include "http/page.h"
#include "http/route.h"

static enum err list(struct request *rq);
static enum err page(struct request *rq);
static enum err create(struct request *rq);

static const struct route routes[] = {
    ROUTE(GET, "/sites", ANYONE, page, .cached = true, .doc = "Page: all sites."),
    ROUTE(GET, "/api/v1/sites", ANYONE, list, .out = &site_record, .list = true, .cached = true, .doc = "All sites."),
    ROUTE(POST, "/api/v1/sites", CITY_ADMIN, create, .in = &site_record, .out = &site_record, .doc = "Adds a site."),
    {0}};

static enum err list(struct request *rq)
{
    struct site *v;
    size_t n;
    enum err e = site_all(rq, &v, &n);
    return e ? e : reply_items(rq, &site_record, v, n, 0);
}

static enum err page(struct request *rq)
{
    struct site *all;
    size_t n;
    struct view *v = view_new(rq->a);
    enum err e = site_all(rq, &all, &n);
    for (size_t i = 0; !e && i < n; i++)
        view_record(rq, view_item(v, "sites"), &site_record, &all[i]);
    return e ? e : reply_page(rq, "site/list", v);
}

static enum err create(struct request *rq)
{
    struct site *s = rq->in;
    s->id = new_id(rq);
    s->city = rq->city;
    audit_about(rq, &site_record, s->id);
    enum err e = site_add(rq, s);
    return e ? e : reply_done(rq, 201, &site_record, s, S("/sites"));
}

static const struct record *const records[] = {&site_record, NULL};
const struct feature site_feature = {.name = "site", .routes = routes, .queries = site_queries, .records = records};
