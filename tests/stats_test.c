/* stats_test.c - the numbers of a day equal their lists, and end at the border of a district. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/site/site.h"
#include "test.h"

static const char post[] = "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\","
                           "\"address\":\"海珠区凤阳街\",\"district\":440105,\"pay_unit\":\"day\",\"pay_fen\":32000,"
                           "\"rhythm\":\"day\",\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-24T09:30:00+08:00\","
                           "\"end_ms\":\"2026-11-24T17:00:00+08:00\",\"break_min\":60,\"cap\":3}";

/* The value after "key":"<key>". */
static int64_t figure(struct town *t, struct str token, const char *key)
{
    int64_t v = -1;
    struct str body = town_call(t, GET, "/api/v1/figures", "", token).body;
    ptrdiff_t at = str_find(body, str_fmt(&t->a, "\"key\":\"%s\"", key));
    CHECK(at >= 0);
    str_i64(json_value(t, str_sub(body, (size_t)(at < 0 ? 0 : at), body.n), "value"), &v);
    return v;
}

static size_t listed(struct town *t, struct str token, const char *path)
{
    struct str body = town_call(t, GET, path, "", token).body;
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(body, S("\"title\":"))) >= 0; n++)
        body = str_sub(body, (size_t)at + 1, body.n);
    return n;
}

static void numbers(struct town *t)
{
    int64_t person, firm;
    struct str boss = town_employer(t, "锦裳制衣厂", &firm), worker = town_seeker(t, "13811110001", &person);
    struct str desk = town_staff(t, CONSULTANT, 440105), head = town_staff(t, DISTRICT_ADMIN, 440105);
    struct str other = town_staff(t, DISTRICT_ADMIN, 440118), city = town_staff(t, CITY_ADMIN, 0);
    struct answer a = town_call(t, POST, "/api/v1/jobs", post, boss);
    CHECK_EQ(a.status, 201);
    struct str job = json_value(t, a.body, "id"), shift = json_value(t, a.body, "shift_id");
    CHECK_EQ(figure(t, head, "waiting"), 1);
    CHECK_EQ(listed(t, head, "/api/v1/figures/jobs"), 1);
    CHECK_EQ(figure(t, other, "waiting"), 0);
    CHECK_EQ(figure(t, head, "places"), 0); /* nobody has looked at it yet */
    town_call(t, POST, town_at(t, "/api/v1/jobs/", job, "/verify"), "{\"level\":\"phoned\"}", desk);
    CHECK_EQ(figure(t, head, "places"), 3);
    CHECK_EQ(figure(t, head, "gaps"), 3); /* it begins in half an hour */
    CHECK_EQ(figure(t, other, "places"), 0);

    a = town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", worker);
    CHECK_EQ(a.status, 201);
    struct str hire = json_value(t, a.body, "id");
    CHECK_EQ(figure(t, head, "filled"), 1);
    CHECK_EQ(figure(t, head, "gaps"), 2);
    CHECK_EQ(figure(t, head, "arrived"), 0);
    struct str code = json_value(t, town_call(t, GET, town_at(t, "/api/v1/shifts/", shift, "/code"), "", boss).body, "code");
    town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/check-in"), town_at(t, "{\"code\":\"", code, "\"}"), worker);
    CHECK_EQ(figure(t, head, "arrived"), 1);
    CHECK_EQ(listed(t, head, "/api/v1/figures/hires?key=arrived"), 1);
    CHECK_EQ(listed(t, head, "/api/v1/figures/hires?key=missing"), 0);
    CHECK_EQ(listed(t, head, "/api/v1/figures/shifts?key=gaps"), 1);
    CHECK_EQ(listed(t, head, "/api/v1/figures/shifts?key=visited"), 1);
    CHECK_EQ(listed(t, other, "/api/v1/figures/shifts"), 0);

    CHECK_EQ(figure(t, city, "arrived"), 1);
    CHECK_EQ(town_call(t, GET, "/api/v1/figures?district=440105", "", city).status, 200);
    CHECK_EQ(town_call(t, GET, "/api/v1/figures?district=440105", "", other).status, 404);
}

TEST(every_number_of_today_equals_its_list_and_ends_at_the_district)
{
    each_town(numbers);
}

static struct str sheet_of(struct town *t, const char *path, struct str token, int n)
{
    struct answer a = town_sheet(t, path, token);
    CHECK_EQ(a.status, 200);
    return unzip(&t->a, a.body, str_z(&t->a, str_fmt(&t->a, "xl/worksheets/sheet%d.xml", n)));
}

static bool says(struct str xml, const char *text)
{
    return str_find(xml, str_c(text)) >= 0;
}

/* One place on the day of the clock, taken, worked and agreed: 320 yuan owed. */
static void work_a_day(struct town *t, struct str boss, struct str worker, struct str desk)
{
    struct answer a = town_call(t, POST, "/api/v1/jobs", post, boss);
    struct str job = json_value(t, a.body, "id"), shift = json_value(t, a.body, "shift_id");
    town_call(t, POST, town_at(t, "/api/v1/jobs/", job, "/verify"), "{\"level\":\"phoned\"}", desk);
    struct str hire = json_value(t, town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", worker).body, "id");
    struct str code = json_value(t, town_call(t, GET, town_at(t, "/api/v1/shifts/", shift, "/code"), "", boss).body, "code");
    town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/check-in"), town_at(t, "{\"code\":\"", code, "\"}"), worker);
    t->now_ms += 9 * HOUR_MS;
    town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/check-out"), "{}", worker);
    town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/confirm"), "{\"minutes\":390}", worker);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/confirm"), "{\"minutes\":390}", boss).status, 200);
    CHECK_EQ(town_call(t, POST, "/api/v1/complaints", town_at(t, "{\"what\":\"rude\",\"hire_id\":\"", hire, "\"}"), worker).status, 201);
}

static enum err two_sites(struct request *rq)
{
    struct site near = {.id = 1, .city = rq->city, .district = 440105, .name = S("近站"), .place = {113.3, 23.1}};
    struct site far = {.id = 2, .city = rq->city, .district = 440105, .name = S("远站"), .place = {113.9, 23.5}};
    enum err e = site_add(rq, &near);
    return e ? e : site_add(rq, &far);
}

static void report(struct town *t)
{
    int64_t person, firm;
    struct str boss = town_employer(t, "锦裳制衣厂", &firm), worker = town_seeker(t, "13811110001", &person);
    struct str desk = town_staff(t, CONSULTANT, 440105), head = town_staff(t, DISTRICT_ADMIN, 440105);
    struct str other = town_staff(t, DISTRICT_ADMIN, 440118);
    CHECK(app_write(&t->app, two_sites, NULL) == OK);
    town_call(t, POST, "/api/v1/sites/1/tickets", "{}", desk);
    t->now_ms += 6 * 60000;
    town_call(t, POST, "/api/v1/sites/1/next", "{\"counter\":\"1\"}", desk);
    work_a_day(t, boss, worker, desk);

    static const struct {
        const char *key;
        int64_t value;
    } want[] = {{"served", 1}, {"wait", 6}, {"registered", 1}, {"made", 1}, {"places", 3}, {"filled", 1}, {"empty", 2}, {"arrived", 1},
                {"missing", 0}, {"visits", 0}, {"complaints", 1}, {"paid", 0}, {"owed", 32000}};
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        CHECK_EQ(figure(t, head, want[i].key), want[i].value);
    struct str today = town_call(t, GET, "/api/v1/figures", "", head).body;
    CHECK_STR(town_call(t, GET, "/api/v1/figures?day=2026-11-24", "", head).body, today);
    CHECK_STR(town_call(t, GET, "/api/v1/figures?site_id=1", "", head).body, today); /* all of it lies there */
    CHECK(says(town_call(t, GET, "/api/v1/figures?site_id=2", "", head).body, "\"key\":\"served\",\"unit\":\"count\",\"value\":0"));
    CHECK_EQ(town_call(t, GET, "/api/v1/figures?site_id=1", "", other).status, 404);

    struct str xml = sheet_of(t, "/api/v1/figures", head, 1);
    CHECK(says(xml, "还没付工钱</t></is></c><c r=\"B16\" s=\"2\"><v>320</v>"));
    CHECK(says(xml, "平均等多久</t></is></c><c r=\"B3\"><v>6</v>"));
    CHECK(says(xml, "海珠区 2026-11-24"));
    CHECK(says(sheet_of(t, "/api/v1/figures", head, 2), "车位"));
    CHECK(says(sheet_of(t, "/api/v1/figures", head, 3), "近站"));
    CHECK(says(sheet_of(t, "/api/v1/figures", head, 4), "从取号到第一次叫号"));

    t->now_ms += DAY_MS; /* a day later the day is the same, without what was of the moment */
    struct str later = town_call(t, GET, "/api/v1/figures?day=2026-11-24", "", head).body;
    for (size_t i = 0; i < sizeof want / sizeof *want; i++)
        CHECK(says(later, str_z(&t->a, str_fmt(&t->a, "\"%s\"", want[i].key))));
    CHECK(says(later, "\"value\":32000") && !says(later, "\"gaps\""));
    CHECK(says(sheet_of(t, "/api/v1/figures?day=2026-11-24", head, 1), "<v>320</v>"));
}

TEST(the_report_of_a_day_has_the_numbers_of_its_screen_and_says_what_they_mean)
{
    each_town(report);
}

static void pay_list(struct town *t)
{
    int64_t person, firm;
    struct str boss = town_employer(t, "=1+1 制衣厂", &firm), worker = town_seeker(t, "13811110001", &person);
    struct str desk = town_staff(t, CONSULTANT, 440105), head = town_staff(t, DISTRICT_ADMIN, 440105);
    CHECK(!says(sheet_of(t, "/api/v1/employer/hires", boss, 1), "平车")); /* nothing owed yet */
    work_a_day(t, boss, worker, desk);
    struct str xml = sheet_of(t, "/api/v1/employer/hires", boss, 1);
    CHECK(says(xml, "2026-11-24 09:30") && says(xml, "<v>390</v>") && says(xml, "<v>320</v>") && says(xml, "测*") && !says(xml, "测试"));
    xml = sheet_of(t, "/api/v1/figures/people", head, 1);
    CHECK(says(xml, "138****0001") && !says(xml, "13811110001")); /* masked, as on the screen */
    xml = sheet_of(t, "/api/v1/figures/shifts", head, 1);
    CHECK(says(xml, "t=\"inlineStr\"><is><t>=1+1 制衣厂") && !says(xml, "<f>")); /* text, no formula */
    CHECK_EQ(town_sheet(t, "/api/v1/figures/people", boss).status, 403);
}

TEST(a_workbook_holds_text_and_numbers_and_shows_no_more_than_the_screen)
{
    each_town(pay_list);
}
