/* slip_test.c - what a slip says and opens: terms that stay true, who scans it, what it says after the work. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/notice/notice_store.h"
#include "test.h"

struct slip {
    struct str boss, desk, worker;
    int64_t employer, person;
    struct str shift, hire;
};

/* Tomorrow, Wednesday the 25th, 8:30 to 17:30 with an hour's break, taken; of a range of pay the upper end, or 0. */
static struct slip slip_up_to(struct town *t, int pay_max_fen)
{
    struct slip s;
    s.boss = town_employer(t, "锦裳制衣厂", &s.employer);
    s.worker = town_seeker(t, "13811110001", &s.person);
    s.desk = town_staff(t, CONSULTANT, 440105);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a,
                                "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装整件,会平车\",\"rhythm\":\"day\",\"address\":\"凤阳街\",\"district\":440105,"
                                "\"start_ms\":\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T17:30:00+08:00\",\"break_min\":60,\"cap\":2,"
                                "\"valid_to\":\"2026-11-30\",\"pay_unit\":\"hour\",\"pay_fen\":2600,\"pay_max_fen\":%d}", pay_max_fen)), s.boss);
    CHECK_EQ(a.status, 201);
    s.shift = json_value(t, a.body, "shift_id");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", s.desk).status, 204);
    a = town_call(t, POST, town_at(t, "/api/v1/shifts/", s.shift, "/take"), "{}", s.worker);
    CHECK_EQ(a.status, 201);
    s.hire = json_value(t, a.body, "id");
    return s;
}

static struct slip slip_of(struct town *t)
{
    return slip_up_to(t, 0);
}

static int64_t on_the_day(int minute)
{
    return cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), minute);
}

static bool has(struct str page, const char *what)
{
    return str_find(page, str_c(what)) >= 0;
}

static void dated_terms(struct town *t)
{
    struct slip s = slip_of(t);
    struct str terms = json_value(t, town_call(t, GET, town_at(t, "/api/v1/hires/", s.hire, ""), "", s.worker).body, "terms");
    CHECK(has(terms, "2026年11月25日 周三 08:30–17:30") && !has(terms, "明天"));
    t->lang = LANG_EN;
    struct str page = town_call(t, GET, town_at(t, "/my/", s.hire, ""), "", s.worker).body;
    CHECK(has(page, "Wed 2026-11-25 08:30–\u206017:30") && has(page, "26 yuan an hour"));
    CHECK(town_sound(t)); /* both languages are bound by the chain */
}

TEST(terms_carry_the_whole_date_and_are_frozen_in_both_languages)
{
    each_town(dated_terms);
}

static void terms_of_range(struct town *t)
{
    struct slip s = slip_up_to(t, 3200);
    struct str terms = json_value(t, town_call(t, GET, town_at(t, "/api/v1/hires/", s.hire, ""), "", s.worker).body, "terms");
    CHECK(has(terms, "每小时 26–32 元") && has(terms, "这里按 26 元算工钱") && has(terms, "当天收工就付"));
    t->lang = LANG_EN;
    struct str page = town_call(t, GET, town_at(t, "/my/", s.hire, ""), "", s.worker).body;
    CHECK(has(page, "26–\u206032 yuan an hour") && has(page, "counted here at 26 yuan"));
    CHECK(town_sound(t));
}

TEST(terms_promise_no_less_than_the_post_and_say_at_what_rate_the_wage_is_counted)
{
    each_town(terms_of_range);
}

static void before_and_after(struct town *t)
{
    struct slip s = slip_of(t);
    const char *slip = town_at(t, "/my/", s.hire, "/slip"), *confirm = town_at(t, "/api/v1/hires/", s.hire, "/confirm");
    struct str page = town_call(t, GET, slip, "", s.worker).body;
    CHECK(has(page, "<b>2026年11月25日 周三 08:30–\u206017:30</b>") && has(page, "凤阳街") && has(page, "每小时 26 元") && has(page, "谁去干"));
    CHECK(has(page, "拿这张条到现场签到"));
    t->now_ms = on_the_day(1051);
    CHECK_EQ(town_call(t, POST, confirm, "{\"hours\":7,\"minutes\":59}", s.worker).status, 200);
    CHECK_EQ(town_call(t, POST, confirm, "{\"minutes\":479}", s.boss).status, 200);
    page = town_call(t, GET, slip, "", s.worker).body;
    CHECK(has(page, "7 小时 59 分") && has(page, "207.57") && has(page, "都说了") && !has(page, "拿这张条到现场签到"));
    CHECK(has(page, "2026年11月25日 周三"));
}

TEST(a_slip_says_when_and_for_what_before_the_work_and_how_much_after_it)
{
    each_town(before_and_after);
}

static void scanned(struct town *t)
{
    struct slip s = slip_of(t);
    int64_t other;
    const char *day = town_at(t, "/my/", s.hire, ""), *arrived = town_at(t, "/api/v1/hires/", s.hire, "/arrived");
    CHECK_EQ(town_call(t, GET, day, "", S("")).status, 303); /* sign in as yourself */
    struct answer a = town_call(t, GET, day, "", town_seeker(t, "13811110002", &other));
    CHECK(a.status == 404 && !has(a.body, "平车车位工") && has(a.body, "这张条是给招工的人看的"));
    CHECK_EQ(town_call(t, GET, day, "", town_employer(t, "别的厂", &other)).status, 404);
    CHECK_EQ(town_call(t, GET, day, "", town_staff(t, CONSULTANT, 440106)).status, 404);
    CHECK(town_call(t, POST, arrived, "{}", town_employer(t, "又一个厂", &other)).status >= 400);
    CHECK(town_call(t, POST, arrived, "{}", s.worker).status >= 400); /* not he himself */
    CHECK_EQ(town_call(t, POST, arrived, "{}", s.boss).status, 409);  /* a day too early */
    t->now_ms = on_the_day(505);
    a = town_call(t, GET, day, "", s.desk);
    CHECK(a.status == 200 && has(a.body, "/arrived\""));
    a = town_call(t, GET, day, "", s.boss);
    CHECK(a.status == 200 && has(a.body, "平车车位工") && has(a.body, "/arrived\"") && !has(a.body, "13811110001"));
    a = town_call(t, POST, arrived, "", s.boss); /* by the form */
    CHECK(a.status == 200 || a.status == 303);
    CHECK(has(town_call(t, GET, day, "", s.boss).body, "正在干"));
    CHECK_EQ(town_call(t, POST, arrived, "{}", s.desk).status, 409); /* once */
}

TEST(who_scans_a_slip_checks_in_as_employer_or_desk_and_learns_nothing_otherwise)
{
    each_town(scanned);
}

static void at_the_desk(struct town *t)
{
    struct slip s = slip_of(t);
    t->now_ms = on_the_day(520);
    struct answer a = town_call(t, POST, town_at(t, "/api/v1/hires/", s.hire, "/arrived"), "{}", s.desk);
    CHECK_STR(json_value(t, a.body, "state"), S("working"));
    t->now_ms = on_the_day(1051);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", s.hire, "/check-out"), "{}", s.boss).status, 200);
    a = town_call(t, GET, town_at(t, "/my/", s.hire, ""), "", s.boss); /* the hours on the same page, without JavaScript */
    CHECK(has(a.body, "name=\"hours\""));
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", s.hire, "/confirm"), "hours=8&minutes=0", s.boss).status, 303);
    CHECK(has(town_call(t, GET, town_at(t, "/my/", s.hire, ""), "", s.worker).body, "招工的人说"));
}

TEST(the_desk_checks_in_and_the_employer_says_the_hours_on_the_page_of_the_slip)
{
    each_town(at_the_desk);
}

static void kept_code(struct town *t)
{
    struct slip s = slip_of(t);
    struct answer a = town_call(t, GET, town_at(t, "/check-in/", s.shift, "?code=ABCD23"), "", S(""));
    CHECK_EQ(a.status, 303);
    CHECK(has(a.location, "%3Fcode%3DABCD23"));
}

TEST(a_code_that_was_scanned_is_still_there_after_signing_in)
{
    each_town(kept_code);
}

static void letter(struct town *t)
{
    struct letters out = {.a = &t->a};
    t->lang = LANG_EN;
    struct slip s = slip_of(t);
    t->lang = LANG_ZH;
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", s.hire, "/cancel"), "{}", s.boss).status, 200);
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    CHECK(out.n == 1 && has(out.v[0].text, "called off") && has(out.v[0].text, "2026-11-25"));
}

TEST(who_took_it_in_english_is_told_in_english_that_it_is_called_off)
{
    each_town(letter);
}
