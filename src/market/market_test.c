/* market_test.c - the auction against brute force, published optima and its own certificate. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "market/city.h"
#include "market/dice.h"
#include "test.h"

enum { CASES = 10000, TINY = 8 };

/* A tiny random market: few seats, few values, so that ties and empty seats are common. */
static struct batch tiny(struct arena *a, uint64_t *rnd, int32_t people, int32_t top)
{
    int32_t m = 1 + dice_below(rnd, 4), n = 0, dense = dice_below(rnd, 4);
    int32_t *row = NEW_N(a, TINY + 1, int32_t), *cap = NEW_N(a, TINY, int32_t);
    int32_t *slot = NEW_N(a, TINY * TINY, int32_t), *score = NEW_N(a, TINY * TINY, int32_t);
    for (int32_t j = 0; j < m; j++)
        cap[j] = dice_below(rnd, 4);
    for (int32_t i = 0; i < people; i++) {
        for (int32_t j = 0; j < m; j++) {
            if (dice_below(rnd, 4) > dense)
                continue;
            slot[n] = j;
            score[n++] = dice_below(rnd, top + 2) - 1;
        }
        row[i + 1] = n;
    }
    return (struct batch){people, m, row, slot, score, cap};
}

static int64_t brute(const struct batch *b, int32_t i, int32_t *left)
{
    if (i == b->people)
        return 0;
    int64_t best = brute(b, i + 1, left);
    for (int32_t e = b->row[i]; e < b->row[i + 1]; e++) {
        if (left[b->slot[e]] == 0)
            continue;
        left[b->slot[e]]--;
        int64_t v = b->score[e] + brute(b, i + 1, left);
        left[b->slot[e]]++;
        best = v > best ? v : best;
    }
    return best;
}

static int64_t optimum(struct arena *a, const struct batch *b)
{
    int32_t *left = NEW_N(a, TINY, int32_t);
    memcpy(left, b->cap, sizeof *left * (size_t)b->slots);
    return brute(b, 0, left);
}

/* What batch.h promises of the prices, for every person and every edge. */
static bool content(const struct batch *b, const struct batch_result *r, int64_t eps)
{
    int32_t filled[TINY] = {0};
    for (int32_t i = 0; i < b->people; i++) {
        int64_t own = 0;
        for (int32_t e = b->row[i]; e < b->row[i + 1]; e++)
            if (b->slot[e] == r->slot_of[i])
                own = b->score[e] * r->scale - r->price[b->slot[e]];
        if (r->slot_of[i] >= 0)
            filled[r->slot_of[i]]++;
        if (own < -eps)
            return false;
        for (int32_t e = b->row[i]; e < b->row[i + 1]; e++)
            if (b->score[e] * r->scale - r->price[b->slot[e]] > own + eps)
                return false;
    }
    for (int32_t j = 0; j < b->slots; j++)
        if (r->price[j] < 0 || (filled[j] < b->cap[j] && r->price[j] != 0))
            return false;
    return true;
}

TEST(market_finds_the_optimum_of_ten_thousand_tiny_markets)
{
    uint64_t rnd = 20250301;
    int wrong = 0;
    struct arena a;
    arena_init(&a, 0);
    for (int k = 0; k < CASES; k++) {
        static const int32_t tops[] = {1, 5, 1000, 100000};
        struct batch b = tiny(&a, &rnd, 1 + dice_below(&rnd, 6), tops[k % 4]);
        int64_t best = optimum(&a, &b);
        struct batch_result exact = batch_solve(&a, &b, 0), rough = batch_solve(&a, &b, 3);
        wrong += exact.value != best || exact.ub != best || !batch_valid(&a, &b, exact.slot_of);
        wrong += rough.value < best - 3 * b.people || rough.value > best || rough.ub < best ||
                 !batch_valid(&a, &b, rough.slot_of);
        wrong += batch_greedy(&a, &b) > best || batch_first_come(&a, &b) > best;
        wrong += !content(&b, &exact, 0) || !content(&b, &rough, 3);
        arena_reset(&a);
    }
    CHECK_EQ(wrong, 0);
    arena_done(&a);
}

TEST(market_prices_say_what_one_seat_more_would_add)
{
    uint64_t rnd = 20250303;
    int wrong = 0;
    struct arena a;
    arena_init(&a, 0);
    for (int k = 0; k < CASES / 4; k++) {
        struct batch b = tiny(&a, &rnd, 1 + dice_below(&rnd, 6), k % 2 ? 7 : 100000);
        struct batch_result r = batch_solve(&a, &b, 0);
        int32_t more[TINY];
        for (int32_t j = 0; j < b.slots; j++) {
            struct batch wide = b;
            memcpy(more, b.cap, sizeof more);
            more[j]++;
            wide.cap = more;
            wrong += optimum(&a, &wide) - r.value != r.price[j];
        }
        arena_reset(&a);
    }
    CHECK_EQ(wrong, 0);
    arena_done(&a);
}

static struct batch_result solve(struct arena *a, int32_t people, const int32_t *row,
                                 const int32_t *slot, const int32_t *score, int32_t slots,
                                 const int32_t *cap)
{
    struct batch b = {people, slots, row, slot, score, cap};
    struct batch_result r = batch_solve(a, &b, 0);
    CHECK(batch_valid(a, &b, r.slot_of));
    CHECK_EQ(r.ub, r.value);
    return r;
}
#define L(...) ((const int32_t[]){__VA_ARGS__})

TEST(market_copes_with_nobody_no_seats_no_edges_and_no_worth)
{
    struct arena a;
    arena_init(&a, 0);
    CHECK_EQ(solve(&a, 0, L(0), L(0), L(0), 0, L(0)).placed, 0);
    CHECK_EQ(solve(&a, 0, L(0), L(0), L(0), 1, L(3)).price[0], 0);
    CHECK_EQ(solve(&a, 2, L(0, 0, 0), L(0), L(0), 1, L(3)).placed, 0);
    CHECK_EQ(solve(&a, 2, L(0, 1, 2), L(0, 0), L(50, 60), 1, L(0)).placed, 0);
    CHECK_EQ(solve(&a, 2, L(0, 1, 2), L(0, 0), L(0, -5), 1, L(2)).placed, 0);
    CHECK_EQ(solve(&a, 1, L(0, 2), L(0, 1), L(70, 71), 2, L(1, 1)).slot_of[0], 1);
    arena_done(&a);
}

TEST(market_refuses_seats_that_are_not_there_and_edges_that_are_not_or_are_worth_nothing)
{
    struct arena a;
    arena_init(&a, 0);
    struct batch b = {3, 2, L(0, 2, 3, 4), L(0, 1, 0, 1), L(50, 60, 70, 0), L(1, 1)};
    CHECK(batch_valid(&a, &b, L(1, 0, BATCH_OUT)));
    CHECK(!batch_valid(&a, &b, L(0, 0, BATCH_OUT)));
    CHECK(!batch_valid(&a, &b, L(BATCH_OUT, 1, BATCH_OUT)));
    CHECK(!batch_valid(&a, &b, L(BATCH_OUT, BATCH_OUT, 1)));
    arena_done(&a);
}

TEST(market_prices_only_what_is_short)
{
    struct arena a;
    arena_init(&a, 0);
    struct batch_result r = solve(&a, 3, L(0, 1, 2, 3), L(0, 0, 0), L(90, 70, 50), 1, L(3));
    CHECK_EQ(r.placed, 3);
    CHECK_EQ(r.price[0], 0);
    r = solve(&a, 3, L(0, 1, 2, 3), L(0, 0, 0), L(90, 70, 50), 1, L(1));
    CHECK_EQ(r.slot_of[0], 0);
    CHECK_EQ(r.price[0], 70);
    r = solve(&a, 3, L(0, 1, 2, 3), L(0, 0, 0), L(50, 50, 50), 1, L(2));
    CHECK_EQ(r.placed, 2);
    CHECK_EQ(r.value, 100);
    arena_done(&a);
}

/* The example of batch.h: Wang, Li, Chen, Zhou; kitchen, warehouse. */
TEST(market_places_the_four_people_of_the_header)
{
    int32_t score[] = {90, 60, 80, 75, 70, 66, 40};
    struct arena a;
    arena_init(&a, 0);
    struct batch_result r =
        solve(&a, 4, L(0, 2, 4, 5, 7), L(0, 1, 0, 1, 0, 0, 1), score, 2, L(2, 1));
    CHECK(memcmp(r.slot_of, L(0, 1, 0, BATCH_OUT), 4 * sizeof *r.slot_of) == 0);
    CHECK_EQ(r.value, 235);
    CHECK_EQ(r.price[0], 66);
    CHECK_EQ(r.price[1], 40);
    score[5] = 69; /* below the lowest that got in: still out */
    r = solve(&a, 4, L(0, 2, 4, 5, 7), L(0, 1, 0, 1, 0, 0, 1), score, 2, L(2, 1));
    CHECK_EQ(r.slot_of[3], BATCH_OUT);
    score[5] = 71;
    r = solve(&a, 4, L(0, 2, 4, 5, 7), L(0, 1, 0, 1, 0, 0, 1), score, 2, L(2, 1));
    CHECK_EQ(r.slot_of[3], 0);
    arena_done(&a);
}

/* What a refusal may say: nobody left out has more points for a slot than anyone who got in. */
TEST(market_leaves_nobody_out_with_more_points_than_someone_placed_there)
{
    struct city_params p = {.seed = 11, .people = 4000, .slots = 360, .degree = 40};
    int32_t lowest[360];
    int wrong = 0;
    struct arena a;
    arena_init(&a, 0);
    struct city c = city_make(&a, &p);
    struct batch_result r = batch_solve(&a, &c.b, 0);
    for (int32_t j = 0; j < p.slots; j++)
        lowest[j] = r.price[j] > 0 ? BATCH_MAX : 0;
    for (int32_t i = 0; i < p.people; i++)
        for (int32_t e = c.b.row[i]; e < c.b.row[i + 1]; e++)
            if (r.slot_of[i] == c.b.slot[e] && c.b.score[e] < lowest[c.b.slot[e]])
                lowest[c.b.slot[e]] = c.b.score[e];
    for (int32_t i = 0; i < p.people; i++)
        for (int32_t e = c.b.row[i]; r.slot_of[i] < 0 && e < c.b.row[i + 1]; e++)
            wrong += c.b.score[e] > lowest[c.b.slot[e]];
    CHECK_EQ(wrong, 0);
    CHECK(r.placed < p.people);
    arena_done(&a);
}

/* The same people in reverse order. */
static struct batch turned(struct arena *a, const struct batch *b)
{
    size_t edges = (size_t)b->row[b->people] + 1;
    int32_t *row = NEW_N(a, (size_t)b->people + 1, int32_t), n = 0;
    int32_t *slot = NEW_N(a, edges, int32_t), *score = NEW_N(a, edges, int32_t);
    for (int32_t i = b->people; i-- > 0;) {
        for (int32_t e = b->row[i]; e < b->row[i + 1]; e++, n++) {
            slot[n] = b->slot[e];
            score[n] = b->score[e];
        }
        row[b->people - i] = n;
    }
    return (struct batch){b->people, b->slots, row, slot, score, b->cap};
}

TEST(market_prices_do_not_depend_on_who_comes_first)
{
    struct city_params p = {.seed = 5, .people = 3000, .slots = 270, .degree = 40};
    struct arena a;
    arena_init(&a, 0);
    struct city c = city_make(&a, &p);
    struct batch back = turned(&a, &c.b);
    struct batch_result r = batch_solve(&a, &c.b, 0), s = batch_solve(&a, &back, 0);
    CHECK_EQ(r.value, s.value);
    CHECK(memcmp(r.price, s.price, 270 * sizeof *r.price) == 0);
    arena_done(&a);
}

TEST(market_gives_the_same_bytes_for_the_same_city)
{
    struct city_params p = {
        .seed = 7, .people = 3000, .slots = 260, .couple_pct = 10, .degree = 40};
    struct arena a;
    arena_init(&a, 0);
    struct city c = city_make(&a, &p), d = city_make(&a, &p);
    struct batch_result r = batch_solve(&a, &c.b, 0), s = batch_solve(&a, &d.b, 0);
    CHECK(batch_valid(&a, &c.b, r.slot_of));
    CHECK(c.b.row[3000] > 30000);
    CHECK_EQ(r.value, r.ub);
    CHECK(memcmp(r.slot_of, s.slot_of, 3000 * sizeof *r.slot_of) == 0);
    CHECK(memcmp(r.price, s.price, 260 * sizeof *r.price) == 0);
    CHECK(batch_greedy(&a, &c.b) < r.value);
    CHECK(batch_first_come(&a, &c.b) < r.value);
    arena_done(&a);
}

/* Next number of the text, false at its end. */
static bool number(FILE *f, int32_t *v)
{
    char word[16];
    if (fscanf(f, "%15s", word) != 1)
        return false;
    *v = (int32_t)strtol(word, NULL, 10);
    return true;
}

/* A matrix of costs, or lines of person, slot, cost; costs are turned into scores so high that
 * leaving one person out never pays. */
static struct batch read_orlib(struct arena *a, FILE *f, bool dense, int32_t edges)
{
    int32_t n = 0, i, j, cost;
    if (!number(f, &n))
        return (struct batch){0};
    int32_t *row = NEW_N(a, (size_t)n + 1, int32_t), *cap = NEW_N(a, (size_t)n, int32_t);
    int32_t *slot = NEW_N(a, (size_t)edges, int32_t), *score = NEW_N(a, (size_t)edges, int32_t);
    for (int32_t k = 0; k < n; k++)
        cap[k] = 1;
    for (int32_t e = 0; e < edges; e++) {
        i = e / n + 1;
        j = e % n + 1;
        if ((!dense && (!number(f, &i) || !number(f, &j))) || !number(f, &cost))
            return (struct batch){0};
        slot[e] = j - 1;
        score[e] = BATCH_MAX - cost;
        row[i] = e + 1;
    }
    return (struct batch){n, n, row, slot, score, cap};
}

static void check_orlib(const char *dir, const char *file, bool dense, int32_t edges, int64_t cost)
{
    struct arena a;
    arena_init(&a, 0);
    struct str cmd = str_fmt(&a, "zstdcat '%s/%s' 2>/dev/null", dir, file);
    FILE *f = popen(cmd.p, "r");
    struct batch b = read_orlib(&a, f, dense, edges);
    pclose(f);
    if (b.people) {
        struct batch_result r = batch_solve(&a, &b, 0);
        CHECK_EQ(r.placed, b.people);
        CHECK_EQ((int64_t)b.people * BATCH_MAX - r.value, cost);
        CHECK_EQ(r.ub, r.value);
    } else {
        test_skip("zstdcat or the file is not here");
    }
    arena_done(&a);
}

TEST(market_meets_the_published_optima_of_the_or_library)
{
    const char *dir = test_data();
    char line[256], file[64], kind[16];
    if (!dir)
        return;
    struct arena a;
    arena_init(&a, 0);
    FILE *index = fopen(str_fmt(&a, "%s/assign_orlib/index.csv", dir).p, "r");
    if (!index) {
        test_skip("the assignment files are not here");
    } else {
        while (fgets(line, sizeof line, index)) {
            int32_t edges;
            int64_t best;
            if (sscanf(line, "%*[^,],%63[^,],%15[^,],%*d,%" SCNd32 ",%" SCNd64, file, kind, &edges,
                       &best) == 4)
                check_orlib(dir, file, strcmp(kind, "dense") == 0, edges, best);
        }
        fclose(index);
    }
    arena_done(&a);
}
