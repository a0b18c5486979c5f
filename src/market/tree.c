/* tree.c - see the header: bounds, the pages a search looks at, and the tree that keeps both. */
#include "market/tree.h"

#include <sanitizer/asan_interface.h>
#include <string.h>

#include "base/err.h"

/* ---- memory ---- */

/* Zeroed. */
static void *piece_take(struct market *m, int kind, size_t bytes)
{
    void *p = m->spare[kind];
    if (!p)
        return arena_alloc(&m->a, bytes);
    ASAN_UNPOISON_MEMORY_REGION(p, bytes);
    memcpy(&m->spare[kind], p, sizeof p);
    return memset(p, 0, bytes);
}

static void piece_give(struct market *m, int kind, void *p, size_t bytes)
{
    memcpy(p, &m->spare[kind], sizeof p);
    m->spare[kind] = p;
    ASAN_POISON_MEMORY_REGION((char *)p + sizeof p, bytes - sizeof p);
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
    b->work_least_min = least(b->work_least_min, x->work_least_min);
    b->price_min = least(b->price_min, x->price_min);
    b->hour_max_fen = most(b->hour_max_fen, x->hour_max_fen);
    b->start_first_min = least(b->start_first_min, x->start_first_min);
    b->start_last_min = most(b->start_last_min, x->start_last_min);
    b->from_last_min = most(b->from_last_min, x->from_last_min);
    b->to_first_min = least(b->to_first_min, x->to_first_min);
    b->offers |= x->offers;
    b->employers |= x->employers;
    for (int k = 0; k < 2; k++)
        b->starts[k] |= x->starts[k];
    for (int k = 0; k < LENGTHS; k++)
        b->begins[k] |= x->begins[k];
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
    uint32_t hour = (uint32_t)t->start_min / 60 % 128;
    struct bounds one = {.n = 1, .west = t->place.lon, .east = t->place.lon, .south = t->place.lat,
                         .north = t->place.lat, .rate_fen = rate_of(t), .work_min = slot_work_min(t),
                         .work_least_min = slot_work_min(t), .price_min = t->price, .hour_max_fen = t->hour_fen,
                         .start_first_min = t->start_min, .start_last_min = t->start_min,
                         .from_last_min = slot_from(t), .to_first_min = slot_to(t),
                         .offers = t->offers, .employers = employer_bit(t->employer_id),
                         .starts = {hour < 64 ? 1ull << hour : 0, hour < 64 ? 0 : 1ull << (hour - 64)},
                         .by_day = !slot_is_night(t), .skills_wanted = t->skills_wanted != 0,
                         .pay_unknown = t->shift_fen <= 0 || t->hour_fen <= 0};
    one.begins[length_of(one.work_min)] = 1u << slot_from(t) / 60 | cal_weekday_bit(t->start_min / 1440) << WEEKDAYS;
    bounds_join(b, &one);
}

/* ---- pages ---- */

const struct head *head_in(const struct node *x)
{
    return x->page ? &x->page->head : x->columns ? &x->columns->head : NULL;
}

static void page_set(struct page *g, int32_t at, struct node *x)
{
    g->kid[at] = x;
    g->next[at] = head_in(x);
    x->in = g;
    x->in_at = at;
    fan_set(&g->fan, (size_t)at, &x->b);
}

/* Its bounds have changed: what a search sees of them. */
static void node_tell(struct node *x)
{
    if (x->page)
        x->page->head = head_of(&x->b, x->page->head.n, true);
    else if (x->columns)
        x->columns->head = head_of(&x->b, x->b.n, false);
    if (x->in)
        page_set(x->in, x->in_at, x);
}

static void page_add(struct page *g, struct node *x)
{
    page_set(g, g->head.n++, x);
}

static void page_drop(struct node *x)
{
    struct page *g = x->in;
    page_set(g, x->in_at, g->kid[--g->head.n]);
    x->in = NULL;
}

static struct page *page_new(struct market *m, struct node *owner)
{
    struct page *g = owner->page = piece_take(m, PIECE_PAGE, sizeof *g);
    g->owner = owner;
    return g;
}

/* Its two kids take the place of `x` in its page, or make its own when it is a root. */
static void page_give(struct market *m, struct node *x)
{
    struct page *g = x->in;
    if (g) {
        page_drop(x);
    } else {
        g = page_new(m, x);
    }
    page_add(g, &x->kids[0]);
    page_add(g, &x->kids[1]);
    node_tell(g->owner);
}

/* The kid of `above` that x lies below, or is. */
static struct node *side_of(struct node *x, const struct node *above)
{
    while (x->up != above)
        x = x->up;
    return x;
}

static void page_room(struct market *m, struct node *x);

/* Two pages for one: each kid of the owner gets what lies below it. */
static void page_halve(struct market *m, struct node *owner)
{
    struct page *g = owner->page;
    page_room(m, owner);
    owner->page = NULL;
    for (int32_t i = 0; i < g->head.n; i++) {
        struct node *x = g->kid[i], *side = side_of(x, owner);
        x->in = NULL;
        if (x != side)
            page_add(side->page ? side->page : page_new(m, side), x);
    }
    for (int k = 0; k < 2; k++)
        node_tell(&owner->kids[k]);
    piece_give(m, PIECE_PAGE, g, sizeof *g);
    page_give(m, owner);
}

/* Room for one more in the page that x stands in. */
static void page_room(struct market *m, struct node *x)
{
    while (x->in && x->in->head.n == STRIP)
        page_halve(m, x->in->owner);
}

/* And back. */
static void page_merge(struct market *m, struct node *x)
{
    if (x->page) {
        piece_give(m, PIECE_PAGE, x->page, sizeof *x->page);
        x->page = NULL;
        return;
    }
    struct page *g = x->kids[0].in;
    page_set(g, x->kids[0].in_at, x);
    page_drop(&x->kids[1]);
}

/* ---- the tree ---- */

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
    node_tell(x);
}

/* After as many changes as there are slots a leaf is summed up, and then what is above: O(1) each. */
static void grow_stale(struct node *leaf)
{
    if (++leaf->stale < leaf->b.n / 2 + 4)
        return;
    for (struct node *x = leaf; x; x = x->up)
        sum_up(x);
}

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
    struct node *x = piece_take(m, PIECE_PAIR, 2 * sizeof *x);
    x[0] = x[1] = (struct node){.up = up};
    return x;
}

void leaf_set(struct node *x, size_t at, const struct slot *t)
{
    x->slots[at] = *t;
    strip_set(&x->columns->strip[at / STRIP], at % STRIP, t);
}

static int doubled(int32_t cap)
{
    return __builtin_ctz((uint32_t)cap / STRIP);
}

static size_t slots_size(int32_t cap)
{
    return (size_t)cap * sizeof(struct slot);
}

static size_t columns_size(int32_t cap)
{
    return sizeof(struct columns) + (size_t)cap / STRIP * sizeof(struct strip);
}

static void leaf_free(struct market *m, struct node *x)
{
    if (!x->cap)
        return;
    piece_give(m, PIECE_SLOTS + doubled(x->cap), x->slots, slots_size(x->cap));
    piece_give(m, PIECE_COLUMNS + doubled(x->cap), x->columns, columns_size(x->cap));
    x->slots = NULL;
    x->columns = NULL;
    x->cap = 0;
}

static void leaf_grow(struct market *m, struct node *x)
{
    struct node old = *x;
    x->cap = old.cap ? 2 * old.cap : STRIP;
    x->slots = piece_take(m, PIECE_SLOTS + doubled(x->cap), slots_size(x->cap));
    x->columns = piece_take(m, PIECE_COLUMNS + doubled(x->cap), columns_size(x->cap));
    if (old.cap) {
        memcpy(x->slots, old.slots, slots_size(old.cap));
        memcpy(x->columns, old.columns, columns_size(old.cap));
    }
    x->columns->slots = x->slots;
    leaf_free(m, &old);
}

static void leaf_add(struct market *m, struct node *x, const struct slot *t)
{
    if (x->b.n == x->cap)
        leaf_grow(m, x);
    struct spot *s = spot_find(&m->slots, t->id);
    s->leaf = x;
    s->at = (size_t)x->b.n;
    leaf_set(x, s->at, t);
    bounds_add(&x->b, t);
    node_tell(x);
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
    leaf_free(m, x);
    x->kids = kids;
    page_room(m, x);
    page_give(m, x);
}

/* One leaf for two. */
static void merge_leaves(struct market *m, struct node *x)
{
    struct node *kids = x->kids;
    page_merge(m, x);
    x->kids = NULL;
    x->b = (struct bounds){.n = 0};
    for (int k = 0; k < 2; k++) {
        for (int32_t i = 0; i < kids[k].b.n; i++)
            leaf_add(m, x, &kids[k].slots[i]);
        leaf_free(m, &kids[k]);
    }
    piece_give(m, PIECE_PAIR, kids, 2 * sizeof *kids);
}

static struct node *root_of(struct market *m, const struct slot *t)
{
    return &m->roots[t->trade + (point_known(t->place) ? 0 : TRADES_MAX)];
}

static void each_below(const struct node *x, void (*fn)(void *arg, const struct slot *t), void *arg)
{
    for (int k = 0; x->kids && k < 2; k++) { /* both are called from memory before the first is read */
        const struct node *kid = &x->kids[k];
        const char *next = kid->kids ? (const char *)kid->kids : (const char *)kid->slots;
        size_t n = kid->kids ? 2 * sizeof *kid : (size_t)kid->b.n * sizeof *kid->slots;
        for (size_t at = 0; at < n; at += 64)
            __builtin_prefetch(next + at);
    }
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

/* ---- what market.c asks for ---- */

void tree_put(struct market *m, const struct slot *t)
{
    struct node *x = root_of(m, t);
    for (; x->kids; x = &x->kids[split_value(t, x->split) >= x->plane]) {
        bounds_add(&x->b, t);
        node_tell(x);
    }
    leaf_add(m, x, t);
    split_leaf(m, x);
}

void tree_drop(struct market *m, struct node *leaf, size_t at)
{
    size_t last = (size_t)leaf->b.n - 1;
    if (at != last) {
        leaf_set(leaf, at, &leaf->slots[last]);
        spot_find(&m->slots, leaf->slots[at].id)->at = at;
    }
    for (struct node *x = leaf; x; x = x->up) {
        x->b.n--;
        node_tell(x);
    }
    for (struct node *up = leaf->up; up && up->b.n <= MERGE_AT; up = up->up)
        merge_leaves(m, leaf = up); /* its kids are leaves: every other inner node has more */
    grow_stale(leaf);
}
