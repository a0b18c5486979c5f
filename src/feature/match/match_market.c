/* match_market.c - fills the engine at the start and keeps it current from the change feed. */
#include "feature/match/match_market.h"

#include "base/log.h"
#include "http/feed.h"
#include "market/pairs.h"

enum { PAGE = 5000, PEOPLE_PAGE = 1000, STRIDE = 32 }; /* people come with what they worked */

struct match_law match_law_now(const struct request *rq)
{
    return (struct match_law){(int32_t)rule_number(rq, "age.min", 16), (int32_t)rule_number(rq, "age.night_min", 18),
                              (int32_t)rule_number(rq, "cancel.free_hours", 2)};
}

struct market_params match_limits(const struct request *rq)
{
    struct market_params p = market_defaults;
    p.now_min = cal_market_min(rq->now_ms);
    p.minors_never = MINORS_NEVER;
    p.rest_h = (int32_t)rule_number(rq, "rest.hours", p.rest_h);
    p.day_max_h = (int32_t)rule_number(rq, "day.max_hours", p.day_max_h);
    return p;
}

struct market_params match_params(const struct request *rq, const struct finder *f, uint8_t trade)
{
    struct market_params p = match_limits(rq);
    p.usual_hour_fen = market_usual_fen(f, trade);
    return p;
}

struct usual_pay match_usual_pay(const struct finder *f)
{
    struct usual_pay u;
    for (uint8_t k = 0; k < TRADES_MAX; k++)
        u.hour_fen[k] = market_usual_fen(f, k);
    return u;
}

/* ---- facts ---- */

/* In place of what is known of it; the price stays, since prices belong to the market, not to the row. */
static void put_slot(struct request *rq, const struct job *j)
{
    struct market *m = rq->app->market;
    struct fact f = {.kind = FACT_SLOT, .slot = match_slot(j)};
    bool shown = j->state == JOB_OPEN && j->cap > 0 && j->start_ms >= rq->now_ms && !job_underpaid(rq, j);
    struct finder *look = market_read(m);
    const struct slot *known = market_slot(look, j->shift_id);
    if (known) {
        f.slot.price = known->price;
        f.slot.suitors = known->suitors;
        f.slot.line = known->line;
    }
    market_done(look);
    if (shown)
        views_open(rq->app->views, &f.slot);
    if (!shown || !market_apply(m, &f))
        market_apply(m, &(struct fact){.kind = FACT_SLOT_GONE, .id = j->shift_id});
}

static void put_person(struct request *rq, const struct match_person *p)
{
    struct fact f = {.kind = FACT_PERSON, .person = match_seeker(p, match_law_now(rq), rq->now_ms)};
    if (!market_apply(rq->app->market, &f))
        log_at(LOG_WARN, "market: person %lld has values out of range", (long long)p->p.id);
}

/* *ret_partner_id: 0 = nobody. */
static enum err feed_one(struct request *rq, int64_t id, int64_t *ret_partner_id)
{
    struct match_person p = {.n_works = 0};
    enum err e = match_person_one(rq, id, &p);
    if (!e)
        put_person(rq, &p);
    else if (e == ERR_NONE)
        market_apply(rq->app->market, &(struct fact){.kind = FACT_PERSON_GONE, .id = id});
    *ret_partner_id = p.p.partner_id;
    return e == ERR_NONE ? OK : e;
}

/* What one of two says and takes is known of the other as well (add_partner). */
static enum err feed_person(struct request *rq, int64_t id)
{
    int64_t partner_id, same;
    enum err e = feed_one(rq, id, &partner_id);
    return e || !partner_id ? e : feed_one(rq, partner_id, &same);
}

enum err match_feed(struct request *rq, struct str what, int64_t id)
{
    struct job *v;
    size_t n;
    if (str_eq(what, S("person")))
        return feed_person(rq, id);
    bool slots = str_eq(what, S("shift")) || str_eq(what, S("job")) || str_eq(what, S("employer"));
    enum err e = slots ? match_slots_of(rq, what, id, &v, &n) : OK;
    for (size_t i = 0; !e && slots && i < n; i++)
        put_slot(rq, &v[i]);
    return e;
}

/* ---- the start ---- */

static enum err load_slots(struct request *rq)
{
    int64_t after = 0;
    struct job *v;
    size_t n;
    enum err e;
    do {
        e = match_slots_after(rq, after, PAGE, &v, &n);
        for (size_t i = 0; !e && i < n; i++)
            put_slot(rq, &v[i]);
        after = !e && n ? v[n - 1].shift_id : after;
        arena_reset(rq->a);
    } while (!e && n == PAGE);
    return e;
}

static enum err load_people(struct request *rq)
{
    int64_t after = 0;
    struct match_person *v;
    size_t n;
    enum err e;
    do {
        e = match_people_after(rq, after, PEOPLE_PAGE, &v, &n);
        for (size_t i = 0; !e && i < n; i++)
            put_person(rq, &v[i]);
        after = !e && n ? v[n - 1].p.id : after;
        arena_reset(rq->a);
    } while (!e && n == PEOPLE_PAGE);
    return e;
}

enum err match_start(struct request *rq)
{
    rq->app->market = market_new();
    rq->app->views = views_new();
    rq->app->others = others_new();
    rq->app->pairs = pairs_new(PAIRS_KEPT);
    enum err e = load_slots(rq);
    if (!e)
        e = load_people(rq);
    if (!e)
        prices_take(rq);
    return e;
}

void match_stop(struct app *app)
{
    market_free(app->market);
    views_free(app->views);
    others_free(app->others);
    pairs_free(app->pairs);
    app->market = NULL;
    app->views = NULL;
    app->others = NULL;
    app->pairs = NULL;
}

/* ---- time passes ---- */

enum err match_sweep(struct app *app)
{
    int64_t ids[PAGE];
    struct fact gone[STRIDE];
    size_t n = market_begun(app->market, cal_market_min(app->now_ms(app->clock)), ids, PAGE);
    for (size_t i = 0; i < n; i++) {
        gone[i % STRIDE] = (struct fact){.kind = FACT_SLOT_GONE, .id = ids[i]};
        if (i % STRIDE == STRIDE - 1 || i == n - 1)
            market_apply_all(app->market, gone, i % STRIDE + 1);
    }
    return OK;
}
