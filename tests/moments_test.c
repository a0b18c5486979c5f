/* moments_test.c - what depends on the day: a birthday, a calendar and employers not met, more than the engine holds, and a new
 * start of the program. On every engine of the database. */
#include <stdio.h>

#include "app_fixture.h"
#include "base/buf.h"
#include "base/cal.h"
#include "feature/match/match_market.h"
#include "http/feed.h"
#include "test.h"

/* A verified shift of 8:30 to 16:00 so many days after the town's, a later one by `plus` hours; its id. */
static struct str shift_on(struct town *t, struct str boss, struct str desk, int day, int plus, const char *more)
{
    int64_t from = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}) + day, 8 * 60 + 30) + plus * HOUR_MS, to = from + 8 * HOUR_MS;
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a,
        "{\"title\":\"车间普工\",\"trade\":\"sewing\",\"text\":\"剪线头查次品\",\"address\":\"海珠区凤阳街\",\"pay_unit\":\"hour\","
        "\"pay_fen\":3000,\"rhythm\":\"day\",\"valid_to\":\"2026-12-20\",%s\"start_ms\":\"%.*s\",\"end_ms\":\"%.*s\",\"break_min\":60,"
        "\"cap\":2}", more, SV(cal_ms_text(&t->a, from)), SV(cal_ms_text(&t->a, to)))), boss);
    CHECK_EQ(a.status, 201);
    town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk);
    return json_value(t, a.body, "shift_id");
}

static bool employer_sees(struct town *t, struct str boss, struct str shift, int64_t person)
{
    struct answer a = town_call(t, GET, town_at(t, "/api/v1/shifts/", shift, "/people"), "", boss);
    CHECK_EQ(a.status, 200);
    return str_find(a.body, str_fmt(&t->a, "%lld", (long long)person)) > 0;
}

static void birthday(struct town *t)
{
    int64_t employer, person;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), desk = town_staff(t, CONSULTANT, 440105),
               own = town_seeker(t, "13811110001", &person), who = str_fmt(&t->a, "%lld", (long long)person);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/people/", who, ""), "{\"born\":\"2008-11-26\"}", desk).status, 200);
    struct str before = shift_on(t, boss, desk, 0, 0, "\"needs\":[\"lifting\"],"),
               after = shift_on(t, boss, desk, 1, 0, "\"needs\":[\"lifting\"],");
    CHECK(!employer_sees(t, boss, before, person) && employer_sees(t, boss, after, person)); /* 18 on the second day */
    CHECK(match_prices(&t->app) == OK);
    struct str list = town_call(t, GET, "/api/v1/suggestions", "", own).body;
    CHECK(str_find(list, before) < 0 && str_find(list, after) > 0);
    struct str page = town_call(t, GET, town_at(t, "/jobs/", before, ""), "", own).body;
    CHECK(str_find(page, S("不满十八岁，法律不让干")) > 0);
    CHECK(str_find(page, S("你说")) < 0 && str_find(page, S("要是")) < 0 && str_find(page, S("有希望")) < 0); /* his word changes nothing */
    CHECK(str_find(town_call(t, GET, town_at(t, "/api/v1/suggestions?wide=true&person=", who, ""), "", desk).body, before) < 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", before, "/take"), "{}", own).status, 409);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", after, "/take"), "{}", own).status, 201);
}

TEST(what_the_law_forbids_by_age_is_judged_on_the_day_of_the_work_and_told_as_law)
{
    each_town(birthday);
}

static void booked(struct town *t)
{
    int64_t employer, other, person;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), second = town_employer(t, "合顺仓配", &other),
               desk = town_staff(t, CONSULTANT, 440105), own = town_seeker(t, "13811110001", &person);
    for (int day = 1; day <= 15; day++)
        CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", shift_on(t, boss, desk, day, 0, ""), "/take"), "{}", own).status, 201);
    struct str over = shift_on(t, second, desk, 14, 2, ""), free = shift_on(t, second, desk, 17, 0, "");
    CHECK(feed_drain(&t->app) == OK);
    CHECK(!employer_sees(t, second, over, person));
    CHECK(employer_sees(t, second, free, person));
    CHECK(str_find(town_call(t, GET, town_at(t, "/jobs/", over, ""), "", own).body, S("/take\"")) < 0);
    CHECK(str_find(town_call(t, GET, town_at(t, "/jobs/", free, ""), "", own).body, S("/take\"")) > 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", over, "/ask"), "{}", desk).status, 200);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/offers", "", own).body, over) < 0);
}

TEST(a_calendar_of_many_days_is_known_to_its_end)
{
    each_town(booked);
}

/* The engine as a program that has just begun, or one beside it, knows it. */
static void begin_anew(struct town *t)
{
    match_stop(&t->app);
    CHECK(app_read(&t->app, match_start, NULL) == OK);
}

struct asked {
    int64_t person_id, shift_id;
    struct buf out;
};

static enum err explain(struct request *rq)
{
    struct asked *x = rq->object;
    return match_explain(rq, x->person_id, x->shift_id, &x->out);
}

static struct str explained(struct town *t, int64_t person_id, struct str shift)
{
    struct asked x = {.person_id = person_id};
    CHECK(str_i64(shift, &x.shift_id));
    buf_init(&x.out, &t->a, 1 << 16);
    CHECK(app_read(&t->app, explain, &x) == OK);
    return buf_str(&x.out);
}

static void spoil(struct town *t, const char *how, const char *text)
{
    FILE *f = fopen(str_z(&t->a, str_fmt(&t->a, "%.*s/prices", SV(t->config.data))), how);
    CHECK(f && fputs(text, f) >= 0);
    fclose(f);
}

/* Three before two places: there is a price. */
static void new_start(struct town *t)
{
    int64_t employer, person = 0;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    for (int i = 0; i < 3; i++)
        town_seeker(t, str_z(&t->a, str_fmt(&t->a, "1381111000%d", i)), &person);
    struct str shift = shift_on(t, boss, desk, 0, 0, ""), none = S("suitors 0 for 2 places, line 0");
    CHECK(str_find(explained(t, person, shift), S("nobody was placed yet")) > 0);
    t->app.readonly = true; /* beside a server nothing is written */
    CHECK(match_prices(&t->app) == OK);
    begin_anew(t);
    CHECK(str_find(explained(t, person, shift), none) > 0);
    t->app.readonly = false;
    CHECK(match_prices(&t->app) == OK);
    struct str before = explained(t, person, shift);
    CHECK(str_find(before, S("suitors 3 for 2 places")) > 0 && str_find(before, S("prices of 2026-11-24T09:00:00")) > 0);
    t->now_ms += HOUR_MS;
    begin_anew(t);
    CHECK_STR(explained(t, person, shift), before);
    spoil(t, "a", "half a line");
    begin_anew(t);
    CHECK(str_find(explained(t, person, shift), none) > 0);
    spoil(t, "w", "");
    begin_anew(t);
    CHECK(str_find(explained(t, person, shift), none) > 0);
}

TEST(a_program_that_starts_again_knows_the_last_prices_unless_they_are_spoiled)
{
    each_town(new_start);
}

/* Nine employers whom somebody does not want to meet: more than the engine holds of one person. */
static void not_met(struct town *t)
{
    int64_t employer, person;
    struct str desk = town_staff(t, CONSULTANT, 440105), own = town_seeker(t, "13811110001", &person), last = S("");
    const char *me = town_at(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)person), "");
    for (int i = 0; i <= MAX_TIES; i++) {
        struct str boss = town_employer(t, str_z(&t->a, str_fmt(&t->a, "第%d制衣厂", i)), &employer), shift = shift_on(t, boss, desk, i, 0, "");
        struct answer hire = town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", own);
        CHECK_EQ(hire.status, 201);
        CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", json_value(t, hire.body, "id"), "/block"), "{\"reason\":\"工头骂人\"}", own).status, 201);
        last = shift_on(t, boss, desk, 15, 0, "");
        t->now_ms += MIN_MS;
    }
    CHECK_EQ(town_call(t, POST, me, "{\"from_min\":600}", own).status, 200);
    struct str page = town_call(t, GET, town_at(t, "/jobs/", last, ""), "", own).body;
    CHECK(str_find(page, S("/take\"")) < 0 && str_find(page, S("要是")) < 0);
    CHECK(str_find(explained(t, person, last), S("就可以去")) < 0);
}

TEST(no_change_opens_the_work_of_whom_somebody_does_not_meet)
{
    each_town(not_met);
}
