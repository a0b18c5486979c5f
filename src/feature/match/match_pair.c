/* match_pair.c - two shifts that belong together, from the engine's lists (pair.h); the database is asked again. */
#include "feature/match/match_pair.h"

#include "feature/match/match_market.h"
#include "feature/trust/trust.h"
#include "http/feed.h"
#include "http/page.h"

static bool meets(const void *arg, const struct market_params *p, const struct slot *t)
{
    const struct match_side *x = arg;
    (void)p;
    return !trust_among(x->apart, x->n_apart, t->employer_id);
}

/* Each takes a shift of his own. */
static struct seeker alone(const struct seeker *s)
{
    struct seeker one = *s;
    one.seats = 1;
    return one;
}

/* The best MARKET_TOP by rank alone. All that is looked at: a search for half-day shifts only would look at nearly every
 * slot where there are few of them. */
static struct pair_list tops_of(struct request *rq, struct finder *f, const struct match *m, const struct match_side *x, struct question q)
{
    struct market_params p = m->params;
    const struct hit *hits;
    p.usual_hour_fen = market_usual_fen(f, x->seeker.trade);
    q.strict = true;
    q.k = MARKET_TOP;
    q.lets = meets;
    q.arg = x;
    size_t n = market_top(f, &p, &x->seeker, &q, &hits);
    struct hit *v = NEW_N(rq->a, n + 1, struct hit);
    for (size_t i = 0; i < n; i++)
        v[i] = hits[i];
    return (struct pair_list){v, n};
}

static size_t find(struct request *rq, struct finder *f, const struct match *m, struct question q, struct pair ret[PAIRS_MOST])
{
    const struct match_side one = {alone(&m->seeker), m->apart, m->n_apart};
    const struct match_side other = {alone(&m->other.seeker), m->other.apart, m->other.n_apart};
    struct pair_list a = tops_of(rq, f, m, &one, q);
    if (!m->both)
        return pairs_of_day(&m->params, &one.seeker, &a, ret);
    struct pair_list b = tops_of(rq, f, m, &other, q);
    return pairs_at_place(&a, &b, ret);
}

static void put_half(struct match *m, size_t i, const struct hit *x)
{
    m->slots[i] = *x->slot;
    m->fits[i] = x->fit;
}

/* As m, with places for n shifts. */
static void begin(struct request *rq, const struct match *m, size_t n, struct match_twos *ret)
{
    *ret = (struct match_twos){.m = *m};
    ret->m.n = n;
    ret->m.jobs = NEW_N(rq->a, n + 1, struct job);
    ret->m.slots = NEW_N(rq->a, n + 1, struct slot);
    ret->m.fits = NEW_N(rq->a, n + 1, struct fit);
}

static void look(struct request *rq, const struct match_wish *w, const struct match *m, struct match_twos *ret)
{
    struct pair v[PAIRS_MOST];
    struct question q = match_question(rq, w, m);
    struct finder *f = market_read(rq->app->market);
    size_t n = find(rq, f, m, q, v);
    begin(rq, m, 2 * n, ret);
    for (size_t k = 0; k < n; k++) {
        put_half(&ret->m, 2 * k, v[k].first);
        put_half(&ret->m, 2 * k + 1, v[k].second);
        ret->between_min[k] = v[k].between_min;
    }
    market_done(f);
}

static void move_pair(struct match_twos *x, size_t to, size_t from)
{
    for (size_t i = 0; i < 2; i++) {
        x->m.jobs[2 * to + i] = x->m.jobs[2 * from + i];
        x->m.slots[2 * to + i] = x->m.slots[2 * from + i];
        x->m.fits[2 * to + i] = x->m.fits[2 * from + i];
    }
    x->between_min[to] = x->between_min[from];
}

/* Keeps the pairs of which both halves may still be shown. */
static enum err ask_again(struct request *rq, struct match_twos *x)
{
    int64_t ids[2 * PAIRS_MOST];
    bool shown[2 * PAIRS_MOST];
    size_t kept = 0;
    for (size_t i = 0; i < x->m.n; i++)
        ids[i] = x->m.slots[i].id;
    enum err e = job_shown_these(rq, ids, x->m.n, x->m.jobs, shown);
    for (size_t k = 0; !e && k < x->m.n / 2; k++) {
        const struct job *j = &x->m.jobs[2 * k];
        if (shown[2 * k] && shown[2 * k + 1] && !job_underpaid(rq, j) && !job_underpaid(rq, j + 1))
            move_pair(x, kept++, k);
    }
    x->m.n = 2 * kept;
    return e;
}

enum err match_twos(struct request *rq, const struct match_wish *w, const struct match *m, struct match_twos *ret)
{
    *ret = (struct match_twos){.m = *m};
    ret->m.n = 0;
    if (!m->person_id || w->order != ORDER_FIT || w->wide)
        return OK;
    look(rq, w, m, ret);
    return ret->m.n ? ask_again(rq, ret) : OK;
}

/* What stands between one and a shift, the other half of the pair held already where it is his. */
static uint32_t stands(const struct request *rq, const struct match_side *x, const struct slot *t, const struct job *j, const struct market_params *p)
{
    return (hard_all(p, &x->seeker, t, way_min(&x->seeker, t)) & ~(1u << HARD_FULL)) | (uint32_t)!meets(x, p, t) << HARD_BLOCKED |
           (uint32_t)job_underpaid(rq, j) << HARD_MINPAY;
}

static struct fit fit_half(const struct request *rq, const struct match_side *x, const struct slot *t, const struct job *j, const struct market_params *p)
{
    struct fit f = fit_score(p, &x->seeker, t);
    f.hard_all = stands(rq, x, t, j, p);
    f.hard = hard_first(f.hard_all);
    return f;
}

static void hold(struct seeker *s, const struct slot *t)
{
    if (s->n_busy < MAX_BUSY)
        s->busy[s->n_busy++] = (struct busy){t->start_min, t->end_min, slot_work_min(t), t->place};
}

static void fit_both(struct request *rq, struct match *m)
{
    const struct market_params p = m->params;
    const struct match_side one = {alone(&m->seeker), m->apart, m->n_apart};
    struct match_side second = m->both ? m->other : one;
    second.seeker.seats = 1;
    if (!m->both)
        hold(&second.seeker, &m->slots[0]);
    m->fits[0] = fit_half(rq, &one, &m->slots[0], &m->jobs[0], &p);
    m->fits[1] = fit_half(rq, &second, &m->slots[1], &m->jobs[1], &p);
    m->other_hard = m->both ? m->fits[1].hard_all : 0;
}

static enum err prepare(struct request *rq, const struct match_wish *w, int64_t about_ms, struct match *m)
{
    *m = (struct match){.n = 0};
    enum err e = feed_catch_up(rq->app);
    if (!e)
        e = match_load(rq, w, about_ms, m);
    if (e)
        return e;
    struct question q = match_question(rq, w, m);
    struct finder *f = market_read(rq->app->market);
    m->params = match_params(rq, f, m->seeker.trade);
    m->usual = market_usual(f, &m->params, &m->seeker, &q);
    market_done(f);
    return OK;
}

enum err match_twos_for(struct request *rq, const struct match_wish *w, struct match_twos *ret)
{
    struct match m;
    enum err e = prepare(rq, w, 0, &m);
    return e ? e : match_twos(rq, w, &m, ret);
}

enum err match_pair_one(struct request *rq, int64_t person_id, const struct job two[2], struct match_twos *ret)
{
    struct match m;
    struct match_wish w = {.person_id = person_id, .trade = -1, .day = -1};
    enum err e = prepare(rq, &w, two[0].start_ms, &m);
    if (e)
        return e;
    begin(rq, &m, 2, ret);
    struct finder *f = market_read(rq->app->market);
    for (size_t i = 0; i < 2; i++) {
        const struct slot *t = market_slot(f, two[i].shift_id);
        ret->m.jobs[i] = two[i];
        ret->m.slots[i] = t ? *t : match_slot(&two[i]);
    }
    market_done(f);
    fit_both(rq, &ret->m);
    struct point a = ret->m.slots[0].place, b = ret->m.slots[1].place;
    ret->between_min[0] = point_known(a) && point_known(b) ? geo_travel_min(point_m(a, b)) : -1;
    return OK;
}

bool match_at_one_place(const struct job *a, const struct job *b)
{
    struct slot x = match_slot(a), y = match_slot(b);
    return slots_at_a_place(&x, &y);
}

/* ---- the card ---- */

/* The first or the second of a day; for whom of two. */
static const char *const parts[2][2] = {{"pair.first", "pair.second"}, {"pair.you", "pair.other"}};

static void view_half(struct request *rq, struct view *v, const struct match *m, size_t i, size_t part)
{
    view_str(v, "part", text(rq, parts[m->both][part]));
    view_bool(v, "from_home", !part);
    if (m->both && part) /* how it fits the other is his own matter */
        job_view(rq, v, &m->jobs[i], (struct geo){0, 0});
    else
        match_card(rq, v, m, i);
}

void match_pair_card(struct request *rq, struct view *v, const struct match_twos *x, size_t k)
{
    const struct job *j = &x->m.jobs[2 * k];
    int32_t way = x->between_min[k];
    const char *between = x->m.both || !way ? "pair.one_place" : way < 0 ? "pair.way_unknown" : "pair.way";
    view_bool(v, "both", x->m.both);
    view_str(v, "pair_title", text(rq, x->m.both ? "pair.place" : "pair.day"));
    view_str(v, "pair_href", str_fmt(rq->a, "/jobs/%lld/with/%lld", (long long)j[0].shift_id, (long long)j[1].shift_id));
    view_str(v, "pair_pay", show_yuan(rq, (job_shift_fen(&j[0]) + job_shift_fen(&j[1]) + 50) / 100 * 100));
    view_str(v, "between", text_n(rq, between, way));
    for (size_t i = 0; i < 2; i++)
        view_half(rq, view_item(v, "halves"), &x->m, 2 * k + i, i);
}
