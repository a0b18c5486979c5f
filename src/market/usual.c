/* usual.c - the mean of what a person could have instead: over a sample of the whole market, drawn by
 * hash; where few of it are open to the person, over all that are, found through the tree. */
#include "market/tree.h"

/* 64 of them give the reasons of the full mean on 96 of 100 cards. Of LOOKS pages, leaves and scores the way through the
 * tree takes a tenth of a millisecond. */
enum { ENOUGH = 64, LOOKS = 500 };

struct count {
    const struct market_params *p;
    const struct seeker *s;
    const struct question *q;
    struct strip_ask ask;
    struct strip_area all; /* of the whole market */
    struct usual u;
    int32_t looks;
};

static void add(struct count *c, const struct slot *t)
{
    if (!question_asks(c->q, t) || hard_all(c->p, c->s, t, way_min(c->s, t)) || !question_lets(c->q, c->p, t))
        return;
    struct fit fit = fit_score(c->p, c->s, t);
    c->looks++;
    c->u.n++;
    for (int k = 0; k < PARTS; k++)
        c->u.part[k] += fit.part[k];
}

/* The cells stand by hash, so that the first are as good a sample as all. */
static void of_sample(struct count *c, const struct sample *x)
{
    uint32_t broken[STRIP];
    for (size_t from = 0; from < SAMPLE_CELLS && c->u.n < ENOUGH; from += STRIP) {
        const struct strip *v = &x->strip[from / STRIP];
        strip_broken(v, &c->ask, &c->all, broken);
        for (int i = 0; i < STRIP; i++) {
            bool placed = (v->lon[i] | v->lat[i]) != 0; /* else the columns say too much of the way */
            if (!broken[i] || (!placed && v->left[i]))
                add(c, &x->slot[from + (size_t)i]);
        }
    }
}

static void in_leaf(struct count *c, const struct columns *g, int32_t trade)
{
    struct strip_area l = strip_area_of(&c->ask, trade, &g->head);
    uint32_t broken[STRIP];
    for (int32_t from = 0; from < g->head.n; from += STRIP) {
        strip_broken(&g->strip[from / STRIP], &c->ask, &l, broken);
        for (int32_t i = 0; i < STRIP && from + i < g->head.n; i++)
            if (!broken[i])
                add(c, &g->slots[from + i]);
    }
}

static void below(struct count *c, const struct head *at, int32_t trade)
{
    if (++c->looks > LOOKS)
        return;
    if (!at->is_page) {
        in_leaf(c, (const struct columns *)at, trade);
        return;
    }
    const struct page *g = (const struct page *)at;
    struct strip_area l = strip_area_of(&c->ask, trade, at);
    uint32_t shut[STRIP];
    fan_shut(&g->fan, &c->ask, &l, shut);
    for (int32_t i = 0; i < at->n; i++)
        if (!shut[i])
            below(c, g->next[i], trade);
}

struct usual usual_of(const struct market *m, const struct market_params *p, const struct seeker *s, const struct question *q)
{
    struct count c = {.p = p, .s = s, .q = q, .ask = strip_ask_of(p, s, q)}, all;
    struct bounds b = {.n = 1, .west = 1};
    for (int32_t k = 0; k < ROOTS; k++) {
        b.south = m->roots[k].b.south < b.south ? m->roots[k].b.south : b.south;
        b.north = m->roots[k].b.north > b.north ? m->roots[k].b.north : b.north;
    }
    struct head h = head_of(&b, 1, false);
    c.all = strip_area_of(&c.ask, 0, &h);
    all = c;
    of_sample(&c, &m->sample);
    if (c.u.n >= ENOUGH || !m->sample.halved || c.u.n << m->sample.halved > LOOKS) /* enough, all there are, or too many to look for */
        return c.u;
    for (int32_t k = 0; k < ROOTS; k++)
        if (m->roots[k].b.n)
            below(&all, head_in(&m->roots[k]), k % TRADES_MAX);
    return all.looks > LOOKS ? c.u : all.u;
}
