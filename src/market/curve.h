/* curve.h - the few curves of the score in whole numbers, so that every machine gives the same. All
 * in units of 1/100000; never fails; O(1). */
#pragma once
#include <stdint.h>

/* The logistic function 1 / (1 + e^-x), from a table with lines between: off by at most 3 units for
 * x within 8 of 0; beyond, it stays at 34 and 99,966. */
int32_t curve_sigmoid(int32_t x);
/* 1 - e^(-n / scale), scale > 0: much for the first, little for the last; off by at most 6 up to
 * n = 8 scale; beyond, it stays at 99,966. By way of the sigmoid. */
int32_t curve_saturate(int32_t n, int32_t scale);
/* ln(a / b); what is below 1 counts as 1; off by at most 10. Bit by bit by squaring (Turner, A fast
 * binary logarithm algorithm, IEEE Signal Processing Magazine 2010). */
int32_t curve_ln_ratio(int32_t a, int32_t b);
