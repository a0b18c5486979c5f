/* people_test.c - the best people for a slot are exactly those that a look at every one finds, whatever
 * happened before, and no bound is below what it bounds. */
#include "market/people.h"

#include <pthread.h>
#include <string.h>

#include "market/dice.h"
#include "market/squad.h"
#include "sample_town.h"
#include "test.h"

enum { PEOPLE = 3000, SPREAD = 200000, QUESTIONS = 60 };

static const int32_t usual[TRADES_MAX] = {2500, 2400, 2600, 0, 3000, 2500, 2500, 2500, 2200, 2300, 2400, 2500};

static int64_t has_else(void *arg, int64_t person_id, int64_t slot_id)
{
    (void)arg;
    return (person_id * 7919 + slot_id) % 3 ? 0 : person_id * 37 % 20000;
}

static void put_person(struct market *m, const struct seeker *s)
{
    CHECK(market_apply(m, &(struct fact){.kind = FACT_PERSON, .person = *s}));
}

static struct seeker somebody(uint64_t *rnd, int64_t id)
{
    struct seeker s = sample_seeker(rnd, id, SPREAD);
    s.partner_id = s.seats > 1 ? (id ^ 1) + (id == 1) : 0;
    s.like_from_min = (int16_t)(dice_below(rnd, 4) ? s.like_from_min : dice_below(rnd, 1441));
    s.like_to_min = (int16_t)(dice_below(rnd, 4) ? s.like_to_min : dice_below(rnd, 1441));
    s.idle_since_min = dice_below(rnd, 9) ? s.idle_since_min : 0;
    s.skills = dice_below(rnd, 3) ? s.skills : 0;
    return s;
}

static struct market *town(uint64_t *rnd, int32_t people)
{
    struct market *m = market_new();
    for (int32_t i = 0; i < people; i++) {
        struct seeker s = somebody(rnd, i + 1);
        put_person(m, &s);
    }
    return m;
}

/* Without padding, which nobody wrote. */
static bool same_hit(const struct person_hit *a, const struct person_hit *b)
{
    return a->person_id == b->person_id && a->partner_id == b->partner_id && !memcmp(&a->fit, &b->fit, sizeof a->fit) && a->known == b->known &&
           a->idle_days == b->idle_days && a->days == b->days && a->reliable == b->reliable;
}

static int differs(struct market *m, struct arena *a, const struct people_ask *q)
{
    struct people x = people_for(m, a, q), y = people_scan(m, a, q);
    int wrong = 0;
    for (int k = 0; k < PEOPLE_GROUPS; k++) {
        wrong += x.of[k].n != y.of[k].n || x.of[k].pool != y.of[k].pool;
        for (size_t i = 0; i < x.of[k].n && i < y.of[k].n; i++)
            wrong += !same_hit(&x.of[k].v[i], &y.of[k].v[i]);
    }
    return wrong;
}

static struct market_params any_params(uint64_t *rnd)
{
    struct market_params p = sample_params();
    p.now_min = dice_below(rnd, 4) ? p.now_min : p.now_min + dice_below(rnd, 4320);
    p.rest_h = dice_below(rnd, 4) ? p.rest_h : dice_below(rnd, 40);
    return p;
}

static int32_t count(struct market *m)
{
    struct finder *f = market_read(m);
    size_t n = market_people(f);
    market_done(f);
    return (int32_t)n;
}

static int ask_everything(struct market *m, uint64_t *rnd, int questions)
{
    int wrong = 0;
    int32_t tenth = count(m) / 10 + 1;
    struct arena a;
    arena_init(&a, 0);
    for (int i = 0; i < questions; i++) {
        int64_t apart[10];
        struct market_params p = any_params(rnd);
        struct slot t = sample_slot(rnd, i + 1, SPREAD);
        t.left = (int16_t)(dice_below(rnd, 4) ? t.left + 1 : t.left);
        for (int k = 0; k < 10; k++)
            apart[k] = k * tenth + dice_below(rnd, tenth);
        struct people_ask q = {.p = &p, .usual_fen = usual, .slot = &t, .most = (size_t)dice_below(rnd, 70), .singles = dice_below(rnd, 2),
                               .apart = apart, .n_apart = dice_below(rnd, 2) ? 10 : 0, .other = has_else};
        wrong += differs(m, &a, &q);
        arena_reset(&a);
    }
    arena_done(&a);
    return wrong;
}

static void something_happens(struct market *m, uint64_t *rnd)
{
    int64_t id = 1 + dice_below(rnd, PEOPLE);
    struct fact f = {.kind = dice_below(rnd, 2) ? FACT_PERSON : FACT_PERSON_GONE, .id = id};
    if (f.kind == FACT_PERSON)
        f.person = somebody(rnd, id);
    market_apply(m, &f);
}

TEST(the_columns_find_exactly_the_people_that_a_look_at_every_one_finds)
{
    uint64_t rnd = 71;
    struct market *m = town(&rnd, PEOPLE);
    int wrong = ask_everything(m, &rnd, 200);
    for (int round = 0; round < 10; round++) {
        for (int i = 0; i < 300; i++)
            something_happens(m, &rnd);
        CHECK(!market_check(m));
        wrong += ask_everything(m, &rnd, QUESTIONS);
    }
    CHECK_EQ(wrong, 0);
    market_free(m);
}

TEST(more_people_than_a_stride_and_none_at_all_are_asked_alike)
{
    uint64_t rnd = 73;
    struct market *m = town(&rnd, 2 * PEOPLE_STRIDE + 5), *none = market_new();
    CHECK_EQ(ask_everything(m, &rnd, 20), 0);
    CHECK_EQ(ask_everything(none, &rnd, 5), 0);
    market_free(m);
    market_free(none);
}

/* Slots and clocks that no market would take. */
TEST(whatever_is_asked_the_columns_find_what_a_look_finds)
{
    uint64_t rnd = 89;
    struct market *m = town(&rnd, 500);
    struct arena a;
    int wrong = 0;
    arena_init(&a, 0);
    for (int i = 0; i < 40; i++) {
        struct market_params p = sample_params();
        struct slot t = sample_slot(&rnd, 1, SPREAD);
        p.risk_max = p.min_hour_fen = 0;
        t.verified = true;
        t.left = 2;
        t.trade = i % 4 ? t.trade : 200;
        t.end_min = i % 4 == 1 ? t.start_min : t.end_min;
        p.now_min = i % 4 == 2 ? INT32_MIN + 5 : p.now_min;
        t.start_min = i % 4 == 3 ? INT32_MAX - 600 : t.start_min;
        t.end_min = i % 4 == 3 ? INT32_MAX - 100 : t.end_min;
        struct people_ask q = {.p = &p, .usual_fen = usual, .slot = &t, .most = 30, .singles = i % 2, .other = has_else};
        wrong += differs(m, &a, &q);
        CHECK(people_scan(m, &a, &q).of[0].n > 0);
    }
    CHECK_EQ(wrong, 0);
    arena_done(&a);
    market_free(m);
}

TEST(who_states_no_limit_of_the_way_is_found_at_the_other_end_of_the_world)
{
    uint64_t rnd = 97;
    struct market *m = market_new();
    struct market_params p = sample_params();
    struct slot t = sample_slot(&rnd, 1, SPREAD);
    struct seeker s = {.id = 1, .home = {2350000, 48850000}, .outside = 0, .seats = 1, .skills = UINT64_MAX};
    struct people_ask q = {.p = &p, .usual_fen = usual, .slot = &t, .most = 30, .other = has_else};
    struct arena a;
    arena_init(&a, 0);
    p.risk_max = p.min_hour_fen = 0;
    t.verified = true;
    t.left = 2;
    t.papers = 0;
    put_person(m, &s);
    CHECK_EQ(people_scan(m, &a, &q).of[0].n, 1);
    CHECK_EQ(people_for(m, &a, &q).of[0].n, 1);
    arena_done(&a);
    market_free(m);
}

TEST(the_groups_together_have_everybody_once_best_first)
{
    struct arena a;
    struct person_hit v[3] = {{.person_id = 4, .fit = {.rank = 9}}, {.person_id = 2, .fit = {.rank = 7}}, {.person_id = 4, .fit = {.rank = 9}}};
    struct people p = {.of = {{v, 2, 20}, {v + 2, 1, 5}}}; /* somebody met twice, because he moved */
    arena_init(&a, 0);
    struct people_of all = people_together(&a, &p);
    CHECK_EQ(all.n, 2);
    CHECK_EQ(all.pool, 25);
    CHECK_EQ(all.v[0].person_id, 4);
    CHECK_EQ(all.v[1].person_id, 2);
    arena_done(&a);
}

/* What a squad says of each of sixteen, against whole numbers. */
TEST(a_squad_never_says_less_than_a_person_is_worth_and_is_sure_only_of_what_holds)
{
    uint64_t rnd = 79;
    int wrong = 0, sure = 0, doubts = 0;
    double loose = 0;
    for (int i = 0; i < 3000; i++) {
        struct market_params p = any_params(&rnd);
        struct slot t = sample_slot(&rnd, 1, SPREAD);
        struct squad v;
        struct seeker s[STRIP];
        uint32_t answer[STRIP];
        float way[STRIP], most[STRIP];
        memset(&v, 0, sizeof v);
        t.left = (int16_t)(t.left + 1);
        for (size_t k = 0; k < STRIP; k++) {
            s[k] = somebody(&rnd, (int64_t)k + 1);
            s[k].outside = dice_below(&rnd, 5) ? s[k].outside : SCORE_ONE - dice_below(&rnd, 4);
            squad_set(&v, k, &s[k]);
        }
        struct squad_ask ask = squad_ask_of(&p, &t, usual);
        squad_look(&v, &ask, answer, way);
        squad_most(&v, &ask, way, most);
        for (size_t k = 0; k < STRIP && !ask.shut; k++) {
            p.usual_hour_fen = usual[s[k].trade];
            struct fit f = fit_of(&p, &s[k], &t);
            wrong += answer[k] & SQUAD_NO && !f.hard_all && (s[k].seats < 2 || s[k].partner_id > s[k].id);
            wrong += !(answer[k] & (SQUAD_NO | SQUAD_DOUBT)) && f.hard_all;
            wrong += (double)most[k] < f.total;
            wrong += ((answer[k] & SQUAD_LONG) != 0) != (idle_days(&p, &s[k]) >= IDLE_LONG_DAYS);
            sure += !(answer[k] & SQUAD_DOUBT) || answer[k] & SQUAD_NO;
            doubts += answer[k] & SQUAD_DOUBT && !(answer[k] & SQUAD_NO);
            loose += (double)most[k] - f.total;
        }
    }
    CHECK_EQ(wrong, 0);
    CHECK(sure > 5 * doubts); /* or few would be told by columns */
    CHECK(loose / (sure + doubts) < 1500);
}

/* ---- reading beside writing ---- */

struct reader {
    struct market *m;
    pthread_t thread;
    uint64_t seed;
};

static void *keep_asking(void *arg)
{
    struct reader *r = arg;
    ask_everything(r->m, &r->seed, 10);
    return NULL;
}

TEST(people_are_asked_for_and_change_side_by_side)
{
    uint64_t rnd = 83;
    struct reader r[2];
    struct market *m = town(&rnd, PEOPLE);
    for (int k = 0; k < 2; k++) {
        r[k] = (struct reader){.m = m, .seed = 100u + (unsigned)k};
        CHECK(pthread_create(&r[k].thread, NULL, keep_asking, &r[k]) == 0);
    }
    for (int i = 0; i < 3000; i++)
        something_happens(m, &rnd);
    for (int k = 0; k < 2; k++)
        pthread_join(r[k].thread, NULL);
    CHECK(!market_check(m));
    CHECK_EQ(ask_everything(m, &rnd, 10), 0);
    market_free(m);
}

TEST(who_is_away_for_a_season_is_known_and_for_longer_is_refused)
{
    uint64_t rnd = 53;
    struct market *m = market_new();
    struct arena a;
    struct market_params p = sample_params();
    struct seeker s = somebody(&rnd, 1);
    struct slot t = sample_slot(&rnd, 1, SPREAD);
    s = (struct seeker){.id = 1, .home = s.home, .skills = UINT64_MAX, .seats = 1, .n_busy = 1};
    t.cap = t.left = 2;
    t.papers = 0;
    t.verified = true;
    t.hour_fen = 3000;
    t.risk = 0;
    s.busy[0] = (struct busy){.from_min = t.start_min - 10, .to_min = t.start_min - 10 + AWAY_MOST_DAYS * 1440};
    arena_init(&a, 0);
    put_person(m, &s);
    const struct people_ask q = {.p = &p, .usual_fen = usual, .slot = &t, .most = 5, .other = has_else};
    CHECK_EQ(people_for(m, &a, &q).of[0].n, 0);
    s.busy[0].from_min = t.end_min; /* back when the shift is over */
    s.busy[0].to_min = t.end_min + AWAY_MOST_DAYS * 1440;
    put_person(m, &s);
    CHECK_EQ(people_for(m, &a, &q).of[0].n, 1);
    s.busy[0].to_min++;
    CHECK(!market_apply(m, &(struct fact){.kind = FACT_PERSON, .person = s}));
    arena_done(&a);
    market_free(m);
}
