/* fair.c - see the header. */
#include "market/fair.h"

struct guard {
    const int8_t *group;
    int32_t n, to; /* of the pool; places to be filled */
    int32_t delta_pct;
    int32_t size[FAIR_GROUPS], here[FAIR_GROUPS], taken[FAIR_GROUPS]; /* of the pool, of the list, of the places filled */
};

/* A list that is its own pool. */
static struct guard begin(const int8_t *group, int32_t n, int32_t delta_pct)
{
    struct guard g = {.group = group, .n = n, .to = n, .delta_pct = delta_pct};
    for (int32_t k = 0; k < n; k++)
        g.size[group[k]] = ++g.here[group[k]];
    return g;
}

static struct guard begin_list(const struct fair_list *l, int32_t delta_pct, int32_t top)
{
    struct guard g = begin(l->group, l->n, delta_pct);
    g.to = top < l->n ? top : l->n;
    g.n = 0;
    for (int32_t x = 0; x < FAIR_GROUPS; x++)
        g.n += g.size[x] = l->pool[x];
    return g;
}

/* floor((share - delta) * k), at most all of them. */
static int32_t wanted(const struct guard *g, int32_t x, int32_t k)
{
    int64_t num = (int64_t)g->size[x] * 100 - (int64_t)g->delta_pct * g->n;
    int64_t want = num <= 0 ? 0 : num * k / (100LL * g->n);
    return want < g->here[x] ? (int32_t)want : g->here[x];
}

/* The first length from k on up to which every place left must go to a group that is short; then
 * those groups are in ret_short. 0 when there is room. */
static int32_t tight(const struct guard *g, int32_t k, bool ret_short[FAIR_GROUPS])
{
    for (int32_t d = k; d <= g->to; d++) {
        int32_t need = 0;
        for (int32_t x = 0; x < FAIR_GROUPS; x++) {
            int32_t more = wanted(g, x, d) - g->taken[x];
            ret_short[x] = more > 0;
            need += more > 0 ? more : 0;
        }
        if (need > d - k)
            return d;
    }
    return 0;
}

static struct fair_cost fill(struct arena *a, struct guard *g, const int64_t *points, int32_t n, int32_t top, int32_t *order)
{
    struct fair_cost c = {0};
    bool *used = NEW_N(a, (size_t)n + 1, bool), is_short[FAIR_GROUPS];
    for (int32_t k = 1; k <= g->to; k++) {
        int32_t must = tight(g, k, is_short), pick = 0;
        while (used[pick] || (must && !is_short[g->group[pick]]))
            pick++;
        used[pick] = true;
        g->taken[g->group[pick]]++;
        order[k - 1] = pick;
        c.moved += pick != k - 1;
        c.lost_top += k <= top ? points[k - 1] - points[pick] : 0;
    }
    return c;
}

struct fair_cost fair_guard(struct arena *a, const int64_t *points, const int8_t *group, int32_t n,
                            int32_t delta_pct, int32_t top, int32_t *order)
{
    struct guard g = begin(group, n, delta_pct);
    return fill(a, &g, points, n, top, order);
}

struct fair_cost fair_first(struct arena *a, const struct fair_list *l, int32_t delta_pct, int32_t top, int32_t *order)
{
    struct guard g = begin_list(l, delta_pct, top);
    return fill(a, &g, l->points, l->n, top, order);
}

bool fair_keeps(const int8_t *group, const int32_t *order, int32_t n, int32_t delta_pct)
{
    struct guard g = begin(group, n, delta_pct);
    for (int32_t k = 1; k <= n; k++) {
        g.taken[group[order[k - 1]]]++;
        for (int32_t x = 0; x < FAIR_GROUPS; x++)
            if (g.taken[x] < wanted(&g, x, k))
                return false;
    }
    return true;
}

bool fair_owed(int32_t seats, int64_t views)
{
    return seats <= FAIR_SMALL_SEATS && views < (int64_t)FAIR_VIEWS * seats;
}
