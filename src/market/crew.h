/* crew.h - who works at which operation of a line so that its slowest operation is as fast as can
 * be. Operation k needs minutes[k] standard minutes a piece, person i does it at skill(i, k) of the
 * norm; a line makes min over k of 60 * (sum of the skills of those at k) / minutes[k] pieces an
 * hour. Everybody stands at one operation or is not in the crew; at most `heads` are.
 *
 * Bound: for weights y >= 0 of the operations, no line makes more than the sum over the best
 * `heads` people of max over k of y[k] * 60 * skill(i, k) / minutes[k], divided by the sum of y;
 * the weights rise where the line is slow (multiplicative weights; Arora, Hazan, Kale 2012). It
 * holds also for people who share their day between operations. Search: a target rate is halved in
 * between; moves and exchanges fill what is short of it until it is met or none helps.
 *
 * Time O(targets * people^2) times the passes, few. Integers only; ties by id. */
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
    int64_t one_more;   /* the rate with one more person who does only that, at the norm */
};
struct crew crew_best(struct arena *a, const struct crew_line *l);

/* Hundredths of a piece an hour when people stand so. O(people + operations). */
int64_t crew_rate(struct arena *a, const struct crew_line *l, const int32_t *at,
                  int32_t *ret_bottleneck);
