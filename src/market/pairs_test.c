/* pairs_test.c - what is kept from one minute to the next changes no byte of the answer, and saves the work. */
#include "market/pairs.h"

#include <string.h>

#include "market/dice.h"
#include "market/hall.h"
#include "sample_town.h"
#include "test.h"

enum { PEOPLE = 70, SLOTS = 40, SPREAD = 60000, ALL = 1000000, MINUTES = 60, DAY_MIN = 1440 };

/* A town of whom some are in the hall; the ask is of those, in its own order. */
struct hall_town {
    uint64_t rnd;
    struct market_params p;
    int32_t usual[TRADES_MAX];
    struct seeker person[PEOPLE], there[PEOPLE];
    struct slot slot[SLOTS], open[SLOTS];
    int32_t cap[SLOTS];
    bool away[PEOPLE], closed[SLOTS], some[SLOTS];
    int32_t minute;
    struct pairs_ask ask;
};

static bool one_in(struct hall_town *t, int32_t n)
{
    return !dice_below(&t->rnd, n);
}

/* Other pairs each minute. */
static bool apart(const void *arg, int32_t person, int32_t slot)
{
    const struct hall_town *t = arg;
    return (t->there[person].id * 31 + t->open[slot].id * 17 + t->minute) % 5 == 0;
}

static void gather(struct hall_town *t)
{
    int32_t n = 0, m = 0;
    for (int32_t i = 0; i < PEOPLE; i++)
        if (!t->away[i])
            t->there[n++] = t->person[i];
    for (int32_t j = 0; j < SLOTS; j++)
        if (!t->closed[j]) {
            t->cap[m] = t->slot[j].left;
            t->open[m++] = t->slot[j];
        }
    t->ask = (struct pairs_ask){
        .p = &t->p, .usual_fen = t->usual, .person = t->there, .slot = t->open, .cap = t->cap, .people = n, .slots = m, .arg = t};
}

static void town_init(struct hall_town *t, uint64_t seed)
{
    *t = (struct hall_town){.rnd = dice_seed(seed), .p = sample_params()};
    for (int k = 0; k < TRADES_MAX; k++)
        t->usual[k] = 2300 + 20 * k;
    for (int32_t i = 0; i < PEOPLE; i++)
        t->person[i] = sample_seeker(&t->rnd, i + 1, SPREAD);
    for (int32_t j = 0; j < SLOTS; j++)
        t->slot[j] = sample_slot(&t->rnd, j + 1, SPREAD);
    gather(t);
}

/* What a minute brings: who comes and goes, other facts, places taken, prices of the night, another place in the line. */
static void happen(struct hall_town *t)
{
    for (int k = 0; k < 6; k++) {
        int32_t i = dice_below(&t->rnd, PEOPLE), j = dice_below(&t->rnd, SLOTS);
        t->away[i] ^= one_in(t, 2);
        t->closed[j] ^= one_in(t, 2);
        i = dice_below(&t->rnd, PEOPLE);
        j = dice_below(&t->rnd, SLOTS);
        if (one_in(t, 4))
            t->person[i] = sample_seeker(&t->rnd, t->person[i].id, SPREAD);
        if (one_in(t, 4))
            t->slot[j] = sample_slot(&t->rnd, t->slot[j].id, SPREAD);
        t->slot[j].left = (int16_t)dice_below(&t->rnd, 5);
        t->slot[j].price = dice_below(&t->rnd, 9000);
    }
    if (one_in(t, 8))
        t->person[dice_below(&t->rnd, PEOPLE)] = (struct seeker){.id = 0}; /* nothing is known of him */
    if (one_in(t, 8))
        t->person[dice_below(&t->rnd, PEOPLE)] = t->person[dice_below(&t->rnd, PEOPLE)]; /* twice: now, and a week ago */
    if (one_in(t, 8))
        t->slot[dice_below(&t->rnd, SLOTS)] = t->slot[0];
    if (one_in(t, 10))
        t->usual[dice_below(&t->rnd, TRADES_MAX)] += 50;
    if (one_in(t, 20))
        t->p.min_hour_fen += 200;
    t->p.now_min += one_in(t, 10) ? DAY_MIN / 3 : 1;
    t->minute++;
}

static bool same(const struct batch *x, const struct batch *y)
{
    size_t n = (size_t)x->row[x->people];
    return x->people == y->people && x->slots == y->slots && !memcmp(x->row, y->row, ((size_t)x->people + 1) * sizeof *x->row) &&
           !memcmp(x->slot, y->slot, n * sizeof *x->slot) && !memcmp(x->score, y->score, n * sizeof *x->score) &&
           !memcmp(x->cap, y->cap, (size_t)x->slots * sizeof *x->cap);
}

/* As the score has it, pair by pair. */
static int wrong_pairs(const struct hall_town *t, const struct batch *b)
{
    int bad = 0;
    for (int32_t i = 0, e = 0; i < b->people; i++, bad += e != b->row[i])
        for (int32_t j = 0; j < b->slots; j++) {
            struct market_params own = t->p;
            own.usual_hour_fen = t->usual[t->there[i].trade];
            struct fit f = fit_of(&own, &t->there[i], &t->open[j]);
            bool barred = t->ask.apart && t->some[j] && apart(t, i, j);
            if (!t->there[i].id || f.hard || f.total <= 0 || barred)
                continue;
            bad += b->slot[e] != j || b->score[e] != f.total;
            e++;
        }
    return bad;
}

/* The hall of one minute over these pairs: everybody came, every shift opened. */
static struct hall hall_over(struct arena *a, const struct batch *b, int32_t minute)
{
    struct hall h = hall_new(a, &hall_usual, b);
    for (int32_t i = 0; i < b->people; i++)
        CHECK(hall_apply(&h, &(struct hall_event){i, 0, HALL_ARRIVE, i, -1, -1}));
    for (int32_t j = 0; j < b->slots; j++)
        CHECK(hall_apply(&h, &(struct hall_event){b->people, 7200 + minute * 60, HALL_OPEN, -1, -1, j}));
    hall_step(&h, a, 60 + minute * 60);
    return h;
}

static struct batch asked_of_new(struct arena *a, const struct pairs_ask *q)
{
    struct pairs *m = pairs_new(ALL);
    struct batch b = pairs_points(m, a, q);
    pairs_free(m);
    return b;
}

TEST(a_hall_that_keeps_its_pairs_proposes_the_same_bytes_as_one_that_scores_them_all_each_minute)
{
    static struct hall_town t;
    static const int32_t most[] = {ALL, 300, 0};
    for (uint64_t seed = 1; seed <= 6; seed++) {
        struct pairs *m = pairs_new(most[seed % 3]);
        struct arena a;
        int bad = 0;
        arena_init(&a, 0);
        town_init(&t, seed);
        for (int minute = 0; minute < MINUTES; minute++) {
            gather(&t);
            t.ask.apart = one_in(&t, 3) ? NULL : apart;
            t.ask.some_apart = t.some;
            for (int32_t j = 0; j < SLOTS; j++)
                t.some[j] = one_in(&t, 3);
            struct batch kept = pairs_points(m, &a, &t.ask), fresh = asked_of_new(&a, &t.ask);
            struct hall x = hall_over(&a, &kept, minute), y = hall_over(&a, &fresh, minute);
            bad += !same(&kept, &fresh) + wrong_pairs(&t, &kept);
            bad += x.logged != y.logged || memcmp(x.log, y.log, (size_t)x.logged * sizeof *x.log);
            arena_reset(&a);
            happen(&t);
        }
        CHECK_EQ(bad, 0);
        arena_done(&a);
        pairs_free(m);
    }
}

/* How many pairs are scored now. */
static int64_t scored(struct pairs *m, struct hall_town *t)
{
    struct arena a;
    arena_init(&a, 0);
    gather(t);
    pairs_points(m, &a, &t->ask);
    arena_done(&a);
    return pairs_scored(m);
}

TEST(only_pairs_of_which_a_fact_has_changed_are_scored_again)
{
    static struct hall_town t;
    struct pairs *m = pairs_new(ALL);
    town_init(&t, 9);
    for (int32_t i = 0; i < PEOPLE; i++) {
        t.person[i].floor_fen = 2000;
        t.person[i].idle_since_min = t.p.now_min - 30;
    }
    for (int32_t j = 0; j < SLOTS; j++) {
        t.slot[j].left = 9;
        t.slot[j].start_min = t.p.now_min + 600;
    }
    CHECK_EQ(scored(m, &t), PEOPLE * SLOTS);
    CHECK_EQ(scored(m, &t), 0);
    t.p.now_min++;
    t.usual[t.person[0].trade] += 100; /* he has said himself what he wants */
    t.slot[0].left = 2;
    t.slot[1].price = t.slot[1].line = t.slot[1].suitors = 77;
    t.closed[2] = t.away[3] = true;
    CHECK_EQ(scored(m, &t), 0);
    t.closed[2] = t.away[3] = false; /* what was not there a minute ago is new */
    CHECK_EQ(scored(m, &t), PEOPLE + SLOTS - 1);
    t.slot[0].left = 1;
    CHECK_EQ(scored(m, &t), PEOPLE);
    t.person[4].n_busy = 0;
    t.person[4].limits ^= 1;
    CHECK_EQ(scored(m, &t), SLOTS);
    t.person[5].floor_fen = 0;
    CHECK_EQ(scored(m, &t), SLOTS);
    t.usual[t.person[5].trade] += 100;
    CHECK_EQ(scored(m, &t), SLOTS);
    t.slot[6].start_min = t.p.now_min + 181;
    CHECK_EQ(scored(m, &t), PEOPLE);
    t.p.now_min++;
    CHECK_EQ(scored(m, &t), 0);
    t.p.now_min++; /* begins in less than three hours */
    CHECK_EQ(scored(m, &t), PEOPLE);
    t.person[7].idle_since_min = t.p.now_min - DAY_MIN + 1;
    CHECK_EQ(scored(m, &t), SLOTS);
    t.p.now_min++; /* a whole day */
    CHECK_EQ(scored(m, &t), SLOTS);
    t.p.term[TERM_SUPPORT]++; /* another rule is another score */
    CHECK_EQ(scored(m, &t), PEOPLE * SLOTS);
    pairs_free(m);
}

TEST(what_is_kept_of_the_pairs_is_bounded_and_those_of_the_first_people)
{
    static struct hall_town t;
    struct arena a;
    struct pairs *m = pairs_new(5 * SLOTS), *none = pairs_new(0);
    int64_t again;
    arena_init(&a, 0);
    town_init(&t, 10);
    int32_t edges = pairs_points(m, &a, &t.ask).row[PEOPLE];
    CHECK(edges > 10 * SLOTS);
    again = scored(m, &t);
    CHECK(again > 0 && again < (PEOPLE - 5) * SLOTS + 1 && again % SLOTS == 0);
    CHECK_EQ(scored(none, &t), PEOPLE * SLOTS);
    CHECK_EQ(scored(none, &t), PEOPLE * SLOTS);
    memset(t.away, 1, sizeof t.away);
    CHECK_EQ(scored(m, &t), 0);
    memset(t.closed, 1, sizeof t.closed);
    CHECK_EQ(scored(m, &t), 0);
    pairs_free(none);
    pairs_free(m);
    pairs_free(NULL);
    arena_done(&a);
}

TEST(a_shift_many_places_behind_the_last_is_kept_as_well)
{
    enum { MANY = 9000 };
    static struct slot slot[MANY];
    static int32_t cap[MANY];
    static struct hall_town t;
    struct arena a;
    struct pairs *m = pairs_new(ALL);
    arena_init(&a, 0);
    town_init(&t, 11);
    struct seeker anyone = {.id = 1, .seats = 1};
    for (int32_t j = 0; j < MANY; j++) {
        slot[j] = (struct slot){.id = j + 1, .start_min = t.p.now_min + 600, .end_min = t.p.now_min + 840, .verified = true};
        slot[j].left = j == 7 || j == MANY - 1;
    }
    struct pairs_ask q = {.p = &t.p, .usual_fen = t.usual, .person = &anyone, .slot = slot, .cap = cap, .people = 1, .slots = MANY};
    struct batch first = pairs_points(m, &a, &q), again = pairs_points(m, &a, &q);
    CHECK_EQ(pairs_scored(m), 0);
    CHECK_EQ(first.row[1], 2);
    CHECK_EQ(again.slot[1], MANY - 1);
    CHECK(same(&first, &again));
    pairs_free(m);
    arena_done(&a);
}
