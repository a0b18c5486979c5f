/* town_test.c - the invented town is one and the same for a seed, and each term of policy does what it is for,
 * at a small price. */
#include <string.h>

#include "market/town.h"
#include "test.h"

static const struct town_params small = {.seed = 5, .people = 1500, .slots = 110, .spread_km = 8, .clusters = 5};

TEST(a_town_is_the_same_for_a_seed_and_another_for_another)
{
    struct arena a;
    arena_init(&a, 0);
    struct town_params p = small;
    struct town t = town_make(&a, &p), again = town_make(&a, &p);
    CHECK(memcmp(t.person, again.person, 1500 * sizeof *t.person) == 0 && memcmp(t.slot, again.slot, 110 * sizeof *t.slot) == 0);
    p.seed++;
    struct town other = town_make(&a, &p);
    CHECK(memcmp(t.person, other.person, 1500 * sizeof *t.person) != 0);
    CHECK(t.seats > 110 * 5 && t.seats < 110 * 12);
    arena_done(&a);
}

TEST(a_town_without_shifts_or_of_the_usual_size_is_one_too)
{
    struct arena a;
    arena_init(&a, 0);
    struct town empty = town_make(&a, &(struct town_params){.seed = 1, .people = 50});
    struct batch b = town_pairs(&a, &empty);
    CHECK_EQ(b.row[50], 0);
    CHECK_EQ(town_place(&a, &empty, &b, TERMS).placed, 0);
    CHECK_EQ(town_for(&empty, TERM_GROUP), 0);
    CHECK_EQ(town_make(&a, &(struct town_params){.seed = 1, .slots = 3, .clusters = 5000}).slots, 3);
    arena_done(&a);
}

TEST(the_pairs_of_a_town_hold_and_their_scores_are_the_totals)
{
    struct arena a;
    arena_init(&a, 0);
    struct town t = town_make(&a, &small);
    struct batch b = town_pairs(&a, &t);
    int32_t wrong = 0;
    for (int32_t i = 0; i < b.people; i++)
        for (int32_t e = b.row[i]; e < b.row[i + 1]; e++) {
            struct fit f = fit_of(&t.params, &t.person[i], &t.slot[b.slot[e]]);
            wrong += f.hard || f.total != b.score[e] || (e > b.row[i] && b.slot[e] <= b.slot[e - 1]);
        }
    CHECK_EQ(wrong, 0);
    CHECK(b.row[b.people] > 20 * b.people);
    arena_done(&a);
}

TEST(each_term_of_policy_serves_those_it_is_for_at_a_small_price)
{
    for (uint64_t seed = 5; seed < 8; seed++) {
        struct arena a;
        arena_init(&a, 0);
        struct town_params p = small;
        p.seed = seed;
        struct town t = town_make(&a, &p);
        struct batch b = town_pairs(&a, &t);
        struct town_day with = town_place(&a, &t, &b, TERMS);
        CHECK(batch_valid(&a, &b, with.slot_of));
        for (int k = 0; k < TERMS; k++) {
            struct town_day without = town_place(&a, &t, &b, (enum term)k);
            CHECK(with.served[k] > without.served[k]);
            CHECK(with.served[k] <= town_for(&t, (enum term)k));
            CHECK(with.value * 100 > without.value * 95);
        }
        arena_done(&a);
    }
}
