/* policy.h - what policy adds to a score (matching.md 3.5): the only place where it enters. Each term is
 * positive, bounded, published, and can be left out; what each costs and whom it serves is measured with
 * `lingji match simulate --only policy` and `make bench`. Pure, O(1); points of 100000, metres, days. */
#pragma once
#include <stdint.h>

struct market_params;
struct seeker;
struct slot;

/* The one table of terms: name, most points it adds, whom it serves. AGING: for 14 days without work, less for
 * less; who waits in the hall has terms of its own (hall.h). GROUP: 8/15 of it near the site. */
#define TERM_LIST(X)                                                 \
    X(AGING, "aging", 10000, "idle for 14 days or more")             \
    X(SUPPORT, "support", 5000, "certified to be helped into work")  \
    X(NEWCOMER, "newcomer", 3000, "fewer than 3 shifts done")        \
    X(GROUP, "group", 15000, "within 1.5 km of where the partner works, at the same time")
enum term {
#define X(name, key, points, serves) TERM_##name,
    TERM_LIST(X)
#undef X
        TERMS
};
extern const struct policy_term {
    const char *name, *serves;
    int32_t points;
} policy_table[TERMS];

enum { IDLE_LONG_DAYS = 14, NEWCOMER_SHIFTS = 3 };
int32_t idle_days(const struct market_params *p, const struct seeker *s);
/* The terms of the person alone, at most 18000 together; and with the partner's. */
int32_t policy_terms(const struct market_params *p, const struct seeker *s);
int32_t policy_of(const struct market_params *p, const struct seeker *s, const struct slot *t);
/* At the time the partner works: 2 at the same site, 1 near it; else 0. And what that adds. */
enum { SITE_M = 100, NEAR_M = 1500 };
int32_t near_partner(const struct seeker *s, const struct slot *t);
int32_t group_points(const struct market_params *p, int32_t near);
