/* town.c - see the header. Places in millionths of a degree, some 0.1 m. */
#include "market/town.h"

#include "market/dice.h"

enum { DAY = 20781, DAY_MIN = 1440, TRADES = 24, CLUSTERS_MAX = 200, LON = 113300000, LAT = 23100000, KM = 9500, EMPLOYERS = 97 };

struct gen {
    uint64_t rnd;
    int32_t clusters, blame_pct;
    struct point centre[CLUSTERS_MAX];
    int32_t hour_fen[TRADES + 1];
};

/* True `n` times in a hundred. */
static bool pct(uint64_t *rnd, int32_t n)
{
    return dice_below(rnd, 100) < n;
}

static int32_t between(uint64_t *rnd, int32_t from, int32_t to)
{
    return from + dice_below(rnd, to - from + 1);
}

/* Around 0, most within `far`, none beyond twice of it. */
static int32_t around(uint64_t *rnd, int32_t far)
{
    return between(rnd, -far, far) + between(rnd, -far, far);
}

static struct point near_centre(struct gen *g, int32_t clusters, int32_t km)
{
    struct point c = g->centre[dice_below(&g->rnd, clusters)];
    return (struct point){c.lon + around(&g->rnd, km * KM), c.lat + around(&g->rnd, km * KM)};
}

static struct gen begin(const struct town_params *p, struct market_params *ret_params)
{
    struct gen g = {.rnd = dice_seed(p->seed), .clusters = p->clusters ? p->clusters : 25, .blame_pct = p->blame_pct};
    int32_t half = (p->spread_km ? p->spread_km : 30) * KM / 2;
    g.clusters = g.clusters < CLUSTERS_MAX ? g.clusters : CLUSTERS_MAX;
    for (int32_t k = 0; k < g.clusters; k++)
        g.centre[k] = (struct point){LON + between(&g.rnd, -half, half), LAT + between(&g.rnd, -half, half)};
    for (int32_t k = 0; k <= TRADES; k++)
        g.hour_fen[k] = between(&g.rnd, 2100, 3000);
    *ret_params = market_defaults;
    ret_params->now_min = DAY * DAY_MIN + 480;
    ret_params->usual_hour_fen = 2550;
    return g;
}

static struct slot make_slot(struct gen *g, int64_t id)
{
    static const struct {
        int16_t from, to, rest;
    } shifts[] = {{480, 1020, 60}, {540, 1080, 60}, {540, 930, 30}, {780, 1080, 0}, {1080, 1320, 0}, {1320, 1800, 60}};
    uint64_t *rnd = &g->rnd;
    int32_t k = dice_below(rnd, 6), from = (DAY + 1) * DAY_MIN;
    struct slot t = {.id = id, .employer_id = between(rnd, 1, EMPLOYERS), .place = near_centre(g, g->clusters, 2),
                     .start_min = from + shifts[k].from, .end_min = from + shifts[k].to, .break_min = shifts[k].rest,
                     .valid_to_day = DAY + 9, .trade = (uint8_t)between(rnd, 1, TRADES), .offers = (uint32_t)dice_below(rnd, 64), .verified = true};
    t.hour_fen = g->hour_fen[t.trade] + around(rnd, 200);
    t.shift_fen = t.hour_fen * slot_work_min(&t) / 60;
    t.needs = pct(rnd, 40) ? 1u << dice_below(rnd, 5) : 0;
    t.skills_wanted = pct(rnd, 40) ? dice_next(rnd) & 0xf : 0;
    t.left = t.cap = (int16_t)between(rnd, 1, between(rnd, 1, 30));
    return t;
}

static int32_t root(int32_t v)
{
    int32_t r = 0;
    while ((r + 1) * (r + 1) <= v)
        r++;
    return r;
}

/* Lower tenth of Beta(0.8 x 8 + kept, 0.2 x 8 + missed) by the normal law, and what else feature/trust says of it. */
static int32_t reliable(int32_t days, int32_t missed)
{
    int32_t mean = (6400 + 1000 * (days - missed)) / (8 + days), low = mean - root(mean * (1000 - mean) / (9 + days)) * 32 / 25;
    return days < 5 ? 0 : missed || low > 800 ? 100 * low : 80000;
}

/* Days here, some of them noted as missed, each with another employer. */
static void make_record(uint64_t *rnd, int32_t days, int32_t missed_pct, struct seeker *s)
{
    int32_t missed = 0;
    for (s->done = 0; s->done < days; s->done++) {
        bool came = !pct(rnd, missed_pct);
        missed += !came;
        if (came && s->n_ties < MAX_TIES)
            s->ties[s->n_ties++] = (struct tie){.employer_id = between(rnd, 1, EMPLOYERS), .rated = 1, .liked = pct(rnd, 50)};
    }
    s->reliable = reliable(days, missed);
}

static struct seeker make_person(struct gen *g, int64_t id, uint8_t groups)
{
    uint64_t *rnd = &g->rnd;
    bool woman = groups & 1 << TOWN_WOMAN, older = groups & 1 << TOWN_OLDER, away = groups & 1 << TOWN_AWAY;
    int32_t quarters = away && pct(rnd, 70) ? (g->clusters + 2) / 3 : g->clusters, half = TRADES / 2 * (pct(rnd, 70) != woman);
    struct seeker s = {.id = id, .home = near_centre(g, quarters, 3), .trade = (uint8_t)(half + between(rnd, 1, TRADES / 2)),
                       .outside = 35000, .seats = 1, .skills = dice_next(rnd), .travel_max_min = 45};
    if (pct(rnd, woman ? 30 : 8)) {
        s.drop_min = (int16_t)between(rnd, 460, 510);
        s.pick_min = (int16_t)between(rnd, 960, 1020);
        s.care_days = SCHOOL_DAYS;
    }
    if (pct(rnd, older ? 45 : 10))
        s.limits = 1u << dice_below(rnd, 5);
    s.days_in[s.trade] = (uint8_t)dice_below(rnd, older ? 250 : away ? 90 : 130);
    s.wishes = pct(rnd, 50) ? (uint32_t)dice_below(rnd, 64) : 0;
    s.floor_fen = pct(rnd, 30) ? between(rnd, 1900, 2300) : 0;
    s.support = pct(rnd, older ? 15 : 5);
    s.idle_since_min = DAY * DAY_MIN - dice_below(rnd, 30 * DAY_MIN);
    make_record(rnd, dice_below(rnd, away ? 10 : 15), 6 + (older || away ? g->blame_pct : 0), &s);
    return s;
}

struct town town_make(struct arena *a, const struct town_params *p)
{
    struct town t = {.people = p->people, .slots = p->slots};
    struct gen g = begin(p, &t.params);
    t.person = NEW_N(a, (size_t)p->people + 1, struct seeker);
    t.slot = NEW_N(a, (size_t)p->slots + 1, struct slot);
    t.groups = NEW_N(a, (size_t)p->people + 1, uint8_t);
    for (int32_t j = 0; j < t.slots; j++) {
        t.slot[j] = make_slot(&g, j + 1);
        t.seats += t.slot[j].cap;
    }
    for (int32_t i = 0; i < t.people; i++) {
        t.groups[i] = (uint8_t)(pct(&g.rnd, 50) << TOWN_WOMAN | pct(&g.rnd, 30) << TOWN_OLDER | pct(&g.rnd, 40) << TOWN_AWAY);
        struct seeker *s = &t.person[i];
        *s = make_person(&g, i + 1, t.groups[i]);
        if (pct(&g.rnd, 10) && t.slots) {
            const struct slot *at = &t.slot[dice_below(&g.rnd, t.slots)];
            s->with = at->place;
            s->with_from_min = at->start_min;
            s->with_to_min = at->end_min;
        }
    }
    return t;
}

static struct market *filled(const struct town *t)
{
    struct market *m = market_new();
    for (int32_t j = 0; j < t->slots; j++)
        market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = t->slot[j]});
    return m;
}

/* The shifts found, by number: a few dozen. */
static int32_t put_in_order(const struct hit *hit, int32_t n, int32_t *slot, int32_t *score)
{
    for (int32_t k = 0; k < n; k++) {
        int32_t j = (int32_t)hit[k].slot->id - 1, at = k;
        for (; at > 0 && slot[at - 1] > j; at--) {
            slot[at] = slot[at - 1];
            score[at] = score[at - 1];
        }
        slot[at] = j;
        score[at] = hit[k].fit.total;
    }
    return n;
}

struct batch town_pairs(struct arena *a, const struct town *t)
{
    size_t most = (size_t)t->people * MARKET_TOP + 1;
    int32_t *row = NEW_N(a, (size_t)t->people + 1, int32_t), *slot = NEW_N(a, most, int32_t), *score = NEW_N(a, most, int32_t);
    int32_t *cap = NEW_N(a, (size_t)t->slots + 1, int32_t);
    const struct question all = {.order = ORDER_FIT, .trades = ALL_TRADES, .from_min = t->params.now_min, .to_min = FOREVER,
                                 .today = DAY, .k = MARKET_TOP, .strict = true};
    struct market *m = filled(t);
    struct finder *f = market_read(m);
    for (int32_t i = 0; i < t->people; i++) {
        const struct hit *hit;
        int32_t n = (int32_t)market_top(f, &t->params, &t->person[i], &all, &hit);
        row[i + 1] = row[i] + put_in_order(hit, n, slot + row[i], score + row[i]);
    }
    market_done(f);
    market_free(m);
    for (int32_t j = 0; j < t->slots; j++)
        cap[j] = t->slot[j].cap;
    return (struct batch){t->people, t->slots, row, slot, score, cap};
}

/* Whether a term is for a person; at slot t, or NULL: at some. */
static bool is_for(const struct town *town, enum term k, const struct seeker *s, const struct slot *t)
{
    const bool is[TERMS] = {[TERM_AGING] = idle_days(&town->params, s) >= IDLE_LONG_DAYS, [TERM_SUPPORT] = s->support,
                            [TERM_NEWCOMER] = s->done < NEWCOMER_SHIFTS, [TERM_GROUP] = t ? near_partner(s, t) > 0 : point_known(s->with)};
    return is[k];
}

int32_t town_for(const struct town *t, enum term k)
{
    int32_t n = 0;
    for (int32_t i = 0; i < t->people; i++)
        n += is_for(t, k, &t->person[i], NULL);
    return n;
}

struct town_day town_place(struct arena *a, const struct town *t, const struct batch *b, enum term left_out)
{
    struct market_params p = t->params;
    struct batch own = *b;
    int32_t *score = NEW_N(a, (size_t)b->row[b->people] + 1, int32_t);
    for (int k = 0; k < TERMS; k++)
        p.term[k] = k == (int)left_out ? 0 : p.term[k];
    for (int32_t i = 0; i < b->people; i++)
        for (int32_t e = b->row[i]; e < b->row[i + 1]; e++)
            score[e] = fit_score(&p, &t->person[i], &t->slot[b->slot[e]]).total;
    own.score = score;
    struct batch_result r = batch_solve(a, &own, 0);
    struct town_day d = {.placed = r.placed, .slot_of = r.slot_of};
    for (int32_t i = 0; i < b->people; i++) {
        if (r.slot_of[i] < 0)
            continue;
        struct fit f = fit_score(&p, &t->person[i], &t->slot[r.slot_of[i]]);
        d.value += f.total - f.policy;
        for (int k = 0; k < TERMS; k++)
            d.served[k] += is_for(t, (enum term)k, &t->person[i], &t->slot[r.slot_of[i]]);
    }
    return d;
}
