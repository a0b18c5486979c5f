/* offer_test.c - waves: the published sizes, no click race, nobody over the limits, seats counted.
 */
#include <math.h>

#include "base/cal.h"
#include "market/city.h"
#include "market/dice.h"
#include "market/offer.h"
#include "test.h"

static int32_t wave_size(int32_t seats, int32_t pm, int32_t risk, int32_t most)
{
    return offer_wave_size(seats, (struct yes_share){pm, 0}, risk, most);
}

TEST(a_wave_is_as_large_as_five_percent_of_risk_allows)
{
    static const struct {
        int32_t seats, accept_pm, n;
    } known[] = {{1, 150, 2},   {1, 300, 1},   {3, 150, 10},  {3, 300, 5},    {3, 500, 3},
                 {10, 150, 43}, {10, 300, 22}, {10, 500, 14}, {30, 150, 153}, {30, 300, 79},
                 {30, 500, 49}, {0, 500, 0},   {5, 1000, 5}};
    for (size_t k = 0; k < sizeof known / sizeof *known; k++)
        CHECK_EQ(wave_size(known[k].seats, known[k].accept_pm, OFFER_RISK, 1000), known[k].n);
    CHECK_EQ(wave_size(10, 300, OFFER_RISK, 4), 4);
    CHECK_EQ(wave_size(10, 0, OFFER_RISK, 50), 50);
    CHECK_EQ(wave_size(3, 300, 0, 50), 3);
    CHECK_EQ(wave_size(3, 300, OFFER_RISK, -1), 0);
    CHECK_EQ(wave_size(-2, 300, OFFER_RISK, -1), 0);
}

/* P(at most k of n accept). */
static double at_most(int32_t k, int32_t n, int32_t accept_pm)
{
    double p = accept_pm / 1000.0, sum = 0;
    for (int32_t i = 0; i <= k; i++)
        sum += exp(lgamma(n + 1.0) - lgamma(i + 1.0) - lgamma(n - i + 1.0) + i * log(p) +
                   (n - i) * log1p(-p));
    return sum;
}

/* Each wave asks so many that one millionth of risk less would forbid the last. */
TEST(the_chances_of_a_wave_are_exact_to_a_millionth)
{
    static const int32_t pm[] = {7, 150, 333, 501, 830, 999};
    int wrong = 0;
    for (int32_t k = 1; k <= 60; k += 7) {
        for (size_t i = 0; i < sizeof pm / sizeof *pm; i++) {
            for (int32_t n = k + 1; n < 6 * k; n += k) {
                double over = (1 - at_most(k, n, pm[i])) * 1e6, part = over - floor(over);
                if (part < 0.01 || part > 0.99)
                    continue;
                wrong += wave_size(k, pm[i], (int32_t)over, n) == n;
                wrong += wave_size(k, pm[i], (int32_t)over + 1, n) != n;
            }
        }
    }
    CHECK_EQ(wrong, 0);
}

/* ---- how people answer ---- */

enum { CITY_ORDERS = 300, TRIES = 40 };
struct town_answers {
    int32_t pm, alike_pm; /* as they are */
    uint64_t rnd;
};

/* So many people of one order, each of whom is the likelier to say yes the more have said so. */
static int32_t say_yes(struct town_answers *t, int32_t people)
{
    int32_t yes = 0;
    for (int32_t n = 0; n < people; n++) {
        int32_t own = 1000 - t->alike_pm, all = own + n * t->alike_pm;
        yes += dice_below(&t->rnd, 1000 * all) < t->pm * own + 1000 * yes * t->alike_pm;
    }
    return yes;
}

static void count_order(struct yes_counts *c, int64_t asked, int64_t yes)
{
    c->asked += asked;
    c->yes += yes;
    c->yes_yes += yes * yes;
    c->yes_asked += yes * asked;
    c->asked_asked += asked * asked;
}

/* Of orders of all sizes, until so many people answered. */
static struct yes_share learned(struct town_answers *t, int32_t people)
{
    struct yes_counts c = {0};
    while (c.asked < people) {
        int32_t asked = 2 + (int32_t)dice_below(&t->rnd, 25);
        count_order(&c, asked, say_yes(t, asked));
    }
    return offer_yes_share(&c);
}

/* Of 1000 first waves for so many seats, each of a city that learned anew, those with more yeses than seats. */
static int32_t too_many(struct town_answers *t, int32_t seats, int32_t people)
{
    int32_t over = 0;
    for (int i = 0; i < TRIES; i++) {
        int32_t size = offer_wave_size(seats, learned(t, people), offer_wave_risk(0), 1000);
        for (int k = 0; k < CITY_ORDERS; k++)
            over += say_yes(t, size) > seats;
    }
    return over * 1000 / (TRIES * CITY_ORDERS);
}

TEST(a_new_city_asks_as_if_three_in_ten_say_yes_each_for_himself)
{
    struct yes_share s = offer_yes_share(&(struct yes_counts){0});
    CHECK_EQ(s.pm, 300);
    CHECK_EQ(s.alike_pm, 0);
    CHECK_EQ(offer_wave_size(10, s, offer_wave_risk(0), 1000), 20);
}

TEST(whatever_share_says_yes_few_first_waves_have_more_of_them_than_seats)
{
    static const int32_t pm[] = {200, 300, 500, 600, 700}, alike_pm[] = {0, 30, 100}, seats[] = {1, 3, 10, 30};
    struct town_answers t = {.rnd = 5};
    for (size_t i = 0; i < sizeof pm / sizeof *pm; i++) {
        for (size_t k = 0; k < sizeof alike_pm / sizeof *alike_pm; k++) {
            t.pm = pm[i];
            t.alike_pm = alike_pm[k];
            for (size_t j = 0; j < sizeof seats / sizeof *seats; j++)
                CHECK(too_many(&t, seats[j], 400) <= 50);
        }
    }
}

TEST(where_few_say_yes_more_are_asked_and_where_many_do_fewer)
{
    struct town_answers few = {200, 0, 1}, many = {600, 0, 2};
    int32_t now = wave_size(10, 300, offer_wave_risk(0), 1000);
    CHECK(offer_wave_size(10, learned(&few, 300), offer_wave_risk(0), 1000) >= now + 3);
    CHECK(offer_wave_size(10, learned(&many, 300), offer_wave_risk(0), 1000) <= now - 6);
}

/* Everybody, nobody, or all of most orders and none of the others: still a share. */
TEST(extreme_answers_ask_for_no_more_than_there_is)
{
    struct yes_counts all = {0}, none = {0}, mostly = {0};
    for (int k = 0; k < 10; k++) {
        count_order(&all, 500, 500);
        count_order(&none, 500, 0);
        count_order(&mostly, 500, k ? 500 : 0);
    }
    CHECK(offer_yes_share(&all).pm > 990 && offer_yes_share(&all).alike_pm == 0);
    CHECK(offer_yes_share(&none).pm < 10 && offer_yes_share(&none).alike_pm == 0);
    CHECK_EQ(offer_yes_share(&mostly).pm, 1000);
    CHECK_EQ(offer_yes_share(&mostly).alike_pm, 900);
    CHECK_EQ(offer_wave_size(5, offer_yes_share(&mostly), OFFER_RISK, 50), 5);
    CHECK_EQ(offer_wave_size(5, offer_yes_share(&none), OFFER_RISK, 50), 50);
}

/* Waves until the seats are taken or ten were sent: of 1000 seats those taken. */
static int32_t filled(struct town_answers *t, int32_t seats, struct yes_share s)
{
    int32_t taken = 0;
    for (int k = 0; k < CITY_ORDERS; k++) {
        int32_t left = seats;
        for (int32_t wave = 0; wave < 10 && left > 0; wave++) {
            int32_t yes = say_yes(t, offer_wave_size(left, s, offer_wave_risk(wave), 1000));
            left -= yes < left ? yes : left;
        }
        taken += seats - left;
    }
    return taken * 1000 / (seats * CITY_ORDERS);
}

TEST(the_next_waves_take_the_seats_that_the_first_left)
{
    static const int32_t pm[] = {200, 300, 600};
    for (size_t i = 0; i < sizeof pm / sizeof *pm; i++) {
        struct town_answers t = {pm[i], 0, 3};
        struct yes_share s = learned(&t, 400);
        CHECK(filled(&t, 10, s) >= 950);
        CHECK(filled(&t, 30, s) >= 950);
    }
}

TEST(an_order_books_a_few_more_than_it_needs_for_those_who_do_not_come)
{
    CHECK_EQ(offer_over_ask(100, 830, 900), 127);
    CHECK_EQ(offer_over_ask(100, 830, 500), 120);
    CHECK_EQ(offer_over_ask(10, 1000, 999), 10);
    CHECK_EQ(offer_over_ask(0, 830, 900), 0);
    CHECK_EQ(offer_over_ask(1, 950, 999), 3);
    CHECK_EQ(offer_over_ask(3, 0, 900), 100000); /* nobody comes: no more helps */
}

TEST(a_wave_may_be_answered_for_a_quarter_of_the_time_left_and_none_is_sent_at_night)
{
    int64_t noon = cal_ms(20000, 12 * 60);
    CHECK_EQ(offer_until_ms(noon, noon + 240 * MIN_MS, false), noon + 60 * MIN_MS);
    CHECK_EQ(offer_until_ms(noon, noon + 30 * MIN_MS, false), noon + 15 * MIN_MS);
    CHECK_EQ(offer_until_ms(noon, noon + 8 * MIN_MS, true), noon + 3 * MIN_MS);
    CHECK_EQ(offer_until_ms(noon, noon + 10 * MIN_MS, false), noon + 10 * MIN_MS);
    CHECK_EQ(offer_until_ms(noon, noon + 3 * DAY_MS, false), noon + 120 * MIN_MS);
    CHECK_EQ(offer_send_ms(noon, false), noon);
    CHECK_EQ(offer_send_ms(cal_ms(20000, 23 * 60), false), cal_ms(20001, 7 * 60));
    CHECK_EQ(offer_send_ms(cal_ms(20000, 5 * 60), false), cal_ms(20000, 7 * 60));
    CHECK_EQ(offer_send_ms(cal_ms(20000, 5 * 60), true), cal_ms(20000, 5 * 60));
}

TEST(seats_go_by_points_and_not_by_who_answers_first)
{
    struct asked o[3] = {{1, 100, 50, OFFER_OFFERED, 0, false, false, false},
                         {2, 100, 90, OFFER_OFFERED, 0, false, false, false},
                         {3, 100, 70, OFFER_OFFERED, 0, false, false, false}};
    o[0].state = offer_next(o[0].state, OFFER_YES);
    CHECK_EQ(offer_settle(o, 3, 1, 10), 0);
    CHECK_EQ(o[0].state, OFFER_WILLING); /* first, but two better may still answer */
    o[2].state = offer_next(o[2].state, OFFER_YES);
    o[1].state = offer_next(o[1].state, OFFER_NO);
    CHECK_EQ(offer_settle(o, 3, 1, 20), 0);
    CHECK_EQ(o[2].state, OFFER_ACCEPTED); /* nobody better is left: at once */
    CHECK_EQ(o[0].state, OFFER_STANDBY);
    o[2].state = offer_next(o[2].state, OFFER_NO); /* calls off */
    CHECK_EQ(o[2].state, OFFER_CANCELLED);
    CHECK_EQ(offer_settle(o, 3, 1, 30), 0);
    CHECK_EQ(o[0].state, OFFER_ACCEPTED);
}

TEST(when_the_seats_are_full_others_are_asked_to_stand_by_and_come_first)
{
    struct asked o[3] = {{1, 100, 50, OFFER_ACCEPTED, 0, false, false, false}};
    CHECK_EQ(offer_settle(o, 1, 1, 10), 0);
    CHECK_EQ(offer_standby_due(o, 1, 1, 0), 0);
    CHECK_EQ(offer_standby_due(o, 1, 1, 2), 2);
    CHECK_EQ(offer_standby_due(o, 1, 2, 2), 0); /* a seat is free: nobody is asked for less */
    o[1] = (struct asked){2, 100, 90, OFFER_OFFERED, 1, .standby = true};
    o[2] = (struct asked){3, 100, 40, OFFER_OFFERED, 1, .standby = true};
    CHECK_EQ(offer_settle(o, 3, 1, 20), 0);
    CHECK_EQ(o[1].state, OFFER_OFFERED); /* no seat was promised, so none is missing */
    CHECK_EQ(offer_standby_due(o, 3, 1, 2), 0);
    o[2].state = offer_next(o[2].state, OFFER_YES);
    CHECK_EQ(offer_settle(o, 3, 1, 30), 0);
    CHECK_EQ(o[2].state, OFFER_STANDBY);
    CHECK_EQ(offer_settle(o, 3, 1, 100), 0);
    CHECK_EQ(o[1].state, OFFER_EXPIRED);
    CHECK_EQ(offer_standby_due(o, 3, 1, 2), 1);
    o[0].state = offer_next(o[0].state, OFFER_NO);
    CHECK_EQ(offer_settle(o, 3, 1, 110), 0);
    CHECK_EQ(o[2].state, OFFER_ACCEPTED);
    CHECK_EQ(offer_standby_due(o, 3, 1, 2), 2);
    o[1].state = OFFER_STANDBY;
    CHECK_EQ(offer_standby_due(o, 3, 1, 0), 0); /* fewer are wanted than stand by */
}

TEST(who_does_not_answer_in_time_lapses_and_the_next_wave_is_for_what_is_left)
{
    struct asked o[2] = {{1, 100, 50, OFFER_OFFERED, 0, false, false, false},
                         {2, 100, 90, OFFER_OFFERED, 0, false, false, false}};
    o[0].state = offer_next(o[0].state, OFFER_YES);
    CHECK_EQ(offer_settle(o, 2, 2, 99), 0);
    CHECK_EQ(o[0].state, OFFER_ACCEPTED); /* two seats, two asked: his in any case */
    CHECK_EQ(offer_settle(o, 2, 2, 100), 1);
    CHECK_EQ(o[1].state, OFFER_EXPIRED);
    CHECK_EQ(offer_next(o[1].state, OFFER_YES), -1);
}

TEST(nobody_gets_a_fourth_open_or_sixth_offer_and_later_waves_reach_the_quiet)
{
    struct offer_candidate c[8] = {{1, 99, 3, 3, false, false}, {2, 98, 0, 5, false, false},
                                   {3, 97, 2, 4, false, false}, {4, 96, 0, 0, false, false},
                                   {5, 95, 0, 1, false, false}, {6, 94, 1, 1, false, false},
                                   {7, 93, 0, 0, true, false},  {8, 92, 0, 0, true, false}};
    int32_t got[8];
    CHECK_EQ(offer_pick(c, 8, 3, 0, got), 3);
    CHECK(got[0] == 2 && got[1] == 3 && got[2] == 4);
    CHECK_EQ(offer_pick(c, 8, 3, 1, got), 3);
    CHECK(got[0] == 2 && got[1] == 3 && got[2] == 6);
    CHECK_EQ(offer_pick(c, 8, 20, 1, got), 6);
    CHECK_EQ(offer_pick(c, 6, 2, 1, got), 2); /* nobody quiet there */
    c[3].both = true;                         /* two of three */
    CHECK_EQ(offer_pick(c, 8, 3, 0, got), 2);
    CHECK(got[0] == 2 && got[1] == 3);
    c[2].both = true; /* two couples are more than three */
    CHECK_EQ(offer_pick(c, 8, 3, 0, got), 2);
    CHECK(got[0] == 2 && got[1] == 4);
    CHECK_EQ(offer_pick(c, 8, 3, 1, got), 2); /* one place is for the quiet */
    CHECK(got[0] == 2 && got[1] == 6);
    struct offer_candidate two[2] = {{1, 99, 0, 1, false, false}, {2, 98, 0, 0, true, true}};
    CHECK_EQ(offer_pick(two, 2, 1, 1, got),
             1); /* no place is kept for two who need more than there is */
    CHECK_EQ(got[0], 0);
    CHECK_EQ(offer_reserve(11, 1), 3);
    CHECK_EQ(offer_reserve(11, 0), 0);
}

TEST(a_couple_has_two_places_or_none_and_holds_no_single_person_up)
{
    struct asked o[3] = {{1, 100, 90, OFFER_OFFERED, 0, true, false, false},
                         {2, 100, 80, OFFER_OFFERED, 0, false, false, false},
                         {3, 100, 70, OFFER_OFFERED, 0, false, false, false}};
    o[0].state = offer_next(o[0].state, OFFER_YES);
    CHECK_EQ(offer_settle(o, 3, 2, 10), 0);
    CHECK_EQ(o[0].state, OFFER_ACCEPTED); /* nobody better: both at once, the others are told */
    CHECK(o[1].state == OFFER_CANCELLED && o[2].state == OFFER_CANCELLED);
    o[0].state = o[1].state = o[2].state = OFFER_OFFERED;
    o[0].points = 75;
    o[0].state = offer_next(o[0].state, OFFER_YES);
    CHECK_EQ(offer_settle(o, 3, 2, 20), 0);
    CHECK_EQ(o[0].state, OFFER_WILLING); /* a better one may still take one of the two */
    o[1].state = offer_next(o[1].state, OFFER_YES);
    CHECK_EQ(offer_settle(o, 3, 2, 30), 0);
    CHECK_EQ(o[1].state, OFFER_ACCEPTED);
    CHECK_EQ(o[0].state, OFFER_STANDBY); /* one is not enough for them */
    CHECK_EQ(o[2].state, OFFER_OFFERED); /* but for somebody else */
    o[2].state = offer_next(o[2].state, OFFER_YES);
    CHECK_EQ(offer_settle(o, 3, 2, 40), 0);
    CHECK_EQ(o[2].state, OFFER_ACCEPTED);
    o[1].state = o[2].state = OFFER_CANCELLED; /* both call off */
    CHECK_EQ(offer_settle(o, 3, 2, 50), 0);
    CHECK_EQ(o[0].state, OFFER_ACCEPTED);
}

TEST(a_couple_that_is_asked_holds_no_place_that_is_too_small_for_it)
{
    struct asked o[3] = {{1, 100, 90, OFFER_OFFERED, 0, true, false, false},
                         {2, 100, 50, OFFER_WILLING, 0, false, false, false},
                         {3, 100, 95, OFFER_WILLING, 0, false, false, false}};
    CHECK_EQ(offer_settle(o, 3, 2, 10), 0);
    CHECK(o[0].state == OFFER_CANCELLED && o[1].state == OFFER_ACCEPTED && o[2].state == OFFER_ACCEPTED);
}

static struct offer_candidate some_candidate(uint64_t *d, int32_t id)
{
    return (struct offer_candidate){id, 100 - id, 0, (int32_t)dice_below(d, OFFER_DAY_MAX + 1), dice_below(d, 3) == 0, dice_below(d, 4) == 0};
}

/* What one more could be given: a place that is empty, or one kept for the quiet that are not there. */
TEST(a_wave_leaves_no_place_empty_that_somebody_could_have_and_keeps_its_share_for_the_quiet)
{
    uint64_t d = 7;
    for (int round = 0; round < 20000; round++) {
        struct offer_candidate c[6];
        int32_t got[6], n = 1 + (int32_t)dice_below(&d, 6), want = 1 + (int32_t)dice_below(&d, 8), people = 0, quiet = 0;
        for (int32_t k = 0; k < n; k++)
            c[k] = some_candidate(&d, k);
        int32_t m = offer_pick(c, n, want, 1, got);
        for (int32_t i = 0; i < m; i++) {
            people += 1 + c[got[i]].both;
            quiet += c[got[i]].quiet ? 1 + c[got[i]].both : 0;
        }
        CHECK(people <= want);
        for (int32_t k = 0, i = 0; k < n; k++) {
            bool in = i < m && got[i] == k;
            i += in;
            if (in || !offer_may_ask(&c[k]))
                continue;
            CHECK(people + 1 + c[k].both > want); /* no room is left for whom it is not */
            CHECK(!c[k].quiet || c[k].both || quiet >= offer_reserve(want, 1));
        }
    }
}

TEST(a_couple_that_is_asked_is_told_when_one_place_is_left)
{
    struct asked o[2] = {{1, 100, 90, OFFER_OFFERED, 0, true, false, false},
                         {2, 100, 50, OFFER_ACCEPTED, 0, false, false, false}};
    CHECK_EQ(offer_settle(o, 2, 2, 10), 1); /* and somebody else is asked for it */
    CHECK_EQ(o[0].state, OFFER_CANCELLED);
}

TEST(whatever_people_do_no_seat_is_given_twice_and_nobody_is_left_without_an_answer)
{
    uint64_t rnd = 3;
    int over = 0, stuck = 0;
    for (int k = 0; k < 3000; k++) {
        struct asked o[24];
        int32_t n = 0, seats = 1 + dice_below(&rnd, 5);
        for (int64_t now = 0; now < 40; now++) {
            int32_t want = offer_settle(o, n, seats, now), accepted = 0;
            for (int32_t i = 0; i < want && n < 24; i++, n++)
                o[n] = (struct asked){n,
                                      now + 1 + dice_below(&rnd, 6),
                                      dice_below(&rnd, 50),
                                      OFFER_OFFERED,
                                      (int32_t)now,
                                      dice_below(&rnd, 5) == 0, dice_below(&rnd, 4) == 0, false};
            for (int32_t i = 0; i < n; i++) {
                int to = offer_next(o[i].state, dice_below(&rnd, 3));
                if (to >= 0 && dice_below(&rnd, 4) == 0)
                    o[i].state = to;
                accepted += o[i].state == OFFER_ACCEPTED ? 1 + o[i].both : 0;
            }
            over += accepted > seats;
        }
        int32_t left = offer_settle(o, n, seats, 1000);
        for (int32_t i = 0; i < n; i++)
            stuck += o[i].state == OFFER_OFFERED || o[i].state == OFFER_WILLING ||
                     (left > o[i].both && o[i].state == OFFER_STANDBY);
    }
    CHECK_EQ(over, 0);
    CHECK_EQ(stuck, 0);
}

TEST(the_waves_of_an_order_together_stay_within_the_risk)
{
    int64_t sum = 0;
    for (int32_t k = 0; k < 100; k++)
        sum += offer_wave_risk(k);
    CHECK(sum <= OFFER_RISK && sum > OFFER_RISK * 9 / 10);
}

TEST(when_the_places_go_elsewhere_nobody_is_left_asked)
{
    struct asked o[2] = {{1, 100, 50, OFFER_WILLING, 0, false, false, false},
                         {2, 100, 90, OFFER_OFFERED, 0, false, false, false}};
    CHECK_EQ(offer_settle(o, 2, 0, 10), 0);
    CHECK_EQ(o[0].state, OFFER_STANDBY);
    CHECK_EQ(o[1].state, OFFER_CANCELLED);
}

TEST(who_stood_by_is_called_in_best_first_and_one_after_the_other)
{
    struct asked o[4] = {{1, 100, 50, OFFER_STANDBY, 0, false, false, false}, {2, 100, 90, OFFER_STANDBY, 0, true, false, false},
                         {3, 100, 70, OFFER_STANDBY, 0, false, false, false}, {4, 100, 99, OFFER_ACCEPTED, 0, false, false, false}};
    CHECK_EQ(offer_call(o, 4, 0), -1);
    CHECK_EQ(offer_call(o, 4, 1), 2); /* one place is not enough for the two */
    CHECK_EQ(offer_call(o, 4, 2), 1);
    o[2].state = offer_next(o[2].state, OFFER_CALL);
    o[2].called = true;
    CHECK_EQ(o[2].state, OFFER_OFFERED);
    CHECK_EQ(offer_call(o, 4, 2), -1);
    o[2].state = offer_next(o[2].state, OFFER_YES);
    CHECK_EQ(offer_call(o, 4, 2), -1);
    CHECK_EQ(offer_settle(o, 3, 0, 50), 0);
    CHECK_EQ(o[2].state, OFFER_STANDBY); /* until it is said who is missing: the first place is his */
    CHECK_EQ(offer_call(o, 4, 1), -1);
    CHECK_EQ(offer_call(o, 4, 2), 0);
    o[2].state = OFFER_EXPIRED;
    CHECK_EQ(offer_call(o, 4, 1), 0);
    CHECK_EQ(offer_next(OFFER_EXPIRED, OFFER_CALL), -1);
}

TEST(nobody_is_called_in_to_be_there_for_less_than_half_of_the_work)
{
    int64_t start = cal_ms(20000, 8 * 60);
    struct call c = {start + 165 * MIN_MS, start, start + 480 * MIN_MS, 60};
    CHECK_EQ(offer_call_end_ms(&c), start + 240 * MIN_MS);
    CHECK_EQ(offer_call_until_ms(&c), start + 180 * MIN_MS); /* 15 min to answer, 60 on the way */
    c.now_ms += MIN_MS;
    CHECK_EQ(offer_call_until_ms(&c), 0);
    c.now_ms = start;
    c.way_min = 61;
    CHECK_EQ(offer_call_until_ms(&c), 0);
    c.way_min = -1;
    c.now_ms = start + 225 * MIN_MS;
    CHECK_EQ(offer_call_until_ms(&c), start + 240 * MIN_MS);
}
