/* trust_test.c - what a record of days is worth: bounds, forgetting, and that coming never costs. */
#include "base/cal.h"
#include "feature/trust/trust.h"
#include "test.h"

enum { DAY_0 = 20000 };
static const int64_t start = DAY_0 * (int64_t)DAY_MS;

static enum mark mark_after(struct hire h)
{
    h.start_ms = start;
    return attendance_mark(&h, 2);
}

TEST(a_day_is_kept_late_called_off_or_missed)
{
    CHECK_EQ(mark_after((struct hire){.state = HIRE_SETTLED, .in_ms = start - 5 * MIN_MS}), MARK_KEPT);
    CHECK_EQ(mark_after((struct hire){.state = HIRE_AGREED, .minutes = 480}), MARK_KEPT); /* without a check-in */
    CHECK_EQ(mark_after((struct hire){.state = HIRE_AGREED, .pieces = 1}), MARK_KEPT);
    CHECK_EQ(mark_after((struct hire){.state = HIRE_AGREED}), MARK_NONE);
    CHECK_EQ(mark_after((struct hire){.state = HIRE_TAKEN, .minutes = 480}), MARK_NONE);
    CHECK_EQ(mark_after((struct hire){.state = HIRE_WORKING, .in_ms = start + 15 * MIN_MS}), MARK_KEPT);
    CHECK_EQ(mark_after((struct hire){.state = HIRE_DONE, .in_ms = start + 16 * MIN_MS}), MARK_LATE);
    CHECK_EQ(mark_after((struct hire){.state = HIRE_DONE, .made_ms = start + 5 * MIN_MS, .in_ms = start + 80 * MIN_MS}), MARK_KEPT); /* called in */
    CHECK_EQ(mark_after((struct hire){.state = HIRE_DONE, .made_ms = start + 5 * MIN_MS, .in_ms = start + 81 * MIN_MS}), MARK_LATE);
    CHECK_EQ(mark_after((struct hire){.state = HIRE_NO_SHOW, .ended_ms = start + HOUR_MS}), MARK_MISSED);
    CHECK_EQ(mark_after((struct hire){.state = HIRE_NO_SHOW, .excused = true}), MARK_NONE);
    CHECK_EQ(mark_after((struct hire){.state = HIRE_CANCELLED_WORKER, .ended_ms = start - 2 * HOUR_MS}), MARK_NONE);
    CHECK_EQ(mark_after((struct hire){.state = HIRE_CANCELLED_WORKER, .ended_ms = start - 2 * HOUR_MS + 1}), MARK_CALLED_OFF);
    CHECK_EQ(mark_after((struct hire){.state = HIRE_CANCELLED_EMPLOYER, .ended_ms = start}), MARK_NONE);
    CHECK_EQ(mark_after((struct hire){.state = HIRE_TAKEN}), MARK_NONE);
}

static struct tally record_of(int kept, int missed, int64_t age_days)
{
    struct tally t = {.n = 0};
    for (int i = 0; i < kept; i++)
        tally_add(&t, MARK_KEPT, start, start + age_days * DAY_MS);
    for (int i = 0; i < missed; i++)
        tally_add(&t, MARK_MISSED, start, start + age_days * DAY_MS);
    return t;
}

TEST(nothing_counts_before_five_days_and_coming_never_costs)
{
    struct tally t = record_of(4, 0, 0);
    CHECK_EQ(reliability(&t), 0);
    int32_t last = 80000;
    for (int n = 5; n < 300; n++) {
        t = record_of(n, 0, 0);
        int32_t r = reliability(&t);
        CHECK(r >= last && r <= 100000);
        last = r;
    }
    CHECK(last > 95000);
}

TEST(one_bad_day_weighs_little_and_is_forgiven_after_ninety)
{
    struct tally t = record_of(20, 1, 0), worse = record_of(20, 5, 0), old = record_of(20, 1, 89), gone = record_of(20, 1, 90);
    CHECK_EQ(reliability(&t), 84350); /* the exact lower tenth of Beta(26.4, 2.6) is 0.8393 */
    CHECK(reliability(&worse) < reliability(&t) && reliability(&worse) > 60000);
    CHECK_EQ(old.n, 21);
    CHECK_EQ(gone.n, 20);
    CHECK_EQ(gone.bad, 0);
    CHECK(reliability(&gone) >= 80000);
    t = record_of(0, 40, 0);
    CHECK(reliability(&t) >= 1 && reliability(&t) < 30000); /* the score takes one half at least */
}

TEST(a_weight_halves_every_ninety_days)
{
    CHECK_EQ(record_of(1, 0, 0).good, 1000);
    CHECK_EQ(record_of(1, 0, 45).good, 750);
    CHECK_EQ(record_of(1, 0, 90).good, 500);
    CHECK_EQ(record_of(1, 0, 180).good, 250);
    CHECK_EQ(record_of(1, 0, 5000).good, 0);
}

TEST(who_never_pays_is_hidden_and_one_late_wage_hides_nobody)
{
    CHECK_EQ(pay_risk(0, 0, 0), 5);
    CHECK_EQ(pay_risk(1, 1, 0), 10);
    CHECK(pay_risk(29, 0, 29) < 80);
    CHECK(pay_risk(30, 0, 30) >= 80);
    CHECK_EQ(pay_risk(100, 0, 0), 0);
}

TEST(who_came_back_liked_it_and_who_stayed_away_twice_is_rated_so)
{
    CHECK_EQ(met_rated(&(struct met){.kept = 1}), 1);
    CHECK_EQ(met_rated(&(struct met){.kept = 9, .missed = 1}), 0);
    CHECK_EQ(met_rated(&(struct met){.kept = 9, .missed = 2}), -1);
    CHECK_EQ(met_liked(&(struct met){.kept = 1}), 0);
    CHECK_EQ(met_liked(&(struct met){.kept = 2}), 1);
    CHECK_EQ(met_liked(&(struct met){.kept = 5, .unpaid = 1}), -1);
}
