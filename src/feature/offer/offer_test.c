/* offer_test.c - people are asked in waves as they and the desk see it, on every engine. */
#include <stddef.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "feature/hire/hire.h"
#include "feature/offer/offer_hall.h"
#include "test.h"

enum { PEOPLE = 6 };
static const char post[] = "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\","
                           "\"address\":\"海珠区凤阳街\",\"pay_unit\":\"day\",\"pay_fen\":32000,\"rhythm\":\"day\","
                           "\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T08:30:00+08:00\","
                           "\"end_ms\":\"2026-11-25T18:00:00+08:00\",\"break_min\":60,\"cap\":%d}";
struct asked_day {
    struct str desk, shift, seeker[PEOPLE];
    int64_t person[PEOPLE];
    const char *ask, *offers;
};

static struct asked_day open_day(struct town *t, int cap)
{
    struct asked_day d;
    int64_t id;
    struct str boss = town_employer(t, "锦裳制衣厂", &id);
    d.desk = town_staff(t, CONSULTANT, 440105);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a, post, cap)), boss);
    d.shift = json_value(t, a.body, "shift_id");
    town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", d.desk);
    for (int i = 0; i < PEOPLE; i++)
        d.seeker[i] = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "1382220000%d", i)), &d.person[i]);
    d.ask = town_at(t, "/api/v1/shifts/", d.shift, "/ask");
    d.offers = town_at(t, "/api/v1/shifts/", d.shift, "/offers");
    return d;
}

static int count(struct str body, const char *what)
{
    int n = 0;
    for (ptrdiff_t at; (at = str_find(body, str_c(what))) >= 0; n++)
        body = (struct str){body.p + at + 1, body.n - (size_t)at - 1};
    return n;
}

static int in_state(struct town *t, const struct asked_day *d, const char *state)
{
    return count(town_call(t, GET, d->offers, "", d->desk).body, str_z(&t->a, str_fmt(&t->a, "\"state\":\"%s\"", state)));
}

/* What the person is asked now; empty when nothing. */
static struct str offer_of(struct town *t, struct str seeker)
{
    return json_value(t, town_call(t, GET, "/api/v1/my/offers", "", seeker).body, "id");
}

static int say(struct town *t, struct str seeker, struct str offer, const char *what)
{
    return town_call(t, POST, town_at(t, "/api/v1/offers/", offer, what), "{}", seeker).status;
}

/* The rule that a yes is refused by. */
static struct str refused(struct town *t, struct str seeker, struct str offer)
{
    struct answer a = town_call(t, POST, town_at(t, "/api/v1/offers/", offer, "/yes"), "{}", seeker);
    CHECK_EQ(a.status, 409);
    return json_value(t, a.body, "rule");
}

static void tick(struct town *t, int64_t minutes)
{
    t->now_ms += minutes * MIN_MS;
    CHECK(wave_go_all(&t->app) == OK);
}

static enum err sound(struct request *rq)
{
    int64_t bad = 0;
    enum err e = hire_check(rq, &bad);
    CHECK_EQ(bad, 0);
    return e;
}

/* Of whom nothing is known is asked for his age with the yes, not sent away when the seat is given. */
static void ageless(struct town *t)
{
    struct asked_day d = open_day(t, 1);
    for (int i = 0; i < PEOPLE; i++)
        CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)d.person[i]), ""), "{\"age_said\":\"unasked\"}", d.seeker[i]).status, 200);
    CHECK_EQ(town_call(t, POST, d.ask, "{}", d.desk).status, 200);
    int one = 0;
    while (!offer_of(t, d.seeker[one]).n)
        one++;
    struct str o = offer_of(t, d.seeker[one]);
    CHECK(str_find(town_call(t, GET, "/my", "", d.seeker[one]).body, S("满18岁了吗")) > 0);
    CHECK_EQ(say(t, d.seeker[one], o, "/yes"), 409);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/offers/", o, "/yes"), "{\"age_said\":\"adult\"}", d.seeker[one]).status, 200);
    CHECK(str_find(town_call(t, GET, "/my", "", d.seeker[one]).body, S("满18岁了吗")) < 0);
    tick(t, 60);
    CHECK_EQ(in_state(t, &d, "accepted"), 1);
}

TEST(a_yes_to_an_offer_asks_for_an_age_that_nobody_knows)
{
    each_town(ageless);
}

static void fair_wave(struct town *t)
{
    struct asked_day d = open_day(t, 3);
    CHECK_EQ(town_call(t, POST, d.ask, "{}", d.seeker[0]).status, 403);
    CHECK_EQ(town_call(t, POST, d.ask, "{}", d.desk).status, 200);
    CHECK_EQ(in_state(t, &d, "offered"), 4); /* three seats, one in three says yes */
    struct str o[PEOPLE];
    int last = -1;
    for (int i = 0; i < PEOPLE; i++) {
        o[i] = offer_of(t, d.seeker[i]);
        last = o[i].n ? i : last;
    }
    CHECK(str_find(town_call(t, GET, "/my", "", d.seeker[last]).body, o[last]) > 0);
    CHECK_EQ(say(t, d.seeker[last ? 0 : 1], o[last], "/yes"), 404); /* not his offer */
    CHECK_EQ(say(t, d.seeker[last], o[last], "/yes"), 200);
    CHECK_EQ(in_state(t, &d, "willing"), 1); /* fastest, but three who fit as well may still answer */
    for (int i = 0; i < last; i++)
        CHECK(!o[i].n || say(t, d.seeker[i], o[i], "/yes") == 200);
    CHECK_EQ(in_state(t, &d, "accepted"), 3);
    CHECK_EQ(in_state(t, &d, "standby"), 1);
    CHECK_EQ(say(t, d.seeker[last], o[last], "/yes"), 409);
    struct str hires = town_call(t, GET, "/api/v1/my/hires", "", d.seeker[0]).body, hire = json_value(t, hires, "id");
    CHECK(hire.n > 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/cancel"), "{}", d.seeker[0]).status, 200);
    tick(t, 1);
    CHECK_EQ(in_state(t, &d, "standby"), 0); /* stand-by comes first */
    CHECK(json_value(t, town_call(t, GET, "/api/v1/my/hires", "", d.seeker[last]).body, "id").n > 0);
    CHECK(app_read(&t->app, sound, NULL) == OK);
}

TEST(places_go_by_fit_and_not_by_speed_and_stand_by_comes_next)
{
    each_town(fair_wave);
}

/* What was accepted is no place that somebody holds: he may have given it back since. */
static void given_back(struct town *t)
{
    struct asked_day d = open_day(t, 1);
    int one = 0;
    CHECK_EQ(town_call(t, POST, d.ask, "{}", d.desk).status, 200);
    while (one < PEOPLE - 1 && !offer_of(t, d.seeker[one]).n)
        one++;
    CHECK_EQ(say(t, d.seeker[one], offer_of(t, d.seeker[one]), "/yes"), 200);
    CHECK_STR(json_value(t, town_call(t, GET, d.offers, "", d.desk).body, "held"), S("1"));
    struct str hire = json_value(t, town_call(t, GET, "/api/v1/my/hires", "", d.seeker[one]).body, "id");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/cancel"), "{}", d.seeker[one]).status, 200);
    struct str body = town_call(t, GET, d.offers, "", d.desk).body;
    CHECK_STR(json_value(t, body, "state"), S("accepted"));
    CHECK_STR(json_value(t, body, "held"), S("0"));
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", d.shift, "/take"), "{}", d.seeker[one]).status, 201); /* and comes after all */
    CHECK_STR(json_value(t, town_call(t, GET, d.offers, "", d.desk).body, "held"), S("1"));
}

TEST(a_place_that_was_accepted_and_given_back_is_held_by_nobody)
{
    each_town(given_back);
}

static void next_waves(struct town *t)
{
    struct asked_day d = open_day(t, 1);
    CHECK_EQ(town_call(t, POST, d.ask, "{}", d.desk).status, 200);
    CHECK_EQ(in_state(t, &d, "offered"), 1);
    tick(t, 119);
    CHECK_EQ(in_state(t, &d, "offered"), 1);
    tick(t, 1); /* nobody answered in two hours: the next one is asked */
    CHECK_EQ(in_state(t, &d, "expired"), 1);
    CHECK_EQ(in_state(t, &d, "offered"), 1);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", d.shift, "/ask-stop"), "{}", d.desk).status, 200);
    tick(t, 120);
    CHECK_EQ(in_state(t, &d, "expired"), 2);
    CHECK_EQ(in_state(t, &d, "offered"), 0); /* stopped: nobody else */
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 24}), 22 * 60 + 30);
    CHECK_EQ(town_call(t, POST, d.ask, "{}", d.desk).status, 200);
    CHECK_EQ(in_state(t, &d, "offered"), 0); /* not at night */
    tick(t, 9 * 60);
    CHECK_EQ(in_state(t, &d, "offered"), 1);
    for (int i = 0; i < PEOPLE; i++)
        if (offer_of(t, d.seeker[i]).n)
            CHECK_EQ(say(t, d.seeker[i], offer_of(t, d.seeker[i]), "/yes"), 200);
    CHECK_EQ(in_state(t, &d, "accepted"), 1); /* the only one asked: at once */
    CHECK_EQ(town_call(t, POST, d.ask, "{}", d.desk).status, 409);
    CHECK(app_read(&t->app, sound, NULL) == OK);
}

TEST(who_does_not_answer_makes_room_for_the_next_but_nobody_is_asked_at_night)
{
    each_town(next_waves);
}

static enum err take_back(struct request *rq)
{
    static const struct query drop = {"t.take_back", "DELETE FROM person WHERE city = $1 AND id = $2"};
    return db_run(rq->tx, &drop, ARGS(I(rq->city), I(*(int64_t *)rq->object)), NULL);
}

static void registration_taken_back(struct town *t)
{
    struct asked_day d = open_day(t, 3);
    int last = 0;
    CHECK_EQ(town_call(t, POST, d.ask, "{}", d.desk).status, 200);
    for (int i = 0; i < PEOPLE; i++)
        last = offer_of(t, d.seeker[i]).n ? i : last;
    CHECK_EQ(say(t, d.seeker[last], offer_of(t, d.seeker[last]), "/yes"), 200);
    CHECK(app_write(&t->app, take_back, &d.person[last]) == OK);
    CHECK_EQ(town_call(t, GET, "/api/v1/my/offers", "", d.seeker[last]).status, 200);
    for (int i = 0; i < last; i++)
        CHECK(!offer_of(t, d.seeker[i]).n || say(t, d.seeker[i], offer_of(t, d.seeker[i]), "/yes") == 200);
    tick(t, 120); /* the city's waves go on */
    CHECK_EQ(in_state(t, &d, "accepted"), 3);
    CHECK_EQ(in_state(t, &d, "willing"), 0);
}

TEST(whose_registration_was_taken_back_holds_up_nobody)
{
    each_town(registration_taken_back);
}

static void taken_meanwhile(struct town *t)
{
    struct asked_day d = open_day(t, 1);
    int asked = 0;
    CHECK_EQ(town_call(t, POST, d.ask, "{}", d.desk).status, 200);
    while (asked < PEOPLE - 1 && !offer_of(t, d.seeker[asked]).n)
        asked++;
    struct str other = d.seeker[asked ? 0 : 1], offer = offer_of(t, d.seeker[asked]);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", d.shift, "/take"), "{}", other).status, 201);
    CHECK_EQ(say(t, d.seeker[asked], offer, "/yes"), 200);
    CHECK_EQ(in_state(t, &d, "accepted"), 0);
    CHECK_EQ(in_state(t, &d, "standby"), 1); /* the place went through the list meanwhile */
    CHECK_EQ(say(t, d.seeker[asked], offer, "/no"), 200);
    CHECK_EQ(in_state(t, &d, "declined"), 1);
    CHECK(app_read(&t->app, sound, NULL) == OK);
}

TEST(a_place_taken_meanwhile_is_never_given_twice)
{
    each_town(taken_meanwhile);
}

static void step(struct town *t, int64_t minutes)
{
    t->now_ms += minutes * MIN_MS;
    CHECK(hall_step_all(&t->app) == OK);
}

static int comes(struct town *t, struct str seeker, const char *how)
{
    return town_call(t, POST, "/api/v1/hall/say", how, seeker).status;
}

static void in_the_hall(struct town *t)
{
    struct asked_day d = open_day(t, 2);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 7 * 60 + 10);
    step(t, 0);
    CHECK_EQ(in_state(t, &d, "offered"), 0); /* nobody is there */
    for (int i = 0; i < 3; i++)
        CHECK_EQ(comes(t, d.seeker[i], "{}"), 204);
    CHECK_EQ(comes(t, d.seeker[2], "{\"leaves\":true}"), 204);
    CHECK_EQ(comes(t, d.seeker[3], "{\"person_id\":\"7\"}"), 422);
    step(t, 1);
    CHECK_EQ(in_state(t, &d, "offered"), 2);
    CHECK(!offer_of(t, d.seeker[2]).n); /* has left */
    step(t, 1);
    CHECK_EQ(in_state(t, &d, "offered"), 2); /* asked once, the places are kept */
    CHECK_EQ(say(t, d.seeker[0], offer_of(t, d.seeker[0]), "/yes"), 200);
    CHECK_EQ(say(t, d.seeker[1], offer_of(t, d.seeker[1]), "/no"), 200);
    CHECK_EQ(in_state(t, &d, "accepted"), 1);
    step(t, 1);
    CHECK(!offer_of(t, d.seeker[1]).n); /* the same shift is not proposed again */
    CHECK_EQ(comes(t, d.seeker[2], "{\"now\":true}"), 204);
    step(t, 1);
    CHECK(offer_of(t, d.seeker[2]).n > 0);
    tick(t, 30);
    CHECK_EQ(in_state(t, &d, "expired"), 1);
    CHECK(app_read(&t->app, sound, NULL) == OK);
}

TEST(who_is_in_the_hall_is_proposed_the_orders_of_today_every_minute)
{
    each_town(in_the_hall);
}

static void pair(struct town *t, const struct asked_day *d, int a, int b)
{
    struct str who = str_fmt(&t->a, "%lld", (long long)d->person[a]);
    struct str with = str_fmt(&t->a, "{\"partner_id\":\"%lld\",\"together\":\"must\"}", (long long)d->person[b]);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/people/", who, ""), str_z(&t->a, with), d->desk).status, 200);
}

static bool works(struct town *t, struct str seeker)
{
    return json_value(t, town_call(t, GET, "/api/v1/my/hires", "", seeker).body, "id").n > 0;
}

static void hall_couple(struct town *t)
{
    struct asked_day d = open_day(t, 2);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 7 * 60 + 10);
    pair(t, &d, 1, 0);
    pair(t, &d, 2, 3);
    CHECK_EQ(comes(t, d.seeker[1], "{}"), 204);
    step(t, 0);
    step(t, 1);
    CHECK_EQ(in_state(t, &d, "offered"), 1); /* one offer, whoever of the two came */
    struct str offer = offer_of(t, d.seeker[0]);
    CHECK_STR(offer_of(t, d.seeker[1]), offer);
    CHECK(str_find(town_call(t, GET, "/my", "", d.seeker[1]).body, S("两个人一起")) > 0);
    CHECK_EQ(say(t, d.seeker[2], offer, "/yes"), 404);
    CHECK_EQ(say(t, d.seeker[1], offer, "/no"), 200); /* either speaks for both */
    CHECK_EQ(comes(t, d.seeker[2], "{}"), 204);
    CHECK_EQ(comes(t, d.seeker[3], "{\"now\":true}"), 204);
    step(t, 1);
    CHECK_EQ(in_state(t, &d, "offered"), 1);
    CHECK_EQ(say(t, d.seeker[3], offer_of(t, d.seeker[3]), "/yes"), 200);
    CHECK_EQ(in_state(t, &d, "accepted"), 1);
    CHECK(works(t, d.seeker[2]) && works(t, d.seeker[3]) && !works(t, d.seeker[0]));
    CHECK(app_read(&t->app, sound, NULL) == OK);
}

TEST(a_couple_in_the_hall_is_proposed_one_order_with_two_places)
{
    each_town(hall_couple);
}

static void hall_one_place(struct town *t)
{
    struct asked_day d = open_day(t, 1);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 7 * 60 + 10);
    pair(t, &d, 0, 1);
    CHECK_EQ(comes(t, d.seeker[0], "{}"), 204);
    CHECK_EQ(comes(t, d.seeker[1], "{}"), 204);
    step(t, 0);
    step(t, 1);
    CHECK_EQ(in_state(t, &d, "offered"), 0); /* never one of the two */
    CHECK_EQ(comes(t, d.seeker[2], "{}"), 204);
    step(t, 1);
    CHECK(offer_of(t, d.seeker[2]).n > 0);
}

TEST(one_place_is_not_for_a_couple)
{
    each_town(hall_one_place);
}

static void wave_couple(struct town *t)
{
    struct asked_day d = open_day(t, 2);
    pair(t, &d, 0, 1);
    pair(t, &d, 2, 3);
    CHECK_EQ(town_call(t, POST, d.ask, "{}", d.desk).status, 200);
    struct str offer = offer_of(t, d.seeker[0]);
    CHECK(offer.n > 0);
    CHECK_STR(offer_of(t, d.seeker[1]), offer);
    CHECK_EQ(say(t, d.seeker[1], offer, "/yes"), 200);
    CHECK_EQ(in_state(t, &d, "accepted"), 1);
    CHECK(works(t, d.seeker[0]) && works(t, d.seeker[1]));
    CHECK_STR(json_value(t, town_call(t, GET, d.offers, "", d.desk).body, "held"), S("2"));
    CHECK_EQ(in_state(t, &d, "offered"), 0); /* both places are gone */
    CHECK(app_read(&t->app, sound, NULL) == OK);
}

TEST(a_wave_asks_a_couple_as_one_for_two_places)
{
    each_town(wave_couple);
}

static void parted(struct town *t)
{
    struct asked_day d = open_day(t, 2);
    pair(t, &d, 0, 1);
    CHECK_EQ(town_call(t, POST, d.ask, "{}", d.desk).status, 200);
    struct str offer = offer_of(t, d.seeker[0]);
    pair(t, &d, 1, 5);
    CHECK_EQ(say(t, d.seeker[1], offer, "/yes"), 404); /* no longer theirs */
    CHECK_STR(refused(t, d.seeker[0], offer), S("offer_parted"));
    CHECK_EQ(in_state(t, &d, "accepted"), 0); /* it was for two */
    CHECK(!works(t, d.seeker[0]) && !works(t, d.seeker[1]));
    CHECK(app_read(&t->app, sound, NULL) == OK);
}

TEST(who_parted_since_has_no_place_through_the_offer_for_two)
{
    each_town(parted);
}

/* Since the offer one of each couple wants more than it pays; the other of the two says yes. */
static void against_the_other(struct town *t)
{
    static const int barred[] = {0, 3}, answers[] = {1, 2};
    struct asked_day d = open_day(t, 4);
    pair(t, &d, 0, 1);
    pair(t, &d, 2, 3);
    CHECK_EQ(town_call(t, POST, d.ask, "{}", d.desk).status, 200);
    for (int i = 0; i < 2; i++) {
        struct str who = str_fmt(&t->a, "%lld", (long long)d.person[barred[i]]), offer = offer_of(t, d.seeker[answers[i]]);
        CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/people/", who, ""), "{\"floor_fen\":9000}", d.desk).status, 200);
        CHECK_STR(refused(t, d.seeker[answers[i]], offer), S("partner_cannot"));
        CHECK(!works(t, d.seeker[answers[i]]) && !works(t, d.seeker[barred[i]]));
    }
    CHECK_EQ(in_state(t, &d, "accepted"), 0);
    CHECK(app_read(&t->app, sound, NULL) == OK);
}

TEST(a_yes_for_two_is_none_where_one_of_them_has_said_otherwise)
{
    each_town(against_the_other);
}

static enum err log_is_kept(struct request *rq)
{
    size_t n, came = 0, shifts = 0;
    struct hall_entry *e;
    enum err bad = hall_log_now(rq, &e, &n);
    for (size_t i = 0; !bad && i < n; i++) {
        came += e[i].what == ENTRY_ARRIVE;
        shifts += e[i].what == ENTRY_OPEN;
    }
    CHECK_EQ(came, 1);
    CHECK_EQ(shifts, 1);
    return bad;
}

static void week_later(struct town *t)
{
    struct asked_day d = open_day(t, 1);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 7 * 60 + 10);
    CHECK_EQ(comes(t, d.seeker[0], "{}"), 204);
    step(t, 0);
    step(t, 1);
    CHECK(app_read(&t->app, log_is_kept, NULL) == OK); /* an order is noted once */
    t->now_ms += 7 * (int64_t)DAY_MS; /* its log is the ghosts of today; the shift of then is over */
    CHECK_EQ(comes(t, d.seeker[1], "{}"), 204);
    step(t, 0);
    CHECK(!offer_of(t, d.seeker[1]).n);
    CHECK(app_read(&t->app, sound, NULL) == OK);
}

TEST(the_log_of_the_hall_names_each_order_once_and_serves_the_week_after)
{
    each_town(week_later);
}
