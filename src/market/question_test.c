/* question_test.c - what a question leaves out is not on the list, and its places go to the next. */
#include <string.h>

#include "market/dice.h"
#include "sample_town.h"
#include "test.h"

enum { SLOTS = 2000, SPREAD = 400000, ASKED = 200, ONE_OF = 8 };

static bool is_of(const void *rest, const struct market_params *p, const struct slot *t)
{
    (void)p;
    return t->employer_id % ONE_OF == *(const int64_t *)rest;
}

/* Of the best and of all that is open: none is of others, and the list is full or holds all there is. */
static int wrong_in(struct finder *f, const struct seeker *s, const struct question *q, size_t *ret_open)
{
    struct market_params p = sample_params();
    struct hit first[MARKET_TOP];
    const struct hit *v;
    size_t n = market_top(f, &p, s, q, &v), open = market_near_miss(f, &p, s, q).of[HARD_NONE][0].opens;
    int wrong = n != (open < q->k ? open : q->k);
    for (size_t k = 0; k < n; k++) {
        wrong += q->lets && !is_of(q->arg, &p, v[k].slot);
        first[k] = v[k];
    }
    wrong += market_top_scan(f, &p, s, q, &v) != n;
    for (size_t k = 0; k < n; k++)
        wrong += first[k].slot != v[k].slot;
    *ret_open += open;
    return wrong + (market_usual(f, &p, s, q).n > (int64_t)open);
}

TEST(what_a_question_does_not_let_through_leaves_its_place_to_the_next)
{
    uint64_t rnd = 41;
    struct market *m = market_new();
    const int64_t rest = 3;
    size_t all = 0, few = 0;
    int wrong = 0;
    for (int64_t i = 0; i < SLOTS; i++)
        CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = sample_slot(&rnd, i + 1, SPREAD)}));
    for (int i = 0; i < ASKED; i++) {
        struct seeker s = sample_seeker(&rnd, 1, SPREAD);
        struct question q = sample_ask((enum order)(i % 4), 10);
        struct finder *f = market_read(m);
        wrong += wrong_in(f, &s, &q, &all);
        q.lets = is_of;
        q.arg = &rest;
        wrong += wrong_in(f, &s, &q, &few);
        market_done(f);
    }
    CHECK_EQ(wrong, 0);
    CHECK(few > 0 && few * 4 < all);
    market_free(m);
}

static void add_id(void *arg, const struct slot *t)
{
    *(int64_t *)arg += t->id;
}

TEST(a_shift_so_late_that_sums_of_minutes_overflow_is_refused)
{
    struct market *m = market_new();
    uint64_t rnd = 5;
    struct fact f = {.kind = FACT_SLOT, .slot = sample_slot(&rnd, 1, SPREAD)};
    f.slot.start_min = INT32_MAX / 2;
    f.slot.end_min = f.slot.start_min + 60;
    CHECK(market_apply(m, &f));
    f.slot.start_min++;
    CHECK(!market_apply(m, &f));
    market_free(m);
}

TEST(each_slot_of_the_market_is_seen_once)
{
    struct market *m = market_new();
    uint64_t rnd = 3;
    int64_t sum = 0;
    for (int64_t id = 1; id <= 100; id++)
        CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = sample_slot(&rnd, id, 300000)}));
    struct finder *f = market_read(m);
    market_each_slot(f, add_id, &sum);
    CHECK_EQ(sum, 5050);
    market_done(f);
    market_free(m);
}

#ifdef __SANITIZE_ADDRESS__ /* what counts; every run of CI has it */
int __sanitizer_install_malloc_and_free_hooks(void (*taken)(const volatile void *, size_t), void (*given)(const volatile void *));
static _Thread_local int n_taken;

static void took(const volatile void *p, size_t n)
{
    (void)p;
    (void)n;
    n_taken++;
}

static void gave(const volatile void *p)
{
    (void)p;
}

static void ask_all(struct finder *f, uint64_t *rnd)
{
    struct market_params p = sample_params();
    struct seeker s = sample_seeker(rnd, 1, SPREAD);
    const struct hit *v;
    for (enum order by = ORDER_FIT; by <= ORDER_PAY; by++) {
        struct question q = sample_ask(by, MARKET_TOP);
        market_top(f, &p, &s, &q, &v);
        market_near_miss(f, &p, &s, &q);
        market_usual(f, &p, &s, &q);
    }
}

TEST(a_question_takes_no_memory_once_the_first_was_asked)
{
    uint64_t rnd = 43;
    struct market *m = market_new();
    for (int64_t id = 1; id <= SLOTS; id++)
        CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = sample_slot(&rnd, id, SPREAD)}));
    CHECK(__sanitizer_install_malloc_and_free_hooks(took, gave));
    struct finder *f = market_read(m);
    CHECK(n_taken > 0);
    ask_all(f, &rnd);
    n_taken = 0;
    for (int i = 0; i < ASKED; i++)
        ask_all(f, &rnd);
    CHECK_EQ(n_taken, 0);
    market_done(f);
    market_free(m);
}
#endif

static struct slot sewing_of(int64_t id, int64_t employer_id, int32_t hour_fen, int32_t start_min)
{
    struct slot t = {.id = id, .employer_id = employer_id, .hour_fen = hour_fen, .verified = true, .trade = 1, .left = 1, .cap = 1,
                     .start_min = start_min, .end_min = start_min + 480, .valid_to_day = FOREVER};
    t.shift_fen = hour_fen * 8;
    return t;
}

/* Ten sewing rooms, the first three of employer 7; ironing beside them; and one for who wants it least. */
static struct market *sewing_rooms(int32_t start_min)
{
    struct market *m = market_new();
    for (int64_t id = 1; id <= 12; id++) {
        struct slot t = sewing_of(id, id <= 3 || id == 12 ? 7 : 10 + id, 4000 - (int32_t)id * 100, start_min);
        t.trade = id == 11 ? 3 : 1;
        CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = t}));
    }
    return m;
}

TEST(what_is_proposed_comes_first_and_pushes_no_neighbouring_trade_behind_the_fifth)
{
    struct market_params p = sample_params();
    struct market *m = sewing_rooms(p.now_min + 1440);
    struct seeker s = {.id = 1, .trade = 1, .outside = 35000, .seats = 1, .idle_since_min = p.now_min - 20 * 1440};
    struct question q = sample_ask(ORDER_FIT, 8);
    const struct hit *v;
    const int64_t rest = 3;
    q.first_id = 12;
    for (int scan = 0; scan < 2; scan++) {
        struct finder *f = market_read(m);
        CHECK_EQ((scan ? market_top_scan : market_top)(f, &p, &s, &q, &v), 8);
        int same = 0, once = 0;
        for (int i = 0; i < 8; i++) {
            same += i < 5 && v[i].slot->employer_id == 7;
            once += v[i].slot->id == 12;
        }
        CHECK_EQ(v[0].slot->id, 12);
        CHECK_EQ(v[4].slot->id, 11);
        CHECK_EQ(same, 2); /* itself and one more */
        CHECK_EQ(once, 1);
        q.trades = 1 << 3;
        CHECK_EQ(market_top(f, &p, &s, &q, &v), 1); /* not what was asked for */
        CHECK_EQ(v[0].slot->id, 11);
        q.trades = ALL_TRADES;
        q.to_min = p.now_min + 1440;
        CHECK_EQ(market_top(f, &p, &s, &q, &v), 0); /* nor when */
        q = sample_ask(ORDER_FIT, 8);
        q.first_id = 12;
        q.lets = is_of;
        q.arg = &rest;
        CHECK_EQ(market_top(f, &p, &s, &q, &v), 1); /* nor of whom */
        CHECK_EQ(v[0].slot->id, 9);
        q.lets = NULL;
        q.first_id = 77;
        CHECK_EQ(market_top(f, &p, &s, &q, &v), 8); /* there is none */
        CHECK_EQ(v[0].slot->id, 1);
        q.first_id = 12;
        s.floor_fen = 3000;
        CHECK_EQ(market_top(f, &p, &s, &q, &v), 8); /* not for this person any more */
        CHECK_EQ(v[0].slot->id, 1);
        s.floor_fen = 0;
        q.k = 20;
        CHECK_EQ(market_top(f, &p, &s, &q, &v), 12); /* among all there are */
        CHECK_EQ(v[0].slot->id, 12);
        q.k = 8;
        market_done(f);
    }
    market_free(m);
}
