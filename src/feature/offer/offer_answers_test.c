/* offer_answers_test.c - how many a wave asks follows what the people of the city answered; on every engine. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/offer/offer_store.h"
#include "test.h"

enum { PEOPLE = 14, ORDERS = 30, EACH = 10 };

/* Offers of the past to ten people in each of thirty orders. */
struct past {
    int64_t city, wave, hall, standby, ended_ms; /* city 0: the own one */
    int64_t yes;                                 /* of each ten */
    const char *rest;                            /* state of the others */
};

static enum err add_past(struct request *rq)
{
    static const struct query add = {
        "t.past", "INSERT INTO offer (id, city, shift_id, person_id, wave, points, seats, hall, standby, state, made_ms, until_ms, answered_ms, stood_ms)"
                  " VALUES ($1, $2, $3, $1, $4, 0, 1, $5, $6, $7, $8, $9, $10, 0)"};
    const struct past *p = rq->object;
    enum err e = OK;
    for (int64_t i = 0, shift_id = 0; !e && i < ORDERS * EACH; i++) {
        bool yes = i % EACH < p->yes;
        shift_id = i % EACH ? shift_id : new_id(rq);
        e = db_run(rq->tx, &add, ARGS(I(new_id(rq)), I(p->city ? p->city : rq->city), I(shift_id), I(p->wave), I(p->hall), I(p->standby), T(str_c(yes ? "accepted" : p->rest)),
                                      I(p->ended_ms - HOUR_MS), I(p->ended_ms), I(yes ? p->ended_ms - MIN_MS : 0)), NULL);
    }
    return e;
}

struct order {
    struct str desk;
    const char *ask, *offers;
};

static struct order order(struct town *t)
{
    struct order x = {.desk = town_staff(t, CONSULTANT, 440105)};
    int64_t id;
    struct str boss = town_employer(t, "锦裳制衣厂", &id);
    struct answer a = town_call(t, POST, "/api/v1/jobs", "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"address\":\"海珠区凤阳街\","
                                "\"pay_unit\":\"day\",\"pay_fen\":32000,\"rhythm\":\"day\",\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T08:30:00+08:00\","
                                "\"end_ms\":\"2026-11-25T18:00:00+08:00\",\"break_min\":60,\"cap\":3}", boss);
    struct str shift = json_value(t, a.body, "shift_id");
    town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", x.desk);
    x.ask = town_at(t, "/api/v1/shifts/", shift, "/ask");
    x.offers = town_at(t, "/api/v1/shifts/", shift, "/offers");
    for (int i = 0; i < PEOPLE; i++)
        town_seeker(t, str_z(&t->a, str_fmt(&t->a, "138222000%02d", i)), &id);
    return x;
}

static int asked(struct town *t, const struct order *x)
{
    struct str body = town_call(t, GET, x->offers, "", x->desk).body;
    int n = 0;
    for (ptrdiff_t at; (at = str_find(body, S("\"state\":\"offered\""))) >= 0; n++)
        body = str_sub(body, (size_t)at + 1, body.n);
    return n;
}

/* How many are asked for three places, by the desk that begins. */
static int first_wave(struct town *t, const struct past *p, size_t n)
{
    struct order x = order(t);
    for (size_t i = 0; i < n; i++) {
        struct past one = p[i];
        one.ended_ms += t->now_ms;
        CHECK(app_write(&t->app, add_past, &one) == OK);
    }
    t->spoiled = n > 0; /* of shifts that never were */
    CHECK_EQ(town_call(t, POST, x.ask, "{}", x.desk).status, 200);
    return asked(t, &x);
}

static void new_city(struct town *t)
{
    CHECK_EQ(first_wave(t, NULL, 0), 4);
}

static void many_yes(struct town *t)
{
    CHECK_EQ(first_wave(t, &(struct past){.ended_ms = -DAY_MS, .yes = 6, .rest = "declined"}, 1), 3);
}

static void few_yes(struct town *t)
{
    CHECK_EQ(first_wave(t, &(struct past){.ended_ms = -DAY_MS, .yes = 2, .rest = "expired"}, 1), 5);
}

TEST(a_wave_is_larger_where_few_say_yes_and_smaller_where_many_do)
{
    each_town(new_city);
    each_town(many_yes);
    each_town(few_yes);
}

/* Nobody said yes in any of these. */
static void not_of_waves(struct town *t)
{
    static const struct past other[] = {{.city = 440300, .ended_ms = -DAY_MS, .rest = "declined"},
                                        {.wave = NO_WAVE, .ended_ms = -DAY_MS, .rest = "declined"},
                                        {.wave = NO_WAVE, .hall = 1, .ended_ms = -DAY_MS, .rest = "declined"},
                                        {.wave = 1, .ended_ms = -DAY_MS, .rest = "declined"},
                                        {.standby = 1, .ended_ms = -DAY_MS, .rest = "declined"},
                                        {.ended_ms = -31 * (int64_t)DAY_MS, .rest = "declined"},
                                        {.ended_ms = HOUR_MS, .rest = "declined"},
                                        {.ended_ms = -DAY_MS, .rest = "cancelled"}};
    CHECK_EQ(first_wave(t, other, sizeof other / sizeof *other), 4);
}

TEST(what_was_answered_elsewhere_otherwise_or_long_ago_changes_no_first_wave)
{
    each_town(not_of_waves);
}

/* Nobody answers the first wave; of the waves after the first one in ten did so far, the timer asks accordingly. */
static void by_the_timer(struct town *t)
{
    struct past later = {.wave = 1, .ended_ms = -DAY_MS, .yes = 1, .rest = "expired"};
    struct order x = order(t);
    later.ended_ms += t->now_ms;
    CHECK(app_write(&t->app, add_past, &later) == OK);
    t->spoiled = true;
    CHECK_EQ(town_call(t, POST, x.ask, "{}", x.desk).status, 200);
    CHECK_EQ(asked(t, &x), 4);
    t->now_ms += 2 * HOUR_MS;
    CHECK(wave_go_all(&t->app) == OK);
    CHECK(asked(t, &x) >= 6);
}

TEST(the_timer_asks_by_what_was_answered_to_waves_after_the_first)
{
    each_town(by_the_timer);
}

static enum err share_of(struct request *rq)
{
    struct yes_share s[WAVE_KINDS];
    enum err e = offer_yes_shares(rq, s);
    *(struct yes_share *)rq->object = s[WAVE_FIRST];
    return e;
}

static enum err end_otherwise(struct request *rq)
{
    static const struct query end = {"t.end", "UPDATE offer SET state = CASE id % 2 WHEN 0 THEN 'expired' ELSE 'cancelled' END WHERE city = $1 AND answered_ms > 0"};
    return db_run(rq->tx, &end, ARGS(I(rq->city)), NULL);
}

/* Stood by in vain, or withdrawn with the post. */
static void ends_of_a_yes(struct town *t)
{
    struct past p = {.ended_ms = t->now_ms - DAY_MS, .yes = 6, .rest = "expired"};
    struct yes_share before, after;
    CHECK(app_write(&t->app, add_past, &p) == OK);
    t->spoiled = true;
    CHECK(app_read(&t->app, share_of, &before) == OK);
    CHECK(before.pm > 570 && before.pm < 640);
    CHECK(app_write(&t->app, end_otherwise, NULL) == OK);
    CHECK(app_read(&t->app, share_of, &after) == OK);
    CHECK_EQ(after.pm, before.pm);
}

TEST(a_yes_stays_one_however_the_offer_ended)
{
    each_town(ends_of_a_yes);
}
