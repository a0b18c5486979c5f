/* session.c - see the header. The one place that says what a grant covers. */
#include "http/session.h"

#include "http/request.h"
#include "http/route.h"

static bool within(const struct scope *g, uint32_t roles, int64_t city, int64_t district)
{
    return (g->roles & roles) && g->city == city && (!g->district || g->district == district);
}

bool session_covers(const struct session *s, uint32_t roles, int64_t city, int64_t district, int64_t site_id)
{
    bool yes = s->roles & roles & SYSTEM;
    for (size_t i = 0; !yes && i < s->n_scopes; i++) {
        const struct scope *g = &s->scopes[i];
        yes = within(g, roles, city, district) && (!g->site_id || (site_id ? g->site_id == site_id : g->district != 0));
    }
    return yes;
}

bool session_covers_all(const struct session *s, uint32_t roles, int64_t city, int64_t district)
{
    bool yes = s->roles & roles & SYSTEM;
    for (size_t i = 0; !yes && i < s->n_scopes; i++)
        yes = !s->scopes[i].site_id && within(&s->scopes[i], roles, city, district);
    return yes;
}

bool staff_covers(const struct request *rq, int64_t city, int64_t district, int64_t site_id)
{
    return session_covers(rq->who, rq->route->roles & STAFF, city, district, site_id);
}

bool session_covers_or_none(const struct session *s, uint32_t roles, int64_t city, int64_t district)
{
    bool yes = session_covers(s, roles, city, district, 0);
    for (size_t i = 0; !yes && !district && i < s->n_scopes; i++)
        yes = session_covers(s, roles, city, s->scopes[i].district, 0);
    return yes;
}

bool staff_covers_or_none(const struct request *rq, int64_t city, int64_t district)
{
    return session_covers_or_none(rq->who, rq->route->roles & STAFF, city, district);
}

enum err staff_of_city(struct request *rq)
{
    return staff_covers(rq, rq->city, 0, 0) ? OK : ERR_DENIED;
}
