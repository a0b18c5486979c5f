/* job_rules_test.c - hours as ads write them, and what is new in a shift. */
#include "base/cal.h"
#include "feature/job/job_rules.h"
#include "test.h"

TEST(night_is_what_touches_ten_to_six)
{
    CHECK(!shift_is_night(cal_ms(20000, 360), cal_ms(20000, 1320)));
    CHECK(shift_is_night(cal_ms(20000, 359), cal_ms(20000, 800)));
    CHECK(shift_is_night(cal_ms(20000, 800), cal_ms(20000, 1321)));
    CHECK(shift_is_night(cal_ms(20000, 1200), cal_ms(20001, 120)));
}

TEST(hours_are_read_where_an_ad_states_those_of_one_shift)
{
    static const struct {
        const char *text;
        int32_t from, to, rest;
    } stated[] = {{"工作时间:8:30-17:30", 510, 1050, 0},
                  {"上班时间:9:00--18:30,周末双休", 540, 1110, 0},
                  {"工作时间:早上8:30-12:00,下午13:30-18:00", 510, 1080, 90},
                  {"９：00—18：00", 540, 1080, 0},
                  {"晚上22:00至次日6:00", 1320, 1800, 0},
                  {"面试时间 9:00-11:00,来了就谈,上班在流水线,每天的钟点是 13:00-21:00", 780, 1260, 0},
                  {"10:00到19:00 两人", 600, 1140, 0},
                  {"0:00-8:00", 0, 480, 0}};
    static const char *const none[] = {"", "做女装,会平车", "8:30", "8:30-", "9:00-6:00", "8:30-17:30或9:00-18:00", "8小时制 20-30元",
                                       "6:00-9:00 16:00-23:00", "25:00-26:00", "8:75-9:80", "面试 9:00-11:00", "4:00-22:00",
                                       "108:30-17:30", "8:300-17:30", "9:00-12:00,12:00-15:00,18:30-21:00,21:00-23:30,23:59"};
    struct hours h;
    for (size_t i = 0; i < sizeof stated / sizeof *stated; i++) {
        CHECK(hours_parse(str_c(stated[i].text), &h));
        CHECK_EQ(h.from_min, stated[i].from);
        CHECK_EQ(h.to_min, stated[i].to);
        CHECK_EQ(h.break_min, stated[i].rest);
    }
    for (size_t i = 0; i < sizeof none / sizeof *none; i++) {
        h.from_min = -7;
        CHECK(!hours_parse(str_c(none[i]), &h) && h.from_min == -7);
        if (h.from_min != -7)
            CHECK_STR(str_c(none[i]), S(""));
    }
}

TEST(a_shift_is_known_when_its_people_and_its_hours_are_like_those_that_were_seen)
{
    const struct shift seen[] = {{.start_ms = cal_ms(20000, 510), .end_ms = cal_ms(20000, 1050), .cap = 2},
                                 {.start_ms = cal_ms(20000, 1320), .end_ms = cal_ms(20001, 360), .cap = 5}};
    const struct seen_shifts one = {seen, 1}, both = {seen, 2};
    const struct shift_limits most = {2, 2, 60};
    struct shift s = {.start_ms = cal_ms(20009, 450), .end_ms = cal_ms(20009, 1110), .cap = 4};
    CHECK_EQ(shift_news(&s, &one, &most), SHIFT_KNOWN); /* an hour either way, twice as many */
    s.cap = 5;
    CHECK_EQ(shift_news(&s, &one, &most), SHIFT_MORE_HEADS);
    CHECK_EQ(shift_news(&s, &both, &most), SHIFT_KNOWN);
    s.start_ms = cal_ms(20009, 449);
    CHECK_EQ(shift_news(&s, &both, &most), SHIFT_OTHER_HOURS);
    s.start_ms = cal_ms(20009, 0); /* midnight is two hours from ten */
    s.end_ms = cal_ms(20009, 400);
    CHECK_EQ(shift_news(&s, &both, &most), SHIFT_OTHER_HOURS);
    CHECK_EQ(shift_news(&s, &both, &(struct shift_limits){2, 2, 120}), SHIFT_KNOWN);
    s.end_ms = cal_ms(20009, 540);
    CHECK_EQ(shift_news(&s, &both, &(struct shift_limits){2, 2, 120}), SHIFT_OTHER_HOURS);
}
