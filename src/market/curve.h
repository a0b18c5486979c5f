/* curve.h - the few curves of the score in whole numbers, so that every machine gives the same. All
 * in units of 1/100000; never fails; O(1). */
#pragma once
#include <stdint.h>

/* 1 / (1 + e^-x); off by at most 2 units. */
int32_t curve_sigmoid(int32_t x);
/* 1 - e^(-n / scale), scale > 0: much for the first, little for the last; off by at most 12. */
int32_t curve_saturate(int32_t n, int32_t scale);
/* ln(a / b); what is below 1 counts as 1; off by at most 10. */
int32_t curve_ln_ratio(int32_t a, int32_t b);
