/* bench_bundle.c - bundles on invented cities beside CBC, published generalised assignment problems
 * and column generation. Prints rows as bench_market does; seconds are CPU seconds, also those of
 * the peer. Usage: bench-bundle FOLDER [SEED] (the folder takes CBC's files) */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/str.h"
#include "market/city.h"
#include "market/column.h"

enum {
    SMALL = 3000,
    BIG = 40000,
    OPTIONS = 40,
    CBC_SECONDS = 120,
    GAP_CHAINS = 600000
};

static double seconds(void)
{
    struct timespec t;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
    return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void row(const char *figure, const char *target, const char *unit, double got, double peer)
{
    printf("%-44s %10s %9.5g %-2s", figure, target, got, unit);
    if (peer > 0)
        printf(" %12.5g %7.2f", peer, got > 0 ? peer / got : 0);
    printf("\n");
    fflush(stdout);
}

static double percent(int64_t part, int64_t whole)
{
    return whole ? 100.0 * (double)part / (double)whole : 100;
}

static struct city make(struct arena *a, uint64_t seed, int32_t people, bool groups)
{
    int32_t side = 1;
    while ((int64_t)(side + 1) * (side + 1) * BIG <= (int64_t)900 * people)
        side++;
    return city_make(a, &(struct city_params){.seed = seed,
                                              .people = people,
                                              .slots = people / 100 * 25 / 2,
                                              .couple_pct = groups ? 10 : 0,
                                              .crew_pct = groups ? 3 : 0,
                                              .roles = groups ? 6 : 0,
                                              .degree = 400,
                                              .spread_km = side,
                                              .clusters = people / 1600 + 1});
}

/* CPLEX LP format: maximise, one option a unit, the seats of each slot. */
static void write_lp(struct arena *a, FILE *f, const struct bundle *b)
{
    int32_t uses = b->use[b->options];
    int32_t *first = NEW_N(a, (size_t)b->slots + 1, int32_t),
            *next = NEW_N(a, (size_t)uses + 1, int32_t);
    int32_t *option = NEW_N(a, (size_t)uses + 1, int32_t);
    memset(first, -1, sizeof *first * (size_t)b->slots);
    fprintf(f, "Maximize\nobj:");
    for (int32_t o = 0; o < b->options; o++) {
        fprintf(f, " + %d x%d\n", b->value[o], o);
        for (int32_t k = b->use[o]; k < b->use[o + 1]; k++) {
            option[k] = o;
            next[k] = first[b->slot[k]];
            first[b->slot[k]] = k;
        }
    }
    fprintf(f, "Subject To\n");
    for (int32_t u = 0; u < b->units; u++)
        for (int32_t o = b->unit[u]; o < b->unit[u + 1]; o++)
            fprintf(f, " + x%d%s", o, o + 1 == b->unit[u + 1] ? " <= 1\n" : "\n");
    for (int32_t j = 0; j < b->slots; j++)
        for (int32_t k = first[j]; k >= 0; k = next[k]) {
            fprintf(f, " + %d x%d\n", b->seats[k], option[k]);
            if (next[k] < 0)
                fprintf(f, " <= %d\n", b->cap[j]);
        }
    fprintf(f, "Binaries\n");
    for (int32_t o = 0; o < b->options; o++)
        fprintf(f, " x%d\n", o);
    fprintf(f, "End\n");
}

/* CBC's proven optimum and its seconds; 0 when it is not installed or has proven none in time. */
static int64_t cbc(struct arena *a, const char *dir, const struct bundle *b, double *ret_s)
{
    char line[256];
    double value = 0;
    bool optimal = false;
    struct str lp = str_fmt(a, "%s/bundles.lp", dir);
    FILE *f = fopen(lp.p, "w");
    BUG_ON(!f);
    write_lp(a, f, b);
    fclose(f);
    f = popen(str_fmt(a, "cbc '%s' sec %d solve 2>/dev/null", lp.p, CBC_SECONDS).p, "r");
    while (f && fgets(line, sizeof line, f)) {
        optimal |= strstr(line, "Optimal solution found") != NULL;
        sscanf(line, "Objective value: %lf", &value);
        sscanf(line, "Total time (CPU seconds): %lf", ret_s);
    }
    if (f)
        pclose(f);
    remove(lp.p);
    return optimal ? (int64_t)(value < 0 ? -value : value) : 0;
}

static struct bundle_result timed(struct arena *a, const struct bundle *b, int32_t moves,
                                  double *ret_s)
{
    double from = seconds();
    struct bundle_result r = bundle_solve(a, b, &(struct bundle_effort){.seed = 1, .moves = moves});
    *ret_s = seconds() - from;
    BUG_ON(!bundle_valid(a, b, r.option_of));
    return r;
}

static void small(const char *dir, uint64_t seed)
{
    struct arena a;
    double s, cbc_s = 0;
    arena_init(&a, 0);
    struct city c = make(&a, seed, SMALL, true);
    struct bundle b = city_bundles(&a, &c, OPTIONS);
    printf("# %d people: %d couples, %d crews; %d units, %d options, %d seats\n", SMALL, c.couples,
           c.crews, b.units, b.options, c.seats);
    struct bundle_result r = timed(&a, &b, 0, &s);
    int64_t best = cbc(&a, dir, &b, &cbc_s);
    row("B3 first come, of the bound", "-", "%", percent(bundle_first_come(&a, &b), r.ub), 0);
    row("B3 greedy by score, of the bound", "-", "%", percent(bundle_greedy(&a, &b), r.ub), 0);
    row("B3 greedy by price, of the bound", "-", "%", percent(r.greedy, r.ub), 0);
    row("B3 bundles, of the bound", "-", "%", percent(r.value, r.ub), 0);
    row(best ? "B3 bundles, of the optimum of CBC" : "B3 bundles, of the bound (no CBC)",
        ">= 99.85", "%", percent(r.value, best ? best : r.ub), 0);
    row("B3 bundles: time; peer CBC", "<= 10", "s", s, cbc_s);
    arena_done(&a);
}

static void big(uint64_t seed)
{
    struct arena a;
    double s;
    int32_t together = 0;
    arena_init(&a, 0);
    struct city c = make(&a, seed, BIG, true);
    struct bundle b = city_bundles(&a, &c, OPTIONS);
    struct bundle_result r = timed(&a, &b, 0, &s);
    for (int32_t u = 0; u < c.couples; u++)
        together += r.option_of[u] >= 0;
    printf("# %d people: %d couples, %d crews; %d units, %d options, %d seats\n", BIG, c.couples,
           c.crews, b.units, b.options, c.seats);
    row("B3b bundles, of the bound", ">= 99.4", "%", percent(r.value, r.ub), 0);
    row("B3b bundles: time", "<= 60", "s", s, 0);
    row("B3b couples placed", "-", "", together, 0);
    arena_done(&a);
}

/* Single people: the 15 best edges of each and what prices ask for, beside all edges. */
static void columns(uint64_t seed)
{
    struct arena a;
    arena_init(&a, 0);
    struct city c = make(&a, seed, BIG, false);
    double from = seconds();
    struct batch_result full = batch_solve(&a, &c.b, 0);
    double full_s = seconds() - from;
    from = seconds();
    struct batch few = column_best(&a, &c.b, 15);
    struct column_source all = column_from(&c.b);
    struct column_result r = batch_columns(&a, &few, &all, 0);
    double s = seconds() - from;
    printf("# %d people, %d edges, of which %d were needed in %d rounds\n", BIG, c.b.row[BIG],
           r.b.row[BIG], r.rounds);
    row("columns: value lost against all edges", "0", "", (double)(full.value - r.r.value), 0);
    row("columns: time; peer all edges at once", "-", "s", s, full_s);
    arena_done(&a);
}

static bool number(FILE *f, int32_t *v)
{
    char word[16];
    if (fscanf(f, "%15s", word) != 1)
        return false;
    *v = (int32_t)strtol(word, NULL, 10);
    return true;
}

/* Agents, items, costs and weights agent by agent, capacities; an item left out costs `out`. */
static struct bundle read_gap(struct arena *a, FILE *f, int32_t *ret_out)
{
    int32_t m = 0, n = 0;
    if (!number(f, &m) || !number(f, &n))
        return (struct bundle){0};
    size_t all = (size_t)m * (size_t)n;
    int32_t *unit = NEW_N(a, (size_t)n + 1, int32_t), *value = NEW_N(a, all, int32_t);
    int32_t *use = NEW_N(a, all + 1, int32_t), *slot = NEW_N(a, all, int32_t);
    int32_t *seats = NEW_N(a, all, int32_t), *cap = NEW_N(a, (size_t)m, int32_t), top = 0;
    bool ok = true;
    for (int32_t k = 0; k < m * n; k++) {
        int32_t *cost = &value[k % n * m + k / n];
        ok = ok && number(f, cost);
        top = *cost > top ? *cost : top;
    }
    for (int32_t k = 0; k < m * n; k++)
        ok = ok && number(f, &seats[k % n * m + k / n]);
    for (int32_t j = 0; j < m; j++)
        ok = ok && number(f, &cap[j]);
    *ret_out = 3 * top;
    for (int32_t k = 0; k < m * n; k++) {
        value[k] = *ret_out - value[k];
        slot[k] = k % m;
        use[k + 1] = k + 1;
        unit[k / m + 1] = k + 1;
    }
    BUG_ON(!ok);
    return (struct bundle){n, m * n, m, unit, value, use, slot, seats, cap};
}

struct tally {
    int n;
    double sum, worst, slowest;
};

static void gap_file(const char *path, int32_t best, struct tally *t)
{
    struct arena a;
    double s;
    int32_t out = 0;
    arena_init(&a, 0);
    FILE *f = popen(str_fmt(&a, "zstdcat '%s' 2>/dev/null", path).p, "r");
    struct bundle b = read_gap(&a, f, &out);
    pclose(f);
    if (b.units) {
        struct bundle_result r = timed(&a, &b, GAP_CHAINS / b.units, &s);
        double over = 100 * (double)((int64_t)out * b.units - r.value - best) / best;
        t->n++;
        t->sum += over;
        t->worst = over > t->worst ? over : t->worst;
        t->slowest = s > t->slowest ? s : t->slowest;
    }
    arena_done(&a);
}

/* Classes c, d, e of the public instances: cost above the best known. */
static void gap(void)
{
    static const char *const target[] = {"<= 1", "<= 2", "<= 2"};
    struct tally t[3] = {0};
    char line[256], set[32], kind, file[64], figure[64];
    const char *data = "../shared/data/";
    FILE *index = fopen("../shared/data/gap/index.csv", "r");
    while (index && fgets(line, sizeof line, index)) {
        struct arena a;
        int32_t best = (int32_t)strtol(strrchr(line, ',') + 1, NULL, 10);
        if (sscanf(line, "%31[a-z0-9]/%c%*[^,],%63[^,]", set, &kind, file) != 3 || kind < 'c' ||
            kind > 'e')
            continue;
        arena_init(&a, 0);
        gap_file(str_fmt(&a, "%s%s", data, file).p, best, &t[kind - 'c']);
        arena_done(&a);
    }
    if (index)
        fclose(index);
    for (int k = 0; k < 3; k++) {
        if (!t[k].n) {
            printf("# generalised assignment %c: the files are not here\n", 'c' + k);
            continue;
        }
        snprintf(figure, sizeof figure, "GAP %c, %d files: mean above best known", 'c' + k, t[k].n);
        row(figure, target[k], "%", t[k].sum / t[k].n, 0);
        snprintf(figure, sizeof figure, "GAP %c: worst above best known", 'c' + k);
        row(figure, target[k], "%", t[k].worst, 0);
        snprintf(figure, sizeof figure, "GAP %c: slowest", 'c' + k);
        row(figure, "<= 30", "s", t[k].slowest, 0);
    }
}

int main(int argc, char **argv)
{
    uint64_t seed = argc > 2 ? strtoull(argv[2], NULL, 10) : 1;
    small(argc > 1 ? argv[1] : ".", seed);
    big(seed);
    columns(seed);
    gap();
    return 0;
}
