/* moments_test.c - what depends on the day: a birthday, and a calendar longer than the engine holds. On every engine of the
 * database. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/match/match.h"
#include "http/feed.h"
#include "test.h"

static const char *path(struct town *t, const char *head, struct str id, const char *tail)
{
    return str_z(&t->a, str_fmt(&t->a, "%s%.*s%s", head, SV(id), tail));
}

/* A verified shift of 8:30 to 16:00 so many days after the town's, a later one by `plus` hours; its id. */
static struct str shift_on(struct town *t, struct str boss, struct str desk, int day, int plus, const char *more)
{
    int64_t from = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}) + day, 8 * 60 + 30) + plus * HOUR_MS, to = from + 8 * HOUR_MS;
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a,
        "{\"title\":\"车间普工\",\"trade\":\"sewing\",\"text\":\"剪线头查次品\",\"address\":\"海珠区凤阳街\",\"pay_unit\":\"hour\","
        "\"pay_fen\":3000,\"rhythm\":\"day\",\"valid_to\":\"2026-12-20\",%s\"start_ms\":\"%.*s\",\"end_ms\":\"%.*s\",\"break_min\":60,"
        "\"cap\":2}", more, SV(cal_ms_text(&t->a, from)), SV(cal_ms_text(&t->a, to)))), boss);
    CHECK_EQ(a.status, 201);
    town_call(t, POST, path(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk);
    return json_value(t, a.body, "shift_id");
}

static bool employer_sees(struct town *t, struct str boss, struct str shift, int64_t person)
{
    struct answer a = town_call(t, GET, path(t, "/api/v1/shifts/", shift, "/people"), "", boss);
    CHECK_EQ(a.status, 200);
    return str_find(a.body, str_fmt(&t->a, "%lld", (long long)person)) > 0;
}

static void birthday(struct town *t)
{
    int64_t employer, person;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), desk = town_staff(t, CONSULTANT, 440105),
               own = town_seeker(t, "13811110001", &person), who = str_fmt(&t->a, "%lld", (long long)person);
    CHECK_EQ(town_call(t, POST, path(t, "/api/v1/people/", who, ""), "{\"born\":\"2008-11-26\"}", desk).status, 200);
    struct str before = shift_on(t, boss, desk, 0, 0, "\"needs\":[\"lifting\"],"),
               after = shift_on(t, boss, desk, 1, 0, "\"needs\":[\"lifting\"],");
    CHECK(!employer_sees(t, boss, before, person) && employer_sees(t, boss, after, person)); /* 18 on the second day */
    CHECK(match_prices(&t->app) == OK);
    struct str list = town_call(t, GET, "/api/v1/suggestions", "", own).body;
    CHECK(str_find(list, before) < 0 && str_find(list, after) > 0);
    struct str page = town_call(t, GET, path(t, "/jobs/", before, ""), "", own).body;
    CHECK(str_find(page, S("不满十八岁，法律不让干")) > 0);
    CHECK(str_find(page, S("你说")) < 0 && str_find(page, S("要是")) < 0 && str_find(page, S("有希望")) < 0); /* his word changes nothing */
    CHECK(str_find(town_call(t, GET, path(t, "/api/v1/suggestions?wide=true&person=", who, ""), "", desk).body, before) < 0);
    CHECK_EQ(town_call(t, POST, path(t, "/api/v1/shifts/", before, "/take"), "{}", own).status, 409);
    CHECK_EQ(town_call(t, POST, path(t, "/api/v1/shifts/", after, "/take"), "{}", own).status, 201);
}

TEST(what_the_law_forbids_by_age_is_judged_on_the_day_of_the_work_and_told_as_law)
{
    each_town(birthday);
}

static void booked(struct town *t)
{
    int64_t employer, other, person;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), second = town_employer(t, "合顺仓配", &other),
               desk = town_staff(t, CONSULTANT, 440105), own = town_seeker(t, "13811110001", &person);
    for (int day = 1; day <= 15; day++)
        CHECK_EQ(town_call(t, POST, path(t, "/api/v1/shifts/", shift_on(t, boss, desk, day, 0, ""), "/take"), "{}", own).status, 201);
    struct str over = shift_on(t, second, desk, 14, 2, ""), free = shift_on(t, second, desk, 17, 0, "");
    CHECK(feed_drain(&t->app) == OK);
    CHECK(!employer_sees(t, second, over, person));
    CHECK(employer_sees(t, second, free, person));
    CHECK(str_find(town_call(t, GET, path(t, "/jobs/", over, ""), "", own).body, S("/take\"")) < 0);
    CHECK(str_find(town_call(t, GET, path(t, "/jobs/", free, ""), "", own).body, S("/take\"")) > 0);
    CHECK_EQ(town_call(t, POST, path(t, "/api/v1/shifts/", over, "/ask"), "{}", desk).status, 200);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/offers", "", own).body, over) < 0);
}

TEST(a_calendar_of_many_days_is_known_to_its_end)
{
    each_town(booked);
}
