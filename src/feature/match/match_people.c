/* match_people.c - people for a shift: all that the engine knows are asked, the best are kept. */
#include <stdlib.h>
#include <string.h>

#include "feature/match/match_market.h"
#include "feature/trust/trust.h"
#include "http/feed.h"
#include "market/fair.h"

/* So many people are looked at before whoever wants to write gets his turn: about a millisecond. */
enum { STRIDE = 4096, GROUPS = 4 };

struct heap { /* the worst on top */
    struct match_candidate *v;
    size_t n, room;
};
struct search {
    const struct job *j;
    struct slot slot;
    struct usual_pay usual;
    struct others *others;
    const int64_t *apart;
    size_t n_apart;
    bool one_by_one; /* no couples, and the best of each group; else the best of all */
    struct heap best[GROUPS];
    int32_t pool[GROUPS]; /* how many there are */
};

/* Whether a comes behind b. */
static bool worse(const struct match_candidate *a, const struct match_candidate *b)
{
    return a->fit.rank != b->fit.rank ? a->fit.rank < b->fit.rank : a->person_id > b->person_id;
}

static void sink(struct match_candidate *h, size_t n, size_t i)
{
    for (size_t k; (k = 2 * i + 1) < n; i = k) {
        k += k + 1 < n && worse(&h[k + 1], &h[k]);
        if (!worse(&h[k], &h[i]))
            return;
        struct match_candidate t = h[k];
        h[k] = h[i];
        h[i] = t;
    }
}

static void keep(struct heap *h, const struct match_candidate *c)
{
    if (h->n == h->room) {
        if (!worse(&h->v[0], c))
            return;
        h->v[0] = *c;
        sink(h->v, h->n, 0);
        return;
    }
    size_t i = h->n++;
    for (; i && worse(c, &h->v[(i - 1) / 2]); i = (i - 1) / 2)
        h->v[i] = h->v[(i - 1) / 2];
    h->v[i] = *c;
}

/* Groups without any protected label: here for the first time or not, long without work or not. */
static int8_t group_of(const struct match_candidate *c)
{
    return (int8_t)(c->known + 2 * (c->idle_days >= IDLE_LONG_DAYS));
}

static bool known_to(const struct seeker *s, int64_t employer_id)
{
    for (int i = 0; i < s->n_ties; i++)
        if (s->ties[i].employer_id == employer_id)
            return true;
    return false;
}

static bool may(const struct search *s, const struct market_params *p, const struct seeker *x)
{
    return !hard_all(p, x, &s->slot, way_min(x, &s->slot)) && !trust_among(s->apart, s->n_apart, x->id);
}

/* The total less what else he could have, so that nobody is asked away from something better. */
static struct fit fit_here(const struct search *s, const struct market_params *p, const struct seeker *x)
{
    struct market_params own = match_params_of(p, &s->usual, x);
    struct fit fit = fit_score(&own, x, &s->slot);
    fit.rank = fit.total - (int32_t)(others_best(s->others, x->id, s->slot.id) * p->gamma / SCORE_ONE);
    return fit;
}

static void look_at(struct search *s, const struct finder *f, const struct market_params *p, const struct seeker *x)
{
    struct match_candidate c = {.person_id = x->id};
    bool both = x->seats > 1;
    if ((both && s->one_by_one) || !may(s, p, x))
        return;
    c.fit = fit_here(s, p, x);
    if (both) { /* once, by the lower id, when it is for both */
        const struct seeker *other = market_person(f, x->partner_id);
        if (!other || other->id < x->id || !may(s, p, other))
            return;
        c.partner_id = other->id;
        struct fit fit = fit_here(s, p, other);
        c.fit.total = (c.fit.total + fit.total) / 2;
        c.fit.rank = (c.fit.rank + fit.rank) / 2;
    }
    c.known = known_to(x, s->j->employer_id);
    c.idle_days = idle_days(p, x);
    c.days = x->days_in[s->slot.trade];
    c.reliable = x->reliable;
    int8_t at = s->one_by_one ? group_of(&c) : 0;
    s->pool[at]++;
    keep(&s->best[at], &c);
}

/* From the end: who goes leaves his place to the last, who then is met twice rather than never. */
static void look_at_all(struct request *rq, struct search *s)
{
    size_t at = SIZE_MAX;
    while (at) {
        struct finder *f = market_read(rq->app->market);
        size_t people = market_people(f), to;
        struct market_params p = match_params(rq, f, 0);
        s->usual = match_usual_pay(f);
        at = at < people ? at : people;
        to = at > STRIDE ? at - STRIDE : 0;
        while (at > to)
            look_at(s, f, &p, market_person_at(f, --at));
        market_done(f);
    }
}

static int best_first(const void *x, const void *y)
{
    const struct match_candidate *a = x, *b = y;
    return worse(a, b) - worse(b, a);
}

/* Nobody twice. */
static void put_in_order(struct heap *h)
{
    size_t kept = 0;
    if (h->n)
        qsort(h->v, h->n, sizeof *h->v, best_first);
    for (size_t i = 0; i < h->n; i++)
        if (!i || h->v[i].person_id != h->v[i - 1].person_id)
            h->v[kept++] = h->v[i];
    h->n = kept;
}

/* The best `most`: of each group, or of all. */
static enum err search(struct request *rq, const struct job *j, size_t most, struct search *s)
{
    int64_t *separate;
    enum err e = feed_catch_up(rq->app);
    s->j = j;
    s->slot = match_slot(j);
    s->others = rq->app->others;
    for (int k = 0; k < (s->one_by_one ? GROUPS : 1); k++)
        s->best[k] = (struct heap){.v = NEW_N(rq->a, most + 1, struct match_candidate), .room = most};
    if (!e)
        e = trust_apart_from(rq, j->employer_id, &separate, &s->n_apart);
    if (e || !most)
        return e;
    s->apart = separate;
    look_at_all(rq, s);
    for (int k = 0; k < GROUPS; k++)
        put_in_order(&s->best[k]);
    return OK;
}

enum err match_top_people(struct request *rq, const struct job *j, size_t most, struct match_candidate **ret, size_t *ret_n)
{
    struct search s = {.one_by_one = false};
    enum err e = search(rq, j, most, &s);
    *ret = s.best[0].v;
    *ret_n = e ? 0 : s.best[0].n;
    return e;
}

/* ---- what an employer sees ---- */

enum err match_candidates(struct request *rq, const struct job *j, struct match_candidate **ret, size_t *ret_n)
{
    struct search s = {.one_by_one = true}; /* couples are asked in waves and at the desk, as two */
    enum err e = search(rq, j, MATCH_CANDIDATES, &s);
    struct heap all = {.v = NEW_N(rq->a, GROUPS * MATCH_CANDIDATES, struct match_candidate)};
    int64_t *points = NEW_N(rq->a, GROUPS * MATCH_CANDIDATES, int64_t);
    int8_t *group = NEW_N(rq->a, GROUPS * MATCH_CANDIDATES, int8_t);
    int32_t *order = NEW_N(rq->a, MATCH_CANDIDATES, int32_t);
    for (int k = 0; !e && k < GROUPS; k++)
        for (size_t i = 0; i < s.best[k].n; i++)
            all.v[all.n++] = s.best[k].v[i];
    put_in_order(&all);
    struct fair_list list = {.points = points, .group = group, .n = (int32_t)all.n};
    for (size_t i = 0; i < all.n; i++) {
        points[i] = all.v[i].fit.rank;
        group[i] = group_of(&all.v[i]);
    }
    memcpy(list.pool, s.pool, sizeof s.pool);
    fair_first(rq->a, &list, FAIR_DELTA_PCT, MATCH_CANDIDATES, order);
    *ret_n = all.n < MATCH_CANDIDATES ? all.n : MATCH_CANDIDATES;
    *ret = NEW_N(rq->a, MATCH_CANDIDATES, struct match_candidate);
    for (size_t i = 0; i < *ret_n; i++)
        (*ret)[i] = all.v[order[i]];
    return e;
}
