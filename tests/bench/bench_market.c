/* bench_market.c - the auction on invented cities beside its peers, measured in one run.
 * Prints rows: figure, target, measured, peer,
 * ratio (times faster than the peer). Usage: bench-market [SEED] */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "market/city.h"
#include "market/couple.h"
#ifdef WITH_LEMON
#include "bench/lemon.h"
#endif

enum { PEOPLE = 40000, RUNS = 5 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void row(const char *figure, const char *target, const char *unit, double got, double peer)
{
    printf("%-44s %10s %9.4g %-2s", figure, target, got, unit);
    if (peer > 0)
        printf(" %12.4g %7.2f", peer, got > 0 ? peer / got : 0);
    printf("\n");
}

/* The same crowding at every size: the side grows with the root of the people. */
static struct city make(struct arena *a, uint64_t seed, int32_t people, int32_t couple_pct)
{
    int32_t side = 1;
    while ((int64_t)(side + 1) * (side + 1) * PEOPLE <= (int64_t)900 * people)
        side++;
    int32_t clusters = 25 * (people / 1000) / (PEOPLE / 1000);
    return city_make(a, &(struct city_params){.seed = seed,
                                              .people = people,
                                              .slots = people / 100 * 25 / 2,
                                              .couple_pct = couple_pct,
                                              .degree = 40,
                                              .spread_km = side,
                                              .clusters = clusters + 1});
}

static double gap_pct(int64_t ub, int64_t value)
{
    return value ? 100.0 * (double)(ub - value) / (double)value : 0;
}

/* Median of RUNS; each in fresh memory. */
static double time_solve(const struct batch *b, int32_t eps, struct batch_result *r)
{
    double took[RUNS];
    for (int k = 0; k < RUNS; k++) {
        struct arena a;
        arena_init(&a, 0);
        double from = seconds(), t;
        *r = batch_solve(&a, b, eps);
        t = seconds() - from;
        BUG_ON(!batch_valid(&a, b, r->slot_of));
        int at = k;
        for (; at > 0 && took[at - 1] > t; at--)
            took[at] = took[at - 1];
        took[at] = t;
        r->slot_of = NULL;
        r->price = NULL;
        arena_done(&a);
    }
    return took[RUNS / 2];
}

static void peers(struct arena *a, const struct batch *b, double exact_s, int64_t value)
{
    row("B1 value lost by greedy", "-", "%", 100 - 100 * (double)batch_greedy(a, b) / (double)value,
        0);
    row("B1 value lost by first come", "-", "%",
        100 - 100 * (double)batch_first_come(a, b) / (double)value, 0);
#ifdef WITH_LEMON
    struct lemon_market m = {b->people, b->slots, b->row, b->slot, b->score, b->cap};
    double s;
    BUG_ON(lemon_simplex(&m, &s) != value);
    row("B1 exact; peer LEMON network simplex", ">= 5 x", "s", exact_s, s);
    BUG_ON(lemon_scaling(&m, &s) != value);
    row("B1 exact; peer LEMON cost scaling", ">= 5 x", "s", exact_s, s);
#else
    row("B1 exact (LEMON is not installed)", "-", "s", exact_s, 0);
#endif
}

static void singles(uint64_t seed)
{
    struct arena a;
    struct batch_result r;
    arena_init(&a, 0);
    struct city c = make(&a, seed, PEOPLE, 0);
    printf("# %d people, %d slots, %d seats, %d edges\n", PEOPLE, c.b.slots, c.seats,
           c.b.row[PEOPLE]);
    double t = time_solve(&c.b, 50, &r);
    row("B1 eps 50 points: time", "<= 5", "s", t, 0);
    row("B1 eps 50 points: proven gap", "<= 0.01", "%", gap_pct(r.ub, r.value), 0);
    t = time_solve(&c.b, 0, &r);
    row("B1 exact: time", "<= 5", "s", t, 0);
    row("B1 exact: proven gap", "<= 0.01", "%", gap_pct(r.ub, r.value), 0);
    peers(&a, &c.b, t, r.value);
    arena_done(&a);
}

static void growth(uint64_t seed)
{
    static const int32_t sizes[] = {5000, 10000, 20000, 50000, 100000, 200000};
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        struct arena a;
        struct batch_result r;
        char figure[64];
        arena_init(&a, 0);
        struct city c = make(&a, seed, sizes[k], 0);
        double t = time_solve(&c.b, 0, &r);
        BUG_ON(r.ub != r.value);
        snprintf(figure, sizeof figure, "B1 exact, %d people, %d edges", sizes[k],
                 c.b.row[sizes[k]]);
        row(figure, "-", "s", t, 0);
        arena_done(&a);
    }
}

static void pairs(uint64_t seed)
{
    struct arena a;
    int apart = 0;
    arena_init(&a, 0);
    struct city c = make(&a, seed, PEOPLE, 10);
    struct couple *of = NEW_N(&a, (size_t)c.couples + 1, struct couple);
    for (int32_t u = 0; u < c.couples; u++)
        of[u] = (struct couple){2 * u, 2 * u + 1};
    double from = seconds();
    struct couples_result r = batch_couples(&a, &c.b, of, c.couples, 0);
    row("B2 couples 10 %: time", "-", "s", seconds() - from, 0);
    BUG_ON(!batch_valid(&a, &c.b, r.slot_of));
    for (int32_t u = 0; u < c.couples; u++)
        apart += r.slot_of[2 * u] != r.slot_of[2 * u + 1];
    row("B2 couples 10 %: proven gap", "<= 0.02", "%", gap_pct(r.ub, r.value), 0);
    row("B2 couples separated", "0", "", apart, 0);
    row("B2 couples split by the relaxation", "-", "", r.split, 0);
    row("B2 couples placed", "> 50", "%", 100.0 * r.together / c.couples, 0);
    arena_done(&a);
}

int main(int argc, char **argv)
{
    uint64_t seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1;
    singles(seed);
    pairs(seed);
    growth(seed);
    return 0;
}
