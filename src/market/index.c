/* index.c - the best K by best bound first: a heap of nodes by the most that anything below can
 * reach; the search ends when no node can beat the K-th. */
#include <string.h>

#include "base/err.h"
#include "market/tree.h"

enum { FIRST_HEAP = 64, FAR = 2000000000, SPREAD = 5, SAME_EMPLOYER = 2, IDLE_DAYS = 7, FEW = 8, SPARE = 12 };

struct entry {
    int64_t bound;
    const struct node *node;
    int32_t trade;
};
struct found {
    int64_t key;
    const struct slot *slot;
};
/* A question with what does not change from slot to slot. */
struct query {
    const struct market_params *p;
    const struct seeker *s;
    const struct question *q;
    int32_t policy, reliable;
    uint64_t liked, rated; /* bits of employers that are more than unknown */
};
struct finder {
    struct market *m;
    struct finder *next;
    struct entry *heap;
    size_t n, cap, want, n_best;
    struct query query;
    struct found best[MARKET_TOP];
    struct hit hits[MARKET_TOP];
};

struct finder *market_read(struct market *m)
{
    pthread_mutex_lock(&m->idle_lock);
    struct finder *f = m->idle;
    if (f)
        m->idle = f->next;
    pthread_mutex_unlock(&m->idle_lock);
    if (!f) {
        f = xcalloc(1, sizeof *f);
        f->cap = FIRST_HEAP;
        f->heap = xcalloc(f->cap, sizeof *f->heap);
        f->m = m;
    }
    pthread_rwlock_rdlock(&m->lock);
    return f;
}

void market_done(struct finder *f)
{
    struct market *m = f->m;
    pthread_rwlock_unlock(&m->lock);
    pthread_mutex_lock(&m->idle_lock);
    f->next = m->idle;
    m->idle = f;
    pthread_mutex_unlock(&m->idle_lock);
}

void finders_free(struct finder *f)
{
    for (struct finder *next; f; f = next) {
        next = f->next;
        xfree(f->heap);
        xfree(f);
    }
}

/* ---- what a slot and a node are worth to a question ---- */

static bool asked(const struct question *q, const struct slot *t)
{
    return t->start_min >= q->from_min && t->start_min < q->to_min && t->valid_to_day >= q->today;
}

static int64_t near_key(const struct seeker *s, struct point at)
{
    return point_known(s->home) && point_known(at) ? -point_m(s->home, at) : -FAR;
}

/* The larger the better. */
static int64_t key_of(const struct query *x, const struct slot *t)
{
    switch (x->q->order) {
    case ORDER_NEAR:
        return near_key(x->s, t->place);
    case ORDER_SOON:
        return -t->start_min;
    case ORDER_PAY:
        return t->hour_fen;
    case ORDER_FIT:
    default:
        return fit_score(x->p, x->s, t).rank;
    }
}

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t size_of(int32_t v)
{
    return v < 0 ? -v : v;
}

/* How far the point lies outside of [low, high]. */
static int32_t beyond(int32_t v, int32_t low, int32_t high)
{
    return v < low ? low - v : v > high ? v - high : 0;
}

/* Metres to the nearest point of the box, never too many: the narrowest degree of all. -1: unknown. */
static int32_t metres_to(struct point home, const struct bounds *b)
{
    if (!point_known(home) || !(b->west | b->east | b->south | b->north))
        return -1;
    int32_t lat = most(size_of(home.lat), most(size_of(b->south), size_of(b->north)));
    return point_far(beyond(home.lon, b->west, b->east), beyond(home.lat, b->south, b->north), point_cos(lat));
}

static int64_t rank_bound(const struct query *x, const struct bounds *b, int32_t trade, int32_t way)
{
    const struct seeker *s = x->s;
    int64_t net = (int64_t)b->rate_fen * b->work_min / (b->work_min + 2 * (int64_t)(way < 0 ? 0 : way)) + 1;
    int32_t wage = b->rate_fen ? wage_part(x->p, s, net) : 0;
    struct fit f = {.policy = x->policy};
    f.part[PART_WAGE] = b->pay_unknown ? most(wage, SCORE_ONE / 2) : wage;
    f.part[PART_WAY] = way_part(way);
    f.part[PART_TIME] = s->like_to_min || b->by_day ? SCORE_ONE : NIGHT_PART;
    f.part[PART_TRADE] = trade_part(s, (uint8_t)trade);
    f.part[PART_WISHES] = wishes_part(s, b->offers);
    f.part[PART_AGAIN] = x->liked & b->employers ? SCORE_ONE : SCORE_ONE / 2;
    f.part[PART_SKILL] = b->skills_wanted ? SCORE_ONE : SKILL_NONE_WANTED;
    f.part[PART_EXPERIENCE] = experience_part(s, (uint8_t)trade);
    f.part[PART_RELIABLE] = x->reliable;
    f.part[PART_KNOWN] = x->rated & b->employers ? SCORE_ONE : SCORE_ONE / 2;
    fit_sum(s, false, &f);
    return f.total - (int64_t)x->p->gamma * b->price_min / SCORE_ONE;
}

/* False: nothing below can be an answer. */
static bool bound_of(const struct query *x, const struct node *n, int32_t trade, int64_t *ret)
{
    const struct bounds *b = &n->b;
    int32_t m = metres_to(x->s->home, b), way = m < 0 ? -1 : geo_travel_min(m);
    if (!b->n || b->start_last_min < x->q->from_min || b->start_first_min >= x->q->to_min)
        return false;
    if (x->s->travel_max_min && way > x->s->travel_max_min)
        return false;
    if (b->from_last_min < x->s->from_min || (x->s->to_min && b->to_first_min > x->s->to_min))
        return false;
    if (b->hour_max_fen < x->s->floor_fen && !b->pay_unknown)
        return false;
    switch (x->q->order) {
    case ORDER_NEAR:
        *ret = m < 0 ? -FAR : -m;
        break;
    case ORDER_SOON:
        *ret = -b->start_first_min;
        break;
    case ORDER_PAY:
        *ret = b->hour_max_fen;
        break;
    case ORDER_FIT:
    default:
        *ret = rank_bound(x, b, trade, way);
    }
    return true;
}

/* ---- the heap ---- */

static void push(struct finder *f, const struct node *node, int32_t trade)
{
    struct entry e = {.node = node, .trade = trade};
    if (!bound_of(&f->query, node, trade, &e.bound))
        return;
    if (f->n_best == f->want && e.bound < f->best[f->want - 1].key)
        return;
    if (f->n == f->cap) {
        f->cap *= 2;
        f->heap = xrealloc(f->heap, f->cap * sizeof *f->heap);
    }
    size_t k = f->n++;
    for (; k && f->heap[(k - 1) / 2].bound < e.bound; k = (k - 1) / 2)
        f->heap[k] = f->heap[(k - 1) / 2];
    f->heap[k] = e;
    /* it will be wanted in a moment, and lies anywhere */
    const char *next = node->kids ? (const char *)node->kids : (const char *)node->slots;
    for (int i = 0; i < 4; i++)
        __builtin_prefetch(next + 64 * i);
}

static struct entry pop(struct finder *f)
{
    struct entry top = f->heap[0], e = f->heap[--f->n];
    size_t k = 0;
    for (size_t c = 1; c < f->n; c = 2 * k + 1) {
        c += c + 1 < f->n && f->heap[c + 1].bound > f->heap[c].bound;
        if (f->heap[c].bound <= e.bound)
            break;
        f->heap[k] = f->heap[c];
        k = c;
    }
    f->heap[k] = e;
    return top;
}

/* ---- the best so far ---- */

static bool better(int64_t key, int64_t id, const struct found *than)
{
    return key != than->key ? key > than->key : id < than->slot->id;
}

static void consider(void *arg, const struct slot *t)
{
    struct finder *f = arg;
    const struct query *x = &f->query;
    if (!asked(x->q, t) || hard_rules_out(x->p, x->s, t))
        return;
    int64_t key = key_of(x, t);
    if (f->n_best == f->want && !better(key, t->id, &f->best[f->want - 1]))
        return;
    if (hard_all(x->p, x->s, t, way_min(x->s, t))) /* all of them, for the few that get here */
        return;
    size_t at = f->n_best < f->want ? f->n_best++ : f->n_best - 1;
    for (; at && better(key, t->id, &f->best[at - 1]); at--)
        f->best[at] = f->best[at - 1];
    f->best[at] = (struct found){key, t};
}

static void search(struct finder *f, int32_t trades)
{
    f->n = 0;
    for (int32_t k = 0; k < ROOTS; k++)
        if (trades >> k % TRADES_MAX & 1)
            push(f, &f->m->roots[k], k % TRADES_MAX);
    while (f->n && !(f->n_best == f->want && f->heap[0].bound < f->best[f->want - 1].key)) {
        struct entry e = pop(f);
        for (int k = 0; e.node->kids && k < 2; k++)
            push(f, &e.node->kids[k], e.trade);
        for (int32_t i = 0; !e.node->kids && i < e.node->b.n; i++)
            consider(f, &e.node->slots[i]);
    }
}

static void scan(struct finder *f, int32_t trades)
{
    each_slot(f->m, trades, consider, f);
}

/* ---- the list ---- */

/* At most two of the first five from one employer: later ones move behind the fifth. */
static void spread(struct found *v, size_t n)
{
    for (size_t i = 0; i < n && i < SPREAD; i++) {
        size_t pick = i;
        for (; pick < n; pick++) {
            int same = 0;
            for (size_t k = 0; k < i; k++)
                same += v[k].slot->employer_id == v[pick].slot->employer_id;
            if (same < SAME_EMPLOYER)
                break;
        }
        if (pick == n || pick == i)
            continue;
        struct found moved = v[pick];
        memmove(&v[i + 1], &v[i], (pick - i) * sizeof *v);
        v[i] = moved;
    }
}

static int32_t trades_around(uint8_t trade)
{
    int32_t set = 0;
    for (uint8_t k = 0; k < TRADES_MAX; k++)
        set |= (int32_t)((uint32_t)trades_near(trade, k) << k);
    return set;
}

/* Puts the best of the neighbouring trades at the end of the first five. */
static void broaden(struct finder *f, void (*look)(struct finder *f, int32_t trades))
{
    struct found first[MARKET_TOP];
    size_t n = f->n_best, head = f->query.q->k < SPREAD ? f->query.q->k : SPREAD;
    int32_t near = trades_around(f->query.s->trade) & f->query.q->trades;
    for (size_t i = 0; i < n && i < head; i++)
        if (near >> f->best[i].slot->trade & 1)
            return;
    memcpy(first, f->best, n * sizeof *first);
    f->n_best = 0;
    f->want = 1;
    look(f, near);
    struct found extra = f->best[0];
    bool some = f->n_best > 0; /* then the list is full to its head, or it would be on it */
    size_t at = n;
    for (size_t i = 0; some && i < n; i++)
        at = first[i].slot == extra.slot ? i : at;
    at = at < MARKET_TOP ? at : MARKET_TOP - 1;
    if (some) {
        memmove(&first[head], &first[head - 1], (at - (head - 1)) * sizeof *first);
        first[head - 1] = extra;
        n = at == n ? n + 1 : n;
    }
    memcpy(f->best, first, n * sizeof *first);
    f->n_best = n;
}

static uint64_t tied_to(const struct seeker *s, bool rated)
{
    uint64_t bits = 0;
    for (int i = 0; i < s->n_ties; i++)
        bits |= (rated ? s->ties[i].rated : s->ties[i].liked) > 0 ? employer_bit(s->ties[i].employer_id) : 0;
    return bits;
}

static size_t top(struct finder *f, const struct query *x, void (*look)(struct finder *f, int32_t trades),
                  const struct hit **ret)
{
    bool fit = x->q->order == ORDER_FIT;
    size_t k = x->q->k < MARKET_TOP ? x->q->k : MARKET_TOP;
    f->query = *x;
    f->n_best = 0;
    f->want = !fit ? k : k + SPARE < MARKET_TOP ? k + SPARE : MARKET_TOP;
    if (k)
        look(f, x->q->trades);
    if (fit) {
        spread(f->best, f->n_best);
        if (k && idle_days(x->p, x->s) > IDLE_DAYS)
            broaden(f, look);
    }
    k = f->n_best < k ? f->n_best : k;
    for (size_t i = 0; i < k; i++)
        f->hits[i] = (struct hit){f->best[i].slot, fit_of(x->p, x->s, f->best[i].slot)};
    *ret = f->hits;
    return k;
}

static struct query query_of(const struct market_params *p, const struct seeker *s, const struct question *q)
{
    int32_t group = point_known(s->with) ? GROUP_SITE : 0;
    return (struct query){p, s, q, policy_terms(p, s) + group, reliable_part(p, s), tied_to(s, false), tied_to(s, true)};
}

size_t market_top(struct finder *f, const struct market_params *p, const struct seeker *s, const struct question *q,
                  const struct hit **ret)
{
    struct query x = query_of(p, s, q);
    return top(f, &x, search, ret);
}

size_t market_top_scan(struct finder *f, const struct market_params *p, const struct seeker *s, const struct question *q,
                       const struct hit **ret)
{
    struct query x = query_of(p, s, q);
    return top(f, &x, scan, ret);
}

/* ---- other questions ---- */

struct near_count {
    struct query x;
    struct near near;
    int32_t soonest_min[HARD_COUNT];
};

static void count_near(void *arg, const struct slot *t)
{
    struct near_count *c = arg;
    if (!asked(c->x.q, t))
        return;
    uint32_t all = hard_all(c->x.p, c->x.s, t, way_min(c->x.s, t));
    enum hard h = hard_first(all);
    if (all & (all - 1))
        return;
    int64_t *id = &c->near.soonest_id[h];
    bool sooner = t->start_min != c->soonest_min[h] ? t->start_min < c->soonest_min[h] : t->id < *id;
    if (!c->near.opens[h]++ || sooner) {
        *id = t->id;
        c->soonest_min[h] = t->start_min;
    }
}

struct near market_near_miss(const struct finder *f, const struct market_params *p, const struct seeker *s,
                             const struct question *q)
{
    struct near_count c = {.x = {.p = p, .s = s, .q = q}};
    each_slot(f->m, q->trades, count_near, &c);
    return c.near;
}

struct usual market_usual(const struct finder *f, const struct market_params *p, const struct seeker *s,
                          const struct question *q)
{
    struct usual u = {.n = 0};
    for (size_t i = 0; i < f->m->n_sample; i++) {
        const struct slot *t = &f->m->sample[i];
        if (!asked(q, t))
            continue;
        struct fit fit = fit_of(p, s, t);
        if (fit.hard)
            continue;
        u.n++;
        for (int k = 0; k < PARTS; k++)
            u.part[k] += fit.part[k];
    }
    return u;
}

struct listing {
    bool (*is)(const struct slot *t, int32_t arg);
    int32_t arg;
    int64_t *id;
    size_t n, most;
};

static void note(void *arg, const struct slot *t)
{
    struct listing *l = arg;
    if (l->n < l->most && l->is(t, l->arg))
        l->id[l->n++] = t->id;
}

static size_t list(struct market *m, struct listing l)
{
    pthread_rwlock_rdlock(&m->lock);
    each_slot(m, ALL_TRADES, note, &l);
    pthread_rwlock_unlock(&m->lock);
    return l.n;
}

static bool has_begun(const struct slot *t, int32_t before_min)
{
    return t->start_min < before_min;
}

static bool has_price(const struct slot *t, int32_t unused)
{
    (void)unused;
    return t->price > 0 || t->suitors > 0;
}

size_t market_begun(struct market *m, int32_t before_min, int64_t *ret, size_t n)
{
    return list(m, (struct listing){has_begun, before_min, ret, 0, n});
}

size_t market_priced(struct market *m, int64_t *ret, size_t n)
{
    return list(m, (struct listing){has_price, 0, ret, 0, n});
}

size_t market_slots(const struct finder *f)
{
    return f->m->slots.n;
}

size_t market_people(const struct finder *f)
{
    return f->m->people.n;
}

const struct slot *market_slot(const struct finder *f, int64_t id)
{
    const struct spot *s = spot_find(&f->m->slots, id);
    return s ? &s->leaf->slots[s->at] : NULL;
}

const struct seeker *market_person(const struct finder *f, int64_t id)
{
    const struct spot *s = spot_find(&f->m->people, id);
    return s ? &f->m->person[s->at] : NULL;
}

const struct seeker *market_person_at(const struct finder *f, size_t i)
{
    return &f->m->person[i];
}

/* The bin in which the n/2-th lies; its middle. */
int32_t market_usual_fen(const struct finder *f, uint8_t trade)
{
    bool own = trade > 0 && trade < TRADES_MAX && f->m->paid[trade].n >= FEW;
    int32_t from = own ? trade : 0, to = own ? trade + 1 : TRADES_MAX, n = 0, seen = 0;
    for (int32_t k = from; k < to; k++)
        n += f->m->paid[k].n;
    if (!n)
        return 0;
    int32_t bin = 0;
    for (; seen <= n / 2; bin++)
        for (int32_t k = from; k < to; k++)
            seen += f->m->paid[k].bin[bin];
    return bin * BIN_FEN - BIN_FEN / 2;
}
