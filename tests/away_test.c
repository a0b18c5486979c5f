/* away_test.c - a person says when he has no time: what that keeps from him, what it leaves alone, and who may say it. On every engine. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/away/away_rules.h"
#include "feature/away/away_store.h"
#include "feature/match/match_market.h"
#include "feature/offer/offer_hall.h"
#include "feature/offer/offer_store.h"
#include "test.h"

/* ---- pure ---- */

static int64_t at(int m, int d, int minute)
{
    return cal_ms(cal_from_ymd((struct ymd){2026, m, d}), minute);
}

TEST(days_and_hours_without_time_are_read_as_they_are_said)
{
    struct away a = {.from_day = cal_day(at(12, 1, 0))}; /* one day alone: all of it */
    away_fill(&a);
    CHECK_EQ(a.from_ms, at(12, 1, 0));
    CHECK_EQ(a.to_ms, at(12, 2, 0));
    away_split(&a);
    CHECK_EQ(a.to_day, a.from_day);
    CHECK(!a.from_min && !a.to_min);
    a = (struct away){.from_day = cal_day(at(12, 1, 0)), .to_day = cal_day(at(12, 3, 0)), .from_min = 480, .to_min = 720};
    away_fill(&a);
    CHECK_EQ(a.from_ms, at(12, 1, 480));
    CHECK_EQ(a.to_ms, at(12, 3, 720));
    away_split(&a);
    CHECK(a.to_day == cal_day(at(12, 3, 0)) && a.from_min == 480 && a.to_min == 720);
}

TEST(what_accepted_shifts_leave_of_the_calendar_is_for_times_away)
{
    enum { MANY = 30 };
    const struct match_law law = {16, 18, 2};
    int64_t now = at(11, 24, 540);
    struct match_work w[MANY] = {{.trade = 0}};
    struct match_away away[2] = {{now + HOUR_MS, now + 40LL * DAY_MS}, {now + 50LL * DAY_MS, now + 51LL * DAY_MS}};
    struct match_person p = {.p = {.id = 1}, .works = w, .away = away, .n_away = 2};
    for (int i = 0; i < MANY; i++) /* latest first, one every day */
        w[i] = (struct match_work){.h = {.start_ms = now + (MANY - i) * (int64_t)DAY_MS, .end_ms = now + (MANY - i) * (int64_t)DAY_MS + 8 * HOUR_MS, .break_min = 480}};
    struct seeker s = match_seeker(&p, law, now);
    CHECK_EQ(s.n_busy, 2);
    p.n_works = MANY;
    s = match_seeker(&p, law, now);
    CHECK_EQ(s.n_busy, MAX_BUSY);
    for (int i = 0; i < MAX_BUSY; i++)
        CHECK(s.busy[i].work_min > 0); /* be it all break: a shift that was taken is no time away */
    p.about_ms = now + 20LL * DAY_MS; /* asked about one day, what is near to it is known, and that he is away */
    s = match_seeker(&p, law, now);
    CHECK(s.n_busy < MAX_BUSY && s.n_busy > 8);
    CHECK_EQ(s.busy[s.n_busy - 2].work_min + s.busy[s.n_busy - 1].work_min, 0);
    CHECK_EQ(s.busy[s.n_busy - 2].from_min, cal_market_min(now + HOUR_MS));
}

/* ---- a town ---- */

struct day {
    struct str boss, desk, me, other, shift; /* of the 25th, 8:30 to 18:00 */
    int64_t employer, person, other_id;
    const char *away; /* where it is said */
};

static struct str open_shift_of(struct town *t, struct day *d, int day, int cap)
{
    struct str body = str_fmt(&t->a, "{\"title\":\"车间普工\",\"trade\":\"sewing\",\"text\":\"剪线头查次品\",\"rhythm\":\"day\",\"address\":\"凤阳街\",\"pay_unit\":\"hour\","
                                     "\"pay_fen\":3000,\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-%dT08:30:00+08:00\","
                                     "\"end_ms\":\"2026-11-%dT18:00:00+08:00\",\"break_min\":60,\"cap\":%d}", day, day, cap);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), d->boss);
    CHECK(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", d->desk).status < 300);
    return json_value(t, a.body, "shift_id");
}

static const char *path_of(struct town *t, int64_t person, const char *what)
{
    return str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld%s", (long long)person, what));
}

static struct day day_of(struct town *t)
{
    struct day d;
    d.boss = town_employer(t, "锦裳制衣厂", &d.employer);
    d.desk = town_staff(t, CONSULTANT, 440105);
    d.me = town_seeker(t, "13811110001", &d.person);
    d.other = town_seeker(t, "13811110002", &d.other_id);
    d.shift = open_shift_of(t, &d, 25, 3);
    d.away = path_of(t, d.person, "/away");
    return d;
}

static const char tuesday[] = "{\"from_day\":\"2026-11-25\",\"from_min\":480,\"to_min\":720}"; /* 8:00 to 12:00 */

static bool says(struct str body, const char *words)
{
    return str_find(body, str_c(words)) >= 0;
}

static struct answer call(struct town *t, const char *path, const char *body, struct str who)
{
    return town_call(t, POST, path, body, who);
}

static void wrong(struct town *t)
{
    static const struct {
        const char *said, *field, *words;
    } table[] = {{"{}", "from_day", "这一项要填"},
                 {"{\"from_day\":\"2026-12-03\",\"to_day\":\"2026-12-01\"}", "to_day", "要在开始那天之后"},
                 {"{\"from_day\":\"2026-12-03\",\"from_min\":720,\"to_min\":480}", "to_min", "要比开始的时间晚"},
                 {"{\"from_day\":\"2026-11-23\"}", "from_day", "已经过去了"},
                 {"{\"from_day\":\"2026-11-20\",\"to_day\":\"2026-11-23\"}", "to_day", "已经过去了"},
                 {"{\"from_day\":\"2027-12-01\"}", "from_day", "最多写到一年以后"},
                 {"{\"from_day\":\"2026-12-01\",\"to_day\":\"2027-03-01\"}", "to_day", "最长 90 天"}};
    struct day d = day_of(t);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        struct answer a = call(t, d.away, table[i].said, d.me);
        CHECK_EQ(a.status, 422);
        CHECK(says(a.body, str_z(&t->a, str_fmt(&t->a, "\"pointer\":\"/%s\"", table[i].field))));
        CHECK(says(a.body, table[i].words));
    }
    struct answer a = call(t, d.away, "{\"from_day\":\"2026-12-01\",\"to_day\":\"2027-02-28\"}", d.me); /* 90 days */
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "text"), S("12月1日 周二–2月28日 周日"));
    CHECK_EQ(call(t, d.away, "{\"from_day\":\"2026-12-01\",\"to_day\":\"2027-02-28\"}", d.me).status, 201); /* said twice, kept once */
    for (int day = 2; day <= 6; day++)
        CHECK_EQ(call(t, d.away, str_z(&t->a, str_fmt(&t->a, "{\"from_day\":\"2026-12-0%d\"}", day)), d.me).status, 201);
    a = call(t, d.away, "{\"from_day\":\"2026-12-07\"}", d.me);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("away_many"));
    CHECK(says(a.body, "先删掉一段"));
    CHECK(says(town_call(t, GET, "/me/away", "", d.me).body, "最多写 6 段"));
    t->now_ms = at(12, 2, 24 * 60); /* one of them is over: there is room for another */
    CHECK_EQ(call(t, d.away, "{\"from_day\":\"2026-12-07\"}", d.me).status, 201);
    CHECK(app_write(&t->app, away_expire, NULL) == OK);
    struct str all = town_call(t, GET, d.away, "", d.me).body;
    CHECK(says(all, "12月7日 周一 整天") && !says(all, "\"from_day\":\"2026-12-02\"") && says(all, "\"from_day\":\"2026-12-01\""));
}

TEST(a_time_that_cannot_be_is_refused_at_its_field_and_six_are_enough)
{
    each_town(wrong);
}

static bool listed(struct town *t, const struct day *d)
{
    return says(town_call(t, GET, "/api/v1/suggestions", "", d->me).body, str_z(&t->a, d->shift));
}

static bool known_to_boss(struct town *t, const struct day *d)
{
    return says(town_call(t, GET, town_at(t, "/api/v1/shifts/", d->shift, "/people"), "", d->boss).body, str_z(&t->a, str_fmt(&t->a, "\"%lld\"", (long long)d->person)));
}

static struct answer take(struct town *t, const struct day *d, const char *body, struct str who)
{
    return call(t, town_at(t, "/api/v1/shifts/", d->shift, "/take"), body, who);
}

static void nothing_then(struct town *t)
{
    struct day d = day_of(t);
    const char *for_him = str_z(&t->a, str_fmt(&t->a, "{\"person_id\":\"%lld\",\"reason\":\"他说可以\"}", (long long)d.person));
    CHECK(listed(t, &d) && known_to_boss(t, &d));
    struct str id = town_made(t, d.away, tuesday, d.me);
    CHECK(!listed(t, &d) && !known_to_boss(t, &d));
    struct answer a = take(t, &d, "{}", d.me);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("away_then"));
    CHECK(says(a.body, "说过这段时间没空") && says(a.body, "08:00–12:00") && says(a.body, "先在“没空的时间”里删掉"));
    CHECK_EQ(take(t, &d, for_him, d.desk).status, 409); /* nor does a desk for him, before it is taken back */
    struct str page = town_call(t, GET, town_at(t, "/jobs/", d.shift, ""), "", d.me).body;
    CHECK(says(page, "你说过这段时间没空") && says(page, "href=\"/me/away\"") && !says(page, "/take\""));
    CHECK_EQ(call(t, town_at(t, "/api/v1/shifts/", d.shift, "/invite"), str_z(&t->a, str_fmt(&t->a, "{\"person_id\":\"%lld\"}", (long long)d.person)), d.boss).status, 409);
    d.shift = open_shift_of(t, &d, 26, 1); /* at any other time all is as it was */
    CHECK(listed(t, &d) && known_to_boss(t, &d));
    CHECK_EQ(call(t, town_at(t, d.away, S("/"), str_z(&t->a, str_cat(&t->a, id, S("/remove")))), "{}", d.me).status, 204);
    CHECK_STR(town_call(t, GET, d.away, "", d.me).body, S("{\"items\":[],\"next\":null}"));
    CHECK_EQ(take(t, &d, "{}", d.me).status, 201);
}

TEST(who_has_no_time_is_proposed_nothing_takes_nothing_and_is_told_how_to_take_it_back)
{
    each_town(nothing_then);
}

static bool asked(struct town *t, struct str who)
{
    return json_value(t, town_call(t, GET, "/api/v1/my/offers", "", who).body, "id").n > 0;
}

static void nobody_asks(struct town *t)
{
    static const char proposed[] = "\"proposed\":true";
    struct day d = day_of(t);
    struct str id = town_made(t, d.away, tuesday, d.me);
    CHECK_EQ(call(t, town_at(t, "/api/v1/shifts/", d.shift, "/ask"), "{}", d.desk).status, 200);
    CHECK(wave_go_all(&t->app) == OK);
    CHECK(!asked(t, d.me) && asked(t, d.other));
    open_shift_of(t, &d, 25, 2);
    t->now_ms = at(11, 25, 120);
    CHECK(match_night(&t->app) == OK);
    CHECK(says(town_call(t, GET, "/api/v1/suggestions", "", d.other).body, proposed));
    CHECK(!says(town_call(t, GET, "/api/v1/suggestions", "", d.me).body, proposed));
    t->now_ms = at(11, 25, 430);
    CHECK_EQ(call(t, "/api/v1/hall/say", "{}", d.me).status, 204);
    CHECK(hall_step_all(&t->app) == OK);
    CHECK(!asked(t, d.me));
    CHECK_EQ(call(t, town_at(t, d.away, S("/"), str_z(&t->a, str_cat(&t->a, id, S("/remove")))), "{}", d.me).status, 204);
    t->now_ms += MIN_MS; /* and a minute after he has time again, he is asked */
    CHECK(hall_step_all(&t->app) == OK);
    CHECK(asked(t, d.me));
}

TEST(neither_waves_nor_the_hall_nor_the_night_ask_who_has_no_time)
{
    each_town(nobody_asks);
}

static void asked_before(struct town *t)
{
    struct day d = day_of(t);
    CHECK_EQ(call(t, town_at(t, "/api/v1/shifts/", d.shift, "/ask"), "{}", d.desk).status, 200);
    struct str offer = json_value(t, town_call(t, GET, "/api/v1/my/offers", "", d.me).body, "id");
    CHECK(offer.n > 0);
    town_made(t, d.away, tuesday, d.me);
    struct answer a = call(t, town_at(t, "/api/v1/offers/", offer, "/yes"), "{}", d.me);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("away_then"));
}

TEST(a_yes_within_a_time_away_is_refused_with_its_reason)
{
    each_town(asked_before);
}

static void taken_before(struct town *t)
{
    struct day d = day_of(t);
    struct str hire = json_value(t, take(t, &d, "{}", d.me).body, "id");
    struct answer a = call(t, d.away, tuesday, d.me);
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "stands"), S("车间普工 明天 08:30–18:00"));
    CHECK(says(town_call(t, GET, d.away, "", d.desk).body, "车间普工 明天 08:30"));
    struct str page = town_call(t, GET, "/me/away", "", d.me).body;
    CHECK(says(page, "您已经接了活") && says(page, town_at(t, "href=\"/my/", hire, "\"")) && says(page, "退掉"));
    CHECK_STR(json_value(t, town_call(t, GET, town_at(t, "/api/v1/hires/", hire, ""), "", d.me).body, "state"), S("taken")); /* and it is still his */
    CHECK_EQ(call(t, town_at(t, "/api/v1/hires/", hire, "/cancel"), "{}", d.me).status, 200);
    CHECK(!says(town_call(t, GET, "/me/away", "", d.me).body, "您已经接了活"));
}

TEST(work_that_was_taken_before_stands_and_is_named_with_the_way_to_give_it_back)
{
    each_town(taken_before);
}

static void whose(struct town *t)
{
    struct day d = day_of(t);
    struct str far = town_staff(t, CONSULTANT, 440118), auditor = town_staff(t, AUDITOR | CITY_ADMIN, 0);
    CHECK_EQ(call(t, path_of(t, d.person, ""), "{\"district\":440105}", d.desk).status, 200);
    struct str id = town_made(t, d.away, tuesday, d.desk);
    CHECK(says(town_call(t, GET, "/me/away", "", d.me).body, "明天 08:00"));
    const char *gone = town_at(t, d.away, S("/"), str_z(&t->a, str_cat(&t->a, id, S("/remove"))));
    struct str strangers[] = {far, d.other, d.boss};
    for (size_t i = 0; i < 3; i++) {
        CHECK(town_call(t, GET, d.away, "", strangers[i]).status >= 403);
        CHECK(call(t, d.away, tuesday, strangers[i]).status >= 403);
        CHECK(call(t, gone, "{}", strangers[i]).status >= 403);
    }
    CHECK_EQ(call(t, town_at(t, path_of(t, d.other_id, "/away/"), id, "/remove"), "{}", d.other).status, 404); /* by a number that is not his */
    CHECK_EQ(call(t, gone, "{}", d.desk).status, 204);
    CHECK_EQ(call(t, gone, "{}", d.desk).status, 404);
    struct str log = town_call(t, GET, "/api/v1/audit", "", auditor).body;
    CHECK(says(log, "/people/:person/away") && says(log, "/people/:person/away/:away/remove"));
}

TEST(a_desk_says_it_for_whom_it_covers_and_the_audit_has_it)
{
    each_town(whose);
}

static void couple(struct town *t)
{
    struct day d = day_of(t);
    CHECK_EQ(call(t, path_of(t, d.person, ""), str_z(&t->a, str_fmt(&t->a, "{\"partner_id\":\"%lld\",\"together\":\"must\"}", (long long)d.other_id)), d.desk).status, 200);
    CHECK(listed(t, &d));
    town_made(t, path_of(t, d.other_id, "/away"), tuesday, d.other);
    CHECK(!listed(t, &d));
    CHECK_STR(json_value(t, take(t, &d, "{}", d.me).body, "rule"), S("partner_cannot")); /* why is her own matter */
}

TEST(of_a_couple_that_goes_together_neither_goes_when_one_has_no_time)
{
    each_town(couple);
}

static void page(struct town *t)
{
    struct day d = day_of(t);
    struct str empty = town_browse(t, GET, "/me/away", "", d.me).body;
    CHECK(says(empty, "没有写") && says(empty, "type=\"date\"") && says(empty, "为什么没空不用说"));
    CHECK(says(town_browse(t, GET, "/me/edit", "", d.me).body, "href=\"/me/away\""));
    struct answer a = town_browse(t, POST, d.away, "from_day=2026-12-03&to_day=2026-12-01&from_min=0&to_min=0", d.me);
    CHECK_EQ(a.status, 422);
    CHECK(says(a.body, "要在开始那天之后") && says(a.body, "value=\"2026-12-03\""));
    a = town_browse(t, POST, d.away, "from_day=2027-01-15&to_day=2027-02-20&from_min=0&to_min=0", d.me);
    CHECK_STR(a.location, S("/me/away"));
    struct str full = town_browse(t, GET, "/me/away", "", d.me).body;
    CHECK(says(full, "1月15日 周五") && says(full, "2月20日 周六") && says(town_browse(t, GET, "/me/edit", "", d.me).body, "1月15日 周五"));
    struct str id = json_value(t, town_call(t, GET, d.away, "", d.me).body, "id");
    a = town_browse(t, POST, town_at(t, d.away, S("/"), str_z(&t->a, str_cat(&t->a, id, S("/remove")))), "_=", d.me);
    struct str gone = town_browse(t, GET, str_z(&t->a, a.location), "", d.me).body;
    CHECK(says(gone, "删掉了") && says(gone, "放回去") && says(gone, "name=\"to_day\" value=\"2027-02-20\"") && says(gone, "没有写"));
    CHECK_EQ(town_browse(t, POST, d.away, "from_day=2027-01-15&to_day=2027-02-20&from_min=0&to_min=0", d.me).status, 303); /* as the button does */
    CHECK(says(town_call(t, GET, d.away, "", d.me).body, "1月15日 周五–2月20日 周六"));
    CHECK(!says(town_browse(t, GET, "/me/away?from=-9223372036854775808&to=9223372036854775807", "", d.me).body, "删掉了"));
    t->lang = LANG_EN;
    CHECK(says(town_browse(t, GET, "/me/away", "", d.me).body, "When I have no time"));
}

TEST(on_the_phone_times_are_written_removed_and_put_back)
{
    each_town(page);
}
