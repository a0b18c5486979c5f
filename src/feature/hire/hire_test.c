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
