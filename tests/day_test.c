/* day_test.c - the main job as its people live it: a post is verified, found, taken, worked, paid.
 * On every engine; afterwards the invariants hold. */
#include <pthread.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "feature/hire/hire.h"
#include "feature/person/person_store.h"
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

static const char *path_id(struct town *t, const char *head, int64_t id)
{
    return str_z(&t->a, str_fmt(&t->a, "%s%lld", head, (long long)id));
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
    struct answer a = town_call(t, POST, town_at(t, "/api/v1/jobs/", d->job, "/verify"), "{\"level\":\"phoned\"}", d->desk);
    CHECK(a.status == 200 || a.status == 204);
}

static void whole_day(struct town *t)
{
    struct day d = open_day(t, 2);
    const char *take = town_at(t, "/api/v1/shifts/", d.shift, "/take");
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
    CHECK(town_sound(t));

    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 8 * 60 + 20);
    struct answer code = town_call(t, GET, town_at(t, "/api/v1/shifts/", d.shift, "/code"), "", d.boss);
    const char *wrong = "{\"code\":\"AAAAAA\"}";
    const char *right = town_at(t, "{\"code\":\"", json_value(t, code.body, "code"), "\"}");
    const char *in = town_at(t, "/api/v1/hires/", hire, "/check-in");
    const char *scanned = town_at(t, "/check-in/", d.shift, "?code=abc-d23");
    CHECK_EQ(town_call(t, GET, scanned, "", d.worker).status, 303); /* to his own day, the code filled in */
    CHECK_STR(town_call(t, GET, scanned, "", d.worker).location, str_c(town_at(t, "/my/", hire, "?code=ABCD23")));
    CHECK_EQ(town_call(t, GET, scanned, "", town_seeker(t, "13811110002", &d.person)).status, 409);
    CHECK(town_call(t, POST, in, wrong, d.worker).status >= 400);
    CHECK(town_call(t, POST, in, right, d.worker).status < 300);
    CHECK_EQ(town_call(t, POST, in, right, d.worker).status, 409); /* I18: once */

    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 18 * 60);
    CHECK(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/check-out"), "{}", d.worker).status < 300);
    const char *confirm = town_at(t, "/api/v1/hires/", hire, "/confirm");
    CHECK(town_call(t, POST, confirm, "{\"minutes\":510}", d.worker).status < 300);
    CHECK(town_call(t, POST, confirm, "{\"minutes\":480}", d.boss).status < 300); /* no agreement yet */
    CHECK(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/paid"), "{\"how\":\"cash\"}", d.boss).status == 409);
    CHECK(town_call(t, POST, confirm, "{\"minutes\":510}", d.boss).status < 300); /* he said so before */
    a = town_call(t, GET, town_at(t, "/api/v1/hires/", hire, ""), "", d.worker);
    CHECK_STR(json_value(t, a.body, "wage_fen"), S("32000"));
    CHECK(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/paid"), "{\"how\":\"cash\"}", d.boss).status < 300);
    CHECK(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/received"), "{\"yes\":true}", d.worker).status < 300);
    a = town_call(t, GET, town_at(t, "/api/v1/hires/", hire, ""), "", d.worker);
    CHECK_STR(json_value(t, a.body, "state"), S("settled"));
    CHECK_STR(json_value(t, a.body, "paid_how"), S("cash"));
    CHECK(str_find(town_call(t, GET, town_at(t, "/my/", hire, "/slip"), "", d.worker).body, S("现金")) > 0);
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
        v[i] = (struct racer){.t = t, .take = town_at(t, "/api/v1/shifts/", d.shift, "/take"),
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
}

TEST(sixty_four_people_at_once_never_overfill_five_places)
{
    each_busy_town(crowd);
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
        v[i] = (struct racer){.t = t, .take = town_at(t, "/api/v1/shifts/", other.shift, "/take"), .token = d.worker};
    }
    for (int i = 0; i < CROWD; i++)
        CHECK(pthread_create(&v[i].thread, NULL, race, &v[i]) == 0);
    for (int i = 0; i < CROWD; i++) {
        pthread_join(v[i].thread, NULL);
        won += v[i].status == 201;
    }
    CHECK_EQ(won, 1);
}

TEST(one_person_never_holds_two_shifts_at_the_same_time)
{
    each_busy_town(two_at_once);
}

static enum err marry(struct request *rq)
{
    int64_t *p = rq->object; /* the first only would rather, the second must */
    enum err e = person_pair(rq, p[0], p[1], S("prefer"));
    return e ? e : person_pair(rq, p[1], p[0], S("must"));
}

static void couple_day(struct town *t)
{
    int64_t p[2];
    struct day d = open_day(t, 1);
    struct str other = town_seeker(t, "13811110002", &p[1]);
    const char *take = town_at(t, "/api/v1/shifts/", d.shift, "/take");
    p[0] = d.person;
    verify(t, &d);
    CHECK(str_find(town_call(t, GET, "/api/v1/suggestions", "", d.worker).body, d.shift) > 0);
    CHECK(app_write(&t->app, marry, p) == OK);
    CHECK(str_find(town_call(t, GET, "/api/v1/suggestions", "", d.worker).body, d.shift) < 0);
    CHECK_EQ(town_call(t, POST, take, "{}", d.worker).status, 409); /* one place, and one of them must not be alone */
    CHECK_EQ(town_call(t, POST, take, "{}", other).status, 409);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/hires", "", d.worker).body, S("\"id\"")) < 0);
    CHECK(town_sound(t));
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a, post, 2)), d.boss);
    struct day two = {.desk = d.desk, .job = json_value(t, a.body, "id"), .shift = json_value(t, a.body, "shift_id")};
    verify(t, &two);
    take = town_at(t, "/api/v1/shifts/", two.shift, "/take");
    CHECK_EQ(town_call(t, POST, take, "{}", d.worker).status, 201);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/hires", "", other).body, two.shift) > 0);
}

TEST(a_couple_is_hired_together_when_either_of_the_two_says_must)
{
    each_town(couple_day);
}

static void desk_couple(struct town *t)
{
    int64_t a, b, c;
    struct str desk = town_staff(t, CONSULTANT, 440105), far = town_staff(t, CONSULTANT, 440106);
    town_seeker(t, "13811110001", &a);
    town_seeker(t, "13811110002", &b);
    town_seeker(t, "13811110003", &c);
    const char *with_b = str_z(&t->a, str_fmt(&t->a, "{\"partner_id\":\"%lld\",\"together\":\"must\"}", (long long)b));
    const char *with_c = str_z(&t->a, str_fmt(&t->a, "{\"partner_id\":\"%lld\",\"together\":\"must\"}", (long long)c));
    CHECK(town_call(t, POST, path_id(t, "/api/v1/people/", a), with_b, far).status >= 400);
    CHECK_EQ(town_call(t, POST, path_id(t, "/api/v1/people/", a), "{\"partner_id\":\"99\"}", desk).status, 422);
    CHECK_EQ(town_call(t, POST, path_id(t, "/api/v1/people/", a), with_b, desk).status, 200);
    CHECK_EQ(town_call(t, POST, path_id(t, "/api/v1/people/", c), with_b, desk).status, 409); /* b is taken */
    struct answer seen = town_call(t, GET, path_id(t, "/api/v1/people/", b), "", desk);
    CHECK_STR(json_value(t, seen.body, "partner_id"), str_fmt(&t->a, "%lld", (long long)a));
    CHECK_EQ(town_call(t, POST, path_id(t, "/api/v1/people/", a), with_c, desk).status, 200); /* b is alone again */
    seen = town_call(t, GET, path_id(t, "/api/v1/people/", b), "", desk);
    CHECK(str_find(seen.body, S("\"partner_id\":null")) > 0);
}

TEST(the_desk_pairs_two_people_of_its_district_and_nobody_twice)
{
    each_town(desk_couple);
}

static void night_day(struct town *t)
{
    static const char night[] = "{\"title\":\"夜班分拣\",\"trade\":\"warehouse\",\"text\":\"扫码装袋\",\"rhythm\":\"day\",\"address\":\"凤阳街\","
                                "\"pay_unit\":\"day\",\"pay_fen\":32000,\"valid_to\":\"2026-11-30\",\"cap\":2,"
                                "\"start_ms\":\"2026-11-25T22:00:00+08:00\",\"end_ms\":\"2026-11-26T05:00:00+08:00\"}";
    struct day d = open_day(t, 2);
    struct answer a = town_call(t, POST, "/api/v1/jobs", night, d.boss);
    d.job = json_value(t, a.body, "id");
    d.shift = json_value(t, a.body, "shift_id");
    verify(t, &d);
    a = town_call(t, POST, town_at(t, "/api/v1/shifts/", d.shift, "/take"), "{}", d.worker);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("birth_missing"));
}

TEST(nobody_of_unknown_age_is_hired_for_the_night)
{
    each_town(night_day);
}

/* A post of the 25th, from and to these hours, so far east of the first. */
static struct answer post_part(struct town *t, const struct day *d, int from, int to, double east)
{
    static const char part[] = "{\"title\":\"分拣\",\"trade\":\"warehouse\",\"text\":\"扫码装袋\",\"rhythm\":\"day\",\"address\":\"凤阳街\",\"pay_unit\":\"hour\","
                               "\"pay_fen\":3200,\"valid_to\":\"2026-11-30\",\"cap\":2,\"place\":{\"lon\":%.2f,\"lat\":23.1},"
                               "\"start_ms\":\"2026-11-25T%02d:00:00+08:00\",\"end_ms\":\"2026-11-25T%02d:00:00+08:00\"}";
    return town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a, part, 113.3 + east, from, to)), d->boss);
}

static struct str day_part(struct town *t, const struct day *d, int from, int to, double east)
{
    struct answer a = post_part(t, d, from, to, east);
    struct day other = {.desk = d->desk, .job = json_value(t, a.body, "id")};
    CHECK_EQ(a.status, 201);
    verify(t, &other);
    return json_value(t, a.body, "shift_id");
}

static void calendar_day(struct town *t)
{
    struct day d = open_day(t, 2);
    struct str first = day_part(t, &d, 8, 12, 0), far = day_part(t, &d, 12, 16, 0.6), near = day_part(t, &d, 12, 16, 0);
    struct str late = day_part(t, &d, 12, 20, 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", first, "/take"), "{}", d.worker).status, 201);
    struct answer a = town_call(t, POST, town_at(t, "/api/v1/shifts/", late, "/take"), "{}", d.worker);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("day_long"));
    a = town_call(t, POST, town_at(t, "/api/v1/shifts/", far, "/take"), "{}", d.worker);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("between_short"));
    struct str page = town_call(t, GET, town_at(t, "/jobs/", far, ""), "", d.worker).body;
    CHECK(str_find(page, S("路上来不及")) > 0);
    CHECK(str_find(page, str_c(town_at(t, "/api/v1/shifts/", far, "/take"))) < 0); /* no button that would be refused */
    CHECK(str_find(town_call(t, GET, "/api/v1/suggestions", "", d.worker).body, far) < 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/suggestions", "", d.worker).body, near) > 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", near, "/take"), "{}", d.worker).status, 201);
}

static void long_shift(struct town *t)
{
    struct day d = open_day(t, 2);
    struct answer a = post_part(t, &d, 7, 19, 0);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("shift_long"));
    CHECK_EQ(post_part(t, &d, 7, 18, 0).status, 201);
    const char *more = town_at(t, "/api/v1/jobs/", d.job, "/shifts"); /* with a break it is 11 hours of work */
    CHECK_EQ(town_call(t, POST, more, "{\"start_ms\":\"2026-11-26T07:00:00+08:00\",\"end_ms\":\"2026-11-26T19:00:00+08:00\",\"cap\":1}", d.boss).status, 409);
    CHECK_EQ(town_call(t, POST, more, "{\"start_ms\":\"2026-11-26T07:00:00+08:00\",\"end_ms\":\"2026-11-26T19:00:00+08:00\",\"break_min\":60,\"cap\":1}", d.boss).status, 201);
}

TEST(a_shift_longer_than_a_day_of_work_may_be_is_not_posted)
{
    each_town(long_shift);
}

TEST(what_the_calendar_forbids_is_neither_suggested_nor_taken_and_says_why)
{
    each_town(calendar_day);
}

static enum err count_today(struct request *rq)
{
    return hire_count(rq, cal_ms(cal_day(rq->now_ms), 0), rq->object);
}

static void unpaid_day(struct town *t)
{
    struct day d = open_day(t, 2);
    verify(t, &d);
    struct answer a = town_call(t, POST, town_at(t, "/api/v1/shifts/", d.shift, "/take"), "{}", d.worker);
    struct str hire = json_value(t, a.body, "id");
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 8 * 60 + 20);
    a = town_call(t, GET, town_at(t, "/api/v1/shifts/", d.shift, "/code"), "", d.boss);
    const char *code = town_at(t, "{\"code\":\"", json_value(t, a.body, "code"), "\"}");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/check-in"), code, d.worker).status, 200);
    struct hire_counts c;
    CHECK(app_read(&t->app, count_today, &c) == OK);
    CHECK_EQ(c.made, 0); /* taken yesterday ... */
    CHECK_EQ(c.in, 1);   /* ... and here today */
    t->now_ms += 10 * HOUR_MS;
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/check-out"), "{}", d.worker).status, 200);
    const char *confirm = town_at(t, "/api/v1/hires/", hire, "/confirm");
    CHECK_EQ(town_call(t, POST, confirm, "{\"minutes\":510}", d.worker).status, 200);
    CHECK_EQ(town_call(t, POST, confirm, "{\"minutes\":510}", d.boss).status, 200);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/paid"), "{}", d.boss).status, 422);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/paid"), "{\"how\":\"cash\"}", d.boss).status, 200);
    const char *received = town_at(t, "/api/v1/hires/", hire, "/received");
    CHECK_EQ(town_call(t, POST, received, "{}", d.worker).status, 422); /* silence is no answer */
    CHECK_EQ(town_call(t, POST, received, "{\"yes\":false}", d.worker).status, 200);
    CHECK(str_find(town_call(t, GET, "/api/v1/hires-unpaid", "", d.desk).body, hire) > 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/paid"), "{\"how\":\"bank\"}", d.boss).status, 200);
    CHECK_EQ(town_call(t, POST, received, "{\"yes\":true}", d.worker).status, 200);
    CHECK(str_find(town_call(t, GET, "/api/v1/hires-unpaid", "", d.desk).body, hire) < 0);
}

TEST(a_wage_that_did_not_come_is_seen_at_the_desk_until_it_does)
{
    each_town(unpaid_day);
}

static void wrong_facts(struct town *t)
{
    int64_t person;
    struct str desk = town_staff(t, CONSULTANT, 440105), worker = town_seeker(t, "13811110001", &person);
    const char *own = path_id(t, "/api/v1/people/", person);
    struct answer a = town_call(t, POST, own, "name=abc&home_text=here&from_min=510&born=2020-01-01", worker);
    CHECK_EQ(a.status, 409); /* too young; what was typed is still there */
    CHECK(str_find(a.body, S("value=\"here\"")) > 0);
    CHECK(str_find(a.body, S("value=\"510\" selected")) > 0);
    a = town_call(t, POST, own, "floor_fen=abc", worker);
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("id=\"e-floor_fen\"")) > 0); /* said at the field */
    const char *look = str_z(&t->a, str_fmt(&t->a, "%s/open", own));
    a = town_call(t, POST, look, "{\"field\":\"phone\",\"reason\":\"call him back\"}", desk);
    CHECK(a.status == 200 && str_find(a.body, S("13811110001")) > 0);
    CHECK_EQ(town_call(t, POST, look, "{\"field\":\"phone\"}", desk).status, 422); /* not without a reason */
    a = town_call(t, GET, "/me/edit", "", worker);
    CHECK(str_find(a.body, S("08:30")) > 0); /* hours, not minutes */
    CHECK(str_find(a.body, S("<option value=\"440105\"")) > 0 && str_find(a.body, S("海珠区")) > 0); /* names, not codes */
}

TEST(a_wrong_form_keeps_what_was_typed_and_says_what_is_wrong_at_the_field)
{
    each_town(wrong_facts);
}

static void suspended_employer(struct town *t)
{
    struct day d = open_day(t, 2);
    const char *verify = str_z(&t->a, str_fmt(&t->a, "/api/v1/employers/%lld/verify", (long long)d.employer));
    const char *suspend = str_z(&t->a, str_fmt(&t->a, "/api/v1/employers/%lld/suspend", (long long)d.employer));
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", d.job, "/verify"), "{\"level\":\"phoned\"}", d.desk).status, 204);
    CHECK_EQ(town_call(t, POST, suspend, "", d.desk).status, 204);
    CHECK(str_find(town_call(t, GET, "/api/v1/jobs-open", "", S("")).body, d.shift) < 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/employers?state=suspended", "", d.desk).body, S("锦裳制衣厂")) > 0);
    CHECK_EQ(town_call(t, GET, "/api/v1/employers?state=gone", "", d.desk).status, 422);
    CHECK_EQ(town_call(t, POST, verify, "", d.desk).status, 204);
    CHECK(str_find(town_call(t, GET, "/api/v1/jobs-open", "", S("")).body, d.shift) > 0);
    CHECK_EQ(town_call(t, POST, verify, "", d.desk).status, 409);
}

TEST(a_suspension_takes_posts_down_until_it_is_lifted)
{
    each_town(suspended_employer);
}

/* Whoever looks for himself takes it before it begins, as its page says; a desk sends somebody while half of it is ahead. */
static void begun(struct town *t)
{
    struct day d = open_day(t, 9);
    int64_t other;
    verify(t, &d);
    const char *take = town_at(t, "/api/v1/shifts/", d.shift, "/take"), *job = town_at(t, "/jobs/", d.shift, "");
    struct str him = town_seeker(t, "13811110002", &other), sent = str_fmt(&t->a, "{\"person_id\":\"%lld\"}", (long long)other);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 510) - 1;
    CHECK(str_find(town_call(t, GET, job, "", d.worker).body, S("/take\"")) > 0);
    CHECK_EQ(town_call(t, POST, take, "{}", d.worker).status, 201);
    t->now_ms++;
    CHECK(str_find(town_call(t, GET, job, "", him).body, S("/take\"")) < 0);
    struct answer a = town_call(t, POST, take, "{}", him);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("shift_begun"));
    a = town_call(t, POST, town_at(t, "/api/v1/shifts/", d.shift, "/join-ask"), "{\"name\":\"小刘\",\"phone\":\"13822227777\",\"age_said\":\"adult\"}", S(""));
    CHECK_STR(json_value(t, a.body, "rule"), S("shift_begun")); /* before a code is sent */
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 795); /* half of it is over */
    CHECK_STR(json_value(t, town_call(t, POST, take, str_z(&t->a, sent), d.desk).body, "rule"), S("shift_begun"));
    t->now_ms--;
    CHECK_EQ(town_call(t, POST, take, str_z(&t->a, sent), d.desk).status, 201);
}

TEST(a_place_is_taken_before_the_work_begins_and_given_by_a_desk_while_half_of_it_is_ahead)
{
    each_town(begun);
}
