/* proxy_test.c - in a town where groups differ in what they can do and are blamed for what they did not, equally
 * qualified people fare alike, and no score gives a group away (matching.md 7.6, B8). */
#include "proxy.h"
#include "test.h"

enum { SEED = 1 };

static const struct town_params unequal = {.seed = SEED, .people = 4000, .slots = 320, .spread_km = 14, .clusters = 10, .blame_pct = 4};
static const struct town_params large = {.seed = SEED, .people = 20000, .slots = 400, .spread_km = 16, .clusters = 12, .blame_pct = 2};

TEST(equally_qualified_people_of_every_group_are_placed_and_listed_alike)
{
    struct arena a;
    arena_init(&a, 0);
    struct town t = town_make(&a, &unequal);
    struct batch b = town_pairs(&a, &t);
    struct town_day d = town_place(&a, &t, &b, TERMS);
    struct share *placed = placed_of(&a, &t, d.slot_of), *listed = listed_of(&a, &t);
    for (int g = 0; g < TOWN_GROUPS; g++) {
        double at_work = selection_ratio(&a, &t, (enum town_group)g, placed), shown = selection_ratio(&a, &t, (enum town_group)g, listed);
        CHECK(at_work >= 0.8 && at_work <= 1.25);
        CHECK(shown >= 0.8 && shown <= 1.25);
    }
    for (int32_t i = 0; i < t.people; i++) /* and who is left out for the group is seen */
        placed[i].got *= i % 3 != 0 || !(t.groups[i] >> TOWN_AWAY & 1);
    CHECK(selection_ratio(&a, &t, TOWN_AWAY, placed) < 0.8);
    arena_done(&a);
}

static double worst_auc(struct arena *a, const struct town_params *p)
{
    double worst = 0;
    int32_t n;
    struct town t = town_make(a, p);
    struct vector *v = score_vectors(a, &t, &n);
    for (int g = 0; g < TOWN_GROUPS; g++) {
        double auc = proxy_auc(a, &t, (enum town_group)g, v, n);
        worst = auc > worst ? auc : worst;
    }
    return worst;
}

TEST(no_score_gives_a_group_away_beyond_what_the_work_asks_for)
{
    struct arena a;
    arena_init(&a, 0);
    CHECK(worst_auc(&a, &large) < 0.55);
    struct town_params just = large;
    just.blame_pct = 0;
    CHECK(worst_auc(&a, &just) < 0.52); /* what is left above is the false record, nothing of the engine */
    arena_done(&a);
}

TEST(a_score_that_knew_the_group_would_be_found_out)
{
    struct arena a;
    int32_t n;
    arena_init(&a, 0);
    struct town t = town_make(&a, &large);
    struct vector *v = score_vectors(&a, &t, &n);
    for (int32_t r = 0; r < n; r++)
        v[r].x[PART_KNOWN] += t.groups[v[r].person] >> TOWN_WOMAN & 1 ? 0.1 : 0;
    CHECK(proxy_auc(&a, &t, TOWN_WOMAN, v, n) > 0.6);
    arena_done(&a);
}
