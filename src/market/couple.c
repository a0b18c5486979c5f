/* couple.c - see the header: halves, trails, singles around the couples, a last look of all. */
#include "market/couple.h"

#include <string.h>

#include "market/column.h"
#include "market/reseat.h"

struct joint {
    const struct batch *b;
    const struct couple *couple;
    int32_t n;
    struct batch halves; /* b with couples halved; scores doubled */
    bool *paired;        /* per person */
    int32_t *end[2];     /* per couple: slots of its halves, nowhere = b->slots */
    int32_t *to;         /* per couple: where it goes whole, nowhere = b->slots */
};

/* Slots that both can take and that have two seats, with the sum of the scores. */
static int32_t common(const struct batch *b, const struct couple *c, int32_t *slot, int32_t *score)
{
    int32_t n = 0, x = b->row[c->a], y = b->row[c->b];
    while (x < b->row[c->a + 1] && y < b->row[c->b + 1]) {
        int32_t j = b->slot[x], k = b->slot[y];
        if (j == k && b->score[x] > 0 && b->score[y] > 0 && b->cap[j] >= 2) {
            slot[n] = j;
            score[n++] = b->score[x] + b->score[y];
        }
        x += j <= k;
        y += k <= j;
    }
    return n;
}

static int32_t alone(const struct batch *b, int32_t i, int32_t *slot, int32_t *score)
{
    int32_t n = 0;
    for (int32_t e = b->row[i]; e < b->row[i + 1]; e++) {
        slot[n] = b->slot[e];
        score[n++] = 2 * b->score[e];
    }
    return n;
}

static void halve(struct arena *a, struct joint *s)
{
    const struct batch *b = s->b;
    size_t edges = (size_t)b->row[b->people] + 1, people = (size_t)b->people + 1;
    int32_t *row = NEW_N(a, people, int32_t), *of = NEW_N(a, people, int32_t);
    int32_t *slot = NEW_N(a, edges, int32_t), *score = NEW_N(a, edges, int32_t), n = 0;
    for (int32_t u = 0; u < s->n; u++) {
        of[s->couple[u].a] = of[s->couple[u].b] = u;
        s->paired[s->couple[u].a] = s->paired[s->couple[u].b] = true;
    }
    for (int32_t i = 0; i < b->people; i++) {
        n += s->paired[i] ? common(b, &s->couple[of[i]], slot + n, score + n)
                          : alone(b, i, slot + n, score + n);
        row[i + 1] = n;
    }
    s->halves = (struct batch){b->people, b->slots, row, slot, score, b->cap};
}

/* What couple u is worth whole at slot j; nowhere 0. */
static int64_t worth(const struct joint *s, int32_t u, int32_t j)
{
    int32_t i = s->couple[u].a;
    for (int32_t e = s->halves.row[i]; e < s->halves.row[i + 1]; e++)
        if (s->halves.slot[e] == j)
            return s->halves.score[e];
    return 0;
}

static void sort_out(struct joint *s, const int32_t *slot_of, struct couples_result *r)
{
    int32_t nowhere = s->b->slots;
    for (int32_t u = 0; u < s->n; u++) {
        int32_t x = slot_of[s->couple[u].a], y = slot_of[s->couple[u].b];
        s->end[0][u] = x < 0 ? nowhere : x;
        s->end[1][u] = y < 0 ? nowhere : y;
        s->to[u] = s->end[0][u];
        if (x != y)
            r->split++;
        else if (x < 0)
            r->nowhere++;
        else
            r->whole++;
    }
}

/* The split couples as edges between their two ends. */
struct graph {
    int32_t *first, *next; /* per node: first arc; arc 2u and 2u + 1 are couple u at its two ends */
    int32_t *degree;       /* per node: couples not walked yet */
    bool *walked;          /* per couple */
    int32_t *trail;        /* arcs of the trail being walked, by the end they leave from */
};

static struct graph link_up(struct arena *a, const struct joint *s)
{
    size_t nodes = (size_t)s->b->slots + 1, n = (size_t)s->n;
    struct graph g = {NEW_N(a, nodes, int32_t), NEW_N(a, 2 * n + 1, int32_t),
                      NEW_N(a, nodes, int32_t), NEW_N(a, n + 1, bool), NEW_N(a, n + 1, int32_t)};
    memset(g.first, -1, nodes * sizeof *g.first);
    for (int32_t u = s->n; u-- > 0;) {
        if (s->end[0][u] == s->end[1][u])
            continue;
        for (int32_t k = 0; k < 2; k++) {
            int32_t node = s->end[k][u];
            g.next[2 * u + k] = g.first[node];
            g.first[node] = 2 * u + k;
            g.degree[node]++;
        }
    }
    return g;
}

/* Walks from `node` until no edge is left there, then sends the trail the way that is worth more.
 */
static void walk(const struct joint *s, struct graph *g, int32_t node)
{
    int32_t n = 0;
    int64_t ahead = 0, back = 0;
    while (g->first[node] >= 0) {
        int32_t arc = g->first[node], u = arc / 2;
        g->first[node] = g->next[arc];
        if (g->walked[u])
            continue;
        g->walked[u] = true;
        g->degree[node]--;
        back += worth(s, u, node);
        node = s->end[1 - arc % 2][u];
        g->degree[node]--;
        ahead += worth(s, u, node);
        g->trail[n++] = arc;
    }
    for (int32_t k = 0; k < n; k++) {
        int32_t u = g->trail[k] / 2, from = g->trail[k] % 2;
        s->to[u] = s->end[ahead >= back ? 1 - from : from][u];
    }
}

/* Trails from nodes of odd degree first: each such node ends one trail, every other trail is
 * closed. */
static void round_up(struct arena *a, const struct joint *s)
{
    struct graph g = link_up(a, s);
    for (int32_t node = 0; node <= s->b->slots; node++)
        if (g.degree[node] % 2)
            walk(s, &g, node);
    for (int32_t node = 0; node <= s->b->slots; node++)
        while (g.degree[node] > 0)
            walk(s, &g, node);
}

static int32_t at_slot(const struct joint *s, int32_t j)
{
    return j == s->b->slots ? BATCH_OUT : j;
}

static void write_couples(const struct joint *s, int32_t *slot_of, int64_t *value)
{
    for (int32_t u = 0; u < s->n; u++) {
        slot_of[s->couple[u].a] = slot_of[s->couple[u].b] = at_slot(s, s->to[u]);
        *value += worth(s, u, s->to[u]);
    }
}

static int64_t singles_value(const struct joint *s, const int32_t *slot_of)
{
    const struct batch *b = s->b;
    int64_t sum = 0;
    for (int32_t i = 0; i < b->people; i++)
        for (int32_t e = b->row[i]; !s->paired[i] && e < b->row[i + 1]; e++)
            sum += b->slot[e] == slot_of[i] ? b->score[e] : 0;
    return sum;
}

/* The answer with one seat more here and there: singles as the auction left them. */
static void ask(struct arena *a, const struct joint *s, const int32_t *halves_at,
                struct couples_result *r)
{
    const struct batch *b = s->b;
    int32_t *used = NEW_N(a, (size_t)b->slots + 1, int32_t);
    r->ask_slot_of = NEW_N(a, (size_t)b->people + 1, int32_t);
    memcpy(r->ask_slot_of, halves_at, sizeof *halves_at * (size_t)b->people);
    write_couples(s, r->ask_slot_of, &r->ask_value);
    r->ask_value += singles_value(s, r->ask_slot_of);
    for (int32_t i = 0; i < b->people; i++) {
        int32_t j = r->ask_slot_of[i];
        if (j >= 0)
            r->ask_slots += used[j]++ == b->cap[j];
    }
}

/* Seats left when the couples sit; a slot over by couples alone sends its cheapest couple home. */
static int32_t *seat_couples(struct arena *a, struct joint *s)
{
    const struct batch *b = s->b;
    int32_t *left = NEW_N(a, (size_t)b->slots + 1, int32_t);
    int32_t *cheapest = NEW_N(a, (size_t)b->slots + 1, int32_t);
    memcpy(left, b->cap, sizeof *left * (size_t)b->slots);
    memset(cheapest, -1, sizeof *cheapest * ((size_t)b->slots + 1));
    for (int32_t u = 0; u < s->n; u++) {
        int32_t j = s->to[u];
        if (j == b->slots)
            continue;
        left[j] -= 2;
        if (cheapest[j] < 0 || worth(s, u, j) < worth(s, cheapest[j], j))
            cheapest[j] = u;
    }
    for (int32_t j = 0; j < b->slots; j++) {
        if (left[j] >= 0)
            continue;
        s->to[cheapest[j]] = b->slots;
        left[j] += 2;
    }
    return left;
}

static struct batch singles(struct arena *a, const struct joint *s, const int32_t *left)
{
    const struct batch *b = s->b;
    size_t edges = (size_t)b->row[b->people] + 1;
    int32_t *row = NEW_N(a, (size_t)b->people + 1, int32_t), n = 0;
    int32_t *slot = NEW_N(a, edges, int32_t), *score = NEW_N(a, edges, int32_t);
    for (int32_t i = 0; i < b->people; i++) {
        for (int32_t e = b->row[i]; !s->paired[i] && e < b->row[i + 1]; e++) {
            slot[n] = b->slot[e];
            score[n++] = b->score[e];
        }
        row[i + 1] = n;
    }
    return (struct batch){b->people, b->slots, row, slot, score, left};
}

/* Couples and singles look for what is still better, the couple as one who takes two seats. */
static void look_again(struct arena *a, struct joint *s, int32_t *slot_of)
{
    int8_t *size = NEW_N(a, (size_t)s->b->people + 1, int8_t);
    memset(size, 1, (size_t)s->b->people);
    for (int32_t u = 0; u < s->n; u++) {
        size[s->couple[u].a] = 2;
        size[s->couple[u].b] = 0;
        slot_of[s->couple[u].a] = at_slot(s, s->to[u]);
    }
    reseat(a, &s->halves, size, slot_of);
    for (int32_t u = 0; u < s->n; u++) {
        int32_t j = slot_of[s->couple[u].a];
        s->to[u] = j == BATCH_OUT ? s->b->slots : j;
    }
}

struct couples_result batch_couples(struct arena *a, const struct batch *b, const struct couple *c,
                                    int32_t n, int32_t eps)
{
    struct joint s = {.b = b, .couple = c, .n = n};
    struct couples_result r = {0};
    s.paired = NEW_N(a, (size_t)b->people + 1, bool);
    s.end[0] = NEW_N(a, (size_t)n + 1, int32_t);
    s.end[1] = NEW_N(a, (size_t)n + 1, int32_t);
    s.to = NEW_N(a, (size_t)n + 1, int32_t);
    halve(a, &s);
    struct batch_result lp = batch_wide(a, &s.halves, 2 * eps);
    r.lp_twice = lp.value;
    r.ub = lp.ub / 2;
    r.price = lp.price;
    r.scale = 2 * lp.scale;
    sort_out(&s, lp.slot_of, &r);
    round_up(a, &s);
    ask(a, &s, lp.slot_of, &r);
    struct batch rest = singles(a, &s, seat_couples(a, &s));
    struct batch_result one = batch_wide(a, &rest, eps);
    r.slot_of = one.slot_of;
    look_again(a, &s, r.slot_of);
    r.value = singles_value(&s, r.slot_of);
    write_couples(&s, r.slot_of, &r.value);
    for (int32_t u = 0; u < n; u++)
        r.together += s.to[u] != b->slots;
    return r;
}
