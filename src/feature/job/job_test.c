/* job_test.c - what a post must say, and what becomes of what is added to one that was looked at. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/job/job.h"
#include "feature/site/site.h"
#include "http/feed.h"
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
        "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"rhythm\":\"day\",\"address\":\"凤阳街\",\"start_ms\":"
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

static void rhythm_said(struct town *t)
{
    static const char *const said[] = {"", "\"rhythm\":null,", "\"rhythm\":\"later\","};
    struct firm f = firm_of(t);
    for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
        struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a,
            "{%s\"title\":\"平车车位工\",\"text\":\"女装连衣裙整件\",\"address\":\"凤阳街\",\"start_ms\":\"2026-11-25T08:30:00+08:00\",\"end_ms\":"
            "\"2026-11-25T17:30:00+08:00\",\"cap\":2,\"valid_to\":\"2026-12-01\",\"pay_unit\":\"month\",\"pay_fen\":600000}", said[i])), f.boss);
        CHECK_EQ(a.status, 422);
        CHECK(str_find(a.body, S("\"/rhythm\"")) > 0);
    }
}

TEST(nobody_promises_pay_on_the_day_by_leaving_out_when_it_comes)
{
    each_town(rhythm_said);
}

static void day_pay(struct town *t)
{
    struct firm f = firm_of(t);
    struct answer a = post(t, &f, "\"valid_to\":\"2026-12-01\",\"pay_unit\":\"hour\",\"pay_fen\":2600,\"offers\":[\"meals\"]");
    CHECK(a.status == 201 && str_find(a.body, S("\"offers\":[\"day_pay\",\"meals\"]")) > 0);
    a = town_call(t, POST, "/api/v1/jobs", "{\"title\":\"平车车位工\",\"text\":\"女装连衣裙整件\",\"address\":\"凤阳街\",\"start_ms\":"
        "\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T17:30:00+08:00\",\"cap\":2,\"valid_to\":\"2026-12-01\",\"pay_unit\":\"hour\",\"pay_fen\":2600,"
        "\"rhythm\":\"week\",\"offers\":[\"day_pay\",\"meals\"]}", f.boss);
    CHECK(a.status == 201 && str_find(a.body, S("\"offers\":[\"meals\"]")) > 0);
}

TEST(whether_a_post_offers_pay_on_the_day_follows_from_when_it_pays)
{
    each_town(day_pay);
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

static struct answer more(struct town *t, const struct firm *f, struct str job, int day, const char *end)
{
    const char *to = str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/shifts", SV(job)));
    return town_call(t, POST, to, str_z(&t->a, str_fmt(&t->a,
        "{\"start_ms\":\"2026-11-%dT08:30:00+08:00\",\"end_ms\":\"2026-11-%dT%s:00+08:00\",\"break_min\":60,\"cap\":2}", day, day, end)), f->boss);
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
            "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"rhythm\":\"day\",\"address\":\"凤阳街\",\"start_ms\":"
            "\"2026-11-25T08:00:00+08:00\",\"end_ms\":\"2026-11-25T12:00:00+08:00\",\"cap\":2,\"valid_to\":\"2026-12-01\","
            "\"pay_unit\":\"hour\",\"pay_fen\":2600,\"break_min\":%d}", min)), f.boss);
        CHECK_EQ(a.status, min < 240 ? 201 : 422);
        CHECK(min < 240 || (str_find(a.body, S("\"/break_min\"")) > 0 && str_find(a.body, S("240")) > 0));
    }
    struct str job = json_value(t, post(t, &f, "\"valid_to\":\"2026-12-01\",\"pay_unit\":\"hour\",\"pay_fen\":2600").body, "id");
    struct answer a = more(t, &f, job, 26, "09:30"); /* an hour, and a break of one */
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
    a = more(t, &f, job, 26, "17:30"); /* as long as the one that was looked at */
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "job_id"), job);
    CHECK(is_open(t, json_value(t, a.body, "id")));

    CHECK_EQ(more(t, &f, job, 26, "19:30").status, 409); /* 20 yuan an hour: below the law */
    a = more(t, &f, job, 26, "18:12"); /* 22.98 yuan an hour: above the law, below the newest wage */
    CHECK_EQ(a.status, 201);
    struct str shift = json_value(t, a.body, "id"), own = json_value(t, a.body, "job_id");
    CHECK(!str_eq(own, job));
    CHECK(!is_open(t, shift));
    CHECK(str_find(town_call(t, GET, "/api/v1/jobs-waiting?state=held", "", f.desk).body, own) > 0);
    verify = str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s/verify", SV(own)));
    CHECK_EQ(town_call(t, POST, verify, "{\"level\":\"phoned\"}", f.desk).status, 204);
    CHECK(is_open(t, shift));
    a = more(t, &f, own, 27, "18:12"); /* what somebody let through once is not asked again */
    CHECK_STR(json_value(t, a.body, "job_id"), own);
    CHECK(is_open(t, json_value(t, a.body, "id")));
}

TEST(a_shift_added_to_a_verified_post_is_screened_like_a_new_one_and_waits_when_it_is_held)
{
    each_town(longer_shift);
}

/* A new post with these words and what else it says, as JSON. */
static struct answer say(struct town *t, struct str who, const char *words, const char *more)
{
    return town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a,
        "{\"title\":\"普工\",\"rhythm\":\"day\",\"trade\":\"warehouse\",\"text\":\"%s\",\"address\":\"凤阳街\",\"pay_unit\":\"day\",\"pay_fen\":30000,"
        "\"valid_to\":\"2026-12-01\",\"cap\":2,\"break_min\":60%s}", words, more)), who);
}
#define DAYTIME ",\"start_ms\":\"2026-11-26T09:00:00+08:00\",\"end_ms\":\"2026-11-26T17:00:00+08:00\""
#define NIGHT ",\"start_ms\":\"2026-11-26T22:00:00+08:00\",\"end_ms\":\"2026-11-27T06:00:00+08:00\""

static const char *at(struct town *t, struct str job, const char *what)
{
    return str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%.*s%s", SV(job), what));
}

static bool needs_are(struct town *t, struct str job, struct str token, const char *keys)
{
    struct str body = town_call(t, GET, at(t, job, ""), "", token).body;
    return str_find(body, str_fmt(&t->a, "\"needs\":[%s]", keys)) > 0;
}

static struct str verified(struct town *t, struct answer posted, struct str who, const char *more)
{
    struct str job = json_value(t, posted.body, "id");
    CHECK_EQ(town_call(t, POST, at(t, job, "/verify"), str_z(&t->a, str_fmt(&t->a, "{\"level\":\"phoned\"%s}", more)), who).status, 204);
    return job;
}

static void body(struct town *t)
{
    struct firm f = firm_of(t);
    const char *heavy = "搬运货物,装车,每包30公斤";
    struct answer a = say(t, f.boss, heavy, DAYTIME);
    CHECK(needs_are(t, json_value(t, a.body, "id"), f.boss, "\"lifting\""));
    CHECK(needs_are(t, verified(t, say(t, f.boss, heavy, DAYTIME ",\"needs\":[\"standing\"]"), f.desk, ""), f.boss, "\"standing\""));
    CHECK(needs_are(t, verified(t, say(t, f.boss, "分拣装袋", NIGHT), f.desk, ""), f.boss, "\"night\""));
    CHECK(needs_are(t, verified(t, say(t, f.boss, "分拣装袋", NIGHT), f.desk, ",\"needs\":[]"), f.boss, "\"night\"")); /* hours are hours */
    struct str job = json_value(t, say(t, f.boss, heavy, DAYTIME ",\"needs\":[]").body, "id");
    struct str listed = town_call(t, GET, "/api/v1/jobs-waiting", "", f.desk).body;
    CHECK(str_find(listed, S("\"needs\":[]")) > 0 && str_find(listed, S("\"said_needs\":[\"lifting\"]")) > 0);
    CHECK_EQ(town_call(t, POST, at(t, job, "/verify"), "{\"level\":\"phoned\",\"needs\":[\"heat\"]}", f.desk).status, 204);
    CHECK(needs_are(t, job, f.boss, "\"heat\""));
    /* as an older program left it */
    CHECK(needs_are(t, verified(t, say(t, f.boss, heavy, DAYTIME ",\"needs\":[]"), f.desk, ""), f.boss, "\"lifting\""));
    a = town_call(t, POST, "/api/v1/needs-of-words", "{\"title\":\"夜班\",\"text\":\"站着分拣,不用搬运\"}", f.boss);
    CHECK_STR(a.body, S("{\"needs\":[\"standing\",\"night\"]}"));
}

TEST(a_post_says_what_it_asks_of_the_body_by_its_boxes_its_words_its_hours_and_whoever_verifies_it)
{
    each_town(body);
}

static void for_the_young(struct town *t)
{
    struct firm f = firm_of(t);
    struct answer a = say(t, f.boss, "搬运货物,装车,每包30公斤", DAYTIME);
    verified(t, a, f.desk, "");
    int64_t id;
    struct str seeker = town_seeker(t, "13911112222", &id);
    CHECK(town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld", (long long)id)), "{\"born\":\"2009-06-01\"}", seeker).status < 300);
    a = town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/shifts/%.*s/take", SV(json_value(t, a.body, "shift_id")))), "{}", seeker);
    CHECK_STR(json_value(t, a.body, "rule"), S("minor_work"));
}

TEST(somebody_of_seventeen_does_not_get_what_a_post_calls_heavy_in_words_alone)
{
    each_town(for_the_young);
}

struct span {
    const char *from, *to; /* "26T08:30", in November of 2026 */
    int cap;
};

static struct answer add(struct town *t, struct str job, struct span s, struct str who)
{
    return town_call(t, POST, at(t, job, "/shifts"), str_z(&t->a, str_fmt(&t->a,
        "{\"start_ms\":\"2026-11-%s:00+08:00\",\"end_ms\":\"2026-11-%s:00+08:00\",\"break_min\":60,\"cap\":%d}", s.from, s.to, s.cap)), who);
}

static bool waits_alone(struct town *t, struct str job, struct span s, const struct firm *f)
{
    struct answer a = add(t, job, s, f->boss);
    CHECK_EQ(a.status, 201);
    struct str own = json_value(t, a.body, "job_id");
    struct str list = town_call(t, GET, "/api/v1/jobs-waiting?state=held", "", f->desk).body;
    bool alone = !str_eq(own, job), listed = str_find(list, own) > 0;
    CHECK_EQ(alone, listed);
    CHECK_EQ(alone, !is_open(t, json_value(t, a.body, "id")));
    CHECK(!alone || str_find(town_call(t, GET, at(t, own, ""), "", f->desk).body, S("\"findings\":\"后来加的班次")) > 0);
    return alone;
}

static void added_later(struct town *t)
{
    struct firm f = firm_of(t);
    struct str job = verified(t, say(t, f.boss, "分拣装袋", DAYTIME), f.desk, "");
    t->now_ms += MIN_MS;
    CHECK(!waits_alone(t, job, (struct span){"27T09:00", "27T17:00", 4}, &f));
    CHECK(!waits_alone(t, job, (struct span){"27T08:00", "27T18:00", 2}, &f)); /* an hour either way */
    CHECK(waits_alone(t, job, (struct span){"27T07:00", "27T17:00", 2}, &f));  /* not an hour from the last one */
    CHECK(waits_alone(t, job, (struct span){"27T22:00", "28T06:00", 2}, &f));
    CHECK(waits_alone(t, job, (struct span){"27T09:00", "27T17:00", 5000}, &f));
    struct answer a = add(t, job, (struct span){"28T09:00", "28T17:00", 20}, f.desk); /* who verifies sees what he adds */
    CHECK_STR(json_value(t, a.body, "job_id"), job);
    a = add(t, job, (struct span){"28T22:00", "29T06:00", 2}, f.desk);
    CHECK_STR(json_value(t, a.body, "job_id"), job);
    CHECK(needs_are(t, job, f.boss, "\"night\""));
    CHECK_EQ(add(t, job, (struct span){"28T09:00", "28T17:00", 2}, town_staff(t, INSPECTOR, 440118)).status, 404);
}

static void sent_again(struct town *t)
{
    struct firm f = firm_of(t);
    static const struct span known = {"27T09:00", "27T17:00", 3}, night = {"27T22:00", "28T06:00", 2};
    struct str job = verified(t, say(t, f.boss, "分拣装袋", DAYTIME), f.desk, "");
    t->now_ms += MIN_MS;
    struct answer a = add(t, job, known, f.boss);
    CHECK_EQ(a.status, 201);
    struct answer b = add(t, job, known, f.boss);
    CHECK_EQ(b.status, 409);
    CHECK_STR(json_value(t, b.body, "rule"), S("shift_twice"));
    CHECK_EQ(add(t, job, known, f.desk).status, 409);
    CHECK_EQ(add(t, job, (struct span){"27T09:00", "27T17:00", 4}, f.boss).status, 201); /* more people at that time */
    CHECK_EQ(add(t, job, (struct span){"28T09:00", "28T17:00", 3}, f.boss).status, 201);
    CHECK_EQ(add(t, job, night, f.boss).status, 201); /* waits as a post of its own */
    CHECK_STR(json_value(t, add(t, job, night, f.boss).body, "rule"), S("shift_twice"));
    CHECK_EQ(town_call(t, DELETE, at(t, job, str_z(&t->a, str_fmt(&t->a, "/shifts/%.*s", SV(json_value(t, a.body, "id"))))), "", f.desk).status, 204);
    CHECK_EQ(add(t, job, known, f.boss).status, 201); /* it was taken back */
}

TEST(a_shift_that_is_sent_twice_is_one_shift)
{
    each_town(sent_again);
}

TEST(a_shift_added_after_verification_with_many_more_people_or_at_other_hours_waits_as_a_post_of_its_own)
{
    each_town(added_later);
}

static void never_shown(struct town *t)
{
    struct firm f = firm_of(t);
    struct str job = verified(t, say(t, f.boss, "分拣装袋", DAYTIME), f.desk, "");
    struct answer a = town_call(t, POST, at(t, job, "/shifts"), "{\"start_ms\":\"2026-12-02T09:00:00+08:00\",\"end_ms\":"
                                                               "\"2026-12-02T17:00:00+08:00\",\"break_min\":60,\"cap\":2}", f.boss);
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("\"/start_ms\"")) > 0 && str_find(a.body, S("2026-12-01")) > 0);
    CHECK(town_call(t, POST, at(t, job, "/close"), "", f.boss).status < 300);
    a = add(t, job, (struct span){"27T09:00", "27T17:00", 2}, f.boss);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("post_over"));
    job = json_value(t, say(t, f.boss, "分拣装袋", DAYTIME).body, "id");
    CHECK_EQ(town_call(t, POST, at(t, job, "/refuse"), "{\"reason\":\"查无此厂\"}", f.desk).status, 204);
    CHECK_STR(json_value(t, add(t, job, (struct span){"27T09:00", "27T17:00", 2}, f.desk).body, "rule"), S("post_over"));
}

TEST(a_shift_that_nobody_would_ever_see_is_refused_in_plain_words)
{
    each_town(never_shown);
}

static void begins_too_late(struct town *t)
{
    struct firm f = firm_of(t);
    struct answer a = say(t, f.boss, "分拣装袋", ",\"start_ms\":\"2026-12-02T09:00:00+08:00\",\"end_ms\":\"2026-12-02T17:00:00+08:00\"");
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("\"/start_ms\"")) > 0 && str_find(a.body, S("2026-12-01")) > 0);
    CHECK_EQ(say(t, f.boss, "分拣装袋", ",\"start_ms\":\"2026-12-01T09:00:00+08:00\",\"end_ms\":\"2026-12-01T17:00:00+08:00\"").status, 201);
}

TEST(a_post_whose_first_shift_begins_after_its_last_day_is_refused)
{
    each_town(begins_too_late);
}

static void at_its_field(struct town *t)
{
    struct firm f = firm_of(t);
    static const char *const spans[][3] = {{"26T09:00", "26T09:00", "/end_ms"}, {"26T09:00", "26T22:00", "/end_ms"}, {"20T09:00", "20T17:00", "/start_ms"}};
    for (int i = 0; i < 3; i++) {
        struct answer a = say(t, f.boss, "分拣装袋", str_z(&t->a, str_fmt(&t->a, ",\"start_ms\":\"2026-11-%s:00+08:00\",\"end_ms\":\"2026-11-%s:00+08:00\"",
                                                                            spans[i][0], spans[i][1])));
        CHECK_EQ(a.status, 409);
        CHECK(str_find(a.body, str_c(spans[i][2])) > 0);
    }
}

TEST(what_is_wrong_with_the_hours_of_a_post_stands_at_its_field)
{
    each_town(at_its_field);
}

static void who_verifies_sees(struct town *t)
{
    struct firm f = firm_of(t);
    struct answer a = say(t, f.boss, "分拣装袋", DAYTIME);
    struct str job = json_value(t, a.body, "id");
    CHECK_EQ(add(t, job, (struct span){"25T09:00", "25T17:00", 7}, f.boss).status, 201);
    struct str list = town_call(t, GET, "/api/v1/jobs-waiting", "", f.desk).body;
    CHECK_STR(json_value(t, list, "start_ms"), S("2026-11-25T09:00:00+08:00")); /* the next one, and how many there are */
    CHECK(str_find(list, S("\"cap\":7")) > 0 && str_find(list, S("\"shifts\":2")) > 0 && str_find(list, S("\"break_min\":60")) > 0);
    t->now_ms += (int64_t)3 * DAY_MS; /* nobody had the time */
    list = town_call(t, GET, "/api/v1/jobs-waiting", "", f.desk).body;
    CHECK(str_find(list, S("\"start_ms\":null")) > 0 && str_find(list, S("\"shifts\":0")) > 0 && str_find(list, S("\"heads\":2")) > 0);
    a = town_call(t, POST, at(t, job, "/verify"), "{\"level\":\"phoned\"}", f.desk);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("shift_missing"));
    struct str inspector = town_staff(t, INSPECTOR, 440105);
    a = add(t, job, (struct span){"28T09:00", "28T17:00", 2}, inspector);
    CHECK_EQ(a.status, 201);
    verified(t, (struct answer){.body = str_fmt(&t->a, "{\"id\":\"%.*s\"}", SV(job))}, inspector, "");
    CHECK(is_open(t, json_value(t, a.body, "id")));
}

TEST(whoever_verifies_sees_the_next_shift_and_states_one_where_none_is_ahead)
{
    each_town(who_verifies_sees);
}

static void poor_hours(struct town *t)
{
    struct firm f = firm_of(t);
    struct str job = json_value(t, post(t, &f, "\"valid_to\":\"2026-12-01\",\"pay_unit\":\"day\",\"pay_fen\":20000").body, "id");
    struct answer a = more(t, &f, job, 26, "18:12"); /* below the newest wage */
    CHECK_STR(json_value(t, a.body, "job_id"), job);
    a = town_call(t, GET, at(t, job, ""), "", f.desk);
    CHECK_STR(json_value(t, a.body, "state"), S("held"));
    CHECK(str_find(a.body, S("W-floor-new")) > 0);
    a = town_call(t, GET, at(t, job, ""), "", f.boss);
    CHECK(str_find(a.body, S("W-floor")) < 0 && str_find(a.body, S("最低工资")) > 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/employer/jobs", "", f.boss).body, S("W-floor")) < 0);
    a = say(t, f.boss, "洗碗,只招女的,入职交押金200元", DAYTIME);
    CHECK_EQ(a.status, 409);
    CHECK(str_find(a.body, S("P05")) < 0 && str_find(a.body, S("P09")) < 0 && str_find(a.body, S("「交押金」: ")) > 0);
}

TEST(a_shift_added_to_a_post_that_waits_stays_with_it_and_says_what_somebody_has_to_see)
{
    each_town(poor_hours);
}

/* ---- stated wrongly ---- */

static int drop(struct town *t, struct str job, struct str shift, struct str who)
{
    return town_call(t, DELETE, at(t, job, str_z(&t->a, str_fmt(&t->a, "/shifts/%.*s", SV(shift)))), "", who).status;
}

static struct str open_post(struct town *t, const struct firm *f, struct str *ret_shift)
{
    struct answer a = post(t, f, "\"valid_to\":\"2026-12-01\",\"pay_unit\":\"hour\",\"pay_fen\":2600");
    *ret_shift = json_value(t, a.body, "shift_id");
    return verified(t, a, f->desk, "");
}

static void taken_back(struct town *t)
{
    int64_t id;
    struct firm f = firm_of(t);
    struct str shift, job = open_post(t, &f, &shift), worker = town_seeker(t, "13811110001", &id), away = town_staff(t, INSPECTOR, 440118);
    const char *take = str_z(&t->a, str_fmt(&t->a, "/api/v1/shifts/%.*s/take", SV(shift)));
    struct str others = open_post(t, &f, &shift);
    CHECK_EQ(drop(t, others, shift, f.boss), 403); /* closes the post instead */
    CHECK_EQ(drop(t, others, shift, away), 404);
    CHECK_EQ(drop(t, job, shift, f.desk), 409); /* is of another post */
    CHECK(is_open(t, shift));
    CHECK_EQ(drop(t, others, shift, f.desk), 204);
    CHECK(!is_open(t, shift) && feed_drain(&t->app) == OK);
    struct str list = town_call(t, GET, "/api/v1/suggestions", "", worker).body;
    CHECK(str_find(list, shift) < 0 && str_find(list, job) > 0);
    list = town_call(t, GET, "/api/v1/employer/jobs", "", f.boss).body; /* without one, and first: one is to be stated */
    CHECK_STR(json_value(t, list, "id"), others);
    CHECK(str_starts(str_sub(list, (size_t)str_find(list, S("\"shift_id\":")), list.n), S("\"shift_id\":null")) && str_find(list, job) > 0);
    CHECK_EQ(town_call(t, POST, at(t, others, "/close"), "", f.desk).status, 204);
    CHECK(str_find(town_call(t, GET, "/api/v1/employer/jobs", "", f.boss).body, others) < 0);
    CHECK_EQ(town_call(t, GET, str_z(&t->a, str_fmt(&t->a, "/jobs/%.*s", SV(shift))), "", worker).status, 404);
    CHECK(str_find(town_call(t, GET, at(t, others, "/shifts"), "", f.desk).body, shift) < 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/employer/jobs", "", f.boss).body, shift) < 0);
    struct answer a = town_call(t, POST, take, "{}", worker);
    CHECK_EQ(a.status, 201);
    struct str held = json_value(t, a.body, "shift_id");
    CHECK_EQ(drop(t, job, held, f.desk), 409); /* somebody has a place */
    CHECK_EQ(town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/hires/%.*s/cancel", SV(json_value(t, a.body, "id")))), "", worker).status, 200);
    CHECK_EQ(drop(t, job, held, f.desk), 204);
}

TEST(staff_take_back_a_shift_that_was_stated_wrongly_while_nobody_has_a_place)
{
    each_town(taken_back);
}

/* Whoever was asked for it is asked no more, and takes other work. */
static void asked_before(struct town *t)
{
    int64_t id;
    struct firm f = firm_of(t);
    struct str wrong, shift, job = open_post(t, &f, &wrong), worker = town_seeker(t, "13811110001", &id);
    open_post(t, &f, &shift);
    struct answer a = town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/shifts/%.*s/invite", SV(wrong))),
                                str_z(&t->a, str_fmt(&t->a, "{\"person_id\":\"%lld\"}", (long long)id)), f.desk);
    CHECK(a.status < 300);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/offers", "", worker).body, wrong) > 0);
    CHECK_EQ(drop(t, job, wrong, f.desk), 204);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/offers", "", worker).body, wrong) < 0);
    CHECK_EQ(town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/shifts/%.*s/take", SV(shift))), "{}", worker).status, 201);
}

TEST(who_was_asked_for_a_shift_that_is_taken_back_is_asked_no_more)
{
    each_town(asked_before);
}

static void of_a_firm(struct town *t)
{
    struct firm f = firm_of(t);
    struct str shift, job = open_post(t, &f, &shift), away = town_staff(t, CONSULTANT, 440118);
    const char *list = str_z(&t->a, str_fmt(&t->a, "/api/v1/employers/%lld/jobs", (long long)f.id));
    CHECK(str_find(town_call(t, GET, list, "", f.desk).body, shift) > 0);
    CHECK_EQ(town_call(t, GET, list, "", f.boss).status, 403);
    CHECK_EQ(town_call(t, GET, list, "", away).status, 404);
    CHECK_EQ(town_call(t, POST, at(t, job, "/close"), "", f.desk).status, 204);
    CHECK(!is_open(t, shift));
}

TEST(staff_see_the_posts_of_a_firm_and_close_one_when_it_phones)
{
    each_town(of_a_firm);
}

static void turned_down(struct town *t)
{
    struct firm f = firm_of(t);
    struct str shift, job = open_post(t, &f, &shift);
    CHECK_EQ(town_call(t, POST, at(t, job, "/refuse"), "{\"reason\":\"地址没有这家厂\"}", f.desk).status, 204);
    struct answer a = town_call(t, GET, at(t, job, ""), "", f.boss);
    CHECK_STR(json_value(t, a.body, "state"), S("refused"));
    CHECK_STR(json_value(t, a.body, "findings"), S("地址没有这家厂"));
    CHECK(str_find(town_call(t, GET, "/api/v1/employer/jobs", "", f.boss).body, S("地址没有这家厂")) > 0);
}

TEST(a_firm_reads_why_its_post_was_refused)
{
    each_town(turned_down);
}
