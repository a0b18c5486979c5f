/* city.c - the generator of city.h. Metres, fen, and Q16 where a curve is needed. */
#include "market/city.h"

#include "market/dice.h"

enum { TRADES = 40, MAX_CLUSTERS = 200, CELL_M = 1000, SEATS_MAX = 120, Q16 = 65536 };

/* Twice as many for the whole day as for each part of it. */
static const int32_t shifts[] = {SHIFT_DAY, SHIFT_DAY, SHIFT_MORNING, SHIFT_AFTERNOON, SHIFT_EVENING};

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
    bool hall;
    int32_t side_m, grid, clusters, degree, roles;
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
struct city_edges {
    int32_t *slot, *score, n;
};

static int32_t between(uint64_t *rnd, int32_t from, int32_t to)
{
    return from + dice_below(rnd, to - from + 1);
}

/* Standard normal in Q16: twelve uniforms less six. */
static int32_t normal(uint64_t *rnd)
{
    int32_t sum = -6 * Q16;
    for (int k = 0; k < 12; k++)
        sum += dice_below(rnd, Q16);
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
    for (int32_t u = dice_below(rnd, sum); k < TRADES - 1 && u >= 1000000 / (k + 3); k++)
        u -= 1000000 / (k + 3);
    return k;
}

static int32_t inside(const struct gen *g, int32_t v)
{
    return v < 0 ? 0 : v >= g->side_m ? g->side_m - 1 : v;
}

static struct place near_centre(struct gen *g, int32_t sigma_m)
{
    struct place c = g->centre[dice_below(&g->rnd, g->clusters)];
    int32_t dx = (int32_t)((int64_t)normal(&g->rnd) * sigma_m / Q16);
    int32_t dy = (int32_t)((int64_t)normal(&g->rnd) * sigma_m / Q16);
    return (struct place){inside(g, c.x + dx), inside(g, c.y + dy)};
}

static int32_t cell_of(const struct gen *g, struct place p)
{
    return p.y / CELL_M * g->grid + p.x / CELL_M;
}

/* In a hall everything is for today. */
static int32_t hours(struct gen *g)
{
    return shifts[dice_below(&g->rnd, g->hall ? 1 : (int32_t)(sizeof shifts / sizeof *shifts))];
}

/* e^N(1.6, 1.0) in a hall, where an order has eight seats, and e^N(1.4, 0.9), six, in a city. */
static int32_t seats(struct gen *g)
{
    int32_t x = normal(&g->rnd);
    int32_t n = exp_round(g->hall ? Q16 * 8 / 5 + x : Q16 * 7 / 5 + x / 10 * 9);
    return n < 1 ? 1 : n > SEATS_MAX ? SEATS_MAX : n;
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
        int32_t t = g->trade[other][trade(&g->rnd)], shift = hours(g);
        struct place at = j % g->roles ? raw[j - 1].at : near_centre(g, 2000);
        raw[j] = (struct post){.at = at, .trade = t, .shift = shift, .unskilled = g->unskilled[t], .other = other};
        raw[j].wage = g->wage[other][t] + (int32_t)((int64_t)normal(&g->rnd) * 300 / Q16);
        g->cell[cell_of(g, raw[j].at) + 2]++;
    }
    for (size_t c = 1; c <= cells; c++)
        g->cell[c + 1] += g->cell[c];
    for (int32_t j = 0; j < m; j++) {
        int32_t k = g->cell[cell_of(g, raw[j].at) + 1]++;
        g->post[k] = raw[j];
        g->other[k] = raw[j].other;
        g->cap[k] = seats(g);
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

/* Who has the whole day takes any shift. */
static int32_t score(const struct human *h, const struct post *p)
{
    bool same = h->trade == p->trade;
    if ((!same && !p->unskilled) || p->wage < h->floor || (h->shift != SHIFT_DAY && h->shift != p->shift))
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

/* What the post is worth to all n people together; 0 if it is not for one of them. */
static int32_t joint_score(const struct gen *g, const struct human *h, int32_t n, int32_t j)
{
    int32_t sum = 0;
    for (int32_t k = 0; k < n; k++) {
        int32_t one = g->cap[j] < n ? 0 : score(&h[k], &g->post[j]);
        if (!one)
            return 0;
        sum += one;
    }
    return sum;
}

/* The best posts for n people who go together, by slot. */
static int32_t edges_of(const struct gen *g, const struct human *h, int32_t people,
                        struct pick *best)
{
    int32_t n = 0;
    int32_t x0 = inside(g, h->home.x - h->reach) / CELL_M,
            x1 = inside(g, h->home.x + h->reach) / CELL_M;
    int32_t y0 = inside(g, h->home.y - h->reach) / CELL_M,
            y1 = inside(g, h->home.y + h->reach) / CELL_M;
    for (int32_t y = y0; y <= y1; y++) {
        int32_t to = g->cell[y * g->grid + x1 + 1];
        for (int32_t j = g->cell[y * g->grid + x0]; j < to; j++)
            n = offer(g, best, n, (struct pick){joint_score(g, h, people, j), j});
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

/* Who goes with somebody shares the home and the hours; for one slot also the trade. */
static struct human make_human(struct gen *g, int32_t i, const struct human *partner)
{
    struct human h = {.trade = g->trade[city_other(i)][trade(&g->rnd)],
                      .shift = hours(g)};
    h.home = near_centre(g, 3000);
    h.floor = between(&g->rnd, 1600, 2100);
    h.reach = between(&g->rnd, 4000, 12000);
    if (partner) {
        h.home = partner->home;
        h.shift = partner->shift;
        h.trade = g->roles > 1 ? h.trade : partner->trade;
    }
    return h;
}

/* The other law: the same trades in another order of frequency, other wages. */
static void shuffle(struct gen *g, uint64_t rnd)
{
    for (int32_t t = TRADES; t-- > 1;) {
        int32_t k = dice_below(&rnd, t + 1), x = g->trade[1][t];
        g->trade[1][t] = g->trade[1][k];
        g->trade[1][k] = x;
    }
    for (int32_t t = 0; t < TRADES; t++)
        g->wage[1][t] = between(&rnd, 1800, 2600);
}

static struct gen begin(const struct city_params *p)
{
    struct gen g = {.rnd = dice_seed(p->seed), .degree = p->degree, .roles = p->roles, .hall = p->hall};
    g.roles += !g.roles;
    g.side_m = (p->spread_km ? p->spread_km : 30) * 1000;
    g.grid = g.side_m / CELL_M;
    g.clusters = p->clusters ? p->clusters : 25;
    g.clusters = g.clusters < MAX_CLUSTERS ? g.clusters : MAX_CLUSTERS;
    for (int32_t k = 0; k < g.clusters; k++)
        g.centre[k] = (struct place){dice_below(&g.rnd, g.side_m), dice_below(&g.rnd, g.side_m)};
    for (int32_t t = 0; t < TRADES; t++) {
        g.wage[0][t] = g.wage[1][t] = between(&g.rnd, 1800, 2600);
        g.trade[0][t] = g.trade[1][t] = t;
        g.unskilled[t] = t % 2 == 0;
    }
    if (p->other_law)
        shuffle(&g, g.rnd);
    return g;
}

static void add_edges(struct city_edges *to, const struct gen *g, const struct human *h,
                      const struct pick *best, int32_t k)
{
    for (int32_t e = 0; e < k; e++, to->n++) {
        to->slot[to->n] = best[e].slot;
        to->score[to->n] = score(h, &g->post[best[e].slot]);
    }
}

static void tell_slots(struct arena *a, const struct gen *g, struct city *c)
{
    int32_t m = c->b.slots, site = -1;
    c->site = NEW_N(a, (size_t)m + 1, int32_t);
    c->shift = NEW_N(a, (size_t)m + 1, int32_t);
    for (int32_t j = 0; j < m; j++) {
        struct place p = g->post[j].at, q = g->post[j > 0 ? j - 1 : 0].at;
        site += j == 0 || p.x != q.x || p.y != q.y;
        c->site[j] = site;
        c->shift[j] = g->post[j].shift;
        c->seats += g->cap[j];
    }
}

int32_t city_group(const struct city *c, int32_t i)
{
    int32_t crews = 2 * c->couples;
    return i < crews ? 2 : i < crews + CITY_CREW * c->crews ? CITY_CREW : 1;
}

struct city city_make(struct arena *a, const struct city_params *p)
{
    struct gen g = begin(p);
    struct city c = {.couples = (int32_t)((int64_t)p->people * p->couple_pct / 200),
                     .crews = (int32_t)((int64_t)p->people * p->crew_pct / (100 * CITY_CREW))};
    make_posts(a, &g, p->slots);
    size_t room = (size_t)p->people * (size_t)p->degree + 1;
    int32_t *row = NEW_N(a, (size_t)p->people + 1, int32_t);
    struct city_edges to = {NEW_N(a, room, int32_t), NEW_N(a, room, int32_t), 0};
    struct pick *best = NEW_N(a, (size_t)p->degree + 1, struct pick);
    for (int32_t i = 0, size; i < p->people; i += size) {
        struct human h[CITY_CREW] = {0};
        size = city_group(&c, i);
        int32_t joint = p->roles ? 1 : size, k = 0;
        for (int32_t x = 0; x < size; x++)
            h[x] = make_human(&g, i + x, x ? &h[x - 1] : NULL);
        for (int32_t x = 0; x < size; x++) {
            if (x % joint == 0)
                k = edges_of(&g, &h[x], joint, best);
            add_edges(&to, &g, &h[x], best, k);
            row[i + x + 1] = to.n;
        }
    }
    c.other = g.other;
    c.b = (struct batch){p->people, p->slots, row, to.slot, to.score, g.cap};
    tell_slots(a, &g, &c);
    return c;
}
