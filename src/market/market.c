/* market.c - keeps the tree of slots and the table of people current. */
#include "market/market.h"

#include <string.h>

#include "base/err.h"
#include "market/tree.h"

_Static_assert(sizeof(struct slot) == 96, "market.h states the bytes of a slot");
_Static_assert(sizeof(struct seeker) == 544 && sizeof(struct squad) == 192 * STRIP, "market.h states the bytes of a person");

enum { LON_MAX = 180000000, LAT_MAX = 90000000, DAY_MIN = 1440, POINTS_MAX = 1000000, FEN_MAX = 100000000, FEW = 8 };

/* ---- ids ---- */

static uint64_t mixed(int64_t id)
{
    uint64_t x = (uint64_t)id * 0x9E3779B97F4A7C15u;
    return x ^ x >> 29;
}

static uint64_t sample_hash(int64_t id)
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
        huge_pages(m->v, m->cap * sizeof *m->v);
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

/* ---- the sample, and the usual pay ---- */

bool sample_wants(const struct sample *x, int64_t id)
{
    return sample_hash(id) <= UINT64_MAX >> x->halved;
}

static size_t sample_home(const struct sample *x, int64_t id)
{
    return (size_t)((sample_hash(id) << x->halved) / (UINT64_MAX / SAMPLE_CELLS + 1));
}

size_t sample_at(const struct sample *x, int64_t id)
{
    size_t k = sample_home(x, id);
    while (x->slot[k].id && x->slot[k].id != id)
        k = (k + 1) % SAMPLE_CELLS;
    return k;
}

static void cell_set(struct sample *x, size_t at, const struct slot *t)
{
    x->slot[at] = *t;
    strip_set(&x->strip[at / STRIP], at % STRIP, t);
}

static void sample_init(struct sample *x)
{
    x->slot = xcalloc(SAMPLE_CELLS, sizeof *x->slot);
    x->strip = xcalloc(SAMPLE_CELLS / STRIP, sizeof *x->strip);
    x->n = 0;
}

static void sample_done(struct sample *x)
{
    xfree(x->slot);
    xfree(x->strip);
}

static void sample_keep(struct sample *x, const struct slot *t)
{
    if (!sample_wants(x, t->id))
        return;
    cell_set(x, sample_at(x, t->id), t);
    if (++x->n <= SAMPLE_MAX)
        return;
    struct sample old = *x;
    sample_init(x);
    x->halved++;
    for (size_t k = 0; k < SAMPLE_CELLS; k++)
        if (old.slot[k].id)
            sample_keep(x, &old.slot[k]);
    sample_done(&old);
}

static void sample_again(void *arg, const struct slot *t)
{
    sample_keep(arg, t);
}

/* As spot_drop. */
static void sample_drop(struct market *m, int64_t id)
{
    static const struct slot none = {.id = 0};
    struct sample *x = &m->sample;
    size_t hole = sample_at(x, id), mask = SAMPLE_CELLS - 1;
    if (!sample_wants(x, id))
        return;
    for (size_t k = (hole + 1) & mask; x->slot[k].id; k = (k + 1) & mask) {
        size_t home = sample_home(x, x->slot[k].id);
        if (((k - home) & mask) >= ((k - hole) & mask)) {
            cell_set(x, hole, &x->slot[k]);
            hole = k;
        }
    }
    cell_set(x, hole, &none);
    if (--x->n >= SAMPLE_MIN || x->n >= m->slots.n)
        return;
    sample_done(x);
    sample_init(x);
    x->halved = 0;
    each_slot(m, ALL_TRADES, sample_again, x);
}

int32_t pay_bin(int32_t hour_fen)
{
    int32_t halves = hour_fen / BIN_FEN, doubled = 0;
    for (; halves >= BINS_FINE; doubled++)
        halves /= 2;
    return doubled * BINS_FINE / 2 + halves;
}

int32_t pay_bin_middle(int32_t bin)
{
    int32_t doubled = bin < BINS_FINE ? 0 : bin / (BINS_FINE / 2) - 1;
    return (2 * (bin - doubled * BINS_FINE / 2) + 1) * (BIN_FEN / 2) << doubled;
}

static void count_pay(struct market *m, const struct slot *t, int32_t more)
{
    if (t->hour_fen <= 0)
        return;
    m->paid[t->trade].bin[pay_bin(t->hour_fen)] += more;
    m->paid[t->trade].n += more;
}

/* ---- slots ---- */

static void slot_drop(struct market *m, int64_t id)
{
    struct spot *s = spot_find(&m->slots, id);
    struct node *leaf = s->leaf;
    size_t at = s->at;
    count_pay(m, &leaf->slots[at], -1);
    spot_drop(&m->slots, s);
    tree_drop(m, leaf, at);
    sample_drop(m, id);
}

static void slot_put(struct market *m, const struct slot *t)
{
    if (spot_find(&m->slots, t->id))
        slot_drop(m, t->id);
    spot_add(&m->slots, (struct spot){.id = t->id});
    tree_put(m, t);
    count_pay(m, t, 1);
    sample_keep(&m->sample, t);
}

static void slot_change(struct market *m, const struct fact *f)
{
    struct spot *s = spot_find(&m->slots, f->id);
    const struct slot *t = &s->leaf->slots[s->at];
    struct slot other = *t;
    bool moves = f->kind == FACT_PRICE && f->price != t->price; /* it may belong to another leaf */
    if (f->kind == FACT_LEFT) {
        other.left = (int16_t)f->left;
    } else {
        other.price = f->price;
        other.suitors = f->suitors;
        other.line = f->line;
    }
    if (moves) {
        slot_put(m, &other);
        return;
    }
    leaf_set(s->leaf, s->at, &other);
    if (sample_wants(&m->sample, f->id))
        cell_set(&m->sample, sample_at(&m->sample, f->id), &other);
}

/* ---- people ---- */

static void person_set(struct market *m, size_t at, const struct seeker *p)
{
    m->person[at] = *p;
    squad_set(&m->squad[at / STRIP], at % STRIP, p);
}

static void person_drop(struct market *m, int64_t id)
{
    struct spot *s = spot_find(&m->people, id);
    size_t at = s->at, last = m->people.n - 1;
    spot_drop(&m->people, s);
    if (at != last) {
        person_set(m, at, &m->person[last]);
        spot_find(&m->people, m->person[at].id)->at = at;
    }
}

static void person_put(struct market *m, const struct seeker *p)
{
    struct spot *s = spot_find(&m->people, p->id);
    if (s) {
        person_set(m, s->at, p);
        return;
    }
    if (m->people.n == m->person_cap) {
        size_t had = m->person_cap / STRIP;
        m->person_cap = m->person_cap ? m->person_cap * 2 : 64;
        m->person = xrealloc(m->person, m->person_cap * sizeof *p);
        m->squad = xrealloc(m->squad, m->person_cap / STRIP * sizeof *m->squad);
        huge_pages(m->person, m->person_cap * sizeof *p);
        huge_pages(m->squad, m->person_cap / STRIP * sizeof *m->squad);
        memset(m->squad + had, 0, (m->person_cap / STRIP - had) * sizeof *m->squad); /* all sixteen are asked */
    }
    person_set(m, m->people.n, p);
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
    return t->id > 0 && point_sound(t->place) && within(t->start_min, 0, INT32_MAX / 2) && within((int64_t)t->end_min - t->start_min, 1, 3 * DAY_MIN) &&
           within(t->shift_fen, 0, FEN_MAX) && within(t->hour_fen, 0, FEN_MAX) && within(t->extra_fen, 0, FEN_MAX) &&
           within(t->price, 0, POINTS_MAX) && t->suitors >= 0 && within(t->line, 0, POINTS_MAX) && t->break_min >= 0 && t->left >= 0 && t->cap >= t->left &&
           t->risk >= 0 && t->trade < TRADES_MAX;
}

static bool seeker_sound(const struct seeker *s)
{
    const int32_t minutes[] = {s->from_min, s->to_min, s->like_from_min, s->like_to_min, s->drop_min, s->pick_min, s->travel_max_min};
    bool ok = s->id > 0 && s->partner_id >= 0 && point_sound(s->home) && point_sound(s->care) && point_sound(s->with) &&
              within(s->floor_fen, 0, FEN_MAX) && within(s->outside, 0, SCORE_ONE) && within(s->reliable, 0, SCORE_ONE) &&
              s->work_from_day >= 0 && s->night_from_day >= 0 && s->done >= 0 &&
              s->trade < TRADES_MAX && s->seats <= 2 && s->care_days <= CARE_DAYS && s->n_busy <= MAX_BUSY && s->n_ties <= MAX_TIES;
    for (size_t i = 0; i < sizeof minutes / sizeof *minutes; i++)
        ok &= within(minutes[i], 0, DAY_MIN);
    for (size_t i = 0; ok && i < s->n_busy; i++)
        ok = s->busy[i].from_min >= 0 && point_sound(s->busy[i].place) && within((int64_t)s->busy[i].to_min - s->busy[i].from_min, 0, (s->busy[i].work_min ? 3 : AWAY_MOST_DAYS) * DAY_MIN) &&
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
    return within(f->price, 0, POINTS_MAX) && f->suitors >= 0 && within(f->line, 0, POINTS_MAX);
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

size_t market_apply_all(struct market *m, const struct fact *v, size_t n)
{
    size_t good = 0;
    pthread_rwlock_wrlock(&m->lock);
    for (size_t i = 0; i < n; i++)
        good += apply(m, &v[i]);
    pthread_rwlock_unlock(&m->lock);
    return good;
}

bool market_apply(struct market *m, const struct fact *f)
{
    return market_apply_all(m, f, 1) == 1;
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
    m->a.huge = true;
    sample_init(&m->sample);
    return m;
}

void market_free(struct market *m)
{
    if (!m)
        return;
    finders_free(m->idle);
    xfree(m->slots.v);
    xfree(m->people.v);
    xfree(m->person);
    xfree(m->squad);
    sample_done(&m->sample);
    arena_done(&m->a);
    pthread_rwlock_destroy(&m->lock);
    pthread_mutex_destroy(&m->idle_lock);
    xfree(m);
}
