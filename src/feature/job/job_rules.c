/* job_rules.c - see the header. */
#include "feature/job/job_rules.h"

#include "base/cal.h"
#include "market/offer.h"

bool shift_open(const struct job *j, bool sent, int64_t now_ms)
{
    return now_ms < (sent ? offer_call_end_ms(&(struct call){.start_ms = j->start_ms, .end_ms = j->end_ms}) : j->start_ms);
}

bool shift_is_night(int64_t start_ms, int64_t end_ms)
{
    int32_t from = cal_minute(start_ms), to = cal_minute(end_ms - 1);
    return cal_day(start_ms) != cal_day(end_ms - 1) || from < 360 || to >= 1320;
}

static int32_t apart_min(int64_t a_ms, int64_t b_ms)
{
    enum { DAY_MIN = 1440 };
    int32_t d = (cal_minute(a_ms) - cal_minute(b_ms) + DAY_MIN) % DAY_MIN;
    return d < DAY_MIN - d ? d : DAY_MIN - d;
}

static bool same_hours(const struct shift *a, const struct shift *b, int64_t most_min)
{
    return apart_min(a->start_ms, b->start_ms) <= most_min && apart_min(a->end_ms, b->end_ms) <= most_min;
}

enum shift_news shift_news(const struct shift *s, const struct seen_shifts *seen, const struct shift_limits *most)
{
    int64_t cap = 0;
    bool hours = false;
    for (size_t i = 0; i < seen->n; i++) {
        cap = seen->v[i].cap > cap ? seen->v[i].cap : cap;
        hours |= same_hours(s, &seen->v[i], most->apart_min);
    }
    if (s->cap > cap * most->heads_times && s->cap > cap + most->heads_more)
        return SHIFT_MORE_HEADS;
    return hours ? SHIFT_KNOWN : SHIFT_OTHER_HOURS;
}

/* ---- hours as ads write them ---- */

#define DIGITS "0123456789０１２３４５６７８９"

/* The number at *s, at most two digits, plain or wide; -1 for none. */
static int32_t number(struct str *s)
{
    int32_t n = -1;
    for (int i = 0; i < 3; i++) {
        struct str rest = *s;
        uint32_t c = rest.n ? utf8_next(&rest) : 0;
        c = c >= 0xff10 && c <= 0xff19 ? c - 0xff10 + '0' : c;
        if (c < '0' || c > '9')
            return n;
        if (i == 2)
            return -1;
        n = (n < 0 ? 0 : n * 10) + (int32_t)(c - '0');
        *s = rest;
    }
    return n;
}

static bool pass_one(struct str *s, const char *marks)
{
    struct str all = str_c(marks);
    while (all.n && s->n) {
        struct str rest = *s;
        if (utf8_next(&all) == utf8_next(&rest)) {
            *s = rest;
            return true;
        }
    }
    return false;
}

static void pass_all(struct str *s, const char *marks)
{
    while (pass_one(s, marks))
        continue;
}

/* "8:30", "08：30", "22:00": minute of the day, -1 for none. */
static int32_t clock_at(struct str *s)
{
    struct str rest = *s;
    int32_t hour = number(&rest), minute = -1;
    if (hour >= 0 && hour <= 24 && pass_one(&rest, ":："))
        minute = number(&rest);
    if (minute < 0 || minute > 59)
        return -1;
    *s = rest;
    return hour * 60 + minute;
}

/* "8:30-17:30", "22:00至次日6:00" at *s, which then stands behind it. */
static bool range_at(struct str *s, struct hours *ret)
{
    enum { EVENING = 960, DAY_MIN = 1440 };
    struct str rest = *s;
    int32_t from = clock_at(&rest);
    struct str dash = rest;
    pass_all(&rest, " -~～－—–至到");
    if (from < 0 || rest.p == dash.p)
        return false;
    pass_all(&rest, " 次日第二天早上晨凌下午晚");
    int32_t to = clock_at(&rest);
    if (to < 0 || (to <= from && from < EVENING)) /* "9:00-6:00": six in the evening, or a slip */
        return false;
    *s = rest;
    *ret = (struct hours){from, to > from ? to : to + DAY_MIN, 0};
    return true;
}

/* Hours of something else: "面试时间 9:00-11:00". */
static bool of_others(struct str before)
{
    static const char *const others[] = {"面试", "咨询", "报名", "营业", "联系", "来电", "电话", "interview"};
    enum { NEAR = 36 }; /* bytes: a dozen characters */
    struct str near = str_sub(before, before.n > NEAR ? before.n - NEAR : 0, before.n);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        if (str_find(near, str_c(others[i])) >= 0)
            return true;
    return false;
}

bool hours_parse(struct str text, struct hours *ret)
{
    enum { GAP_MIN = 180, LONGEST_MIN = 960 };
    struct hours all = {0, 0, 0}, one;
    bool found = false;
    for (struct str s = text; s.n;) {
        struct str here = str_sub(text, 0, text.n - s.n);
        if (!range_at(&s, &one)) {
            if (pass_one(&s, DIGITS)) /* the rest of a number begins none */
                pass_all(&s, DIGITS ":：");
            else
                utf8_next(&s);
            continue;
        }
        if (of_others(here))
            continue;
        int32_t gap = one.from_min - all.to_min;
        if (found && (gap < 0 || gap > GAP_MIN)) /* two shifts: which one stands in no ad */
            return false;
        all = found ? (struct hours){all.from_min, one.to_min, all.break_min + gap} : one;
        found = true;
    }
    if (!found || all.to_min - all.from_min > LONGEST_MIN)
        return false;
    *ret = all;
    return true;
}
