/* crew_test.c - lines against brute force, their bound and the handbook's sewing line. */
#include "market/crew.h"

#include "market/dice.h"
#include "test.h"

enum { CASES = 1500, PEOPLE = 6, OPERATIONS = 3 };

static int64_t brute(struct arena *a, const struct crew_line *l, int32_t i, int32_t heads,
                     int32_t *at)
{
    int32_t k;
    if (i == l->people)
        return crew_rate(a, l, at, &k);
    at[i] = CREW_OUT;
    int64_t best = brute(a, l, i + 1, heads, at);
    for (k = 0; heads < l->heads && k < l->operations; k++) {
        at[i] = k;
        int64_t v = brute(a, l, i + 1, heads + 1, at);
        best = v > best ? v : best;
    }
    return best;
}

static int32_t in_crew(const struct crew_line *l, const int32_t *at)
{
    int32_t n = 0;
    for (int32_t i = 0; i < l->people; i++)
        n += at[i] != CREW_OUT;
    return n;
}

TEST(crews_come_close_to_the_fastest_line_and_never_above_their_bound)
{
    uint64_t rnd = 20250305;
    int wrong = 0, optimal = 0;
    int64_t sum = 0, best_sum = 0;
    struct arena a;
    arena_init(&a, 0);
    for (int t = 0; t < CASES; t++) {
        int32_t skill[PEOPLE * OPERATIONS], minutes[OPERATIONS], at[PEOPLE], k;
        struct crew_line l = {1 + dice_below(&rnd, PEOPLE), 1 + dice_below(&rnd, OPERATIONS),
                              dice_below(&rnd, PEOPLE + 1), skill, minutes};
        for (k = 0; k < l.operations; k++)
            minutes[k] = 20 + dice_below(&rnd, 200);
        for (k = 0; k < l.people * l.operations; k++)
            skill[k] = dice_below(&rnd, 3) ? 40 + dice_below(&rnd, 100) : 0;
        int64_t best = brute(&a, &l, 0, 0, at);
        struct crew c = crew_best(&a, &l);
        wrong += c.rate > best || c.ub < best || c.rate != crew_rate(&a, &l, c.at, &k);
        wrong += in_crew(&l, c.at) > l.heads || c.bottleneck != k;
        optimal += c.rate == best;
        sum += c.rate;
        best_sum += best;
        arena_reset(&a);
    }
    CHECK_EQ(wrong, 0);
    CHECK(optimal * 100 >= CASES * 80);
    CHECK(sum * 100 >= best_sum * 96);
    arena_done(&a);
}

/* Cutting 1 min, flat seam 3 min, overlock 2 min: the one who overlocks is what holds the line. */
TEST(crews_name_the_operation_that_holds_the_line_and_what_one_more_person_would_bring)
{
    static const int32_t minutes[] = {100, 300, 200};
    static const int32_t skill[] = {100, 100, 0, 0, 100, 0, 0, 100, 0, 0, 100, 0, 90, 0, 100};
    struct arena a;
    arena_init(&a, 0);
    struct crew_line l = {5, 3, 5, skill, minutes};
    struct crew c = crew_best(&a, &l);
    CHECK_EQ(c.rate, 3000); /* 60 * 1.00 / 2.00 minutes = 30 pieces an hour */
    CHECK_EQ(c.bottleneck, 2);
    CHECK_EQ(c.at[4], 2);
    CHECK_EQ(c.at[0], 0);
    CHECK_EQ(c.one_more, 6000);
    arena_done(&a);
}

TEST(crews_cope_with_nobody_no_operations_no_skill_and_no_heads)
{
    static const int32_t minutes[] = {100, 100};
    static const int32_t none[] = {0, 0, 0, 0}, some[] = {100, 50, 50, 100};
    struct arena a;
    arena_init(&a, 0);
    struct crew c = crew_best(&a, &(struct crew_line){2, 0, 2, none, minutes});
    CHECK_EQ(c.rate, 0);
    CHECK_EQ(c.bottleneck, -1);
    c = crew_best(&a, &(struct crew_line){0, 2, 2, none, minutes});
    CHECK_EQ(c.rate, 0);
    c = crew_best(&a, &(struct crew_line){2, 2, 2, none, minutes});
    CHECK_EQ(c.ub, 0);
    c = crew_best(&a, &(struct crew_line){2, 2, 0, some, minutes});
    CHECK_EQ(c.rate, 0);
    c = crew_best(&a, &(struct crew_line){2, 2, 2, some, minutes});
    CHECK_EQ(c.rate, 6000);
    arena_done(&a);
}
