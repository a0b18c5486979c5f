/* hire_test.c - the state table of a hire, every cell of it, and the pure questions around it. */
#include "feature/hire/hire_rules.h"

#include "base/cal.h"
#include "feature/employer/employer.h"
#include "feature/job/job.h"
#include "rules/rules.h"
#include "test.h"

TEST(a_hire_goes_only_along_its_table)
{
    /* state x event for worker, employer and office: 1 = may */
    static const char *const worker[] = {"101000010000", "010000000000", "001100000000", "001100100000", "001101100000",
                                         "000000000000", "001101000000", "000000000000", "000000000000", "001100000000"};
    static const char *const employer[] = {"101000011000", "010000000000", "001100000000", "001110000000", "001100000000",
                                           "000000000000", "001110000000", "000000000000", "000000000000", "001100000000"};
    static const char *const office[] = {"100000000010", "000000000000", "000000000010", "000000000011", "000000000011",
                                         "000000000000", "000000000011", "000000000000", "000000000000", "000000000011"};
    for (int s = HIRE_TAKEN; s <= HIRE_NO_SHOW; s++)
        for (int e = EVENT_CHECK_IN; e <= EVENT_KEEP; e++) {
            enum hire_state to = HIRE_NO_SHOW;
            CHECK_EQ(hire_next((enum hire_state)s, (enum hire_event)e, SIDE_WORKER, &to) == NULL, worker[s][e] == '1');
            CHECK_EQ(hire_next((enum hire_state)s, (enum hire_event)e, SIDE_EMPLOYER, &to) == NULL, employer[s][e] == '1');
            CHECK_EQ(hire_next((enum hire_state)s, (enum hire_event)e, SIDE_OFFICE, &to) == NULL, office[s][e] == '1');
        }
    for (int s = HIRE_TAKEN; s <= HIRE_CALLED_OFF; s++) {
        enum hire_state to;
        bool ends = s == HIRE_TAKEN, stays = s == HIRE_WORKING;
        const struct rule *broken = hire_next((enum hire_state)s, EVENT_CALL_OFF, SIDE_MARKET, &to);
        CHECK_EQ(broken == NULL, ends || stays);
        CHECK(broken || to == (ends ? HIRE_CALLED_OFF : HIRE_WORKING));
        CHECK(hire_next((enum hire_state)s, EVENT_CALL_OFF, SIDE_EMPLOYER, &to) && hire_next((enum hire_state)s, EVENT_CANCEL, SIDE_MARKET, &to));
    }
    enum hire_state to;
    CHECK(hire_next(HIRE_CALLED_OFF, EVENT_CANCEL, SIDE_WORKER, &to) == &off_by_market);
    CHECK(!hire_next(HIRE_TAKEN, EVENT_CANCEL, SIDE_EMPLOYER, &to) && to == HIRE_CANCELLED_EMPLOYER);
    CHECK(!hire_next(HIRE_PAID, EVENT_NO, SIDE_WORKER, &to) && to == HIRE_DISPUTED);
    to = HIRE_TAKEN;
    CHECK(!hire_next(HIRE_AGREED, EVENT_NO, SIDE_WORKER, &to) && to == HIRE_DISPUTED);
}

TEST(a_hire_is_called_off_where_a_post_or_firm_is_stopped_for_good)
{
    for (int s = JOB_SUBMITTED; s <= JOB_REFUSED; s++)
        CHECK_EQ(off_by_job(s), s == JOB_REFUSED ? OFF_POST : OFF_NONE);
    for (int s = EMPLOYER_NEW; s <= EMPLOYER_MERGED; s++)
        CHECK_EQ(off_by_employer(s), s == EMPLOYER_SUSPENDED ? OFF_EMPLOYER : OFF_NONE);
}

TEST(check_in_opens_an_hour_before_and_closes_with_the_shift)
{
    int64_t start = cal_ms(20000, 510), end = cal_ms(20000, 1080);
    CHECK(check_in_time(start, end, start - HOUR_MS - 1) == &too_early);
    CHECK(check_in_time(start, end, start - HOUR_MS) == NULL);
    CHECK(check_in_time(start, end, end) == NULL);
    CHECK(check_in_time(start, end, end + 1) == &hire_moved);
}

TEST(what_was_worked_is_said_after_the_end_and_for_a_week_by_who_was_not_checked_in)
{
    struct hire h = {.state = HIRE_TAKEN, .start_ms = cal_ms(20000, 510), .end_ms = cal_ms(20000, 1080)};
    CHECK(numbers_time(&h, h.end_ms) == &not_over);
    CHECK(numbers_time(&h, h.end_ms + 1) == NULL);
    CHECK(numbers_time(&h, h.end_ms + HIRE_LATE_DAYS * (int64_t)DAY_MS) == NULL);
    CHECK(numbers_time(&h, h.end_ms + HIRE_LATE_DAYS * (int64_t)DAY_MS + 1) == &hire_moved);
    h.state = HIRE_NO_SHOW;
    CHECK(numbers_time(&h, h.end_ms + 1) == NULL);
    h.decided = true;
    CHECK(numbers_time(&h, h.end_ms + 1) == &hire_moved);
    h.state = HIRE_DONE;
    CHECK(numbers_time(&h, h.start_ms) == NULL);
}

TEST(what_keeps_a_person_from_leaving_is_what_is_not_settled)
{
    static const struct rule *const by_state[] = {[HIRE_TAKEN] = &leave_day, [HIRE_WORKING] = &leave_day, [HIRE_DONE] = &leave_numbers,
                                                  [HIRE_AGREED] = &leave_wage, [HIRE_PAID] = &leave_receipt, [HIRE_DISPUTED] = &leave_dispute, [HIRE_CALLED_OFF] = NULL};
    for (int s = HIRE_TAKEN; s <= HIRE_CALLED_OFF; s++) {
        struct hire h = {.state = s, .end_ms = 1000};
        CHECK(hire_holds(&h, 1000) == by_state[s]);
        h.apart_ms = 5; /* the two have not said the same */
        CHECK(hire_holds(&h, 1000) == &leave_numbers);
    }
    struct hire h = {.state = HIRE_TAKEN, .end_ms = 1000};
    CHECK(hire_holds(&h, 1001) == &leave_numbers); /* over, and nobody has said what was worked */
    CHECK(hire_holds(&h, 1000 + HIRE_LATE_DAYS * (int64_t)DAY_MS) == &leave_numbers);
    CHECK(hire_holds(&h, 1001 + HIRE_LATE_DAYS * (int64_t)DAY_MS) == NULL);
}

TEST(a_mediator_settles_a_wage_that_did_not_come_and_numbers_that_stay_apart)
{
    int64_t now = cal_ms(20000, 600), day = now - APART_HOURS * (int64_t)HOUR_MS;
    for (int s = HIRE_TAKEN; s <= HIRE_CALLED_OFF; s++) {
        struct hire h = {.state = s};
        CHECK_EQ(hire_to_settle(&h, now), s == HIRE_DISPUTED);
        h.apart_ms = day;
        CHECK(hire_to_settle(&h, now));
        h.apart_ms = day + 1; /* the other side may yet say the same */
        CHECK_EQ(hire_to_settle(&h, now), s == HIRE_DISPUTED || s == HIRE_NO_SHOW);
    }
}

TEST(a_number_is_far_that_is_nothing_or_less_than_half_or_longer_than_the_shift)
{
    struct hire h = {.pay_unit = PAY_HOUR, .start_ms = cal_ms(20000, 480), .end_ms = cal_ms(20000, 780), .break_min = 60}; /* 240 */
    CHECK_EQ(hire_clock_min(&h), -1);
    CHECK(numbers_far(&h, &(struct worked){0, 0}) && numbers_far(&h, &(struct worked){119, 0}) && numbers_far(&h, &(struct worked){241, 0}));
    CHECK(!numbers_far(&h, &(struct worked){120, 0}) && !numbers_far(&h, &(struct worked){240, 0}));
    h.in_ms = cal_ms(20000, 500);
    CHECK_EQ(hire_clock_min(&h), -1);
    h.out_ms = cal_ms(20000, 660); /* there for 100 */
    CHECK_EQ(hire_clock_min(&h), 100);
    h.in_ms = cal_ms(20000, 430); /* nobody pays for the minutes before it begins */
    CHECK_EQ(hire_clock_min(&h), 120);
    h.in_ms = cal_ms(20000, 500);
    CHECK(numbers_far(&h, &(struct worked){49, 0}) && !numbers_far(&h, &(struct worked){50, 0}));
    h.out_ms = cal_ms(20000, 510);
    CHECK_EQ(hire_clock_min(&h), 0);
    CHECK(numbers_far(&h, &(struct worked){0, 0}) && !numbers_far(&h, &(struct worked){1, 0}));
    h.out_ms = cal_ms(20001, 500); /* forgot to check out: the shift counts */
    CHECK(!numbers_far(&h, &(struct worked){120, 0}));
    h.pay_unit = PAY_PIECE;
    CHECK(numbers_far(&h, &(struct worked){240, 0}) && !numbers_far(&h, &(struct worked){0, 1}));
}

TEST(each_side_says_its_own_number_and_they_agree_on_what_pay_hangs_on)
{
    struct hire h = {.pay_unit = PAY_HOUR, .minutes = 200, .pieces = 5};
    CHECK(!hire_said_same(&h)); /* nobody said anything */
    hire_say(&h, SIDE_WORKER, &(struct worked){200, 1});
    CHECK(!hire_said_same(&h));
    hire_say(&h, SIDE_EMPLOYER, &(struct worked){198, 1});
    CHECK(h.worker_ok && h.worker_minutes == 200 && h.employer_ok && h.employer_minutes == 198 && !hire_said_same(&h));
    hire_say(&h, SIDE_EMPLOYER, &(struct worked){200, 7});
    CHECK(hire_said_same(&h));
    CHECK(hire_stands(&h, &(struct worked){200, 0}) && !hire_stands(&h, &(struct worked){201, 5}));
    h.pay_unit = PAY_PIECE;
    CHECK(!hire_said_same(&h));
    CHECK(hire_stands(&h, &(struct worked){0, 5}) && !hire_stands(&h, &(struct worked){200, 4}));
}

TEST(night_is_what_touches_ten_to_six)
{
    CHECK(!shift_is_night(cal_ms(20000, 360), cal_ms(20000, 1320)));
    CHECK(shift_is_night(cal_ms(20000, 359), cal_ms(20000, 800)));
    CHECK(shift_is_night(cal_ms(20000, 800), cal_ms(20000, 1321)));
    CHECK(shift_is_night(cal_ms(20000, 1200), cal_ms(20001, 120)));
}

TEST(cancelled_and_missed_hires_are_not_active)
{
    struct hire h = {.state = HIRE_DISPUTED};
    CHECK(hire_active(&h));
    h.state = HIRE_CANCELLED_WORKER;
    CHECK(!hire_active(&h));
}

TEST(a_shift_leaves_rest_and_a_day_of_legal_length)
{
    const struct calendar held = {{{cal_ms(20000, 480), cal_ms(20000, 720), 0, {0, 0}}}, 1}; /* 8:00 to 12:00 */
    const struct span touches = {cal_ms(20000, 719), cal_ms(20000, 800), 0, {0, 0}}, after = {cal_ms(20000, 720), cal_ms(20000, 1140), 0, {0, 0}},
                      too_long = {cal_ms(20000, 720), cal_ms(20000, 1141), 0, {0, 0}}, with_break = {cal_ms(20000, 720), cal_ms(20000, 1141), 1, {0, 0}},
                      night_before = {cal_ms(19999, 900), cal_ms(19999, 1261), 0, {0, 0}}, evening = {cal_ms(19999, 900), cal_ms(19999, 1260), 0, {0, 0}};
    CHECK(calendar_broken(&held, &touches, 11, 11) == &overlap);
    CHECK(calendar_broken(&held, &after, 11, 11) == NULL);
    CHECK(calendar_broken(&held, &too_long, 11, 11) == &day_long);
    CHECK(calendar_broken(&held, &with_break, 11, 11) == NULL);
    CHECK(calendar_broken(&held, &night_before, 11, 11) == &rest_short);
    CHECK(calendar_broken(&held, &evening, 11, 11) == NULL);
}

TEST(between_two_shifts_there_is_time_for_the_way_as_the_engine_asks_it)
{
    const struct point here = {113300000, 23100000}, far = {113300000, 23190000}; /* 10 km */
    int64_t way_ms = geo_travel_min(point_m(here, far)) * MIN_MS, end_ms = cal_ms(20000, 720);
    const struct calendar held = {{{cal_ms(20000, 480), end_ms, 0, here}}, 1};
    struct span next = {end_ms + way_ms, end_ms + way_ms + HOUR_MS, 0, far};
    CHECK(calendar_broken(&held, &next, 11, 11) == NULL);
    next.start_ms -= MIN_MS;
    CHECK(calendar_broken(&held, &next, 11, 11) == &between_short);
    next.place = here;
    CHECK(calendar_broken(&held, &next, 11, 11) == NULL);
    next.place = (struct point){0, 0};
    CHECK(calendar_broken(&held, &next, 11, 11) == NULL);
    const struct span before = {cal_ms(20000, 400), cal_ms(20000, 479), 0, far};
    CHECK(calendar_broken(&held, &before, 11, 11) == &between_short);
    const struct calendar abroad = {{{cal_ms(19998, 480), cal_ms(19998, 720), 0, {46600000, 23100000}}}, 1};
    CHECK(calendar_broken(&abroad, &held.v[0], 11, 11) == NULL); /* with a day between one gets anywhere */
}

TEST(a_day_of_one_shift_has_a_legal_length_too)
{
    const struct calendar free = {.n = 0};
    const struct span eleven = {cal_ms(20000, 480), cal_ms(20000, 1200), 60, {0, 0}}, longer = {cal_ms(20000, 480), cal_ms(20000, 1201), 60, {0, 0}};
    CHECK(calendar_broken(&free, &eleven, 11, 11) == NULL);
    CHECK(calendar_broken(&free, &longer, 11, 11) == &day_long);
    CHECK(calendar_broken(&free, &longer, 11, 0) == NULL); /* a city without a limit */
}

TEST(who_took_it_at_the_last_moment_has_time_to_come)
{
    struct hire h = {.start_ms = cal_ms(20000, 480), .made_ms = cal_ms(20000, 450)};
    CHECK_EQ(hire_expected_ms(&h), h.start_ms);
    CHECK_EQ(hire_missing_ms(&h), cal_ms(20000, 510));
    h.made_ms = cal_ms(20000, 451);
    CHECK_EQ(hire_expected_ms(&h), cal_ms(20000, 511));
    h.made_ms = cal_ms(20000, 520);
    CHECK_EQ(hire_missing_ms(&h), cal_ms(20000, 610));
}
