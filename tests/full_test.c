/* full_test.c - a city with more open shifts than one look at them takes: its lists and pages leave
 * none out. On every engine. */
#include "app_fixture.h"
#include "feature/job/job.h"
#include "feature/plaza/plaza.h"
#include "http/feed.h"
#include "test.h"

enum { MANY = 2100 };

static const char *path(struct town *t, const char *head, int64_t id, const char *tail)
{
    return str_z(&t->a, str_fmt(&t->a, "%s%lld%s", head, (long long)id, tail));
}

/* A verified shift of the next day; its post. */
static int64_t opened(struct town *t, struct str boss, const char *title, const char *trade,
                      const char *address, int hour)
{
    int64_t id = 0;
    struct str desk = town_staff(t, CONSULTANT, 0);
    struct str body = str_fmt(&t->a,
                              "{\"title\":\"%s\",\"trade\":\"%s\",\"text\":\"剪线头查次品\","
                              "\"rhythm\":\"day\",\"address\":\"%s\",\"pay_unit\":\"hour\",\"pay_fen\":2800,"
                              "\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T%02d:00:00+08:"
                              "00\",\"end_ms\":\"2026-11-25T18:00:00+08:00\",\"cap\":2}",
                              title, trade, address, hour);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), boss);
    CHECK_EQ(a.status, 201);
    CHECK(str_i64(json_value(t, a.body, "id"), &id));
    CHECK(
        town_call(t, POST, path(t, "/api/v1/jobs/", id, "/verify"), "{\"level\":\"phoned\"}", desk)
            .status < 300);
    return id;
}

/* MANY more at the moment of the first. */
static enum err multiply(struct request *rq)
{
    const int64_t *job_id = rq->object;
    struct shift *v;
    size_t n;
    enum err e = job_shifts(rq, *job_id, &v, &n);
    for (int i = 0; !e && i < MANY; i++) {
        struct shift s = v[0];
        s.id = new_id(rq);
        e = shift_add(rq, &s);
    }
    return e;
}

static enum err add_board(struct request *rq)
{
    struct screen s = {.site_id = *(const int64_t *)rq->object, .kind = SCREEN_HALL, .name = S("屏")};
    return plaza_add_screen(rq, &s, S("board"));
}

/* Of the whole list, page by page. */
static size_t count_open(struct town *t)
{
    size_t n = 0;
    struct str next = S("0");
    for (int i = 0; i < MANY && next.n; i++) {
        struct str rest =
            town_call(
                t, GET,
                str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs-open?limit=100&after=%.*s", SV(next))),
                "", S(""))
                .body;
        next = json_value(t, rest, "next");
        next = str_eq(next, S("null")) ? S("") : next;
        for (ptrdiff_t at; (at = str_find(rest, S("\"shift_id\":"))) >= 0; n++)
            rest = str_sub(rest, (size_t)at + 1, rest.n);
    }
    return n;
}

static bool shows(struct town *t, const char *page, const char *words)
{
    return str_find(town_browse(t, GET, page, "", S("")).body, str_c(words)) >= 0;
}

static void full(struct town *t)
{
    int64_t large, small, far, here, site = 0;
    struct str boss = town_employer(t, "花都大厂", &large),
               other = town_employer(t, "锦裳制衣厂", &small);
    struct answer a = town_call(t, POST, "/api/v1/sites",
                                "{\"district\":440105,\"name\":\"凤阳零工市场\",\"address\":"
                                "\"海珠区凤阳街\",\"phone\":\"020-12345678\"}",
                                town_staff(t, CITY_ADMIN, 0));
    CHECK(str_i64(json_value(t, a.body, "id"), &site));
    far = opened(t, boss, "装箱打包工", "packing", "花都区狮岭镇", 8);
    CHECK_EQ(app_write(&t->app, multiply, &far), OK);
    CHECK_EQ(feed_drain(&t->app), OK);
    t->now_ms += MIN_MS;
    here = opened(t, other, "平车车位工", "sewing", "海珠区凤阳街", 9);
    CHECK(here != far);
    CHECK_EQ(feed_drain(&t->app), OK);
    CHECK_EQ(count_open(t), MANY + 2);
    CHECK(shows(t, path(t, "/employers/", small, ""), "平车车位工"));
    CHECK(!shows(t, path(t, "/employers/", small, ""), "装箱打包工"));
    CHECK(shows(t, path(t, "/employers/", large, ""), "装箱打包工"));
    CHECK(shows(t, path(t, "/sites/", site, ""), "平车车位工"));
    CHECK(!shows(t, path(t, "/sites/", site, ""), "装箱打包工"));
    CHECK_EQ(app_write(&t->app, add_board, &site), OK);
    CHECK(shows(t, "/hall/board", "平车车位工")); /* 40 km from the others */
    CHECK(!shows(t, "/hall/board", "装箱打包工"));
    CHECK(shows(t, "/jobs.atom", "平车车位工"));
    struct str pays = town_call(t, GET, "/api/v1/pay-ranges", "", S("")).body;
    CHECK(str_find(pays, str_fmt(&t->a, "\"trade\":\"packing\",\"n\":%d,", MANY + 1)) >= 0);
    CHECK(str_find(pays, S("\"trade\":\"sewing\",\"n\":1,")) >= 0);
}

TEST(a_city_with_thousands_of_open_shifts_leaves_none_out)
{
    each_town(full);
}
