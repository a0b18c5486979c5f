/* offer_promises_test.c - what asking people promises (matching.md 6.2 and 6.5): one score for a pair, limits, a share for
 * the quiet, what a yes withdraws, and who in the hall waits for nothing; on every engine. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/match/match.h"
#include "feature/offer/offer_hall.h"
#include "test.h"

static const char *join(struct town *t, const char *head, struct str id, const char *tail)
{
    return str_z(&t->a, str_fmt(&t->a, "%s%.*s%s", head, SV(id), tail));
}

/* A verified shift of a trade, "D T" as in "25T08:30"; its id. */
static struct str post_shift(struct town *t, struct str boss, struct str desk, const char *trade, int hour_fen, const char *from, const char *to, int cap)
{
    struct str body = str_fmt(&t->a, "{\"title\":\"车间普工\",\"trade\":\"%s\",\"text\":\"剪线头查次品,有人教\",\"address\":\"海珠区凤阳街\","
                                     "\"pay_unit\":\"hour\",\"pay_fen\":%d,\"rhythm\":\"day\",\"valid_to\":\"2026-11-30\","
                                     "\"start_ms\":\"2026-11-%s:00+08:00\",\"end_ms\":\"2026-11-%s:00+08:00\",\"break_min\":60,\"cap\":%d}",
                              trade, hour_fen, from, to, cap);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), boss);
    CHECK_EQ(town_call(t, POST, join(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk).status, 204);
    return json_value(t, a.body, "shift_id");
}

static int ask(struct town *t, struct str shift, struct str desk)
{
    return town_call(t, POST, join(t, "/api/v1/shifts/", shift, "/ask"), "{}", desk).status;
}

static struct str offers_of(struct town *t, struct str shift, struct str desk)
{
    return town_call(t, GET, join(t, "/api/v1/shifts/", shift, "/offers"), "", desk).body;
}

static void set_facts(struct town *t, struct str desk, int64_t person, const char *json)
{
    struct str who = str_fmt(&t->a, "%lld", (long long)person);
    CHECK_EQ(town_call(t, POST, join(t, "/api/v1/people/", who, ""), json, desk).status, 200);
}

struct pair_score {
    int64_t person_id, shift_id;
    int32_t list, hall, top;
};

static enum err score_everywhere(struct request *rq)
{
    struct pair_score *s = rq->object;
    struct match m;
    struct fit f = {.total = 0};
    struct match_candidate *c;
    struct job j;
    size_t n = 0;
    enum err e = job_shown_one(rq, s->shift_id, &j);
    if (!e)
        e = match_one(rq, s->person_id, &j, &m);
    if (!e)
        e = match_people(rq, &j, &s->person_id, 1, &f);
    if (!e)
        e = match_top_people(rq, &j, 9, &c, &n);
    CHECK_EQ(n, 1);
    *s = (struct pair_score){s->person_id, s->shift_id, e ? 0 : m.fits[0].total, f.total, n ? c[0].fit.total : 0};
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
    return town_call(t, POST, join(t, "/api/v1/offers/", offer_id(t, shift, seeker), what), "{}", seeker).status;
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
        CHECK_EQ(town_call(t, POST, join(t, "/api/v1/shifts/", shift, "/invite"), whom, desk).status, 204);
        CHECK_EQ(answer(t, shift, seeker[later], "/no"), 200);
    }
    pair_up(t, desk, person[0], person[1]);
    struct str sixth = post_shift(t, boss, desk, "sewing", 3300, "24T12:00", "24T20:00", 3);
    CHECK_EQ(ask(t, sixth, desk), 200);
    CHECK_EQ(town_call(t, POST, "/api/v1/hall/say", "{\"now\":true}", seeker[later]).status, 204);
    t->now_ms += MIN_MS;
    CHECK(app_write(&t->app, hall_step_all, NULL) == OK);
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
