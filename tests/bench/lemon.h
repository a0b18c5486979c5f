/* lemon.h - the peer of the auction: LEMON's minimum cost flows on the same market. */
#pragma once
#ifdef __cplusplus
extern "C" {
#endif
#include <stdint.h>

struct lemon_market {
    int32_t people, slots;
    const int32_t *row, *slot, *score, *cap;
};
/* Value of the optimum and seconds of the solver alone, without building the graph. */
int64_t lemon_simplex(const struct lemon_market *m, double *seconds);
int64_t lemon_scaling(const struct lemon_market *m, double *seconds);
#ifdef __cplusplus
}
#endif
