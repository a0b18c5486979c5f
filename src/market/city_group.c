/* city_group.c - the groups of a city as units with options: site by site, shift by shift. */
#include "market/city.h"

enum { TOGETHER = 15000, FEW = 8 };

struct choice {
    int32_t value, n;
    int32_t slot[CITY_CREW]; /* one seat each; repeats are seats of one slot */
};
struct writer {
    const struct city *c;
    struct choice *best; /* options of the unit at hand, best first */
    int32_t n, most;
    int32_t *unit, *value, *use, *slot, *seats;
    int32_t units, options, uses;
};

static void consider(struct writer *w, struct choice x)
{
    if (w->n == w->most && w->best[w->n - 1].value >= x.value)
        return;
    w->n += w->n < w->most;
    int32_t k = w->n - 1;
    for (; k > 0 && w->best[k - 1].value < x.value; k--)
        w->best[k] = w->best[k - 1];
    w->best[k] = x;
}

static void write_option(struct writer *w, const struct choice *x)
{
    int32_t from = w->uses;
    for (int32_t k = 0; k < x->n; k++) {
        int32_t at = from;
        while (at < w->uses && w->slot[at] != x->slot[k])
            at++;
        w->uses += at == w->uses;
        w->slot[at] = x->slot[k];
        w->seats[at]++;
    }
    for (int32_t at = from; at < w->uses; at++) {
        if (w->seats[at] <= w->c->b.cap[w->slot[at]])
            continue;
        while (w->uses > from) /* more than the slot has: no option */
            w->seats[--w->uses] = 0;
        return;
    }
    w->value[w->options++] = x->value;
    w->use[w->options] = w->uses;
}

static void write_unit(struct writer *w)
{
    for (int32_t k = 0; k < w->n; k++)
        write_option(w, &w->best[k]);
    w->n = 0;
    w->unit[++w->units] = w->options;
}

static void alone(struct writer *w, int32_t i)
{
    const struct batch *b = &w->c->b;
    for (int32_t e = b->row[i]; e < b->row[i + 1]; e++)
        consider(w, (struct choice){b->score[e], 1, {b->slot[e]}});
}

/* The edges of i with this shift (-1: any), the best first; at most FEW. */
static int32_t few(const struct city *c, int32_t i, int32_t shift, int32_t *edge)
{
    int32_t n = 0;
    for (int32_t e = c->b.row[i]; e < c->b.row[i + 1]; e++) {
        if (shift >= 0 && c->shift[c->b.slot[e]] != shift)
            continue;
        int32_t k = n < FEW ? n++ : FEW;
        for (; k > 0 && c->b.score[edge[k - 1]] < c->b.score[e]; k--)
            if (k < FEW)
                edge[k] = edge[k - 1];
        if (k < FEW)
            edge[k] = e;
    }
    return n;
}

/* Any of x with any of y, worth pct of the sum. */
static void cross(struct writer *w, const int32_t *x, int32_t nx, const int32_t *y, int32_t ny,
                  int32_t pct)
{
    const struct batch *b = &w->c->b;
    for (int32_t k = 0; k < nx; k++)
        for (int32_t l = 0; l < ny; l++)
            consider(w, (struct choice){(b->score[x[k]] + b->score[y[l]]) * pct / 100,
                                        2,
                                        {b->slot[x[k]], b->slot[y[l]]}});
}

/* One person: a slot, or a morning and an afternoon. */
static void single(struct writer *w, int32_t i)
{
    int32_t x[FEW], y[FEW];
    int32_t nx = few(w->c, i, SHIFT_MORNING, x), ny = few(w->c, i, SHIFT_AFTERNOON, y);
    alone(w, i);
    cross(w, x, nx, y, ny, 75);
}

/* Where the edges of i at this site and shift begin and how many there are. */
static int32_t at_site(const struct city *c, int32_t i, int32_t site, int32_t shift, int32_t *edge)
{
    const struct batch *b = &c->b;
    int32_t from = b->row[i], to = b->row[i + 1], n = 0;
    while (from < to) { /* slots ascend, and sites with them */
        int32_t mid = from + (to - from) / 2;
        if (c->site[b->slot[mid]] < site)
            from = mid + 1;
        else
            to = mid;
    }
    for (; from < b->row[i + 1] && c->site[b->slot[from]] == site && n < FEW; from++)
        if (c->shift[b->slot[from]] == shift)
            edge[n++] = from;
    return n;
}

static void couple(struct writer *w, int32_t i, bool must)
{
    const struct city *c = w->c;
    int32_t x[FEW], y[FEW], bonus = must ? 0 : 2 * TOGETHER;
    for (int32_t e = c->b.row[i]; e < c->b.row[i + 1]; e++) {
        int32_t j = c->b.slot[e], n = at_site(c, i + 1, c->site[j], c->shift[j], y);
        for (int32_t k = 0; k < n; k++)
            consider(w, (struct choice){
                            c->b.score[e] + c->b.score[y[k]] + bonus, 2, {j, c->b.slot[y[k]]}});
    }
    if (must)
        return;
    alone(w, i);
    alone(w, i + 1);
    int32_t nx = few(c, i, -1, x), ny = few(c, i + 1, -1, y);
    cross(w, x, nx, y, ny, 100);
}

/* A crew at the site and shift of edge e of its first person: the best roles of the others. */
static void crew(struct writer *w, int32_t i)
{
    const struct city *c = w->c;
    for (int32_t e = c->b.row[i]; e < c->b.row[i + 1]; e++) {
        int32_t j = c->b.slot[e], x[FEW];
        struct choice all = {c->b.score[e], 1, {j}};
        for (int32_t k = 1; k < CITY_CREW; k++) {
            int32_t n = at_site(c, i + k, c->site[j], c->shift[j], x), best = 0;
            for (int32_t l = 1; l < n; l++)
                best = c->b.score[x[l]] > c->b.score[x[best]] ? l : best;
            if (!n)
                break;
            all.value += c->b.score[x[best]];
            all.slot[all.n++] = c->b.slot[x[best]];
        }
        if (all.n == CITY_CREW)
            consider(w, all);
    }
}

struct bundle city_bundles(struct arena *a, const struct city *c, int32_t most)
{
    size_t options = (size_t)c->b.people * (size_t)most + 1, uses = 2 * options;
    struct writer w = {.c = c, .most = most};
    w.best = NEW_N(a, (size_t)most, struct choice);
    w.unit = NEW_N(a, (size_t)c->b.people + 1, int32_t);
    w.value = NEW_N(a, options, int32_t);
    w.use = NEW_N(a, options + 1, int32_t);
    w.slot = NEW_N(a, uses + CITY_CREW, int32_t);
    w.seats = NEW_N(a, uses + CITY_CREW, int32_t);
    for (int32_t i = 0, size; i < c->b.people; i += size) {
        size = city_group(c, i);
        if (size == CITY_CREW)
            crew(&w, i);
        else if (size == 2)
            couple(&w, i, i / 2 % 2 == 0);
        else
            single(&w, i);
        write_unit(&w);
    }
    return (struct bundle){w.units, w.options, c->b.slots, w.unit,  w.value,
                           w.use,   w.slot,    w.seats,    c->b.cap};
}
