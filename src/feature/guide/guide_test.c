/* guide_test.c - a talk is kept sealed, and somebody asks again. */
#include "app_fixture.h"
#include "base/cal.h"
#include "test.h"

static struct answer keep(struct town *t, int64_t person, const char *body, struct str desk)
{
    struct str id = str_fmt(&t->a, "%lld", (long long)person);
    return town_call(t, POST, town_at(t, "/api/v1/people/", id, "/talks"), body, desk);
}

static void talks(struct town *t)
{
    int64_t one, two;
    struct str desk = town_staff(t, CONSULTANT, 440105), other = town_staff(t, CONSULTANT, 440118);
    town_seeker(t, "13811110001", &one);
    town_seeker(t, "13811110002", &two);
    CHECK_EQ(keep(t, one, "{\"step\":\"周三来看车位\",\"follow\":\"2026-11-20\"}", desk).status, 422); /* a day gone by */
    struct answer a = keep(t, one, "{\"note\":\"父母病着,怕离家远\",\"step\":\"周三来看车位\",\"follow\":\"2026-11-27\"}", desk);
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "note"), S("***"));
    struct str first = json_value(t, a.body, "id");
    CHECK_EQ(keep(t, two, "{\"step\":\"先做半天试试\",\"follow\":\"2026-11-25\"}", desk).status, 201);
    CHECK_EQ(keep(t, two, "{\"step\":\"先做半天试试\",\"follow\":\"2026-11-25\"}", other).status, 404);

    struct str due = town_call(t, GET, "/api/v1/talks-due", "", desk).body;
    CHECK(str_find(due, S("先做半天")) > 0 && str_find(due, S("先做半天")) < str_find(due, S("周三来"))); /* the sooner first */
    CHECK(str_find(due, S("测*")) > 0 && str_find(due, S("父母")) < 0);
    CHECK_STR(town_call(t, GET, "/api/v1/talks-due", "", other).body, S("{\"items\":[],\"next\":null}"));

    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/talks/", first, "/open"), "{}", desk).status, 422); /* not without a reason */
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/talks/", first, "/open"), "{\"reason\":\"今天回访\"}", other).status, 404);
    a = town_call(t, POST, town_at(t, "/api/v1/talks/", first, "/open"), "{\"reason\":\"今天回访\"}", desk);
    CHECK_STR(json_value(t, a.body, "note"), S("父母病着,怕离家远"));

    CHECK_EQ(keep(t, one, "{\"step\":\"来过了,下周上工\"}", desk).status, 201); /* asked again: the first is done */
    CHECK(str_find(town_call(t, GET, "/api/v1/talks-due", "", desk).body, S("周三来")) < 0);
    struct str left = json_value(t, town_call(t, GET, "/api/v1/talks-due", "", desk).body, "id");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/talks/", left, "/done"), "{}", desk).status, 204);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/talks/", left, "/done"), "{}", desk).status, 204);
    CHECK_STR(town_call(t, GET, "/api/v1/talks-due", "", desk).body, S("{\"items\":[],\"next\":null}"));

    struct answer p = town_call(t, POST, "/api/v1/people", "{\"name\":\"王某\"}", desk);
    struct str id = json_value(t, p.body, "id");
    a = town_call(t, POST, town_at(t, "/api/v1/people/", id, "/talks"), "{\"note\":\"家里有事\",\"step\":\"下月再来\",\"follow\":\"2026-12-01\"}", desk);
    CHECK_EQ(a.status, 201);
    CHECK_EQ(town_call(t, DELETE, town_at(t, "/api/v1/people/", id, ""), "", desk).status, 204);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/talks/", json_value(t, a.body, "id"), "/open"), "{\"reason\":\"今天回访\"}", desk).status, 404);
    CHECK_STR(town_call(t, GET, "/api/v1/talks-due", "", desk).body, S("{\"items\":[],\"next\":null}"));
}

TEST(a_talk_is_sealed_and_somebody_asks_again_the_longest_overdue_first)
{
    each_town(talks);
}
