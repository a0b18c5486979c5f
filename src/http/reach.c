/* reach.c - see the header. */
#include "http/reach.h"

#include "http/route.h"

struct reach reach_of(int64_t district)
{
    return (struct reach){{district, -1, -1, -1, -1, -1, -1, -1}};
}

struct reach staff_reach(const struct request *rq)
{
    struct reach r = reach_of(-1);
    size_t n = 0;
    if (staff_covers(rq, rq->city, 0, 0))
        return reach_of(0);
    for (size_t i = 0; i < rq->who->n_scopes; i++) {
        const struct scope *g = &rq->who->scopes[i];
        if (g->roles & rq->route->roles & STAFF && g->city == rq->city && !g->site_id) /* lists are of districts */
            r.district[n++] = g->district;
    }
    return r;
}
