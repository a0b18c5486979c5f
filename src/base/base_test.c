/* base_test.c - base/: text, memory, ids, calendar, places. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "base/cal.h"
#include "base/file.h"
#include "base/geo.h"
#include "base/id.h"
#include "test.h"

TEST(an_arena_beyond_its_limit_still_serves_and_says_so)
{
    struct arena a;
    arena_init(&a, 1000);
    CHECK(arena_alloc(&a, 900) && !arena_over(&a));
    char *p = arena_alloc(&a, 2000000);
    p[1999999] = 1;
    CHECK(arena_over(&a));
    arena_reset(&a);
    CHECK(!arena_over(&a) && a.used == 0);
    arena_done(&a);
}

TEST(an_arena_gives_zeros_also_where_a_large_block_serves_again)
{
    static const size_t sizes[] = {2000000, HUGE_PAGE, 5000000};
    for (size_t i = 0; i < 2 * sizeof sizes / sizeof *sizes; i++) {
        struct arena a;
        size_t size = sizes[i / 2];
        arena_init(&a, 0);
        a.huge = i % 2;
        for (int k = 0; k < 4; k++) {
            char *p = arena_alloc(&a, size);
            CHECK(p[0] == 0 && p[size / 2] == 0 && p[size - 1] == 0);
            memset(p, 1, size);
            if (k % 2)
                arena_reset(&a);
        }
        arena_done(&a);
    }
}

static char order[4];
static void note_a(void *p)
{
    (void)p;
    order[strlen(order)] = 'a';
}
static void note_b(void *p)
{
    (void)p;
    order[strlen(order)] = 'b';
}

TEST(defers_run_last_in_first_out)
{
    struct arena a;
    memset(order, 0, sizeof order);
    arena_init(&a, 0);
    arena_defer(&a, note_a, NULL);
    arena_defer(&a, note_b, NULL);
    arena_done(&a);
    CHECK_STR(str_c(order), S("ba"));
}

TEST(text_is_valid_utf8_or_refused)
{
    CHECK(utf8_ok(S("零集 lingji \n\t\xf0\x9f\x91\x8d")));
    CHECK(!utf8_ok(S("\xc0\xaf")));         /* overlong */
    CHECK(!utf8_ok(S("\xe0\x80\xaf")));     /* overlong */
    CHECK(!utf8_ok(S("\xed\xa0\x80")));     /* surrogate */
    CHECK(!utf8_ok(S("\xf4\x90\x80\x80"))); /* beyond U+10FFFF */
    CHECK(!utf8_ok(S("\xe9\x9b")));         /* cut off */
    CHECK(!utf8_ok(S("a\0b")) && !utf8_ok(S("\x1b[31m")));
    CHECK_EQ(utf8_count(S("零集ab")), 4);
    struct str s = S("零a");
    CHECK_EQ(utf8_next(&s), 0x96f6);
    CHECK_EQ(utf8_next(&s), 'a');
    CHECK_EQ(utf8_next(&s), 0);
}

TEST(what_breaks_a_line_becomes_a_blank)
{
    struct arena a;
    arena_init(&a, 0);
    CHECK_STR(str_line(&a, S("洗碗工\n1370\t早\xe2\x80\xa8晚")), S("洗碗工 1370 早 晚"));
    CHECK_STR(str_line(&a, S("")), S(""));
    arena_done(&a);
    CHECK(utf8_shows(0x96f6) && utf8_shows('a') && !utf8_shows(0x3000) && !utf8_shows(0x202e));
}

TEST(nothing_turns_the_direction_of_what_stands_behind_it)
{
    struct arena a;
    arena_init(&a, 0);
    CHECK_STR(str_straight(&a, S("\u202a138\u202c\u2066零\u2069\u202e工")), S("138零工"));
    CHECK_STR(str_straight(&a, S("ئ\u200fa\u2029")), S("ئ\u200fa\u2029"));
    CHECK_STR(str_straight(&a, S("")), S(""));
    CHECK_STR(str_line(&a, S("洗\u202e碗\n工")), S("洗碗 工"));
    arena_done(&a);
}

TEST(integers_are_whole_strings_within_range)
{
    int64_t v = 7;
    CHECK(str_i64(S("-9223372036854775808"), &v) && v == INT64_MIN);
    CHECK(str_i64(S("9223372036854775807"), &v) && v == INT64_MAX);
    CHECK(!str_i64(S("9223372036854775808"), &v) && !str_i64(S(""), &v) && !str_i64(S("-"), &v));
    CHECK(!str_i64(S("1 "), &v) && !str_i64(S("+1"), &v) && !str_i64(S("0x1"), &v));
    double f;
    CHECK(str_f64(S("-113.25"), &f) && f == -113.25);
    CHECK(!str_f64(S("1e5"), &f) && !str_f64(S("."), &f) && !str_f64(S("nan"), &f));
}

TEST(cutting_and_trimming_keep_the_text)
{
    struct str s = S("a,b,");
    CHECK_STR(str_cut(&s, ','), S("a"));
    CHECK_STR(str_cut(&s, ','), S("b"));
    CHECK(s.p && s.n == 0);
    CHECK_STR(str_cut(&s, ','), S(""));
    CHECK(!s.p);
    CHECK_STR(str_trim(S("\xe3\x80\x80 零 集\n\xe3\x80\x80")), S("零 集"));
    CHECK_EQ(str_find(S("不收押金"), S("押金")), 6);
    CHECK_EQ(str_find(S("ab"), S("abc")), -1);
}

TEST(a_full_buffer_stops_and_remembers)
{
    struct arena a;
    struct buf b;
    arena_init(&a, 0);
    buf_init(&b, &a, 10);
    buf_put(&b, S("12345678"));
    buf_put(&b, S("123"));
    buf_c(&b, 'x');
    CHECK(b.over);
    CHECK_STR(buf_str(&b), S("12345678"));
    arena_done(&a);
}

TEST(escapes_cover_what_each_context_reads)
{
    struct arena a;
    struct buf b;
    arena_init(&a, 0);
    buf_init(&b, &a, 1000);
    buf_html(&b, S("<a href='x'>&\"零"));
    CHECK_STR(buf_str(&b), S("&lt;a href=&#39;x&#39;&gt;&amp;&quot;零"));
    buf_init(&b, &a, 1000);
    buf_json(&b, S("a\"\\\n</\xe2\x80\xa8\xe2\x80\xb0零"));
    CHECK_STR(buf_str(&b), S("\"a\\\"\\\\\\u000a\\u003c/\\u2028\xe2\x80\xb0零\""));
    buf_init(&b, &a, 1000);
    buf_url(&b, S("a b/零~"));
    CHECK_STR(buf_str(&b), S("a%20b%2F%E9%9B%B6~"));
    arena_done(&a);
}

TEST(ids_rise_even_when_the_clock_goes_back)
{
    struct ids *g = ids_new(3);
    int64_t now = 1790000000000, last = 0;
    for (int i = 0; i < 20000; i++) {
        int64_t id = id_next(g, i == 10000 ? now - 5000 : now);
        CHECK(id > last);
        last = id;
    }
    CHECK_EQ(last >> 12 & 1023, 3);
    ids_free(g);
}

TEST(codes_read_aloud_come_back)
{
    char code[7], back[7];
    for (uint64_t i = 0; i < 100000; i += 37) {
        code6(i * 2654435761u, code);
        CHECK(strpbrk(code, "01OIL") == NULL && strlen(code) == 6);
    }
    CHECK(code6_fold(S(" 7k2-m9q"), back));
    CHECK_STR(str_c(back), S("7K2M9Q"));
    CHECK(!code6_fold(S("7K2M9"), back) && !code6_fold(S("7K2M9QQ"), back));
    CHECK(!code6_fold(S("7K2M90"), back));
}

TEST(the_calendar_agrees_with_counting_day_by_day)
{
    static const int len[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int32_t day = cal_from_ymd((struct ymd){1900, 1, 1});
    int wd = 1; /* 1900-01-01 was a Monday */
    CHECK_EQ(day, -25567);
    for (int y = 1900; y < 2200; y++)
        for (int m = 1; m <= 12; m++) {
            bool leap = (y % 4 == 0 && y % 100) || y % 400 == 0;
            for (int d = 1; d <= len[m - 1] + (m == 2 && leap); d++, day++, wd = wd % 7 + 1) {
                struct ymd x = cal_ymd(day);
                if (x.y != y || x.m != m || x.d != d || cal_from_ymd(x) != day ||
                    cal_weekday(day) != wd || (day >= 0 && cal_weekday_bit(day) != 1u << (wd - 1)))
                    test_fail(__FILE__, __LINE__, "calendar");
            }
        }
}

TEST(instants_are_read_and_written_with_their_offset)
{
    struct arena a;
    int64_t ms, other;
    int32_t day;
    arena_init(&a, 0);
    CHECK(cal_parse_ms(S("2026-11-24T08:30:00+08:00"), &ms));
    CHECK(cal_parse_ms(S("2026-11-24T00:30:00.250Z"), &other) && other == ms);
    CHECK(cal_parse_ms(S("2026-11-24T08:30"), &other) && other == ms);
    CHECK_STR(cal_ms_text(&a, ms), S("2026-11-24T08:30:00+08:00"));
    CHECK_EQ(cal_minute(ms), 510);
    CHECK_EQ(cal_ms(cal_day(ms), 510), ms);
    CHECK(!cal_parse_ms(S("2026-11-24T24:00"), &ms) && !cal_parse_day(S("2026-02-29"), &day));
    CHECK(!cal_parse_ms(S("2026-11-24T08:30:00+0800"), &ms));
    CHECK(cal_parse_day(S("2028-02-29"), &day));
    CHECK_EQ(cal_day(-1), 0);
    CHECK_EQ(
        cal_age(cal_date((struct ymd){2010, 11, 25}), cal_from_ymd((struct ymd){2026, 11, 24})),
        15);
    CHECK_EQ(
        cal_age(cal_date((struct ymd){2010, 11, 24}), cal_from_ymd((struct ymd){2026, 11, 24})),
        16);
    arena_done(&a);
}

/* The same table is the test of the web client (web/app/build/gcj02.test.mjs). */
TEST(gcj02_is_the_published_shift_there_and_back)
{
    struct arena a;
    struct str table, line;
    struct geo wgs, gcj;
    int rows = 0;
    arena_init(&a, 0);
    CHECK(file_read(&a, "tests/golden/gcj02.txt", 1 << 16, &table));
    while (table.n) {
        line = str_cut(&table, '\n');
        if (sscanf(str_z(&a, line), "%lf %lf %lf %lf", &wgs.lon, &wgs.lat, &gcj.lon, &gcj.lat) != 4)
            continue;
        CHECK(geo_m(geo_to_gcj02(wgs), gcj) < 0.2);
        CHECK(geo_m(geo_from_gcj02(gcj), wgs) < 0.2);
        rows++;
    }
    CHECK_EQ(rows, 13);
    arena_done(&a);
}

TEST(fifteen_minutes_on_foot_are_865_metres)
{
    CHECK_EQ(geo_walk_min(865), 15);
    CHECK_EQ(geo_walk_min(866), 16);
    CHECK_EQ(geo_travel_min(865), 15);
    CHECK(geo_travel_min(10000) > 40 && geo_travel_min(10000) < 60);
    CHECK(fabs(geo_m((struct geo){113, 23}, (struct geo){113, 24}) - 111195) < 10);
}
