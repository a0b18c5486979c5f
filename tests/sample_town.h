/* sample_town.h - random people, shifts and numbers for the tests and benchmarks of the engine. */
#pragma once
#include "market/market.h"

/* Around 23.1 N 113.3 E within `spread` millionths of a degree each way; every field is used. */
struct seeker sample_seeker(uint64_t *rnd, int64_t id, int32_t spread);
struct slot sample_slot(uint64_t *rnd, int64_t id, int32_t spread);
struct market_params sample_params(void);
/* All of the three days after sample_params().now_min. */
struct question sample_ask(enum order order, size_t k);
