/* city.c - the generator of city.h. Metres, fen, and Q16 where a curve is needed. */
#include "market/city.h"

enum { TRADES = 40, SHIFTS = 5, MAX_CLUSTERS = 200, CELL_M = 1000, SEATS_MAX = 120, Q16 = 65536 };

struct place {
    int32_t x, y;
};
struct post {
    struct place at;
    int32_t trade, shift, wage, unskilled;
    bool other;
};
struct human {
    struct place home;
    int32_t trade, shift, floor, reach;
};
struct gen {
    uint64_t rnd;
    int32_t shifts;
    int32_t side_m, grid, clusters, degree;
    struct place centre[MAX_CLUSTERS];
    int32_t wage[2][TRADES]; /* usual and other law */
    int32_t trade[2][TRADES];
    bool unskilled[TRADES];
    int32_t *cell; /* grid * grid + 1: posts are sorted by cell */
    struct post *post;
    int32_t *cap;
    bool *other;
};
struct pick {
    int32_t score, slot;
};

uint64_t city_random(uint64_t *state)
{
    uint64_t x = *state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * 0x2545F4914F6CDD1DULL;
}

int32_t city_below(uint64_t *state, int32_t n)
{
    return (int32_t)((city_random(state) >> 32) * (uint64_t)n >> 32);
}

static int32_t between(uint64_t *rnd, int32_t from, int32_t to)
{
    return from + city_below(rnd, to - from + 1);
}

/* Standard normal in Q16: twelve uniforms less six. */
static int32_t normal(uint64_t *rnd)
{
    int32_t sum = -6 * Q16;
    for (int k = 0; k < 12; k++)
        sum += city_below(rnd, Q16);
    return sum;
}

/* e^x for x in Q16, -8 < x < 12: 2^(x log2 e), the fraction by a cubic. */
static int32_t exp_round(int32_t x)
{
    int64_t y = (int64_t)x * 94548 / Q16 + 12 * Q16;
    int64_t whole = y / Q16, f = y % Q16;
    int64_t m = Q16 + f * (45622 + f * (14861 + f * 5103 / Q16) / Q16) / Q16;
    return (int32_t)(((m << whole) + (1 << 27)) >> 28);
}

/* Trades with the weights 1 / (k + 3). */
static int32_t trade(uint64_t *rnd)
{
    int32_t sum = 0, k = 0;
    for (int32_t t = 0; t < TRADES; t++)
        sum += 1000000 / (t + 3);
    for (int32_t u = city_below(rnd, sum); k < TRADES - 1 && u >= 1000000 / (k + 3); k++)
        u -= 1000000 / (k + 3);
    return k;
}

static int32_t inside(const struct gen *g, int32_t v)
{
    return v < 0 ? 0 : v >= g->side_m ? g->side_m - 1 : v;
}

static struct place near_centre(struct gen *g, int32_t sigma_m)
{
    struct place c = g->centre[city_below(&g->rnd, g->clusters)];
    int32_t dx = (int32_t)((int64_t)normal(&g->rnd) * sigma_m / Q16);
    int32_t dy = (int32_t)((int64_t)normal(&g->rnd) * sigma_m / Q16);
    return (struct place){inside(g, c.x + dx), inside(g, c.y + dy)};
}

static int32_t cell_of(const struct gen *g, struct place p)
{
    return p.y / CELL_M * g->grid + p.x / CELL_M;
}

static void make_posts(struct arena *a, struct gen *g, int32_t m)
{
    struct post *raw = NEW_N(a, (size_t)m + 1, struct post);
    size_t cells = (size_t)g->grid * (size_t)g->grid;
    g->post = NEW_N(a, (size_t)m + 1, struct post);
    g->cap = NEW_N(a, (size_t)m + 1, int32_t);
    g->other = NEW_N(a, (size_t)m + 1, bool);
    g->cell = NEW_N(a, cells + 2, int32_t);
    for (int32_t j = 0; j < m; j++) {
        bool other = j % 2;
        int32_t t = g->trade[other][trade(&g->rnd)], shift = city_below(&g->rnd, g->shifts);
        raw[j] = (struct post){.at = near_centre(g, 2000),
                               .trade = t,
                               .shift = shift,
                               .unskilled = g->unskilled[t],
                               .other = other};
        raw[j].wage = g->wage[other][t] + (int32_t)((int64_t)normal(&g->rnd) * 300 / Q16);
        g->cell[cell_of(g, raw[j].at) + 2]++;
    }
    for (size_t c = 1; c <= cells; c++)
        g->cell[c + 1] += g->cell[c];
    for (int32_t j = 0; j < m; j++) {
        int32_t seats = exp_round(8 * Q16 / 5 + normal(&g->rnd));
        int32_t k = g->cell[cell_of(g, raw[j].at) + 1]++;
        g->post[k] = raw[j];
        g->other[k] = raw[j].other;
        g->cap[k] = seats < 1 ? 1 : seats > SEATS_MAX ? SEATS_MAX : seats;
    }
}

static int32_t root(int64_t v)
{
    int64_t r = 0;
    for (int64_t bit = 1 << 20; bit; bit >>= 1)
        if ((r | bit) * (r | bit) <= v)
            r |= bit;
    return (int32_t)r;
}

/* Shifts 0, 1 whole day, 2 morning, 3 afternoon, 4 evening; who has the whole day takes any. */
static int32_t score(const struct human *h, const struct post *p)
{
    bool same = h->trade == p->trade;
    if ((!same && !p->unskilled) || p->wage < h->floor || (h->shift > 1 && h->shift != p->shift))
        return 0;
    int64_t dx = h->home.x - p->at.x, dy = h->home.y - p->at.y, far = dx * dx + dy * dy;
    if (far > (int64_t)h->reach * h->reach)
        return 0;
    int32_t more = p->wage - h->floor < 1200 ? p->wage - h->floor : 1200;
    int32_t way = 25000 - (int32_t)((int64_t)25000 * root(far) / 12000);
    return more * 35000 / 1200 + way + (same ? 30000 : 7500) +
           (h->shift == p->shift ? 10000 : 4000);
}

static bool worse(struct pick x, struct pick y)
{
    return x.score < y.score || (x.score == y.score && x.slot > y.slot);
}

static void keep(struct pick *h, int32_t n, int32_t k, struct pick x)
{
    for (int32_t c = 2 * k + 1; c < n; c = 2 * k + 1) {
        c += c + 1 < n && worse(h[c + 1], h[c]);
        if (!worse(h[c], x))
            break;
        h[k] = h[c];
        k = c;
    }
    h[k] = x;
}

static int32_t offer(const struct gen *g, struct pick *best, int32_t n, struct pick x)
{
    if (!x.score)
        return n;
    if (n < g->degree) {
        best[n] = x;
        if (++n == g->degree)
            for (int32_t k = n / 2; k-- > 0;)
                keep(best, n, k, best[k]);
    } else if (worse(best[0], x)) {
        keep(best, n, 0, x);
    }
    return n;
}

static int32_t edges_of(const struct gen *g, const struct human *h, struct pick *best)
{
    int32_t n = 0;
    int32_t x0 = inside(g, h->home.x - h->reach) / CELL_M,
            x1 = inside(g, h->home.x + h->reach) / CELL_M;
    int32_t y0 = inside(g, h->home.y - h->reach) / CELL_M,
            y1 = inside(g, h->home.y + h->reach) / CELL_M;
    for (int32_t y = y0; y <= y1; y++) {
        int32_t to = g->cell[y * g->grid + x1 + 1];
        for (int32_t j = g->cell[y * g->grid + x0]; j < to; j++)
            n = offer(g, best, n, (struct pick){score(h, &g->post[j]), j});
    }
    for (int32_t k = 1; k < n; k++) { /* by slot; a few dozen */
        struct pick x = best[k];
        int32_t at = k;
        for (; at > 0 && best[at - 1].slot > x.slot; at--)
            best[at] = best[at - 1];
        best[at] = x;
    }
    return n;
}

bool city_other(int32_t person)
{
    return person / 2 % 2;
}

static struct human make_human(struct gen *g, int32_t i, const struct human *partner)
{
    struct human h = {.trade = g->trade[city_other(i)][trade(&g->rnd)],
                      .shift = city_below(&g->rnd, g->shifts)};
    h.home = near_centre(g, 3000);
    h.floor = between(&g->rnd, 1600, 2100);
    h.reach = between(&g->rnd, 4000, 12000);
    if (partner)
        h.home = partner->home;
    return h;
}

/* The other law: the same trades in another order of frequency, other wages. */
static void shuffle(struct gen *g, uint64_t rnd)
{
    for (int32_t t = TRADES; t-- > 1;) {
        int32_t k = city_below(&rnd, t + 1), x = g->trade[1][t];
        g->trade[1][t] = g->trade[1][k];
        g->trade[1][k] = x;
    }
    for (int32_t t = 0; t < TRADES; t++)
        g->wage[1][t] = between(&rnd, 1800, 2600);
}

static struct gen begin(const struct city_params *p)
{
    struct gen g = {.rnd = p->seed * 0x9E3779B97F4A7C15ULL + 1,
                    .degree = p->degree,
                    .shifts = p->hall ? 1 : SHIFTS};
    g.rnd += !g.rnd;
    g.side_m = (p->spread_km ? p->spread_km : 30) * 1000;
    g.grid = g.side_m / CELL_M;
    g.clusters = p->clusters ? p->clusters : 25;
    g.clusters = g.clusters < MAX_CLUSTERS ? g.clusters : MAX_CLUSTERS;
    for (int32_t k = 0; k < g.clusters; k++)
        g.centre[k] = (struct place){city_below(&g.rnd, g.side_m), city_below(&g.rnd, g.side_m)};
    for (int32_t t = 0; t < TRADES; t++) {
        g.wage[0][t] = g.wage[1][t] = between(&g.rnd, 1800, 2600);
        g.trade[0][t] = g.trade[1][t] = t;
        g.unskilled[t] = t % 2 == 0;
    }
    if (p->other_law)
        shuffle(&g, g.rnd);
    return g;
}

struct city city_make(struct arena *a, const struct city_params *p)
{
    struct gen g = begin(p);
    struct city c = {.couples = (int32_t)((int64_t)p->people * p->couple_pct / 200)};
    make_posts(a, &g, p->slots);
    size_t room = (size_t)p->people * (size_t)p->degree + 1;
    int32_t *row = NEW_N(a, (size_t)p->people + 1, int32_t), n = 0;
    int32_t *slot = NEW_N(a, room, int32_t), *sc = NEW_N(a, room, int32_t);
    struct pick *best = NEW_N(a, (size_t)p->degree + 1, struct pick);
    struct human h = {0};
    for (int32_t i = 0; i < p->people; i++) {
        h = make_human(&g, i, i % 2 && i / 2 < c.couples ? &h : NULL);
        int32_t k = edges_of(&g, &h, best);
        for (int32_t e = 0; e < k; e++, n++) {
            slot[n] = best[e].slot;
            sc[n] = best[e].score;
        }
        row[i + 1] = n;
    }
    for (int32_t j = 0; j < p->slots; j++)
        c.seats += g.cap[j];
    c.other = g.other;
    c.b = (struct batch){p->people, p->slots, row, slot, sc, g.cap};
    return c;
}
