/* job_rules.h - pure decisions about shifts: what is new in one, and the hours that an ad states. */
#pragma once
#include "feature/job/job.h"

/* Shifts that somebody looked at. */
struct seen_shifts {
    const struct shift *v;
    size_t n;
};
/* Up to where a shift is like those that were looked at: rules/numbers.rule. */
struct shift_limits {
    int64_t heads_times; /* as many people as the largest of them, so many times */
    int64_t heads_more;  /* but always so many more */
    int64_t apart_min;   /* minutes between the begins, and between the ends, by the clock of the day */
};
enum shift_news { SHIFT_KNOWN, SHIFT_MORE_HEADS, SHIFT_OTHER_HOURS };
enum shift_news shift_news(const struct shift *s, const struct seen_shifts *seen, const struct shift_limits *most);

/* Minutes from the midnight before; to_min may be of the next day. */
struct hours {
    int32_t from_min, to_min, break_min;
};
/* "8:30-17:30", "上午9:00-12:00,下午13:30-18:00", "22:00-次日6:00": the hours of one shift. False where none or several
 * stand, or one end is a guess ("9:00-6:00"). A break that no ad states is 0. O(length). */
bool hours_parse(struct str text, struct hours *ret);
