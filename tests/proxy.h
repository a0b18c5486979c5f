/* proxy.h - an audit of scores from outside: who knows the groups asks whether people who are equally
 * qualified fare alike, and whether the scores give a group away. For tests and benchmarks; nothing in the
 * program knows a group.
 *
 * Equally qualified are who have the same trade, a like experience in it and here, and alike the school run
 * and limits of the body (what the hard constraints and the employer's side of the score ask for), and are
 * both or neither certified as to be helped: that adds by law, whatever group it is that needs it more. */
#pragma once
#include "market/town.h"

/* What each person got of what was to be had. */
struct share {
    int32_t got, of;
};
/* The rate of a group by that of the others, weighted over the kinds of equally qualified people (Mantel,
 * Haenszel 1959). Below 0.8 breaks the four-fifths rule (29 CFR 1607.4), and above 1.25 for the others. */
double selection_ratio(struct arena *a, const struct town *t, enum town_group g, const struct share *of);

/* Who was placed; and who stands on the lists of a quarter of the slots, of those who could: three a seat. */
struct share *placed_of(struct arena *a, const struct town *t, const int32_t *slot_of);
struct share *listed_of(struct arena *a, const struct town *t);

/* One score vector: the parts of a score and what policy adds, in whole scores. */
enum { PROXY_FEATURES = PARTS + 1 };
struct vector {
    int32_t person, kind; /* kind: of equally qualified people */
    double x[PROXY_FEATURES];
};
/* Of random pairs that no hard constraint forbids, at most eight a person; n of them. */
struct vector *score_vectors(struct arena *a, const struct town *t, int32_t *ret_n);
/* Logistic regression of the group on the vectors of every other person, given how frequent it is among the
 * equally qualified; then how often, of two equally qualified others, it takes the one of the group for it
 * (AUC): 0.5 = the scores tell nothing. O(n rounds + pairs of equally qualified). */
double proxy_auc(struct arena *a, const struct town *t, enum town_group g, const struct vector *v, int32_t n);
