/* index.c - the best K by best bound first: a heap of nodes by the most that anything below can
 * reach; the search ends when no node can beat the K-th. */
#include <float.h>
#include <math.h>
#include <string.h>

#include "base/err.h"
#include "market/tree.h"

enum { FIRST_HEAP = 64, FAR = 2000000000, SPREAD = 5, SAME_EMPLOYER = 2, IDLE_DAYS = 7, FEW = 8, COLUMNS_LINES = 12 };

struct entry {
    int64_t bound;
    const struct head *at; /* of a page or of the columns of a leaf */
    int32_t trade;
};
struct found {
    int64_t key;
    const struct slot *slot;
};
struct query {
    const struct market_params *p;
    const struct seeker *s;
    const struct question *q;
    struct strip_ask ask;
};
struct finder {
    struct market *m;
    struct finder *next;
    struct entry *heap;
    size_t n, cap, want, n_best;
    int64_t least; /* key that is needed to get among the best */
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

/* ---- what a slot is worth to a question ---- */

bool question_asks(const struct question *q, const struct slot *t)
{
    return t->start_min >= q->from_min && t->start_min < q->to_min && t->valid_to_day >= q->today;
}

bool question_lets(const struct question *q, const struct market_params *p, const struct slot *t)
{
    return !q->lets || q->lets(q->arg, p, t);
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
        return (int64_t)x->ask.starts_from_min - t->start_min;
    case ORDER_PAY:
        return t->hour_fen;
    case ORDER_FIT:
    default:
        return fit_score(x->p, x->s, t).rank;
    }
}

/* ---- the heap ---- */

static bool may_enter(const struct finder *f, int64_t bound)
{
    return bound >= f->least;
}

static void push(struct finder *f, int64_t bound, const struct head *at, int32_t trade)
{
    if (!may_enter(f, bound))
        return;
    if (f->n == f->cap) {
        f->cap *= 2;
        f->heap = xrealloc(f->heap, f->cap * sizeof *f->heap);
    }
    size_t k = f->n++;
    for (; k && f->heap[(k - 1) / 2].bound < bound; k = (k - 1) / 2)
        f->heap[k] = f->heap[(k - 1) / 2];
    f->heap[k] = (struct entry){bound, at, trade};
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
    if (!question_asks(x->q, t) || hard_rules_out(x->p, x->s, t))
        return;
    int64_t key = key_of(x, t);
    if (key < f->least)
        return;
    if (f->n_best == f->want && !better(key, t->id, &f->best[f->want - 1]))
        return;
    if (hard_all(x->p, x->s, t, way_min(x->s, t)) || !question_lets(x->q, x->p, t)) /* for the few that get here */
        return;
    size_t at = f->n_best < f->want ? f->n_best++ : f->n_best - 1;
    for (; at && better(key, t->id, &f->best[at - 1]); at--)
        f->best[at] = f->best[at - 1];
    f->best[at] = (struct found){key, t};
    f->least = f->n_best == f->want ? f->best[f->want - 1].key : f->least;
}

/* A whole number that is not below, whatever was rounded. */
static int64_t above(float v)
{
    return (int64_t)v + (int64_t)(fabsf(v) / (1 << 22)) + 1;
}

/* Those of a page that may have something better than the K-th. */
static void look_over(struct finder *f, const struct page *g, int32_t trade)
{
    struct strip_area l = strip_area_of(&f->query.ask, trade, &g->head);
    float most[STRIP];
    fan_most(&g->fan, &f->query.ask, &l, most);
    for (int32_t i = 0; i < g->head.n; i++)
        if (most[i] > -FLT_MAX)
            push(f, above(most[i]), g->next[i], trade);
}

/* Those of a leaf that may be better. */
static void look_into(struct finder *f, const struct columns *c, int32_t trade)
{
    struct strip_area l = strip_area_of(&f->query.ask, trade, &c->head);
    float most[STRIP];
    for (int32_t from = 0; from < c->head.n; from += STRIP) {
        int32_t chosen[STRIP], n = 0;
        strip_most(&c->strip[from / STRIP], &f->query.ask, &l, most);
        for (int32_t i = 0; i < STRIP && from + i < c->head.n; i++)
            if (most[i] > -FLT_MAX && may_enter(f, above(most[i]))) {
                chosen[n++] = i;
                __builtin_prefetch(&c->slots[from + i]);
                __builtin_prefetch(&c->slots[from + i].start_min);
            }
        for (int32_t k = 0; k < n; k++)
            if (may_enter(f, above(most[chosen[k]])))
                consider(f, &c->slots[from + chosen[k]]);
    }
}

static void call_head(const struct head *at)
{
    for (int i = 0; i < COLUMNS_LINES; i++)
        __builtin_prefetch((const char *)at + 64 * i);
}

/* Takes from the heap what may have an answer; it lies anywhere, so it is called from memory before
 * the one before it is looked at. */
static struct entry next_of(struct finder *f)
{
    if (!f->n || !may_enter(f, f->heap[0].bound))
        return (struct entry){.at = NULL};
    struct entry e = pop(f);
    call_head(e.at);
    return e;
}

static void search(struct finder *f, int32_t trades)
{
    f->n = 0;
    for (int32_t k = 0; k < ROOTS; k++)
        if (trades >> k % TRADES_MAX & 1 && f->m->roots[k].b.n)
            push(f, INT64_MAX, head_in(&f->m->roots[k]), k % TRADES_MAX);
    for (struct entry e = next_of(f), next; e.at; e = next) {
        next = next_of(f);
        if (e.at->is_page)
            look_over(f, (const struct page *)e.at, e.trade);
        else
            look_into(f, (const struct columns *)e.at, e.trade);
        if (!next.at)
            next = next_of(f);
    }
}

static void scan(struct finder *f, int32_t trades)
{
    each_slot(f->m, trades, consider, f);
}

/* ---- the list ---- */

static int of_employer(const struct found *v, size_t n, int64_t employer_id)
{
    int same = 0;
    for (size_t i = 0; i < n; i++)
        same += v[i].slot->employer_id == employer_id;
    return same;
}

/* At most two of the first five from one employer: later ones move behind the fifth. False: too few
 * others among these n. */
static bool spread(struct found *v, size_t n)
{
    bool enough = true;
    for (size_t i = 0; i < n && i < SPREAD; i++) {
        size_t pick = i;
        while (pick < n && of_employer(v, i, v[pick].slot->employer_id) >= SAME_EMPLOYER)
            pick++;
        enough &= pick < n;
        if (pick == n || pick == i)
            continue;
        struct found moved = v[pick];
        memmove(&v[i + 1], &v[i], (pick - i) * sizeof *v);
        v[i] = moved;
    }
    return enough;
}

/* What is proposed, in place of the last of a full list. */
static void put_first(struct finder *f, int64_t id)
{
    const struct query *x = &f->query;
    const struct slot *t = market_slot(f, id);
    size_t at = 0;
    if (!t || !(x->q->trades >> t->trade & 1) || !question_asks(x->q, t) || hard_all(x->p, x->s, t, way_min(x->s, t)) ||
        !question_lets(x->q, x->p, t))
        return;
    while (at < f->n_best && f->best[at].slot != t)
        at++;
    at -= at == f->n_best; /* a list that is not full holds all that is open */
    memmove(&f->best[1], f->best, at * sizeof *f->best);
    f->best[0] = (struct found){key_of(x, t), t};
}

static int32_t trades_around(uint8_t trade)
{
    int32_t set = 0;
    for (uint8_t k = 0; k < TRADES_MAX; k++)
        set |= (int32_t)((uint32_t)trades_near(trade, k) << k);
    return set;
}

static void look_for(struct finder *f, size_t k, int32_t trades, void (*look)(struct finder *f, int32_t trades))
{
    f->n_best = 0;
    f->want = k;
    f->least = f->query.q->strict ? (int64_t)f->query.q->above + 1 : INT64_MIN;
    if (k)
        look(f, trades);
}

/* The best of these trades that is no third of its employer behind the n of `first`; where all are, the
 * best. slot NULL: there is none. */
static struct found neighbour(struct finder *f, int32_t trades, const struct found *first, size_t n,
                              void (*look)(struct finder *f, int32_t trades))
{
    size_t pick = 0;
    look_for(f, 1, trades, look);
    if (!f->n_best)
        return (struct found){.slot = NULL};
    if (of_employer(first, n, f->best[0].slot->employer_id) >= SAME_EMPLOYER)
        look_for(f, MARKET_TOP, trades, look); /* rarely */
    while (pick < f->n_best && of_employer(first, n, f->best[pick].slot->employer_id) >= SAME_EMPLOYER)
        pick++;
    return f->best[pick < f->n_best ? pick : 0];
}

/* Puts the best of the neighbouring trades at the end of the first five. It counts as the first of its
 * employer's two, so that others of them move behind the fifth. */
static void broaden(struct finder *f, void (*look)(struct finder *f, int32_t trades))
{
    struct found first[MARKET_TOP];
    size_t n = f->n_best, head = f->query.q->k < SPREAD ? f->query.q->k : SPREAD;
    int32_t near = trades_around(f->query.s->trade) & f->query.q->trades;
    for (size_t i = 0; i < n && i < head; i++)
        if (near >> f->best[i].slot->trade & 1)
            return;
    memcpy(first, f->best, n * sizeof *first);
    struct found extra = neighbour(f, near, first, n < head ? n : head - 1, look);
    if (extra.slot) { /* then the list is full to its head, or it would be on it */
        size_t at = n < MARKET_TOP ? n : MARKET_TOP - 1;
        for (size_t i = head; i < n; i++)
            at = first[i].slot == extra.slot ? i : at;
        n = at == n ? n + 1 : n;
        memmove(&first[1], first, at * sizeof *first);
        first[0] = extra;
        spread(first, n);
        memmove(first, &first[1], (head - 1) * sizeof *first);
        first[head - 1] = extra;
    }
    memcpy(f->best, first, n * sizeof *first);
    f->n_best = n;
}

/* As spread. */
static bool arranged(struct finder *f)
{
    put_first(f, f->query.q->first_id);
    return spread(f->best, f->n_best);
}

static size_t top(struct finder *f, const struct query *x, void (*look)(struct finder *f, int32_t trades),
                  const struct hit **ret)
{
    bool fit = x->q->order == ORDER_FIT && !x->q->strict;
    size_t k = x->q->k < MARKET_TOP ? x->q->k : MARKET_TOP;
    f->query = *x;
    look_for(f, k, x->q->trades, look);
    if (fit && k && !arranged(f) && f->n_best == k) { /* rarely: others lie behind the K-th */
        look_for(f, MARKET_TOP, x->q->trades, look);
        arranged(f);
    }
    if (fit && k && idle_days(x->p, x->s) > IDLE_DAYS)
        broaden(f, look);
    k = f->n_best < k ? f->n_best : k;
    for (size_t i = 0; i < k; i++)
        f->hits[i] = (struct hit){f->best[i].slot, fit_of(x->p, x->s, f->best[i].slot)};
    *ret = f->hits;
    return k;
}

static struct query query_of(const struct market_params *p, const struct seeker *s, const struct question *q)
{
    return (struct query){p, s, q, strip_ask_of(p, s, q)};
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

/* `shut`: bits of enum hard; what breaks one of these is not counted (any more). */
struct near_count {
    struct query x;
    struct near near;
    uint32_t shut;
    size_t looks;
};

static void count_near(void *arg, const struct slot *t)
{
    struct near_count *c = arg;
    if (!question_asks(c->x.q, t))
        return;
    uint32_t all = hard_all(c->x.p, c->x.s, t, 0);
    if (!(all & (all - 1))) /* the way is asked where it can matter */
        all = hard_all(c->x.p, c->x.s, t, way_min(c->x.s, t));
    enum hard h = hard_first(all);
    uint32_t which = hard_which(h, c->x.s, t);
    bool lost = h == HARD_REACH && way_min(c->x.s, t) > REACH_MOST_MIN;
    if (lost || all & c->shut || all & (all - 1) || which & (which - 1) || !question_lets(c->x.q, c->x.p, t))
        return;
    struct miss *m = &c->near.of[h][__builtin_ctz(which)];
    bool sooner = t->start_min != m->soonest_min ? t->start_min < m->soonest_min : t->id < m->soonest_id;
    if (!m->opens++ || sooner) {
        m->soonest_id = t->id;
        m->soonest_min = t->start_min;
    }
    if (h && c->looks > NEAR_LOOKS && m->opens > NEAR_MANY) {
        c->near.more |= 1u << h;
        c->shut |= 1u << h;
    }
}

/* Whether a single change may open it, or what is below. */
static bool may_be_near(const struct near_count *c, uint32_t broken)
{
    return !(broken & c->shut) && !(broken & (broken - 1));
}

static void near_in(struct near_count *c, const struct columns *g, int32_t trade)
{
    struct strip_area l = strip_area_of(&c->x.ask, trade, &g->head);
    uint32_t broken[STRIP];
    for (int32_t from = 0; from < g->head.n; from += STRIP) {
        strip_broken(&g->strip[from / STRIP], &c->x.ask, &l, broken);
        for (int32_t i = 0; i < STRIP && from + i < g->head.n; i++)
            if (may_be_near(c, broken[i])) {
                c->looks++;
                count_near(c, &g->slots[from + i]);
            }
    }
}

static void near_below(struct near_count *c, const struct head *at, int32_t trade)
{
    if (!at->is_page) {
        near_in(c, (const struct columns *)at, trade);
        return;
    }
    const struct page *g = (const struct page *)at;
    struct strip_area l = strip_area_of(&c->x.ask, trade, at);
    uint32_t broken[STRIP];
    fan_broken(&g->fan, &c->x.ask, &l, broken);
    for (int32_t i = 0; i < at->n; i++)
        if (may_be_near(c, broken[i]))
            call_head(g->next[i]);
    for (int32_t i = 0; i < at->n; i++)
        if (may_be_near(c, broken[i]))
            near_below(c, g->next[i], trade);
}

struct near market_near_miss(const struct finder *f, const struct market_params *p, const struct seeker *s,
                             const struct question *q)
{
    struct near_count c = {.x = query_of(p, s, q), .shut = ~NEAR_LIFTS};
    for (int32_t k = 0; k < ROOTS; k++)
        if (q->trades >> k % TRADES_MAX & 1 && f->m->roots[k].b.n)
            near_below(&c, head_in(&f->m->roots[k]), k % TRADES_MAX);
    return c.near;
}

struct near market_near_miss_scan(const struct finder *f, const struct market_params *p, const struct seeker *s,
                                  const struct question *q)
{
    struct near_count c = {.x = {.p = p, .s = s, .q = q}, .shut = ~NEAR_LIFTS};
    each_slot(f->m, q->trades, count_near, &c);
    return c.near;
}

struct usual market_usual(const struct finder *f, const struct market_params *p, const struct seeker *s,
                          const struct question *q)
{
    return usual_of(f->m, p, s, q);
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

void market_each_slot(const struct finder *f, void (*see)(void *arg, const struct slot *t), void *arg)
{
    each_slot(f->m, ALL_TRADES, see, arg);
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
    return pay_bin_middle(bin - 1);
}
