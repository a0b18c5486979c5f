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
