/* away_rules.c - see the header. */
#include "feature/away/away_rules.h"

#include "base/cal.h"
#include "market/score.h"

const struct rule away_many = {"away_many", "MAX_BUSY of score.h"};
const struct rule away_then = {"away_then", "matching.md H2"};

void away_fill(struct away *a)
{
    int32_t last = a->to_day ? a->to_day : a->from_day;
    a->from_ms = cal_ms(a->from_day, (int32_t)a->from_min);
    a->to_ms = cal_ms(last, a->to_min ? (int32_t)a->to_min : 24 * 60);
}

void away_split(struct away *a)
{
    a->from_day = cal_day(a->from_ms);
    a->from_min = cal_minute(a->from_ms);
    a->to_day = cal_day(a->to_ms - 1);
    a->to_min = cal_minute(a->to_ms);
}

struct away_fault away_fault(const struct away *a, int64_t now_ms)
{
    const char *last = a->to_day ? "to_day" : "from_day";
    if (a->to_day && a->to_day < a->from_day)
        return (struct away_fault){"to_day", "away.order"};
    if (a->to_ms <= a->from_ms)
        return (struct away_fault){"to_min", "away.order_hours"};
    if (a->to_ms <= now_ms)
        return (struct away_fault){last, "away.past"};
    if (a->to_ms > now_ms + AWAY_AHEAD_DAYS * (int64_t)DAY_MS)
        return (struct away_fault){last, "away.far"};
    if (a->to_ms - a->from_ms > AWAY_MOST_DAYS * (int64_t)DAY_MS)
        return (struct away_fault){last, "away.long"};
    return (struct away_fault){NULL, NULL};
}
