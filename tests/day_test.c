/* day_test.c - the main job as its people live it: a post is verified, found, taken, worked, paid.
 * On every engine; afterwards the invariants hold. */
#include <pthread.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "feature/hire/hire.h"
#include "feature/wage/wage.h"
#include "http/store.h"
#include "test.h"

static const char post[] = "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\","
                           "\"address\":\"海珠区凤阳街\",\"pay_unit\":\"day\",\"pay_fen\":32000,\"rhythm\":\"day\","
                           "\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T08:30:00+08:00\","
                           "\"end_ms\":\"2026-11-25T18:00:00+08:00\",\"break_min\":60,\"cap\":%d}";

struct day {
    struct str boss, desk, worker;
    int64_t employer, person;
    struct str job, shift;
};

static enum err sound(struct request *rq)
{
    int64_t rows, chain, n, bad = 0;
    CHECK(hire_check(rq, &bad) == OK);
    CHECK_EQ(bad, 0);
    CHECK(wage_check(rq, &bad) == OK);
    CHECK_EQ(bad, 0);
    return audit_verify(rq, &rows, &chain, &n);
}

static void check_sound(struct town *t)
{
    CHECK(app_read(&t->app, sound, NULL) == OK);
}

static const char *path(struct town *t, const char *head, struct str id, const char *tail)
{
    return str_z(&t->a, str_fmt(&t->a, "%s%.*s%s", head, SV(id), tail));
}

static struct day open_day(struct town *t, int cap)
{
    struct day d;
    d.boss = town_employer(t, "锦裳制衣厂", &d.employer);
    d.worker = town_seeker(t, "13811110001", &d.person);
    d.desk = town_staff(t, CONSULTANT, 440105);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a, post, cap)), d.boss);
    CHECK_EQ(a.status, 201);
    d.job = json_value(t, a.body, "id");
    d.shift = json_value(t, a.body, "shift_id");
    return d;
}

static void verify(struct town *t, struct day *d)
{
    struct answer a = town_call(t, POST, path(t, "/api/v1/jobs/", d->job, "/verify"), "{\"level\":\"phoned\"}", d->desk);
    CHECK(a.status == 200 || a.status == 204);
}

static void whole_day(struct town *t)
{
    struct day d = open_day(t, 2);
    const char *take = path(t, "/api/v1/shifts/", d.shift, "/take");
    CHECK(town_call(t, POST, take, "{}", d.worker).status >= 400); /* I2: nobody has looked at it yet */
    CHECK(str_find(town_call(t, GET, "/api/v1/jobs-open", "", S("")).body, d.shift) < 0);
    verify(t, &d);
    CHECK(str_find(town_call(t, GET, "/api/v1/jobs-open", "", S("")).body, d.shift) > 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/suggestions", "", d.worker).body, d.shift) > 0);

    struct answer a = town_call(t, POST, take, "{}", d.worker);
    CHECK_EQ(a.status, 201);
    struct str hire = json_value(t, a.body, "id");
    CHECK(json_value(t, a.body, "terms").n > 10);
    CHECK_EQ(town_call(t, POST, take, "{}", d.worker).status, 409); /* not twice */
    check_sound(t);

    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 8 * 60 + 20);
    struct answer code = town_call(t, GET, path(t, "/api/v1/shifts/", d.shift, "/code"), "", d.boss);
    const char *wrong = "{\"code\":\"AAAAAA\"}";
    const char *right = path(t, "{\"code\":\"", json_value(t, code.body, "code"), "\"}");
    const char *in = path(t, "/api/v1/hires/", hire, "/check-in");
    CHECK(town_call(t, POST, in, wrong, d.worker).status >= 400);
    CHECK(town_call(t, POST, in, right, d.worker).status < 300);
    CHECK_EQ(town_call(t, POST, in, right, d.worker).status, 409); /* I18: once */

    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 18 * 60);
    CHECK(town_call(t, POST, path(t, "/api/v1/hires/", hire, "/check-out"), "{}", d.worker).status < 300);
    const char *confirm = path(t, "/api/v1/hires/", hire, "/confirm");
    CHECK(town_call(t, POST, confirm, "{\"minutes\":510}", d.worker).status < 300);
    CHECK(town_call(t, POST, confirm, "{\"minutes\":480}", d.boss).status < 300); /* no agreement yet */
    CHECK(town_call(t, POST, path(t, "/api/v1/hires/", hire, "/paid"), "{\"how\":\"cash\"}", d.boss).status == 409);
    CHECK(town_call(t, POST, confirm, "{\"minutes\":510}", d.boss).status < 300);
    CHECK(town_call(t, POST, confirm, "{\"minutes\":510}", d.worker).status < 300); /* his yes was to another number */
    a = town_call(t, GET, path(t, "/api/v1/hires/", hire, ""), "", d.worker);
    CHECK_STR(json_value(t, a.body, "wage_fen"), S("32000"));
    CHECK(town_call(t, POST, path(t, "/api/v1/hires/", hire, "/paid"), "{\"how\":\"cash\"}", d.boss).status < 300);
    CHECK(town_call(t, POST, path(t, "/api/v1/hires/", hire, "/received"), "{\"yes\":true}", d.worker).status < 300);
    a = town_call(t, GET, path(t, "/api/v1/hires/", hire, ""), "", d.worker);
    CHECK_STR(json_value(t, a.body, "state"), S("settled"));
    check_sound(t);
}

TEST(a_post_becomes_a_paid_day_of_work)
{
    each_town(whole_day);
}

enum { CROWD = 64, PLACES = 5 };

struct racer {
    struct town *t;
    const char *take;
    struct str token;
    int status;
    pthread_t thread;
};

static void *race(void *p)
{
    struct racer *r = p;
    r->status = town_call_alone(r->t, POST, r->take, "{}", r->token);
    return NULL;
}

static void crowd(struct town *t)
{
    struct racer v[CROWD];
    struct day d = open_day(t, PLACES);
    int won = 0;
    verify(t, &d);
    for (int i = 0; i < CROWD; i++) {
        int64_t person;
        const char *phone = str_z(&t->a, str_fmt(&t->a, "138222200%02d", i));
        v[i] = (struct racer){.t = t, .take = path(t, "/api/v1/shifts/", d.shift, "/take"),
                              .token = town_seeker(t, phone, &person)};
    }
    for (int i = 0; i < CROWD; i++)
        CHECK(pthread_create(&v[i].thread, NULL, race, &v[i]) == 0);
    for (int i = 0; i < CROWD; i++) {
        pthread_join(v[i].thread, NULL);
        won += v[i].status == 201;
        CHECK(v[i].status == 201 || v[i].status == 409 || v[i].status == 404 || v[i].status == 503);
    }
    CHECK_EQ(won, PLACES);
    check_sound(t);
}

TEST(sixty_four_people_at_once_never_overfill_five_places)
{
    each_town(crowd);
}

static void two_at_once(struct town *t)
{
    struct racer v[CROWD];
    struct day d = open_day(t, CROWD);
    int won = 0;
    verify(t, &d);
    for (int i = 0; i < CROWD; i++) {
        struct answer a = i ? town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a, post, 1)), d.boss)
                            : (struct answer){0};
        struct day other = {.desk = d.desk, .job = i ? json_value(t, a.body, "id") : d.job,
                            .shift = i ? json_value(t, a.body, "shift_id") : d.shift};
        if (i)
            verify(t, &other);
        v[i] = (struct racer){.t = t, .take = path(t, "/api/v1/shifts/", other.shift, "/take"), .token = d.worker};
    }
    for (int i = 0; i < CROWD; i++)
        CHECK(pthread_create(&v[i].thread, NULL, race, &v[i]) == 0);
    for (int i = 0; i < CROWD; i++) {
        pthread_join(v[i].thread, NULL);
        won += v[i].status == 201;
    }
    CHECK_EQ(won, 1);
    check_sound(t);
}

TEST(one_person_never_holds_two_shifts_at_the_same_time)
{
    each_town(two_at_once);
}
