/* reach_test.c - a list of somebody's own district is whole, however much waits in the rest of the city. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/employer/employer.h"
#include "feature/job/job.h"
#include "http/store.h"
#include "test.h"

enum { ELSEWHERE = 320 };

/* Posts that wait, all of another district but the one that has waited longest. */
static enum err crowd(struct request *rq)
{
    enum err e = OK;
    for (int i = 0; !e && i <= ELSEWHERE; i++) {
        bool mine = i == ELSEWHERE;
        struct job j = {.id = new_id(rq), .city = rq->city, .district = mine ? 440105 : 440106, .employer_id = *(int64_t *)rq->object,
                        .employer_name = S("甲"), .title = mine ? S("本区车位工") : S("外区帮工"), .text = S("做女装"), .address = S("凤阳街"),
                        .pay_unit = PAY_DAY, .pay_fen = 30000, .valid_to = cal_day(rq->now_ms) + 3, .source = S("test"),
                        .source_id = str_fmt(rq->a, "%d", i), .made_ms = rq->now_ms - (mine ? (int64_t)DAY_MS : 0)};
        e = job_add(rq, &j);
    }
    return e;
}

static void lists(struct town *t)
{
    static const char *const whole[] = {"/api/v1/jobs-waiting", "/api/v1/visits-next"};
    int64_t employer;
    town_employer(t, "锦裳制衣厂", &employer);
    struct str near = town_staff(t, INSPECTOR, 440105), city = town_staff(t, INSPECTOR, 0), far = town_staff(t, INSPECTOR, 440118);
    CHECK(app_write(&t->app, crowd, &employer) == OK);
    for (size_t i = 0; i < sizeof whole / sizeof *whole; i++) {
        struct str list = town_call(t, GET, whole[i], "", near).body;
        CHECK(str_find(list, S("本区车位工")) > 0 && str_find(list, S("外区帮工")) < 0);
        CHECK(str_find(town_call(t, GET, whole[i], "", city).body, S("外区帮工")) > 0);
        CHECK_STR(town_call(t, GET, whole[i], "", far).body, S("{\"items\":[],\"next\":null}"));
    }
}

TEST(what_waits_in_ones_own_district_is_never_hidden_behind_the_rest_of_the_city)
{
    each_town(lists);
}

/* ---- whose staff look at it ---- */

static struct str post_at(struct town *t, const char *address, struct str boss)
{
    return json_value(t, town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a,
        "{\"title\":\"洗碗工\",\"trade\":\"kitchen\",\"text\":\"洗碗、择菜\",\"address\":\"%s\",\"pay_unit\":\"hour\",\"pay_fen\":2600,\"rhythm\":\"day\",\"valid_to\":"
        "\"2026-11-30\",\"start_ms\":\"2026-11-25T09:00:00+08:00\",\"end_ms\":\"2026-11-25T17:00:00+08:00\",\"cap\":3}", address)), boss).body, "id");
}

static void near_staff(struct town *t)
{
    int64_t id;
    struct str boss = town_employer(t, "锦裳制衣厂", &id), near = town_staff(t, CONSULTANT, 440106), home = town_staff(t, CONSULTANT, 440105);
    struct str there = post_at(t, "天河区棠下街12号", boss), here = post_at(t, "凤阳街1号", boss);
    CHECK_EQ(town_call(t, GET, town_at(t, "/api/v1/jobs/", there, ""), "", near).status, 200);
    CHECK_EQ(town_call(t, GET, town_at(t, "/api/v1/jobs/", there, ""), "", home).status, 404);
    CHECK_EQ(town_call(t, GET, town_at(t, "/api/v1/jobs/", here, ""), "", home).status, 200);
    const char *hand = town_at(t, "/api/v1/jobs/", here, "/district");
    CHECK_EQ(town_call(t, POST, hand, "{\"district\":440106}", near).status, 404); /* who has it hands it on */
    CHECK_EQ(town_call(t, POST, hand, "{\"district\":0}", home).status, 422);
    CHECK_EQ(town_call(t, POST, hand, "{\"district\":310115}", home).status, 422);
    CHECK_EQ(town_call(t, POST, hand, "{\"district\":440106}", home).status, 204);
    CHECK_EQ(town_call(t, GET, town_at(t, "/api/v1/jobs/", here, ""), "", home).status, 404);
    CHECK(str_find(town_call(t, GET, "/api/v1/jobs-waiting?state=submitted", "", near).body, here) > 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", here, "/verify"), "{\"level\":\"phoned\"}", near).status, 204);
    CHECK_EQ(town_call(t, POST, hand, "{\"district\":440105}", near).status, 409);
}

TEST(a_post_is_looked_at_by_the_staff_of_the_district_that_its_address_names)
{
    each_town(near_staff);
}
