/* trust_rules.c - what records of days say; see the header. */
#include "feature/trust/trust.h"

#include "base/cal.h"

enum { ONE = 1000, PRIOR_GOOD = 6400, PRIOR_BAD = 1600, PRIOR = PRIOR_GOOD + PRIOR_BAD, CITY = 80000, TENTH = 12816 };

/* For and against, in thousandths of a day. */
static const struct {
    int32_t good, bad;
} weights[MARKS] = {[MARK_KEPT] = {ONE, 0}, [MARK_LATE] = {ONE / 2, ONE / 2}, [MARK_CALLED_OFF] = {0, ONE / 2}, [MARK_MISSED] = {0, ONE}};

bool mark_is_bad(enum mark m)
{
    return weights[m].bad > 0;
}

enum mark attendance_mark(const struct hire *h, int64_t cancel_free_h)
{
    bool late_call = h->ended_ms && h->ended_ms > h->start_ms - cancel_free_h * HOUR_MS;
    if (h->excused)
        return MARK_NONE;
    if (h->state == HIRE_NO_SHOW)
        return MARK_MISSED;
    if (h->state == HIRE_CANCELLED_WORKER)
        return late_call ? MARK_CALLED_OFF : MARK_NONE;
    bool came = h->in_ms || (hire_owed(h) && (h->minutes || h->pieces)); /* both say so, though nobody checked him in */
    if (!came || h->state == HIRE_CANCELLED_EMPLOYER)
        return MARK_NONE;
    return h->in_ms > hire_expected_ms(h) + LATE_MIN * MIN_MS ? MARK_LATE : MARK_KEPT;
}

/* Half after MEMORY_DAYS, a straight line in between. */
static int64_t faded(int64_t weight, int64_t days)
{
    int64_t halves = days / MEMORY_DAYS, rest = days % MEMORY_DAYS;
    return halves > 30 ? 0 : (weight * (2 * MEMORY_DAYS - rest) / (2 * MEMORY_DAYS)) >> halves;
}

void tally_add(struct tally *t, enum mark m, int64_t start_ms, int64_t now_ms)
{
    int64_t days = now_ms > start_ms ? (now_ms - start_ms) / DAY_MS : 0;
    bool forgiven = mark_is_bad(m) && days >= MEMORY_DAYS;
    if (m == MARK_NONE || forgiven)
        return;
    t->good += faded(weights[m].good, days);
    t->bad += faded(weights[m].bad, days);
    t->n++;
}

static int64_t root(int64_t v)
{
    int64_t r = 0;
    for (int64_t bit = 1LL << 30; bit; bit >>= 1)
        if ((r + bit) * (r + bit) <= v)
            r += bit;
    return r;
}

/* Mean less 1.2816 standard deviations: within 2 points of the exact tenth wherever that is above one half. */
int32_t reliability(const struct tally *t)
{
    if (t->n < FEW)
        return 0;
    int64_t a = PRIOR_GOOD + t->good, b = PRIOR_BAD + t->bad, n = a + b;
    int64_t mean = a * 100000 / n;
    int64_t variance = mean * (100000 - mean) / (n / ONE + 1); /* of 100000, squared */
    int64_t low = mean - root(variance) * TENTH / 10000;
    if (!t->bad && low < CITY)
        low = CITY;
    return low < 1 ? 1 : low > 100000 ? 100000 : (int32_t)low;
}

int32_t pay_risk(int64_t n, int64_t late, int64_t missing)
{
    int64_t bad = 400 + late * ONE / 2 + missing * ONE;
    return (int32_t)(bad * 100 / (PRIOR + n * ONE));
}

int8_t met_rated(const struct met *m)
{
    return m->missed >= 2 ? -1 : m->kept && !m->missed ? 1 : 0;
}

int8_t met_liked(const struct met *m)
{
    return m->unpaid ? -1 : m->kept >= 2 ? 1 : 0;
}
