/* list_test.c - what stands on the lists of both sides, whatever else is in the market. On every engine. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/match/match.h"
#include "http/feed.h"
#include "http/store.h"
#include "test.h"

static const char *path(struct town *t, const char *head, struct str id, const char *tail)
{
    return str_z(&t->a, str_fmt(&t->a, "%s%.*s%s", head, SV(id), tail));
}

static size_t count(struct str body, struct str what)
{
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(body, what)) >= 0; n++)
        body = str_sub(body, (size_t)at + 1, body.n);
    return n;
}

/* A verified shift of the next day; its id. */
static struct str open_shift(struct town *t, struct str boss, struct str desk, int hour_fen, int cap)
{
    struct str body = str_fmt(&t->a, "{\"title\":\"车间普工\",\"trade\":\"sewing\",\"text\":\"剪线头查次品\",\"address\":\"凤阳街\",\"pay_unit\":\"hour\","
                                     "\"pay_fen\":%d,\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T08:30:00+08:00\","
                                     "\"end_ms\":\"2026-11-25T18:00:00+08:00\",\"break_min\":60,\"cap\":%d}", hour_fen, cap);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), boss);
    CHECK_EQ(a.status, 201);
    CHECK(town_call(t, POST, path(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk).status < 300);
    return json_value(t, a.body, "shift_id");
}

/* ---- whom a person does not meet ---- */

enum { SHUNNED = 9, THEIRS = 25, OTHERS = 5 };

struct shun {
    int64_t person_id, employer_id[SHUNNED];
};

static enum err shun(struct request *rq)
{
    static const struct query add = {"test.shun", "INSERT INTO block (id, city, side, person_id, employer_id, until_day, made_ms)"
                                                  " VALUES ($1, $2, 'person', $3, $4, 0, $5)"};
    const struct shun *x = rq->object;
    enum err e = OK;
    for (int64_t i = 0; !e && i < SHUNNED; i++)
        e = db_run(rq->tx, &add, ARGS(I(i + 1), I(rq->city), I(x->person_id), I(x->employer_id[i]), I(rq->now_ms + i)), NULL);
    return e;
}

/* The engine knows eight of the nine; the ninth, with the best pay of all, has more shifts than a list is long. */
static void shunned(struct town *t)
{
    struct shun x;
    int64_t id;
    struct str desk = town_staff(t, CONSULTANT, 440105), first = town_employer(t, "甲厂", &x.employer_id[0]);
    for (int i = 1; i < SHUNNED; i++)
        town_employer(t, str_z(&t->a, str_fmt(&t->a, "甲厂%d", i)), &x.employer_id[i]);
    for (int i = 0; i < THEIRS; i++)
        open_shift(t, first, desk, 4500, 5);
    struct str other = town_employer(t, "乙厂", &id), worker = town_seeker(t, "13811110001", &x.person_id);
    for (int i = 0; i < OTHERS; i++)
        open_shift(t, other, desk, 2600, 5);
    CHECK(app_write(&t->app, shun, &x) == OK && feed_drain(&t->app) == OK);
    struct str list = town_call(t, GET, "/api/v1/suggestions", "", worker).body;
    CHECK_EQ(count(list, S("\"shift_id\"")), OTHERS);
    CHECK_EQ(count(list, S("甲厂")), 0);
    CHECK_EQ(count(town_call(t, GET, "/api/v1/suggestions?sort=plain", "", worker).body, S("\"shift_id\"")), OTHERS);
}

TEST(a_list_is_full_however_many_employers_a_person_does_not_meet)
{
    each_town(shunned);
}

/* ---- whom an employer does not see ---- */

enum { FRESH = 70, IDLE = 70, DAYS_IDLE = 30 };

static enum err age_registration(struct request *rq)
{
    static const struct query q = {"test.registered", "UPDATE person SET made_ms = $3 WHERE city = $1 AND id = $2"};
    int64_t id = *(int64_t *)rq->object;
    enum err e = db_run(rq->tx, &q, ARGS(I(rq->city), I(id), I(rq->now_ms - DAYS_IDLE * (int64_t)DAY_MS)), NULL);
    return e ? e : change_put(rq, "person", id);
}

/* Half of all who can come are long without work and rank behind the other half. */
static void half_idle(struct town *t)
{
    int64_t id, idle[IDLE];
    struct str desk = town_staff(t, CONSULTANT, 440105), boss = town_employer(t, "乙厂", &id);
    struct str shift = open_shift(t, boss, desk, 3000, 5);
    for (int i = 0; i < FRESH + IDLE; i++) {
        town_seeker(t, str_z(&t->a, str_fmt(&t->a, "138333%05d", i)), &id);
        const char *of = path(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)id), "");
        CHECK_EQ(town_call(t, POST, of, i < FRESH ? "{\"trade\":\"sewing\"}" : "{\"trade\":\"guard\",\"floor_fen\":2900}", desk).status, 200);
        if (i < FRESH)
            continue;
        idle[i - FRESH] = id;
        CHECK(app_write(&t->app, age_registration, &id) == OK);
    }
    CHECK(feed_drain(&t->app) == OK);
    struct str list = town_call(t, GET, path(t, "/api/v1/shifts/", shift, "/people"), "", boss).body, rest = list;
    int32_t seen = 0, of_idle = 0, broken = 0;
    for (ptrdiff_t at; (at = str_find(rest, S("\"person_id\":"))) >= 0;) {
        rest = str_sub(rest, (size_t)at + 1, rest.n);
        CHECK(str_i64(json_value(t, str_cat(&t->a, S("\""), rest), "person_id"), &id));
        for (int i = 0; i < IDLE; i++)
            of_idle += idle[i] == id;
        seen++;
        broken += of_idle < seen * 4 / 10; /* a half less FAIR_DELTA_PCT */
    }
    CHECK_EQ(seen, MATCH_CANDIDATES);
    CHECK_EQ(broken, 0);
    CHECK(str_find(list, str_fmt(&t->a, "%lld", (long long)idle[0])) > 0);
}

TEST(people_long_without_work_have_their_share_of_an_employers_list_whoever_is_in_front)
{
    each_town(half_idle);
}
