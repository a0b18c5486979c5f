/* job_test.c - what a post must say, and what becomes of what is added to one that was looked at. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/job/job.h"
#include "feature/site/site.h"
#include "test.h"

struct firm {
    struct str boss, desk;
    int64_t id;
};

static struct firm firm_of(struct town *t)
{
    struct firm f;
    f.boss = town_employer(t, "锦裳制衣厂", &f.id);
    f.desk = town_staff(t, CONSULTANT, 440105);
    return f;
}

/* `pay` and what else the post says, as JSON. */
static struct answer post(struct town *t, const struct firm *f, const char *pay)
{
    return town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a,
        "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"address\":\"凤阳街\",\"start_ms\":"
        "\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T17:30:00+08:00\",\"break_min\":60,\"cap\":2,%s}", pay)), f->boss);
}

static void limits(struct town *t)
{
    struct firm f = firm_of(t);
    struct answer a = post(t, &f, "\"valid_to\":\"2027-12-01\",\"pay_unit\":\"hour\",\"pay_fen\":2600");
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("valid_to")) > 0 && str_find(a.body, S("2026-12-24")) > 0);
    CHECK_EQ(post(t, &f, "\"valid_to\":\"2026-12-25\",\"pay_unit\":\"hour\",\"pay_fen\":2600").status, 422);
    CHECK_EQ(post(t, &f, "\"valid_to\":\"2026-12-24\",\"pay_unit\":\"hour\",\"pay_fen\":2600").status, 201);
    a = post(t, &f, "\"valid_to\":\"2026-12-01\",\"pay_unit\":\"hour\",\"pay_fen\":2600,\"pay_max_fen\":2500");
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("/pay_max_fen")) > 0 && str_find(a.body, S("最小 2600 分")) > 0);
    CHECK_EQ(post(t, &f, "\"valid_to\":\"2026-12-01\",\"pay_unit\":\"hour\",\"pay_fen\":2600,\"pay_max_fen\":2600").status, 201);
}

TEST(a_post_is_valid_thirty_days_at_most_and_its_pay_does_not_end_below_where_it_begins)
{
    each_town(limits);
}

struct walk {
    int64_t limit;
    struct str seen; /* state and whether there is a shift, in order */
};

static enum err walk(struct request *rq)
{
    struct walk *w = rq->object;
    struct job after = {.id = 0}, *v;
    size_t n = 1;
    enum err e = OK;
    w->seen = S("");
    while (!e && n) {
        e = job_every(rq, &after, w->limit, &v, &n);
        for (size_t i = 0; !e && i < n; i++) {
            after = v[i];
            const char *state = choice_key(record_field(&job_record, S("state")), v[i].state);
            w->seen = str_fmt(rq->a, "%.*s%s %lld, ", SV(w->seen), state, (long long)v[i].cap);
        }
    }
    CHECK_STR(w->seen, S("submitted 2, submitted 3, submitted 4, held 2, closed 2, submitted 0, "));
    return e;
}

static enum err drop_shift(struct request *rq)
{
    static const struct query q = {"test.drop_shift", "DELETE FROM shift WHERE city = $1 AND job_id = (SELECT max(id) FROM job WHERE city = $1)"};
    return db_run(rq->tx, &q, ARGS(I(rq->city)), NULL);
}

static void exported(struct town *t)
{
    struct firm f = firm_of(t);
    static const char *const pays[] = {"\"pay_unit\":\"hour\",\"pay_fen\":2600", "\"pay_unit\":\"piece\",\"pay_fen\":1",
                                       "\"pay_unit\":\"hour\",\"pay_fen\":2700", "\"pay_unit\":\"hour\",\"pay_fen\":2800"};
    struct str id[4];
    for (int i = 0; i < 4; i++)
        id[i] = json_value(t, post(t, &f, str_z(&t->a, str_fmt(&t->a, "\"valid_to\":\"2026-12-01\",%s", pays[i]))).body, "id");
    for (int i = 3; i < 5; i++) {
        struct str shift = str_fmt(&t->a, "{\"start_ms\":\"2026-11-2%dT08:30:00+08:00\",\"end_ms\":\"2026-11-2%dT17:30:00+08:00\",\"cap\":%d}", i + 3, i + 3, i);
        CHECK(town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/shifts", SV(id[0]))), str_z(&t->a, shift), f.boss).status < 300);
    }
    CHECK(town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/close", SV(id[2]))), "", f.boss).status < 300);
    CHECK(app_write(&t->app, drop_shift, NULL) == OK);
    for (int64_t limit = 1; limit < 8; limit++)
        CHECK(app_read(&t->app, walk, &(struct walk){.limit = limit}) == OK);
}

TEST(an_export_has_every_post_in_every_state_with_each_of_its_shifts_whatever_a_page_holds)
{
    each_town(exported);
}

static struct answer more(struct town *t, const struct firm *f, struct str job, const char *end)
{
    const char *to = str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/shifts", SV(job)));
    return town_call(t, POST, to, str_z(&t->a, str_fmt(&t->a,
        "{\"start_ms\":\"2026-11-26T08:30:00+08:00\",\"end_ms\":\"2026-11-26T%s:00+08:00\",\"break_min\":60,\"cap\":2}", end)), f->boss);
}

static enum err found_site(struct request *rq)
{
    struct site s = {.id = 1, .city = rq->city, .district = 440105, .name = S("海珠零工市场"), .place = {113.26, 23.1}};
    return site_add(rq, &s);
}

static void far_off(struct town *t)
{
    struct firm f = firm_of(t);
    const char *beijing = "\"valid_to\":\"2026-12-01\",\"pay_unit\":\"hour\",\"pay_fen\":2600,\"place\":{\"lon\":116.4,\"lat\":39.9}";
    const char *conghua = "\"valid_to\":\"2026-12-01\",\"pay_unit\":\"hour\",\"pay_fen\":2600,\"place\":{\"lon\":113.59,\"lat\":23.55}";
    CHECK_EQ(post(t, &f, beijing).status, 201); /* nothing is known of where the city is */
    CHECK(app_write(&t->app, found_site, NULL) == OK);
    struct answer a = post(t, &f, beijing);
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("\"/place\"")) > 0);
    CHECK_EQ(post(t, &f, conghua).status, 201);
}

TEST(a_post_is_not_for_a_place_far_from_every_site_of_the_city)
{
    each_town(far_off);
}

static void idle_shift(struct town *t)
{
    struct firm f = firm_of(t);
    for (int min = 239; min <= 240; min++) {
        struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a,
            "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"address\":\"凤阳街\",\"start_ms\":"
            "\"2026-11-25T08:00:00+08:00\",\"end_ms\":\"2026-11-25T12:00:00+08:00\",\"cap\":2,\"valid_to\":\"2026-12-01\","
            "\"pay_unit\":\"hour\",\"pay_fen\":2600,\"break_min\":%d}", min)), f.boss);
        CHECK_EQ(a.status, min < 240 ? 201 : 422);
        CHECK(min < 240 || (str_find(a.body, S("\"/break_min\"")) > 0 && str_find(a.body, S("240")) > 0));
    }
    struct str job = json_value(t, post(t, &f, "\"valid_to\":\"2026-12-01\",\"pay_unit\":\"hour\",\"pay_fen\":2600").body, "id");
    struct answer a = more(t, &f, job, "09:30"); /* an hour, and a break of one */
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("\"/break_min\"")) > 0);
}

TEST(a_break_is_shorter_than_its_shift)
{
    each_town(idle_shift);
}

static void no_pace(struct town *t)
{
    struct firm f = firm_of(t);
    struct answer a = post(t, &f, "\"valid_to\":\"2026-12-01\",\"pay_unit\":\"piece\",\"pay_fen\":1");
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "state"), S("held"));
    CHECK(str_find(a.body, S("熟手一小时能做几件")) > 0);
    a = post(t, &f, "\"valid_to\":\"2026-12-01\",\"pay_unit\":\"piece\",\"pay_fen\":60,\"piece_norm\":50");
    CHECK_STR(json_value(t, a.body, "state"), S("submitted"));
}

TEST(piece_work_without_a_usual_pace_waits_and_says_what_is_missing)
{
    each_town(no_pace);
}

static bool is_open(struct town *t, struct str shift)
{
    return str_find(town_call(t, GET, "/api/v1/jobs-open", "", S("")).body, shift) > 0;
}

static void longer_shift(struct town *t)
{
    struct firm f = firm_of(t);
    struct answer a = post(t, &f, "\"valid_to\":\"2026-12-01\",\"pay_unit\":\"day\",\"pay_fen\":20000");
    struct str job = json_value(t, a.body, "id");
    CHECK_STR(json_value(t, a.body, "state"), S("submitted"));
    const char *verify = str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/verify", SV(job)));
    CHECK_EQ(town_call(t, POST, verify, "{\"level\":\"phoned\"}", f.desk).status, 204);
    a = more(t, &f, job, "17:30"); /* as long as the one that was looked at */
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "job_id"), job);
    CHECK(is_open(t, json_value(t, a.body, "id")));

    CHECK_EQ(more(t, &f, job, "19:30").status, 409); /* 20 yuan an hour: below the law */
    a = more(t, &f, job, "18:12"); /* 22.98 yuan an hour: above the law, below the newest wage */
    CHECK_EQ(a.status, 201);
    struct str shift = json_value(t, a.body, "id"), own = json_value(t, a.body, "job_id");
    CHECK(!str_eq(own, job));
    CHECK(!is_open(t, shift));
    CHECK(str_find(town_call(t, GET, "/api/v1/jobs-waiting?state=held", "", f.desk).body, own) > 0);
    verify = str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/verify", SV(own)));
    CHECK_EQ(town_call(t, POST, verify, "{\"level\":\"phoned\"}", f.desk).status, 204);
    CHECK(is_open(t, shift));
    a = more(t, &f, own, "18:12"); /* what somebody let through once is not asked again */
    CHECK_STR(json_value(t, a.body, "job_id"), own);
    CHECK(is_open(t, json_value(t, a.body, "id")));
}

TEST(a_shift_added_to_a_verified_post_is_screened_like_a_new_one_and_waits_when_it_is_held)
{
    each_town(longer_shift);
}
