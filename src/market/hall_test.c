/* hall_test.c - minutes in the hall: what people see, guard rails, couples, replay, bursts; days are in hall_day_test.c. */
#include <string.h>

#include "market/city.h"
#include "market/dice.h"
#include "market/hall.h"
#include "test.h"

enum { MIN = 60, TOP = 4 };

/* People 0..3 and orders 0..2, one seat each unless said; 0 = cannot. */
struct small {
    struct arena a, scratch;
    struct batch world;
    int32_t row[TOP + 1], slot[TOP * 3], score[TOP * 3], cap[3];
    struct hall h;
};

static void small_init(struct small *s, const int32_t score[TOP][3], struct hall_params p)
{
    int32_t n = 0;
    memset(s, 0, sizeof *s);
    arena_init(&s->a, 0);
    arena_init(&s->scratch, 0);
    for (int32_t i = 0; i < TOP; i++) {
        for (int32_t j = 0; j < 3; j++) {
            if (!score[i][j])
                continue;
            s->slot[n] = j;
            s->score[n++] = score[i][j];
        }
        s->row[i + 1] = n;
    }
    for (int32_t j = 0; j < 3; j++)
        s->cap[j] = 1;
    s->world = (struct batch){TOP, 3, s->row, s->slot, s->score, s->cap};
    s->h = hall_new(&s->a, &p, &s->world);
}

static void small_done(struct small *s)
{
    arena_done(&s->scratch);
    arena_done(&s->a);
}

static bool arrives(struct small *s, int64_t at_s, int32_t person, int32_t partner)
{
    return hall_apply(&s->h, &(struct hall_event){at_s, 0, HALL_ARRIVE, person, partner, -1});
}

static bool opens(struct small *s, int64_t at_s, int32_t order, int64_t until_s)
{
    return hall_apply(&s->h, &(struct hall_event){at_s, until_s, HALL_OPEN, -1, -1, order});
}

static bool says(struct small *s, int64_t at_s, int32_t what, int32_t person)
{
    return hall_apply(&s->h, &(struct hall_event){at_s, 0, what, person, -1, -1});
}

/* The order proposed to a person in this step, -1 = none. */
static int32_t proposed(struct small *s, int64_t at_s, int32_t person)
{
    int32_t from = hall_step(&s->h, &s->scratch, at_s), got = -1;
    for (int32_t k = from; k < s->h.logged; k++)
        if (s->h.log[k].what == HALL_PROPOSE &&
            (s->h.log[k].person == person || s->h.log[k].partner == person))
            got = s->h.log[k].order;
    arena_reset(&s->scratch);
    return got;
}

TEST(a_seat_waits_for_the_specialist_who_usually_comes_until_somebody_says_now)
{
    static const int32_t score[TOP][3] = {{40000, 0, 0}, {0}, {0}, {90000, 0, 0}};
    static struct hall_ghost come[60];
    struct small s;
    for (int32_t k = 0; k < 60; k++)
        come[k] = (struct hall_ghost){(k + 1) * MIN, 0, 3, -1};
    small_init(&s, score, hall_usual);
    hall_ghosts(&s.h, come, 60, NULL, 0);
    CHECK(arrives(&s, 0, 0, -1));
    CHECK(opens(&s, 0, 0, 60 * MIN));
    CHECK_EQ(proposed(&s, MIN, 0), -1);
    CHECK_EQ(proposed(&s, 2 * MIN, 0), -1);
    CHECK(says(&s, 2 * MIN, HALL_NOW, 0));
    CHECK_EQ(proposed(&s, 2 * MIN, 0), 0);
    small_done(&s);
}

TEST(a_person_who_said_now_takes_only_what_is_worth_something_and_leaves_the_rest_to_the_ghosts)
{
    static const int32_t score[TOP][3] = {{40000, -5, 0}, {50000, 0, 0}, {0}, {90000, 0, 0}};
    static struct hall_ghost come[60];
    struct small s;
    for (int32_t k = 0; k < 60; k++)
        come[k] = (struct hall_ghost){(k + 1) * MIN, 0, 3, -1};
    small_init(&s, score, hall_usual);
    hall_ghosts(&s.h, come, 60, NULL, 0);
    CHECK(arrives(&s, 0, 0, -1));
    CHECK(arrives(&s, 0, 1, -1));
    CHECK(opens(&s, 0, 0, 60 * MIN));
    CHECK(opens(&s, 0, 1, 60 * MIN));
    CHECK(says(&s, MIN, HALL_NOW, 0));
    CHECK_EQ(proposed(&s, MIN, 0), 0); /* the other is worth more there but has not said so */
    CHECK_EQ(s.h.order[1].asked, 0);
    small_done(&s);
}

TEST(near_its_deadline_an_order_keeps_no_seat_for_a_ghost)
{
    static const int32_t score[TOP][3] = {{40000, 0, 0}, {0}, {0}, {90000, 0, 0}};
    struct small s;
    struct hall_ghost soon = {55 * MIN, 0, 3, -1};
    small_init(&s, score, hall_usual);
    hall_ghosts(&s.h, &soon, 1, NULL, 0);
    CHECK(opens(&s, 0, 0, 60 * MIN));
    CHECK(arrives(&s, 30 * MIN, 0, -1));
    CHECK_EQ(proposed(&s, 40 * MIN, 0), -1); /* 20 minutes are left */
    CHECK_EQ(proposed(&s, 40 * MIN + 1, 0), 0);
    small_done(&s);
}

TEST(near_its_deadline_who_can_go_elsewhere_leaves_the_seat_to_who_usually_comes)
{
    static const int32_t score[TOP][3] = {{50000, 45000, 0}, {40000, 0, 0}, {0}, {90000, 0, 0}};
    struct small s;
    struct hall_ghost soon = {55 * MIN, 0, 3, -1};
    small_init(&s, score, hall_usual);
    hall_ghosts(&s.h, &soon, 1, NULL, 0);
    CHECK(opens(&s, 0, 0, 60 * MIN));
    CHECK(opens(&s, 0, 1, 200 * MIN));
    CHECK(arrives(&s, 50 * MIN, 0, -1));
    CHECK_EQ(proposed(&s, 50 * MIN, 0), 1);
    CHECK(arrives(&s, 51 * MIN, 1, -1));
    CHECK_EQ(proposed(&s, 51 * MIN, 1), 0); /* who cannot is not kept from it */
    small_done(&s);
}

TEST(near_its_deadline_an_order_has_who_waits_for_less_and_not_who_waits_for_more)
{
    static const int32_t better[] = {50000, 95000};
    for (int32_t k = 0; k < 2; k++) {
        const int32_t score[TOP][3] = {{60000, 0, better[k]}, {0}, {0}, {90000, 0, 0}};
        struct small s;
        struct hall_ghost soon = {55 * MIN, 0, 3, -1}, order = {54 * MIN, 200 * MIN, 2, -1};
        small_init(&s, score, hall_usual);
        hall_ghosts(&s.h, &soon, 1, &order, 1);
        CHECK(opens(&s, 0, 0, 60 * MIN));
        CHECK(arrives(&s, 50 * MIN, 0, -1));
        CHECK_EQ(proposed(&s, 50 * MIN, 0), k ? -1 : 0);
        CHECK_EQ(s.h.log[s.h.logged - 1].what, k ? HALL_WAIT : HALL_PROPOSE);
        small_done(&s);
    }
}

TEST(who_may_get_better_soon_is_told_to_wait_and_no_longer_than_half_of_their_time)
{
    static const int32_t score[TOP][3] = {{30000, 0, 90000}, {0}, {0}, {0}};
    struct small s;
    struct hall_ghost again[40];
    for (int32_t k = 0; k < 40; k++)
        again[k] = (struct hall_ghost){(k + 1) * MIN, 200 * MIN, 2, -1};
    small_init(&s, score, hall_usual);
    hall_ghosts(&s.h, NULL, 0, again, 40);
    CHECK(opens(&s, 0, 0, 100 * MIN));
    CHECK(hall_apply(&s.h, &(struct hall_event){0, 20 * MIN, HALL_ARRIVE, 0, -1, -1}));
    CHECK_EQ(proposed(&s, MIN, 0), -1);
    CHECK_EQ(s.h.log[s.h.logged - 1].what, HALL_WAIT);
    CHECK_EQ(s.h.log[s.h.logged - 1].until_s, 2 * MIN); /* when it usually comes */
    CHECK_EQ(hall_due_s(&hall_usual, 0, 20 * MIN), 10 * MIN);
    CHECK_EQ(hall_due_s(&hall_usual, MIN, 0), MIN + hall_usual.long_s);
    CHECK_EQ(hall_due_s(&hall_usual, MIN, 600 * MIN), MIN + hall_usual.long_s);
    CHECK_EQ(proposed(&s, 9 * MIN, 0), -1);
    CHECK_EQ(proposed(&s, 10 * MIN, 0), 0);
    small_done(&s);
}

TEST(nobody_waits_for_what_comes_after_they_leave_nor_an_order_for_who_comes_after_it_closes)
{
    static const int32_t score[TOP][3] = {{30000, 0, 90000}, {0}, {0}, {95000, 0, 0}};
    struct small s;
    struct hall_ghost order = {30 * MIN, 200 * MIN, 2, -1}, person = {40 * MIN, 0, 3, -1};
    small_init(&s, score, hall_usual);
    hall_ghosts(&s.h, &person, 1, &order, 1);
    CHECK(!opens(&s, 0, 0, 0)); /* over before it begins */
    CHECK(opens(&s, 0, 0, 25 * MIN));
    CHECK(hall_apply(&s.h, &(struct hall_event){0, 20 * MIN, HALL_ARRIVE, 0, -1, -1}));
    CHECK_EQ(proposed(&s, MIN, 0), 0);
    small_done(&s);
}

TEST(a_ghost_couple_of_whom_one_is_really_here_is_no_couple)
{
    static const int32_t score[TOP][3] = {{0}, {50000, 0, 0}, {60000, 0, 0}, {0}};
    struct small s;
    struct hall_ghost both[2] = {{5 * MIN, 0, 1, 2}, {5 * MIN, 0, 2, 1}};
    for (int here = 1; here <= 2; here++) {
        small_init(&s, score, hall_usual);
        s.cap[0] = 2;
        hall_ghosts(&s.h, both, 2, NULL, 0);
        CHECK(opens(&s, 0, 0, 60 * MIN));
        CHECK(arrives(&s, 0, here, -1));
        CHECK_EQ(proposed(&s, MIN, here), 0);
        small_done(&s);
    }
}

TEST(a_ghost_couple_that_came_twice_is_one_couple)
{
    static const int32_t score[TOP][3] = {{40000, 0, 0}, {50000, 0, 0}, {50000, 0, 0}, {0}};
    struct small s;
    struct hall_ghost both[4] = {{5 * MIN, 0, 1, 2}, {5 * MIN, 0, 2, 1}, {9 * MIN, 0, 1, 2}, {9 * MIN, 0, 2, 1}};
    small_init(&s, score, hall_usual);
    s.cap[0] = 2;
    hall_ghosts(&s.h, both, 4, NULL, 0);
    CHECK(opens(&s, 0, 0, 60 * MIN));
    CHECK(arrives(&s, 0, 0, -1));
    CHECK_EQ(proposed(&s, MIN, 0), -1); /* both seats are kept */
    s.cap[0] = 3;
    CHECK_EQ(proposed(&s, 2 * MIN, 0), 0);
    small_done(&s);
}

TEST(a_day_goes_from_its_first_to_its_last_second_and_never_back)
{
    static const int32_t score[TOP][3] = {{40000, 0, 0}, {0}, {0}, {0}};
    struct small s;
    small_init(&s, score, hall_usual);
    CHECK(!arrives(&s, -1, 0, -1));
    CHECK(!arrives(&s, HALL_END_S + 1, 0, -1));
    CHECK(!hall_apply(&s.h, &(struct hall_event){0, -1, HALL_ARRIVE, 0, -1, -1}));
    CHECK(!hall_apply(&s.h, &(struct hall_event){0, INT64_MAX, HALL_ARRIVE, 0, -1, -1}));
    CHECK(arrives(&s, 9 * MIN, 0, -1));
    CHECK(opens(&s, 9 * MIN, 0, HALL_END_S));
    CHECK_EQ(proposed(&s, 5 * MIN, 0), 0);
    CHECK_EQ(s.h.log[s.h.logged - 1].at_s, 9 * MIN);
    CHECK_EQ(proposed(&s, INT64_MAX, 0), -1);
    CHECK_EQ(s.h.log[s.h.logged - 1].at_s, HALL_END_S);
    small_done(&s);
}

TEST(whose_time_is_over_is_proposed_nothing_also_when_he_said_now)
{
    static const int32_t score[TOP][3] = {{50000, 0, 0}, {40000, 0, 0}, {0}, {0}};
    struct small s;
    small_init(&s, score, hall_usual);
    CHECK(hall_apply(&s.h, &(struct hall_event){0, 10 * MIN, HALL_ARRIVE, 0, -1, -1}));
    CHECK(says(&s, 0, HALL_NOW, 0));
    CHECK(arrives(&s, MIN, 1, -1));
    CHECK(opens(&s, 10 * MIN, 0, 60 * MIN));
    CHECK_EQ(proposed(&s, 10 * MIN, 1), 0); /* worth less, but here */
    CHECK_EQ(s.h.person[0].state, HALL_WAITING);
    CHECK_EQ(s.h.person[0].held_s, 0);
    small_done(&s);
}

TEST(nobody_is_kept_from_an_open_seat_for_better_prospects_beyond_half_an_hour)
{
    static const int32_t score[TOP][3] = {{30000, 0, 90000}, {0}, {0}, {0}};
    struct small s;
    struct hall_ghost again[60];
    for (int32_t k = 0; k < 60; k++)
        again[k] = (struct hall_ghost){(k + 1) * MIN, 200 * MIN, 2, -1};
    small_init(&s, score, hall_usual);
    hall_ghosts(&s.h, NULL, 0, again, 60);
    CHECK(opens(&s, 0, 0, 100 * MIN));
    CHECK(arrives(&s, 0, 0, -1));
    int64_t at = MIN;
    while (proposed(&s, at, 0) < 0 && at < 90 * MIN)
        at += MIN;
    CHECK_EQ(at, 30 * MIN);
    small_done(&s);
}

TEST(who_is_placed_or_gone_came_in_the_last_hour_too_and_the_hours_told_count_them)
{
    static const int32_t score[TOP][3] = {{40000, 0, 0}, {0}, {0}, {90000, 0, 0}};
    static struct hall_ghost come[60];
    const struct hall_hour usual = {60, 40}, many = {121, 40}, orders = {60, 81}, few = {29, 29}, none = {0, 0};
    struct small s;
    for (int32_t k = 0; k < 60; k++)
        come[k] = (struct hall_ghost){(k + 10) * MIN, 0, 3, -1};
    small_init(&s, score, hall_usual);
    hall_ghosts(&s.h, come, 60, NULL, 0);
    CHECK(arrives(&s, 0, 0, -1));
    CHECK(opens(&s, 0, 0, 80 * MIN));
    CHECK(!hall_trusts(&s.h, 40 * MIN)); /* one came beside 31 ghosts */
    hall_tell_hours(&s.h, usual, usual);
    CHECK(hall_trusts(&s.h, 40 * MIN));
    CHECK_EQ(proposed(&s, 40 * MIN, 0), -1); /* so the seat is kept */
    hall_tell_hours(&s.h, many, usual);
    CHECK(!hall_trusts(&s.h, 40 * MIN));
    hall_tell_hours(&s.h, usual, orders);
    CHECK(!hall_trusts(&s.h, 40 * MIN));
    hall_tell_hours(&s.h, few, none);
    CHECK(hall_trusts(&s.h, 40 * MIN)); /* too few to tell */
    hall_tell_hours(&s.h, usual, none); /* the day is missing */
    CHECK_EQ(proposed(&s, 40 * MIN, 0), 0);
    small_done(&s);
}

TEST(one_large_order_does_not_make_another_day_of_it)
{
    static const int32_t score[TOP][3] = {{40000, 0, 0}, {0}, {0}, {90000, 0, 0}};
    struct small s;
    struct hall_ghost order = {0, 60 * MIN, 1, -1}, cook = {30 * MIN, 0, 3, -1};
    small_init(&s, score, hall_usual);
    s.cap[2] = 100;
    hall_ghosts(&s.h, &cook, 1, &order, 1);
    CHECK(opens(&s, MIN, 0, 60 * MIN));
    CHECK(opens(&s, MIN, 2, 60 * MIN));
    CHECK(arrives(&s, MIN, 0, -1));
    CHECK(hall_trusts(&s.h, MIN));
    CHECK_EQ(proposed(&s, MIN, 0), -1); /* the seat is kept for the cook */
    small_done(&s);
}

TEST(a_refusal_frees_the_seat_and_that_pair_is_not_proposed_again)
{
    static const int32_t score[TOP][3] = {{50000, 20000, 0}, {40000, 0, 0}, {0}, {0}};
    struct small s;
    small_init(&s, score, hall_usual);
    CHECK(arrives(&s, 0, 0, -1));
    CHECK(arrives(&s, 0, 1, -1));
    CHECK(opens(&s, 0, 0, 60 * MIN));
    CHECK_EQ(proposed(&s, MIN, 0), 0);
    CHECK_EQ(proposed(&s, 2 * MIN, 1), -1); /* the seat is kept */
    CHECK(says(&s, 2 * MIN, HALL_NO, 0));
    CHECK(!says(&s, 2 * MIN, HALL_YES, 0));
    CHECK(opens(&s, 2 * MIN, 1, 60 * MIN));
    CHECK_EQ(proposed(&s, 3 * MIN, 0), 1);
    CHECK_EQ(s.h.person[1].order, 0);
    CHECK(says(&s, 3 * MIN, HALL_YES, 1));
    CHECK(!says(&s, 3 * MIN, HALL_YES, 1));
    CHECK(!says(&s, 2 * MIN, HALL_LEAVE, 0)); /* time does not run back */
    CHECK_EQ(s.h.order[0].taken, 1);
    small_done(&s);
}

TEST(an_order_withdrawn_while_people_are_asked_lets_them_wait_again)
{
    static const int32_t score[TOP][3] = {{50000, 20000, 0}, {0}, {0}, {0}};
    struct small s;
    small_init(&s, score, hall_usual);
    CHECK(arrives(&s, 0, 0, -1));
    CHECK(opens(&s, 0, 0, 60 * MIN));
    CHECK(!opens(&s, 0, 0, 90 * MIN));
    CHECK_EQ(proposed(&s, MIN, 0), 0);
    CHECK(hall_apply(&s.h, &(struct hall_event){2 * MIN, 0, HALL_CLOSE, -1, -1, 0}));
    CHECK(!says(&s, 2 * MIN, HALL_YES, 0));
    CHECK_EQ(s.h.order[0].asked + s.h.order[0].taken, 0);
    CHECK_EQ(proposed(&s, 3 * MIN, 0), -1);
    CHECK(opens(&s, 3 * MIN, 1, 60 * MIN));
    CHECK_EQ(proposed(&s, 4 * MIN, 0), 1);
    small_done(&s);
}

TEST(a_couple_goes_to_one_order_with_two_seats_or_nowhere)
{
    static const int32_t score[TOP][3] = {{50000, 60000, 0}, {50000, 60000, 0}, {55000, 0, 0}, {0}};
    struct small s;
    small_init(&s, score, hall_usual);
    s.cap[0] = 2;
    CHECK(!arrives(&s, 0, 0, 0));
    CHECK(!arrives(&s, 0, 0, TOP));
    CHECK(arrives(&s, 0, 0, 1));
    CHECK(!arrives(&s, 0, 1, -1));
    CHECK(opens(&s, 0, 1, 60 * MIN));
    CHECK_EQ(proposed(&s, MIN, 0), -1);
    CHECK(opens(&s, MIN, 0, 60 * MIN));
    CHECK_EQ(proposed(&s, 2 * MIN, 1), 0);
    CHECK_EQ(s.h.person[0].order, 0);
    CHECK_EQ(s.h.order[0].asked, 2);
    CHECK(says(&s, 3 * MIN, HALL_NO, 1));
    CHECK_EQ(s.h.person[0].state, HALL_WAITING);
    CHECK_EQ(s.h.order[0].asked, 0);
    small_done(&s);
}

TEST(a_couple_is_not_held_by_a_seat_that_only_one_of_them_could_have)
{
    static const int32_t score[TOP][3] = {{20000, 30000, 90000}, {20000, 0, 90000}, {0, 30000, 0}, {0}};
    struct small s;
    struct hall_ghost again[12];
    for (int32_t k = 0; k < 12; k++)
        again[k] = (struct hall_ghost){(k + 1) * 5 * MIN, 200 * MIN, 2, -1};
    small_init(&s, score, hall_usual);
    s.cap[0] = s.cap[1] = s.cap[2] = 2;
    hall_ghosts(&s.h, NULL, 0, again, 12);
    CHECK(arrives(&s, 0, 0, 1));
    CHECK(arrives(&s, 0, 2, 3));
    CHECK(opens(&s, 0, 1, 300 * MIN));
    for (int64_t at = MIN; at <= 20 * MIN; at += MIN)
        CHECK_EQ(proposed(&s, at, 0), -1);
    CHECK_EQ(s.h.person[0].held_s, 0);
    CHECK(opens(&s, 20 * MIN, 0, 300 * MIN));
    CHECK_EQ(proposed(&s, 21 * MIN, 0), -1);
    CHECK_EQ(s.h.person[0].held_s, MIN);
    CHECK_EQ(s.h.person[1].held_s, MIN);
    CHECK_EQ(s.h.person[2].held_s, 0); /* who can do it alone */
    small_done(&s);
}

TEST(of_two_who_are_worth_as_much_the_one_who_came_first_gets_the_seat)
{
    static const int32_t score[TOP][3] = {{50000, 0, 0}, {50000, 0, 0}, {51000, 0, 0}, {0}};
    struct small s;
    for (int32_t first = 0; first < 2; first++) {
        small_init(&s, score, hall_usual);
        CHECK(arrives(&s, 0, first, -1));
        CHECK(arrives(&s, 5 * MIN, 1 - first, -1));
        CHECK(opens(&s, 6 * MIN, 0, 60 * MIN));
        CHECK_EQ(proposed(&s, 6 * MIN, first), 0);
        CHECK(says(&s, 6 * MIN, HALL_NO, first));
        CHECK(arrives(&s, 45 * MIN, 2, -1));
        CHECK_EQ(proposed(&s, 45 * MIN, 2), 0); /* to have waited is no fit */
        small_done(&s);
    }
}

TEST(a_log_that_is_not_of_this_hall_does_not_replay)
{
    static const int32_t score[TOP][3] = {{50000, 0, 0}, {40000, 0, 0}, {0}, {0}};
    struct small s, again;
    small_init(&s, score, hall_usual);
    CHECK(arrives(&s, 0, 0, -1));
    CHECK(opens(&s, 0, 0, 60 * MIN));
    CHECK_EQ(proposed(&s, MIN, 0), 0);
    small_init(&again, score, hall_usual);
    CHECK(hall_replay(&again.h, s.h.log, s.h.logged));
    CHECK(!hall_replay(&again.h, s.h.log, s.h.logged)); /* who is here cannot come */
    small_done(&again);
    small_init(&again, score, hall_usual);
    CHECK(!hall_replay(&again.h, s.h.log, s.h.logged - 1)); /* a proposal is missing */
    small_done(&again);
    small_done(&s);
}

TEST(a_burst_and_senseless_events_leave_every_seat_counted)
{
    struct arena a, scratch;
    uint64_t rnd = 77;
    arena_init(&a, 0);
    arena_init(&scratch, 0);
    struct city c = city_make(
        &a,
        &(struct city_params){
            .seed = 9, .people = 1000, .slots = 60, .degree = 60, .spread_km = 5, .hall = true});
    struct hall_params p = hall_usual;
    p.crowd_max = 200;
    struct hall h = hall_new(&a, &p, &c.b);
    int bad = 0;
    for (int64_t t = 0; t < 40; t++) {
        for (int k = 0; k < 400; k++) {
            struct hall_event e = {t * MIN,
                                   t * MIN + dice_below(&rnd, 90 * MIN),
                                   dice_below(&rnd, HALL_WHATS + 2) - 1,
                                   dice_below(&rnd, 1004) - 2,
                                   dice_below(&rnd, 8) - 7,
                                   dice_below(&rnd, 64) - 2};
            hall_apply(&h, &e);
        }
        for (int32_t k = hall_step(&h, &scratch, t * MIN); k < h.logged; k++)
            bad += h.log[k].what == HALL_PROPOSE && h.person[h.log[k].person].until_s &&
                   h.person[h.log[k].person].until_s <= h.log[k].at_s;
        arena_reset(&scratch);
        int32_t asked[60] = {0}, taken[60] = {0};
        for (int32_t i = 0; i < 1000; i++) {
            if (h.person[i].state == HALL_ASKED)
                asked[h.person[i].order]++;
            if (h.person[i].state == HALL_PLACED)
                taken[h.person[i].order]++;
            bad += h.person[i].partner >= 0 &&
                   h.person[h.person[i].partner].order != h.person[i].order;
        }
        for (int32_t j = 0; j < 60; j++)
            bad += asked[j] != h.order[j].asked || taken[j] != h.order[j].taken ||
                   asked[j] + taken[j] > c.b.cap[j];
    }
    CHECK_EQ(bad, 0);
    arena_done(&scratch);
    arena_done(&a);
}
