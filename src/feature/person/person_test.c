/* person_test.c - what a seeker reads and writes about himself; on every engine. */
#include "app_fixture.h"
#include "base/cal.h"
#include "test.h"

static bool says(struct str page, const char *words)
{
    return str_find(page, str_c(words)) >= 0;
}

static void own_place(struct town *t)
{
    int64_t person;
    struct str me = town_seeker(t, "13822220001", &person), page = town_browse(t, GET, "/me/edit", "", me).body;
    const char *mine = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld", (long long)person));
    CHECK(says(page, "type=\"hidden\" name=\"home_lon\"") && says(page, "type=\"hidden\" name=\"home_lat\""));
    CHECK(!says(page, "经度") && says(page, "附近</p>")); /* 113.3, 23.1 by its name */
    CHECK(says(page, "还没有位置")); /* where the child goes */
    CHECK(!says(page, "没找到"));
    struct answer a = town_browse(t, POST, mine, "home_text=棠下&home_lon=113.300000&home_lat=23.100000&care_lon=113.384&care_lat=23.133", me);
    CHECK_STR(a.location, S("/"));
    page = town_browse(t, GET, "/me/edit", "", me).body;
    CHECK(says(page, "棠下附近") && says(page, "棠东附近"));
    a = town_browse(t, POST, mine, "home_text=天河堂下&home_lon=113.382000&home_lat=23.134000", me);
    CHECK_STR(a.location, S("/me/edit")); /* saved, and said there */
    page = town_browse(t, GET, "/me/edit", "", me).body;
    CHECK(says(page, "没找到这个地方") && says(page, "<b>天河堂下</b>") && says(page, "、棠下"));
    a = town_browse(t, POST, mine, "home_text=天河堂下&home_lon=113.382&home_lat=23.134", me); /* where he is now */
    CHECK_STR(a.location, S("/"));
    CHECK(!says(town_browse(t, GET, "/me/edit", "", me).body, "没找到"));
    t->app.demo = true;
    town_call(t, POST, "/api/v1/sign-in", "{\"phone\":\"13822220009\"}", S(""));
    me = town_call(t, POST, "/api/v1/sign-in/code", "{\"phone\":\"13822220009\",\"code\":\"123456\"}", S("")).token;
    a = town_browse(t, POST, "/api/v1/people", "name=李四&trade=sewing&home_text=月亮", me);
    CHECK_STR(a.location, S("/me/edit"));
    page = town_browse(t, GET, "/me/edit", "", me).body;
    CHECK(says(page, "没找到这个地方") && !says(page, "您说的是不是"));
}

TEST(a_place_is_said_in_words_and_one_that_nobody_knows_is_said_to_be_unknown)
{
    each_town(own_place);
}

/* A shift in the night after `day` of November, at which three may work, that a desk has verified. */
static struct str night_of(struct town *t, struct str boss, struct str desk, int day)
{
    struct str body = str_fmt(&t->a, "{\"title\":\"夜班分拣\",\"trade\":\"warehouse\",\"text\":\"快递装卸分拣\",\"address\":\"凤阳街\",\"pay_unit\":\"hour\","
                                     "\"pay_fen\":2600,\"rhythm\":\"day\",\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-%dT22:00:00+08:00\",\"end_ms\":\"2026-11-%dT04:00:00+08:00\",\"cap\":9}",
                              day, day + 1);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), boss);
    CHECK(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk).status < 300);
    return json_value(t, a.body, "shift_id");
}

static void on_the_first_day(struct town *t)
{
    static const struct {
        const char *facts, *born;
    } table[] = {{"\"born\":\"1969-12-31\"", "1969-12-31"},
                 {"\"born\":\"1970-01-01\"", "1970-01-01"},
                 {"\"born\":\"1970-01-02\"", "1970-01-02"},
                 {"\"born\":\"1938-02-28\"", "1938-02-28"},
                 {"\"id_number\":\"440106197001011236\"", "1970-01-01"}};
    int64_t firm;
    struct str boss = town_employer(t, "合顺仓配", &firm), desk = town_staff(t, CONSULTANT, 440105);
    struct str night = night_of(t, boss, desk, 25);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct answer a = town_call(t, POST, "/api/v1/people", str_z(&t->a, str_fmt(&t->a, "{\"name\":\"李四\",%s}", table[i].facts)), desk);
        CHECK_EQ(a.status, 201);
        struct str id = json_value(t, a.body, "id"), take = str_fmt(&t->a, "{\"person_id\":\"%.*s\"}", SV(id));
        CHECK_STR(json_value(t, a.body, "born"), str_c(table[i].born));
        CHECK_STR(json_value(t, town_call(t, GET, town_at(t, "/api/v1/people/", id, ""), "", desk).body, "born"), str_c(table[i].born));
        CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", night, "/take"), str_z(&t->a, take), desk).status, 201);
    }
    struct str me = town_seeker(t, "13822220003", &firm);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", night, "/take"), "born=1970-01-01", me).status, 303);
    CHECK(says(town_browse(t, GET, "/me/edit", "", me).body, "value=\"1970-01-01\""));
}

TEST(whoever_was_born_on_the_first_day_of_1970_has_a_date_of_birth)
{
    each_town(on_the_first_day);
}

static void known_age(struct town *t)
{
    int64_t person;
    struct str me = town_seeker(t, "13822220004", &person);
    const char *mine = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld", (long long)person));
    CHECK(says(town_browse(t, GET, "/me/edit", "", me).body, "name=\"age_said\""));
    CHECK_EQ(town_browse(t, POST, mine, "age_said=adult&born=1990-05-01", me).status, 303);
    struct str page = town_browse(t, GET, "/me/edit", "", me).body;
    CHECK(says(page, "name=\"born\"") && !says(page, "age_said"));
    CHECK_STR(json_value(t, town_call(t, GET, mine, "", me).body, "age_said"), S("adult")); /* what was said stands */
    CHECK_EQ(town_browse(t, POST, mine, "born=1990-05-02", me).status, 303);
    CHECK_STR(json_value(t, town_call(t, GET, mine, "", me).body, "age_said"), S("adult"));
}

TEST(whose_date_of_birth_is_known_is_not_asked_whether_he_is_eighteen)
{
    each_town(known_age);
}

/* A shift of that day of November, 9:00 to 17:00. */
static struct str day_of(struct town *t, struct str boss, struct str desk, int day)
{
    struct str body = str_fmt(&t->a, "{\"title\":\"车间普工\",\"trade\":\"sewing\",\"text\":\"剪线头查次品\",\"address\":\"凤阳街\",\"pay_unit\":\"hour\","
                                     "\"pay_fen\":2600,\"rhythm\":\"day\",\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-%dT09:00:00+08:00\",\"end_ms\":\"2026-11-%dT17:00:00+08:00\",\"cap\":9}",
                              day, day);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), boss);
    CHECK(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk).status < 300);
    return json_value(t, a.body, "shift_id");
}

static bool shown(struct town *t, struct str shift, struct str me)
{
    return str_find(town_call(t, GET, "/api/v1/suggestions", "", me).body, shift) > 0;
}

/* On Thursday, the 26th of November 2026, until Saturday is shown. */
static void run_on_school_days(struct town *t)
{
    int64_t person, firm;
    t->now_ms += 2 * DAY_MS;
    struct str boss = town_employer(t, "锦裳制衣厂", &firm), desk = town_staff(t, CONSULTANT, 440105), me = town_seeker(t, "13822220005", &person);
    struct str friday = day_of(t, boss, desk, 27), saturday = day_of(t, boss, desk, 28);
    const char *mine = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld", (long long)person));
    const char *five = "\"school_days\":[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"]";
    CHECK(shown(t, friday, me) && shown(t, saturday, me));
    CHECK(says(town_browse(t, POST, mine, "drop_min=500&pick_min=960", me).location, "/"));
    CHECK(says(town_call(t, GET, mine, "", me).body, five));
    CHECK(!shown(t, friday, me) && shown(t, saturday, me));
    struct str page = town_browse(t, GET, "/me/edit", "", me).body;
    CHECK(says(page, "哪几天要接送") && says(page, "name=\"school_days\" value=\"fri\" checked") && !says(page, "value=\"sat\" checked"));
    CHECK_EQ(town_browse(t, POST, mine, "drop_min=500&pick_min=960&school_days=&school_days=thu&school_days=sat", me).status, 303);
    CHECK(shown(t, friday, me) && !shown(t, saturday, me));
    struct answer none = town_browse(t, POST, mine, "drop_min=500&pick_min=960&school_days=", me);
    CHECK(none.status == 422 && says(none.body, "至少选一天"));
    CHECK_EQ(town_call(t, POST, mine, "{\"school_days\":[]}", me).status, 422);
    CHECK_EQ(town_call(t, POST, mine, "{\"school_days\":[\"someday\"]}", me).status, 422);
    CHECK(says(town_call(t, GET, mine, "", me).body, "\"school_days\":[\"thu\",\"sat\"]"));
    CHECK_EQ(town_browse(t, POST, mine, "drop_min=0&pick_min=0&school_days=", me).status, 303); /* no run, and when there is one again: school days */
    CHECK(says(town_call(t, GET, mine, "", me).body, five));
}

TEST(a_school_run_stands_on_the_days_that_are_said_and_bars_no_other)
{
    each_town(run_on_school_days);
}

static void run_when_registered(struct town *t)
{
    struct str desk = town_staff(t, CONSULTANT, 440105);
    static const struct {
        const char *said, *kept;
    } table[] = {{"", "[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"]"}, {",\"pick_min\":960", "[\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"]"},
                 {",\"pick_min\":960,\"school_days\":[\"sun\"]", "[\"sun\"]"}, {",\"pick_min\":960,\"school_days\":[]", "至少选一天"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        CHECK(says(town_call(t, POST, "/api/v1/people", str_z(&t->a, str_fmt(&t->a, "{\"name\":\"李四\"%s}", table[i].said)), desk).body, table[i].kept));
    CHECK(says(town_browse(t, GET, "/join", "", desk).body, "name=\"school_days\" value=\"mon\" checked"));
}

TEST(whoever_is_registered_with_a_school_run_has_it_from_monday_to_friday_unless_days_are_said)
{
    each_town(run_when_registered);
}

static void all_unchecked(struct town *t)
{
    int64_t person;
    struct str me = town_seeker(t, "13822220006", &person);
    const char *mine = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld", (long long)person));
    CHECK_EQ(town_browse(t, POST, mine, "limits=&limits=night&limits=heat", me).status, 303);
    CHECK(says(town_call(t, GET, mine, "", me).body, "\"limits\":[\"night\",\"heat\"]"));
    CHECK(says(town_browse(t, GET, "/me/edit", "", me).body, "<input type=\"hidden\" name=\"limits\" value=\"\">"));
    CHECK_EQ(town_browse(t, POST, mine, "limits=", me).status, 303); /* as a browser sends the page with no box checked */
    CHECK(says(town_call(t, GET, mine, "", me).body, "\"limits\":[]"));
}

TEST(what_is_no_longer_checked_on_the_page_no_longer_holds)
{
    each_town(all_unchecked);
}
