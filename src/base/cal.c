/* cal.c - the civil calendar by counting days from 1 March 0000 in cycles of 400 years. */
#include "base/cal.h"

enum { DAYS_400Y = 146097, DAYS_TO_1970 = 719468 };

static int64_t floor_div(int64_t x, int64_t y)
{
    return x / y - (x % y < 0);
}

int32_t cal_day(int64_t ms)
{
    return (int32_t)floor_div(ms + CST_MS, DAY_MS);
}

int32_t cal_minute(int64_t ms)
{
    return (int32_t)((ms + CST_MS - (int64_t)cal_day(ms) * DAY_MS) / MIN_MS);
}

int32_t cal_market_min(int64_t ms)
{
    return cal_day(ms) * 1440 + cal_minute(ms);
}

int64_t cal_ms(int32_t day, int32_t minute)
{
    return (int64_t)day * DAY_MS + (int64_t)minute * MIN_MS - CST_MS;
}

int cal_weekday(int32_t day)
{
    int64_t since_monday = (int64_t)day + 3; /* 1970-01-01 was a Thursday */
    return (int)(since_monday - floor_div(since_monday, 7) * 7) + 1;
}

struct ymd cal_ymd(int32_t day)
{
    int64_t z = (int64_t)day + DAYS_TO_1970;
    int64_t cycle = floor_div(z, DAYS_400Y);
    int64_t in_cycle = z - cycle * DAYS_400Y;
    int64_t year = (in_cycle - in_cycle / 1460 + in_cycle / 36524 - in_cycle / 146096) / 365;
    int64_t in_year = in_cycle - (365 * year + year / 4 - year / 100);
    int64_t march_month = (5 * in_year + 2) / 153;
    int d = (int)(in_year - (153 * march_month + 2) / 5 + 1);
    int m = (int)(march_month < 10 ? march_month + 3 : march_month - 9);
    return (struct ymd){(int)(year + cycle * 400) + (m <= 2), m, d};
}

int32_t cal_from_ymd(struct ymd x)
{
    int64_t y = x.y - (x.m <= 2);
    int64_t cycle = floor_div(y, 400);
    int64_t year = y - cycle * 400;
    int64_t in_year = (153 * (x.m > 2 ? x.m - 3 : x.m + 9) + 2) / 5 + x.d - 1;
    int64_t in_cycle = year * 365 + year / 4 - year / 100 + in_year;
    return (int32_t)(cycle * DAYS_400Y + in_cycle - DAYS_TO_1970);
}

bool cal_valid(struct ymd x)
{
    if (x.y < 1900 || x.y > 2199 || x.m < 1 || x.m > 12 || x.d < 1 || x.d > 31)
        return false;
    struct ymd back = cal_ymd(cal_from_ymd(x));
    return back.m == x.m && back.d == x.d;
}

/* Exactly n digits at s[from]; false otherwise. */
static bool digits(struct str s, size_t from, size_t n, int *ret)
{
    int64_t v;
    struct str part = str_sub(s, from, n);
    if (part.n != n || part.p[0] == '-' || !str_i64(part, &v))
        return false;
    *ret = (int)v;
    return true;
}

bool cal_parse_day(struct str s, int32_t *ret)
{
    struct ymd x;
    if (s.n != 10 || s.p[4] != '-' || s.p[7] != '-' || !digits(s, 0, 4, &x.y) ||
        !digits(s, 5, 2, &x.m) || !digits(s, 8, 2, &x.d) || !cal_valid(x))
        return false;
    *ret = cal_from_ymd(x);
    return true;
}

/* "", "Z" or "+08:00" behind the time; *ret is minutes east of UTC, local clock when empty. */
static bool parse_offset(struct str s, int *ret)
{
    int h, m;
    *ret = s.n == 0 ? CST_MS / MIN_MS : 0;
    if (s.n == 0 || str_eq_nocase(s, S("z")))
        return true;
    if (s.n != 6 || (s.p[0] != '+' && s.p[0] != '-') || s.p[3] != ':' || !digits(s, 1, 2, &h) ||
        !digits(s, 4, 2, &m) || h > 23 || m > 59)
        return false;
    *ret = (s.p[0] == '-' ? -1 : 1) * (h * 60 + m);
    return true;
}

bool cal_parse_ms(struct str s, int64_t *ret)
{
    int32_t day;
    int h, m, sec = 0, offset;
    if (s.n < 16 || !cal_parse_day(str_sub(s, 0, 10), &day) || (s.p[10] != 'T' && s.p[10] != ' ') ||
        !digits(s, 11, 2, &h) || s.p[13] != ':' || !digits(s, 14, 2, &m))
        return false;
    struct str rest = str_sub(s, 16, s.n);
    if (rest.n && rest.p[0] == ':') {
        if (!digits(rest, 1, 2, &sec))
            return false;
        rest = str_sub(rest, 3, rest.n);
    }
    if (rest.n && rest.p[0] == '.') {
        size_t i = 1;
        while (i < rest.n && rest.p[i] >= '0' && rest.p[i] <= '9')
            i++;
        if (i == 1)
            return false;
        rest = str_sub(rest, i, rest.n);
    }
    if (h > 23 || m > 59 || sec > 59 || !parse_offset(rest, &offset))
        return false;
    *ret = (int64_t)day * DAY_MS + ((int64_t)h * 60 + m - offset) * MIN_MS + sec * 1000;
    return true;
}

struct str cal_day_text(struct arena *a, int32_t day)
{
    struct ymd x = cal_ymd(day);
    return str_fmt(a, "%04d-%02d-%02d", x.y, x.m, x.d);
}

struct str cal_clock_text(struct arena *a, int32_t minute)
{
    return str_fmt(a, "%02d:%02d", minute / 60, minute % 60);
}

static void two_digits(char *at, int v)
{
    at[0] = (char)('0' + v / 10);
    at[1] = (char)('0' + v % 10);
}

/* Several in every record of every reply: hence no printf. */
struct str cal_ms_text(struct arena *a, int64_t ms)
{
    char z[] = "....-..-..T..:..:..+08:00";
    struct ymd x = cal_ymd(cal_day(ms));
    int32_t minute = cal_minute(ms);
    int64_t s = floor_div(ms, 1000);
    int second = (int)(s - floor_div(s, 60) * 60);
    if (x.y < 0 || x.y > 9999)
        return str_fmt(a, "%04d-%02d-%02dT%02d:%02d:%02d+08:00", x.y, x.m, x.d, minute / 60, minute % 60, second);
    const int v[] = {x.y / 100, x.y % 100, x.m, x.d, minute / 60, minute % 60, second};
    static const int at[] = {0, 2, 5, 8, 11, 14, 17};
    for (size_t i = 0; i < sizeof v / sizeof *v; i++)
        two_digits(z + at[i], v[i]);
    return str_dup(a, str_c(z));
}

int32_t cal_date(struct ymd x)
{
    return x.y * 10000 + x.m * 100 + x.d;
}

struct ymd cal_date_ymd(int32_t date)
{
    return (struct ymd){date / 10000, date / 100 % 100, date % 100};
}

int cal_age(int32_t born_date, int32_t day)
{
    struct ymd b = cal_date_ymd(born_date), d = cal_ymd(day);
    bool before_birthday = d.m < b.m || (d.m == b.m && d.d < b.d);
    return d.y - b.y - before_birthday;
}
