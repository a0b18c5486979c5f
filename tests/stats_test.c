/* stats_test.c - the numbers of a day equal their lists, and end at the border of a district. */
#include "app_fixture.h"
#include "base/cal.h"
#include "test.h"

static const char post[] = "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\","
                           "\"address\":\"海珠区凤阳街\",\"district\":440105,\"pay_unit\":\"day\",\"pay_fen\":32000,"
                           "\"rhythm\":\"day\",\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-24T09:30:00+08:00\","
                           "\"end_ms\":\"2026-11-24T17:00:00+08:00\",\"break_min\":60,\"cap\":3}";

static const char *join(struct town *t, const char *head, struct str id, const char *tail)
{
    return str_z(&t->a, str_fmt(&t->a, "%s%.*s%s", head, SV(id), tail));
}

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
    town_call(t, POST, join(t, "/api/v1/jobs/", job, "/verify"), "{\"level\":\"phoned\"}", desk);
    CHECK_EQ(figure(t, head, "places"), 3);
    CHECK_EQ(figure(t, head, "gaps"), 3); /* it begins in half an hour */
    CHECK_EQ(figure(t, other, "places"), 0);

    a = town_call(t, POST, join(t, "/api/v1/shifts/", shift, "/take"), "{}", worker);
    CHECK_EQ(a.status, 201);
    struct str hire = json_value(t, a.body, "id");
    CHECK_EQ(figure(t, head, "filled"), 1);
    CHECK_EQ(figure(t, head, "gaps"), 2);
    CHECK_EQ(figure(t, head, "arrived"), 0);
    struct str code = json_value(t, town_call(t, GET, join(t, "/api/v1/shifts/", shift, "/code"), "", boss).body, "code");
    town_call(t, POST, join(t, "/api/v1/hires/", hire, "/check-in"), join(t, "{\"code\":\"", code, "\"}"), worker);
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
