/* match_prices.c - places everyone who looks for work at once, and tells the market the prices: by day for the prices
 * alone, with a proof where that takes less than a minute; once a night until the proof is good. */
#include <time.h>

#include "base/log.h"
#include "feature/match/match_place.h"
#include "http/feed.h"
#include "http/router.h"

/* A proof within 1 / SURE of the value is good (B1). */
enum { STRIDE = 64, SURE = 10000 };
const struct effort effort_day = {3, 1000000000}, effort_night = {6, INT64_MAX};

/* ---- to the market ---- */

struct news {
    struct market *m;
    struct fact v[STRIDE]; /* prices not yet told to the market */
    size_t n, told;
};

static void tell_news(struct news *x)
{
    const struct timespec pause = {0, 1000000};
    market_apply_all(x->m, x->v, x->n);
    x->told += x->n;
    x->n = 0;
    nanosleep(&pause, NULL);
}

/* Only what is new, and with a pause after each stride: writers go before readers, and lists shall not wait
 * for a whole city. */
static void tell(struct news *x, struct fact is)
{
    struct finder *f = market_read(x->m);
    const struct slot *t = market_slot(f, is.id);
    bool known = !t || (t->price == is.price && t->suitors == is.suitors && t->line == is.line);
    market_done(f);
    if (known)
        return;
    x->v[x->n++] = is;
    if (x->n == STRIDE)
        tell_news(x);
}

/* Prices of slots that are not in it any more fall back to 0. */
static void clear_others(struct news *x, const struct placing *pl)
{
    struct finder *f = market_read(x->m);
    size_t n = market_slots(f);
    market_done(f);
    int64_t *ids = NEW_N(pl->rq->a, n + 1, int64_t);
    n = market_priced(x->m, ids, n);
    for (size_t i = 0; i < n; i++)
        if (placing_slot(pl, ids[i]) < 0)
            tell(x, (struct fact){.kind = FACT_PRICE, .id = ids[i]});
}

static void tell_all(struct news *x, const struct placing *pl)
{
    for (int32_t k = 0; k < pl->b.slots; k++)
        tell(x, (struct fact){.kind = FACT_PRICE, .id = pl->slot_id[k], .price = pl->price[k], .suitors = pl->suitors[k], .line = pl->line[k]});
    tell_news(x);
}

/* For who asks for people: what each could have besides. O(pairs) */
static void keep_others(const struct placing *pl)
{
    struct other *v = NEW_N(pl->rq->a, (size_t)pl->b.people + 1, struct other);
    for (int32_t i = 0; i < pl->b.people; i++) {
        v[i].person_id = pl->who[i].id;
        for (int32_t e = pl->b.row[i]; e < pl->b.row[i + 1]; e++)
            other_add(&v[i], pl->slot_id[pl->b.slot[e]], pl->b.score[e] - pl->price[pl->b.slot[e]]);
    }
    others_put(pl->rq->app->others, v, (size_t)pl->b.people);
}

/* ---- the rounds ---- */

static bool good_enough(const struct placing *pl)
{
    return pl->bound - pl->value <= pl->value / SURE;
}

/* False: the program ends. */
static bool place(struct placing *pl, struct request *rq, struct effort most)
{
    struct news news = {.m = rq->app->market};
    bool going = placing_begin(pl, rq), proven = (int64_t)pl->b.people * pl->b.slots <= most.pairs, more = going;
    if (going)
        clear_others(&news, pl);
    while (more) {
        placing_solve(pl);
        tell_all(&news, pl);
        going = !proven || placing_prove(pl);
        more = going && proven && pl->rounds < most.rounds && !good_enough(pl) && placing_widen(pl);
    }
    if (!going)
        return false;
    keep_others(pl);
    prices_keep(pl);
    log_at(LOG_INFO, "prices people=%d slots=%d pairs=%d rounds=%d new=%zu couples=%d value=%lld bound=%.*s", pl->b.people, pl->b.slots,
           pl->b.row[pl->b.people], pl->rounds, news.told, pl->n_couples, (long long)pl->value,
           SV(proven ? str_fmt(rq->a, "%lld", (long long)pl->bound) : S("unproven")));
    return true;
}

static void propose(const struct placing *pl, struct arena *a, struct placed *ret)
{
    struct proposal *v = NEW_N(a, (size_t)pl->b.people + 1, struct proposal);
    *ret = (struct placed){.people = pl->b.people, .slots = pl->b.slots, .rounds = pl->rounds, .value = pl->value, .bound = pl->bound, .proposals = v};
    for (int32_t i = 0; i < pl->b.people; i++)
        if (pl->slot_of[i] >= 0)
            v[ret->placed++] = (struct proposal){pl->who[i].id, pl->slot_id[pl->slot_of[i]]};
}

enum err match_place(struct app *app, struct effort effort, struct arena *out, struct placed *ret)
{
    struct arena a;
    struct request rq;
    struct placing pl;
    enum err e = feed_drain(app);
    if (e)
        return e;
    arena_init(&a, 0);
    request_system(&rq, app, &a);
    if (place(&pl, &rq, effort))
        propose(&pl, out, ret);
    placing_done(&pl);
    arena_done(&a);
    return OK;
}

enum err match_prices(struct app *app)
{
    struct arena a;
    struct placed r;
    arena_init(&a, 0);
    enum err e = match_place(app, effort_day, &a, &r);
    arena_done(&a);
    return e;
}
