/* strip_ask.c - what a question asks of every slot, made of the person and the question once. */
#include "market/lanes.h"

#include <float.h>

enum { DAY_MIN = 1440, OUT_OF_TOWN_M = 60000, ALL_HOURS = (1 << 24) - 1 };

/* The first minute of the day, so far as minutes reach. */
static int32_t day_min(int32_t day)
{
    return day < INT32_MAX / DAY_MIN ? day * DAY_MIN : INT32_MAX;
}

static void tied_to(const struct seeker *s, struct strip_ask *a)
{
    uint64_t liked = 0, rated = 0;
    for (int i = 0; i < s->n_ties; i++) {
        liked |= s->ties[i].liked > 0 ? employer_bit(s->ties[i].employer_id) : 0;
        rated |= s->ties[i].rated > 0 ? employer_bit(s->ties[i].employer_id) : 0;
    }
    for (int k = 0; k < 2; k++) {
        a->liked[k] = (uint32_t)(liked >> 32 * k);
        a->rated[k] = (uint32_t)(rated >> 32 * k);
    }
}

/* Whether a shift that begins when asked can come so close to this one that it matters; the longest lasts
 * three days, and with a day between one gets anywhere. Left out is, too, what lies so late that sums overflow. */
static bool can_bar(const struct strip_ask *a, const struct busy *b)
{
    int64_t close = a->rest_min > DAY_MIN ? a->rest_min : DAY_MIN;
    return b->from_min < INT32_MAX / 2 && b->to_min + close > a->starts_from_min && b->from_min - close - 3 * DAY_MIN < a->starts_to_min;
}

/* Within a city the way between two shifts bars hardly any, and asking for it of every slot costs more. */
static struct point far_place(const struct seeker *s, const struct busy *b)
{
    bool near = point_known(s->home) && point_m(s->home, b->place) < OUT_OF_TOWN_M;
    return near ? (struct point){0, 0} : b->place;
}

/* Minutes of work that those taken leave of the day of `b`. */
static int32_t work_left(const struct market_params *p, const struct seeker *s, const struct busy *b)
{
    int64_t left = (int64_t)p->day_max_h * 60;
    for (int i = 0; i < s->n_busy; i++)
        left -= s->busy[i].from_min / DAY_MIN == b->from_min / DAY_MIN ? s->busy[i].work_min : 0;
    return p->day_max_h ? (int32_t)left : INT32_MAX;
}

static void take(const struct market_params *p, const struct seeker *s, struct strip_ask *a)
{
    for (int i = 0; i < s->n_busy; i++) {
        const struct busy *b = &s->busy[i];
        if (!can_bar(a, b))
            continue;
        int32_t day = b->from_min / DAY_MIN, at = a->n_taken++;
        for (; at && a->taken[at - 1].from_min > b->from_min; at--)
            a->taken[at] = a->taken[at - 1];
        const struct taken away = {b->from_min, b->to_min, INT32_MIN, INT32_MAX, INT32_MAX, {0, 0}};
        a->taken[at] = b->work_min ? (struct taken){b->from_min, b->to_min, day_min(day), day_min(day + 1), work_left(p, s, b), far_place(s, b)} : away;
        a->others_lat = farther(a->others_lat, b->place.lat);
    }
}

/* The hours of a day in which work of this length begins when asked, on some day, and no shift taken bars it. */
static uint32_t hours_left(const struct strip_ask *a, int32_t work)
{
    uint32_t open = 0;
    for (int64_t at = a->starts_from_min; at < a->starts_to_min && open != ALL_HOURS; at = (at / 60 + 1) * 60) {
        for (const struct taken *b = a->taken; b < a->taken + a->n_taken; b++)
            at = past_one(a, b, work, (int32_t)at);
        open |= at < a->starts_to_min ? 1u << at / 60 % 24 : 0;
    }
    return open;
}

/* Those that the person's hours and the law on nights leave. A shift ends no earlier than its work does. */
static uint32_t hours_lawful(const struct strip_ask *a, int32_t work)
{
    bool day_only = a->night_grown_min >= a->starts_to_min;
    uint32_t open = 0;
    for (int32_t h = 0; h < 24; h++) {
        int32_t first = h * 60, last = first + 59, end = first + work;
        int32_t outside = ((last < a->from_min) | (end > a->to_min)) & (end > a->morning_min);
        int32_t night = day_only & ((last < NIGHT_TO_MIN) | (end > NIGHT_FROM_MIN));
        open |= (uint32_t)!(outside | night) << h;
    }
    return open;
}

/* Those that the school run leaves of a day on which it is. */
static uint32_t hours_of_run(const struct strip_ask *a, int32_t work)
{
    uint32_t open = 0;
    for (int32_t h = 0; h < 24; h++) {
        int32_t last = h * 60 + 59, end = h * 60 + work;
        int32_t care = ((last < a->drop_min) & (a->drop_min < end)) | ((last < a->pick_min) & (a->pick_min < end));
        open |= (uint32_t)!care << h;
    }
    return open;
}

static uint32_t weekdays_asked(const struct strip_ask *a)
{
    uint32_t asked = 0;
    for (int64_t at = a->starts_from_min; at < a->starts_to_min && asked != CARE_DAYS; at = (at / DAY_MIN + 1) * DAY_MIN)
        asked |= cal_weekday_bit((int32_t)(at / DAY_MIN));
    return asked;
}

static void begins_when(struct strip_ask *a)
{
    a->free_days = a->drop_min | a->pick_min ? (weekdays_asked(a) & ~a->care_days) << WEEKDAYS : 0;
    for (int32_t k = 0; k < LENGTHS; k++) {
        a->begins_free[k] = hours_left(a, k * LENGTH_MIN) & hours_lawful(a, k * LENGTH_MIN);
        a->begins[k] = a->begins_free[k] & hours_of_run(a, k * LENGTH_MIN);
        a->bound |= a->begins[k] != ALL_HOURS;
    }
}

struct strip_ask strip_ask_of(const struct market_params *p, const struct seeker *s, const struct question *q)
{
    int stated = __builtin_popcount(s->wishes);
    int32_t wish = wished_fen(p, s);
    bool unknown = s->night_from_day == FOREVER; /* when he was born */
    struct strip_ask a = {
        .order = q->order, .home = s->home, .pay_wished = wish > 0,
        .least_hour = hour_steps(s->floor_fen > p->min_hour_fen ? s->floor_fen : p->min_hour_fen), .seats = s->seats > 1 ? s->seats : 1,
        .starts_from_min = q->from_min > 0 ? q->from_min : 0, .starts_to_min = q->to_min,
        .pay = s->floor_fen > p->min_hour_fen ? HARD_PAY : HARD_MINPAY, .night = unknown ? HARD_BORN : HARD_NIGHT,
        .grown_min = day_min(s->work_from_day), .night_grown_min = day_min(s->night_from_day),
        .limits = s->limits, .heavy = p->minors_never, .heavy_grown_min = unknown ? 0 : day_min(s->night_from_day), .wishes = s->wishes,
        .from_min = s->from_min, .to_min = s->to_min ? hours_to(s) : INT32_MAX, .morning_min = hours_to(s) - DAY_MIN, .drop_min = s->drop_min, .pick_min = s->pick_min,
        .care_days = s->care_days,
        .like_from_min = s->like_from_min, .like_to_min = (float)liked_to(s),
        .travel_min = s->travel_max_min ? s->travel_max_min : FLT_MAX,
        .wish_fen = (float)wish, .wish_each = stated ? weight(PART_WISHES) / (float)stated : 0,
        .wish_base = stated ? 0 : weight(PART_WISHES) / 2, .out = points(staying_out(s)),
        .rest_min = p->rest_h * 60, .day_most_min = p->day_max_h ? p->day_max_h * 60 : INT32_MAX,
        .with = s->with, .with_from_min = s->with_from_min, .with_to_min = s->with_to_min, .care = point_known(s->care) ? s->care : s->home,
        .with_near = (float)group_points(p, 1), .with_site = (float)group_points(p, 2),
        .worth = (float)policy_terms(p, s) + SLACK, .gamma = points(p->gamma)};
    a.others_lat = farther(a.with.lat, a.care.lat);
    tied_to(s, &a);
    take(p, s, &a);
    begins_when(&a);
    for (uint8_t k = 0; k < TRADES_MAX; k++) {
        a.trade_u[k] = weight(PART_TRADE) * points(trade_part(s, k));
        a.trade_f[k] = weight(PART_EXPERIENCE) * points(experience_part(s, k)) + weight(PART_RELIABLE) * points(reliable_part(p, s));
    }
    return a;
}
