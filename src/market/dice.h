/* dice.h - random numbers that are the same on every machine: xorshift64* (Vigna 2016), state and
 * seed are the caller's. Not for secrets. O(1). */
#pragma once
#include <stdint.h>

/* The next number; `state` must not be 0. */
static inline uint64_t dice_next(uint64_t *state)
{
    uint64_t x = *state;
    x ^= x >> 12;
    x ^= x << 25;
    x ^= x >> 27;
    *state = x;
    return x * 0x2545F4914F6CDD1DULL;
}

/* 0 .. n - 1; n > 0. */
static inline int32_t dice_below(uint64_t *state, int32_t n)
{
    return (int32_t)((dice_next(state) >> 32) * (uint64_t)n >> 32);
}

/* A state from any seed. */
static inline uint64_t dice_seed(uint64_t seed)
{
    uint64_t x = seed * 0x9E3779B97F4A7C15ULL + 1;
    return x + !x;
}
