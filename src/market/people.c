/* people.c - see the header. */
#include "market/people.h"

#include <stddef.h>
#include <stdlib.h>

#include "market/tree.h"

enum { AHEAD = 12, SQUADS_AHEAD = 2, LINE = 64 };

/* Somebody of a stride who may come. */
struct maybe { /* 8 bytes */
    int32_t most; /* points, rounded up */
    uint16_t at;  /* from where the stride begins */
    uint8_t answer; /* SQUAD_ */
    int8_t group;
};
struct search {
    const struct market *m;
    const struct seeker *person; /* of the stride */
    const struct people_ask *q;
    struct squad_ask ask;
    struct people *best; /* heaps, the worst on top */
    struct maybe *maybe, *heap;
    size_t n, n_heap;
};

int8_t person_group(const struct person_hit *h)
{
    return (int8_t)(h->known + 2 * (h->idle_days >= IDLE_LONG_DAYS));
}

/* ---- the best so far ---- */

/* Whether a comes behind b. */
static bool worse(const struct person_hit *a, const struct person_hit *b)
{
    return a->fit.rank != b->fit.rank ? a->fit.rank < b->fit.rank : a->person_id > b->person_id;
}

static void sink(struct person_hit *h, size_t n)
{
    for (size_t i = 0, k; (k = 2 * i + 1) < n; i = k) {
        k += k + 1 < n && worse(&h[k + 1], &h[k]);
        if (!worse(&h[k], &h[i]))
            return;
        struct person_hit t = h[k];
        h[k] = h[i];
        h[i] = t;
    }
}

static bool full(const struct people_of *h, const struct people_ask *q)
{
    return h->n == q->most;
}

static void keep(struct people_of *h, const struct people_ask *q, const struct person_hit *c)
{
    if (full(h, q)) {
        if (!worse(&h->v[0], c))
            return;
        h->v[0] = *c;
        sink(h->v, h->n);
        return;
    }
    size_t i = h->n++;
    for (; i && worse(c, &h->v[(i - 1) / 2]); i = (i - 1) / 2)
        h->v[i] = h->v[(i - 1) / 2];
    h->v[i] = *c;
}

/* Whether this many points can be among the best. */
static bool may_enter(const struct people_of *h, const struct people_ask *q, int32_t points)
{
    return !full(h, q) || points >= h->v[0].fit.rank;
}

/* ---- one seeker ---- */

static bool among(const struct people_ask *q, int64_t id)
{
    size_t from = 0;
    for (size_t to = q->n_apart; from < to;) {
        size_t at = (from + to) / 2;
        if (q->apart[at] < id)
            from = at + 1;
        else
            to = at;
    }
    return from < q->n_apart && q->apart[from] == id;
}

static bool may(const struct people_ask *q, const struct seeker *x)
{
    return !hard_all(q->p, x, q->slot, way_min(x, q->slot)) && !among(q, x->id);
}

static bool known_to(const struct seeker *s, int64_t employer_id)
{
    for (int i = 0; i < s->n_ties; i++)
        if (s->ties[i].employer_id == employer_id)
            return true;
    return false;
}

static struct fit fit_here(const struct people_ask *q, const struct seeker *x)
{
    struct market_params own = *q->p;
    own.usual_hour_fen = q->usual_fen[x->trade];
    return fit_score(&own, x, q->slot);
}

/* The total less what else he could have, so that nobody is asked away from something better. */
static int32_t rank_here(const struct people_ask *q, const struct seeker *x, int32_t total)
{
    return total - (int32_t)(q->other(q->arg, x->id, q->slot->id) * q->p->gamma / SCORE_ONE);
}

static int8_t group_of(const struct people_ask *q, const struct person_hit *c)
{
    return q->singles ? person_group(c) : 0;
}

static struct person_hit hit_of(const struct people_ask *q, const struct seeker *x)
{
    return (struct person_hit){.person_id = x->id, .fit = fit_here(q, x), .known = known_to(x, q->slot->employer_id), .idle_days = idle_days(q->p, x),
                               .days = x->days_in[q->slot->trade % TRADES_MAX], .reliable = x->reliable};
}

static void look_at_one(struct people *best, const struct people_ask *q, const struct seeker *x)
{
    struct person_hit c = hit_of(q, x);
    struct people_of *h = &best->of[group_of(q, &c)];
    if (!may_enter(h, q, c.fit.total))
        return;
    c.fit.rank = rank_here(q, x, c.fit.total);
    keep(h, q, &c);
}

/* Once, by the lower id, when it is for both. x himself may. */
static void look_at_both(struct people *best, const struct market *m, const struct people_ask *q, const struct seeker *x)
{
    const struct spot *s = x->partner_id > x->id ? spot_find(&m->people, x->partner_id) : NULL;
    const struct seeker *other = s ? &m->person[s->at] : NULL;
    if (!other || !may(q, other))
        return;
    struct person_hit c = hit_of(q, x);
    struct fit fit = fit_here(q, other);
    int32_t rank = rank_here(q, x, c.fit.total) + rank_here(q, other, fit.total);
    c.partner_id = other->id;
    c.fit.total = (c.fit.total + fit.total) / 2;
    c.fit.rank = rank / 2;
    keep(&best->of[0], q, &c);
}

/* ---- all of them ---- */

static int best_first(const void *x, const void *y)
{
    const struct person_hit *a = x, *b = y;
    return worse(a, b) - worse(b, a);
}

/* Nobody twice. */
static void put_in_order(struct people_of *h)
{
    size_t kept = 0;
    qsort(h->v, h->n, sizeof *h->v, best_first);
    for (size_t i = 0; i < h->n; i++)
        if (!i || h->v[i].person_id != h->v[i - 1].person_id)
            h->v[kept++] = h->v[i];
    h->n = kept;
}

struct people_of people_together(struct arena *a, const struct people *p)
{
    struct people_of all = {.n = 0};
    for (int k = 0; k < PEOPLE_GROUPS; k++) {
        all.n += p->of[k].n;
        all.pool += p->of[k].pool;
    }
    all.v = NEW_N(a, all.n + 1, struct person_hit);
    for (size_t k = 0, at = 0; k < PEOPLE_GROUPS; at += p->of[k++].n)
        for (size_t i = 0; i < p->of[k].n; i++)
            all.v[at + i] = p->of[k].v[i];
    put_in_order(&all);
    return all;
}

static struct people begin(struct arena *a, const struct people_ask *q)
{
    struct people best = {.of = {{.n = 0}}};
    for (int k = 0; k < PEOPLE_GROUPS; k++)
        best.of[k].v = NEW_N(a, q->most + 1, struct person_hit);
    return best;
}

struct people people_scan(struct market *m, struct arena *a, const struct people_ask *q)
{
    struct people best = begin(a, q);
    pthread_rwlock_rdlock(&m->lock);
    for (size_t i = 0; q->most && i < m->people.n; i++) {
        const struct seeker *x = &m->person[i];
        if ((x->seats > 1 && q->singles) || !may(q, x))
            continue;
        if (x->seats > 1) {
            look_at_both(&best, m, q, x);
            continue;
        }
        struct person_hit c = hit_of(q, x);
        c.fit.rank = rank_here(q, x, c.fit.total);
        struct people_of *h = &best.of[group_of(q, &c)];
        h->pool += q->singles;
        keep(h, q, &c);
    }
    pthread_rwlock_unlock(&m->lock);
    for (int k = 0; k < PEOPLE_GROUPS; k++)
        put_in_order(&best.of[k]);
    return best;
}

/* ---- a stride ---- */

/* What is asked of everybody, from memory while those before are looked at. */
static void call_squad(const struct squad *v, uint8_t trade)
{
    const char *at = (const char *)v;
    for (size_t i = 0; i < offsetof(struct squad, days_in); i += LINE)
        __builtin_prefetch(at + i);
    __builtin_prefetch(v->days_in[trade % TRADES_MAX]);
}

/* Notes who of a stride may come, as far as the columns tell. `apart`: a bit each of who is not asked. */
static void ask_squads(struct search *s, size_t from, size_t to, const uint16_t *apart)
{
    uint32_t answer[STRIP], skip = SQUAD_NO | (s->q->singles ? SQUAD_BOTH : 0);
    float way[STRIP], most[STRIP];
    s->n = 0;
    for (size_t at = from; at < to; at += STRIP) {
        const struct squad *v = &s->m->squad[at / STRIP];
        if (at + SQUADS_AHEAD * STRIP < to)
            call_squad(v + SQUADS_AHEAD, s->q->slot->trade);
        squad_look(v, &s->ask, answer, way);
        squad_most(v, &s->ask, way, most);
        for (size_t i = 0; i < STRIP && at + i < to; i++) {
            if ((answer[i] & skip) || apart[(at - from) / STRIP] >> i & 1)
                continue;
            int8_t group = (int8_t)(s->q->singles && answer[i] & SQUAD_LONG ? 2 : 0);
            s->maybe[s->n++] = (struct maybe){(int32_t)most[i] + 1, (uint16_t)(at - from + i), (uint8_t)answer[i], group};
        }
    }
}

/* What a constraint reads of one who has taken few shifts. */
static void call_seeker(const struct seeker *x)
{
    const char *at = (const char *)x;
    for (size_t i = 0; i <= offsetof(struct seeker, busy) + sizeof x->busy[0]; i += LINE)
        __builtin_prefetch(at + i);
    __builtin_prefetch(x->ties);
}

/* Those whom the columns do not decide, as far as everybody is counted; they lie anywhere, so each is called from memory a few before. */
static void settle(struct search *s)
{
    size_t kept = 0, next = 0, ahead = 0;
    const uint32_t open = s->q->singles ? SQUAD_DOUBT : SQUAD_BOTH;
    for (size_t i = 0; i < s->n; i++) {
        struct maybe x = s->maybe[i];
        for (; next < s->n && (next <= i || ahead < AHEAD); next++)
            if (s->maybe[next].answer & open) {
                call_seeker(&s->person[s->maybe[next].at]);
                ahead++;
            }
        if (x.answer & open) {
            const struct seeker *who = &s->person[x.at];
            ahead--;
            if (!may(s->q, who))
                continue;
            if (x.answer & SQUAD_BOTH) {
                look_at_both(s->best, s->m, s->q, who);
                continue;
            }
            x.group = (int8_t)(x.group + known_to(who, s->q->slot->employer_id));
        }
        s->best->of[x.group].pool += s->q->singles;
        s->maybe[kept++] = x;
    }
    s->n = kept;
}

static void push(struct search *s, const struct maybe *x)
{
    size_t k = s->n_heap++;
    for (; k && s->heap[(k - 1) / 2].most < x->most; k = (k - 1) / 2)
        s->heap[k] = s->heap[(k - 1) / 2];
    s->heap[k] = *x;
}

static struct maybe pop(struct search *s)
{
    struct maybe top = s->heap[0], e = s->heap[--s->n_heap];
    size_t k = 0;
    for (size_t c = 1; c < s->n_heap; c = 2 * k + 1) {
        c += c + 1 < s->n_heap && s->heap[c + 1].most > s->heap[c].most;
        if (s->heap[c].most <= e.most)
            break;
        s->heap[k] = s->heap[c];
        k = c;
    }
    s->heap[k] = e;
    return top;
}

/* Those of a group that may be among its best, best bound first. */
static void look_at_group(struct search *s, int8_t group)
{
    const struct people_of *h = &s->best->of[group];
    s->n_heap = 0;
    for (size_t i = 0; i < s->n; i++)
        if (s->maybe[i].group == group && may_enter(h, s->q, s->maybe[i].most))
            push(s, &s->maybe[i]);
    while (s->n_heap && may_enter(h, s->q, s->heap[0].most)) {
        const struct maybe x = pop(s);
        const struct seeker *who = &s->person[x.at];
        bool open = !s->q->singles && x.answer & SQUAD_DOUBT; /* nobody looked yet */
        if (!open || may(s->q, who))
            look_at_one(s->best, s->q, who);
    }
}

static void look_through(struct search *s, size_t from, size_t to)
{
    uint16_t apart[PEOPLE_STRIDE / STRIP] = {0};
    for (size_t i = 0; i < s->q->n_apart; i++) {
        const struct spot *x = spot_find(&s->m->people, s->q->apart[i]);
        if (x && x->at >= from && x->at < to)
            apart[(x->at - from) / STRIP] |= (uint16_t)(1u << (x->at - from) % STRIP);
    }
    s->person = s->m->person + from;
    ask_squads(s, from, to, apart);
    settle(s);
    for (int8_t k = 0; k < PEOPLE_GROUPS; k++)
        look_at_group(s, k);
}

/* From the end: who goes leaves his place to the last, who then is met twice rather than never. */
struct people people_for(struct market *m, struct arena *a, const struct people_ask *q)
{
    struct people best = begin(a, q);
    struct search s = {.m = m, .q = q, .ask = squad_ask_of(q->p, q->slot, q->usual_fen), .best = &best,
                       .maybe = NEW_N(a, PEOPLE_STRIDE, struct maybe), .heap = NEW_N(a, PEOPLE_STRIDE, struct maybe)};
    for (size_t at = s.ask.shut || !q->most ? 0 : SIZE_MAX, to; at; at = to) {
        pthread_rwlock_rdlock(&m->lock);
        at = at < m->people.n ? at : m->people.n;
        to = at ? (at - 1) / PEOPLE_STRIDE * PEOPLE_STRIDE : 0;
        look_through(&s, to, at);
        pthread_rwlock_unlock(&m->lock);
    }
    for (int k = 0; k < PEOPLE_GROUPS; k++)
        put_in_order(&best.of[k]);
    return best;
}
