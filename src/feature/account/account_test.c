/* account_test.c - staff come by a link, hold roles within the grantor's reach, and can be ended. */
#include <openssl/hmac.h>
#include <stdio.h>
#include <string.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/account/account_rules.h"
#include "feature/site/site.h"
#include "test.h"

TEST(a_district_gives_roles_below_its_own_within_itself)
{
    const struct grantor city = {true, false}, district = {false, true}, nobody = {false, false};
    CHECK(may_grant(city, CITY_ADMIN, 0) && may_grant(city, CONSULTANT, 440105));
    CHECK(may_grant(district, INSPECTOR, 440105));
    CHECK(!may_grant(district, INSPECTOR, 0) && !may_grant(district, DISTRICT_ADMIN, 440105) && !may_grant(district, AUDITOR, 440105));
    CHECK(!may_grant(nobody, GRID, 440105) && !may_grant(city, SEEKER, 0) && !may_grant(city, SYSTEM, 0));
}

/* The digits an authenticator app shows for the base32 secret on the page. */
static struct str authenticator(struct town *t, struct str page)
{
    static const char abc[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    ptrdiff_t at = str_find(page, S("class=\"big-code\">"));
    struct str b32 = str_sub(page, (size_t)at + 17, 32);
    unsigned char key[20], mac[20], counter[8] = {0};
    unsigned bits = 0, have = 0, n = 0;
    for (size_t i = 0; i < b32.n; i++) {
        bits = bits << 5 | (unsigned)(strchr(abc, b32.p[i]) - abc);
        for (have += 5; have >= 8; have -= 8)
            key[n++] = (unsigned char)(bits >> (have - 8));
    }
    for (int i = 0; i < 8; i++)
        counter[i] = (unsigned char)(t->now_ms / 30000 >> (56 - 8 * i));
    HMAC(EVP_sha1(), key, 20, counter, 8, mac, NULL);
    return str_fmt(&t->a, "%06d", totp_digits(mac));
}

static struct answer sign_in(struct town *t, const char *login, struct str page)
{
    return town_call(t, POST, "/api/v1/staff/sign-in",
                     str_z(&t->a, str_fmt(&t->a, "{\"login\":\"%s\",\"password\":\"haizhu-market-2026\",\"totp\":\"%.*s\"}", login,
                                          SV(authenticator(t, page)))),
                     S(""));
}

static const char *on(struct town *t, struct str id, const char *what)
{
    return str_z(&t->a, str_fmt(&t->a, "/api/v1/staff/%.*s/%s", SV(id), what));
}

/* The path of an address of ours. */
static const char *path_of(struct town *t, struct str url)
{
    struct str rest = str_sub(url, (size_t)str_find(url, S("://")) + 3, url.n);
    return str_z(&t->a, str_sub(rest, (size_t)str_find(rest, S("/")), rest.n));
}

static void new_colleague(struct town *t)
{
    struct str city = town_staff(t, CITY_ADMIN, 0), district = town_staff(t, DISTRICT_ADMIN, 440105), other = town_staff(t, DISTRICT_ADMIN, 440106);
    static const char lin[] = "{\"name\":\"林小玲\",\"login\":\"lin.xl\",\"role\":\"consultant\",\"district\":440105}";
    static const char self[] = "{\"name\":\"甲\",\"login\":\"boss\",\"role\":\"district_admin\",\"district\":440105}";
    CHECK_EQ(town_call(t, POST, "/api/v1/staff", self, district).status, 409);
    CHECK_EQ(town_call(t, POST, "/api/v1/staff", lin, other).status, 409);
    struct answer a = town_call(t, POST, "/api/v1/staff", lin, district);
    CHECK_EQ(a.status, 201);
    struct str id = json_value(t, a.body, "id");
    const char *link = path_of(t, json_value(t, a.body, "link"));
    CHECK_EQ(town_call(t, POST, "/api/v1/staff", lin, city).status, 422); /* the login is taken */
    CHECK_EQ(town_call(t, GET, on(t, id, "grants"), "", other).status, 404);
    CHECK(str_find(town_call(t, GET, "/api/v1/staff", "", district).body, S("林小玲")) > 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/staff", "", other).body, S("林小玲")) < 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/grants", "", district).body, id) > 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/grants", "", other).body, id) < 0);
    CHECK(str_find(a.body, S("\"qr\":\"M0 0h7v1h-7z")) > 0);

    CHECK_EQ(town_call(t, POST, link, "password=short", S("")).status, 422);
    struct answer page = town_call(t, POST, link, "_key=1-ABCDEF&password=haizhu-market-2026", S("")); /* as the page sends it */
    CHECK_EQ(page.status, 200);
    CHECK_EQ(town_call(t, POST, link, "password=haizhu-market-2027", S("")).status, 404); /* once */
    CHECK_EQ(town_call(t, GET, link, "", S("")).status, 404); /* nobody fills in a form for nothing */
    a = sign_in(t, "lin.xl", page.body);
    CHECK_EQ(a.status, 200);
    struct str session = json_value(t, a.body, "token");
    CHECK_EQ(town_call(t, GET, "/api/v1/screens", "", session).status, 200);

    CHECK_EQ(town_call(t, POST, on(t, id, "grants"), "{\"role\":\"inspector\",\"district\":440105,\"to_day\":\"2026-11-23\"}", district).status, 409);
    CHECK_EQ(town_call(t, POST, on(t, id, "grants"), "{\"role\":\"inspector\",\"district\":440105,\"to_day\":\"2026-11-24\"}", district).status, 204);
    CHECK_EQ(town_call(t, GET, "/api/v1/jobs-waiting", "", session).status, 200);
    CHECK_EQ(town_call(t, POST, on(t, id, "sign-out"), "{}", other).status, 404);
    CHECK_EQ(town_call(t, POST, on(t, id, "grants/end"), "{\"role\":\"consultant\",\"district\":440105}", district).status, 204);
    CHECK(town_found(t, "0001", session).status == 403);
    t->now_ms += 16 * HOUR_MS;
    CHECK(town_call(t, GET, "/api/v1/jobs-waiting", "", session).status >= 400); /* his last day was yesterday */

    a = sign_in(t, "lin.xl", page.body);
    session = json_value(t, a.body, "token");
    CHECK_EQ(town_call(t, POST, on(t, id, "sign-out"), "{}", city).status, 204);
    CHECK(str_find(town_call(t, GET, "/api/v1/me", "", session).body, id) < 0);

    a = town_call(t, POST, on(t, id, "link"), "{}", city);
    CHECK_EQ(a.status, 201);
    CHECK(str_find(town_call(t, GET, "/api/v1/me", "", session).body, id) < 0); /* signed out everywhere */
    CHECK(sign_in(t, "lin.xl", page.body).status >= 400);
    t->now_ms += 4 * DAY_MS;
    CHECK_EQ(town_call(t, POST, path_of(t, json_value(t, a.body, "link")), "password=haizhu-market-2026", S("")).status, 404); /* too late */
}

TEST(a_new_colleague_comes_by_a_link_and_works_within_his_roles)
{
    each_town(new_colleague);
}

static void link_again(struct town *t)
{
    struct str city = town_staff(t, CITY_ADMIN, 0);
    struct answer a = town_call(t, POST, "/api/v1/staff", "{\"name\":\"甲\",\"login\":\"jia\",\"role\":\"grid\"}", city);
    struct answer other = town_call(t, POST, "/api/v1/staff", "{\"name\":\"乙\",\"login\":\"yi.yi\",\"role\":\"grid\"}", city);
    struct answer b = town_call(t, POST, on(t, json_value(t, a.body, "id"), "link"), "{}", city);
    const char *old = path_of(t, json_value(t, a.body, "link")), *fresh = path_of(t, json_value(t, b.body, "link"));
    CHECK_EQ(town_call(t, GET, old, "", S("")).status, 404);
    CHECK_EQ(town_call(t, POST, old, "password=haizhu-market-2026", S("")).status, 404);
    CHECK_EQ(town_call(t, POST, fresh, "password=haizhu-market-2026", S("")).status, 200);
    CHECK_EQ(town_call(t, GET, path_of(t, json_value(t, other.body, "link")), "", S("")).status, 200); /* another's */
}

TEST(a_new_link_takes_the_place_of_the_one_before)
{
    each_town(link_again);
}

TEST(somebody_is_administrator_now_and_until_the_last_of_them_ends)
{
    enum { NOW = 100 };
    static const struct {
        struct held v[3];
        size_t n;
        const struct rule *broken;
    } table[] = {
        {{{0, 0}}, 0, &last_admin},
        {{{0, 0}}, 1, NULL},
        {{{0, 500}}, 1, NULL}, /* dated, but there */
        {{{101, 0}}, 1, &last_admin},
        {{{0, 500}, {500, 0}}, 2, NULL},
        {{{0, 500}, {501, 0}}, 2, &admin_gap},
        {{{0, 500}, {0, 200}, {300, 700}}, 3, NULL},
        {{{0, 500}, {200, 300}, {600, 700}}, 3, &admin_gap},
        {{{0, 500}, {501, 502}, {600, 0}}, 3, &admin_gap},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        CHECK(admins_broken(table[i].v, table[i].n, NOW) == table[i].broken);
}

static enum err administered(struct request *rq)
{
    return account_administered(rq, rq->object);
}

static void only_admin(struct town *t)
{
    static const char end[] = "{\"role\":\"city_admin\"}", until[] = "{\"role\":\"city_admin\",\"to_day\":\"2027-12-31\"}";
    bool yes = true;
    CHECK(app_read(&t->app, administered, &yes) == OK && !yes);
    struct str city = town_staff(t, CITY_ADMIN, 0);
    struct str id = json_value(t, town_call(t, GET, "/api/v1/staff", "", city).body, "id");
    CHECK_EQ(town_call(t, POST, on(t, id, "grants/end"), end, city).status, 409);
    struct answer a = town_call(t, POST, on(t, id, "grants"), "{\"role\":\"city_admin\",\"from_day\":\"2099-01-01\"}", city);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("last_admin"));
    CHECK_EQ(town_call(t, GET, "/api/v1/staff", "", city).status, 200);
    CHECK_EQ(town_call(t, POST, on(t, id, "grants"), until, city).status, 204);
    CHECK(app_read(&t->app, administered, &yes) == OK && yes); /* dated, but there: no link to set up */
    struct str other = town_staff(t, CITY_ADMIN, 0), self = json_value(t, town_call(t, GET, "/api/v1/me", "", other).body, "account_id");
    a = town_call(t, POST, on(t, self, "grants"), "{\"role\":\"city_admin\",\"from_day\":\"2028-01-02\"}", city);
    CHECK_STR(json_value(t, a.body, "rule"), S("admin_gap")); /* the first of January has nobody */
    CHECK_EQ(town_call(t, POST, on(t, self, "grants"), until, city).status, 204);
    CHECK_EQ(town_call(t, POST, on(t, id, "grants/end"), end, city).status, 204); /* the other one is there */
    CHECK_EQ(town_call(t, POST, on(t, self, "grants/end"), end, other).status, 409);
}

TEST(the_last_administrator_of_the_city_stays)
{
    each_town(only_admin);
}

/* A consultant and mediator of nine districts, given one by one. */
static void many_grants(struct town *t)
{
    struct str city = town_staff(t, CITY_ADMIN, 0), list;
    struct answer a = town_call(t, POST, "/api/v1/staff", "{\"name\":\"林小玲\",\"login\":\"lin.xl\",\"role\":\"consultant\",\"district\":440103}", city);
    struct str id = json_value(t, a.body, "id");
    struct str page = town_call(t, POST, path_of(t, json_value(t, a.body, "link")), "password=haizhu-market-2026", S("")).body;
    static const int districts[] = {440104, 440105, 440106, 440111, 440112, 440113, 440114, 440115, 440117, 440118};
    enum { N = sizeof districts / sizeof *districts };
    static const char *const roles[] = {"consultant", "mediator", "inspector", "grid"};
    struct str other = town_staff(t, CONSULTANT, 0);
    for (int i = 0; i < N * 4; i++)
        CHECK_EQ(town_call(t, POST, on(t, id, "grants"), str_z(&t->a, str_fmt(&t->a, "{\"role\":\"%s\",\"district\":%d}", roles[i % 4], districts[i / 4])), city).status, 204);
    struct str desk = json_value(t, sign_in(t, "lin.xl", page).body, "token");
    for (int i = 0; i < N; i++) {
        a = town_call(t, POST, "/api/v1/people", str_z(&t->a, str_fmt(&t->a, "{\"name\":\"周师傅\",\"phone\":\"1391111%04d\",\"district\":%d,\"trade\":\"sewing\"}", i, districts[i])), other);
        struct str id_of = json_value(t, a.body, "id");
        CHECK_EQ(town_call(t, GET, str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%.*s", SV(id_of))), "", desk).status, 200);
        list = town_found(t, str_z(&t->a, str_fmt(&t->a, "%04d", i)), desk).body;
        CHECK(str_find(list, id_of) > 0);
    }
    list = town_call(t, GET, "/api/v1/me", "", desk).body;
    CHECK(str_find(list, S("consultant")) > 0 && str_find(list, S("mediator")) > 0 && str_find(list, S("inspector")) > 0 && str_find(list, S("grid")) > 0);
}

TEST(every_role_that_was_given_holds_however_many_there_are)
{
    each_town(many_grants);
}

/* Two sites of 440105; the first one's id. */
static enum err add_sites(struct request *rq)
{
    enum err e = OK;
    for (int i = 0; !e && i < 2; i++) {
        struct site s = {.id = 11 + i, .city = rq->city, .district = 440105, .name = S("凤阳驿站"), .place = {113.29, 23.08}};
        e = site_add(rq, &s);
    }
    return e;
}

static void station(struct town *t)
{
    static const char qin[] = "{\"name\":\"秦顾问\",\"login\":\"qin\",\"role\":\"consultant\",\"site_id\":\"11\"}";
    struct str city = town_staff(t, CITY_ADMIN, 0), one = town_staff(t, DISTRICT_ADMIN, 440105), other = town_staff(t, DISTRICT_ADMIN, 440106);
    CHECK(app_write(&t->app, add_sites, NULL) == OK);
    CHECK_EQ(town_call(t, POST, "/api/v1/staff", "{\"name\":\"秦\",\"login\":\"qin\",\"role\":\"grid\",\"district\":440106,\"site_id\":\"11\"}", city).status, 422);
    CHECK_EQ(town_call(t, POST, "/api/v1/staff", "{\"name\":\"秦\",\"login\":\"qin\",\"role\":\"grid\",\"site_id\":\"13\"}", city).status, 422);
    CHECK_EQ(town_call(t, POST, "/api/v1/staff", qin, other).status, 409);
    struct answer a = town_call(t, POST, "/api/v1/staff", qin, one);
    CHECK_EQ(a.status, 201);
    struct str id = json_value(t, a.body, "id");
    struct str page = town_call(t, POST, path_of(t, json_value(t, a.body, "link")), "password=haizhu-market-2026", S("")).body;
    struct str desk = json_value(t, sign_in(t, "qin", page).body, "token");
    /* his whole day at the desk */
    a = town_call(t, POST, "/api/v1/people", "{\"name\":\"周师傅\",\"phone\":\"13911117777\",\"trade\":\"sewing\"}", desk);
    CHECK_EQ(a.status, 201);
    struct str person = json_value(t, a.body, "id");
    const char *her = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%.*s", SV(person)));
    CHECK_EQ(town_call(t, GET, her, "", desk).status, 200);
    CHECK(str_find(town_found(t, "7777", desk).body, person) > 0);
    CHECK_EQ(town_call(t, GET, her, "", town_staff_at(t, CONSULTANT, 440106, 11)).status, 404);
    CHECK_EQ(town_call(t, DELETE, her, "", desk).status, 204);
    CHECK(str_find(town_call(t, GET, "/api/v1/queues", "", desk).body, S("\"11\"")) > 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/queues", "", desk).body, S("\"12\"")) < 0);
    /* the district's numbers and roles are not a site's */
    struct str head = town_staff_at(t, SITE_MANAGER | DISTRICT_ADMIN, 440105, 11);
    CHECK_EQ(town_call(t, GET, "/api/v1/figures?site_id=11", "", head).status, 200);
    CHECK_EQ(town_call(t, GET, "/api/v1/figures?site_id=12", "", head).status, 404);
    CHECK_EQ(town_call(t, GET, "/api/v1/figures?district=440105", "", head).status, 404);
    CHECK_EQ(town_call(t, GET, on(t, id, "grants"), "", head).status, 404);
    CHECK_EQ(town_call(t, POST, on(t, id, "grants/end"), "{\"role\":\"consultant\",\"site_id\":\"11\"}", one).status, 204);
    CHECK_EQ(town_call(t, GET, "/api/v1/queues", "", desk).status, 403);
}

TEST(the_desk_of_a_site_does_its_whole_day)
{
    each_town(station);
}

static struct str by_phone(struct town *t, const char *phone)
{
    const char *ask = str_z(&t->a, str_fmt(&t->a, "{\"phone\":\"%s\"}", phone));
    const char *use = str_z(&t->a, str_fmt(&t->a, "{\"phone\":\"%s\",\"code\":\"123456\"}", phone));
    t->app.demo = true; /* the code is known */
    CHECK_EQ(town_call(t, POST, "/api/v1/sign-in", ask, S("")).status, 204);
    return json_value(t, town_call(t, POST, "/api/v1/sign-in/code", use, S("")).body, "token");
}

static void without_role(struct town *t)
{
    struct str one = by_phone(t, "13911110001"), other = by_phone(t, "13911110002");
    CHECK_EQ(town_call(t, GET, "/api/v1/me", "", one).status, 200);
    CHECK_EQ(town_call(t, GET, "/join", "", one).status, 200);
    CHECK_EQ(town_call(t, GET, "/my", "", one).status, 303); /* to /join */
    CHECK_EQ(town_call(t, POST, "/api/v1/people", "{\"name\":\"周师傅\",\"trade\":\"sewing\"}", one).status, 201);
    CHECK_EQ(town_call(t, GET, "/my", "", one).status, 200);
    CHECK_EQ(town_call(t, POST, "/api/v1/sign-out", "{}", other).status, 204);
    CHECK_EQ(town_call(t, GET, "/api/v1/me", "", other).status, 401);
}

TEST(who_signs_in_for_the_first_time_may_register_and_leave_before_he_has_a_role)
{
    each_town(without_role);
}

/* Many numbers, since what is compared depends on the bytes of each. */
static void wrong_codes(struct town *t)
{
    for (int i = 0; i < 100; i++) {
        const char *ask = str_z(&t->a, str_fmt(&t->a, "{\"phone\":\"139%08d\"}", i));
        const char *use = str_z(&t->a, str_fmt(&t->a, "{\"phone\":\"139%08d\",\"code\":\"%06d\"}", i, i));
        CHECK_EQ(town_call(t, POST, "/api/v1/sign-in", ask, S("")).status, 204);
        CHECK_EQ(town_call(t, POST, "/api/v1/sign-in/code", use, S("")).status, 409);
    }
}

TEST(no_number_is_opened_by_a_wrong_code)
{
    each_town(wrong_codes);
}

static int ask(struct town *t, const char *phone)
{
    return town_call(t, POST, "/api/v1/sign-in", str_z(&t->a, str_fmt(&t->a, "{\"phone\":\"%s\"}", phone)), S("")).status;
}

static void many_codes(struct town *t)
{
    for (int i = 0; i < 5; i++, t->now_ms += MIN_MS)
        CHECK_EQ(ask(t, "13911110001"), 204);
    CHECK_EQ(ask(t, "139 1111-0001"), 409);
    CHECK_EQ(ask(t, "13911110002"), 204); /* another number is another matter */
    t->now_ms += 54 * MIN_MS;
    CHECK_EQ(ask(t, "13911110001"), 409); /* what was refused sent nothing, but an hour is an hour */
    t->now_ms += MIN_MS;
    CHECK_EQ(ask(t, "13911110001"), 204);
}

TEST(a_number_gets_five_codes_an_hour_whoever_asks)
{
    each_town(many_codes);
}

static int wrong(struct town *t, const char *login, struct str *ret_rule)
{
    struct answer a = town_call(t, POST, "/api/v1/staff/sign-in", str_z(&t->a, str_fmt(&t->a,
        "{\"login\":\"%s\",\"password\":\"not-the-password\",\"totp\":\"000000\"}", login)), S(""));
    *ret_rule = json_value(t, a.body, "rule");
    return a.status;
}

static void tries(struct town *t)
{
    struct str city = town_staff(t, CITY_ADMIN, 0), known, unknown, page;
    struct answer a = town_call(t, POST, "/api/v1/staff", "{\"name\":\"林小玲\",\"login\":\"lin.xl\",\"role\":\"consultant\",\"district\":440105}", city);
    page = town_call(t, POST, path_of(t, json_value(t, a.body, "link")), "password=haizhu-market-2026", S("")).body;
    for (int i = 0; i < 5; i++) { /* nothing tells which of the two exists */
        CHECK_EQ(wrong(t, "lin.xl", &known), wrong(t, "nobody", &unknown));
        CHECK_STR(known, unknown);
    }
    CHECK_STR(known, S("sign_in_wait"));
    CHECK(sign_in(t, "lin.xl", page).status >= 400);
    t->now_ms += 2 * MIN_MS;
    CHECK_EQ(sign_in(t, "lin.xl", page).status, 200);
    CHECK_EQ(wrong(t, "lin.xl", &known), 409);
    CHECK_STR(known, S("sign_in_wrong")); /* the count begins anew */
}

TEST(who_guesses_logins_waits_alike_whether_or_not_they_exist)
{
    each_town(tries);
}

static void kept_out(struct town *t)
{
    struct str city = town_staff(t, CITY_ADMIN, 0), rule, page;
    struct answer a = town_call(t, POST, "/api/v1/staff", "{\"name\":\"林小玲\",\"login\":\"lin.xl\",\"role\":\"consultant\",\"district\":440105}", city);
    page = town_call(t, POST, path_of(t, json_value(t, a.body, "link")), "password=haizhu-market-2026", S("")).body;
    CHECK_EQ(sign_in(t, "lin.xl", page).status, 200);
    static const char *const elsewhere[] = {"192.0.2.1", "192.0.2.2"};
    for (int i = 0; i < 12; i++) {
        t->ip = elsewhere[i % 2];
        t->now_ms += i < 4 ? 0 : 5 * MIN_MS;
        wrong(t, "lin.xl", &rule);
    }
    CHECK(sign_in(t, "lin.xl", page).status >= 400); /* one count for all of them */
    t->ip = NULL;
    CHECK_EQ(sign_in(t, "lin.xl", page).status, 200);
    for (int i = 0; i < 4; i++)
        wrong(t, "lin.xl", &rule);
    CHECK_STR(rule, S("sign_in_wait")); /* but nobody guesses from there either */
    t->now_ms += 31 * (int64_t)DAY_MS;
    wrong(t, "lin.xl", &rule);
    CHECK_STR(rule, S("sign_in_wrong"));
}

TEST(nobody_is_kept_out_of_where_he_works_by_who_guesses_elsewhere)
{
    each_town(kept_out);
}

static void cases(struct town *t)
{
    struct str city = town_staff(t, CITY_ADMIN, 0), rule;
    struct answer a = town_call(t, POST, "/api/v1/staff", "{\"name\":\"林小玲\",\"login\":\"Lin.XL\",\"role\":\"consultant\",\"district\":440105}", city);
    struct str page = town_call(t, POST, path_of(t, json_value(t, a.body, "link")), "password=haizhu-market-2026", S("")).body;
    CHECK_EQ(town_call(t, POST, "/api/v1/staff", "{\"name\":\"林小玲\",\"login\":\"LIN.xl\",\"role\":\"consultant\",\"district\":440105}", city).status, 422);
    CHECK_EQ(wrong(t, "LIN.XL", &rule), 409);
    CHECK_EQ(sign_in(t, "Lin.xl ", page).status, 200); /* as a phone's keyboard writes it */
    for (int i = 0; i < 3; i++)
        wrong(t, i % 2 ? "LIN.XL" : "lin.xl", &rule);
    CHECK_EQ(wrong(t, "Lin.xl", &rule), 409);
    CHECK_STR(rule, S("sign_in_wait")); /* one count for all ways to write it */
}

TEST(a_login_is_the_same_in_capitals)
{
    each_town(cases);
}

static enum err make_link(struct request *rq)
{
    struct str path;
    enum err e = account_setup_link(rq, &path);
    snprintf(rq->object, 80, "%.*s", SV(path));
    return e;
}

static int set_up(struct town *t, const char *link, const char *login)
{
    return town_call(t, POST, link, str_z(&t->a, str_fmt(&t->a, "_key=1&name=甲&login=%s&password=haizhu-market-2026", login)), S("")).status;
}

static void setup_links(struct town *t)
{
    char link[80], next[80];
    CHECK(app_write(&t->app, make_link, link) == OK);
    CHECK_EQ(town_call(t, GET, "/setup/nonsense", "", S("")).status, 404);
    CHECK_EQ(set_up(t, "/setup/nonsense", "guesser"), 404);
    CHECK_EQ(town_call(t, GET, link, "", S("")).status, 200); /* no guess spends it */
    CHECK_EQ(set_up(t, link, "x"), 422);
    CHECK_EQ(set_up(t, link, "first"), 200);
    CHECK_EQ(town_call(t, GET, link, "", S("")).status, 404);
    CHECK_EQ(set_up(t, link, "second"), 404);
    CHECK(app_write(&t->app, make_link, link) == OK && app_write(&t->app, make_link, next) == OK);
    CHECK_EQ(set_up(t, link, "third"), 404); /* a newer one stands in its place */
    t->now_ms += 30 * MIN_MS;
    struct answer a = town_call(t, GET, next, "", S(""));
    CHECK_EQ(a.status, 404);
    CHECK(str_find(a.body, S("lingji serve --setup-link")) > 0);
}

TEST(the_link_to_set_up_is_spent_by_its_use_and_by_nothing_else)
{
    each_town(setup_links);
}

static void claims(struct town *t)
{
    CHECK(app_write(&t->app, data_claim, NULL) == OK && app_write(&t->app, data_claim, NULL) == OK);
    t->app.demo = true;
    CHECK(app_write(&t->app, data_claim, NULL) == ERR_CONFLICT);
}

static void demo_claims(struct town *t)
{
    t->app.demo = true;
    CHECK(app_write(&t->app, data_claim, NULL) == OK && app_write(&t->app, data_claim, NULL) == OK);
    t->app.demo = false;
    CHECK(app_write(&t->app, data_claim, NULL) == ERR_CONFLICT);
}

static void older_data(struct town *t)
{
    town_staff(t, CITY_ADMIN, 0);
    t->app.demo = true;
    CHECK(app_write(&t->app, data_claim, NULL) == ERR_CONFLICT);
    t->app.demo = false;
    CHECK(app_write(&t->app, data_claim, NULL) == OK);
}

TEST(the_demonstration_and_a_market_never_share_data)
{
    each_town(claims);
    each_town(demo_claims);
    each_town(older_data);
}

static void over_the_city(struct town *t)
{
    struct str all = town_staff(t, AUDITOR, 0), part = town_staff(t, AUDITOR, 440105);
    CHECK(str_find(town_call(t, GET, "/api/v1/me", "", all).body, S("\"city_roles\":[\"auditor\"]")) > 0);
    CHECK_EQ(town_call(t, GET, "/api/v1/audit", "", all).status, 200);
    CHECK(str_find(town_call(t, GET, "/api/v1/me", "", part).body, S("\"city_roles\":[]")) > 0);
    CHECK_EQ(town_call(t, GET, "/api/v1/audit", "", part).status, 403);
}

TEST(whoever_is_signed_in_is_told_what_he_is_over_the_whole_city)
{
    each_town(over_the_city);
}
