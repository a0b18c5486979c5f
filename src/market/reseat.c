/* reseat.c - see the header: what a seat costs, chains, passes. */
#include "market/reseat.h"

#include <string.h>

enum { OUT = -1, STEPS = 4 };
static const int64_t NEVER = INT64_MAX / 8;

/* The cheapest of a slot to send elsewhere: two singles, a couple. */
struct leavers {
    int64_t loss[3];
    int32_t who[3];
};
enum { FIRST, SECOND, PAIR };

/* The two single people who would gain most by a seat of a slot, the most first; 0 = nobody. */
struct comers {
    int64_t gain[2];
    int32_t who[2], edge[2];
};

struct seating {
    const struct batch *b;
    const int8_t *size;
    int32_t *edge;           /* per person: of the slot they are at, or OUT */
    int32_t *left;           /* per slot: free seats */
    int32_t *head;           /* per slot: who came last, or OUT */
    int32_t *next, *before;  /* per person: neighbours in the slot */
    int64_t *cost[2];        /* per slot: of one seat, of two */
    struct leavers *leavers; /* per slot */
    struct comers *comers;   /* per slot */
    int64_t value;
    int32_t *log, *was; /* who moved in the chain, and the edge before */
    int32_t logged;
    bool *moved; /* per person */
};

static int64_t worth(const struct seating *s, int32_t i, int32_t e)
{
    return e < 0 ? 0 : (int64_t)s->b->score[e] * s->size[i];
}

static void leave(struct seating *s, int32_t i)
{
    int32_t e = s->edge[i];
    if (e < 0)
        return;
    int32_t j = s->b->slot[e], next = s->next[i], before = s->before[i];
    *(before < 0 ? &s->head[j] : &s->next[before]) = next;
    if (next >= 0)
        s->before[next] = before;
    s->left[j] += s->size[i];
    s->value -= worth(s, i, e);
    s->edge[i] = OUT;
}

static void take(struct seating *s, int32_t i, int32_t e)
{
    if (e < 0)
        return;
    int32_t j = s->b->slot[e];
    s->next[i] = s->head[j];
    s->before[i] = OUT;
    if (s->head[j] >= 0)
        s->before[s->head[j]] = i;
    s->head[j] = i;
    s->left[j] -= s->size[i];
    s->value += worth(s, i, e);
    s->edge[i] = e;
}

/* The most that i has, other than at edge `from`, after the seats are paid for; 0 and OUT: nowhere.
 */
static int64_t elsewhere(const struct seating *s, int32_t i, int32_t from, int32_t *ret_edge)
{
    const struct batch *b = s->b;
    const int64_t *cost = s->cost[s->size[i] - 1];
    int64_t most = 0;
    *ret_edge = OUT;
    for (int32_t e = b->row[i]; e < b->row[i + 1]; e++) {
        int64_t v = worth(s, i, e) - cost[b->slot[e]];
        if (v <= most || e == from)
            continue;
        most = v;
        *ret_edge = e;
    }
    return most;
}

static void may_leave(const struct seating *s, int32_t i, struct leavers *l)
{
    int32_t e;
    int64_t loss = worth(s, i, s->edge[i]) - elsewhere(s, i, s->edge[i], &e);
    int k = s->size[i] == 2 ? PAIR : loss < l->loss[FIRST] ? FIRST : SECOND;
    if (loss >= l->loss[k])
        return;
    if (k == FIRST) {
        l->loss[SECOND] = l->loss[FIRST];
        l->who[SECOND] = l->who[FIRST];
    }
    l->loss[k] = loss > 0 ? loss : 0;
    l->who[k] = i;
}

static const struct leavers nobody = {{NEVER, NEVER, NEVER}, {OUT, OUT, OUT}};

/* What so many more seats cost; ret_who leaves first. */
static int64_t seats_cost(const struct leavers *l, int32_t seats, int32_t *ret_who)
{
    if (seats <= 0)
        return 0;
    int64_t singles = l->loss[FIRST] + (seats == 2 ? l->loss[SECOND] : 0);
    *ret_who = l->who[singles < l->loss[PAIR] ? FIRST : PAIR];
    return singles < l->loss[PAIR] ? singles : l->loss[PAIR];
}

/* What seats cost when whoever leaves may take one at the costs so far; true if one got cheaper. */
static bool cheaper(struct seating *s)
{
    const struct batch *b = s->b;
    int32_t who;
    bool any = false;
    for (int32_t j = 0; j < b->slots; j++)
        s->leavers[j] = nobody;
    for (int32_t i = 0; i < b->people; i++)
        if (s->edge[i] >= 0)
            may_leave(s, i, &s->leavers[b->slot[s->edge[i]]]);
    for (int32_t j = 0; j < b->slots; j++) {
        for (int32_t k = 0; k < 2; k++) {
            int64_t cost = seats_cost(&s->leavers[j], k + 1 - s->left[j], &who);
            any |= cost < s->cost[k][j];
            s->cost[k][j] = cost;
        }
    }
    return any;
}

static void find_costs(struct seating *s)
{
    for (int32_t j = 0; j < s->b->slots; j++)
        for (int32_t k = 0; k < 2; k++)
            s->cost[k][j] = s->left[j] > k ? 0 : NEVER;
    for (int32_t t = 0; t < STEPS && cheaper(s); t++)
        ;
}

static void find_comers(struct seating *s)
{
    const struct batch *b = s->b;
    memset(s->comers, 0, sizeof *s->comers * (size_t)b->slots);
    for (int32_t i = 0; i < b->people; i++) {
        int64_t now = worth(s, i, s->edge[i]);
        for (int32_t e = b->row[i]; s->size[i] == 1 && e < b->row[i + 1]; e++) {
            struct comers *c = &s->comers[b->slot[e]];
            int64_t gain = worth(s, i, e) - now;
            if (gain <= c->gain[1])
                continue;
            int k = gain <= c->gain[0];
            c->gain[1] = c->gain[0];
            c->who[1] = c->who[0];
            c->edge[1] = c->edge[0];
            c->gain[k] = gain;
            c->who[k] = i;
            c->edge[k] = e;
        }
    }
}

static void note(struct seating *s, int32_t i)
{
    s->moved[i] = true;
    s->log[s->logged] = i;
    s->was[s->logged++] = s->edge[i];
    leave(s, i);
}

/* Somebody of slot j leaves for who needs so many more seats there: where the log says so, or OUT.
 */
static int32_t send(struct seating *s, int32_t j, int32_t seats)
{
    struct leavers l = nobody;
    int32_t who = OUT;
    for (int32_t i = s->head[j]; i >= 0; i = s->next[i])
        if (!s->moved[i])
            may_leave(s, i, &l);
    seats_cost(&l, seats, &who);
    if (who < 0)
        return OUT;
    note(s, who);
    return s->logged - 1;
}

/* i, who is nowhere, takes the seats of edge e; who must leave them looks for others. */
static void enter(struct seating *s, int32_t i, int32_t e, int32_t steps)
{
    int32_t j = s->b->slot[e], gone[2], n = 0, to;
    while (s->left[j] < s->size[i]) {
        gone[n] = send(s, j, s->size[i] - s->left[j]);
        if (gone[n++] < 0)
            return;
    }
    take(s, i, e);
    for (int32_t k = 0; k < n && steps > 0; k++)
        if (elsewhere(s, s->log[gone[k]], s->was[gone[k]], &to) > 0)
            enter(s, s->log[gone[k]], to, steps - 1);
}

/* Ends a chain: it stands if the sum is larger than before, else everybody goes back. */
static bool stands(struct seating *s, int64_t before)
{
    bool better = s->value > before;
    for (int32_t n = 0; n < s->logged; n++) {
        s->moved[s->log[n]] = false;
        if (!better)
            leave(s, s->log[n]);
    }
    for (int32_t n = 0; n < s->logged && !better; n++)
        take(s, s->log[n], s->was[n]);
    s->logged = 0;
    return better;
}

/* i goes to edge e, if that is better for all. */
static bool try(struct seating *s, int32_t i, int32_t e)
{
    int64_t before = s->value;
    note(s, i);
    enter(s, i, e, STEPS);
    return stands(s, before);
}

/* i, a couple, goes to the second best so that two single people may come, if that is better. */
static bool step_aside(struct seating *s, int32_t i)
{
    int32_t e = s->edge[i], to;
    int64_t before = s->value, now = worth(s, i, e), then = elsewhere(s, i, e, &to);
    const struct comers *c = e < 0 ? NULL : &s->comers[s->b->slot[e]];
    if (!c || c->gain[0] + c->gain[1] + then <= now)
        return false;
    note(s, i);
    for (int k = 0; k < 2 && c->gain[k] > 0; k++) {
        note(s, c->who[k]);
        take(s, c->who[k], c->edge[k]);
    }
    if (then > 0)
        enter(s, i, to, STEPS);
    return stands(s, before);
}

/* i goes where it looks best, or else wherever it looks better than now; false: nowhere. */
static bool look(struct seating *s, int32_t i)
{
    const struct batch *b = s->b;
    int64_t now = worth(s, i, s->edge[i]);
    int32_t best;
    if (elsewhere(s, i, s->edge[i], &best) <= now)
        return false;
    if (try(s, i, best))
        return true;
    for (int32_t e = b->row[i]; e < b->row[i + 1]; e++)
        if (e != best && worth(s, i, e) - s->cost[s->size[i] - 1][b->slot[e]] > now && try(s, i, e))
            return true;
    return false;
}

/* Everybody looks once; true if somebody moved. */
static bool pass(struct seating *s)
{
    bool any = false;
    find_costs(s);
    find_comers(s);
    for (int32_t i = 0; i < s->b->people; i++)
        any |= (s->size[i] > 0 && look(s, i)) || (s->size[i] == 2 && step_aside(s, i));
    return any;
}

static void sit(struct seating *s, const int32_t *slot_of)
{
    const struct batch *b = s->b;
    memcpy(s->left, b->cap, sizeof *s->left * (size_t)b->slots);
    memset(s->head, -1, sizeof *s->head * (size_t)b->slots);
    for (int32_t i = 0; i < b->people; i++) {
        s->edge[i] = OUT;
        for (int32_t e = b->row[i]; s->size[i] > 0 && e < b->row[i + 1]; e++)
            if (b->slot[e] == slot_of[i])
                take(s, i, e);
    }
}

void reseat(struct arena *a, const struct batch *b, const int8_t *size, int32_t *slot_of)
{
    size_t people = (size_t)b->people + 1, slots = (size_t)b->slots + 1;
    struct seating s = {.b = b, .size = size};
    s.edge = NEW_N(a, people, int32_t);
    s.left = NEW_N(a, slots, int32_t);
    s.head = NEW_N(a, slots, int32_t);
    s.next = NEW_N(a, people, int32_t);
    s.before = NEW_N(a, people, int32_t);
    s.cost[0] = NEW_N(a, slots, int64_t);
    s.cost[1] = NEW_N(a, slots, int64_t);
    s.leavers = NEW_N(a, slots, struct leavers);
    s.comers = NEW_N(a, slots, struct comers);
    s.log = NEW_N(a, people, int32_t);
    s.was = NEW_N(a, people, int32_t);
    s.moved = NEW_N(a, people, bool);
    sit(&s, slot_of);
    while (pass(&s))
        ;
    for (int32_t i = 0; i < b->people; i++)
        slot_of[i] = s.edge[i] < 0 ? BATCH_OUT : b->slot[s.edge[i]];
}
