/* lanes.h - inside of the market: what is told of sixteen at once by columns of a strip (strip.h) or a
 * squad (squad.h), in loops without a branch. Never below what whole numbers give. */
#pragma once
#include <math.h>

#include "market/strip.h"

enum { M_OFF = 5, SLACK = 40 }; /* metres; points that rounding hides */
#define U_SLACK 1e-6f           /* of sums of parts */
#define M_MICRO 0.111195f       /* metres a millionth of a degree of latitude */

/* Before a function that tells of sixteen: with it the release is built for vectors of four and of eight, whichever the
 * machine has (Makefile). Neither fuses a product with a sum, so both leave the same to look at. */
#ifndef LANES
#define LANES
#endif

static inline float weight(enum part k)
{
    return (float)part_weights[k].weight / SCORE_ONE;
}

static inline float points(int32_t v)
{
    return (float)v / SCORE_ONE;
}

static inline float least(float a, float b)
{
    return a < b ? a : b;
}

static inline float most_of(float a, float b)
{
    return a > b ? a : b;
}

static inline float share(float v)
{
    return least(most_of(v, 0), 1);
}

/* Bits, by adding neighbours. */
static inline float bits(uint32_t x)
{
    x -= x >> 1 & 0x55555555;
    x = (x & 0x33333333) + (x >> 2 & 0x33333333);
    x = (x + (x >> 4)) & 0x0f0f0f0f;
    x += x >> 8;
    return (float)(int32_t)((x + (x >> 16)) & 63);
}

/* Above 1 / (1 + e^-x) by at most 0.00025 for -2.5 <= x <= 1.3, where U and F can take it, and by 0.0011 from -2.8 on. */
static inline float sigmoid_over(float x)
{
    return (((((0.0003151f * x + 0.0017831f) * x - 0.0007968f) * x - 0.0208896f) * x + 0.0005083f) * x + 0.250123f) * x + 0.5000696f;
}

static inline int32_t size_of(int32_t v)
{
    return v < 0 ? -v : v;
}

static inline int32_t farther(int32_t a, int32_t b)
{
    return size_of(a) > size_of(b) ? a : b;
}

/* Rounds down; what is more than 10,000 yuan an hour counts as that. */
static inline uint16_t hour_steps(int32_t fen)
{
    int32_t steps = fen / HOUR_STEP;
    return (uint16_t)(fen <= 0 ? 0 : steps < 1 ? 1 : steps > UINT16_MAX ? UINT16_MAX : steps);
}

/* Moves on to what one shift taken does not bar, for work of at least this length. */
static inline int32_t past_one(const struct strip_ask *a, const struct taken *b, int32_t work, int32_t at)
{
    int32_t full = work > b->work_left_min ? b->day_to_min : INT32_MIN, to = b->to_min + a->rest_min;
    at = at < b->day_from_min ? at > b->from_min - work - a->rest_min ? b->day_from_min : at : at;
    at = at >= b->day_from_min ? at < full ? full : at : at;
    at = at > b->from_min - work ? at < b->to_min ? b->to_min : at : at;
    return at >= b->day_to_min ? at < to ? to : at : at;
}

/* x, y: metres east and north. Metres and minutes of the way, never too many. */
static inline void ways(const float *x, const float *y, float *m, float *way)
{
    for (int i = 0; i < STRIP; i++) {
        m[i] = most_of(sqrtf(x[i] * x[i] + y[i] * y[i]) - M_OFF, 0);
        way[i] = least(m[i] * (13.0f / 750), most_of(m[i] * (13.0f / 3000) + 8, WALK_MOST_MIN));
    }
}
