/* side_test.c - what staff write down for an employer, and what becomes of a day then. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/employer/employer.h"
#include "feature/notice/notice_store.h"
#include "test.h"

struct day {
    struct str desk, worker;
    int64_t person;
    struct str firm, shift, hire;
};
enum { DISTRICT = 440105 };

static struct str post(struct town *t, const char *what, struct str id, const char *tail, const char *body, struct str who, int status)
{
    struct answer a = town_call(t, POST, town_at(t, what, id, tail), body, who);
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
    d.desk = town_staff(t, CONSULTANT, DISTRICT);
    d.worker = town_seeker(t, "13811110001", &d.person);
    struct answer a = town_call(t, POST, "/api/v1/employers",
                                "{\"name\":\"腾云制衣\",\"uscc\":\"9144030071526726XG\",\"district\":440105,\"address\":\"海珠区凤阳街1号\","
                                "\"contact\":\"李经理\",\"phone\":\"13688880009\"}", d.desk);
    CHECK_EQ(a.status, 201);
    d.firm = json_value(t, a.body, "id");
    post(t, "/api/v1/employers/", d.firm, "/verify", "{}", d.desk, 204);
    a = town_call(t, POST, "/api/v1/jobs", town_at(t, "{\"employer_id\":\"", d.firm,
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
    struct str code = json_value(t, town_call(t, GET, town_at(t, "/api/v1/shifts/", d->shift, "/code"), "", d->desk).body, "code");
    on_hire(t, d, "/check-in", town_at(t, "{\"code\":\"", code, "\"}"), d->worker, 200);
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
    struct str mediator = town_staff(t, MEDIATOR, DISTRICT);
    says = on_hire(t, &d, "/paid", "{\"how\":\"wechat\",\"side\":\"employer\",\"reason\":\"看过转账截图\"}", mediator, 200);
    CHECK_STR(json_value(t, says, "state"), S("paid"));
    struct str page = town_call(t, GET, town_at(t, "/my/", d.hire, ""), "", d.worker).body;
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
    struct str mediator = town_staff(t, MEDIATOR, DISTRICT), away = town_staff(t, CONSULTANT, 440118);
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

/* It phones all the same: written down as for one without, and told what was. */
static void has_account(struct town *t)
{
    int64_t firm, person;
    struct str boss = town_employer(t, "锦裳制衣厂", &firm), desk = town_staff(t, CONSULTANT, DISTRICT);
    struct answer a = town_call(t, POST, "/api/v1/jobs",
        "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"rhythm\":\"day\",\"address\":\"凤阳街\",\"start_ms\":"
        "\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T17:30:00+08:00\",\"break_min\":60,\"cap\":2,"
        "\"valid_to\":\"2026-11-30\",\"pay_unit\":\"hour\",\"pay_fen\":2600}", boss);
    struct day d = {.desk = desk, .worker = town_seeker(t, "13811110001", &person), .shift = json_value(t, a.body, "shift_id")};
    post(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify", "{\"level\":\"phoned\"}", desk, 204);
    d.hire = json_value(t, post(t, "/api/v1/shifts/", d.shift, "/take", "{}", d.worker, 201), "id");
    work(t, &d);
    on_hire(t, &d, "/confirm", "{\"minutes\":240}", d.worker, 200);
    struct letters out = {.a = &t->a};
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    on_hire(t, &d, "/confirm", "{\"minutes\":240,\"side\":\"employer\"}", desk, 422); /* how it is known is said */
    struct str says = on_hire(t, &d, "/confirm", "{\"minutes\":240,\"side\":\"employer\",\"reason\":\"老板来电\"}", desk, 200);
    CHECK_STR(json_value(t, says, "state"), S("agreed"));
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    CHECK_EQ(out.n, 1);
    CHECK(out.n && str_find(out.v[0].text, S("4 小时")) > 0 && str_find(out.v[0].text, S("老板来电")) > 0);
    CHECK(out.n && str_find(out.v[0].text, S("平车车位工 2026年11月25日 周三 08:30–17:30")) > 0);
    CHECK(str_find(town_call(t, GET, town_at(t, "/my/", d.hire, ""), "", boss).body, S("老板来电")) > 0);
    on_hire(t, &d, "/confirm", "{\"minutes\":300}", boss, 200); /* and may say otherwise */
    says = on_hire(t, &d, "/confirm", "{\"minutes\":300}", d.worker, 200);
    CHECK_STR(json_value(t, says, "wage_fen"), S("13000"));
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    CHECK_EQ(out.n, 0); /* of what it does itself it is not told */
}

TEST(what_a_firm_with_an_account_says_by_phone_is_written_down_and_it_is_told)
{
    each_town(has_account);
}

/* ---- wages that do not come ---- */

static struct day owed_day(struct town *t, const char *rhythm, struct str *ret_boss)
{
    int64_t firm, person;
    struct str boss = town_employer(t, "锦裳制衣厂", &firm), desk = town_staff(t, SITE_MANAGER, DISTRICT);
    struct answer a = town_call(t, POST, "/api/v1/jobs", town_at(t,
        "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"address\":\"凤阳街\",\"start_ms\":"
        "\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T17:30:00+08:00\",\"break_min\":60,\"cap\":2,"
        "\"valid_to\":\"2026-11-30\",\"pay_unit\":\"hour\",\"pay_fen\":2600,\"rhythm\":\"", str_c(rhythm), "\"}"), boss);
    struct day d = {.desk = desk, .worker = town_seeker(t, "13811110001", &person), .shift = json_value(t, a.body, "shift_id")};
    post(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify", "{\"level\":\"phoned\"}", desk, 204);
    d.hire = json_value(t, post(t, "/api/v1/shifts/", d.shift, "/take", "{}", d.worker, 201), "id");
    work(t, &d);
    on_hire(t, &d, "/confirm", "{\"minutes\":240}", d.worker, 200);
    CHECK_STR(json_value(t, on_hire(t, &d, "/confirm", "{\"minutes\":240}", boss, 200), "state"), S("agreed"));
    *ret_boss = boss;
    return d;
}

static bool lists(struct town *t, const char *path, struct str who, const struct day *d)
{
    return str_find(town_call(t, GET, path, "", who).body, d->hire) > 0;
}

static void old_debt(struct town *t)
{
    struct str boss;
    struct day d = owed_day(t, "day", &boss);
    t->now_ms += 33 * (int64_t)DAY_MS;
    CHECK(lists(t, "/api/v1/employer/hires?days=31", boss, &d));
    CHECK(lists(t, "/api/v1/employer/hires", boss, &d));
    struct str book = town_sheet(t, "/api/v1/employer/hires?days=31", boss).body;
    CHECK(str_find(unzip(&t->a, book, "xl/worksheets/sheet1.xml"), S("104")) > 0);
    on_hire(t, &d, "/paid", "{\"how\":\"cash\"}", boss, 200);
    CHECK(!lists(t, "/api/v1/employer/hires?days=31", boss, &d)); /* said to be paid: older than the list */
}

static void not_come(struct town *t, const char *rhythm, int due_day)
{
    struct str boss, mediator = town_staff(t, MEDIATOR, DISTRICT);
    struct day d = owed_day(t, rhythm, &boss);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 1}) + due_day - 2, 1439);
    struct str no = on_hire(t, &d, "/received", "{\"yes\":false}", d.worker, 409);
    CHECK(str_find(no, S("wage_not_due")) > 0 && str_find(no, S("明天起还没到手")) > 0);
    struct str page = town_call(t, GET, town_at(t, "/my/", d.hire, ""), "", d.worker).body;
    CHECK(str_find(page, S("钱还没到</button>")) < 0 && str_find(page, S("明天还没到手")) > 0);
    CHECK(!lists(t, "/api/v1/hires-unpaid", mediator, &d));
    t->now_ms += MIN_MS;
    CHECK(str_find(town_call(t, GET, town_at(t, "/my/", d.hire, ""), "", d.worker).body, S("钱还没到</button>")) > 0);
    on_hire(t, &d, "/received", "{\"yes\":true}", d.worker, 409); /* nobody said that it was paid */
    CHECK_STR(json_value(t, on_hire(t, &d, "/received", "{\"yes\":false}", d.worker, 200), "state"), S("disputed"));
    CHECK(lists(t, "/api/v1/hires-unpaid", mediator, &d));
    on_hire(t, &d, "/paid", "{\"how\":\"cash\"}", boss, 200);
    CHECK(!lists(t, "/api/v1/hires-unpaid", mediator, &d));
}

static void not_come_by_day(struct town *t)
{
    not_come(t, "day", 26);
}

static void not_come_by_week(struct town *t)
{
    not_come(t, "week", 25 + 7);
}

static void not_come_by_half_month(struct town *t)
{
    not_come(t, "half_month", 25 + 15);
}

static void not_come_by_month(struct town *t)
{
    not_come(t, "month", 25 + 31);
}

TEST(a_wage_stays_in_the_employers_lists_until_it_is_paid_however_old)
{
    each_town(old_debt);
}

TEST(a_worker_says_that_the_money_has_not_come_as_soon_as_it_is_due)
{
    each_town(not_come_by_day);
    each_town(not_come_by_week);
    each_town(not_come_by_half_month);
    each_town(not_come_by_month);
}

static const char calls_worker[] = "{\"side\":\"worker\",\"reason\":\"核对钱到没到\"}", calls_boss[] = "{\"side\":\"employer\",\"reason\":\"催工钱\"}";

static void mediator_phones(struct town *t)
{
    struct str boss, mediator = town_staff(t, MEDIATOR, DISTRICT), admin = town_staff(t, CITY_ADMIN, 0);
    struct day d = owed_day(t, "day", &boss);
    clock_at(t, 26, 600);
    CHECK(str_find(on_hire(t, &d, "/open", calls_worker, mediator, 409), S("nothing_to_settle")) > 0);
    on_hire(t, &d, "/received", "{\"yes\":false}", d.worker, 200);
    on_hire(t, &d, "/open", "{\"side\":\"worker\"}", mediator, 422);
    on_hire(t, &d, "/open", "{\"reason\":\"催工钱\"}", mediator, 422);
    on_hire(t, &d, "/open", calls_worker, town_staff(t, MEDIATOR, 440118), 404);
    on_hire(t, &d, "/open", calls_worker, boss, 403);
    CHECK_STR(json_value(t, on_hire(t, &d, "/open", calls_worker, mediator, 200), "phone"), S("13811110001"));
    struct str phone = json_value(t, on_hire(t, &d, "/open", calls_boss, mediator, 200), "phone");
    CHECK(phone.n == 11 && str_find(phone, S("139")) == 0); /* of town_employer */
    struct str lines = town_call(t, GET, "/api/v1/audit", "", admin).body;
    CHECK(str_find(lines, S("worker: 核对钱到没到")) > 0 && str_find(lines, S("employer: 催工钱")) > 0);
    on_hire(t, &d, "/paid", "{\"how\":\"cash\"}", boss, 200);
    on_hire(t, &d, "/open", calls_boss, mediator, 409);
}

TEST(who_is_to_get_a_wage_paid_phones_both_sides)
{
    each_town(mediator_phones);
}

/* ---- whose firm it is ---- */

static struct str signed_in(struct town *t, const char *phone)
{
    CHECK_EQ(town_call(t, POST, "/api/v1/sign-in", town_at(t, "{\"phone\":\"", str_c(phone), "\"}"), S("")).status, 204);
    t->now_ms += 2 * MIN_MS;
    struct answer a = town_call(t, POST, "/api/v1/sign-in/code", town_at(t, "{\"phone\":\"", str_c(phone), "\",\"code\":\"123456\"}"), S(""));
    CHECK_EQ(a.status, 200);
    return json_value(t, a.body, "token");
}

static const char register_it[] = "{\"name\":\"腾云制衣\",\"uscc\":\"9144030071526726xg\",\"address\":\"海珠区凤阳街1号\","
                                  "\"contact\":\"李经理\",\"phone\":\"13688880009\"}";
static const char claim_it[] = "{\"uscc\":\"9144030071526726XG\",\"contact\":\"李经理\"}";

static void proved_number(struct town *t)
{
    struct day d = desk_day(t);
    t->app.demo = true; /* the code is known */
    struct str boss = signed_in(t, "13688880009");
    CHECK(str_find(town_call(t, GET, "/api/v1/my/firms", "", boss).body, d.firm) > 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/firms", "", d.worker).body, d.firm) < 0);
    struct answer a = town_call(t, POST, "/api/v1/employers", register_it, boss);
    CHECK_EQ(a.status, 200);
    CHECK_STR(json_value(t, a.body, "id"), d.firm);
    CHECK(lists(t, "/api/v1/employer/hires", boss, &d));
    CHECK(str_find(town_call(t, GET, "/api/v1/my/firms", "", boss).body, d.firm) < 0);
    work(t, &d);
    on_hire(t, &d, "/confirm", "{\"minutes\":240}", d.worker, 200);
    CHECK_STR(json_value(t, on_hire(t, &d, "/confirm", "{\"minutes\":240}", boss, 200), "state"), S("agreed"));
}

static void claim_by_number(struct town *t)
{
    struct day d = desk_day(t);
    t->app.demo = true;
    struct str boss = signed_in(t, "13688880009");
    struct answer a = town_call(t, POST, "/api/v1/employer-claims", town_at(t, "{\"employer_id\":\"", d.firm, "\",\"contact\":\"李经理\"}"), boss);
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "state"), S("agreed"));
    CHECK(lists(t, "/api/v1/employer/hires", boss, &d));
}

static struct str claim_of(struct town *t, struct str who)
{
    struct answer a = town_call(t, POST, "/api/v1/employer-claims", claim_it, who);
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "state"), S("waiting"));
    return json_value(t, a.body, "id");
}

static const char yes[] = "{\"yes\":true,\"reason\":\"看过营业执照原件\"}", no[] = "{\"yes\":false,\"reason\":\"执照上的名字不一样\"}";

static void other_number(struct town *t)
{
    struct day d = desk_day(t);
    t->app.demo = true;
    struct str boss = signed_in(t, "13688880010"), inspector = town_staff(t, INSPECTOR, DISTRICT), away = town_staff(t, CONSULTANT, 440118);
    struct answer a = town_call(t, POST, "/api/v1/employers", register_it, boss);
    CHECK_EQ(a.status, 409);
    CHECK(str_find(a.body, S("这是我的单位")) > 0);
    struct str claim = claim_of(t, boss);
    CHECK_EQ(town_call(t, POST, "/api/v1/employer-claims", claim_it, boss).status, 409); /* one at a time */
    CHECK(!lists(t, "/api/v1/employer/hires", boss, &d));
    CHECK(str_find(town_call(t, GET, "/api/v1/employer-claims", "", inspector).body, claim) > 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/employer-claims", "", away).body, claim) < 0);
    post(t, "/api/v1/employer-claims/", claim, "/decide", yes, away, 404);
    post(t, "/api/v1/employer-claims/", claim, "/decide", "{\"yes\":true}", inspector, 422);
    struct letters out = {.a = &t->a};
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    post(t, "/api/v1/employer-claims/", claim, "/decide", no, inspector, 204);
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    CHECK_EQ(out.n, 1);
    CHECK(out.n && str_find(out.v[0].text, S("执照上的名字不一样")) > 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/employer-claims", "", boss).body, S("执照上的名字不一样")) > 0);
    CHECK(!lists(t, "/api/v1/employer/hires", boss, &d));
    post(t, "/api/v1/employer-claims/", claim, "/decide", yes, inspector, 409);
    post(t, "/api/v1/employer-claims/", claim_of(t, boss), "/decide", yes, d.desk, 204);
    CHECK(lists(t, "/api/v1/employer/hires", boss, &d));
    CHECK_EQ(town_call(t, POST, "/api/v1/employer-claims", claim_it, d.desk).status, 409); /* staff never */
}

/* Only a code proves a number; a firm that is held is never taken by it. */
static void held_firm(struct town *t)
{
    struct day d = desk_day(t);
    t->app.demo = true;
    struct str first = signed_in(t, "13688880009"), second = signed_in(t, "13688880010");
    CHECK_EQ(town_call(t, POST, "/api/v1/employers", register_it, first).status, 200);
    struct letters out = {.a = &t->a};
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    struct str claim = claim_of(t, second);
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    CHECK_EQ(out.n, 1); /* whoever holds it hears of it */
    CHECK(out.n && str_eq(out.v[0].phone, S("13688880009")) && str_find(out.v[0].text, S("腾云制衣")) > 0);
    CHECK(!lists(t, "/api/v1/employer/hires", second, &d));
    CHECK(lists(t, "/api/v1/employer/hires", first, &d));
    CHECK(str_find(town_call(t, GET, "/api/v1/employer-claims", "", d.desk).body, S("\"held\":true")) > 0);
    post(t, "/api/v1/employer-claims/", claim, "/decide", yes, d.desk, 204);
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    CHECK_EQ(out.n, 2); /* both are told */
    CHECK(lists(t, "/api/v1/employer/hires", second, &d));
    CHECK_EQ(town_call(t, GET, "/api/v1/employer/hires", "", first).status, 403);
    on_hire(t, &d, "/cancel", "{}", first, 403);
    on_hire(t, &d, "/cancel", "{}", second, 200);
}

TEST(whoever_proves_the_number_that_a_desk_wrote_down_has_the_firm)
{
    each_town(proved_number);
    each_town(claim_by_number);
}

TEST(another_number_has_the_firm_only_once_staff_have_seen_the_licence)
{
    each_town(other_number);
}

TEST(a_firm_with_an_account_changes_hands_only_by_staff_and_its_holder_is_told)
{
    each_town(held_firm);
}

static enum err import_firm(struct request *rq)
{
    return employer_for_name(rq, S("云上餐饮"), 0, rq->object);
}

/* As an older program let it be done. */
static enum err verify_uncoded(struct request *rq)
{
    return employer_verify(rq, *(int64_t *)rq->object);
}

static void imported(struct town *t)
{
    int64_t id = 0;
    t->app.demo = true;
    CHECK(app_write(&t->app, import_firm, &id) == OK);
    struct str firm = str_fmt(&t->a, "%lld", (long long)id), boss = signed_in(t, "13688880009"), other = signed_in(t, "13688880010");
    struct str desk = town_staff(t, CONSULTANT, 0);
    const char *body = town_at(t, "{\"employer_id\":\"", firm, "\",\"contact\":\"李经理\"}");
    CHECK_EQ(town_call(t, POST, "/api/v1/employer-claims", body, boss).status, 422); /* it has no code yet: he brings it */
    post(t, "/api/v1/employers/", firm, "/verify", "{}", desk, 422);
    CHECK(app_write(&t->app, verify_uncoded, &id) == OK);
    struct str page = town_call(t, GET, town_at(t, "/employers/", firm, ""), "", S("")).body;
    CHECK(str_find(page, S("云上餐饮")) > 0 && str_find(page, S("import-")) < 0);
    body = town_at(t, "{\"employer_id\":\"", firm, "\",\"contact\":\"李经理\",\"uscc\":\"9144030071526726XG\"}");
    struct answer a = town_call(t, POST, "/api/v1/employer-claims", body, boss);
    CHECK_STR(json_value(t, a.body, "state"), S("waiting"));
    CHECK_EQ(town_call(t, POST, "/api/v1/employers", register_it, other).status, 201); /* another firm with that code */
    post(t, "/api/v1/employer-claims/", json_value(t, a.body, "id"), "/decide", yes, desk, 409);
    body = town_at(t, "{\"employer_id\":\"", firm, "\",\"contact\":\"李经理\",\"uscc\":\"914403001922038216\"}");
    post(t, "/api/v1/employer-claims/", json_value(t, a.body, "id"), "/decide", no, desk, 204);
    a = town_call(t, POST, "/api/v1/employer-claims", body, boss);
    post(t, "/api/v1/employer-claims/", json_value(t, a.body, "id"), "/decide", yes, desk, 204);
    a = town_call(t, GET, town_at(t, "/api/v1/employers/", firm, ""), "", boss);
    CHECK_STR(json_value(t, a.body, "uscc"), S("914403001922038216"));
    CHECK(str_find(town_call(t, GET, town_at(t, "/employers/", firm, ""), "", S("")).body, S("914403001922038216")) > 0);
    CHECK_STR(json_value(t, a.body, "phone"), S("136****0009"));
}

TEST(a_firm_of_an_imported_ad_gets_its_owner_and_its_code)
{
    each_town(imported);
}

/* As an older program left it: a firm without what it is found by. */
static enum err forget_numbers(struct request *rq)
{
    static const struct query q = {"t.forget", "UPDATE employer SET phone_idx = NULL WHERE city = $1"};
    return db_run(rq->tx, &q, ARGS(I(rq->city)), NULL);
}

static enum err older_step(struct request *rq)
{
    return employer_phone_old(rq->tx, rq->app->seal);
}

static void older_firms(struct town *t)
{
    struct day d = desk_day(t);
    t->app.demo = true;
    struct str boss = signed_in(t, "13688880009");
    CHECK(app_write(&t->app, forget_numbers, NULL) == OK);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/firms", "", boss).body, d.firm) < 0);
    CHECK(app_write(&t->app, older_step, NULL) == OK);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/firms", "", boss).body, d.firm) > 0);
}

TEST(a_firm_of_an_older_program_is_found_by_its_number)
{
    each_town(older_firms);
}
