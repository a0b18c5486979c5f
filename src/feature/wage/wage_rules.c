/* wage_rules.c - the wage of one shift. Pure. */
#include "feature/wage/wage.h"

enum { MONTH_MIN = 2175 * 8 * 60 / 100, SLACK_MIN = 30 };

static int64_t up(int64_t a, int64_t b)
{
    return (a + b - 1) / b;
}

int64_t wage_of(const struct work *w)
{
    int64_t shift_min = w->shift_min > 0 ? w->shift_min : 480;
    switch (w->unit) {
    case PAY_HOUR:
        return up(w->pay_fen * w->minutes, 60);
    case PAY_DAY:
        return w->minutes + SLACK_MIN >= shift_min && w->minutes <= shift_min ? w->pay_fen
                                                                              : up(w->pay_fen * w->minutes, shift_min);
    case PAY_MONTH:
        return up(w->pay_fen * w->minutes, MONTH_MIN);
    case PAY_PIECE:
        return w->pay_fen * w->pieces;
    case PAY_UNITS:
    default:
        return 0;
    }
}
