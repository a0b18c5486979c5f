/* offer_turnout_test.c - how many an order usually asks for, and places to stand by, as the employer, the desk and the people
 * see them; on every engine. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/hire/hire.h"
#include "feature/notice/notice_store.h"
#include "feature/offer/offer_hall.h"
#include "feature/offer/offer_store.h"
#include "feature/trust/trust_store.h"
#include "test.h"

enum { PEOPLE = 8 };
struct order {
    struct str boss, desk, shift, who[PEOPLE];
    const char *offers, *turnout, *standby, *stop;
    int64_t employer_id;
};

static struct order order(struct town *t, int cap)
{
    struct order x;
    int64_t id;
    x.boss = town_employer(t, "锦裳制衣厂", &x.employer_id);
    x.desk = town_staff(t, CONSULTANT, 440105);
    struct str body = str_fmt(&t->a, "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"address\":\"海珠区凤阳街\","
                                     "\"pay_unit\":\"day\",\"pay_fen\":32000,\"rhythm\":\"day\",\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T08:30:00+08:00\","
                                     "\"end_ms\":\"2026-11-25T18:00:00+08:00\",\"break_min\":60,\"cap\":%d}", cap);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), x.boss);
    x.shift = json_value(t, a.body, "shift_id");
    town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", x.desk);
    for (int i = 0; i < PEOPLE; i++)
        x.who[i] = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "1382220000%d", i)), &id);
    x.offers = town_at(t, "/api/v1/shifts/", x.shift, "/offers");
    x.turnout = town_at(t, "/api/v1/shifts/", x.shift, "/turnout");
    x.standby = town_at(t, "/api/v1/shifts/", x.shift, "/standby");
    x.stop = town_at(t, "/api/v1/shifts/", x.shift, "/ask-stop");
    return x;
}

/* ---- the figure ---- */

/* So many days of the city; of each hundred, 83 people came. */
static enum err add_days(struct request *rq)
{
    enum err e = OK;
    for (int i = 0; !e && i < *(int *)rq->object; i++) {
        struct hire h = {.id = new_id(rq), .city = rq->city, .shift_id = 1, .job_id = 1, .employer_id = 1, .person_id = 1, .state = i % 100 < 83 ? HIRE_SETTLED : HIRE_NO_SHOW,
                         .start_ms = rq->now_ms - 2 * (int64_t)DAY_MS, .end_ms = rq->now_ms - DAY_MS};
        h.shift_id = h.person_id = h.id;
        e = hire_add(rq, &h);
    }
    return e;
}

static void figure(struct town *t)
{
    struct order x = order(t, 100);
    int few = 49, many = 51;
    CHECK(app_write(&t->app, add_days, &few) == OK);
    struct str none = town_call(t, GET, x.turnout, "", x.boss).body;
    CHECK(str_find(none, S("\"came\":49,\"missing\":0,\"show_pm\":-1,\"safety_pm\":900,\"book\":0")) > 0); /* too few to say anything */
    CHECK(app_write(&t->app, add_days, &many) == OK);
    CHECK(str_find(town_call(t, GET, x.turnout, "", x.boss).body, S("\"show_pm\":1000,\"safety_pm\":900,\"book\":100")) > 0);
    many = 100;
    for (int i = 0; i < 9; i++)
        CHECK(app_write(&t->app, add_days, &many) == OK);
    struct str known = town_call(t, GET, x.turnout, "", x.desk).body;
    CHECK(str_find(known, S("\"came\":847,\"missing\":153,\"show_pm\":847,")) > 0);
    CHECK_EQ(town_call(t, GET, x.turnout, "", x.who[0]).status, 403);
    CHECK_EQ(town_call(t, POST, x.standby, "{\"places\":3}", x.who[0]).status, 403);
}

TEST(an_order_is_told_how_many_to_ask_from_who_came_in_the_city)
{
    each_town(figure);
}

/* ---- standing by ---- */

static struct str asked(struct town *t, struct str who)
{
    return town_call(t, GET, "/api/v1/my/offers", "", who).body;
}

static int say(struct town *t, struct str who, const char *what)
{
    return town_call(t, POST, town_at(t, "/api/v1/offers/", json_value(t, asked(t, who), "id"), what), "{}", who).status;
}

static bool works(struct town *t, struct str who)
{
    return json_value(t, town_call(t, GET, "/api/v1/my/hires", "", who).body, "id").n > 0;
}

static void call_off(struct town *t, struct str who)
{
    struct str hire = json_value(t, town_call(t, GET, "/api/v1/my/hires", "", who).body, "id");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/cancel"), "{}", who).status, 200);
}

static void tick(struct town *t)
{
    CHECK(wave_go_all(&t->app) == OK);
}

/* The first whose offer says so, or -1. */
static int whose(struct town *t, const struct order *x, const char *what)
{
    for (int i = 0; i < PEOPLE; i++)
        if (str_find(asked(t, x->who[i]), str_c(what)) > 0)
            return i;
    return -1;
}

/* One place, which somebody has; another stands by. */
static void fill(struct town *t, const struct order *x, int *ret_works, int *ret_stands)
{
    CHECK_EQ(town_call(t, POST, x->standby, "{\"places\":1}", x->boss).status, 200);
    int first = *ret_works = whose(t, x, "\"standby\":false,\"state\":\"offered\"");
    CHECK(first >= 0 && whose(t, x, "\"standby\":true") < 0); /* places come first */
    CHECK(str_find(town_call(t, GET, "/my", "", x->who[first]).body, S("这是候补")) < 0);
    CHECK_EQ(say(t, x->who[first], "/yes"), 200);
    CHECK(works(t, x->who[first]));
    tick(t);
    int next = *ret_stands = whose(t, x, "\"standby\":true,\"state\":\"offered\"");
    CHECK(next >= 0);
    struct str page = town_call(t, GET, "/my", "", x->who[next]).body;
    CHECK(str_find(page, S("这是候补:名额已满,现在没有您的位子")) > 0 && str_find(page, S("我愿意候补")) > 0);
    CHECK_EQ(say(t, x->who[next], "/yes"), 200);
    CHECK(!works(t, x->who[next]));
    CHECK(str_find(town_call(t, GET, x->turnout, "", x->boss).body, S("\"standby\":1,\"standing_by\":1,")) > 0);
    tick(t);
    CHECK(whose(t, x, "\"state\":\"offered\"") < 0); /* enough stand by */
}

/* Whether a letter with these words is waiting; letters are read once. */
static bool told(struct town *t, const char *words)
{
    struct letters *l = NEW(&t->a, struct letters);
    bool any = false;
    l->a = &t->a;
    CHECK(app_write(&t->app, notice_claim, l) == OK);
    for (size_t i = 0; i < l->n; i++)
        any |= str_find(l->v[i].text, str_c(words)) >= 0;
    return any;
}

static void stand_by(struct town *t)
{
    struct order x = order(t, 1);
    int has, stands;
    CHECK_EQ(town_call(t, POST, x.standby, "{\"places\":2}", x.boss).status, 422); /* more than there are places */
    fill(t, &x, &has, &stands);
    CHECK(told(t, "想请您候补") && !told(t, "候补轮到您了"));
    call_off(t, x.who[has]);
    tick(t);
    CHECK(works(t, x.who[stands]));
    CHECK(told(t, "候补轮到您了"));
    CHECK(whose(t, &x, "\"standby\":true,\"state\":\"offered\"") >= 0); /* somebody else is to stand by */
    CHECK_EQ(town_call(t, POST, x.stop, "{}", x.desk).status, 200);
    CHECK(str_find(town_call(t, GET, x.turnout, "", x.desk).body, S("\"standby\":0,\"standing_by\":0,")) > 0);
}

TEST(who_stands_by_is_told_so_first_and_gets_the_place_of_who_calls_off)
{
    each_town(stand_by);
}

static void too_late(struct town *t)
{
    struct order x = order(t, 1);
    int has, stands;
    fill(t, &x, &has, &stands);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 8 * 60 + 1);
    call_off(t, x.who[has]);
    tick(t);
    CHECK(!works(t, x.who[stands])); /* he was told that from half an hour before he need not wait */
    CHECK_EQ(town_call(t, POST, x.standby, "{\"places\":1}", x.boss).status, 409);
}

TEST(half_an_hour_before_the_shift_nobody_stands_by_any_more)
{
    each_town(too_late);
}

/* ---- called in ---- */

static void at(struct town *t, int hour, int minute)
{
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), hour * 60 + minute);
}

/* Two places, which somebody has; two others stand by, in the order in which they come. */
static void fill_two(struct town *t, const struct order *x, int works_[2], int stands[2])
{
    int n = 0, m = 0;
    CHECK_EQ(town_call(t, POST, x->standby, "{\"places\":2}", x->boss).status, 200);
    for (int k = 0; k < 2 * PEOPLE && n + m < 4; k++) {
        int who = whose(t, x, "\"state\":\"offered\"");
        if (who >= 0)
            CHECK_EQ(say(t, x->who[who], "/yes"), 200);
        if (who >= 0 && works(t, x->who[who]))
            works_[n++ % 2] = who;
        else if (who >= 0)
            stands[m++ % 2] = who;
        tick(t);
    }
    CHECK(n == 2 && m == 2);
}

static void miss(struct town *t, const struct order *x, struct str who)
{
    struct str hire = json_value(t, town_call(t, GET, "/api/v1/my/hires", "", who).body, "id");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/no-show"), "{}", x->boss).status, 200);
}

static bool called(struct town *t, struct str who)
{
    return str_find(asked(t, who), S("\"state\":\"offered\"")) > 0 && str_find(asked(t, who), S("\"stood_ms\":\"")) > 0;
}

static bool desk_sees(struct town *t, const struct order *x, const char *state)
{
    return str_find(town_call(t, GET, "/api/v1/calls", "", x->desk).body, str_fmt(&t->a, "\"state\":\"%s\"", state)) > 0;
}

static void called_in(struct town *t)
{
    struct order x = order(t, 2);
    int has[2], stands[2];
    fill_two(t, &x, has, stands);
    at(t, 8, 59);
    tick(t);
    CHECK(!called(t, x.who[stands[0]]) && !called(t, x.who[stands[1]])); /* nobody is missing yet */
    CHECK(!told(t, "有人没来"));
    at(t, 9, 0);
    tick(t);
    int first = called(t, x.who[stands[0]]) ? 0 : 1;
    CHECK(called(t, x.who[stands[first]]) && !called(t, x.who[stands[!first]])); /* two are missing, and one after the other is asked */
    CHECK(told(t, "有人没来,想请候补的您现在过去"));
    CHECK(desk_sees(t, &x, "offered"));
    struct str page = town_call(t, GET, "/my", "", x.who[stands[first]]).body;
    CHECK(str_find(page, S("问您现在能不能过去")) > 0 && str_find(page, S("我能马上过去")) > 0 && str_find(page, S("我愿意候补")) < 0);
    at(t, 9, 16);
    tick(t);
    CHECK(called(t, x.who[stands[!first]])); /* no answer: the next */
    CHECK(desk_sees(t, &x, "expired"));
    CHECK_EQ(say(t, x.who[stands[!first]], "/yes"), 200);
    CHECK(!works(t, x.who[stands[!first]])); /* nobody has said yet who is missing */
    CHECK(desk_sees(t, &x, "standby"));
    CHECK(str_find(town_call(t, GET, "/my", "", x.who[stands[!first]]).body, S("没通知先别出门")) > 0);
    CHECK(str_find(town_call(t, GET, x.turnout, "", x.boss).body, S("\"standing_by\":1,\"called\":0,\"would_come\":1}")) > 0);
    miss(t, &x, x.who[has[0]]);
    tick(t);
    CHECK(works(t, x.who[stands[!first]]) && told(t, "候补轮到您了"));
    struct str hire = json_value(t, town_call(t, GET, "/api/v1/my/hires", "", x.who[stands[!first]]).body, "id");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/no-show"), "{}", x.boss).status, 409); /* he is on the way */
    CHECK(desk_sees(t, &x, "accepted") && str_find(town_call(t, GET, "/api/v1/calls", "", x.desk).body, S("\"gone\":true")) < 0);
    at(t, 10, 46);
    tick(t);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/no-show"), "{}", x.boss).status, 200);
    CHECK(str_find(town_call(t, GET, "/api/v1/calls", "", x.desk).body, S("\"state\":\"accepted\",\"gone\":true")) > 0); /* he did not come either */
    CHECK_EQ(town_call(t, GET, "/api/v1/calls", "", x.boss).status, 403);
}

TEST(who_stands_by_is_called_in_one_after_the_other_for_who_does_not_come)
{
    each_town(called_in);
}

/* Four more than he was. */
static enum err ask_often(struct request *rq)
{
    enum err e = OK;
    for (int i = 0; !e && i < 4; i++) {
        struct sent_offer o = {.shift_id = new_id(rq), .person_id = *(int64_t *)rq->object, .seats = 1, .state = OFFER_DECLINED, .until_ms = rq->now_ms};
        e = offer_add(rq, &o);
    }
    return e;
}

static int64_t person_of(struct town *t, struct str who)
{
    int64_t id = 0;
    CHECK(str_i64(json_value(t, asked(t, who), "person_id"), &id));
    return id;
}

static enum err put_apart(struct request *rq)
{
    return block_put(rq, rq->object);
}

static enum err put_together(struct request *rq)
{
    return block_drop(rq, rq->object);
}

/* A place is free at once; nobody is to be asked who could not or should not come. */
static void passed_over(struct town *t)
{
    struct order x = order(t, 2);
    int has[2], stands[2];
    fill_two(t, &x, has, stands);
    at(t, 8, 1);
    int64_t often = person_of(t, x.who[stands[0]]), far = person_of(t, x.who[stands[1]]);
    CHECK(app_write(&t->app, ask_often, &often) == OK);
    CHECK(app_write(&t->app, ask_often, &often) == OK);
    struct str edit = str_fmt(&t->a, "/api/v1/people/%lld", (long long)far);
    CHECK_EQ(town_call(t, POST, str_z(&t->a, edit), "{\"home\":{\"lon\":116.4,\"lat\":39.9}}", x.desk).status, 200);
    call_off(t, x.who[has[0]]);
    tick(t);
    CHECK(!called(t, x.who[stands[0]]) && !called(t, x.who[stands[1]]));
    CHECK(str_find(town_call(t, GET, "/api/v1/calls", "", x.desk).body, S("\"items\":[]")) > 0);
    CHECK_EQ(town_call(t, POST, str_z(&t->a, edit), "{\"home\":{\"lon\":113.3,\"lat\":23.1}}", x.desk).status, 200);
    at(t, 13, 1);
    tick(t);
    CHECK(!called(t, x.who[stands[1]])); /* he would be there for less than half of it */
    at(t, 9, 30);
    struct block b = {.side = BLOCK_BY_EMPLOYER, .person_id = far, .employer_id = x.employer_id, .reason = S("吵过架")};
    CHECK(app_write(&t->app, put_apart, &b) == OK);
    tick(t);
    CHECK(!called(t, x.who[stands[1]]));
    CHECK(app_write(&t->app, put_together, &b) == OK);
    tick(t);
    CHECK(called(t, x.who[stands[1]])); /* the place was called off in the last half hour: he is asked, it is not just given */
    CHECK_EQ(say(t, x.who[stands[1]], "/yes"), 200);
    CHECK(works(t, x.who[stands[1]]));
    CHECK(str_find(asked(t, x.who[stands[0]]), S("\"state\":\"standby\"")) > 0);
    at(t, 13, 15);
    tick(t);
    CHECK(str_find(asked(t, x.who[stands[0]]), S("\"state\":\"standby\"")) < 0); /* nobody is called in any more */
}

TEST(nobody_is_called_in_who_is_too_far_away_or_blocked_or_was_asked_often_enough)
{
    each_town(passed_over);
}
