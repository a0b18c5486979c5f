/* market.c - keeps the tree of slots and the table of people current. */
#include "market/market.h"

#include <string.h>

#include "base/err.h"
#include "market/tree.h"

_Static_assert(sizeof(struct slot) == 96, "market.h states the bytes of a slot");
_Static_assert(sizeof(struct seeker) == 448, "market.h states the bytes of a person");

enum { LON_MAX = 180000000, LAT_MAX = 90000000, DAY_MIN = 1440, POINTS_MAX = 1000000, FEN_MAX = 100000000, FEW = 8 };

/* ---- ids ---- */

static uint64_t mixed(int64_t id)
{
    uint64_t x = (uint64_t)id * 0x9E3779B97F4A7C15u;
    return x ^ x >> 29;
}

uint64_t sample_hash(int64_t id)
{
    uint64_t x = mixed(id) * 0xBF58476D1CE4E5B9u;
    return x ^ x >> 32;
}

uint64_t employer_bit(int64_t id)
{
    return 1ull << (mixed(id) >> 58);
}

static size_t home_of(const struct spots *m, int64_t id)
{
    return mixed(id) & (m->cap - 1);
}

struct spot *spot_find(const struct spots *m, int64_t id)
{
    if (!m->cap || id <= 0)
        return NULL;
    size_t k = home_of(m, id);
    while (m->v[k].id && m->v[k].id != id)
        k = (k + 1) & (m->cap - 1);
    return m->v[k].id ? &m->v[k] : NULL;
}

static void spot_add(struct spots *m, struct spot x)
{
    if ((m->n + 1) * 2 > m->cap) {
        struct spots old = *m;
        m->cap = old.cap ? old.cap * 2 : 64;
        m->v = xcalloc(m->cap, sizeof *m->v);
        m->n = 0;
        for (size_t i = 0; i < old.cap; i++)
            if (old.v[i].id)
                spot_add(m, old.v[i]);
        xfree(old.v);
    }
    size_t k = home_of(m, x.id);
    while (m->v[k].id)
        k = (k + 1) & (m->cap - 1);
    m->v[k] = x;
    m->n++;
}

/* Moves those behind it forward, so that no search ends too early. */
static void spot_drop(struct spots *m, struct spot *gone)
{
    size_t hole = (size_t)(gone - m->v), mask = m->cap - 1;
    for (size_t k = (hole + 1) & mask; m->v[k].id; k = (k + 1) & mask) {
        size_t home = home_of(m, m->v[k].id);
        if (((k - home) & mask) >= ((k - hole) & mask)) {
            m->v[hole] = m->v[k];
            hole = k;
        }
    }
    m->v[hole] = (struct spot){.id = 0};
    m->n--;
}

/* ---- bounds ---- */

static int32_t most(int32_t a, int32_t b)
{
    return a > b ? a : b;
}

static int32_t least(int32_t a, int32_t b)
{
    return a < b ? a : b;
}

static void bounds_join(struct bounds *b, const struct bounds *x)
{
    if (!b->n) {
        *b = *x;
        return;
    }
    b->n += x->n;
    b->west = least(b->west, x->west);
    b->east = most(b->east, x->east);
    b->south = least(b->south, x->south);
    b->north = most(b->north, x->north);
    b->rate_fen = most(b->rate_fen, x->rate_fen);
    b->work_min = most(b->work_min, x->work_min);
    b->price_min = least(b->price_min, x->price_min);
    b->hour_max_fen = most(b->hour_max_fen, x->hour_max_fen);
    b->start_first_min = least(b->start_first_min, x->start_first_min);
    b->start_last_min = most(b->start_last_min, x->start_last_min);
    b->from_last_min = most(b->from_last_min, x->from_last_min);
    b->to_first_min = least(b->to_first_min, x->to_first_min);
    b->offers |= x->offers;
    b->employers |= x->employers;
    b->by_day |= x->by_day;
    b->skills_wanted |= x->skills_wanted;
    b->pay_unknown |= x->pay_unknown;
}

static int32_t rate_of(const struct slot *t)
{
    int64_t rate = t->shift_fen > 0 ? ((int64_t)t->shift_fen + t->extra_fen) * 60 / slot_work_min(t) + 1 : 0;
    return rate > INT32_MAX ? INT32_MAX : (int32_t)rate;
}

void bounds_add(struct bounds *b, const struct slot *t)
{
    bounds_join(b, &(struct bounds){.n = 1, .west = t->place.lon, .east = t->place.lon, .south = t->place.lat,
                                    .north = t->place.lat, .rate_fen = rate_of(t), .work_min = slot_work_min(t),
                                    .price_min = t->price, .hour_max_fen = t->hour_fen,
                                    .start_first_min = t->start_min, .start_last_min = t->start_min,
                                    .from_last_min = slot_from(t), .to_first_min = slot_to(t),
                                    .offers = t->offers, .employers = employer_bit(t->employer_id),
                                    .by_day = !slot_is_night(t), .skills_wanted = t->skills_wanted != 0,
                                    .pay_unknown = t->shift_fen <= 0 || t->hour_fen <= 0});
}

static void sum_up(struct node *x)
{
    struct bounds b = {.n = 0};
    for (int i = 0; x->kids && i < 2; i++)
        if (x->kids[i].b.n)
            bounds_join(&b, &x->kids[i].b);
    for (int32_t i = 0; !x->kids && i < x->b.n; i++)
        bounds_add(&b, &x->slots[i]);
    x->b = b;
    x->stale = 0;
}

/* After as many changes as there are slots a leaf is summed up, and then what is above: O(1) each. */
static void grow_stale(struct node *leaf)
{
    if (++leaf->stale < leaf->b.n / 2 + 4)
        return;
    for (struct node *x = leaf; x; x = x->up)
        sum_up(x);
}

/* ---- the tree ---- */

int32_t split_value(const struct slot *t, enum split by)
{
    switch (by) {
    case SPLIT_LON:
        return t->place.lon;
    case SPLIT_LAT:
        return t->place.lat;
    case SPLIT_RATE:
        return rate_of(t);
    case SPLIT_PRICE:
        return t->price;
    case SPLIT_FROM:
    case SPLITS:
    default:
        return slot_from(t);
    }
}

/* Where the slots of a leaf differ most, in points of a score; SPLITS when they are all alike. A
 * kilometre is about 4 minutes of way, a yuan an hour about a fifth of the wage part. */
static enum split widest(const struct node *x)
{
    static const int32_t per_1000[SPLITS] = {[SPLIT_LON] = 150, [SPLIT_LAT] = 170, [SPLIT_RATE] = 13000, [SPLIT_PRICE] = 1400,
                                             [SPLIT_FROM] = 6000};
    enum split best = SPLITS;
    int64_t far = 0;
    for (enum split k = 0; k < SPLITS; k++) {
        int32_t from = INT32_MAX, to = INT32_MIN;
        for (int32_t i = 0; i < x->b.n; i++) {
            from = least(from, split_value(&x->slots[i], k));
            to = most(to, split_value(&x->slots[i], k));
        }
        if (((int64_t)to - from) * per_1000[k] > far) {
            far = ((int64_t)to - from) * per_1000[k];
            best = k;
        }
    }
    return best;
}

/* The median, but above the lowest, so that both sides get something. */
static int32_t plane_of(const struct node *x, enum split by)
{
    int32_t v[LEAF_MOST + 1] = {0}, n = 0;
    for (int32_t i = 0; i < x->b.n; i++) {
        int32_t at = n++, value = split_value(&x->slots[i], by);
        for (; at && v[at - 1] > value; at--)
            v[at] = v[at - 1];
        v[at] = value;
    }
    int32_t k = n / 2;
    while (k < n - 1 && v[k] == v[0])
        k++;
    return v[k];
}

static struct node *pair_new(struct market *m, struct node *up)
{
    struct node *x = m->pairs;
    if (x)
        m->pairs = x->up;
    else
        x = NEW_N(&m->a, 2, struct node);
    x[0] = x[1] = (struct node){.up = up};
    return x;
}

static void leaf_add(struct market *m, struct node *x, const struct slot *t)
{
    if (x->b.n == x->cap) {
        x->cap = x->cap ? x->cap * 2 : 4;
        x->slots = xrealloc(x->slots, (size_t)x->cap * sizeof *t);
    }
    struct spot *s = spot_find(&m->slots, t->id);
    s->leaf = x;
    s->at = (size_t)x->b.n;
    x->slots[x->b.n] = *t;
    bounds_add(&x->b, t);
}

/* Two leaves for one; its own slots stay where they are when all are alike. */
static void split_leaf(struct market *m, struct node *x)
{
    enum split by = widest(x);
    if (by == SPLITS || x->b.n != LEAF_MOST + 1)
        return;
    struct node *kids = pair_new(m, x);
    x->split = by;
    x->plane = plane_of(x, by);
    for (int32_t i = 0; i < x->b.n; i++)
        leaf_add(m, &kids[split_value(&x->slots[i], by) >= x->plane], &x->slots[i]);
    xfree(x->slots);
    x->slots = NULL;
    x->cap = 0;
    x->kids = kids;
}

/* One leaf for two. */
static void merge_leaves(struct market *m, struct node *x)
{
    struct node *kids = x->kids;
    x->kids = NULL;
    x->b = (struct bounds){.n = 0};
    for (int k = 0; k < 2; k++) {
        for (int32_t i = 0; i < kids[k].b.n; i++)
            leaf_add(m, x, &kids[k].slots[i]);
        xfree(kids[k].slots);
    }
    kids->up = m->pairs;
    m->pairs = kids;
}

static struct node *root_of(struct market *m, const struct slot *t)
{
    return &m->roots[t->trade + (point_known(t->place) ? 0 : TRADES_MAX)];
}

static void each_below(const struct node *x, void (*fn)(void *arg, const struct slot *t), void *arg)
{
    for (int k = 0; x->kids && k < 2; k++)
        each_below(&x->kids[k], fn, arg);
    for (int32_t i = 0; !x->kids && i < x->b.n; i++)
        fn(arg, &x->slots[i]);
}

void each_slot(const struct market *m, int32_t trades, void (*fn)(void *arg, const struct slot *t), void *arg)
{
    for (int k = 0; k < ROOTS; k++)
        if (trades >> k % TRADES_MAX & 1)
            each_below(&m->roots[k], fn, arg);
}

/* ---- the sample, and the usual pay ---- */

static struct slot *sampled(struct market *m, int64_t id)
{
    size_t i = sample_hash(id) > m->sample_below ? m->n_sample : 0;
    while (i < m->n_sample && m->sample[i].id != id)
        i++;
    return i < m->n_sample ? &m->sample[i] : NULL;
}

static void sample_keep(void *arg, const struct slot *t)
{
    struct market *m = arg;
    if (sample_hash(t->id) > m->sample_below)
        return;
    m->sample[m->n_sample++] = *t;
    while (m->n_sample > SAMPLE_MAX) {
        size_t kept = 0;
        m->sample_below /= 2;
        for (size_t i = 0; i < m->n_sample; i++)
            if (sample_hash(m->sample[i].id) <= m->sample_below)
                m->sample[kept++] = m->sample[i];
        m->n_sample = kept;
    }
}

static void sample_drop(struct market *m, int64_t id)
{
    struct slot *x = sampled(m, id);
    if (!x)
        return;
    *x = m->sample[--m->n_sample];
    if (m->n_sample >= SAMPLE_MIN || m->n_sample >= m->slots.n)
        return;
    m->sample_below = UINT64_MAX;
    m->n_sample = 0;
    each_slot(m, ALL_TRADES, sample_keep, m);
}

static void count_pay(struct market *m, const struct slot *t, int32_t more)
{
    if (t->hour_fen <= 0)
        return;
    m->paid[t->trade].bin[least(t->hour_fen / BIN_FEN, PAY_BINS - 1)] += more;
    m->paid[t->trade].n += more;
}

/* ---- slots ---- */

static void slot_drop(struct market *m, int64_t id)
{
    struct spot *s = spot_find(&m->slots, id);
    struct node *leaf = s->leaf;
    size_t at = s->at, last = (size_t)leaf->b.n - 1;
    count_pay(m, &leaf->slots[at], -1);
    spot_drop(&m->slots, s);
    if (at != last) {
        leaf->slots[at] = leaf->slots[last];
        spot_find(&m->slots, leaf->slots[at].id)->at = at;
    }
    for (struct node *x = leaf; x; x = x->up)
        x->b.n--;
    sample_drop(m, id);
    for (struct node *up = leaf->up; up && up->b.n <= MERGE_AT; up = up->up)
        merge_leaves(m, leaf = up); /* its kids are leaves: every other inner node has more */
    grow_stale(leaf);
}

static void slot_put(struct market *m, const struct slot *t)
{
    if (spot_find(&m->slots, t->id))
        slot_drop(m, t->id);
    struct node *x = root_of(m, t);
    spot_add(&m->slots, (struct spot){.id = t->id});
    for (; x->kids; x = &x->kids[split_value(t, x->split) >= x->plane])
        bounds_add(&x->b, t);
    leaf_add(m, x, t);
    split_leaf(m, x);
    count_pay(m, t, 1);
    sample_keep(m, t);
}

static void slot_change(struct market *m, const struct fact *f)
{
    struct spot *s = spot_find(&m->slots, f->id);
    struct slot *t = &s->leaf->slots[s->at], *copy = sampled(m, f->id), other = *t;
    if (f->kind == FACT_PRICE && f->price != t->price) { /* it may belong to another leaf */
        other.price = f->price;
        other.suitors = f->suitors;
        slot_put(m, &other);
        return;
    }
    if (f->kind == FACT_LEFT)
        t->left = (int16_t)f->left;
    else
        t->suitors = f->suitors;
    if (copy)
        *copy = *t;
}

/* ---- people ---- */

static void person_drop(struct market *m, int64_t id)
{
    struct spot *s = spot_find(&m->people, id);
    size_t at = s->at, last = m->people.n - 1;
    spot_drop(&m->people, s);
    if (at != last) {
        m->person[at] = m->person[last];
        spot_find(&m->people, m->person[at].id)->at = at;
    }
}

static void person_put(struct market *m, const struct seeker *p)
{
    struct spot *s = spot_find(&m->people, p->id);
    if (s) {
        m->person[s->at] = *p;
        return;
    }
    if (m->people.n == m->person_cap) {
        m->person_cap = m->person_cap ? m->person_cap * 2 : 64;
        m->person = xrealloc(m->person, m->person_cap * sizeof *p);
    }
    m->person[m->people.n] = *p;
    spot_add(&m->people, (struct spot){.id = p->id, .at = m->people.n});
}

/* ---- facts ---- */

static bool within(int64_t v, int64_t from, int64_t to)
{
    return v >= from && v <= to;
}

static bool point_sound(struct point p)
{
    return within(p.lon, -LON_MAX, LON_MAX) && within(p.lat, -LAT_MAX, LAT_MAX);
}

static bool slot_sound(const struct slot *t)
{
    return t->id > 0 && point_sound(t->place) && t->start_min >= 0 && within((int64_t)t->end_min - t->start_min, 1, 3 * DAY_MIN) &&
           within(t->shift_fen, 0, FEN_MAX) && within(t->hour_fen, 0, FEN_MAX) && within(t->extra_fen, 0, FEN_MAX) &&
           within(t->price, 0, POINTS_MAX) && t->suitors >= 0 && t->break_min >= 0 && t->left >= 0 && t->cap >= t->left &&
           t->risk >= 0 && t->trade < TRADES_MAX;
}

static bool seeker_sound(const struct seeker *s)
{
    const int32_t minutes[] = {s->from_min, s->to_min, s->like_from_min, s->like_to_min, s->drop_min, s->pick_min, s->travel_max_min};
    bool ok = s->id > 0 && s->partner_id >= 0 && point_sound(s->home) && point_sound(s->care) && point_sound(s->with) &&
              within(s->floor_fen, 0, FEN_MAX) && within(s->outside, 0, SCORE_ONE) && within(s->reliable, 0, SCORE_ONE) &&
              s->work_from_day >= 0 && s->night_from_day >= 0 && s->wait_min >= 0 && s->done >= 0 &&
              s->trade < TRADES_MAX && s->seats <= 2 && s->n_busy <= MAX_BUSY && s->n_ties <= MAX_TIES;
    for (size_t i = 0; i < sizeof minutes / sizeof *minutes; i++)
        ok &= within(minutes[i], 0, DAY_MIN);
    for (size_t i = 0; ok && i < s->n_busy; i++)
        ok = s->busy[i].from_min >= 0 && within((int64_t)s->busy[i].to_min - s->busy[i].from_min, 0, 3 * DAY_MIN) &&
             within(s->busy[i].work_min, 0, 3 * DAY_MIN);
    return ok;
}

static bool change_sound(const struct market *m, const struct fact *f)
{
    const struct spot *s = spot_find(&m->slots, f->id);
    if (!s)
        return false;
    if (f->kind == FACT_LEFT)
        return within(f->left, 0, s->leaf->slots[s->at].cap);
    return within(f->price, 0, POINTS_MAX) && f->suitors >= 0;
}

static bool apply(struct market *m, const struct fact *f)
{
    bool ok = false;
    switch (f->kind) {
    case FACT_SLOT:
        if ((ok = slot_sound(&f->slot)))
            slot_put(m, &f->slot);
        break;
    case FACT_SLOT_GONE:
        if ((ok = spot_find(&m->slots, f->id) != NULL))
            slot_drop(m, f->id);
        break;
    case FACT_LEFT:
    case FACT_PRICE:
        if ((ok = change_sound(m, f)))
            slot_change(m, f);
        break;
    case FACT_PERSON:
        if ((ok = seeker_sound(&f->person)))
            person_put(m, &f->person);
        break;
    case FACT_PERSON_GONE:
        if ((ok = spot_find(&m->people, f->id) != NULL))
            person_drop(m, f->id);
        break;
    case FACT_KINDS:
    default:
        break;
    }
    return ok;
}

bool market_apply(struct market *m, const struct fact *f)
{
    pthread_rwlock_wrlock(&m->lock);
    bool ok = apply(m, f);
    pthread_rwlock_unlock(&m->lock);
    return ok;
}

/* ---- the whole ---- */

struct market *market_new(void)
{
    struct market *m = xcalloc(1, sizeof *m);
    pthread_rwlockattr_t writers_first;
    pthread_rwlockattr_init(&writers_first);
    pthread_rwlockattr_setkind_np(&writers_first, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(&m->lock, &writers_first);
    pthread_rwlockattr_destroy(&writers_first);
    pthread_mutex_init(&m->idle_lock, NULL);
    arena_init(&m->a, 0);
    m->sample = xcalloc(SAMPLE_MAX + 1, sizeof *m->sample);
    m->sample_below = UINT64_MAX;
    return m;
}

static void slots_free(struct node *x)
{
    xfree(x->slots);
    for (int k = 0; x->kids && k < 2; k++)
        slots_free(&x->kids[k]);
}

void market_free(struct market *m)
{
    if (!m)
        return;
    for (int k = 0; k < ROOTS; k++)
        slots_free(&m->roots[k]);
    finders_free(m->idle);
    xfree(m->slots.v);
    xfree(m->people.v);
    xfree(m->person);
    xfree(m->sample);
    arena_done(&m->a);
    pthread_rwlock_destroy(&m->lock);
    pthread_mutex_destroy(&m->idle_lock);
    xfree(m);
}
