/* site_api.c - the list of sites; adding one. */
#include "feature/site/site_store.h"
#include "feature/job/job.h"
#include "http/page.h"
#include "http/places.h"
#include "http/route.h"

static enum err list(struct request *rq);
static enum err page(struct request *rq);
static enum err show(struct request *rq);
static enum err create(struct request *rq);

static const struct route routes[] = {
    ROUTE(GET, "/sites", ANYONE, page, .cached = true, .doc = "Page: all sites."),
    ROUTE(GET, "/sites/:site", ANYONE, show, .cached = true, .doc = "Page: one site and the work around it."),
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

enum { AROUND_M = 3000, AROUND = 12 };

static enum err show(struct request *rq)
{
    struct site s;
    struct job *j;
    struct view *v = view_new(rq->a);
    size_t n = 0;
    enum err e = site_get(rq, param_id(rq, "site"), &s);
    if (!e && geo_known(s.place))
        e = job_shown_near(rq, (struct circle){s.place, AROUND_M}, rq->now_ms + 3 * DAY_MS, AROUND, &j, &n);
    if (e)
        return e;
    view_record(rq, v, &site_record, &s);
    view_str(v, "title", s.name);
    for (size_t i = 0; i < n; i++)
        job_view(rq, view_item(v, "jobs"), &j[i], s.place);
    view_bool(v, "any_jobs", n);
    return reply_page(rq, "site/show", v);
}

static enum err create(struct request *rq)
{
    struct site *s = rq->in;
    if (!geo_known(s->place))
        s->place = place_of(rq, s->address);
    s->id = new_id(rq);
    s->city = rq->city;
    audit_about(rq, &site_record, s->id);
    enum err e = site_add(rq, s);
    return e ? e : reply_done(rq, 201, &site_record, s, S("/sites"));
}

static const struct record *const records[] = {&site_record, NULL};
const struct feature site_feature = {.name = "site", .routes = routes, .queries = site_queries, .records = records};
