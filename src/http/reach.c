/* reach.c - see the header. */
#include "http/reach.h"

#include "http/route.h"

struct reach reach_of(int64_t district)
{
    return (struct reach){{district, -1, -1, -1, -1, -1, -1, -1}};
}

static bool has(const struct reach *r, size_t n, int64_t district)
{
    for (size_t i = 0; i < n; i++)
        if (r->district[i] == district)
            return true;
    return false;
}

struct reach staff_reach(const struct request *rq)
{
    struct reach r = reach_of(-1);
    size_t n = 0;
    if (staff_covers(rq, rq->city, 0, 0))
        return reach_of(0);
    for (size_t i = 0; i < rq->who->n_scopes; i++) { /* of a site the district: lists are of what belongs to no site */
        const struct scope *g = &rq->who->scopes[i];
        if ((g->roles & rq->route->roles & STAFF) && g->city == rq->city && g->district && !has(&r, n, g->district))
            r.district[n++] = g->district;
    }
    return r;
}
