/* batch.c - the auction of batch.h: forward bids, reverse price drops, certificate. */
#include "market/batch.h"

#include <stdlib.h>
#include <string.h>

/* eps goes from the top score / FIRST_EPS down by EPS_STEP a phase. */
enum { FIRST_EPS = 4, EPS_STEP = 8 };

struct seat {
    int64_t bid;
    int32_t who;
};

struct auction {
    const struct batch *b;
    struct arena *a;
    int64_t scale, eps;
    int64_t *price;    /* per slot: lowest seat when full, else where the phase began */
    int32_t *at;       /* per person: slot or BATCH_OUT */
    int32_t *at_score; /* per person: score of that edge */
    int32_t *cap;      /* seats, at most the number of people who could come */
    int32_t *filled;
    int32_t *seat0;     /* first seat of a slot in `seats` */
    struct seat *seats; /* per slot a heap, lowest bid on top */
    int32_t *queue;     /* ring of people, people + 1 long */
    int32_t *col;       /* edges by slot, made when first needed */
    int32_t *col_who, *col_score;
    int64_t bids, pulls;
};

static bool lower(struct seat x, struct seat y)
{
    return x.bid < y.bid || (x.bid == y.bid && x.who < y.who);
}

static void sift_down(struct seat *h, int32_t n, struct seat x)
{
    int32_t k = 0;
    for (int32_t c = 1; c < n; c = 2 * k + 1) {
        c += c + 1 < n && lower(h[c + 1], h[c]);
        if (!lower(h[c], x))
            break;
        h[k] = h[c];
        k = c;
    }
    h[k] = x;
}

static void sift_up(struct seat *h, int32_t k, struct seat x)
{
    for (; k > 0 && lower(x, h[(k - 1) / 2]); k = (k - 1) / 2)
        h[k] = h[(k - 1) / 2];
    h[k] = x;
}

/* Takes a seat of j; returns who loses it, or BATCH_OUT. */
static int32_t sit(struct auction *s, int32_t j, struct seat x)
{
    struct seat *h = s->seats + s->seat0[j];
    int32_t lost = BATCH_OUT;
    if (s->filled[j] < s->cap[j]) {
        sift_up(h, s->filled[j]++, x);
    } else {
        lost = h[0].who;
        sift_down(h, s->filled[j], x);
    }
    if (s->filled[j] == s->cap[j])
        s->price[j] = h[0].bid;
    return lost;
}

struct choice {
    int64_t best, second; /* both floored at 0, the worth of staying out */
    int32_t edge;         /* -1: out */
};

static struct choice choose(const struct auction *s, int32_t i)
{
    struct choice c = {.edge = -1};
    const struct batch *b = s->b;
    for (int32_t e = b->row[i]; e < b->row[i + 1]; e++) {
        int64_t v = b->score[e] * s->scale - s->price[b->slot[e]];
        if (v <= c.second)
            continue;
        if (v > c.best) {
            c.second = c.best;
            c.best = v;
            c.edge = e;
        } else {
            c.second = v;
        }
    }
    return c;
}

static void forward(struct auction *s, int32_t waiting)
{
    const struct batch *b = s->b;
    int32_t head = 0, tail = waiting, ring = b->people + 1;
    while (head != tail) {
        int32_t i = s->queue[head];
        head = head + 1 == ring ? 0 : head + 1;
        struct choice c = choose(s, i);
        if (c.edge < 0)
            continue;
        int32_t j = b->slot[c.edge];
        s->bids++;
        s->at[i] = j;
        s->at_score[i] = b->score[c.edge];
        int32_t lost = sit(s, j, (struct seat){s->price[j] + c.best - c.second + s->eps, i});
        if (lost < 0)
            continue;
        s->at[lost] = BATCH_OUT;
        s->queue[tail] = lost;
        tail = tail + 1 == ring ? 0 : tail + 1;
    }
}

static void make_columns(struct auction *s)
{
    const struct batch *b = s->b;
    int32_t edges = b->row[b->people];
    s->col = NEW_N(s->a, (size_t)b->slots + 2, int32_t);
    s->col_who = NEW_N(s->a, (size_t)edges + 1, int32_t);
    s->col_score = NEW_N(s->a, (size_t)edges + 1, int32_t);
    for (int32_t e = 0; e < edges; e++)
        s->col[b->slot[e] + 2]++;
    for (int32_t j = 0; j < b->slots; j++)
        s->col[j + 2] += s->col[j + 1];
    for (int32_t i = 0; i < b->people; i++) {
        for (int32_t e = b->row[i]; e < b->row[i + 1]; e++) {
            int32_t k = s->col[b->slot[e] + 1]++;
            s->col_who[k] = i;
            s->col_score[k] = b->score[e];
        }
    }
}

static int64_t profit(const struct auction *s, int32_t i)
{
    int32_t j = s->at[i];
    return j < 0 ? 0 : s->at_score[i] * s->scale - s->price[j];
}

/* Slot j has empty seats and a price: lowers it to what the best people elsewhere would just come
 * for, and takes them. `top` is scratch of empty + 1. Queues the slots they leave. */
static int32_t pull(struct auction *s, int32_t j, struct seat *top, int32_t *todo, int32_t n_todo)
{
    int32_t want = s->cap[j] - s->filled[j], n = 0;
    for (int32_t k = s->col[j]; k < s->col[j + 1]; k++) {
        int32_t i = s->col_who[k];
        struct seat x = {s->col_score[k] * s->scale - profit(s, i), i};
        if (s->at[i] == j || x.bid <= s->eps)
            continue;
        if (n <= want)
            sift_up(top, n++, x);
        else if (lower(top[0], x))
            sift_down(top, n, x);
    }
    s->price[j] = n > want ? top[0].bid - s->eps : 0;
    for (int32_t t = n > want ? 1 : 0; t < n; t++) {
        int32_t i = top[t].who, from = s->at[i];
        s->at_score[i] = (int32_t)((top[t].bid + profit(s, i)) / s->scale);
        s->at[i] = j;
        s->filled[j]++;
        s->pulls++;
        if (from >= 0 && s->filled[from]-- == s->cap[from] && s->price[from] > 0)
            todo[n_todo++] = from;
    }
    return n_todo;
}

static void reverse(struct auction *s, struct seat *top, int32_t *todo)
{
    int32_t n = 0;
    for (int32_t j = s->b->slots; j-- > 0;)
        if (s->filled[j] < s->cap[j] && s->price[j] > 0)
            todo[n++] = j;
    if (n && !s->col)
        make_columns(s);
    while (n) {
        n--;
        n = pull(s, todo[n], top, todo, n);
    }
}

/* Begins a phase at the prices of the one before: who is still content keeps the seat. */
static int32_t begin(struct auction *s)
{
    const struct batch *b = s->b;
    int32_t waiting = 0;
    memset(s->filled, 0, sizeof *s->filled * (size_t)b->slots);
    for (int32_t i = 0; i < b->people; i++) {
        int32_t j = s->at[i];
        if (j >= 0 && profit(s, i) + s->eps >= choose(s, i).best) {
            s->seats[s->seat0[j] + s->filled[j]++] = (struct seat){s->price[j], i};
        } else {
            s->at[i] = BATCH_OUT;
            s->queue[waiting++] = i;
        }
    }
    return waiting;
}

/* One seat more than people who could come is as good as any number, and keeps the price at 0;
 * slots without seats cost what nobody would pay. */
static void lay_seats(struct auction *s)
{
    const struct batch *b = s->b;
    int32_t edges = b->row[b->people], total = 0;
    for (int32_t e = 0; e < edges; e++)
        s->cap[b->slot[e]] += b->score[e] > 0;
    for (int32_t j = 0; j < b->slots; j++) {
        s->cap[j] = b->cap[j] <= s->cap[j] ? b->cap[j] : s->cap[j] + 1;
        s->seat0[j] = total;
        total += s->cap[j];
    }
    s->seats = NEW_N(s->a, (size_t)total + 1, struct seat);
    for (int32_t e = 0; e < edges; e++) {
        int32_t j = b->slot[e];
        if (!s->cap[j] && s->price[j] < b->score[e] * s->scale)
            s->price[j] = b->score[e] * s->scale;
    }
}

int32_t batch_edge(const struct batch *b, int32_t i, int32_t j)
{
    int32_t from = b->row[i], to = b->row[i + 1];
    while (from < to) {
        int32_t mid = from + (to - from) / 2;
        if (b->slot[mid] < j)
            from = mid + 1;
        else
            to = mid;
    }
    return from < b->row[i + 1] && b->slot[from] == j ? from : -1;
}

int64_t batch_bound(const struct batch *b, const int64_t *price, int64_t scale)
{
    int64_t ub = 0;
    for (int32_t j = 0; j < b->slots; j++)
        ub += b->cap[j] * price[j];
    for (int32_t i = 0; i < b->people; i++) {
        int64_t best = 0;
        for (int32_t e = b->row[i]; e < b->row[i + 1]; e++) {
            int64_t v = b->score[e] * scale - price[b->slot[e]];
            best = v > best ? v : best;
        }
        ub += best;
    }
    return ub / scale;
}

/* Slots whose price rose since their people were last asked. */
struct rising {
    int64_t *price;
    int32_t *queue; /* ring of slots + 1 */
    bool *queued;
    int32_t head, tail, ring;
};

static void raise(struct rising *q, int32_t j, int64_t to)
{
    if (to <= q->price[j])
        return;
    q->price[j] = to;
    if (q->queued[j])
        return;
    q->queued[j] = true;
    q->queue[q->tail] = j;
    q->tail = q->tail + 1 == q->ring ? 0 : q->tail + 1;
}

/* The lowest prices, in points, at which an optimal assignment leaves everybody content: from 0 up,
 * only as far as somebody would otherwise rather be elsewhere (longest paths by a queue; they end
 * because an optimum has no cycle that gains). */
static int64_t *lowest_prices(const struct auction *s)
{
    const struct batch *b = s->b;
    size_t m = (size_t)b->slots + 1, n = (size_t)b->people + 1;
    struct rising q = {
        NEW_N(s->a, m, int64_t), NEW_N(s->a, m, int32_t), NEW_N(s->a, m, bool), 0, 0, b->slots + 1};
    int32_t *first = NEW_N(s->a, m, int32_t), *next = NEW_N(s->a, n, int32_t);
    memset(first, -1, m * sizeof *first);
    for (int32_t i = 0; i < b->people; i++) {
        int32_t j = s->at[i];
        int64_t own = j < 0 ? 0 : s->at_score[i];
        for (int32_t e = b->row[i]; e < b->row[i + 1]; e++)
            raise(&q, b->slot[e], b->score[e] - own);
        if (j >= 0) {
            next[i] = first[j];
            first[j] = i;
        }
    }
    while (q.head != q.tail) {
        int32_t j = q.queue[q.head];
        q.head = q.head + 1 == q.ring ? 0 : q.head + 1;
        q.queued[j] = false;
        for (int32_t i = first[j]; i >= 0; i = next[i])
            for (int32_t e = b->row[i]; e < b->row[i + 1]; e++)
                raise(&q, b->slot[e], b->score[e] - s->at_score[i] + q.price[j]);
    }
    return q.price;
}

static struct batch_result finish(struct auction *s)
{
    struct batch_result r = {.slot_of = s->at, .price = s->price, .scale = s->scale};
    for (int32_t i = 0; i < s->b->people; i++) {
        if (s->at[i] < 0)
            continue;
        r.value += s->at_score[i];
        r.placed++;
    }
    r.ub = batch_bound(s->b, r.price, r.scale);
    r.bids = s->bids;
    r.pulls = s->pulls;
    if (r.ub == r.value) {
        r.price = lowest_prices(s);
        r.scale = 1;
        r.ub = batch_bound(s->b, r.price, 1);
    }
    return r;
}

struct batch_result batch_solve(struct arena *a, const struct batch *b, int32_t eps)
{
    size_t n = (size_t)b->people, m = (size_t)b->slots;
    struct auction s = {.b = b, .a = a, .scale = eps > 0 ? 1 : b->people + 1};
    int64_t last = eps > 0 ? eps : 1, top_score = 0;
    s.price = NEW_N(a, m + 1, int64_t);
    s.at = NEW_N(a, n + 1, int32_t);
    s.at_score = NEW_N(a, n + 1, int32_t);
    s.cap = NEW_N(a, m + 1, int32_t);
    s.filled = NEW_N(a, m + 1, int32_t);
    s.seat0 = NEW_N(a, m + 1, int32_t);
    s.queue = NEW_N(a, n + 1, int32_t);
    lay_seats(&s);
    int32_t widest = 0;
    for (int32_t j = 0; j < b->slots; j++)
        widest = s.cap[j] > widest ? s.cap[j] : widest;
    struct seat *top = NEW_N(a, (size_t)widest + 2, struct seat);
    int32_t *todo = NEW_N(a, n + m + 2, int32_t);
    for (int32_t i = 0; i < b->people; i++)
        s.at[i] = BATCH_OUT;
    for (int32_t e = 0; e < b->row[b->people]; e++)
        top_score = b->score[e] > top_score ? b->score[e] : top_score;
    s.eps = top_score * s.scale / FIRST_EPS;
    for (bool more = true; more; s.eps /= EPS_STEP) {
        s.eps = s.eps > last ? s.eps : last;
        more = s.eps > last;
        forward(&s, begin(&s));
        reverse(&s, top, todo);
    }
    return finish(&s);
}

bool batch_valid(struct arena *a, const struct batch *b, const int32_t *slot_of)
{
    int32_t *left = NEW_N(a, (size_t)b->slots + 1, int32_t);
    memcpy(left, b->cap, sizeof *left * (size_t)b->slots);
    for (int32_t i = 0; i < b->people; i++) {
        int32_t e = b->row[i], j = slot_of[i];
        if (j == BATCH_OUT)
            continue;
        while (e < b->row[i + 1] && b->slot[e] != j)
            e++;
        if (e == b->row[i + 1] || b->score[e] <= 0 || left[j]-- <= 0)
            return false;
    }
    return true;
}

struct pair {
    int32_t score, who, edge;
};

static int best_first(const void *x, const void *y)
{
    const struct pair *p = x, *q = y;
    if (p->score != q->score)
        return p->score < q->score ? 1 : -1;
    return (p->edge > q->edge) - (p->edge < q->edge);
}

int64_t batch_greedy(struct arena *a, const struct batch *b)
{
    size_t edges = (size_t)b->row[b->people];
    struct pair *p = NEW_N(a, edges + 1, struct pair);
    int32_t *left = NEW_N(a, (size_t)b->slots + 1, int32_t);
    bool *done = NEW_N(a, (size_t)b->people + 1, bool);
    int64_t value = 0;
    memcpy(left, b->cap, sizeof *left * (size_t)b->slots);
    for (int32_t i = 0; i < b->people; i++)
        for (int32_t e = b->row[i]; e < b->row[i + 1]; e++)
            p[e] = (struct pair){b->score[e], i, e};
    qsort(p, edges, sizeof *p, best_first);
    for (size_t k = 0; k < edges && p[k].score > 0; k++) {
        int32_t j = b->slot[p[k].edge];
        if (done[p[k].who] || left[j] <= 0)
            continue;
        done[p[k].who] = true;
        left[j]--;
        value += p[k].score;
    }
    return value;
}

int64_t batch_first_come(struct arena *a, const struct batch *b)
{
    int32_t *left = NEW_N(a, (size_t)b->slots + 1, int32_t);
    int64_t value = 0;
    memcpy(left, b->cap, sizeof *left * (size_t)b->slots);
    for (int32_t i = 0; i < b->people; i++) {
        int32_t best = -1;
        for (int32_t e = b->row[i]; e < b->row[i + 1]; e++)
            if (left[b->slot[e]] > 0 && b->score[e] > (best < 0 ? 0 : b->score[best]))
                best = e;
        if (best < 0)
            continue;
        left[b->slot[best]]--;
        value += b->score[best];
    }
    return value;
}
