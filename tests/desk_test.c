/* desk_test.c - what the desk of the staff app relies on: finding people, taking a registration back,
 * what a trade pays today. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/person/person.h"
#include "http/feed.h"
#include "test.h"

static struct str page(struct town *t, struct str token, const char *q, struct str after)
{
    struct str from = after.n ? str_fmt(&t->a, ",\"after\":\"%.*s\"", SV(after)) : S("");
    return town_call(t, POST, "/api/v1/people-found", str_z(&t->a, str_fmt(&t->a, "{\"q\":\"%s\"%.*s}", q, SV(from))), token).body;
}

static size_t lines(struct str body)
{
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(body, S("\"id\":"))) >= 0; n++)
        body = str_sub(body, (size_t)at + 1, body.n);
    return n;
}

static size_t found(struct town *t, struct str token, const char *q)
{
    return lines(page(t, token, q, S("")));
}

static const char *of(struct town *t, struct str id)
{
    return str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%.*s", SV(id)));
}

/* People whose numbers end alike and whose names do, all registered after one of 440105. */
static enum err crowd(struct request *rq)
{
    enum err e = OK;
    for (int i = 0; !e && i < 2100; i++) {
        struct person p = {.id = new_id(rq), .city = rq->city, .district = i == 2 ? 0 : i == 1 || (i > 2 && i < 28) ? 440105 : 440106, .name = i == 1 ? S("欧阳秀英") : i == 2 ? S("司徒无区") : S("陈秀英"),
                           .phone = i < 60 ? str_fmt(rq->a, "139%04d7777", i) : S(""), .made_ms = rq->now_ms + i};
        e = person_add(rq, &p);
    }
    return e;
}

static void big_city(struct town *t)
{
    static const char ouyang[] = "欧阳", xiuying[] = "秀英";
    struct str near = town_staff(t, CONSULTANT, 440105), city = town_staff(t, CONSULTANT, 0), far = town_staff(t, CONSULTANT, 440118), b;
    CHECK(app_write(&t->app, crowd, NULL) == OK);
    b = page(t, near, "7777", S(""));
    CHECK_EQ(lines(b), 20);
    b = page(t, near, "7777", json_value(t, b, "next"));
    CHECK_EQ(lines(b), 7);
    CHECK(str_find(b, S("\"next\":null")) > 0);
    CHECK_EQ(found(t, near, ouyang), 1); /* however many others were registered later elsewhere */
    b = page(t, far, "7777", S(""));
    CHECK(lines(b) == 1 && str_find(b, S("\"name\":\"司**\"")) > 0); /* who is of no district yet is everybody's */
    b = page(t, near, xiuying, S(""));
    CHECK_EQ(lines(b), 20);
    CHECK_EQ(lines(page(t, near, xiuying, json_value(t, b, "next"))), 6);
    b = page(t, city, ouyang, S("")); /* not among the newest: said, and found further back */
    CHECK_EQ(lines(b), 0);
    b = page(t, city, ouyang, json_value(t, b, "next"));
    CHECK_EQ(lines(b), 1);
    CHECK(str_find(b, S("\"next\":null")) > 0);
}

TEST(a_desk_finds_its_own_people_however_large_the_city)
{
    each_town(big_city);
}

static void people(struct town *t)
{
    struct str desk = town_staff(t, CONSULTANT, 440105), other = town_staff(t, CONSULTANT, 440118);
    struct str colleague = town_staff(t, CONSULTANT, 440105);
    struct answer a = town_call(t, POST, "/api/v1/people",
                                "{\"name\":\"陈秀英\",\"phone\":\"138 2222 5678\",\"id_number\":\"11010519491231002X\"}", desk);
    CHECK_EQ(a.status, 201);
    struct str id = json_value(t, a.body, "id");
    CHECK_EQ(found(t, desk, "5678"), 1);
    CHECK_EQ(found(t, desk, "13822225678"), 1);
    CHECK_EQ(found(t, desk, "11010519491231002X"), 1); /* what a card reader types */
    CHECK_EQ(found(t, desk, "秀英"), 1); /* part of a name */
    CHECK_EQ(found(t, desk, ""), 0);
    CHECK_EQ(found(t, desk, "8765"), 0);
    CHECK_EQ(found(t, other, "5678"), 0); /* another district */

    CHECK_EQ(town_call(t, DELETE, of(t, id), "", other).status, 404);
    CHECK_EQ(town_call(t, DELETE, of(t, id), "", colleague).status, 409); /* not the hand that made it */
    t->now_ms += 61 * MIN_MS;
    CHECK_EQ(town_call(t, DELETE, of(t, id), "", desk).status, 409);
    t->now_ms -= 61 * MIN_MS;
    CHECK_EQ(town_call(t, DELETE, of(t, id), "", desk).status, 204);
    CHECK_EQ(found(t, desk, "5678"), 0);
    a = town_call(t, POST, "/api/v1/people", "{\"name\":\"陈秀英\",\"phone\":\"13822225678\"}", desk);
    CHECK_EQ(a.status, 201); /* the number is free again */
}

static void grid(struct town *t)
{
    struct str grid = town_staff(t, GRID, 440105), desk = town_staff(t, CONSULTANT, 440105);
    struct answer a = town_call(t, POST, "/api/v1/people", "{\"name\":\"何阿姨\",\"phone\":\"13822220002\",\"note\":\"照顾老人\"}", grid);
    CHECK_EQ(a.status, 201);
    a = town_call(t, POST, "/api/v1/people", "{\"name\":\"黄师傅\"}", grid); /* the next household, not the worker himself */
    CHECK_EQ(a.status, 201);
    CHECK_EQ(found(t, desk, "0002"), 1);
}

static void pay(struct town *t)
{
    static const char post[] = "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"rhythm\":\"day\",\"address\":\"凤阳街\","
                               "\"pay_unit\":\"hour\",\"pay_fen\":%d,\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T08:30:00+08:00\","
                               "\"end_ms\":\"2026-11-25T18:00:00+08:00\",\"cap\":2}";
    int64_t firm;
    struct str boss = town_employer(t, "锦裳制衣厂", &firm), desk = town_staff(t, CONSULTANT, 440105);
    CHECK(str_find(town_call(t, GET, "/api/v1/pay-ranges", "", S("")).body, S("\"items\":[]")) >= 0);
    for (int i = 0; i < 5; i++) {
        struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a, post, 2600 + i * 100)), boss);
        struct str verify = str_fmt(&t->a, "/api/v1/jobs/%.*s/verify", SV(json_value(t, a.body, "id")));
        town_call(t, POST, str_z(&t->a, verify), "{\"level\":\"phoned\"}", desk);
        CHECK_EQ(feed_drain(&t->app), OK);
        if (i != 1)
            continue;
        struct str two = town_call(t, GET, "/api/v1/pay-ranges", "", S("")).body; /* from the one to the other */
        CHECK_STR(json_value(t, two, "low_fen"), S("2600"));
        CHECK_STR(json_value(t, two, "high_fen"), S("2700"));
    }
    CHECK_EQ(feed_drain(&t->app), OK);
    struct str body = town_call(t, GET, "/api/v1/pay-ranges", "", S("")).body;
    CHECK_STR(json_value(t, body, "trade"), S("sewing"));
    CHECK_STR(json_value(t, body, "n"), S("5"));
    CHECK_STR(json_value(t, body, "low_fen"), S("2700"));
    CHECK_STR(json_value(t, body, "median_fen"), S("2800"));
    CHECK_STR(json_value(t, body, "high_fen"), S("2900"));
    CHECK_EQ(town_call(t, GET, "/api/v1/employer/jobs", "", desk).status, 403);
    CHECK(str_find(town_call(t, GET, "/api/v1/employer/jobs", "", boss).body, S("平车车位工")) > 0);
}

TEST(the_desk_finds_by_digits_card_and_name_and_takes_back_a_wrong_registration)
{
    each_town(people);
}

TEST(a_grid_worker_registers_households_and_not_himself)
{
    each_town(grid);
}

TEST(the_market_shows_the_middle_half_of_what_a_trade_pays)
{
    each_town(pay);
}

static struct str placed(struct town *t, struct str boss, const char *where)
{
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a,
        "{\"title\":\"洗碗工\",\"text\":\"洗碗、择菜\",\"rhythm\":\"day\",\"address\":\"街上1号\",\"pay_unit\":\"hour\",\"pay_fen\":2600,\"valid_to\":\"2026-11-30\","
        "\"start_ms\":\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T12:30:00+08:00\",\"cap\":1%s}", where)), boss);
    CHECK_EQ(a.status, 201);
    return json_value(t, a.body, "lon");
}

static void places(struct town *t)
{
    int64_t id;
    struct str boss = town_employer(t, "锦裳制衣厂", &id), own = placed(t, boss, "");
    CHECK(own.n && !str_eq(own, S("0.000000"))); /* where the employer is */
    CHECK(!str_eq(placed(t, boss, ",\"district\":440118"), own));
}

TEST(a_post_for_another_district_is_not_put_where_its_employer_is)
{
    each_town(places);
}

/* ---- against what a person has said ---- */

struct audited {
    int64_t hire_id;
    struct str reason;
    struct arena *a;
};

static enum err read_audit(struct request *rq)
{
    static const struct query q = {"test.reason", "SELECT reason FROM audit WHERE city = $1 AND object_id = $2 AND action LIKE 'POST %'"};
    struct audited *x = rq->object;
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &q, ARGS(I(rq->city), I(x->hire_id)), &v);
    x->reason = e ? S("") : str_dup(x->a, val_str(v));
    return e;
}

static struct str reason_of(struct town *t, struct str hire)
{
    struct audited x = {.a = &t->a};
    CHECK(str_i64(hire, &x.hire_id) && app_read(&t->app, read_audit, &x) == OK);
    return x.reason;
}

static enum err count_numbers(struct request *rq)
{
    static const struct query q = {"test.numbers", "SELECT count(*) FROM account WHERE city = $1 AND phone IS NOT NULL"};
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &q, ARGS(I(rq->city)), &v);
    *(int64_t *)rq->object = e ? -1 : val_i64(v);
    return e;
}

/* Nothing is left of whom a desk wrote down by mistake; an account that was there before, or is used, is its owner's. */
static void taken_back(struct town *t)
{
    int64_t before, after;
    struct str desk = town_staff(t, CONSULTANT, 440105);
    t->app.demo = true; /* the code is known */
    CHECK_EQ(town_call(t, POST, "/api/v1/sign-in", "{\"phone\":\"13811110004\"}", S("")).status, 204);
    struct str there = town_call(t, POST, "/api/v1/sign-in/code", "{\"phone\":\"13811110004\",\"code\":\"123456\"}", S("")).token;
    CHECK(app_read(&t->app, count_numbers, &before) == OK);
    for (int i = 3; i < 5; i++) {
        struct answer a = town_call(t, POST, "/api/v1/people", str_z(&t->a, str_fmt(&t->a, "{\"name\":\"周师傅\",\"district\":440105,\"phone\":\"1381111000%d\"}", i)), desk);
        CHECK_EQ(a.status, 201);
        CHECK_EQ(town_call(t, DELETE, str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%.*s", SV(json_value(t, a.body, "id")))), "", desk).status, 204);
    }
    CHECK(app_read(&t->app, count_numbers, &after) == OK);
    CHECK_EQ(after, before);
    CHECK_EQ(town_call(t, GET, "/api/v1/me", "", there).status, 200);
}

TEST(a_registration_that_is_taken_back_leaves_no_number_behind)
{
    each_town(taken_back);
}

static void lost_phone(struct town *t)
{
    int64_t id;
    struct str desk = town_staff(t, CONSULTANT, 440105), far = town_staff(t, CONSULTANT, 440118), seeker = town_seeker(t, "13811110001", &id);
    struct str person = str_fmt(&t->a, "%lld", (long long)id);
    const char *path = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%.*s/sign-out", SV(person)));
    CHECK_EQ(town_call(t, POST, path, "{}", desk).status, 422);
    CHECK_EQ(town_call(t, POST, path, "{\"reason\":\"手机丢了,看过身份证\"}", far).status, 404);
    CHECK_EQ(town_call(t, POST, path, "{\"reason\":\"手机丢了,看过身份证\"}", seeker).status, 403);
    CHECK_EQ(town_call(t, GET, "/api/v1/me", "", seeker).status, 200);
    CHECK_EQ(town_call(t, POST, path, "{\"reason\":\"手机丢了,看过身份证\"}", desk).status, 204);
    CHECK_EQ(town_call(t, GET, "/api/v1/me", "", seeker).status, 401);
    CHECK_STR(reason_of(t, person), S("手机丢了,看过身份证"));
    struct answer a = town_call(t, POST, "/api/v1/people", "{\"name\":\"周师傅\",\"trade\":\"sewing\"}", desk); /* without a number */
    path = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%.*s/sign-out", SV(json_value(t, a.body, "id"))));
    CHECK_EQ(town_call(t, POST, path, "{\"reason\":\"手机丢了,看过身份证\"}", desk).status, 204);
}

/* He came by a slip, and his number was written down later. */
static void lost_with_two_accounts(struct town *t)
{
    struct str desk = town_staff(t, CONSULTANT, 440105);
    struct answer a = town_call(t, POST, "/api/v1/people", "{\"name\":\"周师傅\",\"trade\":\"sewing\",\"district\":440105}", desk);
    const char *one = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%.*s", SV(json_value(t, a.body, "id"))));
    struct str url = json_value(t, town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "%s/slip", one)), "{}", desk).body, "url");
    struct str by_slip = town_call(t, POST, str_z(&t->a, str_sub(url, (size_t)str_find(url, S("/c/")), url.n)), "{}", S("")).token;
    CHECK_EQ(town_call(t, POST, one, "{\"phone\":\"13811110002\"}", desk).status, 200);
    t->app.demo = true; /* the code is known */
    CHECK_EQ(town_call(t, POST, "/api/v1/sign-in", "{\"phone\":\"13811110002\"}", S("")).status, 204);
    struct str by_number = town_call(t, POST, "/api/v1/sign-in/code", "{\"phone\":\"13811110002\",\"code\":\"123456\"}", S("")).token;
    CHECK_EQ(town_call(t, GET, "/api/v1/my/hires", "", by_slip).status, 200);
    CHECK_EQ(town_call(t, GET, "/api/v1/my/hires", "", by_number).status, 200);
    CHECK_EQ(town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "%s/sign-out", one)), "{\"reason\":\"手机丢了,看过身份证\"}", desk).status, 204);
    CHECK_EQ(town_call(t, GET, "/api/v1/my/hires", "", by_slip).status, 401);
    CHECK_EQ(town_call(t, GET, "/api/v1/my/hires", "", by_number).status, 401);
}

TEST(a_desk_signs_out_whoever_lost_his_phone)
{
    each_town(lost_phone);
    each_town(lost_with_two_accounts);
}

/* A post at 26 yuan an hour, from one time of November to another ("25T08:30"), and more of its body. */
static struct answer posted(struct town *t, struct str boss, const char *from, const char *to, const char *more)
{
    struct str body = str_fmt(&t->a, "{\"title\":\"搬运工\",\"trade\":\"warehouse\",\"text\":\"卸货上架\",\"rhythm\":\"day\",\"address\":\"凤阳街\","
                                     "\"pay_unit\":\"hour\",\"pay_fen\":2600,\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-%s:00+08:00\","
                                     "\"end_ms\":\"2026-11-%s:00+08:00\",\"cap\":3%s}", from, to, more);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), boss);
    CHECK_EQ(a.status, 201);
    return a;
}

static struct str verified(struct town *t, struct answer a, struct str desk)
{
    struct str verify = str_fmt(&t->a, "/api/v1/jobs/%.*s/verify", SV(json_value(t, a.body, "id")));
    CHECK(town_call(t, POST, str_z(&t->a, verify), "{\"level\":\"phoned\"}", desk).status < 300);
    return json_value(t, a.body, "shift_id");
}

static struct str lifting(struct town *t, struct str boss, struct str desk, const char *from, const char *to)
{
    return verified(t, posted(t, boss, from, to, ",\"needs\":[\"lifting\"]"), desk);
}

struct assigning {
    struct str boss, desk, worker, shift;
    int64_t person;
};

static struct assigning one_to_assign(struct town *t)
{
    struct assigning x;
    int64_t firm;
    x.boss = town_employer(t, "合顺仓配", &firm);
    x.desk = town_staff(t, CONSULTANT, 440105);
    x.worker = town_seeker(t, "13811110001", &x.person);
    x.shift = lifting(t, x.boss, x.desk, "25T08:30", "25T17:00");
    return x;
}

static struct answer assign(struct town *t, const struct assigning *x, struct str shift, const char *reason)
{
    struct str body = str_fmt(&t->a, "{\"person_id\":\"%lld\"%s%s%s}", (long long)x->person, *reason ? ",\"reason\":\"" : "", reason, *reason ? "\"" : "");
    return town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/shifts/%.*s/take", SV(shift))), str_z(&t->a, body), x->desk);
}

static void says(struct town *t, const struct assigning *x, const char *what)
{
    struct str id = str_fmt(&t->a, "%lld", (long long)x->person);
    CHECK_EQ(town_call(t, POST, of(t, id), what, x->desk).status, 200);
}

static void give_back(struct town *t, const struct assigning *x, struct str hire)
{
    struct str cancel = str_fmt(&t->a, "/api/v1/hires/%.*s/cancel", SV(hire));
    CHECK_EQ(town_call(t, POST, str_z(&t->a, cancel), "{}", x->desk).status, 200);
}

static void with_reason(struct town *t)
{
    static const struct {
        const char *says, *unsays, *named;
    } soft[] = {{"{\"floor_fen\":3000}", "{\"floor_fen\":0}", "最低工钱"},
                {"{\"limits\":[\"lifting\"]}", "{\"limits\":[]}", "身体干不了的"},
                {"{\"to_min\":900}", "{\"to_min\":0}", "能上工的时间"},
                {"{\"pick_min\":930}", "{\"pick_min\":0}", "接送孩子"}};
    struct assigning x = one_to_assign(t);
    struct answer a = assign(t, &x, x.shift, "");
    CHECK_EQ(a.status, 201); /* it fits */
    CHECK_STR(reason_of(t, json_value(t, a.body, "id")), S(""));
    give_back(t, &x, json_value(t, a.body, "id"));
    for (size_t i = 0; i < sizeof soft / sizeof *soft; i++) {
        says(t, &x, soft[i].says);
        a = assign(t, &x, x.shift, "");
        CHECK_EQ(a.status, 422);
        CHECK(str_find(a.body, S("\"/reason\"")) > 0 && str_find(a.body, str_c(soft[i].named)) > 0);
        CHECK_EQ(assign(t, &x, x.shift, "!").status, 422); /* in words */
        a = assign(t, &x, x.shift, "本人在场同意，只搬轻的");
        CHECK_EQ(a.status, 201);
        CHECK_STR(reason_of(t, json_value(t, a.body, "id")), S("本人在场同意，只搬轻的"));
        give_back(t, &x, json_value(t, a.body, "id"));
        says(t, &x, soft[i].unsays);
    }
    says(t, &x, soft[0].says);
    const char *take = str_z(&t->a, str_fmt(&t->a, "/api/v1/shifts/%.*s/take", SV(x.shift)));
    CHECK_EQ(town_call(t, POST, take, "{\"reason\":\"我愿意\"}", x.worker).status, 422); /* is not asked for a reason */
    CHECK_EQ(town_call(t, POST, take, "{}", x.worker).status, 201);
}

/* The desk sees apart what only the person's own words stand before, and what they are. */
static struct str beyond(struct town *t, const struct assigning *x, struct str token)
{
    struct str url = str_fmt(&t->a, "/api/v1/suggestions?wide=true&person=%lld", (long long)x->person);
    return town_call(t, GET, str_z(&t->a, url), "", token).body;
}

static void wide(struct town *t)
{
    int64_t other;
    struct assigning x = one_to_assign(t);
    struct str next = lifting(t, x.boss, x.desk, "26T08:30", "26T17:00"), list = beyond(t, &x, x.desk);
    CHECK(str_find(list, S("\"items\":[]")) >= 0); /* all of it fits */
    says(t, &x, "{\"floor_fen\":3000,\"limits\":[\"lifting\"]}");
    list = beyond(t, &x, x.desk);
    CHECK(str_find(list, x.shift) > 0 && str_find(list, next) > 0);
    CHECK_STR(json_value(t, list, "against"), S("最低工钱、身体干不了的"));
    CHECK_EQ(assign(t, &x, x.shift, "本人同意").status, 201);
    list = beyond(t, &x, x.desk);
    CHECK(str_find(list, x.shift) < 0 && str_find(list, next) > 0); /* his calendar is not a wish */
    CHECK(town_call(t, GET, "/api/v1/suggestions?wide=true", "", x.worker).status >= 400);

    says(t, &x, "{\"floor_fen\":0,\"limits\":[]}");
    CHECK(str_find(beyond(t, &x, x.desk), S("\"items\":[]")) >= 0);
    town_seeker(t, "13811110002", &other);
    says(t, &x, str_z(&t->a, str_fmt(&t->a, "{\"partner_id\":\"%lld\",\"together\":\"must\"}", (long long)other)));
    CHECK_EQ(town_call(t, POST, of(t, str_fmt(&t->a, "%lld", (long long)other)), "{\"to_min\":900}", x.desk).status, 200);
    list = beyond(t, &x, x.desk);
    CHECK(str_find(list, next) > 0);
    CHECK_STR(json_value(t, list, "against"), S("能上工的时间"));
}

TEST(a_desk_sees_what_only_the_words_of_a_person_stand_before)
{
    each_town(wide);
}

static void never_law(struct town *t)
{
    struct assigning x = one_to_assign(t);
    struct str night = lifting(t, x.boss, x.desk, "27T20:00", "28T02:00");
    CHECK_STR(json_value(t, assign(t, &x, night, "本人坚持").body, "rule"), S("birth_missing"));
    says(t, &x, "{\"born\":\"2009-01-01\"}");
    CHECK_STR(json_value(t, assign(t, &x, night, "本人坚持").body, "rule"), S("night_age"));
    CHECK_STR(json_value(t, assign(t, &x, x.shift, "本人坚持").body, "rule"), S("minor_work"));
    says(t, &x, "{\"born\":\"1989-01-01\"}");
    struct str papers = verified(t, posted(t, x.boss, "26T08:30", "26T17:00", ",\"papers\":[\"forklift\"]"), x.desk);
    CHECK_STR(json_value(t, assign(t, &x, papers, "本人坚持").body, "rule"), S("papers_missing"));
    struct answer unseen = posted(t, x.boss, "26T08:30", "26T17:00", "");
    CHECK_STR(json_value(t, assign(t, &x, json_value(t, unseen.body, "shift_id"), "本人坚持").body, "rule"), S("shift_gone"));
    struct str again = lifting(t, x.boss, x.desk, "25T08:30", "25T17:00");
    struct answer a = assign(t, &x, x.shift, "");
    CHECK_EQ(a.status, 201);
    CHECK_EQ(assign(t, &x, again, "本人坚持").status, 409); /* two at once */
    give_back(t, &x, json_value(t, a.body, "id"));
    struct str block = str_fmt(&t->a, "/api/v1/hires/%.*s/block", SV(json_value(t, a.body, "id")));
    CHECK(town_call(t, POST, str_z(&t->a, block), "{\"reason\":\"不想再见\"}", x.worker).status < 300);
    CHECK_EQ(assign(t, &x, again, "本人坚持").status, 409);
}

/* What the other of the two has said counts as much. */
static void for_two(struct town *t)
{
    int64_t other;
    struct assigning x = one_to_assign(t);
    town_seeker(t, "13811110002", &other);
    says(t, &x, str_z(&t->a, str_fmt(&t->a, "{\"partner_id\":\"%lld\",\"together\":\"must\"}", (long long)other)));
    struct str id = str_fmt(&t->a, "%lld", (long long)other);
    CHECK_EQ(town_call(t, POST, of(t, id), "{\"limits\":[\"lifting\"]}", x.desk).status, 200);
    CHECK_EQ(assign(t, &x, x.shift, "").status, 422);
    CHECK_EQ(assign(t, &x, x.shift, "两人都同意").status, 201);
}

TEST(a_desk_assigns_against_what_somebody_said_only_with_a_reason_that_is_kept)
{
    each_town(with_reason);
}

TEST(no_reason_of_a_desk_goes_over_the_law_or_the_calendar)
{
    each_town(never_law);
}

TEST(what_the_other_of_a_couple_said_needs_a_reason_too)
{
    each_town(for_two);
}

/* The same at the desk and on the phone: one question, asked once, before the first work. */
struct asked {
    struct str easy, heavy, night;
};

static struct answer takes(struct town *t, struct str shift, const char *body, struct str token)
{
    return town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/shifts/%.*s/take", SV(shift))), body, token);
}

static struct str walk_in(struct town *t, const char *more, struct str desk)
{
    struct answer a = town_call(t, POST, "/api/v1/people", str_z(&t->a, str_fmt(&t->a, "{\"name\":\"小刘\",\"home_text\":\"凤阳街\",\"trade\":\"shop\"%s}", more)), desk);
    CHECK_EQ(a.status, 201);
    return json_value(t, a.body, "id");
}

static const char *answered(struct town *t, struct str id, const char *said)
{
    return str_z(&t->a, str_fmt(&t->a, "{\"person_id\":\"%.*s\"%s%s%s}", SV(id), *said ? ",\"age_said\":\"" : "", said, *said ? "\"" : ""));
}

static struct asked three_works(struct town *t, struct str boss, struct str desk)
{
    return (struct asked){verified(t, posted(t, boss, "25T09:30", "25T12:00", ",\"needs\":[\"standing\"]"), desk), lifting(t, boss, desk, "26T08:30", "26T17:00"), lifting(t, boss, desk, "27T20:00", "28T02:00")};
}

static void of_unknown_age(struct town *t)
{
    int64_t firm;
    struct str boss = town_employer(t, "合顺仓配", &firm), desk = town_staff(t, CONSULTANT, 440105);
    struct asked x = three_works(t, boss, desk);
    struct str one = walk_in(t, "", desk), minor = walk_in(t, ",\"age_said\":\"minor\"", desk);
    struct answer a = takes(t, x.easy, answered(t, one, ""), desk);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("age_unasked"));
    a = takes(t, x.easy, answered(t, one, "child"), desk);
    CHECK_STR(json_value(t, a.body, "rule"), S("A01"));
    a = takes(t, x.easy, answered(t, one, "adult"), desk);
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, town_call(t, GET, of(t, one), "", desk).body, "age_said"), S("adult"));
    CHECK_STR(json_value(t, takes(t, x.night, answered(t, one, ""), desk).body, "rule"), S("birth_missing"));
    CHECK_EQ(takes(t, x.heavy, answered(t, one, ""), desk).status, 201); /* not asked again */

    CHECK_EQ(takes(t, x.easy, answered(t, minor, "adult"), desk).status, 201);
    CHECK_STR(json_value(t, takes(t, x.heavy, answered(t, minor, "adult"), desk).body, "rule"), S("minor_work")); /* once said, said */
    CHECK_STR(json_value(t, takes(t, x.night, answered(t, minor, ""), desk).body, "rule"), S("night_age"));
    CHECK_STR(json_value(t, town_call(t, POST, "/api/v1/people", "{\"name\":\"小王\",\"age_said\":\"child\"}", desk).body, "rule"), S("A01"));
}

TEST(nobody_is_given_work_before_the_age_is_known)
{
    each_town(of_unknown_age);
}

static void on_the_phone(struct town *t)
{
    int64_t firm;
    struct str boss = town_employer(t, "合顺仓配", &firm), desk = town_staff(t, CONSULTANT, 440105), me = town_staff(t, 0, 0);
    struct asked x = three_works(t, boss, desk);
    const char *page = str_z(&t->a, str_fmt(&t->a, "/jobs/%.*s", SV(x.easy)));
    CHECK_EQ(town_call(t, POST, "/api/v1/people", "{\"name\":\"小刘\",\"home_text\":\"凤阳街\"}", me).status, 201);
    CHECK(str_find(town_call(t, GET, page, "", me).body, S("满18岁了吗")) > 0);
    CHECK_STR(json_value(t, takes(t, x.easy, "{}", me).body, "rule"), S("age_unasked"));
    const char *ask = str_z(&t->a, str_fmt(&t->a, "/api/v1/shifts/%.*s/join-ask", SV(x.easy)));
    CHECK_STR(json_value(t, town_call(t, POST, ask, "{\"name\":\"小刘\",\"phone\":\"13822227777\",\"age_said\":\"child\"}", S("")).body, "rule"), S("A01")); /* before a code is sent */
    CHECK_EQ(takes(t, x.easy, "{\"age_said\":\"adult\"}", me).status, 201);
    CHECK(str_find(town_call(t, GET, page, "", me).body, S("满18岁了吗")) < 0);
}

/* A night shift wants the day of birth: asked with the name, before a code is sent, and kept with what else was typed. */
static void first_night(struct town *t)
{
    int64_t firm;
    struct str boss = town_employer(t, "合顺仓配", &firm), desk = town_staff(t, CONSULTANT, 440105);
    struct asked x = three_works(t, boss, desk);
    const char *ask = str_z(&t->a, str_fmt(&t->a, "/api/v1/shifts/%.*s/join-ask", SV(x.night)));
    const char *join = str_z(&t->a, str_fmt(&t->a, "/api/v1/shifts/%.*s/join", SV(x.night)));
    t->app.demo = true; /* the code is known */
    CHECK(str_find(town_call(t, GET, str_z(&t->a, str_fmt(&t->a, "/jobs/%.*s/join", SV(x.night))), "", S("")).body, S("name=\"born\"")) > 0);
    CHECK(str_find(town_call(t, GET, str_z(&t->a, str_fmt(&t->a, "/jobs/%.*s/join", SV(x.easy))), "", S("")).body, S("name=\"born\"")) < 0);
    struct answer a = town_call(t, POST, ask, "name=%E5%B0%8F%E5%88%98&phone=13822227777", S(""));
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("value=\"小刘\"")) > 0 && str_find(a.body, S("value=\"13822227777\"")) > 0);
    CHECK_STR(json_value(t, town_call(t, POST, ask, "{\"name\":\"小刘\",\"phone\":\"13822227777\",\"born\":\"2009-05-01\"}", S("")).body, "rule"), S("night_age"));
    a = town_call(t, POST, ask, "name=%E5%B0%8F%E5%88%98&phone=13822227777&born=1990-05-01", S(""));
    CHECK_EQ(a.status, 303);
    CHECK(str_find(town_call(t, GET, str_z(&t->a, a.location), "", S("")).body, S("name=\"born\" value=\"1990-05-01\"")) > 0);
    a = town_call(t, POST, join, "name=%E5%B0%8F%E5%88%98&phone=13822227777&born=1990-05-01&code=123456", S(""));
    CHECK_EQ(a.status, 303);
    CHECK(str_starts(a.location, S("/my/")));
}

TEST(whoever_comes_for_a_night_shift_first_is_asked_for_the_day_of_birth_with_the_name)
{
    each_town(first_night);
}

/* Known, but not the day of birth: the page of the job asks for it, beside the button. */
static void known_night(struct town *t)
{
    int64_t firm;
    struct str boss = town_employer(t, "合顺仓配", &firm), desk = town_staff(t, CONSULTANT, 440105), me = town_staff(t, 0, 0);
    struct asked x = three_works(t, boss, desk);
    const char *page = str_z(&t->a, str_fmt(&t->a, "/jobs/%.*s", SV(x.night)));
    CHECK_EQ(town_call(t, POST, "/api/v1/people", "{\"name\":\"小刘\",\"age_said\":\"adult\"}", me).status, 201);
    CHECK(str_find(town_call(t, GET, page, "", me).body, S("name=\"born\"")) > 0);
    CHECK_STR(json_value(t, takes(t, x.night, "{\"born\":\"2009-05-01\"}", me).body, "rule"), S("night_age"));
    CHECK_EQ(takes(t, x.night, "{\"born\":\"1990-05-01\"}", me).status, 201);
    CHECK(str_find(town_call(t, GET, "/me/edit", "", me).body, S("1990-05-01")) > 0);
}

TEST(whoever_is_known_says_the_day_of_birth_where_he_takes_a_night_shift)
{
    each_town(known_night);
}

/* Whoever has shown that the number is his is registered, whatever becomes of the place. */
static void came_too_late(struct town *t)
{
    int64_t firm;
    struct str boss = town_employer(t, "合顺仓配", &firm), desk = town_staff(t, CONSULTANT, 440105);
    struct str shift = verified(t, posted(t, boss, "25T09:30", "25T12:00", ""), desk);
    for (int i = 0; i < 3; i++)
        CHECK_EQ(takes(t, shift, "{\"age_said\":\"adult\"}", town_seeker(t, str_z(&t->a, str_fmt(&t->a, "1381111000%d", i)), &firm)).status, 201);
    t->app.demo = true;
    CHECK_EQ(town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/shifts/%.*s/join-ask", SV(shift))), "name=a&phone=13822227777&age_said=adult", S("")).status, 303);
    struct answer a = town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/shifts/%.*s/join", SV(shift))), "name=a&phone=13822227777&age_said=adult&code=123456", S(""));
    CHECK_EQ(a.status, 303);
    CHECK_STR(a.location, str_fmt(&t->a, "/jobs/%.*s", SV(shift)));
    CHECK(str_find(town_found(t, "13822227777", desk).body, S("\"id\"")) > 0);
}

TEST(who_comes_too_late_for_a_place_is_registered_all_the_same)
{
    each_town(came_too_late);
}

TEST(the_page_of_a_job_asks_for_the_age_once)
{
    each_town(on_the_phone);
}
