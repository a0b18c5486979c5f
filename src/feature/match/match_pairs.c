/* match_pairs.c - the people in the hall before its shifts: what the engine knows of them, and who is kept apart. */
#include "feature/match/match_market.h"
#include "feature/trust/trust.h"
#include "http/feed.h"
#include "market/pairs.h"

struct ids { /* ascending */
    const int64_t *v;
    size_t n;
};
/* Who is not to come to a shift. */
struct bars {
    const struct match_many *q;
    struct ids *separate; /* per shift: who does not meet the employer */
    bool *some;
};

static bool bars_out(const void *arg, int32_t person, int32_t slot)
{
    const struct bars *b = arg;
    int64_t id = b->q->person_id[person];
    return trust_among(b->separate[slot].v, b->separate[slot].n, id) || trust_among(b->q->asked[slot], b->q->n_asked[slot], id);
}

static enum err bars_of(struct request *rq, const struct match_many *q, struct bars *ret)
{
    enum err e = OK;
    *ret = (struct bars){q, NEW_N(rq->a, (size_t)q->jobs + 1, struct ids), NEW_N(rq->a, (size_t)q->jobs + 1, bool)};
    for (int32_t j = 0; !e && j < q->jobs; j++) {
        int64_t *v;
        size_t n;
        e = trust_apart_from(rq, q->job[j].employer_id, &v, &n);
        ret->separate[j] = (struct ids){v, n};
        ret->some[j] = !e && n + q->n_asked[j] > 0;
    }
    return e;
}

/* What the engine knows now, side by side: a look for each pair would miss the cache each time. */
static struct slot *copy_facts(struct request *rq, const struct match_many *q, struct finder *f, struct seeker *ret_people)
{
    struct slot *slot = NEW_N(rq->a, (size_t)q->jobs + 1, struct slot);
    for (int32_t i = 0; i < q->people; i++) {
        const struct seeker *s = market_person(f, q->person_id[i]);
        if (s)
            ret_people[i] = *s;
    }
    for (int32_t j = 0; j < q->jobs; j++) {
        const struct slot *t = market_slot(f, q->job[j].shift_id);
        slot[j] = t ? *t : match_slot(&q->job[j]);
    }
    return slot;
}

/* The engine counts places taken, the job also those kept for who is asked. */
static int32_t *left_of(struct request *rq, const struct match_many *q)
{
    int32_t *cap = NEW_N(rq->a, (size_t)q->jobs + 1, int32_t);
    for (int32_t j = 0; j < q->jobs; j++)
        cap[j] = (int32_t)q->job[j].left;
    return cap;
}

enum err match_pairs(struct request *rq, const struct match_many *q, struct batch *ret)
{
    struct bars bars;
    enum err e = feed_catch_up(rq->app);
    if (!e)
        e = bars_of(rq, q, &bars);
    if (e)
        return e;
    struct seeker *person = NEW_N(rq->a, (size_t)q->people + 1, struct seeker);
    struct finder *f = market_read(rq->app->market);
    struct market_params p = match_params(rq, f, 0);
    struct usual_pay usual = match_usual_pay(f);
    struct slot *slot = copy_facts(rq, q, f, person);
    market_done(f);
    struct pairs_ask ask = {.p = &p, .usual_fen = usual.hour_fen, .person = person, .slot = slot, .cap = left_of(rq, q),
                            .people = q->people, .slots = q->jobs, .apart = bars_out, .some_apart = bars.some, .arg = &bars};
    *ret = pairs_points(rq->app->pairs, rq->a, &ask);
    return OK;
}
