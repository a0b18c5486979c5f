/* strip.h - what a question asks of many slots, by columns and sixteen at a time, so that one pass
 * over plain arrays tells the most that each can be worth; the compiler makes vector instructions of
 * it. A `strip` holds slots of a leaf, a `fan` the bounds of nodes. Floating point only decides whom
 * NOT to look at: whatever may be an answer is looked at in whole numbers, so answers are the same on
 * every machine. Only for the market's index (tree.h). O(1) each; nothing is allocated. */
#pragma once
#include "market/market.h"

enum { STRIP = 16, HOUR_STEP = 16, LENGTHS = 5, LENGTH_MIN = 120, WEEKDAYS = 24 };

/* No slot below is outside of these. */
struct bounds {
    int32_t n;
    int32_t west, east, south, north; /* all 0: places unknown */
    int32_t rate_fen, work_min;       /* the most (pay + extras) an hour of work, the longest work */
    int32_t work_least_min;           /* and the shortest */
    int32_t price_min, hour_max_fen, start_first_min, start_last_min;
    int32_t from_last_min, to_first_min; /* within the day: the latest beginning, the earliest end */
    uint32_t offers;
    uint64_t employers; /* bit employer_bit(id) set: perhaps there */
    uint64_t starts[2]; /* bit start_min / 60 % 128 set: perhaps one that begins in this hour */
    uint32_t begins[LENGTHS]; /* bit h set: perhaps one of this length of work that begins in hour h of a day; bit WEEKDAYS + d: on weekday d */
    bool by_day, skills_wanted, pay_unknown;
};

/* Of the bounds, what is asked once for all sixteen: before the columns, so that it comes with them. */
struct head {
    uint64_t employers;
    int32_t lat, n; /* the latitude farthest from the equator; columns in use */
    bool place_known, is_page;
};
struct head head_of(const struct bounds *b, int32_t n, bool is_page);

/* Small, because a search waits for memory more than for anything else. */
struct strip { /* 592 bytes */
    int32_t lon[STRIP], lat[STRIP], start_min[STRIP];
    float pay[STRIP], price[STRIP]; /* (pay + extras) x 60, 0 = unknown; points */
    uint32_t offers[STRIP];
    int16_t from_min[STRIP], to_min[STRIP], work_min[STRIP], left[STRIP]; /* the first two from the day's beginning */
    uint16_t needs[STRIP], hour[STRIP];                                   /* the lowest 16 bits; steps of HOUR_STEP fen, 0 = unknown */
    uint8_t wanted[STRIP];                                                /* skills are welcome */
};
void strip_set(struct strip *v, size_t at, const struct slot *t);

/* Steps of LENGTH_MIN; the last: as long or longer. */
int32_t length_of(int32_t work_min);

struct fan { /* 1488 bytes */
    int32_t west[STRIP], east[STRIP], south[STRIP], north[STRIP], start_first_min[STRIP], start_last_min[STRIP];
    float pay[STRIP], price[STRIP];
    uint32_t offers[STRIP];
    int16_t from_last_min[STRIP], to_first_min[STRIP], work_min[STRIP], work_least_min[STRIP];
    uint16_t hour[STRIP]; /* the most */
    uint8_t wanted[STRIP], by_day[STRIP], unknown[STRIP]; /* some; the last: state no pay */
    uint32_t employers[2][STRIP];
    uint64_t starts[STRIP][2];
    uint32_t begins[LENGTHS][STRIP];
};
void fan_set(struct fan *v, size_t at, const struct bounds *b);

/* A shift taken, and what it leaves of its day. A time for which somebody has said that he has none: all days are its day, and it
 * leaves all of the work, so that it bars no more than itself. */
struct taken {
    int32_t from_min, to_min, day_from_min, day_to_min, work_left_min;
    struct point far; /* its place, where the way from there can bar more than rest does; else unknown */
};

/* What a question asks of every one. */
struct strip_ask {
    enum order order;
    struct point home;
    bool pay_wished;
    int32_t least_hour, seats, starts_from_min, starts_to_min, grown_min, night_grown_min, heavy_grown_min;
    int32_t from_min, to_min, drop_min, pick_min; /* within the day; to_min may be in the next */
    int32_t morning_min; /* hours over midnight reach from 0 to here too; below 1 without */
    enum hard pay, night; /* which stands before what is paid less, before night work */
    uint32_t limits, heavy, wishes, liked[2], rated[2]; /* heavy: what needs heavy_grown_min; the last two: bits of employers that are more than unknown */
    uint32_t begins[LENGTHS]; /* bit h set: work of this length may begin in hour h on some day of the question, as far as */
    bool bound;               /* hours, school run, age and shifts taken say; some bit is not */
    uint32_t begins_free[LENGTHS]; /* the same on free_days: bits from WEEKDAYS on of days asked for that are none of care_days */
    uint32_t care_days, free_days;
    struct taken taken[MAX_BUSY]; /* those that can bar something, by their beginning */
    int32_t n_taken, rest_min, day_most_min;
    struct point care; /* where the school run ends */
    struct point with; /* unknown where being near adds nothing */
    int32_t with_from_min, with_to_min, others_lat; /* the last: of these and the shifts, farthest from the equator */
    float with_near, with_site; /* points */
    float like_from_min, like_to_min, travel_min;
    float wish_fen, wish_each, wish_base, out, worth, gamma;
    float trade_u[TRADES_MAX], trade_f[TRADES_MAX]; /* weighted parts: trade; experience and reliability */
};
struct strip_ask strip_ask_of(const struct market_params *p, const struct seeker *s, const struct question *q);
uint64_t employer_bit(int64_t id);

/* What is the same for all of a trade within some bounds. */
struct strip_area {
    float m_lon, m_lon_others; /* metres a millionth of a degree of longitude, never too many; the second from others_lat */
    float u, f, again, known; /* weighted parts; the last two as somebody in the box may have them */
    bool way_known, place_known;
};
struct strip_area strip_area_of(const struct strip_ask *a, int32_t trade, const struct head *h);

/* most[i]: no less than the key of slot i or of any below node i: the rank (ORDER_FIT), minus the
 * metres (NEAR), minus the minutes after q->from_min (SOON), the pay an hour (PAY). -FLT_MAX: breaks
 * a constraint or does not begin when asked. */
void strip_most(const struct strip *v, const struct strip_ask *a, const struct strip_area *l, float *most);
void fan_most(const struct fan *v, const struct strip_ask *a, const struct strip_area *l, float *most);
/* Bits of enum hard that slot i, or every slot below node i, breaks for certain. HARD_OVERLAP stands for
 * whatever a shift taken bars: OVERLAP, AWAY, BETWEEN, REST or DAY. HARD_NONE: does not begin when asked, or lies beyond any reach; of a node also that what does is
 * barred by age or by a shift taken, one for this reason and one for that; HARD_CARE of a node: of those that begin when asked. O(shifts taken). */
void strip_broken(const struct strip *v, const struct strip_ask *a, const struct strip_area *l, uint32_t *broken);
void fan_broken(const struct fan *v, const struct strip_ask *a, const struct strip_area *l, uint32_t *broken);
/* Not 0: every slot below node i breaks something, one this and one that. Besides fan_broken it looks at when work
 * of each length begins. */
void fan_shut(const struct fan *v, const struct strip_ask *a, const struct strip_area *l, uint32_t *shut);
