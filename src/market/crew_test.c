/* crew_test.c - lines against brute force, their bound and the handbook's sewing line. */
#include "market/crew.h"

#include <string.h>

#include "market/dice.h"
#include "test.h"

enum { CASES = 1500, PEOPLE = 6, OPERATIONS = 3, MANY = 90, LONG = 9 };

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

/* The best rate with one more person who does only k, at the norm. */
static int64_t brute_more(struct arena *a, const struct crew_line *l, int32_t k)
{
    int32_t skill[(PEOPLE + 1) * OPERATIONS] = {0}, at[PEOPLE + 1];
    memcpy(skill, l->skill, sizeof *skill * (size_t)(l->people * l->operations));
    skill[l->people * l->operations + k] = 100;
    struct crew_line wide = {l->people + 1, l->operations, l->heads + 1, skill, l->minutes};
    return brute(a, &wide, 0, 0, at);
}

/* A line with places for everybody or, one time in three, for fewer. */
static void make(struct crew_line *l, uint64_t *rnd, int32_t *skill, int32_t *minutes)
{
    l->skill = skill;
    l->minutes = minutes;
    l->heads = dice_below(rnd, 3) ? l->people : dice_below(rnd, l->people + 2);
    for (int32_t k = 0; k < l->operations; k++)
        minutes[k] = 50 + dice_below(rnd, 450);
    for (int32_t k = 0; k < l->people * l->operations; k++)
        skill[k] = dice_below(rnd, 10) < 6 ? 40 + dice_below(rnd, 110) : 0;
}

TEST(small_crews_make_the_fastest_line_there_is)
{
    uint64_t rnd = 20250305;
    int wrong = 0, slower = 0, more = 0;
    struct arena a;
    arena_init(&a, 0);
    for (int t = 0; t < CASES; t++) {
        int32_t skill[PEOPLE * OPERATIONS], minutes[OPERATIONS], at[PEOPLE], k;
        struct crew_line l = {.people = 1 + dice_below(&rnd, PEOPLE),
                              .operations = 1 + dice_below(&rnd, OPERATIONS)};
        make(&l, &rnd, skill, minutes);
        int64_t best = brute(&a, &l, 0, 0, at);
        struct crew c = crew_best(&a, &l);
        wrong += c.ub < best || c.rate != crew_rate(&a, &l, c.at, &k) || c.bottleneck != k;
        wrong += in_crew(&l, c.at) > l.heads;
        slower += c.rate != best;
        more += t % 8 == 0 && c.one_more != brute_more(&a, &l, c.bottleneck);
        arena_reset(&a);
    }
    CHECK_EQ(wrong, 0);
    CHECK_EQ(slower, 0);
    CHECK_EQ(more, 0);
    arena_done(&a);
}

/* One works everywhere, the other only here: who works everywhere must go there. */
TEST(a_crew_does_not_stand_still_because_the_first_move_only_shifts_what_lacks)
{
    static const int32_t minutes[] = {100, 100}, skill[] = {100, 100, 100, 0};
    struct arena a;
    arena_init(&a, 0);
    struct crew c = crew_best(&a, &(struct crew_line){2, 2, 2, skill, minutes});
    CHECK_EQ(c.rate, 6000);
    CHECK_EQ(c.at[0], 1);
    CHECK_EQ(c.at[1], 0);
    arena_done(&a);
}

/* Too many people to try everything. */
TEST(large_crews_come_close_to_their_bound_and_one_more_never_slows_them)
{
    uint64_t rnd = 7;
    int wrong = 0;
    int64_t sum = 0, ub_sum = 0;
    struct arena a;
    arena_init(&a, 0);
    for (int t = 0; t < 12; t++) {
        int32_t skill[MANY * LONG], minutes[LONG];
        struct crew_line l = {.people = MANY - 5 * t, .operations = LONG - t % 4};
        make(&l, &rnd, skill, minutes);
        struct crew c = crew_best(&a, &l);
        wrong += c.rate > c.ub || c.one_more < c.rate || in_crew(&l, c.at) > l.heads;
        sum += c.rate;
        ub_sum += c.ub;
        arena_reset(&a);
    }
    CHECK_EQ(wrong, 0);
    CHECK(sum * 100 >= ub_sum * 96);
    arena_done(&a);
}

/* Person i works at the first and at i + 1, the last only at the first: only one line is whole. */
TEST(a_large_crew_finds_the_only_line_there_is)
{
    int32_t skill[MANY * MANY] = {0}, minutes[MANY];
    struct arena a;
    arena_init(&a, 0);
    for (int32_t i = 0; i < MANY; i++) {
        minutes[i] = 100;
        skill[i * MANY] = 100;
        skill[i * MANY + (i + 1) % MANY] = 100;
    }
    struct crew c = crew_best(&a, &(struct crew_line){MANY, MANY, MANY, skill, minutes});
    CHECK_EQ(c.rate, 6000);
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
