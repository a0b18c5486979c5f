/* pairs.h - the points of everybody in the hall at every shift, kept from one minute to the next: a person who
 * still waits and a shift that still stands have the points they had, and only new pairs are scored.
 *
 * Who is who is told by facts, not by ids: equal facts have equal points, whatever happened in between, so nothing has to
 * be told of a change. Three facts depend on the time: whether a shift begins within three hours
 * (once in its life), whole days without work (once a day), and what is usual in the trade of the person. Of the
 * free places it only matters whether there are two. To have waited here is added by the hall (hall.h), each minute.
 *
 * The answer is the same bytes with and without what was kept (pairs_test.c). */
#pragma once
#include "market/batch.h"
#include "market/score.h"

/* Keeps at most `most` pairs, those of the first people: 4 bytes each, 572 a person, 120 a shift; twice that while it is
 * asked. Nothing else stays from one time to the next, and nothing grows. One thread at a time. */
struct pairs;
struct pairs *pairs_new(int32_t most);
void pairs_free(struct pairs *m); /* NULL is fine */

struct pairs_ask {
    const struct market_params *p; /* but for usual_hour_fen: */
    const int32_t *usual_fen;      /* what is usual an hour, for people of each trade (TRADES_MAX) */
    const struct seeker *person;   /* id 0: nothing is known, comes nowhere; seats: at most 2 */
    const struct slot *slot;
    const int32_t *cap;            /* per slot: of the answer */
    int32_t people, slots;
    /* Pairs that are not to be, asked of the shifts where there are some; never kept. Pure. NULL: none. */
    bool (*apart)(const void *arg, int32_t person, int32_t slot);
    const bool *some_apart; /* per slot */
    const void *arg;
};
/* fit.total of every pair that no constraint forbids, where it is above 0. From `a`. O(people x slots), 3 ns
 * each, + pairs that are new, 45 ns each. */
struct batch pairs_points(struct pairs *m, struct arena *a, const struct pairs_ask *q);
/* How many pairs were scored the last time. */
int64_t pairs_scored(const struct pairs *m);
