/* column.h - everyone at once on few edges, proven for all edges: solve (batch.h), ask for edges
 * that are not in the market and would leave a person more than they have at these prices, add
 * them, and again until there are none (column generation; Dantzig, Wolfe 1960). Then the
 * certificate of the small market is one for the whole: with eps 0 the value is that of all edges.
 *
 * Time: rounds * (batch_solve + people * find); in cities with the 15 best edges of a person to
 * begin with 4 to 8 rounds. */
#pragma once
#include "market/batch.h"

struct column {
    int32_t slot, score;
};
struct column_ask {
    int32_t person;
    const int64_t *price; /* per slot, in 1/scale of a point */
    int64_t scale, more;
};
struct column_source {
    const void *all;
    /* Writes edges of the person with score * scale - price[slot] > more, the best `room` if there
     * are more than that; distinct slots, any order. Returns how many. */
    int32_t (*find)(const void *all, const struct column_ask *ask, struct column *out);
    int32_t room; /* per person and round, > 0 */
};
struct column_result {
    struct batch b;        /* the market with the edges that were needed */
    struct batch_result r; /* slot_of, price, value and ub hold for all edges */
    int32_t rounds, added;
};
struct column_result batch_columns(struct arena *a, const struct batch *b,
                                   const struct column_source *s, int32_t eps);

/* b with more edges: person i gets more[from[i]] .. more[from[i + 1] - 1], distinct slots in any order that
 * i has no edge to yet. O(edges + people * (most of one person)^2). */
struct batch column_add(struct arena *a, const struct batch *b, const int32_t *from, const struct column *more);

/* What batch_solve finds, but for ties; by columns where people have more than COLUMN_MANY edges each, and then faster. */
enum { COLUMN_MANY = 300, COLUMN_FEW = 16 };
struct batch_result batch_wide(struct arena *a, const struct batch *b, int32_t eps);

/* A market that stands ready as the source, COLUMN_ROOM edges a person and round; and the `most`
 * best edges of each person to begin with. O(edges of a person), O(edges * log most). */
enum { COLUMN_ROOM = 4 };
struct column_source column_from(const struct batch *all);
struct batch column_best(struct arena *a, const struct batch *all, int32_t most);
