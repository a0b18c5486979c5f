/* hire_test.c - the state table of a hire, every cell of it, and the pure questions around it. */
#include "feature/hire/hire_rules.h"

#include "base/cal.h"
#include "test.h"

TEST(a_hire_goes_only_along_its_table)
{
    /* state x event for worker and employer: 1 = may */
    static const char *const worker[] = {"100000010", "010000000", "001100000", "000000000", "000001100",
                                         "000000000", "000000000", "000000000", "000000000", "000000000"};
    static const char *const employer[] = {"000000011", "010000000", "001100000", "000010000", "000000000",
                                           "000000000", "000010000", "000000000", "000000000", "000000000"};
    for (int s = HIRE_TAKEN; s <= HIRE_NO_SHOW; s++)
        for (int e = EVENT_CHECK_IN; e <= EVENT_NO_SHOW; e++) {
            enum hire_state to = HIRE_NO_SHOW;
            CHECK_EQ(hire_next((enum hire_state)s, (enum hire_event)e, SIDE_WORKER, &to) == NULL, worker[s][e] == '1');
            CHECK_EQ(hire_next((enum hire_state)s, (enum hire_event)e, SIDE_EMPLOYER, &to) == NULL, employer[s][e] == '1');
        }
    enum hire_state to;
    CHECK(!hire_next(HIRE_TAKEN, EVENT_CANCEL, SIDE_EMPLOYER, &to) && to == HIRE_CANCELLED_EMPLOYER);
    CHECK(!hire_next(HIRE_PAID, EVENT_NO, SIDE_WORKER, &to) && to == HIRE_DISPUTED);
}

TEST(check_in_opens_an_hour_before_and_closes_with_the_shift)
{
    int64_t start = cal_ms(20000, 510), end = cal_ms(20000, 1080);
    CHECK(check_in_time(start, end, start - HOUR_MS - 1) == &too_early);
    CHECK(check_in_time(start, end, start - HOUR_MS) == NULL);
    CHECK(check_in_time(start, end, end) == NULL);
    CHECK(check_in_time(start, end, end + 1) == &hire_moved);
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
    const struct calendar held = {{{cal_ms(20000, 480), cal_ms(20000, 720), 0}}, 1}; /* 8:00 to 12:00 */
    const struct span touches = {cal_ms(20000, 719), cal_ms(20000, 800), 0}, after = {cal_ms(20000, 720), cal_ms(20000, 1140), 0},
                      too_long = {cal_ms(20000, 720), cal_ms(20000, 1141), 0}, with_break = {cal_ms(20000, 720), cal_ms(20000, 1141), 1},
                      night_before = {cal_ms(19999, 900), cal_ms(19999, 1261), 0}, evening = {cal_ms(19999, 900), cal_ms(19999, 1260), 0};
    CHECK(calendar_broken(&held, &touches, 11, 11) == &overlap);
    CHECK(calendar_broken(&held, &after, 11, 11) == NULL);
    CHECK(calendar_broken(&held, &too_long, 11, 11) == &day_long);
    CHECK(calendar_broken(&held, &with_break, 11, 11) == NULL);
    CHECK(calendar_broken(&held, &night_before, 11, 11) == &rest_short);
    CHECK(calendar_broken(&held, &evening, 11, 11) == NULL);
}

TEST(a_day_of_one_shift_has_a_legal_length_too)
{
    const struct calendar free = {.n = 0};
    const struct span eleven = {cal_ms(20000, 480), cal_ms(20000, 1200), 60}, longer = {cal_ms(20000, 480), cal_ms(20000, 1201), 60};
    CHECK(calendar_broken(&free, &eleven, 11, 11) == NULL);
    CHECK(calendar_broken(&free, &longer, 11, 11) == &day_long);
    CHECK(calendar_broken(&free, &longer, 11, 0) == NULL); /* a city without a limit */
}
