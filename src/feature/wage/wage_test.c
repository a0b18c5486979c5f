/* wage_test.c - the wage of a shift at its edges. */
#include "feature/wage/wage.h"
#include "test.h"

static int64_t wage(enum pay_unit unit, int64_t fen, int64_t minutes, int64_t pieces)
{
    struct work w = {unit, fen, minutes, pieces, 480};
    return wage_of(&w);
}

TEST(a_wage_is_rounded_up_in_the_workers_favour)
{
    CHECK_EQ(wage(PAY_HOUR, 2500, 60, 0), 2500);
    CHECK_EQ(wage(PAY_HOUR, 2501, 59, 0), 2460); /* 2459.3 */
    CHECK_EQ(wage(PAY_HOUR, 2500, 0, 0), 0);
    CHECK_EQ(wage(PAY_PIECE, 60, 0, 730), 43800);
    CHECK_EQ(wage(PAY_MONTH, 250000, 480, 0), 11495); /* 2,500 yuan / 21.75 = 114.94.. */
    CHECK_EQ(wage(PAY_UNITS, 1, 1, 1), 0);
}

TEST(a_day_is_whole_with_half_an_hour_missing_and_longer_days_cost_more)
{
    CHECK_EQ(wage(PAY_DAY, 32000, 480, 0), 32000);
    CHECK_EQ(wage(PAY_DAY, 32000, 450, 0), 32000);
    CHECK_EQ(wage(PAY_DAY, 32000, 449, 0), 29934);
    CHECK_EQ(wage(PAY_DAY, 32000, 240, 0), 16000);
    CHECK_EQ(wage(PAY_DAY, 32000, 540, 0), 36000);
    struct work w = {PAY_DAY, 32000, 480, 0, 0}; /* no length known: eight hours */
    CHECK_EQ(wage_of(&w), 32000);
}
