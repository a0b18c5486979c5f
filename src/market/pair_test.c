/* pair_test.c - two shifts that belong together: exactly the best there are, and only what the person can do with both. */
#include "market/pair.h"

#include <stdlib.h>
#include <string.h>

#include "market/dice.h"
#include "sample_town.h"
#include "test.h"

enum { SLOTS = 1200, SPREAD = 60000, ASKED = 150, DAY = 20782, N = 48 };

/* ---- by hand ---- */

static struct slot shift(int64_t id, int32_t from_min, int32_t hours, int32_t east_m)
{
    return (struct slot){.id = id, .employer_id = id, .place = {113300000 + east_m * 10, 23100000}, .start_min = DAY * 1440 + from_min,
                         .end_min = DAY * 1440 + from_min + hours * 60, .valid_to_day = DAY, .left = 1, .cap = 1, .verified = true};
}

/* Nine in the morning, and three in the afternoon 3 km off. */
static struct slot morning, noon;
static struct seeker somebody(void)
{
    morning = shift(1, 9 * 60, 4, 0);
    noon = shift(2, 15 * 60, 4, 3000);
    return (struct seeker){.id = 1, .home = {113300000, 23100000}, .seats = 1, .skills = UINT64_MAX};
}

static size_t days(const struct seeker *s)
{
    const struct hit v[] = {{&noon, {.rank = 5}}, {&morning, {.rank = 7}}};
    struct pair x[PAIRS_MOST];
    struct market_params p = sample_params();
    size_t n = pairs_of_day(&p, s, &(struct pair_list){v, 2}, x);
    CHECK(!n || (x[0].first->slot == &morning && x[0].second->slot == &noon));
    return n;
}

TEST(a_morning_and_an_afternoon_are_a_day_for_who_has_the_time)
{
    struct seeker s = somebody();
    CHECK_EQ(days(&s), 1);
    s.care_days = CARE_DAYS;
    s.pick_min = 17 * 60; /* the school is at home */
    CHECK_EQ(days(&s), 0);
    s.pick_min = 14 * 60; /* fetched between the two */
    CHECK_EQ(days(&s), 1);
    s = somebody();
    s.seats = 2;
    CHECK_EQ(days(&s), 0);
}

TEST(what_only_the_other_shift_forbids_is_no_day)
{
    struct seeker s = somebody();
    morning.end_min += 90; /* 14:30, and half an hour for 3 km */
    CHECK_EQ(days(&s), 1);
    morning.end_min += 20;
    noon.place.lon += 60000;
    CHECK_EQ(days(&s), 0);
    s = somebody();
    morning.end_min = noon.start_min + 1;
    CHECK_EQ(days(&s), 0);
    s = somebody();
    s.busy[s.n_busy++] = (struct busy){DAY * 1440 + 20 * 60, DAY * 1440 + 24 * 60, 240, {0, 0}}; /* twelve hours with both */
    CHECK_EQ(days(&s), 0);
    s = somebody();
    noon.start_min += 1440;
    noon.end_min += 1440;
    CHECK_EQ(days(&s), 0);
}

TEST(the_way_between_two_shifts_is_within_the_reach_of_who_goes_it)
{
    struct seeker s = somebody();
    s.home.lon += 15000; /* half way */
    s.travel_max_min = (int16_t)geo_travel_min(point_m(morning.place, noon.place));
    CHECK_EQ(days(&s), 1);
    s.travel_max_min--;
    CHECK_EQ(days(&s), 0);
    s.travel_max_min = 0;
    noon.place.lon = 113300000 + 83000; /* 8.5 km, 45 minutes */
    CHECK_EQ(days(&s), 1);
    noon.place.lon += 1000;
    CHECK_EQ(days(&s), 0);
    s.travel_max_min = 60;
    CHECK_EQ(days(&s), 1);
    noon.place = (struct point){0, 0};
    CHECK_EQ(days(&s), 1);
}

TEST(only_half_days_are_put_together)
{
    struct seeker s = somebody();
    morning.start_min -= 120; /* 7:00 to 13:00 */
    CHECK(slot_is_half(&morning));
    CHECK_EQ(days(&s), 1);
    morning.start_min -= 1;
    CHECK(!slot_is_half(&morning));
    CHECK_EQ(days(&s), 0);
    s = somebody();
    noon.end_min += 121;
    CHECK_EQ(days(&s), 0);
}

TEST(who_has_as_many_shifts_as_can_be_known_is_offered_no_day)
{
    struct seeker s = somebody();
    for (int i = 0; i < MAX_BUSY; i++, s.n_busy++)
        s.busy[i] = (struct busy){(DAY - 9) * 1440, (DAY - 9) * 1440 + 60, 60, {0, 0}};
    CHECK_EQ(days(&s), 0);
    s.n_busy--;
    CHECK_EQ(days(&s), 1);
}

static int32_t between(struct slot *a, struct slot *b)
{
    const struct hit x = {a, {.rank = 1}}, y = {b, {.rank = 1}};
    struct pair v[PAIRS_MOST];
    return pairs_at_place(&(struct pair_list){&x, 1}, &(struct pair_list){&y, 1}, v) ? v[0].between_min : -2;
}

TEST(a_place_for_two_is_one_place_and_nearly_one_time)
{
    struct slot a = shift(1, 480, 8, 0), b = shift(2, 480, 8, 0);
    CHECK_EQ(between(&a, &b), 0);
    CHECK_EQ(between(&a, &a), -2); /* one shift with two places is on the list of each */
    b.place.lon += 1400;           /* 143 m */
    CHECK_EQ(between(&a, &b), geo_travel_min(point_m(a.place, b.place)));
    b.place.lon += 100;
    CHECK_EQ(between(&a, &b), -2);
    b = shift(2, 540, 8, 0);
    CHECK_EQ(between(&a, &b), 0);
    b.start_min++;
    CHECK_EQ(between(&a, &b), -2);
    b = shift(2, 480, 8, 0);
    b.end_min += 61;
    CHECK_EQ(between(&a, &b), -2);
    b = shift(2, 480, 8, 0);
    b.place = (struct point){0, 0};
    CHECK_EQ(between(&a, &b), -2);
    CHECK_EQ(between(&b, &a), -2);
    a = shift(1, 1430, 8, 0); /* over midnight */
    b = shift(2, 1450, 8, 0);
    CHECK_EQ(between(&a, &b), -2);
}

/* ---- exactly the best ---- */

struct all {
    struct pair v[N * N];
    size_t n;
};

static int by_worth(const void *x, const void *y)
{
    const struct pair *a = x, *b = y;
    int64_t p[] = {(int64_t)b->first->fit.rank + b->second->fit.rank, a->first->slot->id, a->second->slot->id};
    int64_t q[] = {(int64_t)a->first->fit.rank + a->second->fit.rank, b->first->slot->id, b->second->slot->id};
    for (int i = 0; i < 3; i++)
        if (p[i] != q[i])
            return p[i] < q[i] ? -1 : 1;
    return 0;
}

static bool in(const struct pair *x, const struct slot *t)
{
    return x->first->slot == t || x->second->slot == t;
}

/* Sorts all, strikes out what shares a shift with one before, and compares. */
static int differ(struct all *all, const struct pair *v, size_t n)
{
    size_t kept = 0;
    int wrong = 0;
    qsort(all->v, all->n, sizeof *all->v, by_worth);
    for (size_t i = 0; i < all->n && kept < PAIRS_MOST; i++) {
        bool twice = false;
        for (size_t k = 0; k < kept; k++)
            twice |= in(&all->v[k], all->v[i].first->slot) || in(&all->v[k], all->v[i].second->slot);
        if (twice)
            continue;
        all->v[kept] = all->v[i];
        wrong += kept >= n || by_worth(&all->v[kept], &v[kept]) != 0;
        kept++;
    }
    return wrong + (kept != n);
}

static bool fits_with(const struct seeker *s, const struct slot *t, const struct slot *with)
{
    struct market_params p = sample_params();
    struct seeker x = *s;
    x.busy[x.n_busy++] = (struct busy){with->start_min, with->end_min, with->end_min - with->start_min - with->break_min, with->place};
    return fit_of(&p, &x, t).hard == HARD_NONE;
}

static int day_differs(const struct seeker *s, const struct pair_list *list, struct all *all)
{
    struct pair v[PAIRS_MOST];
    struct market_params p = sample_params();
    size_t n = pairs_of_day(&p, s, list, v);
    all->n = 0;
    for (size_t i = 0; i < list->n; i++)
        for (size_t k = 0; k < list->n; k++) {
            const struct slot *a = list->v[i].slot, *b = list->v[k].slot;
            bool half = a->end_min - a->start_min <= 360 && b->end_min - b->start_min <= 360;
            bool known = point_known(a->place) && point_known(b->place), far = known && geo_travel_min(point_m(a->place, b->place)) > (s->travel_max_min ? s->travel_max_min : 45);
            if (s->seats < 2 && i != k && half && !far && a->start_min / 1440 == b->start_min / 1440 && a->end_min <= b->start_min &&
                fits_with(s, a, b) && fits_with(s, b, a))
                all->v[all->n++] = (struct pair){&list->v[i], &list->v[k], 0};
        }
    return differ(all, v, n);
}

static int place_differs(const struct pair_list *one, const struct pair_list *other, struct all *all)
{
    struct pair v[PAIRS_MOST];
    size_t n = pairs_at_place(one, other, v);
    all->n = 0;
    for (size_t i = 0; i < one->n; i++)
        for (size_t k = 0; k < other->n; k++) {
            const struct slot *a = one->v[i].slot, *b = other->v[k].slot;
            bool near = point_known(a->place) && point_known(b->place) && point_m(a->place, b->place) <= 150;
            if (a != b && near && a->start_min / 1440 == b->start_min / 1440 && abs(a->start_min - b->start_min) <= 60 &&
                abs(a->end_min - b->end_min) <= 60)
                all->v[all->n++] = (struct pair){&one->v[i], &other->v[k], 0};
        }
    return differ(all, v, n);
}

/* The best of the market for a person, copied; ranks are made alike, so that ids decide too. */
static struct pair_list list_of(struct finder *f, const struct seeker *s, struct hit *to)
{
    struct market_params p = sample_params();
    struct question q = sample_ask(ORDER_FIT, N);
    const struct hit *v;
    size_t n = market_top(f, &p, s, &q, &v);
    for (size_t i = 0; i < n; i++) {
        to[i] = v[i];
        to[i].fit.rank = v[i].fit.rank / 4000 * 4000;
    }
    return (struct pair_list){to, n};
}

/* Many shifts of few days at few places. */
static struct market *town(uint64_t *rnd)
{
    struct market *m = market_new();
    for (int64_t id = 1; id <= SLOTS; id++) {
        struct slot t = sample_slot(rnd, id, SPREAD);
        if (id % 3 && point_known(t.place))
            t.place = (struct point){113300000 + dice_below(rnd, 40) * 900, 23100000};
        if (id % 2) {
            t.start_min = DAY * 1440 + 300 + dice_below(rnd, 60) * 15;
            t.end_min = t.start_min + 180 + dice_below(rnd, 20) * 15;
        }
        CHECK(market_apply(m, &(struct fact){.kind = FACT_SLOT, .slot = t}));
    }
    return m;
}

TEST(pairs_are_exactly_the_best_of_all_that_there_are)
{
    static struct all all;
    uint64_t rnd = 47;
    struct hit a[N], b[N];
    size_t of_day = 0, at_place = 0;
    int wrong = 0;
    struct market *m = town(&rnd);
    for (int i = 0; i < ASKED; i++) {
        struct seeker s = sample_seeker(&rnd, 1, SPREAD), other = sample_seeker(&rnd, 2, SPREAD);
        struct finder *f = market_read(m);
        struct pair_list one = list_of(f, &s, a), two = list_of(f, &other, b);
        wrong += day_differs(&s, &one, &all);
        of_day += all.n > 0;
        wrong += place_differs(&one, &two, &all);
        at_place += all.n > 0;
        market_done(f);
    }
    CHECK_EQ(wrong, 0);
    CHECK(of_day > ASKED / 4 && at_place > ASKED / 4);
    market_free(m);
}
