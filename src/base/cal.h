/* cal.h - instants (int64 ms UTC), days (int32 since 1970-01-01) and the market's clock, which is
 * Asia/Shanghai: UTC+8 without summer time since 1991. No function here reads a clock. */
#pragma once
#include "base/str.h"

enum { MIN_MS = 60 * 1000, HOUR_MS = 60 * MIN_MS, DAY_MS = 24 * HOUR_MS, CST_MS = 8 * HOUR_MS };

struct ymd {
    int y, m, d;
};

int32_t cal_day(int64_t ms);                 /* the day of an instant on the market's clock */
int32_t cal_minute(int64_t ms);              /* minute of that day, 0..1439 */
int32_t cal_market_min(int64_t ms);        /* minutes since 1970-01-01 00:00 on that clock */
int64_t cal_ms(int32_t day, int32_t minute); /* instant of a local day and minute */
int cal_weekday(int32_t day);                /* 1 = Monday .. 7 = Sunday */
static inline uint32_t cal_weekday_bit(int32_t day) /* bit 0 = Monday; of a day from 1970 on, a Thursday */
{
    return 1u << ((day + 3) % 7);
}
struct ymd cal_ymd(int32_t day);
int32_t cal_from_ymd(struct ymd x); /* proleptic Gregorian; x must be a real date */
bool cal_valid(struct ymd x);       /* 1900..2199 and a real date */

bool cal_parse_day(struct str s, int32_t *ret); /* YYYY-MM-DD */
bool cal_parse_ms(struct str s,
                  int64_t *ret); /* RFC 3339 with offset or Z; or YYYY-MM-DDTHH:MM local */
struct str cal_day_text(struct arena *a, int32_t day); /* 2026-11-24 */
struct str cal_clock_text(struct arena *a, int32_t minute); /* 08:30 */
struct str cal_ms_text(struct arena *a, int64_t ms);   /* 2026-11-24T08:30:00+08:00 */

/* A date by its digits, 19700131: for what may lie before 1970 or on its first day and may be missing, for 0 is no date. */
int32_t cal_date(struct ymd x);
struct ymd cal_date_ymd(int32_t date);

/* Whole years of age on `day` of somebody born on that date. */
int cal_age(int32_t born_date, int32_t day);
