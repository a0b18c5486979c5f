/* id.h - ids made by us: 63 bits = 41 bits of ms since 2024-01-01 UTC, 10 bits node, 12 bits
 * counter. Time-ordered, unique per node, never going back even when the clock does. */
#pragma once
#include "base/str.h"

struct ids; /* thread-safe maker */
struct ids *ids_new(unsigned node /* 0..1023 */);
void ids_free(struct ids *g);
int64_t id_next(struct ids *g, int64_t now_ms);
int64_t id_from(int64_t ms); /* no id made from then on is smaller */

/* Six characters people can read aloud, from 31 without 0 O 1 I L: "7K2M9Q". `seed` is uniform
 * random. Not secret by itself: rate limits guard it. out must hold 7 bytes. */
void code6(uint64_t seed, char out[7]);
/* Folds what people type: upper case, drops blanks and dashes. False if not 6 valid characters. */
bool code6_fold(struct str typed, char out[7]);
