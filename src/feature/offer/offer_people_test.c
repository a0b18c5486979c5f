/* offer_people_test.c - an employer's list: why somebody is on it, in words about the work alone; on every engine. */
#include "app_fixture.h"
#include "base/cal.h"
#include "market/market.h"
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

static void set_facts(struct town *t, struct str desk, int64_t person, const char *json)
{
    struct str who = str_fmt(&t->a, "%lld", (long long)person);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/people/", who, ""), json, desk).status, 200);
}

static struct str listed(struct town *t, struct str shift, struct str boss, int64_t person)
{
    struct str all = town_call(t, GET, town_at(t, "/api/v1/shifts/", shift, "/people"), "", boss).body;
    ptrdiff_t at = str_find(all, str_fmt(&t->a, "\"person_id\":\"%lld\"", (long long)person));
    CHECK(at >= 0);
    struct str one = str_sub(all, (size_t)(at < 0 ? 0 : at), all.n);
    ptrdiff_t end = str_find(one, S("}"));
    return str_sub(one, 0, (size_t)end);
}

static void list_reasons_shown(struct town *t)
{
    int64_t employer, near, far, id = 0;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str shift = post_shift(t, boss, desk, "sewing", 4000, "25T08:30", "25T18:00", 5);
    town_seeker(t, "13822200041", &near);
    town_seeker(t, "13822200042", &far);
    set_facts(t, desk, near, "{\"home_text\":\"海珠区凤阳街\"}");
    set_facts(t, desk, far, "{\"home\":{\"lon\":113.45,\"lat\":23.2}}");
    struct str a = listed(t, shift, boss, near), b = listed(t, shift, boss, far);
    CHECK(str_find(json_value(t, a, "why_good1"), S("住得近")) == 0);
    CHECK_STR(json_value(t, a, "why_good2"), S(""));
    CHECK(str_find(json_value(t, b, "why_bad"), S("有点远")) == 0);
    CHECK_STR(json_value(t, b, "why_good1"), S(""));
    CHECK_STR(json_value(t, a, "why_line"), S("")); /* nobody was placed yet */

    CHECK(str_i64(shift, &id));
    CHECK(market_apply(t->app.market, &(struct fact){.kind = FACT_PRICE, .id = id, .price = 100, .suitors = 9, .line = 99000}));
    CHECK(str_find(json_value(t, listed(t, shift, boss, near), "why_line"), S("录取线99分")) == 0);
    CHECK(str_find(json_value(t, listed(t, shift, boss, near), "why_line"), S("没过线")) > 0);
    CHECK(market_apply(t->app.market, &(struct fact){.kind = FACT_PRICE, .id = id, .price = 100, .suitors = 9, .line = 1000}));
    CHECK(str_find(json_value(t, listed(t, shift, boss, near), "why_line"), S("过了线")) > 0);

    /* what he says of himself changes nothing that is said of him */
    set_facts(t, desk, near, "{\"drop_min\":460,\"floor_fen\":2000,\"wishes\":[\"meals\"],\"from_min\":360}");
    struct str after = listed(t, shift, boss, near);
    CHECK_STR(json_value(t, after, "why_good1"), json_value(t, a, "why_good1"));
    CHECK_STR(json_value(t, after, "why_good2"), S(""));
    CHECK_STR(json_value(t, after, "why_bad"), json_value(t, a, "why_bad"));
}

TEST(an_employer_reads_why_somebody_could_come_and_nothing_of_what_he_said)
{
    each_town(list_reasons_shown);
}

static void by_night(struct town *t)
{
    static const struct {
        int32_t day, minute;
        int status;
    } when[] = {{24, 21 * 60 + 59, 204}, {24, 22 * 60, 409}, {25, 3, 409}, {25, 6 * 60 + 59, 409}, {25, 7 * 60, 204}};
    int64_t employer, person;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str seeker = town_seeker(t, "13822200041", &person);
    const char *who = str_z(&t->a, str_fmt(&t->a, "{\"person_id\":\"%lld\"}", (long long)person));
    for (size_t i = 0; i < sizeof when / sizeof *when; i++) {
        struct str shift = post_shift(t, boss, desk, "sewing", 4000, "26T08:30", "26T18:00", 5);
        t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, when[i].day}), when[i].minute);
        struct answer a = town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/invite"), who, boss);
        CHECK_EQ(a.status, when[i].status);
        CHECK_STR(json_value(t, a.body, "rule"), a.status == 409 ? S("offer_night") : S(""));
        struct str now = town_call(t, GET, "/api/v1/my/offers", "", seeker).body;
        CHECK((str_find(now, shift) > 0) == (a.status == 204));
    }
}

TEST(an_employer_asks_nobody_at_night_and_is_told_so)
{
    each_town(by_night);
}

/* Half an hour before, and in the night before an early shift. */
static void too_late(struct town *t)
{
    static const struct {
        int32_t day, minute;
        const char *from, *to, *asking, *rule;
    } when[] = {{25, 9 * 60, "25T09:31", "25T18:00", "open", ""},
                {25, 9 * 60 + 1, "25T09:31", "25T18:00", "late", "offer_late"},
                {25, 22 * 60, "26T07:31", "26T16:00", "night", "offer_night"},
                {25, 22 * 60, "26T07:30", "26T16:00", "late", "offer_late"}};
    int64_t employer, person;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    town_seeker(t, "13822200041", &person);
    const char *who = str_z(&t->a, str_fmt(&t->a, "{\"person_id\":\"%lld\"}", (long long)person));
    for (size_t i = 0; i < sizeof when / sizeof *when; i++) {
        t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 24}), 12 * 60);
        struct str shift = post_shift(t, boss, desk, "sewing", 4000, when[i].from, when[i].to, 5);
        t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, when[i].day}), when[i].minute);
        CHECK_STR(json_value(t, listed(t, shift, boss, person), "asking"), str_c(when[i].asking));
        struct answer a = town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/invite"), who, boss);
        CHECK_STR(json_value(t, a.body, "rule"), str_c(when[i].rule));
        CHECK_EQ(a.status, when[i].rule[0] ? 409 : 204);
        bool late = str_eq(str_c(when[i].asking), S("late")); /* a wave would never go */
        a = town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/ask"), "{}", desk);
        CHECK_STR(json_value(t, a.body, "rule"), late ? S("offer_late") : S(""));
        CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/standby"), "{\"places\":1}", boss).status, late ? 409 : 200);
    }
}

TEST(an_employer_who_asks_too_late_reads_that_it_is_before_and_after_he_tries)
{
    each_town(too_late);
}

/* Asked by the employer, said yes, has the place. */
static struct str seated(struct town *t, struct str shift, const char *who, struct str boss, struct str seeker)
{
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/invite"), who, boss).status, 204);
    struct str offer = json_value(t, town_call(t, GET, "/api/v1/my/offers", "", seeker).body, "id");
    CHECK_STR(json_value(t, town_call(t, POST, town_at(t, "/api/v1/offers/", offer, "/yes"), "{}", seeker).body, "state"), S("accepted"));
    struct str rest = town_call(t, GET, "/api/v1/my/hires", "", seeker).body, last = S("");
    for (ptrdiff_t i; (i = str_find(rest, S("{\"id\""))) >= 0; rest = str_sub(rest, (size_t)i + 1, rest.n))
        last = str_sub(rest, (size_t)i, rest.n); /* of one shift the newest stands last */
    CHECK_STR(json_value(t, last, "state"), S("taken"));
    return json_value(t, last, "id");
}

static void gives_back(struct town *t, struct str hire, struct str seeker)
{
    CHECK_STR(json_value(t, town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/cancel"), "{}", seeker).body, "state"), S("cancelled_worker"));
}

static void asked_again(struct town *t)
{
    int64_t employer, person;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str seeker = town_seeker(t, "13822200041", &person), shift = post_shift(t, boss, desk, "sewing", 4000, "26T08:30", "26T18:00", 5);
    const char *who = str_z(&t->a, str_fmt(&t->a, "{\"person_id\":\"%lld\"}", (long long)person));
    const char *take = town_at(t, "/api/v1/shifts/", shift, "/take"), *invite = town_at(t, "/api/v1/shifts/", shift, "/invite");
    struct str hire = seated(t, shift, who, boss, seeker);
    gives_back(t, hire, seeker);
    CHECK(str_find(town_call(t, GET, town_at(t, "/my/", hire, ""), "", seeker).body, str_fmt(&t->a, "href=\"/jobs/%.*s\"", SV(shift))) > 0);
    struct answer a = town_call(t, POST, take, "{}", seeker); /* he asks himself */
    CHECK_EQ(a.status, 201);
    gives_back(t, json_value(t, a.body, "id"), seeker);
    a = town_call(t, POST, take, who, desk); /* the desk asks for him */
    CHECK_EQ(a.status, 201);
    gives_back(t, json_value(t, a.body, "id"), seeker);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/ask"), "{}", desk).status, 200);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/offers", "", seeker).body, shift) < 0); /* no wave does */
    CHECK_STR(json_value(t, listed(t, shift, boss, person), "asked"), S("false"));
    gives_back(t, seated(t, shift, who, boss, seeker), seeker); /* the employer may */
    CHECK_EQ(town_call(t, POST, invite, who, desk).status, 204);
    struct str offer = json_value(t, town_call(t, GET, "/api/v1/my/offers", "", seeker).body, "id");
    CHECK_EQ(town_call(t, POST, invite, who, boss).status, 409); /* he is asked just now */
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/offers/", offer, "/no"), "{}", seeker).status, 200);
    CHECK_STR(json_value(t, listed(t, shift, boss, person), "asked"), S("true"));
    CHECK_STR(json_value(t, town_call(t, POST, invite, who, boss).body, "rule"), S("not_now")); /* he said no */
}

TEST(whoever_gave_a_place_back_may_take_it_again_and_may_be_asked_again_until_he_says_no)
{
    each_town(asked_again);
}
