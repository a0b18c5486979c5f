/* list_test.c - what stands on the lists of both sides, whatever else is in the market. On every engine. */
#include "app_fixture.h"
#include "base/cal.h"
#include "http/feed.h"
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
