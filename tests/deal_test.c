/* deal_test.c - what two sides owe each other: the numbers both agree on, and calling off in time. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/notice/notice_store.h"
#include "test.h"

struct deal {
    struct str boss, desk, worker;
    int64_t employer, person;
    struct str job, shift, hire;
};

/* A shift of tomorrow, 8:30 to 17:30 with an hour's break, taken. */
static struct deal deal_of(struct town *t, const char *pay)
{
    struct deal d;
    d.boss = town_employer(t, "锦裳制衣厂", &d.employer);
    d.worker = town_seeker(t, "13811110001", &d.person);
    d.desk = town_staff(t, CONSULTANT, 440105);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a,
        "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"rhythm\":\"day\",\"address\":\"凤阳街\",\"start_ms\":"
        "\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T17:30:00+08:00\",\"break_min\":60,\"cap\":2,"
        "\"valid_to\":\"2026-11-30\",%s}", pay)), d.boss);
    CHECK_EQ(a.status, 201);
    d.job = json_value(t, a.body, "id");
    d.shift = json_value(t, a.body, "shift_id");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", d.job, "/verify"), "{\"level\":\"phoned\"}", d.desk).status, 204);
    a = town_call(t, POST, town_at(t, "/api/v1/shifts/", d.shift, "/take"), "{}", d.worker);
    CHECK_EQ(a.status, 201);
    d.hire = json_value(t, a.body, "id");
    return d;
}

/* In at 8:25, out so much later. */
static void work_for(struct town *t, const struct deal *d, int32_t there_min)
{
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 505);
    struct str code = json_value(t, town_call(t, GET, town_at(t, "/api/v1/shifts/", d->shift, "/code"), "", d->boss).body, "code");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d->hire, "/check-in"), town_at(t, "{\"code\":\"", code, "\"}"), d->worker).status, 200);
    t->now_ms += there_min * (int64_t)MIN_MS;
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d->hire, "/check-out"), "{}", d->worker).status, 200);
}

static void work(struct town *t, const struct deal *d)
{
    work_for(t, d, 545);
}

static const char by_piece[] = "\"pay_unit\":\"piece\",\"pay_fen\":60,\"piece_norm\":50";
static const char by_hour[] = "\"pay_unit\":\"hour\",\"pay_fen\":2600";

/* In at 8:25, out at 11:31 with an hour's break: who comes early is paid from 8:30 on. */
static void early(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    work_for(t, &d, 186);
    const char *day = town_at(t, "/my/", d.hire, "");
    CHECK_STR(json_value(t, town_call(t, GET, town_at(t, "/api/v1/hires/", d.hire, ""), "", d.worker).body, "minutes"), S("121"));
    CHECK(str_find(town_call(t, GET, day, "", d.worker).body, S("08:25–11:31,从 08:30 算起,扣掉休息 60 分,是 2 小时 1 分")) > 0);
}
static void pieces(struct town *t)
{
    struct deal d = deal_of(t, by_piece);
    work(t, &d);
    const char *confirm = town_at(t, "/api/v1/hires/", d.hire, "/confirm"), *day = town_at(t, "/my/", d.hire, "");
    CHECK(str_find(town_call(t, GET, day, "", d.worker).body, S("name=\"pieces\" inputmode=\"numeric\" value=\"\"")) > 0);
    struct answer a = town_call(t, POST, confirm, "{\"minutes\":480}", d.worker);
    CHECK_EQ(a.status, 422); /* how many? */
    CHECK(str_find(a.body, S("pieces")) > 0);
    CHECK_EQ(town_call(t, POST, confirm, "{\"pieces\":333}", d.boss).status, 200);
    CHECK(str_find(town_call(t, GET, day, "", d.worker).body, S("name=\"pieces\" inputmode=\"numeric\" value=\"\"")) > 0); /* his own is his */
    CHECK(str_find(town_call(t, GET, day, "", d.worker).body, S("333 件")) > 0);                                       /* beside it */
    a = town_call(t, POST, confirm, "{\"pieces\":333}", d.worker);
    CHECK_STR(json_value(t, a.body, "state"), S("agreed"));
    CHECK_STR(json_value(t, a.body, "minutes"), S("480")); /* as he was there */
    CHECK_STR(json_value(t, a.body, "wage_fen"), S("19980"));
}

static void no_pieces(struct town *t)
{
    struct deal d = deal_of(t, by_piece);
    work(t, &d);
    const char *confirm = town_at(t, "/api/v1/hires/", d.hire, "/confirm");
    CHECK_STR(json_value(t, town_call(t, POST, confirm, "{\"pieces\":0,\"sure\":true}", d.boss).body, "state"), S("done"));
    CHECK_STR(json_value(t, town_call(t, POST, confirm, "{\"pieces\":0}", d.worker).body, "rule"), S("far_from_clock"));
    CHECK_STR(json_value(t, town_call(t, POST, confirm, "{\"pieces\":0,\"sure\":true}", d.worker).body, "state"), S("agreed"));
}

static void hours(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    work(t, &d);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/confirm"), "{\"pieces\":5}", d.worker).status, 422);
}

TEST(who_comes_early_is_paid_from_the_beginning_of_the_shift)
{
    each_town(early);
}

TEST(piece_work_is_agreed_on_pieces_that_somebody_said)
{
    each_town(pieces);
}

TEST(no_pieces_at_all_must_be_said_by_both)
{
    each_town(no_pieces);
}

TEST(work_by_the_hour_is_agreed_on_minutes)
{
    each_town(hours);
}

static struct str say(struct town *t, const struct deal *d, const char *numbers, struct str who, const char *name)
{
    struct answer a = town_call(t, POST, town_at(t, "/api/v1/hires/", d->hire, "/confirm"), numbers, who);
    return json_value(t, a.body, name);
}

static void each_own(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    work(t, &d);
    const char *day = town_at(t, "/my/", d.hire, "");
    CHECK_STR(say(t, &d, "{\"hours\":3,\"minutes\":20,\"sure\":true}", d.boss, "employer_minutes"), S("200"));
    struct str page = town_call(t, GET, day, "", d.worker).body;
    CHECK(str_find(page, S("3 小时 20 分")) > 0 && str_find(page, S("08:25–17:30")) > 0); /* theirs, and the clock */
    CHECK(str_find(page, S("name=\"hours\" inputmode=\"numeric\" size=\"3\" value=\"8\"")) > 0); /* not theirs */
    CHECK(str_find(page, S("<p class=\"center\">工钱")) < 0);                                    /* nothing is agreed */
    CHECK_STR(say(t, &d, "{\"minutes\":479}", d.worker, "state"), S("done"));
    struct answer a = town_call(t, GET, town_at(t, "/api/v1/hires/", d.hire, ""), "", d.worker);
    CHECK_STR(json_value(t, a.body, "worker_minutes"), S("479"));
    CHECK_STR(json_value(t, a.body, "employer_minutes"), S("200"));
    CHECK_STR(json_value(t, a.body, "wage_fen"), S("0"));
    page = town_call(t, GET, day, "", d.worker).body;
    CHECK(str_find(page, S("7 小时 59 分")) > 0 && str_find(page, S("3 小时 20 分")) > 0);
    CHECK_STR(say(t, &d, "{\"minutes\":478}", d.boss, "worker_ok"), S("true")); /* another no leaves his yes */
    CHECK_STR(say(t, &d, "{\"minutes\":479}", d.boss, "state"), S("agreed"));
}

TEST(each_side_keeps_its_own_number_and_both_are_shown_until_they_are_the_same)
{
    each_town(each_own);
}

static void far(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    work(t, &d);
    static const char *const numbers[] = {"{\"minutes\":0}", "{\"minutes\":239}", "{\"minutes\":481}"};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        CHECK_STR(say(t, &d, numbers[i], d.worker, "rule"), S("far_from_clock"));
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/confirm"), "{\"hours\":16,\"minutes\":1,\"sure\":true}", d.boss).status, 422);
    struct answer a = town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/confirm"), "hours=0&minutes=24", d.worker);
    CHECK(str_find(a.body, S("name=\"sure\" value=\"on\"")) > 0 && str_find(a.body, S("value=\"24\"")) > 0); /* as a page: asked once more */
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/confirm"), "hours=0&minutes=24&sure=on", d.worker).status, 303);
}

TEST(a_number_far_from_the_clock_is_asked_once_more)
{
    each_town(far);
}

static struct str ledger_of(struct town *t, const struct deal *d, const char *name)
{
    return json_value(t, town_call(t, GET, town_at(t, "/api/v1/hires/", d->hire, ""), "", d->worker).body, name);
}

static void corrected(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    struct str mediator = town_staff(t, MEDIATOR, 440105);
    const char *paid = town_at(t, "/api/v1/hires/", d.hire, "/paid"), *received = town_at(t, "/api/v1/hires/", d.hire, "/received");
    const char *decide = town_at(t, "/api/v1/hires/", d.hire, "/decide");
    work(t, &d);
    CHECK_STR(say(t, &d, "{\"minutes\":24,\"sure\":true}", d.boss, "state"), S("done"));
    CHECK_STR(say(t, &d, "{\"minutes\":24,\"sure\":true}", d.worker, "wage_fen"), S("1040"));
    CHECK_STR(say(t, &d, "{\"minutes\":240}", d.worker, "minutes"), S("24")); /* one side alone changes nothing */
    CHECK_STR(ledger_of(t, &d, "state"), S("agreed"));
    CHECK(town_sound(t));
    CHECK_STR(say(t, &d, "{\"minutes\":240}", d.boss, "wage_fen"), S("10400"));
    CHECK(town_sound(t));
    CHECK_EQ(town_call(t, POST, paid, "{\"how\":\"cash\"}", d.boss).status, 200);
    CHECK_STR(say(t, &d, "{\"minutes\":300}", d.boss, "state"), S("paid"));
    CHECK_STR(say(t, &d, "{\"minutes\":300}", d.worker, "state"), S("agreed")); /* what was paid was another wage */
    CHECK_EQ(town_call(t, POST, paid, "{\"how\":\"cash\"}", d.boss).status, 200);
    CHECK_STR(say(t, &d, "{\"minutes\":360}", d.worker, "state"), S("paid"));
    CHECK_STR(say(t, &d, "{\"minutes\":300}", d.worker, "state"), S("paid")); /* taken back: it stands as it was */
    CHECK_EQ(town_call(t, POST, received, "{\"yes\":false}", d.worker).status, 200);
    CHECK_STR(say(t, &d, "{\"minutes\":360}", d.worker, "state"), S("disputed"));
    CHECK_EQ(town_call(t, POST, decide, "{\"minutes\":330}", mediator).status, 422); /* not without a reason */
    CHECK(town_call(t, POST, decide, "{\"minutes\":330,\"reason\":\"看过监控\"}", d.worker).status >= 400);
    CHECK(town_call(t, POST, decide, "{\"minutes\":330,\"reason\":\"看过监控\"}", town_staff(t, MEDIATOR, 440106)).status >= 400);
    struct answer a = town_call(t, POST, decide, "{\"minutes\":330,\"reason\":\"看过监控\"}", mediator);
    CHECK_STR(json_value(t, a.body, "state"), S("disputed"));
    CHECK_STR(json_value(t, a.body, "decided"), S("true"));
    CHECK_STR(json_value(t, a.body, "wage_fen"), S("14300"));
    CHECK(town_sound(t));
    CHECK(str_find(town_call(t, GET, town_at(t, "/my/", d.hire, ""), "", d.worker).body, S("后来到手了")) > 0);
    CHECK_STR(json_value(t, town_call(t, POST, received, "{\"yes\":true}", d.worker).body, "state"), S("settled")); /* it came after all */
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/confirm"), "{\"minutes\":360}", d.worker).status, 409);
}

TEST(an_agreed_number_is_corrected_by_both_or_by_a_mediator_until_the_wage_has_come)
{
    each_town(corrected);
}

/* Letters since the last call, as lines of phone and text. */
static struct str letters(struct town *t)
{
    struct letters out = {.a = &t->a};
    struct str all = S("");
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    for (size_t i = 0; i < out.n; i++)
        all = str_fmt(&t->a, "%.*s%.*s %.*s\n", SV(all), SV(out.v[i].phone), SV(out.v[i].text));
    return all;
}

static void both_hear(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    struct str mediator = town_staff(t, MEDIATOR, 440105);
    const char *decide = town_at(t, "/api/v1/hires/", d.hire, "/decide");
    work(t, &d);
    CHECK_STR(say(t, &d, "{\"minutes\":400}", d.worker, "state"), S("done"));
    CHECK_STR(say(t, &d, "{\"minutes\":300}", d.boss, "state"), S("done"));
    letters(t);
    const char *day = town_at(t, "/my/", d.hire, "");
    CHECK(str_find(town_call(t, GET, day, "", d.worker).body, S("过一天还不一样")) > 0);
    CHECK_EQ(town_call(t, POST, decide, "{\"minutes\":330,\"reason\":\"看过监控\"}", mediator).status, 200);
    struct str said = letters(t);
    CHECK(str_find(said, S("13811110001 零集:工作人员问过两边,定下来了:平车车位工 2026年11月25日 周三 08:30–17:30 · 5 小时 30 分 · 工钱 143 元")) >= 0);
    CHECK(str_find(said, S("定下来了:测* · 平车车位工")) > 0); /* to the employer: of whom */
    CHECK(str_find(said, S("看过监控")) < 0);
    struct str page = town_call(t, GET, day, "", d.worker).body; /* nobody comes to ask any more */
    CHECK(str_find(page, S("5 小时 30 分")) > 0 && str_find(page, S("过一天还不一样")) < 0 && str_find(page, S("对方说得对")) < 0);
    CHECK_STR(say(t, &d, "{\"minutes\":320}", d.boss, "state"), S("agreed"));
    CHECK(str_find(town_call(t, GET, day, "", d.worker).body, S("对方说得对")) > 0); /* a new number is a new question */
}

/* Who took it ten minutes before is not yet expected at its start. */
static void listed_with_when(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    int64_t id;
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 500);
    struct str late = town_made(t, town_at(t, "/api/v1/shifts/", d.shift, "/take"), "{}", town_seeker(t, "13811110002", &id));
    t->now_ms += 50 * MIN_MS;
    struct str list = town_call(t, GET, "/api/v1/employer/hires", "", d.boss).body;
    CHECK(str_find(list, S("\"missing_ms\":\"2026-11-25T09:00:00+08:00\"")) > 0);
    CHECK(str_find(list, S("\"missing_ms\":\"2026-11-25T09:50:00+08:00\"")) > 0);
    const char *path = town_at(t, "/api/v1/hires/", late, "/no-show");
    CHECK_EQ(town_call(t, POST, path, "{}", d.boss).status, 409);
    t->now_ms += 40 * MIN_MS;
    CHECK_EQ(town_call(t, POST, path, "{}", d.boss).status, 200);
    list = town_call(t, GET, "/api/v1/employer/hires", "", d.boss).body;
    CHECK(str_find(list, S("\"missing_ms\":\"2026-11-25T09:50:00+08:00\"")) < 0); /* it was said */
}

TEST(a_list_of_who_comes_says_from_when_each_may_be_said_to_be_missing)
{
    each_town(listed_with_when);
}

static void both_hear_of_a_mark(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    struct str mediator = town_staff(t, MEDIATOR, 440105);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 541);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/no-show"), "{}", d.boss).status, 200);
    letters(t);
    t->lang = LANG_EN;
    town_browse(t, GET, "/", "", d.boss);
    t->lang = LANG_ZH;
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/decide"), "{\"keep\":true,\"reason\":\"门卫没见到\"}", mediator).status, 200);
    struct str said = letters(t);
    CHECK(str_find(said, S("08:30–17:30 · 没来")) > 0);
    CHECK(str_find(said, S(" Lingji: the staff asked both sides and decided: 测* · 平车车位工 Wed 2026-11-25 08:30–17:30 · Did not come. ")) > 0); /* as he reads */
}

TEST(both_sides_hear_what_a_mediator_has_decided)
{
    each_town(both_hear);
    each_town(both_hear_of_a_mark);
}

static bool listed(struct town *t, const struct deal *d, struct str who)
{
    return str_find(town_call(t, GET, "/api/v1/hires-apart", "", who).body, d->hire) > 0;
}

static void apart_a_day(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    struct str mediator = town_staff(t, MEDIATOR, 440105);
    work(t, &d);
    CHECK_STR(say(t, &d, "{\"minutes\":400}", d.worker, "state"), S("done"));
    t->now_ms += 23 * HOUR_MS;
    CHECK_STR(say(t, &d, "{\"minutes\":300}", d.boss, "state"), S("done"));
    CHECK(!listed(t, &d, mediator));
    t->now_ms += HOUR_MS;
    CHECK(listed(t, &d, mediator) && listed(t, &d, d.desk) && !listed(t, &d, town_staff(t, MEDIATOR, 440106)));
    CHECK_STR(say(t, &d, "{\"minutes\":400}", d.boss, "state"), S("agreed"));
    CHECK(!listed(t, &d, mediator));
    CHECK_STR(say(t, &d, "{\"minutes\":410}", d.worker, "state"), S("agreed"));
    t->now_ms += DAY_MS;
    CHECK(listed(t, &d, mediator));
    const char *decide = town_at(t, "/api/v1/hires/", d.hire, "/decide");
    CHECK_EQ(town_call(t, POST, decide, "{\"keep\":true,\"reason\":\"两边都问过\"}", d.desk).status, 200);
    CHECK(!listed(t, &d, mediator));
    CHECK_STR(ledger_of(t, &d, "minutes"), S("400"));
}

TEST(numbers_apart_for_a_day_stand_before_desk_and_mediator)
{
    each_town(apart_a_day);
}

static void says_when_once(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    struct str page = town_call(t, GET, town_at(t, "/my/", d.hire, ""), "", d.worker).body;
    ptrdiff_t span = str_find(page, S("明天 08:30–17:30")), full = str_find(page, S("2026年11月25日"));
    CHECK(span > 0 && full > span);
    CHECK(str_find(str_sub(page, (size_t)full, page.n), S("几点")) < 0); /* only in the terms */
    CHECK(str_find(str_sub(page, (size_t)full + 1, page.n), S("2026年11月25日")) < 0);
}

TEST(a_day_says_once_when_it_is_and_once_in_its_terms)
{
    each_town(says_when_once);
}

static void read_again(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 505);
    struct str page = town_browse(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/check-in"), "code=AAAAAA", d.worker).body;
    CHECK(str_find(page, S("签到码不对")) > 0);
    CHECK(str_find(page, str_fmt(&t->a, "/size/max?to=/my/%.*s\"", SV(d.hire))) > 0); /* larger letters, and the same page */
    page = town_call(t, GET, town_at(t, "/jobs/", d.shift, ""), "", d.worker).body;
    CHECK(str_find(page, S("这份活你已经定了")) > 0 && str_find(page, S("已经有别的活")) < 0); /* it is this one */
}

TEST(a_page_that_says_no_is_found_again_in_larger_letters)
{
    each_town(read_again);
}

static void not_checked_in(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    CHECK_STR(say(t, &d, "{\"minutes\":480}", d.worker, "rule"), S("not_over"));
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 1051);
    struct str page = town_call(t, GET, town_at(t, "/my/", d.hire, ""), "", d.worker).body;
    CHECK(str_find(page, S("name=\"hours\"")) > 0 && str_find(page, S("/cancel\"")) < 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/cancel"), "{}", d.boss).status, 409); /* a worked day is not called off */
    CHECK_STR(say(t, &d, "{\"minutes\":480}", d.worker, "state"), S("done"));
    CHECK_STR(say(t, &d, "{\"minutes\":480}", d.boss, "state"), S("agreed"));
    CHECK(town_sound(t));
}

TEST(who_forgot_to_check_in_is_paid_when_both_say_what_was_worked)
{
    each_town(not_checked_in);
}

static void desk_says(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    const char *decide = town_at(t, "/api/v1/hires/", d.hire, "/decide"), *body = "{\"minutes\":480,\"reason\":\"单位也承认\"}";
    CHECK_EQ(town_call(t, POST, decide, body, d.desk).status, 409); /* it is not over */
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 1051);
    CHECK_STR(json_value(t, town_call(t, POST, decide, body, d.desk).body, "state"), S("agreed"));
}

TEST(the_desk_may_say_with_a_reason_what_was_worked_without_a_check_in)
{
    each_town(desk_says);
}

/* A desk sends somebody to what has begun. */
static void sent(struct town *t, const struct deal *d, int64_t person)
{
    const char *whom = str_z(&t->a, str_fmt(&t->a, "{\"person_id\":\"%lld\"}", (long long)person));
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", d->shift, "/take"), whom, d->desk).status, 201);
}

/* Marked as missing at 9:00; his place may have gone to somebody else. */
static struct deal marked(struct town *t, bool replaced)
{
    struct deal d = deal_of(t, by_hour);
    int64_t other[2];
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 541);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/no-show"), "{}", d.boss).status, 200);
    if (replaced) {
        town_seeker(t, "13811110002", &other[0]);
        town_seeker(t, "13811110003", &other[1]);
        sent(t, &d, other[0]);
        sent(t, &d, other[1]);
    }
    CHECK_STR(say(t, &d, "{\"minutes\":480}", d.worker, "rule"), S("not_over"));
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 1051);
    return d;
}

static void was_there(struct town *t)
{
    struct deal d = marked(t, true);
    CHECK(str_find(town_call(t, GET, town_at(t, "/my/", d.hire, ""), "", d.worker).body, S("您来了,就在这里说干了多久")) > 0);
    CHECK_STR(say(t, &d, "{\"minutes\":480}", d.worker, "state"), S("no_show"));
    CHECK(listed(t, &d, town_staff(t, MEDIATOR, 440105))); /* at once */
    CHECK_STR(say(t, &d, "{\"minutes\":480}", d.boss, "state"), S("agreed"));
    CHECK(town_sound(t)); /* one place more than was asked for */
}

static void was_not_there(struct town *t)
{
    struct deal d = marked(t, false);
    struct str mediator = town_staff(t, MEDIATOR, 440105);
    CHECK_STR(say(t, &d, "{\"minutes\":480}", d.worker, "state"), S("no_show"));
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/decide"), "{\"keep\":true,\"reason\":\"门卫没见到\"}", mediator).status, 200);
    CHECK(!listed(t, &d, mediator));
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/confirm"), "{\"minutes\":480}", d.worker).status, 409); /* it was decided */
}

static void was_elsewhere(struct town *t)
{
    struct deal d = marked(t, false);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 600);
    sent(t, &d, d.person); /* came later, on a new place */
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 1051);
    CHECK_STR(say(t, &d, "{\"minutes\":480}", d.worker, "state"), S("no_show"));
    CHECK_STR(say(t, &d, "{\"minutes\":480}", d.boss, "rule"), S("overlap")); /* nobody is paid twice for the same hours */
}

TEST(who_was_marked_as_missing_says_that_he_was_there_and_the_employer_may_agree)
{
    each_town(was_there);
}

TEST(a_mediator_may_leave_a_mark_as_missing_as_it_is)
{
    each_town(was_not_there);
}

TEST(a_mark_as_missing_is_not_undone_for_hours_that_were_worked_elsewhere)
{
    each_town(was_elsewhere);
}

static const char *standing(struct town *t, const struct deal *d, const char *name)
{
    const char *url = str_z(&t->a, str_fmt(&t->a, "/api/v1/employers/%lld", (long long)d->employer));
    return str_z(&t->a, json_value(t, town_call(t, GET, url, "", S("")).body, name));
}

static void called_off_by_employer(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    struct letters out = {.a = &t->a};
    CHECK(app_write(&t->app, notice_claim, &out) == OK); /* what was sent before */
    CHECK_STR(str_c(standing(t, &d, "hires_n")), S("0"));
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 420); /* 90 minutes ahead */
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/cancel"), "{}", d.boss).status, 200);
    CHECK_STR(str_c(standing(t, &d, "hires_n")), S("1"));
    CHECK_STR(str_c(standing(t, &d, "called_off")), S("1"));
    const char *page = str_z(&t->a, str_fmt(&t->a, "/employers/%lld", (long long)d.employer));
    CHECK(str_find(town_call(t, GET, page, "", S("")).body, S("开工前临时取消 1")) > 0);
    CHECK(str_find(town_call(t, GET, town_at(t, "/jobs/", d.shift, ""), "", S("")).body, S("开工前临时取消 1")) > 0);
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    CHECK_EQ(out.n, 1);
    CHECK(out.n && str_find(out.v[0].text, S("取消")) > 0 && str_find(out.v[0].text, S("平车车位工")) > 0);
    t->now_ms += 100 * (int64_t)DAY_MS;
    CHECK_STR(str_c(standing(t, &d, "called_off")), S("0")); /* as short a memory as for workers */
}

static void called_off_in_time(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 390); /* two hours ahead */
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/cancel"), "{}", d.boss).status, 200);
    CHECK_STR(str_c(standing(t, &d, "called_off")), S("0"));
}

static void called_off_by_worker(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    struct letters out = {.a = &t->a};
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 420);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/cancel"), "{}", d.worker).status, 200);
    CHECK_STR(str_c(standing(t, &d, "hires_n")), S("0"));
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    CHECK_EQ(out.n, 0);
}

static void given_back_by_the_desk(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    const char *take = town_at(t, "/api/v1/shifts/", d.shift, "/take"), *body = str_z(&t->a, str_fmt(&t->a, "{\"person_id\":\"%lld\"}", (long long)d.person));
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", d.hire, "/cancel"), "{}", d.worker).status, 200);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 420); /* half past eight is less than two hours away */
    struct str hire = json_value(t, town_call(t, POST, take, body, d.desk).body, "id");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/cancel"), "{}", d.desk).status, 200); /* the wrong person */
    CHECK(str_find(town_call(t, GET, "/api/v1/my/marks", "", d.worker).body, S("called_off")) < 0);
    hire = json_value(t, town_call(t, POST, take, body, d.desk).body, "id");
    t->now_ms += 31 * MIN_MS; /* now he has asked for it */
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", hire, "/cancel"), "{}", d.desk).status, 200);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/marks", "", d.worker).body, S("called_off")) > 0);
}

TEST(a_place_that_the_desk_gave_by_mistake_and_took_back_counts_against_nobody)
{
    each_town(given_back_by_the_desk);
}

TEST(an_employer_that_calls_off_late_is_shown_so_and_its_worker_is_told)
{
    each_town(called_off_by_employer);
}

TEST(an_employer_that_calls_off_two_hours_ahead_has_done_nothing_wrong)
{
    each_town(called_off_in_time);
}

TEST(what_a_worker_calls_off_is_not_counted_against_the_employer)
{
    each_town(called_off_by_worker);
}

static enum err write_query(struct request *rq)
{
    return db_run(rq->tx, rq->object, ARGS(I(rq->city)), NULL);
}

static enum err count_broken(struct request *rq)
{
    int64_t bad = 0, *all = rq->object;
    for (const struct invariant *v = invariants; v->name; v++) {
        CHECK(v->ask(rq, &bad) == OK);
        *all += bad;
    }
    return OK;
}

static int64_t broken_after(struct town *t, const struct query *q)
{
    int64_t all = 0;
    CHECK(app_write(&t->app, write_query, (void *)q) == OK);
    CHECK(app_read(&t->app, count_broken, &all) == OK);
    return all;
}

/* What somebody with the database alone may write, and how it was before. */
static const struct query forged[][2] = {
    {{"t.wage", "UPDATE hire SET wage_fen = wage_fen - 1 WHERE city = $1"}, {"t.wage_back", "UPDATE hire SET wage_fen = wage_fen + 1 WHERE city = $1"}},
    {{"t.gone", "UPDATE ledger SET city = city + 1 WHERE city = $1"}, {"t.gone_back", "UPDATE ledger SET city = city - 1 WHERE city = $1 + 1"}},
    {{"t.twice", "UPDATE ledger SET amount_fen = amount_fen * 2 WHERE city = $1"}, {"t.twice_back", "UPDATE ledger SET amount_fen = amount_fen / 2 WHERE city = $1"}},
    {{"t.terms", "UPDATE hire SET terms = 'x' || terms WHERE city = $1"}, {"t.terms_back", "UPDATE hire SET terms = substr(terms, 2) WHERE city = $1"}},
    {{"t.terms_en", "UPDATE hire SET terms_en = 'x' || terms_en WHERE city = $1"}, {"t.terms_en_back", "UPDATE hire SET terms_en = substr(terms_en, 2) WHERE city = $1"}},
    {{"t.break", "UPDATE hire SET break_min = break_min + 1 WHERE city = $1"}, {"t.break_back", "UPDATE hire SET break_min = break_min - 1 WHERE city = $1"}},
    {{"t.paid", "UPDATE hire SET state = 'settled' WHERE city = $1"}, {"t.paid_back", "UPDATE hire SET state = 'agreed' WHERE city = $1"}},
    {{"t.seen", "UPDATE job SET verified_by = -verified_by WHERE city = $1"}, {"t.seen_back", "UPDATE job SET verified_by = -verified_by WHERE city = $1"}},
    {{"t.firm", "UPDATE employer SET state = 'new' WHERE city = $1"}, {"t.firm_back", "UPDATE employer SET state = 'verified' WHERE city = $1"}}};

static void forge(struct town *t)
{
    struct deal d = deal_of(t, by_piece);
    work(t, &d);
    const char *confirm = town_at(t, "/api/v1/hires/", d.hire, "/confirm");
    CHECK_EQ(town_call(t, POST, confirm, "{\"pieces\":333}", d.boss).status, 200);
    CHECK_EQ(town_call(t, POST, confirm, "{\"pieces\":333}", d.worker).status, 200);
    for (size_t i = 0; i < sizeof forged / sizeof *forged; i++) {
        if (!broken_after(t, &forged[i][0]))
            test_fail(__FILE__, __LINE__, forged[i][0].name);
        CHECK_EQ(broken_after(t, &forged[i][1]), 0);
    }
}

TEST(a_wage_terms_a_ledger_or_a_verification_changed_behind_the_program_are_found)
{
    each_town(forge);
}
