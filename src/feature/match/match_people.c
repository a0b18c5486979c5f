/* match_people.c - people for a shift: all that the engine knows are asked, the best are kept. */
#include <stdlib.h>

#include "feature/match/match_market.h"
#include "feature/trust/trust.h"
#include "http/feed.h"
#include "market/fair.h"

/* So many people are looked at before whoever wants to write gets his turn: about a millisecond. */
enum { STRIDE = 4096 };

struct search {
    const struct job *j;
    struct slot slot;
    struct usual_pay usual;
    struct others *others;
    const int64_t *apart;
    size_t n_apart;
    struct match_candidate *best; /* a heap, the worst on top */
    size_t n, room;
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

static void keep(struct search *s, const struct match_candidate *c)
{
    if (s->n == s->room) {
        if (!worse(&s->best[0], c))
            return;
        s->best[0] = *c;
        sink(s->best, s->n, 0);
        return;
    }
    size_t i = s->n++;
    for (; i && worse(c, &s->best[(i - 1) / 2]); i = (i - 1) / 2)
        s->best[i] = s->best[(i - 1) / 2];
    s->best[i] = *c;
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
    if (!may(s, p, x))
        return;
    c.fit = fit_here(s, p, x);
    if (x->seats > 1) { /* once, by the lower id, when it is for both */
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
    keep(s, &c);
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

enum err match_top_people(struct request *rq, const struct job *j, size_t most, struct match_candidate **ret, size_t *ret_n)
{
    struct search s = {.j = j, .slot = match_slot(j), .others = rq->app->others, .room = most, .best = NEW_N(rq->a, most + 1, struct match_candidate)};
    int64_t *separate;
    enum err e = feed_catch_up(rq->app);
    if (!e)
        e = trust_apart_from(rq, j->employer_id, &separate, &s.n_apart);
    *ret = s.best;
    *ret_n = 0;
    if (e || !most)
        return e;
    s.apart = separate;
    look_at_all(rq, &s);
    qsort(s.best, s.n, sizeof *s.best, best_first);
    for (size_t i = 0; i < s.n; i++)
        if (!i || s.best[i].person_id != s.best[i - 1].person_id)
            s.best[(*ret_n)++] = s.best[i];
    return OK;
}

/* ---- what an employer sees ---- */

/* Groups without any protected label: here for the first time or not, long without work or not. */
static int8_t group_of(const struct match_candidate *c)
{
    return (int8_t)(c->known + 2 * (c->idle_days >= IDLE_LONG_DAYS));
}

enum err match_candidates(struct request *rq, const struct job *j, struct match_candidate **ret, size_t *ret_n)
{
    struct match_candidate *all, *out = NEW_N(rq->a, MATCH_CANDIDATES + 1, struct match_candidate);
    size_t n, kept = 0;
    enum err e = match_top_people(rq, j, MATCH_CANDIDATES, &all, &n);
    for (size_t i = 0; !e && i < n; i++)
        if (!all[i].partner_id) /* couples are asked in waves and at the desk, as two */
            all[kept++] = all[i];
    n = kept;
    int64_t *points = NEW_N(rq->a, MATCH_CANDIDATES + 1, int64_t);
    int8_t *group = NEW_N(rq->a, MATCH_CANDIDATES + 1, int8_t);
    int32_t *order = NEW_N(rq->a, MATCH_CANDIDATES + 1, int32_t);
    for (size_t i = 0; !e && i < n; i++) {
        points[i] = all[i].fit.rank;
        group[i] = group_of(&all[i]);
    }
    if (!e)
        fair_guard(rq->a, points, group, (int32_t)n, FAIR_DELTA_PCT, (int32_t)n, order);
    for (size_t i = 0; !e && i < n; i++)
        out[i] = all[order[i]];
    *ret = out;
    *ret_n = e ? 0 : n;
    return e;
}
