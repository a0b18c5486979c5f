/* bench_hall.c - time in the engine: the hall (B5), beside greedy and hindsight on the same day.
 * Prints rows: figure, target, measured, peer, ratio. Usage: bench-hall [SEED] */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "market/sim.h"

enum { PEOPLE = 12000, ORDERS = 980 };

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int main(int argc, char **argv)
{
    struct arena a, scratch;
    struct sim_params p = {.seed = argc > 1 ? strtoull(argv[1], NULL, 10) : 1, .people = PEOPLE, .orders = ORDERS, .hall = hall_usual};
    int32_t best_placed;
    for (int k = 2; k < argc; k++) {
        int v = strchr(argv[k], '=') ? (int)strtol(strchr(argv[k], '=') + 1, NULL, 10) : 0;
        switch (argv[k][0]) {
        case 'h': p.hall.horizon_s = v * 60; break;
        case 't': p.hall.theta_pct = v; break;
        case 'g': p.ghost_people_pct = v; break;
        case 'o': p.ghost_orders_pct = v; break;
        case 'l': p.other_law = v; break;
        case 'H': p.hall.hold_s = v * 60; break;
        case 'L': p.hall.long_s = v * 60; break;
        case 's': p.spread_km = v; break;
        case 'k': p.clusters = v; break;
        case 'n': p.people = v; break;
        case 'm': p.orders = v; break;
        case 'c': p.hall.closing_s = v * 60; break;
        case 'a': p.hall.aging = v; break;
        case 'C': p.couple_pct = v; break;
        case 'A': p.accept_pct = v; break;
        }
    }
    arena_init(&a, 0);
    arena_init(&scratch, 0);
    double t0 = seconds();
    struct sim *s = sim_new(&a, &p);
    double t1 = seconds(), worst = 0, sum = 0;
    int64_t best = sim_hindsight(&a, s, &best_placed);
    struct sim_day g = sim_greedy(&a, s);
    printf("make %.2f hind %ld placed %d; greedy %.2f%% placed %d mean %.1f p90 %.1f p99 %.1f (people %d seats %d)\n", t1 - t0, best, best_placed, 100.0 * (double)g.value / (double)best, g.placed, g.mean_s / 60.0, g.p90_s / 60.0, g.p99_s / 60.0, g.people, g.seats);
    for (bool more = true; more;) {
        double t = seconds();
        more = sim_step(s, &scratch);
        t = seconds() - t;
        worst = t > worst ? t : worst;
        sum += t;
        arena_reset(&scratch);
    }
    struct sim_day d = sim_hall(&a, s);
    printf("hall %.2f%% placed %d mean %.1f p90 %.1f p99 %.1f starved %d apart %d over %d; worst step %.3f s all %.1f\n", 100.0 * (double)d.value / (double)best, d.placed, d.mean_s / 60.0, d.p90_s / 60.0, d.p99_s / 60.0, d.starved, d.apart, d.over, worst, sum);
    return 0;
}
