/* wage_rules.h - the wage of one shift. Pure. */
#pragma once
#include <stdint.h>

#include "rules/rules.h"

struct work {
    enum pay_unit unit;
    int64_t pay_fen;            /* per unit */
    int64_t minutes, pieces;    /* as both confirmed */
    int64_t shift_min;          /* length of the shift without the break */
};
/* Fen, rounded up in the worker's favour. A whole day is paid when at most 30 minutes are missing;
 * a month has 21.75 days of 8 hours (劳社部发〔2008〕3号). */
int64_t wage_of(const struct work *w);
