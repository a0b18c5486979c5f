/* bundle_test.c - bundles against brute force and their own certificate. */
#include "market/bundle.h"

#include <string.h>

#include "market/city.h"
#include "market/dice.h"
#include "test.h"

enum { CASES = 10000, UNITS = 5, OPTIONS = 4, SLOTS = 4 };

/* A tiny random market; options of one to three slots, one or two seats each. */
static struct bundle tiny(struct arena *a, uint64_t *rnd, int32_t top)
{
    struct bundle b = {.units = 1 + dice_below(rnd, UNITS), .slots = 1 + dice_below(rnd, SLOTS)};
    int32_t *unit = NEW_N(a, UNITS + 1, int32_t), *value = NEW_N(a, UNITS * OPTIONS, int32_t);
    int32_t *use = NEW_N(a, UNITS * OPTIONS + 1, int32_t);
    int32_t *slot = NEW_N(a, UNITS * OPTIONS * SLOTS, int32_t);
    int32_t *seats = NEW_N(a, UNITS * OPTIONS * SLOTS, int32_t), *cap = NEW_N(a, SLOTS, int32_t);
    int32_t uses = 0;
    for (int32_t j = 0; j < b.slots; j++)
        cap[j] = dice_below(rnd, 5);
    for (int32_t u = 0; u < b.units; u++) {
        for (int32_t k = dice_below(rnd, OPTIONS + 1); k > 0; k--) {
            value[b.options++] = dice_below(rnd, top + 2) - 1;
            for (int32_t j = 0; j < b.slots; j++) {
                if (dice_below(rnd, 2))
                    continue;
                slot[uses] = j;
                seats[uses++] = 1 + dice_below(rnd, 2);
            }
            use[b.options] = uses;
        }
        unit[u + 1] = b.options;
    }
    b.unit = unit;
    b.value = value;
    b.use = use;
    b.slot = slot;
    b.seats = seats;
    b.cap = cap;
    return b;
}

static void seat(const struct bundle *b, int32_t o, int32_t *left, int32_t sign)
{
    for (int32_t k = b->use[o]; k < b->use[o + 1]; k++)
        left[b->slot[k]] -= sign * b->seats[k];
}

static bool over(const struct bundle *b, const int32_t *left)
{
    for (int32_t j = 0; j < b->slots; j++)
        if (left[j] < 0)
            return true;
    return false;
}

static int64_t brute(const struct bundle *b, int32_t u, int32_t *left)
{
    if (u == b->units)
        return 0;
    int64_t best = brute(b, u + 1, left);
    for (int32_t o = b->unit[u]; o < b->unit[u + 1]; o++) {
        seat(b, o, left, 1);
        int64_t v = over(b, left) ? 0 : b->value[o] + brute(b, u + 1, left);
        seat(b, o, left, -1);
        best = v > best ? v : best;
    }
    return best;
}

/* Counted here, not by the code under test: nobody in half an option, no slot over its seats. */
static bool holds(const struct bundle *b, const struct bundle_result *r)
{
    int32_t left[SLOTS], placed = 0;
    int64_t value = 0;
    memcpy(left, b->cap, sizeof left);
    for (int32_t u = 0; u < b->units; u++) {
        int32_t o = r->option_of[u];
        if (o == BATCH_OUT)
            continue;
        if (o < b->unit[u] || o >= b->unit[u + 1] || b->value[o] <= 0)
            return false;
        seat(b, o, left, 1);
        value += b->value[o];
        placed++;
    }
    return !over(b, left) && value == r->value && placed == r->placed;
}

TEST(bundles_are_whole_within_the_seats_and_near_the_best_of_ten_thousand_tiny_markets)
{
    static const int32_t tops[] = {3, 100, 100000};
    uint64_t rnd = 20250304;
    int wrong = 0, optimal = 0;
    int64_t sum = 0, best_sum = 0;
    struct arena a;
    arena_init(&a, 0);
    for (int k = 0; k < CASES; k++) {
        int32_t left[SLOTS];
        struct bundle b = tiny(&a, &rnd, tops[k % 3]);
        memcpy(left, b.cap, sizeof left);
        int64_t best = brute(&b, 0, left);
        struct bundle_effort e = {.seed = 1, .rounds = 30, .moves = 20};
        struct bundle_result r = bundle_solve(&a, &b, &e);
        wrong += !holds(&b, &r) || r.value > best || r.ub < best || r.value < r.greedy;
        wrong += !bundle_valid(&a, &b, r.option_of);
        wrong += bundle_greedy(&a, &b) > best || bundle_first_come(&a, &b) > best;
        optimal += r.value == best;
        sum += r.value;
        best_sum += best;
        arena_reset(&a);
    }
    CHECK_EQ(wrong, 0);
    CHECK(optimal * 100 >= CASES * 97);
    CHECK(sum * 1000 >= best_sum * 997);
    arena_done(&a);
}

#define L(...) ((const int32_t[]){__VA_ARGS__})

TEST(bundles_cope_with_nobody_no_seats_no_options_and_no_worth)
{
    struct arena a;
    struct bundle_effort e = {0};
    arena_init(&a, 0);
    struct bundle b = {0, 0, 0, L(0), L(0), L(0), L(0), L(0), L(0)};
    CHECK_EQ(bundle_solve(&a, &b, &e).ub, 0);
    b = (struct bundle){1, 0, 1, L(0, 0), L(0), L(0), L(0), L(0), L(3)};
    CHECK_EQ(bundle_solve(&a, &b, &e).placed, 0);
    b = (struct bundle){2, 2, 1, L(0, 1, 2), L(90, -3), L(0, 1, 2), L(0, 0), L(2, 1), L(1)};
    struct bundle_result r = bundle_solve(&a, &b, &e); /* two seats of one; worth less than out */
    CHECK_EQ(r.placed, 0);
    CHECK_EQ(r.value, 0);
    b = (struct bundle){1, 1, 0, L(0, 1), L(7), L(0, 0), L(0), L(0), L(0)};
    CHECK_EQ(bundle_solve(&a, &b, &e).value, 7); /* an option that needs no seat */
    arena_done(&a);
}

TEST(bundles_over_the_seats_or_of_another_unit_are_not_valid)
{
    struct arena a;
    arena_init(&a, 0);
    struct bundle b = {2,          3,          1,   L(0, 2, 3), L(10, 20, 30), L(0, 1, 2, 3),
                       L(0, 0, 0), L(1, 2, 1), L(2)};
    CHECK(bundle_valid(&a, &b, L(0, 2)));
    CHECK(bundle_valid(&a, &b, L(BATCH_OUT, BATCH_OUT)));
    CHECK(!bundle_valid(&a, &b, L(1, 2)));
    CHECK(!bundle_valid(&a, &b, L(2, BATCH_OUT)));
    CHECK(!bundle_valid(&a, &b, L(BATCH_OUT, 0)));
    arena_done(&a);
}

/* The example of bundle.h: a couple, Zhou, Chen; kitchen, warehouse. */
TEST(bundles_place_the_couple_of_the_header)
{
    static const int64_t price[] = {75, 70};
    struct arena a;
    struct bundle_effort e = {0};
    arena_init(&a, 0);
    struct bundle b = {3,
                       4,
                       2,
                       L(0, 2, 3, 4),
                       L(150, 145, 80, 70),
                       L(0, 2, 3, 4, 5),
                       L(0, 1, 0, 0, 1),
                       L(1, 1, 2, 1, 1),
                       L(2, 1)};
    struct bundle_result r = bundle_solve(&a, &b, &e);
    CHECK(memcmp(r.option_of, L(0, 2, BATCH_OUT), 3 * sizeof *r.option_of) == 0);
    CHECK_EQ(r.value, 230);
    CHECK_EQ(bundle_bound(&b, price, 1), 230);
    arena_done(&a);
}

/* The couple must have both seats of the kitchen; two single people together are worth more. */
TEST(bundles_give_two_seats_to_a_couple_only_if_it_beats_the_two_best_single_people)
{
    struct arena a;
    struct bundle_effort e = {0};
    int32_t value[] = {150, 80, 60};
    arena_init(&a, 0);
    struct bundle b = {3, 3, 1, L(0, 1, 2, 3), value, L(0, 1, 2, 3), L(0, 0, 0), L(2, 1, 1), L(2)};
    struct bundle_result r = bundle_solve(&a, &b, &e);
    CHECK_EQ(r.value, 150);
    CHECK_EQ(r.placed, 1);
    value[2] = 75;
    r = bundle_solve(&a, &b, &e);
    CHECK_EQ(r.value, 155);
    CHECK_EQ(r.option_of[0], BATCH_OUT);
    arena_done(&a);
}

/* Thirty single people hold the hall; a group wants all of it. More than one chain can move. */
TEST(bundles_leave_a_hall_full_of_people_to_them_unless_the_group_is_worth_more)
{
    enum { MANY = 30 };
    int32_t unit[MANY + 2] = {0}, value[MANY + 1], use[MANY + 2] = {0}, slot[MANY + 1] = {0};
    int32_t seats[MANY + 1];
    struct bundle_effort e = {.rounds = 1, .moves = 20};
    struct arena a;
    arena_init(&a, 0);
    for (int32_t u = 0; u <= MANY; u++) {
        unit[u + 1] = use[u + 1] = u + 1;
        seats[u] = u < MANY ? 1 : MANY;
        value[u] = u < MANY ? 100 : 90;
    }
    struct bundle b = {MANY + 1, MANY + 1, 1, unit, value, use, slot, seats, L(MANY)};
    struct bundle_result r = bundle_solve(&a, &b, &e);
    CHECK(bundle_valid(&a, &b, r.option_of));
    CHECK_EQ(r.value, 100 * MANY);
    value[MANY] = 200 * MANY;
    CHECK_EQ(bundle_solve(&a, &b, &e).value, 200 * MANY);
    arena_done(&a);
}

/* 5,000 units of a million seats want a slot as large as can be: 2,147 of them find room. */
TEST(bundles_count_seats_beyond_two_thousand_million)
{
    enum { THRONG = 5000 };
    static int32_t unit[THRONG + 1], value[THRONG], use[THRONG + 1], slot[THRONG], seats[THRONG];
    struct bundle_effort e = {.rounds = 100, .moves = 1};
    struct arena a;
    arena_init(&a, 0);
    for (int32_t u = 0; u < THRONG; u++) {
        unit[u + 1] = use[u + 1] = u + 1;
        seats[u] = BUNDLE_SEATS;
        value[u] = BATCH_MAX;
    }
    struct bundle b = {THRONG, THRONG, 1, unit, value, use, slot, seats, L(INT32_MAX)};
    struct bundle_result r = bundle_solve(&a, &b, &e);
    CHECK(bundle_valid(&a, &b, r.option_of));
    CHECK_EQ(r.placed, 2147);
    CHECK(r.ub >= r.value && r.ub < r.value + BATCH_MAX);
    CHECK_EQ(bundle_bound(&b, (const int64_t[]){INT64_MAX}, 1), INT64_MAX);
    arena_done(&a);
}

/* One unit wants every seat: ten of the first slot, one of each other. 110 single people want one.
 */
TEST(bundles_send_home_a_group_in_the_way_of_a_hundred_as_good_as_it)
{
    enum { FULL = 10, OTHERS = 100, ALL = FULL + OTHERS };
    int32_t unit[ALL + 2] = {0}, value[ALL + 1], use[ALL + 2] = {0};
    int32_t slot[ALL + OTHERS + 1] = {0}, seats[ALL + OTHERS + 1], cap[OTHERS + 1];
    struct bundle_effort e = {.rounds = 100, .moves = 1};
    struct arena a;
    arena_init(&a, 0);
    for (int32_t j = 0; j <= OTHERS; j++) {
        slot[j] = j;
        seats[j] = cap[j] = j ? 1 : FULL;
    }
    for (int32_t u = 0; u <= ALL; u++) {
        unit[u + 1] = u + 1;
        use[u + 1] = OTHERS + 1 + u;
        value[u] = BATCH_MAX;
        slot[OTHERS + u] = u > FULL ? u - FULL : u ? 0 : OTHERS;
        seats[OTHERS + u] = 1;
    }
    struct bundle b = {ALL + 1, ALL + 1, OTHERS + 1, unit, value, use, slot, seats, cap};
    struct bundle_result r = bundle_solve(&a, &b, &e);
    CHECK_EQ(r.option_of[0], BATCH_OUT);
    CHECK_EQ(r.value, (int64_t)ALL * BATCH_MAX);
    arena_done(&a);
}

/* Many roles at a site and hours; crews that want one slot share their edges. */
TEST(bundles_of_cities_with_large_sites_or_none_are_whole)
{
    struct city_params p = {.seed = 2,
                            .people = 400,
                            .slots = 360,
                            .couple_pct = 20,
                            .crew_pct = 10,
                            .roles = 90,
                            .degree = 360,
                            .spread_km = 3,
                            .clusters = 1};
    struct bundle_effort e = {.seed = 4, .rounds = 50, .moves = 10};
    struct arena a;
    arena_init(&a, 0);
    struct city c = city_make(&a, &p);
    struct bundle b = city_bundles(&a, &c, 20);
    CHECK(bundle_valid(&a, &b, bundle_solve(&a, &b, &e).option_of));
    p.roles = 0;
    c = city_make(&a, &p);
    int32_t first = 2 * c.couples;
    CHECK_EQ(city_group(&c, first), CITY_CREW);
    for (int32_t i = first; i < first + CITY_CREW; i++)
        CHECK_EQ(c.b.row[i + 1] - c.b.row[i], c.b.row[first + 1] - c.b.row[first]);
    arena_done(&a);
}

TEST(bundles_of_a_city_give_the_same_bytes_and_come_close_to_the_bound)
{
    struct city_params p = {.seed = 9,
                            .people = 2000,
                            .slots = 180,
                            .couple_pct = 10,
                            .crew_pct = 3,
                            .roles = 6,
                            .degree = 200,
                            .spread_km = 7,
                            .clusters = 3};
    struct bundle_effort e = {.seed = 4, .rounds = 200, .moves = 40};
    struct arena a;
    arena_init(&a, 0);
    struct city c = city_make(&a, &p);
    struct bundle b = city_bundles(&a, &c, 40);
    struct bundle_result r = bundle_solve(&a, &b, &e), s = bundle_solve(&a, &b, &e);
    CHECK_EQ(c.couples, 100);
    CHECK_EQ(c.crews, 15);
    CHECK_EQ(b.units, 2000 - 100 - 3 * 15);
    CHECK(bundle_valid(&a, &b, r.option_of));
    CHECK(memcmp(r.option_of, s.option_of, sizeof *r.option_of * (size_t)b.units) == 0);
    CHECK_EQ(bundle_bound(&b, r.price, r.scale), r.ub);
    CHECK(r.ub >= r.value && (r.ub - r.value) * 100 <= r.ub);
    CHECK(bundle_greedy(&a, &b) < r.greedy);
    CHECK(bundle_first_come(&a, &b) < r.greedy);
    arena_done(&a);
}
