/* policy.c - see the header. */
#include "market/policy.h"

#include "market/score.h"

enum { DAY_MIN = 1440, POLICY_CAP = 18000 };

const struct policy_term policy_table[TERMS] = {
#define X(name, key, points, serves) [TERM_##name] = {key, serves, points},
    TERM_LIST(X)
#undef X
};

static int32_t clamp(int64_t v, int32_t most)
{
    return v < 0 ? 0 : v > most ? most : (int32_t)v;
}

int32_t idle_days(const struct market_params *p, const struct seeker *s)
{
    int64_t minutes = s->idle_since_min > 0 ? (int64_t)p->now_min - s->idle_since_min : 0;
    return clamp(minutes / DAY_MIN, INT16_MAX);
}

int32_t policy_terms(const struct market_params *p, const struct seeker *s)
{
    int32_t most = p->term[TERM_AGING], idle = clamp(idle_days(p, s), IDLE_LONG_DAYS) * most / IDLE_LONG_DAYS;
    int32_t sum = idle + (s->support ? p->term[TERM_SUPPORT] : 0) +
                  (s->done < NEWCOMER_SHIFTS ? p->term[TERM_NEWCOMER] : 0);
    return sum < POLICY_CAP ? sum : POLICY_CAP;
}

int32_t near_partner(const struct seeker *s, const struct slot *t)
{
    if (!point_known(s->with) || !point_known(t->place) || s->with_from_min >= t->end_min || t->start_min >= s->with_to_min)
        return 0;
    int32_t m = point_m(s->with, t->place);
    return m <= SITE_M ? 2 : m <= NEAR_M;
}

int32_t group_points(const struct market_params *p, int32_t near)
{
    const int32_t points[] = {0, p->term[TERM_GROUP] * 8 / 15, p->term[TERM_GROUP]};
    return points[near];
}

int32_t policy_of(const struct market_params *p, const struct seeker *s, const struct slot *t)
{
    return policy_terms(p, s) + group_points(p, near_partner(s, t));
}
