/* reseat.h - makes a placing of single people and couples better by chains: somebody takes a seat,
 * whoever loses least by leaving it takes another, and so on a few steps. A chain stands if the sum
 * grows, else it is undone; they end when no one finds a better place.
 *
 * What it costs to free one seat or two of every slot is found first, a few steps deep (Bellman,
 * Ford), so that only chains are tried that look as if they paid. After it nobody is left out of a
 * slot that has room for them, no couple beside two free seats.
 *
 * Time O(edges) per pass, passes few; memory O(people + slots). Integers; ties by id and edge. */
#pragma once
#include "market/batch.h"

/* size: seats of each, 1, or 2 for who stands for a couple; 0 is not looked at. Scores are for one
 * seat: who takes two counts twice. slot_of: a valid placing, of which each has an edge of a score
 * above 0; is changed. */
void reseat(struct arena *a, const struct batch *b, const int8_t *size, int32_t *slot_of);
