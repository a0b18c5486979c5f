/* side_test.c - who speaks for an employer that has no account, and what becomes of a day then. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/notice/notice_store.h"
#include "test.h"

struct day {
    struct str desk, worker;
    int64_t person;
    struct str firm, shift, hire;
};
enum { BOSS_TOWN_DISTRICT = 440105 };

static const char *at(struct town *t, const char *head, struct str id, const char *tail)
{
    return str_z(&t->a, str_fmt(&t->a, "%s%.*s%s", head, SV(id), tail));
}

static struct str post(struct town *t, const char *what, struct str id, const char *tail, const char *body, struct str who, int status)
{
    struct answer a = town_call(t, POST, at(t, what, id, tail), body, who);
    if (a.status != status)
        test_fail_i64(__FILE__, __LINE__, str_z(&t->a, str_fmt(&t->a, "%s: %.*s", tail, SV(a.body))), a.status, status);
    return a.body;
}

static struct str on_hire(struct town *t, const struct day *d, const char *tail, const char *body, struct str who, int status)
{
    return post(t, "/api/v1/hires/", d->hire, tail, body, who, status);
}

/* A firm that the desk wrote down and posts for; a shift of tomorrow, 8:30 to 17:30 with an hour's break, taken. */
static struct day desk_day(struct town *t)
{
    struct day d;
    d.desk = town_staff(t, CONSULTANT, BOSS_TOWN_DISTRICT);
    d.worker = town_seeker(t, "13811110001", &d.person);
    struct answer a = town_call(t, POST, "/api/v1/employers",
                                "{\"name\":\"腾云制衣\",\"uscc\":\"9144030071526726XG\",\"district\":440105,\"address\":\"海珠区凤阳街1号\","
                                "\"contact\":\"李经理\",\"phone\":\"13688880009\"}", d.desk);
    CHECK_EQ(a.status, 201);
    d.firm = json_value(t, a.body, "id");
    post(t, "/api/v1/employers/", d.firm, "/verify", "{}", d.desk, 204);
    a = town_call(t, POST, "/api/v1/jobs", at(t, "{\"employer_id\":\"", d.firm,
        "\",\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"address\":\"凤阳街\",\"start_ms\":"
        "\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T17:30:00+08:00\",\"break_min\":60,\"cap\":2,"
        "\"valid_to\":\"2026-11-30\",\"pay_unit\":\"hour\",\"pay_fen\":2600,\"rhythm\":\"day\"}"), d.desk);
    CHECK_EQ(a.status, 201);
    struct str job = json_value(t, a.body, "id");
    d.shift = json_value(t, a.body, "shift_id");
    post(t, "/api/v1/jobs/", job, "/verify", "{\"level\":\"phoned\"}", d.desk, 204);
    d.hire = json_value(t, post(t, "/api/v1/shifts/", d.shift, "/take", "{}", d.worker, 201), "id");
    return d;
}

static void clock_at(struct town *t, int day, int minute)
{
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, day}), minute);
}

static void work(struct town *t, const struct day *d)
{
    clock_at(t, 25, 505);
    struct str code = json_value(t, town_call(t, GET, at(t, "/api/v1/shifts/", d->shift, "/code"), "", d->desk).body, "code");
    on_hire(t, d, "/check-in", at(t, "{\"code\":\"", code, "\"}"), d->worker, 200);
    clock_at(t, 25, 1050);
    on_hire(t, d, "/check-out", "{}", d->worker, 200);
}

static void paid_day(struct town *t)
{
    struct day d = desk_day(t);
    work(t, &d);
    on_hire(t, &d, "/confirm", "{\"minutes\":240}", d.worker, 200);
    CHECK(str_find(on_hire(t, &d, "/confirm", "{\"minutes\":240,\"side\":\"employer\"}", d.desk, 422), S("/reason")) > 0);
    CHECK(str_find(on_hire(t, &d, "/paid", "{\"how\":\"cash\"}", d.desk, 422), S("/side")) > 0);
    on_hire(t, &d, "/confirm", "{\"minutes\":240,\"side\":\"employer\",\"reason\":\"我自己说的\"}", d.worker, 422);
    struct str says = on_hire(t, &d, "/confirm", "{\"minutes\":240,\"side\":\"employer\",\"reason\":\"李经理来电\"}", d.desk, 200);
    CHECK_STR(json_value(t, says, "state"), S("agreed"));
    CHECK_STR(json_value(t, says, "wage_fen"), S("10400"));
    struct str mediator = town_staff(t, MEDIATOR, BOSS_TOWN_DISTRICT);
    says = on_hire(t, &d, "/paid", "{\"how\":\"wechat\",\"side\":\"employer\",\"reason\":\"看过转账截图\"}", mediator, 200);
    CHECK_STR(json_value(t, says, "state"), S("paid"));
    struct str page = town_call(t, GET, at(t, "/my/", d.hire, ""), "", d.worker).body;
    CHECK(str_find(page, S("替招工方填了时间或件数")) > 0 && str_find(page, S("李经理来电")) > 0);
    CHECK(str_find(page, S("看过转账截图")) > 0);
    CHECK_STR(json_value(t, on_hire(t, &d, "/received", "{\"yes\":true}", d.worker, 200), "state"), S("settled"));
}

static void one_side_a_press(struct town *t)
{
    struct day d = desk_day(t);
    work(t, &d);
    struct str says = on_hire(t, &d, "/confirm", "{\"minutes\":240,\"side\":\"employer\",\"reason\":\"李经理来电\"}", d.desk, 200);
    CHECK_STR(json_value(t, says, "state"), S("done"));
    CHECK_STR(json_value(t, says, "worker_ok"), S("false"));
    struct str mediator = town_staff(t, MEDIATOR, BOSS_TOWN_DISTRICT), away = town_staff(t, CONSULTANT, 440118);
    on_hire(t, &d, "/confirm", "{\"minutes\":240}", mediator, 404); /* the desk stands beside the worker, he does not */
    on_hire(t, &d, "/confirm", "{\"minutes\":240,\"side\":\"employer\",\"reason\":\"李经理来电\"}", away, 404);
    CHECK_STR(json_value(t, on_hire(t, &d, "/confirm", "{\"minutes\":240}", d.desk, 200), "state"), S("agreed"));
}

static void called_off(struct town *t)
{
    struct day d = desk_day(t);
    struct letters out = {.a = &t->a};
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    clock_at(t, 25, 420); /* 90 minutes ahead */
    struct str says = on_hire(t, &d, "/cancel", "{\"side\":\"employer\",\"reason\":\"老板来电说停电\"}", d.desk, 200);
    CHECK_STR(json_value(t, says, "state"), S("cancelled_employer"));
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    CHECK_EQ(out.n, 1);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/marks", "", d.worker).body, S("called_off")) < 0);
}

static void missing(struct town *t)
{
    struct day d = desk_day(t);
    clock_at(t, 25, 545);
    on_hire(t, &d, "/no-show", "{}", d.desk, 422);
    struct str says = on_hire(t, &d, "/no-show", "{\"side\":\"employer\",\"reason\":\"李经理来电\"}", d.desk, 200);
    CHECK_STR(json_value(t, says, "state"), S("no_show"));
}

TEST(a_day_at_a_firm_that_a_desk_wrote_down_becomes_a_paid_day)
{
    each_town(paid_day);
}

TEST(staff_speak_for_one_side_with_each_press)
{
    each_town(one_side_a_press);
}

TEST(what_a_firm_without_an_account_calls_off_by_phone_is_not_held_against_the_worker)
{
    each_town(called_off);
}

TEST(a_firm_without_an_account_can_say_that_nobody_came)
{
    each_town(missing);
}

/* With an account it says so itself. */
static void has_account(struct town *t)
{
    int64_t firm, person;
    struct str boss = town_employer(t, "锦裳制衣厂", &firm), desk = town_staff(t, CONSULTANT, BOSS_TOWN_DISTRICT);
    struct answer a = town_call(t, POST, "/api/v1/jobs",
        "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"address\":\"凤阳街\",\"start_ms\":"
        "\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T17:30:00+08:00\",\"break_min\":60,\"cap\":2,"
        "\"valid_to\":\"2026-11-30\",\"pay_unit\":\"hour\",\"pay_fen\":2600}", boss);
    struct day d = {.desk = desk, .worker = town_seeker(t, "13811110001", &person), .shift = json_value(t, a.body, "shift_id")};
    post(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify", "{\"level\":\"phoned\"}", desk, 204);
    d.hire = json_value(t, post(t, "/api/v1/shifts/", d.shift, "/take", "{}", d.worker, 201), "id");
    struct str says = on_hire(t, &d, "/cancel", "{\"side\":\"employer\",\"reason\":\"老板来电\"}", desk, 409);
    CHECK(str_find(says, S("自己的账号")) > 0);
    CHECK_STR(json_value(t, on_hire(t, &d, "/cancel", "", boss, 200), "state"), S("cancelled_employer")); /* no body says nothing */
}

TEST(nobody_speaks_for_a_firm_that_has_an_account)
{
    each_town(has_account);
}
