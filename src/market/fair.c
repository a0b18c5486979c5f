/* fair.c - see the header. */
#include "market/fair.h"

struct guard {
    const int8_t *group;
    int32_t n, delta_pct;
    int32_t size[FAIR_GROUPS], taken[FAIR_GROUPS];
};

static struct guard begin(const int8_t *group, int32_t n, int32_t delta_pct)
{
    struct guard g = {.group = group, .n = n, .delta_pct = delta_pct};
    for (int32_t k = 0; k < n; k++)
        g.size[group[k]]++;
    return g;
}

/* floor((share - delta) * k), at most all of them. */
static int32_t wanted(const struct guard *g, int32_t x, int32_t k)
{
    int64_t num = (int64_t)g->size[x] * 100 - (int64_t)g->delta_pct * g->n;
    int64_t want = num <= 0 ? 0 : num * k / (100LL * g->n);
    return want < g->size[x] ? (int32_t)want : g->size[x];
}

/* The first length from k on up to which every place left must go to a group that is short; then
 * those groups are in ret_short. 0 when there is room. */
static int32_t tight(const struct guard *g, int32_t k, bool ret_short[FAIR_GROUPS])
{
    for (int32_t d = k; d <= g->n; d++) {
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

struct fair_cost fair_guard(struct arena *a, const int64_t *points, const int8_t *group, int32_t n,
                            int32_t delta_pct, int32_t top, int32_t *order)
{
    struct guard g = begin(group, n, delta_pct);
    struct fair_cost c = {0};
    bool *used = NEW_N(a, (size_t)n + 1, bool), is_short[FAIR_GROUPS];
    for (int32_t k = 1; k <= n; k++) {
        int32_t must = tight(&g, k, is_short), pick = 0;
        while (used[pick] || (must && !is_short[group[pick]]))
            pick++;
        used[pick] = true;
        g.taken[group[pick]]++;
        order[k - 1] = pick;
        c.moved += pick != k - 1;
        c.lost_top += k <= top ? points[k - 1] - points[pick] : 0;
    }
    return c;
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
