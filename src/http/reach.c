/* reach.c - see the header. */
#include "http/reach.h"

#include "base/buf.h"
#include "http/route.h"

enum { DISTRICTS_BYTES = 64 << 10 };
const struct reach reach_city = {{"", 0}};

struct reach reach_of(struct arena *a, int64_t district)
{
    return district ? (struct reach){str_fmt(a, " %lld ", (long long)district)} : reach_city;
}

struct reach staff_reach(const struct request *rq)
{
    struct buf b;
    if (staff_covers(rq, rq->city, 0, 0))
        return reach_city;
    buf_init(&b, rq->a, DISTRICTS_BYTES);
    buf_c(&b, ' ');
    for (size_t i = 0; i < rq->who->n_scopes; i++) { /* of a site the district: lists are of what belongs to no site */
        const struct scope *g = &rq->who->scopes[i];
        if ((g->roles & rq->route->roles & STAFF) && g->city == rq->city && g->district)
            buf_fmt(&b, "%lld ", (long long)g->district);
    }
    return (struct reach){buf_str(&b)};
}

struct reach staff_reach_or_none(const struct request *rq)
{
    struct reach r = staff_reach(rq);
    return r.districts.n > 1 ? (struct reach){str_fmt(rq->a, " 0%.*s", SV(r.districts))} : r;
}
