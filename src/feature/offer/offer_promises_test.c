/* offer_promises_test.c - what asking people promises (matching.md 6.2 and 6.5): one score for a pair, limits, a share for
 * the quiet, what a yes withdraws, and who in the hall waits for nothing; on every engine. */
#include <stdlib.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "feature/match/match.h"
#include "feature/offer/offer_hall.h"
#include "http/feed.h"
#include "market/hall.h"
#include "test.h"

/* A verified shift of a trade, "D T" as in "25T08:30"; its id. */
static struct str post_shift(struct town *t, struct str boss, struct str desk, const char *trade, int hour_fen, const char *from, const char *to, int cap)
{
    struct str body = str_fmt(&t->a, "{\"title\":\"车间普工\",\"trade\":\"%s\",\"text\":\"剪线头查次品,有人教\",\"address\":\"海珠区凤阳街\","
                                     "\"pay_unit\":\"hour\",\"pay_fen\":%d,\"rhythm\":\"day\",\"valid_to\":\"2026-11-30\","
                                     "\"start_ms\":\"2026-11-%s:00+08:00\",\"end_ms\":\"2026-11-%s:00+08:00\",\"break_min\":60,\"cap\":%d}",
                              trade, hour_fen, from, to, cap);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), boss);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk).status, 204);
    return json_value(t, a.body, "shift_id");
}

static int ask(struct town *t, struct str shift, struct str desk)
{
    return town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/ask"), "{}", desk).status;
}

static struct str offers_of(struct town *t, struct str shift, struct str desk)
{
    return town_call(t, GET, town_at(t, "/api/v1/shifts/", shift, "/offers"), "", desk).body;
}

static void set_facts(struct town *t, struct str desk, int64_t person, const char *json)
{
    struct str who = str_fmt(&t->a, "%lld", (long long)person);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/people/", who, ""), json, desk).status, 200);
}

struct pair_score {
    int64_t person_id, shift_id;
    int32_t list, hall, top;
};

static enum err score_everywhere(struct request *rq)
{
    struct pair_score *s = rq->object;
    struct match m;
    const int64_t *nobody = NULL;
    const size_t none = 0;
    struct batch hall;
    struct person_hit *c;
    struct job j;
    size_t n = 0;
    enum err e = job_shown_one(rq, s->shift_id, &j);
    if (!e)
        e = match_one(rq, s->person_id, &j, &m);
    struct job kept = j; /* one place for who is asked */
    kept.left--;
    if (!e)
        e = match_pairs(rq, &(const struct match_many){&s->person_id, &nobody, &none, &kept, 1, 1}, &hall);
    CHECK_EQ(hall.cap[0], j.left - 1);
    if (!e)
        e = match_top_people(rq, &j, 9, &c, &n);
    CHECK_EQ(n, 1);
    *s = (struct pair_score){s->person_id, s->shift_id, e ? 0 : m.fits[0].total, e || !hall.row[1] ? 0 : hall.score[0], n ? c[0].fit.total : 0};
    return e;
}

static void one_score(struct town *t)
{
    int64_t employer;
    struct pair_score s;
    struct str desk = town_staff(t, CONSULTANT, 440105), shift = S("");
    for (int i = 0; i < 8; i++) { /* enough of each trade for a usual pay of its own */
        struct str boss = town_employer(t, str_z(&t->a, str_fmt(&t->a, "厂%d", i)), &employer);
        shift = post_shift(t, boss, desk, "sewing", 4000, "25T08:30", "25T18:00", 5);
        post_shift(t, boss, desk, "cleaning", 2400, "25T08:30", "25T18:00", 5);
    }
    town_seeker(t, "13822200001", &s.person_id);
    set_facts(t, desk, s.person_id, "{\"trade\":\"cleaning\"}");
    CHECK(str_i64(shift, &s.shift_id));
    CHECK(app_read(&t->app, score_everywhere, &s) == OK);
    CHECK(s.list > 0);
    CHECK_EQ(s.hall, s.list);
    CHECK_EQ(s.top, s.list);
    CHECK_EQ(ask(t, shift, desk), 200);
    CHECK_STR(json_value(t, offers_of(t, shift, desk), "points"), str_fmt(&t->a, "%d", s.list));
}

TEST(a_pair_has_one_score_in_lists_waves_and_the_hall)
{
    each_town(one_score);
}

static struct str offer_for(struct town *t, struct str shift, struct str desk, int64_t person)
{
    struct str all = offers_of(t, shift, desk), key = str_fmt(&t->a, "\"person_id\":\"%lld\"", (long long)person);
    ptrdiff_t at = str_find(all, key);
    return at < 0 ? S("") : json_value(t, (struct str){all.p + at, all.n - (size_t)at}, "state");
}

static struct str offer_id(struct town *t, struct str shift, struct str seeker)
{
    struct str all = town_call(t, GET, "/api/v1/my/offers", "", seeker).body;
    for (ptrdiff_t at; (at = str_find(all, S("{\"id\":"))) >= 0; all = (struct str){all.p + at + 1, all.n - (size_t)at - 1}) {
        struct str one = {all.p + at, all.n - (size_t)at};
        if (str_eq(json_value(t, one, "shift_id"), shift))
            return json_value(t, one, "id");
    }
    return S("");
}

static int answer(struct town *t, struct str shift, struct str seeker, const char *what)
{
    return town_call(t, POST, town_at(t, "/api/v1/offers/", offer_id(t, shift, seeker), what), "{}", seeker).status;
}

static void pair_up(struct town *t, struct str desk, int64_t a, int64_t b)
{
    set_facts(t, desk, a, str_z(&t->a, str_fmt(&t->a, "{\"partner_id\":\"%lld\",\"together\":\"must\"}", (long long)b)));
}

static void withdrawn(struct town *t)
{
    int64_t employer, person[3];
    struct str seeker[3], boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str a = post_shift(t, boss, desk, "sewing", 3000, "25T08:30", "25T13:00", 3);
    struct str b = post_shift(t, boss, desk, "sewing", 2900, "25T12:00", "25T17:00", 3);
    struct str c = post_shift(t, boss, desk, "sewing", 2800, "26T08:30", "26T17:00", 3);
    for (int i = 0; i < 3; i++)
        seeker[i] = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "1382220000%d", i)), &person[i]);
    pair_up(t, desk, person[1], person[2]);
    CHECK(ask(t, a, desk) == 200 && ask(t, b, desk) == 200 && ask(t, c, desk) == 200);
    for (int i = 0; i < 2; i++) {
        CHECK_STR(offer_for(t, b, desk, person[i]), S("offered"));
        CHECK_EQ(answer(t, a, seeker[i], "/yes"), 200);
        CHECK_STR(offer_for(t, a, desk, person[i]), S("accepted"));
        CHECK_STR(offer_for(t, b, desk, person[i]), S("cancelled"));
        CHECK_STR(offer_for(t, c, desk, person[i]), S("offered")); /* another day */
    }
}

TEST(a_place_accepted_withdraws_the_offers_for_the_same_hours)
{
    each_town(withdrawn);
}

/* Nothing new through the partner for who was asked five times today, with the couple in the wave and in the hall. */
static void five_for_both(struct town *t)
{
    int64_t employer, person[2];
    struct str seeker[2], boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    for (int i = 0; i < 2; i++)
        seeker[i] = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "1382220000%d", i)), &person[i]);
    int later = person[0] > person[1] ? 0 : 1;
    const char *whom = str_z(&t->a, str_fmt(&t->a, "{\"person_id\":\"%lld\"}", (long long)person[later]));
    for (int i = 0; i < OFFER_DAY_MAX; i++) {
        struct str shift = post_shift(t, boss, desk, "sewing", 3000, "25T08:30", "25T18:00", 3);
        CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/invite"), whom, desk).status, 204);
        CHECK_EQ(answer(t, shift, seeker[later], "/no"), 200);
    }
    pair_up(t, desk, person[0], person[1]);
    struct str sixth = post_shift(t, boss, desk, "sewing", 3300, "24T12:00", "24T20:00", 3);
    CHECK_EQ(ask(t, sixth, desk), 200);
    CHECK_EQ(town_call(t, POST, "/api/v1/hall/say", "{\"now\":true}", seeker[later]).status, 204);
    t->now_ms += MIN_MS;
    CHECK(hall_step_all(&t->app) == OK);
    CHECK(str_find(offers_of(t, sixth, desk), S("\"state\"")) < 0);
}

TEST(nobody_is_asked_a_sixth_time_through_the_partner)
{
    each_town(five_for_both);
}

/* What both were asked together counts for each of them. */
TEST(what_a_couple_was_asked_counts_for_both)
{
    static const struct offer_load v[] = {{1, 1, 4, 1, 3}, {2, 0, 1, 0, 0}, {3, 2, 2, 0, 0}};
    CHECK_EQ(offer_load_of(v, 3, 1, 0).today, 4);
    CHECK_EQ(offer_load_of(v, 3, 1, 2).today, 4);
    CHECK_EQ(offer_load_of(v, 3, 1, 3).today, 5);
    CHECK_EQ(offer_load_of(v, 3, 1, 3).open, 3);
    CHECK_EQ(offer_load_of(v, 3, 4, 3).person_id, 3); /* one of them was asked this week */
    CHECK_EQ(offer_load_of(v, 3, 4, 5).person_id, 0);
}

/* Twelve fit best but were all asked this week; one who was not fits less, and comes far behind three times the size of a
 * wave. */
static void one_in_five_is_quiet(struct town *t)
{
    enum { BUSY = 12 };
    int64_t employer, person;
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105), seeker[BUSY];
    struct str shift = post_shift(t, boss, desk, "sewing", 3000, "25T08:30", "25T18:00", 1);
    struct str before = post_shift(t, boss, desk, "sewing", 3000, "26T08:30", "26T18:00", 20);
    for (int i = 0; i < BUSY; i++) {
        seeker[i] = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "138222000%02d", i)), &person);
        set_facts(t, desk, person, "{\"trade\":\"sewing\"}");
    }
    CHECK_EQ(ask(t, before, desk), 200);
    for (int i = 0; i < BUSY; i++)
        CHECK_EQ(answer(t, before, seeker[i], "/no"), 200);
    town_seeker(t, "13822200099", &person);
    set_facts(t, desk, person, "{\"trade\":\"guard\",\"floor_fen\":2900}");
    CHECK_EQ(ask(t, shift, desk), 200);
    CHECK_STR(offer_for(t, shift, desk, person), S("")); /* the first wave goes by fit alone */
    t->now_ms += 2 * HOUR_MS;
    CHECK(wave_go_all(&t->app) == OK);
    CHECK_STR(offer_for(t, shift, desk, person), S("offered"));
}

TEST(from_the_second_wave_on_one_in_five_was_not_asked_this_week_however_far_down)
{
    each_town(one_in_five_is_quiet);
}

/* Waves go on for more than a hundred other shifts of which she can have none. */
static void busy_city(struct town *t)
{
    int64_t employer, person;
    struct str boss = S(""), desk = town_staff(t, CONSULTANT, 440105), seeker = town_seeker(t, "13822200001", &person);
    for (int i = 0; i < 110; i++) {
        boss = i % 10 ? boss : town_employer(t, str_z(&t->a, str_fmt(&t->a, "厂%d", i)), &employer);
        struct str shift = post_shift(t, boss, desk, "sewing", 3000, "26T08:30", "26T18:00", 5);
        if (!i)
            CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", seeker).status, 201);
        CHECK_EQ(ask(t, shift, desk), 200);
    }
    struct str last = post_shift(t, boss, desk, "sewing", 3000, "25T08:30", "25T18:00", 1);
    t->now_ms += MIN_MS;
    CHECK_EQ(ask(t, last, desk), 200);
    CHECK_STR(offer_for(t, last, desk, person), S("offered"));
    t->now_ms += 2 * HOUR_MS;
    CHECK(wave_go_all(&t->app) == OK);
    CHECK_STR(offer_for(t, last, desk, person), S("expired"));
}

TEST(every_shift_that_people_are_asked_for_is_looked_after_however_many_there_are)
{
    each_town(busy_city);
}

/* ---- the hall ---- */

static void clock_at(struct town *t, int day, int minute)
{
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, day}), minute);
}

static void says(struct town *t, struct str seeker, const char *how)
{
    CHECK_EQ(town_call(t, POST, "/api/v1/hall/say", how, seeker).status, 204);
}

static void step(struct town *t)
{
    t->now_ms += MIN_MS;
    CHECK(hall_step_all(&t->app) == OK);
}

static enum err crowd(struct request *rq)
{
    static const struct query came = {
        "t.came", "WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 30000) INSERT INTO hall_log (id, city, day,"
                  " at_ms, what, subject_id, until_ms) SELECT i, $1, $2, $3 + i, CASE WHEN i % 2 = 1 THEN 'arrive' ELSE 'leave' END,"
                  " 5000000 + (i + 1) / 2, 0 FROM k"};
    return db_run(rq->tx, &came, ARGS(I(rq->city), I(cal_day(rq->now_ms)), I(rq->now_ms - HOUR_MS)), NULL);
}

static void crowded_day(struct town *t)
{
    int64_t employer, person;
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str shift = post_shift(t, boss, desk, "sewing", 3000, "25T10:00", "25T18:00", 9);
    struct str seeker = town_seeker(t, "13822200001", &person);
    t->spoiled = true;
    clock_at(t, 25, 8 * 60);
    CHECK(app_write(&t->app, crowd, NULL) == OK);
    says(t, seeker, "{}");
    step(t);
    CHECK_STR(offer_for(t, shift, desk, person), S("offered"));
}

TEST(after_thirty_thousand_entries_of_a_day_who_comes_is_placed_all_the_same)
{
    each_town(crowded_day);
}

static enum err many_offers(struct request *rq)
{
    static const struct query asked = {
        "t.asked", "WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 2100) INSERT INTO offer (id, city, shift_id,"
                   " person_id, wave, points, seats, state, made_ms, until_ms, answered_ms) SELECT i, $1, $2, i, 0, 1, 1, 'declined', $3, $3, $3 FROM k"};
    return db_run(rq->tx, &asked, ARGS(I(rq->city), I(*(int64_t *)rq->object), I(rq->now_ms)), NULL);
}

static void large_order(struct town *t)
{
    int64_t employer, person, id;
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str shift = post_shift(t, boss, desk, "sewing", 3000, "25T10:00", "25T18:00", 9);
    struct str seeker = town_seeker(t, "13822200001", &person);
    t->spoiled = true;
    CHECK(str_i64(shift, &id));
    CHECK(app_write(&t->app, many_offers, &id) == OK);
    CHECK_EQ(ask(t, shift, desk), 200);
    CHECK_EQ(answer(t, shift, seeker, "/yes"), 200);
    CHECK_STR(offer_for(t, shift, desk, person), S("accepted"));
}

TEST(whoever_is_asked_after_two_thousand_others_has_an_answer)
{
    each_town(large_order);
}

static void early_morning(struct town *t)
{
    int64_t employer, person[2];
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105), seeker[2];
    struct str shift = post_shift(t, boss, desk, "sewing", 3000, "25T07:00", "25T15:00", 2);
    for (int i = 0; i < 2; i++)
        seeker[i] = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "1382220000%d", i)), &person[i]);
    clock_at(t, 25, 5 * 60 + 30);
    says(t, seeker[0], "{}");
    says(t, seeker[1], "{\"now\":true}");
    step(t);
    CHECK_STR(offer_for(t, shift, desk, person[0]), S("")); /* not before seven */
    CHECK_STR(offer_for(t, shift, desk, person[1]), S("offered"));
}

TEST(at_night_only_who_said_now_is_asked)
{
    each_town(early_morning);
}

static void at_once(struct town *t)
{
    int64_t employer, person[2];
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105), seeker[2];
    struct str shift = post_shift(t, boss, desk, "sewing", 3000, "25T10:00", "25T18:00", 2);
    for (int i = 0; i < 2; i++)
        seeker[i] = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "1382220000%d", i)), &person[i]);
    clock_at(t, 25, 8 * 60);
    CHECK(hall_beat(&t->app) == OK);
    says(t, seeker[0], "{}");
    t->now_ms += 1000;
    CHECK(hall_beat(&t->app) == OK);
    CHECK_STR(offer_for(t, shift, desk, person[0]), S("")); /* within the minute */
    says(t, seeker[1], "{\"now\":true}");
    t->now_ms += 1000;
    CHECK(hall_beat(&t->app) == OK);
    CHECK_STR(offer_for(t, shift, desk, person[1]), S("offered"));
    CHECK_STR(offer_for(t, shift, desk, person[0]), S("offered")); /* everybody present is placed with him */
}

TEST(who_says_now_is_placed_at_once_and_not_within_the_minute)
{
    each_town(at_once);
}

static void urgent_order(struct town *t)
{
    int64_t employer, person;
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str seeker = town_seeker(t, "13822200001", &person);
    clock_at(t, 25, 8 * 60);
    says(t, seeker, "{}");
    CHECK(hall_beat(&t->app) == OK);
    struct str later = post_shift(t, boss, desk, "sewing", 3000, "25T09:30", "25T18:00", 1);
    t->now_ms += 1000;
    CHECK(hall_beat(&t->app) == OK);
    CHECK_STR(offer_for(t, later, desk, person), S("")); /* has time */
    struct str soon = post_shift(t, boss, desk, "sewing", 3200, "25T08:45", "25T18:00", 1);
    t->now_ms += 1000;
    CHECK(hall_beat(&t->app) == OK);
    CHECK_STR(offer_for(t, soon, desk, person), S("offered")); /* a quarter of an hour is left to answer */
}

TEST(a_new_order_near_its_deadline_is_placed_at_once)
{
    each_town(urgent_order);
}

static void enters_the_rail(struct town *t)
{
    int64_t employer;
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105), seeker = town_seeker(t, "13822200001", &employer);
    post_shift(t, boss, desk, "sewing", 3000, "25T10:00", "25T18:00", 1);
    clock_at(t, 25, 9 * 60 + 9);
    t->now_ms += 30 * 1000;
    says(t, seeker, "{}");
    CHECK(hall_beat(&t->app) == OK);
    CHECK_EQ(t->app.hall_due_ms, cal_ms(cal_day(t->now_ms), 9 * 60 + 10) + 1000); /* 20 minutes before nobody may be asked */
}

TEST(the_hall_is_due_when_an_order_comes_near_its_deadline)
{
    each_town(enters_the_rail);
}

/* A week ago an order came at 7:25 that paid three times as much. */
static void told_to_wait(struct town *t)
{
    int64_t employer, person;
    clock_at(t, 18, 7 * 60 + 24);
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str good = post_shift(t, boss, desk, "sewing", 6600, "18T10:00", "18T18:00", 1);
    step(t);
    clock_at(t, 25, 7 * 60 + 9);
    struct str plain = post_shift(t, boss, desk, "sewing", 2400, "25T09:00", "25T17:00", 1);
    struct str seeker = town_seeker(t, "13822200001", &person);
    set_facts(t, desk, person, "{\"trade\":\"sewing\",\"floor_fen\":2400}");
    CHECK(str_find(town_call(t, GET, "/my", "", seeker).body, S("我在大厅")) > 0);
    says(t, seeker, "{}");
    step(t);
    CHECK_STR(offer_for(t, plain, desk, person), S(""));
    struct str page = town_call(t, GET, "/my", "", seeker).body;
    CHECK(str_find(page, S("等一等,更合适的活通常 15 分钟内来")) > 0);
    CHECK(str_find(page, S("最晚等到 <b>今天 07:39</b>")) > 0);
    CHECK(str_find(page, S("name=\"now\"")) > 0);
    says(t, seeker, "{}"); /* to say it again does not begin the waiting anew */
    step(t);
    CHECK(str_find(town_call(t, GET, "/my", "", seeker).body, S("最晚等到 <b>今天 07:39</b>")) > 0);
    says(t, seeker, "{\"now\":true}");
    page = town_call(t, GET, "/my", "", seeker).body;
    CHECK(str_find(page, S("等一等")) < 0 && str_find(page, S("现在就要:")) > 0);
    step(t);
    CHECK_STR(offer_for(t, plain, desk, person), S("offered"));
    says(t, seeker, "{\"leaves\":true}");
    CHECK(str_find(town_call(t, GET, "/my", "", seeker).body, S("我在大厅")) > 0);
    CHECK(good.n > 0);
}

TEST(who_waits_in_the_hall_reads_for_what_and_until_when)
{
    each_town(told_to_wait);
}

/* Forty who came; those of today left again. */
static enum err forty(struct request *rq)
{
    const bool *leave = rq->object;
    enum err e = OK;
    for (int64_t k = 0; !e && k < 40; k++) {
        e = hall_log_add(rq, ENTRY_ARRIVE, 900000 + k, 0);
        if (!e && *leave)
            e = hall_log_add(rq, ENTRY_LEAVE, 900000 + k, 0);
    }
    return e;
}

static enum err hour_counts(struct request *rq)
{
    struct hall_hour h = {0, 0};
    enum err e = hall_hour_of(rq, &(struct hall_span){rq->now_ms, HOUR_MS, 0}, &h);
    CHECK_EQ(h.people, 42); /* the forty who left too */
    CHECK_EQ(h.orders, 1);  /* nobody is asked for it any more */
    return e;
}

/* A week ago forty people and an order came before seven, and at 7:25 an order that paid three times as much. */
static struct str after_an_hour(struct town *t, bool busy)
{
    int64_t employer, person;
    bool leave = false;
    clock_at(t, 18, 6 * 60 + 50);
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    post_shift(t, boss, desk, "sewing", 2400, "18T07:35", "18T17:00", 50);
    step(t);
    CHECK(app_write(&t->app, forty, &leave) == OK);
    clock_at(t, 18, 7 * 60 + 24);
    post_shift(t, boss, desk, "sewing", 6600, "18T10:00", "18T18:00", 1);
    step(t);
    leave = true;
    clock_at(t, 25, 6 * 60 + 50);
    struct str early = post_shift(t, boss, desk, "sewing", 2400, "25T07:35", "25T17:00", 50);
    struct str seeker = town_seeker(t, "13822200001", &person), other = town_seeker(t, "13822200002", &employer);
    set_facts(t, desk, person, "{\"trade\":\"sewing\",\"floor_fen\":2400}");
    if (busy)
        CHECK(app_write(&t->app, forty, &leave) == OK);
    says(t, other, "{\"now\":true}");
    step(t);
    CHECK_STR(offer_for(t, early, desk, employer), S("offered"));
    clock_at(t, 25, 7 * 60 + 9); /* nobody is asked for the early one any more */
    struct str plain = post_shift(t, boss, desk, "sewing", 2400, "25T09:00", "25T17:00", 1);
    says(t, seeker, "{}");
    if (busy)
        CHECK(app_read(&t->app, hour_counts, NULL) == OK);
    step(t);
    return offer_for(t, plain, desk, person);
}

static void busy_hour(struct town *t)
{
    CHECK_STR(after_an_hour(t, true), S("")); /* as then: something better usually comes */
}

static void quiet_hour(struct town *t)
{
    CHECK_STR(after_an_hour(t, false), S("offered"));
}

TEST(a_busy_hour_whose_people_are_gone_is_still_like_the_one_of_the_week_before)
{
    each_town(busy_hour);
}

TEST(an_hour_unlike_the_one_of_the_week_before_keeps_nobody_waiting)
{
    each_town(quiet_hour);
}

static void two_couples(struct town *t)
{
    int64_t employer, person[4];
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105), seeker[4];
    struct str first = post_shift(t, boss, desk, "sewing", 3200, "25T08:30", "25T18:00", 3);
    struct str second = post_shift(t, boss, desk, "sewing", 3000, "25T08:30", "25T18:00", 8);
    for (int i = 0; i < 4; i++)
        seeker[i] = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "1382220000%d", i)), &person[i]);
    pair_up(t, desk, person[0], person[1]);
    pair_up(t, desk, person[2], person[3]);
    clock_at(t, 25, 7 * 60 + 10);
    says(t, seeker[0], "{}");
    says(t, seeker[3], "{}");
    step(t);
    step(t);
    struct str at[2] = {offers_of(t, first, desk), offers_of(t, second, desk)};
    for (int i = 0; i < 2; i++) { /* one offer for two at each, none for one */
        CHECK_STR(json_value(t, at[i], "state"), S("offered"));
        CHECK_STR(json_value(t, at[i], "seats"), S("2"));
        CHECK(str_find(at[i], S("\"seats\":1")) < 0);
    }
    CHECK_STR(offer_id(t, first, seeker[0]), offer_id(t, first, seeker[1]));
    CHECK_STR(offer_id(t, first, seeker[2]), offer_id(t, first, seeker[3]));
    CHECK(offer_id(t, first, seeker[0]).n + offer_id(t, second, seeker[0]).n > 0);
    CHECK(offer_id(t, first, seeker[2]).n + offer_id(t, second, seeker[2]).n > 0);
}

TEST(a_couple_in_the_hall_whose_first_choice_is_full_goes_where_two_places_are_left)
{
    each_town(two_couples);
}

struct many_shifts {
    int64_t job_id;
    int n;
};

static enum err add_shifts(struct request *rq)
{
    const struct many_shifts *x = rq->object;
    enum err e = OK;
    for (int64_t k = 0; !e && k < x->n; k++) {
        int64_t start_ms = cal_ms(cal_day(rq->now_ms), 9 * 60);
        e = shift_add(rq, &(struct shift){800000 + k, rq->city, x->job_id, start_ms, start_ms + 8 * HOUR_MS, 60, 1, 0});
    }
    return e;
}

/* 2,100 shifts that pay too little for him begin before the one that does not. */
static void behind_many(struct town *t)
{
    int64_t employer, person;
    struct many_shifts poor = {.n = 2100};
    clock_at(t, 25, 7 * 60);
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str first = post_shift(t, boss, desk, "sewing", 2400, "25T08:30", "25T17:00", 1);
    CHECK(first.n > 0);
    poor.job_id = (int64_t)strtoll(str_z(&t->a, json_value(t, town_call(t, GET, "/api/v1/employer/jobs", "", boss).body, "id")), NULL, 10);
    CHECK(app_write(&t->app, add_shifts, &poor) == OK && feed_drain(&t->app) == OK);
    struct str good = post_shift(t, boss, desk, "sewing", 4400, "25T12:00", "25T18:00", 1);
    struct str seeker = town_seeker(t, "13822200001", &person);
    set_facts(t, desk, person, "{\"trade\":\"sewing\",\"floor_fen\":4000}");
    says(t, seeker, "{}");
    step(t);
    CHECK_STR(offer_for(t, good, desk, person), S("offered"));
}

TEST(an_order_behind_thousands_of_others_is_placed_too)
{
    each_town(behind_many);
}
