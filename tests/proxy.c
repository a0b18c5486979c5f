/* proxy.c - see the header. */
#include "proxy.h"

#include <math.h>
#include <stdlib.h>

#include "market/dice.h"

enum { EXPERIENCE = 8, RECORD = 3, KINDS = TRADES_MAX * EXPERIENCE * RECORD * 8, PAIRS_EACH = 8, ROUNDS = 60, LOOKED_AT = 3, STRIDE = 4 };

/* How many of v[0 .. n) are not above x. */
static int32_t band(int32_t x, const int32_t *v, int32_t n)
{
    int32_t k = 0;
    while (k < n && v[k] <= x)
        k++;
    return k;
}

static int32_t kind_of(const struct seeker *s)
{
    static const int32_t days[EXPERIENCE - 1] = {10, 20, 40, 60, 90, 130, 190}, here[RECORD - 1] = {5, 10};
    int32_t kind = s->trade * EXPERIENCE + band(s->days_in[s->trade], days, EXPERIENCE - 1);
    kind = kind * RECORD + band(s->done, here, RECORD - 1);
    return kind * 8 + (s->pick_min > 0) + 2 * (s->limits != 0) + 4 * s->support;
}

static bool is_in(const struct town *t, enum town_group g, int32_t i)
{
    return t->groups[i] >> g & 1;
}

double selection_ratio(struct arena *a, const struct town *t, enum town_group g, const struct share *of)
{
    struct {
        double got, of;
    } *sum = arena_array(a, KINDS, 2 * sizeof *sum);
    double rate[2] = {0, 0};
    for (int32_t i = 0; i < t->people; i++) {
        int32_t k = 2 * kind_of(&t->person[i]) + is_in(t, g, i);
        sum[k].got += of[i].got;
        sum[k].of += of[i].of;
    }
    for (int32_t k = 0; k < 2 * KINDS; k += 2) {
        double both = sum[k].of * sum[k + 1].of;
        for (int32_t in = 0; both > 0 && in < 2; in++)
            rate[in] += sum[k + in].got / sum[k + in].of * both / (sum[k].of + sum[k + 1].of);
    }
    return rate[0] > 0 ? rate[1] / rate[0] : 0;
}

struct share *placed_of(struct arena *a, const struct town *t, const int32_t *slot_of)
{
    struct share *s = NEW_N(a, (size_t)t->people + 1, struct share);
    for (int32_t i = 0; i < t->people; i++)
        s[i] = (struct share){slot_of[i] >= 0, 1};
    return s;
}

struct ranked {
    int32_t total, person;
};

static int best_first(const void *x, const void *y)
{
    const struct ranked *a = x, *b = y;
    return a->total != b->total ? (a->total < b->total ? 1 : -1) : a->person - b->person;
}

struct share *listed_of(struct arena *a, const struct town *t)
{
    struct share *s = NEW_N(a, (size_t)t->people + 1, struct share);
    struct ranked *list = NEW_N(a, (size_t)t->people + 1, struct ranked);
    for (int32_t j = 0; j < t->slots; j += STRIDE) {
        int32_t n = 0;
        for (int32_t i = 0; i < t->people; i++) {
            struct fit f = fit_of(&t->params, &t->person[i], &t->slot[j]);
            if (!f.hard)
                list[n++] = (struct ranked){f.total, i};
        }
        qsort(list, (size_t)n, sizeof *list, best_first);
        for (int32_t k = 0; k < n; k++) {
            s[list[k].person].of++;
            s[list[k].person].got += k < LOOKED_AT * t->slot[j].cap;
        }
    }
    return s;
}

struct vector *score_vectors(struct arena *a, const struct town *t, int32_t *ret_n)
{
    struct vector *v = NEW_N(a, (size_t)t->people * PAIRS_EACH + 1, struct vector);
    uint64_t rnd = 3;
    int32_t n = 0;
    for (int32_t k = 0; k < t->people * PAIRS_EACH; k++) {
        const struct seeker *s = &t->person[k / PAIRS_EACH];
        struct fit f = fit_of(&t->params, s, &t->slot[dice_below(&rnd, t->slots)]);
        if (f.hard)
            continue;
        v[n] = (struct vector){.person = k / PAIRS_EACH, .kind = kind_of(s)};
        v[n].x[PARTS] = f.policy / (double)SCORE_ONE;
        for (int32_t x = 0; x < PARTS; x++)
            v[n].x[x] = f.part[x] / (double)SCORE_ONE;
        n++;
    }
    *ret_n = n;
    return v;
}

struct model {
    double weight[PROXY_FEATURES], scale[PROXY_FEATURES];
    double mean[KINDS][PROXY_FEATURES], odds[KINDS]; /* of a kind; ln */
};

/* Means of each kind, and how far vectors are from them. */
static void learn_kinds(struct arena *a, const struct town *t, enum town_group g, const struct vector *v, int32_t n, struct model *m)
{
    double(*count)[2] = arena_array(a, KINDS, sizeof *count);
    for (int32_t r = 0; r < n; r++) {
        int32_t k = v[r].kind;
        count[k][is_in(t, g, v[r].person)]++;
        for (int32_t x = 0; x < PROXY_FEATURES; x++)
            m->mean[k][x] += v[r].x[x];
    }
    for (int32_t k = 0; k < KINDS; k++) {
        m->odds[k] = log((count[k][1] + 0.5) / (count[k][0] + 0.5));
        for (int32_t x = 0; x < PROXY_FEATURES; x++)
            m->mean[k][x] /= count[k][0] + count[k][1] > 0 ? count[k][0] + count[k][1] : 1;
    }
    for (int32_t r = 0; r < n; r++)
        for (int32_t x = 0; x < PROXY_FEATURES; x++) {
            double d = v[r].x[x] - m->mean[v[r].kind][x];
            m->scale[x] += d * d / n;
        }
    for (int32_t x = 0; x < PROXY_FEATURES; x++)
        m->scale[x] = sqrt(m->scale[x]) + 1e-9;
}

static double guess(const struct model *m, const struct vector *v)
{
    const double *mean = m->mean[v->kind];
    double z = 0;
    for (int32_t x = 0; x < PROXY_FEATURES; x++)
        z += m->weight[x] * (v->x[x] - mean[x]) / m->scale[x];
    return z;
}

/* Of the even people; gradient ascent with whole steps, as the features are of one scale. */
static void learn(struct arena *a, const struct town *t, enum town_group g, const struct vector *v, int32_t n, struct model *m)
{
    learn_kinds(a, t, g, v, n, m);
    for (int32_t round = 0; round < ROUNDS; round++) {
        double step[PROXY_FEATURES] = {0};
        for (int32_t r = 0; r < n; r++) {
            int32_t k = v[r].kind;
            double off = is_in(t, g, v[r].person) - 1 / (1 + exp(-guess(m, &v[r]) - m->odds[k]));
            for (int32_t x = 0; x < PROXY_FEATURES; x++)
                step[x] += off * (v[r].x[x] - m->mean[k][x]) / m->scale[x];
        }
        for (int32_t x = 0; x < PROXY_FEATURES; x++)
            m->weight[x] += step[x] / n;
    }
}

struct guessed {
    int32_t kind;
    bool in;
    double z;
};

static int by_kind(const void *x, const void *y)
{
    const struct guessed *a = x, *b = y;
    return a->kind != b->kind ? a->kind - b->kind : (a->z > b->z) - (a->z < b->z);
}

/* Pairs of one kind, of which one is in the group, whose higher guess is that one's; of all such pairs. */
static double area(struct guessed *q, int32_t n)
{
    double right = 0, all = 0;
    qsort(q, (size_t)n, sizeof *q, by_kind);
    for (int32_t from = 0, to; from < n; from = to)
        for (to = from; to < n && q[to].kind == q[from].kind; to++)
            for (int32_t r = from; r < to; r++) {
                all += q[r].in != q[to].in;
                right += q[r].in == q[to].in ? 0 : q[r].z == q[to].z ? 0.5 : q[to].in;
            }
    return all > 0 ? right / all : 0.5;
}

double proxy_auc(struct arena *a, const struct town *t, enum town_group g, const struct vector *v, int32_t n)
{
    struct model *m = NEW(a, struct model);
    struct vector *half = NEW_N(a, (size_t)n + 1, struct vector);
    struct guessed *q = NEW_N(a, (size_t)n + 1, struct guessed);
    int32_t known = 0, others = 0;
    for (int32_t r = 0; r < n; r++)
        if (v[r].person % 2 == 0)
            half[known++] = v[r];
    learn(a, t, g, half, known, m);
    for (int32_t r = 0; r < n; r++)
        if (v[r].person % 2)
            q[others++] = (struct guessed){v[r].kind, is_in(t, g, v[r].person), guess(m, &v[r])};
    return area(q, others);
}
