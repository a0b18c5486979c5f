/* crew.h - who works at which operation of a line so that its slowest operation is as fast as can
 * be. Operation k needs minutes[k] standard minutes a piece, person i does it at skill(i, k) of the
 * norm; a line makes min over k of 60 * (sum of the skills of those at k) / minutes[k] pieces an
 * hour. Everybody stands at one operation or is not in the crew; at most `heads` are.
 *
 * Bound: for weights y >= 0 of the operations, no line makes more than the sum over the best
 * `heads` people of max over k of y[k] * 60 * skill(i, k) / minutes[k], divided by the sum of y;
 * the weights rise where the line is slow (multiplicative weights; Arora, Hazan, Kale 2012). It
 * holds also for people who share their day between operations.
 *
 * Search: everybody's first place by augmenting paths, so that the line runs wherever it can (Kuhn
 * 1955). Then targets between the rate and the bound: chains of moves and exchanges (Kernighan, Lin
 * 1970) bring the line closer until it meets the target or none does. At last, with at most 64
 * people, branch and bound: the fastest line there is, unless it ends after 100,000 steps (up to 7
 * people and 4 operations it cannot).
 *
 * Time O(targets * chains * people^2) + the steps; memory O(people * operations). Integers only;
 * ties by id. */
#pragma once
#include "base/arena.h"

struct crew_line {
    int32_t people, operations, heads;
    const int32_t *skill;   /* people x operations: hundredths of the norm, 0 = cannot, <= 1000 */
    const int32_t *minutes; /* per operation: hundredths of a standard minute a piece, > 0 */
};
enum { CREW_OUT = -1 };

struct crew {
    int32_t *at;        /* per person: operation or CREW_OUT */
    int64_t rate;       /* hundredths of a piece an hour */
    int64_t ub;         /* no line makes more */
    int32_t bottleneck; /* the slowest operation, the skill to look for; -1 without operations */
    int64_t one_more;   /* the rate with one more person who does only that, at the norm; >= rate */
};
struct crew crew_best(struct arena *a, const struct crew_line *l);

/* Hundredths of a piece an hour when people stand so. O(people + operations). */
int64_t crew_rate(struct arena *a, const struct crew_line *l, const int32_t *at,
                  int32_t *ret_bottleneck);
