/* couple_test.c - couples against brute force: the bound, the rounding theorem, nobody alone. */
#include <string.h>

#include "market/city.h"
#include "market/couple.h"
#include "market/dice.h"
#include "test.h"

enum { CASES = 10000, TINY = 8 };

/* The first people are couples (2k, 2k + 1), with much in common so that many are split. */
static struct batch tiny(struct arena *a, uint64_t *rnd, int32_t people, int32_t top)
{
    int32_t m = 1 + dice_below(rnd, 4), n = 0, dense = 1 + dice_below(rnd, 3);
    int32_t *row = NEW_N(a, TINY + 1, int32_t), *cap = NEW_N(a, TINY, int32_t);
    int32_t *slot = NEW_N(a, TINY * TINY, int32_t), *score = NEW_N(a, TINY * TINY, int32_t);
    for (int32_t j = 0; j < m; j++)
        cap[j] = dice_below(rnd, 5);
    for (int32_t i = 0; i < people; i++) {
        for (int32_t j = 0; j < m; j++) {
            if (dice_below(rnd, 4) > dense)
                continue;
            slot[n] = j;
            score[n++] = dice_below(rnd, top + 1);
        }
        row[i + 1] = n;
    }
    return (struct batch){people, m, row, slot, score, cap};
}

static int32_t score_at(const struct batch *b, int32_t i, int32_t j)
{
    for (int32_t e = b->row[i]; e < b->row[i + 1]; e++)
        if (b->slot[e] == j)
            return b->score[e] > 0 ? b->score[e] : -1;
    return -1;
}

static int64_t brute(const struct batch *b, int32_t couples, int32_t i, int32_t *left)
{
    if (i == b->people)
        return 0;
    int32_t size = i < 2 * couples ? 2 : 1;
    int64_t best = brute(b, couples, i + size, left);
    for (int32_t j = 0; j < b->slots; j++) {
        int32_t x = score_at(b, i, j), y = size == 2 ? score_at(b, i + 1, j) : 0;
        if (left[j] < size || x < 0 || y < 0)
            continue;
        left[j] -= size;
        int64_t v = x + y + brute(b, couples, i + size, left);
        left[j] += size;
        best = v > best ? v : best;
    }
    return best;
}

static int separated(const struct couple *c, int32_t n, const int32_t *slot_of)
{
    int bad = 0;
    for (int32_t u = 0; u < n; u++)
        bad += slot_of[c[u].a] != slot_of[c[u].b];
    return bad;
}

static const struct couple *couples(struct arena *a, int32_t n)
{
    struct couple *c = NEW_N(a, (size_t)n + 1, struct couple);
    for (int32_t u = 0; u < n; u++)
        c[u] = (struct couple){2 * u, 2 * u + 1};
    return c;
}

/* Couples who are nowhere though both could have two free seats. */
static int left_out(struct arena *a, const struct batch *b, int32_t n, const int32_t *slot_of)
{
    int bad = 0;
    int32_t *left = NEW_N(a, (size_t)b->slots + 1, int32_t);
    const struct couple *c = couples(a, n);
    memcpy(left, b->cap, sizeof *left * (size_t)b->slots);
    for (int32_t i = 0; i < b->people; i++)
        if (slot_of[i] >= 0)
            left[slot_of[i]]--;
    for (int32_t u = 0; u < n; u++)
        for (int32_t j = 0; j < b->slots && slot_of[c[u].a] < 0; j++)
            bad += left[j] >= 2 && score_at(b, c[u].a, j) > 0 && score_at(b, c[u].b, j) > 0;
    return bad;
}

static int64_t total(const struct batch *b, const int32_t *slot_of)
{
    int64_t sum = 0;
    for (int32_t i = 0; i < b->people; i++)
        sum += slot_of[i] < 0 ? 0 : score_at(b, i, slot_of[i]);
    return sum;
}

/* One seat more is enough, at as many slots as said. */
static bool one_seat_more(struct arena *a, const struct batch *b, const struct couples_result *r)
{
    struct batch wide = *b;
    int32_t cap[TINY], used[TINY] = {0}, over = 0;
    for (int32_t j = 0; j < b->slots; j++)
        cap[j] = b->cap[j] + 1;
    for (int32_t i = 0; i < b->people; i++)
        if (r->ask_slot_of[i] >= 0)
            used[r->ask_slot_of[i]]++;
    for (int32_t j = 0; j < b->slots; j++)
        over += used[j] > b->cap[j];
    wide.cap = cap;
    return over == r->ask_slots && batch_valid(a, &wide, r->ask_slot_of);
}

TEST(couples_stay_together_lose_nothing_and_ask_for_one_seat_at_most)
{
    uint64_t rnd = 20250302;
    int64_t split = 0, sum = 0, best_sum = 0;
    int apart = 0, bound = 0, theorem = 0, invalid = 0, beside = 0, poor = 0;
    struct arena a;
    arena_init(&a, 0);
    for (int k = 0; k < CASES; k++) {
        static const int32_t tops[] = {3, 100, 100000};
        int32_t left[TINY], people = 2 + dice_below(&rnd, 7), top = tops[k % 3];
        int32_t n = 1 + dice_below(&rnd, people / 2);
        const struct couple *c = couples(&a, n);
        struct batch b = tiny(&a, &rnd, people, top);
        memcpy(left, b.cap, sizeof left);
        int64_t best = brute(&b, n, 0, left);
        struct couples_result r = batch_couples(&a, &b, c, n, 0);
        apart += separated(c, n, r.slot_of) + separated(c, n, r.ask_slot_of);
        bound += r.value > best || best > r.ub || r.lp_twice / 2 != r.ub;
        theorem += 2 * r.ask_value < r.lp_twice || !one_seat_more(&a, &b, &r) ||
                   r.value < r.ask_value - 2 * (int64_t)top * r.ask_slots;
        invalid += !batch_valid(&a, &b, r.slot_of) || total(&b, r.slot_of) != r.value ||
                   total(&b, r.ask_slot_of) != r.ask_value;
        beside += left_out(&a, &b, n, r.slot_of);
        poor += r.value * 10 < best * 8;
        split += r.split;
        sum += r.value;
        best_sum += best;
        arena_reset(&a);
    }
    CHECK_EQ(apart, 0);
    CHECK_EQ(bound, 0);
    CHECK_EQ(theorem, 0);
    CHECK_EQ(invalid, 0);
    CHECK(split > CASES / 10);
    CHECK_EQ(beside, 0);
    CHECK_EQ(poor, 0);
    CHECK(sum * 10000 >= best_sum * 9995);
    arena_done(&a);
}

TEST(couples_of_a_city_come_within_two_hundredths_of_a_percent_of_the_bound)
{
    struct city_params p = {
        .seed = 3, .people = 8000, .slots = 720, .couple_pct = 10, .degree = 40};
    struct arena a;
    arena_init(&a, 0);
    struct city city = city_make(&a, &p);
    const struct couple *c = couples(&a, city.couples);
    struct couples_result r = batch_couples(&a, &city.b, c, city.couples, 0);
    CHECK_EQ(city.couples, 400);
    CHECK_EQ(separated(c, city.couples, r.slot_of), 0);
    CHECK(batch_valid(&a, &city.b, r.slot_of));
    CHECK(r.ub >= r.value && (r.ub - r.value) * 5000 <= r.ub);
    CHECK_EQ(r.whole + r.nowhere + r.split, 400);
    arena_done(&a);
}

/* A slot of three seats that both couples prefer, one of ten. */
TEST(a_couple_too_many_goes_to_another_slot_that_has_room)
{
    static const int32_t row[] = {0, 2, 4, 6, 8}, slot[] = {0, 1, 0, 1, 0, 1, 0, 1};
    static const int32_t score[] = {100, 90, 100, 90, 100, 90, 100, 90}, cap[] = {3, 10};
    struct arena a;
    arena_init(&a, 0);
    struct batch b = {4, 2, row, slot, score, cap};
    struct couples_result r = batch_couples(&a, &b, couples(&a, 2), 2, 0);
    CHECK_EQ(r.together, 2);
    CHECK_EQ(r.value, 380);
    CHECK_EQ(r.ub, 390);
    arena_done(&a);
}

TEST(where_seats_are_many_all_couples_of_a_city_are_placed_and_nearly_as_well_as_can_be)
{
    struct city_params p = {
        .seed = 77, .people = 500, .slots = 48781, .couple_pct = 100, .degree = 400};
    struct arena a;
    arena_init(&a, 0);
    struct city city = city_make(&a, &p);
    struct couples_result r =
        batch_couples(&a, &city.b, couples(&a, city.couples), city.couples, 0);
    CHECK_EQ(city.couples, 250);
    CHECK(r.split > 0);
    CHECK_EQ(r.together, 250);
    CHECK((r.ub - r.value) * 5000 <= r.ub);
    arena_done(&a);
}

TEST(a_city_of_couples_leaves_none_out_beside_two_seats_and_stays_near_the_bound)
{
    struct city_params p = {
        .seed = 9, .people = 3000, .slots = 1100, .couple_pct = 100, .degree = 40};
    struct arena a;
    arena_init(&a, 0);
    struct city city = city_make(&a, &p);
    struct couples_result r =
        batch_couples(&a, &city.b, couples(&a, city.couples), city.couples, 0);
    CHECK_EQ(left_out(&a, &city.b, city.couples, r.slot_of), 0);
    CHECK_EQ(separated(couples(&a, city.couples), city.couples, r.slot_of), 0);
    CHECK(batch_valid(&a, &city.b, r.slot_of));
    CHECK((r.ub - r.value) * 50 <= r.ub);
    arena_done(&a);
}

/* The bound lies above what can be had, in the first city by 0.2 %: the best there is, by CBC 2.10.
 */
TEST(couples_of_two_small_cities_come_within_a_hundredth_of_a_percent_of_the_best)
{
    static const struct {
        struct city_params p;
        int64_t best;
    } known[] = {
        {{.seed = 4, .people = 500, .slots = 49, .couple_pct = 10, .degree = 400}, 11049202},
        {{.seed = 5, .people = 2000, .slots = 732, .couple_pct = 10, .degree = 400}, 114486732}};
    struct arena a;
    arena_init(&a, 0);
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        struct city city = city_make(&a, &known[k].p);
        const struct couple *c = couples(&a, city.couples);
        struct couples_result r = batch_couples(&a, &city.b, c, city.couples, 0);
        CHECK(r.value <= known[k].best && (known[k].best - r.value) * 10000 <= known[k].best);
        CHECK(r.ub >= known[k].best);
    }
    arena_done(&a);
}

/* Five couples for whom every slot is as good as another: two are split over the same two slots. */
TEST(couples_split_in_a_circle_are_put_together_as_well)
{
    static const int32_t cap[] = {4, 2, 5, 2};
    int32_t row[11] = {0}, slot[40], score[40];
    struct arena a;
    arena_init(&a, 0);
    for (int32_t e = 0; e < 40; e++) {
        slot[e] = e % 4;
        score[e] = 1;
        row[e / 4 + 1] = e + 1;
    }
    struct batch b = {10, 4, row, slot, score, cap};
    struct couples_result r = batch_couples(&a, &b, couples(&a, 5), 5, 0);
    CHECK_EQ(r.split, 2);
    CHECK_EQ(r.together, 5);
    CHECK_EQ(r.value, 10);
    CHECK_EQ(r.ub, 10);
    arena_done(&a);
}
