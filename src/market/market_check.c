/* market_check.c - what must hold of the index after any fact; for tests and the fuzzer. */
#include <string.h>

#include "market/tree.h"

struct check {
    const struct market *m;
    const char *wrong;
    size_t slots, sampled;
    int64_t shown;
    int32_t paid[TRADES_MAX];
};

static void expect(struct check *c, bool holds, const char *what)
{
    if (!holds && !c->wrong)
        c->wrong = what;
}

/* To add it once more would widen nothing. */
static bool covers(const struct bounds *b, const struct slot *t)
{
    struct bounds wider;
    memcpy(&wider, b, sizeof wider);
    bounds_add(&wider, t);
    wider.n = b->n;
    return memcmp(&wider, b, sizeof wider) == 0;
}

static void one_slot(void *arg, const struct slot *t)
{
    struct check *c = arg;
    const struct spot *s = spot_find(&c->m->slots, t->id);
    c->slots++;
    c->sampled += sample_wants(&c->m->sample, t->id);
    c->paid[t->trade] += t->hour_fen > 0;
    expect(c, s && &s->leaf->slots[s->at] == t, "a slot is not where its id says");
    for (const struct node *x = s ? s->leaf : NULL; x; x = x->up) {
        expect(c, covers(&x->b, t), "a slot lies outside of the bounds of its node");
        bool upper = x->up && x == &x->up->kids[1];
        expect(c, !x->up || (split_value(t, x->up->split) >= x->up->plane) == upper, "a slot lies on the wrong side");
    }
}

static int64_t counted(struct check *c, const struct node *x)
{
    int64_t n = x->kids ? 0 : x->b.n;
    for (int k = 0; x->kids && k < 2; k++)
        n += counted(c, &x->kids[k]);
    expect(c, n == x->b.n, "a node counts wrongly");
    expect(c, n > (x->kids ? MERGE_AT : -1), "two leaves should be one");
    return n;
}

static void columns_checked(struct check *c, const struct node *leaf)
{
    for (int32_t i = 0; i < leaf->b.n; i++) {
        struct strip strip;
        memcpy(&strip, &leaf->columns->strip[i / STRIP], sizeof strip);
        strip_set(&strip, (size_t)i % STRIP, &leaf->slots[i]);
        expect(c, memcmp(&strip, &leaf->columns->strip[i / STRIP], sizeof strip) == 0, "the columns of a leaf are out of date");
    }
    c->shown += leaf->columns ? leaf->columns->head.n : 0;
}

/* What a search sees is what is there. */
static void shown(struct check *c, const struct node *x)
{
    for (int32_t i = 0; x->page && i < x->page->head.n; i++) {
        const struct node *kid = x->page->kid[i];
        struct fan fan;
        memcpy(&fan, &x->page->fan, sizeof fan);
        fan_set(&fan, (size_t)i, &kid->b);
        bool same = kid->in == x->page && kid->in_at == i && x->page->next[i] == head_in(kid) && memcmp(&fan, &x->page->fan, sizeof fan) == 0;
        expect(c, same, "a page does not show what it holds");
        shown(c, kid);
    }
    if (!x->page)
        columns_checked(c, x);
}

static void cell_checked(struct check *c, const struct sample *x, size_t at)
{
    const struct slot *t = &x->slot[at];
    const struct strip *v = &x->strip[at / STRIP];
    if (!t->id) {
        expect(c, v->left[at % STRIP] == 0, "the columns of the sample are out of date");
        return;
    }
    const struct spot *s = spot_find(&c->m->slots, t->id);
    struct strip strip;
    memcpy(&strip, v, sizeof strip);
    strip_set(&strip, at % STRIP, t);
    c->sampled--;
    expect(c, s && s->leaf->slots[s->at].price == t->price && s->leaf->slots[s->at].left == t->left, "the sample is out of date");
    expect(c, sample_at(x, t->id) == at, "a slot of the sample is not where its hash says");
    expect(c, memcmp(&strip, v, sizeof strip) == 0, "the columns of the sample are out of date");
}

const char *market_check(struct market *m)
{
    struct check c = {.m = m};
    pthread_rwlock_rdlock(&m->lock);
    each_slot(m, ALL_TRADES, one_slot, &c);
    for (int k = 0; k < ROOTS; k++)
        counted(&c, &m->roots[k]);
    for (int k = 0; k < ROOTS; k++)
        shown(&c, &m->roots[k]);
    for (int k = 0; k < TRADES_MAX; k++)
        expect(&c, c.paid[k] == m->paid[k].n, "pay is counted wrongly");
    expect(&c, c.slots == m->slots.n, "slots and ids differ in number");
    expect(&c, c.shown == (int64_t)m->slots.n, "a search does not reach every slot");
    expect(&c, c.sampled == m->sample.n, "the sample is not what its hash says");
    expect(&c, m->sample.n <= SAMPLE_MAX, "the sample is too large");
    for (size_t i = 0; i < SAMPLE_CELLS; i++)
        cell_checked(&c, &m->sample, i);
    expect(&c, c.sampled == 0, "the sample has other cells than it counts");
    for (size_t i = 0; i < m->people.n; i++) {
        const struct spot *s = spot_find(&m->people, m->person[i].id);
        expect(&c, s && s->at == i, "a person is not where the id says");
        struct squad squad;
        memcpy(&squad, &m->squad[i / STRIP], sizeof squad);
        squad_set(&squad, i % STRIP, &m->person[i]);
        expect(&c, memcmp(&squad, &m->squad[i / STRIP], sizeof squad) == 0, "the columns of a person are out of date");
    }
    pthread_rwlock_unlock(&m->lock);
    return c.wrong;
}
