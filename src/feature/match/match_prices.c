/* match_prices.c - places everyone who looks for work at once, and tells the market the prices. */
#include <stdlib.h>
#include <time.h>

#include "base/log.h"
#include "feature/match/match_market.h"
#include "http/feed.h"
#include "market/couple.h"

enum { EDGES = 40, FIRST = 5, LOOKS_FOR_DAYS = 60, STRIDE = 64 };

/* What one person would take, by slot. */
struct wish {
    int64_t slot_id;
    int32_t score;
    bool first; /* among the first five */
};
struct placing {
    struct arena *a;
    struct batch b;
    int64_t *slot_id; /* ascending; batch slot k */
    int32_t *suitors; /* per slot */
    struct wish *wish;
    int64_t *partner; /* per person: id of who must go along, or 0 */
    int64_t *person;
    int32_t n_wishes;
    struct fact news[STRIDE]; /* prices not yet told to the market */
    size_t n_news, told;
};

static int by_slot(const void *x, const void *y)
{
    const struct wish *a = x, *b = y;
    return (a->slot_id > b->slot_id) - (a->slot_id < b->slot_id);
}

static int by_id(const void *x, const void *y)
{
    int64_t a = *(const int64_t *)x, b = *(const int64_t *)y;
    return (a > b) - (a < b);
}

/* The best EDGES of one person, prices left out. */
static void wishes_of(struct request *rq, struct finder *f, const struct seeker *s, struct placing *pl)
{
    const struct hit *hits;
    struct market_params p = match_params(rq, f, s->trade);
    int32_t today = cal_day(rq->now_ms);
    struct question q = {.order = ORDER_FIT, .trades = ALL_TRADES, .from_min = p.now_min, .to_min = (today + MATCH_DAYS) * 1440,
                    .today = today, .k = EDGES};
    p.gamma = 0;
    size_t n = market_top(f, &p, s, &q, &hits);
    struct wish *v = pl->wish + pl->n_wishes;
    for (size_t i = 0; i < n; i++)
        v[i] = (struct wish){hits[i].slot->id, hits[i].fit.total, i < FIRST};
    qsort(v, n, sizeof *v, by_slot);
    pl->n_wishes += (int32_t)n;
}

static bool looks(const struct request *rq, const struct seeker *s)
{
    return idle_days(&(struct market_params){.now_min = cal_market_min(rq->now_ms)}, s) <= LOOKS_FOR_DAYS;
}

/* Everybody's wishes. The market is let go between two people, so that nobody waits for this. False: the
 * program ends. */
static bool ask_all(struct request *rq, struct placing *pl)
{
    struct finder *f = market_read(rq->app->market);
    size_t n = market_people(f);
    market_done(f);
    pl->wish = NEW_N(pl->a, n * EDGES + 1, struct wish);
    pl->person = NEW_N(pl->a, n + 1, int64_t);
    pl->partner = NEW_N(pl->a, n + 1, int64_t);
    int32_t *row = NEW_N(pl->a, n + 1, int32_t);
    for (size_t i = 0; i < n && !rq->app->stopping; i++) {
        f = market_read(rq->app->market);
        const struct seeker *s = i < market_people(f) ? market_person_at(f, i) : NULL;
        if (s && looks(rq, s)) {
            pl->person[pl->b.people] = s->id;
            pl->partner[pl->b.people] = s->seats > 1 ? s->partner_id : 0;
            wishes_of(rq, f, s, pl);
            row[++pl->b.people] = pl->n_wishes;
        }
        market_done(f);
    }
    pl->b.row = row;
    return !rq->app->stopping;
}

static int32_t place_in(const int64_t *v, int32_t n, int64_t id)
{
    const int64_t *x = bsearch(&id, v, (size_t)n, sizeof *v, by_id);
    return x ? (int32_t)(x - v) : -1;
}

/* Numbers the slots 0.. by id, and turns the wishes into edges. */
static void number_slots(struct request *rq, struct placing *pl)
{
    size_t n = (size_t)pl->n_wishes;
    int32_t *slot = NEW_N(pl->a, n + 1, int32_t), *score = NEW_N(pl->a, n + 1, int32_t), *cap;
    pl->slot_id = NEW_N(pl->a, n + 1, int64_t);
    for (size_t e = 0; e < n; e++)
        pl->slot_id[e] = pl->wish[e].slot_id;
    qsort(pl->slot_id, n, sizeof *pl->slot_id, by_id);
    for (size_t e = 0; e < n; e++)
        if (!e || pl->slot_id[e] != pl->slot_id[e - 1])
            pl->slot_id[pl->b.slots++] = pl->slot_id[e];
    cap = NEW_N(pl->a, (size_t)pl->b.slots + 1, int32_t);
    pl->suitors = NEW_N(pl->a, (size_t)pl->b.slots + 1, int32_t);
    for (size_t e = 0; e < n; e++) {
        slot[e] = place_in(pl->slot_id, pl->b.slots, pl->wish[e].slot_id);
        score[e] = pl->wish[e].score;
        pl->suitors[slot[e]] += pl->wish[e].first;
    }
    struct finder *f = market_read(rq->app->market);
    for (int32_t k = 0; k < pl->b.slots; k++) {
        const struct slot *t = market_slot(f, pl->slot_id[k]);
        cap[k] = t ? t->left : 0;
    }
    market_done(f);
    pl->b.slot = slot;
    pl->b.score = score;
    pl->b.cap = cap;
}

/* Those who go only together, each pair once. */
static int32_t couples_of(struct placing *pl, struct couple *ret)
{
    int32_t n = 0, people = pl->b.people;
    struct wish *at = NEW_N(pl->a, (size_t)people + 1, struct wish); /* person id and number */
    for (int32_t i = 0; i < people; i++)
        at[i] = (struct wish){pl->person[i], i, false};
    qsort(at, (size_t)people, sizeof *at, by_slot);
    for (int32_t i = 0; i < people; i++) {
        struct wish key = {.slot_id = pl->partner[i]};
        const struct wish *x = key.slot_id ? bsearch(&key, at, (size_t)people, sizeof *at, by_slot) : NULL;
        if (x && pl->partner[x->score] == pl->person[i] && pl->person[i] < pl->partner[i])
            ret[n++] = (struct couple){i, x->score};
    }
    return n;
}

static void tell_news(struct market *m, struct placing *pl)
{
    const struct timespec pause = {0, 1000000};
    market_apply_all(m, pl->news, pl->n_news);
    pl->told += pl->n_news;
    pl->n_news = 0;
    nanosleep(&pause, NULL);
}

/* Only what is new, and with a pause after each stride: writers go before readers, and lists shall not wait
 * for a whole city. */
static void tell(struct market *m, struct placing *pl, int64_t slot_id, int32_t price, int32_t suitors)
{
    struct finder *f = market_read(m);
    const struct slot *t = market_slot(f, slot_id);
    bool known = !t || (t->price == price && t->suitors == suitors);
    market_done(f);
    if (known)
        return;
    pl->news[pl->n_news++] = (struct fact){.kind = FACT_PRICE, .id = slot_id, .price = price, .suitors = suitors};
    if (pl->n_news == STRIDE)
        tell_news(m, pl);
}

/* Prices of slots that nobody wished for fall back to 0. */
static void clear_others(struct market *m, struct placing *pl)
{
    struct finder *f = market_read(m);
    size_t n = market_slots(f);
    market_done(f);
    int64_t *ids = NEW_N(pl->a, n + 1, int64_t);
    n = market_priced(m, ids, n);
    for (size_t i = 0; i < n; i++)
        if (place_in(pl->slot_id, pl->b.slots, ids[i]) < 0)
            tell(m, pl, ids[i], 0, 0);
}

/* For who asks for people: what each could have besides. O(wishes) */
static void keep_others(struct request *rq, const struct placing *pl, const struct couples_result *r)
{
    struct other *v = NEW_N(pl->a, (size_t)pl->b.people + 1, struct other);
    for (int32_t i = 0; i < pl->b.people; i++) {
        v[i].person_id = pl->person[i];
        for (int32_t e = pl->b.row[i]; e < pl->b.row[i + 1]; e++)
            other_add(&v[i], pl->slot_id[pl->b.slot[e]], pl->b.score[e] - r->price[pl->b.slot[e]] / r->scale);
    }
    others_put(rq->app->others, v, (size_t)pl->b.people);
}

static enum err place_all(struct request *rq)
{
    struct placing pl = {.a = rq->a};
    if (!ask_all(rq, &pl))
        return OK;
    number_slots(rq, &pl);
    struct couple *c = NEW_N(rq->a, (size_t)pl.b.people + 1, struct couple);
    int32_t n = couples_of(&pl, c);
    struct couples_result r = batch_couples(rq->a, &pl.b, c, n, 0);
    clear_others(rq->app->market, &pl);
    keep_others(rq, &pl, &r);
    for (int32_t k = 0; k < pl.b.slots; k++)
        tell(rq->app->market, &pl, pl.slot_id[k], (int32_t)(r.price[k] / r.scale), pl.suitors[k]);
    tell_news(rq->app->market, &pl);
    log_at(LOG_INFO, "prices people=%d slots=%d new=%zu couples=%d value=%lld bound=%lld", pl.b.people, pl.b.slots, pl.told, n,
           (long long)r.value, (long long)r.ub);
    return OK;
}

enum err match_prices(struct app *app)
{
    enum err e = feed_drain(app);
    return e ? e : app_read(app, place_all, NULL);
}
