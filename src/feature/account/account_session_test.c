/* account_session_test.c - sessions: a token is renewed, ends, and is known by the device that holds it. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/account/account_rules.h"
#include "feature/account/account_store.h"
#include "http/config.h"
#include "test.h"

static struct str signed_in(struct town *t, const char *phone, struct str cookie)
{
    town_call(t, POST, "/api/v1/sign-in", str_z(&t->a, str_fmt(&t->a, "{\"phone\":\"%s\"}", phone)), S(""));
    const char *use = str_z(&t->a, str_fmt(&t->a, "{\"phone\":\"%s\",\"code\":\"123456\"}", phone));
    return json_value(t, town_browse(t, POST, "/api/v1/sign-in/code", use, cookie).body, "token");
}

static int opens(struct town *t, struct str token)
{
    return town_call(t, GET, "/api/v1/me", "", token).status;
}

static size_t sessions(struct town *t, struct str token)
{
    struct str list = town_call(t, GET, "/api/v1/sessions", "", token).body;
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(list, S("\"id\":"))) >= 0; n++)
        list = str_sub(list, (size_t)at + 1, list.n);
    return n;
}

static void rotation(struct town *t)
{
    t->app.demo = true; /* the code is known */
    struct str first = signed_in(t, "13911110001", S("")), csrf = json_value(t, town_call(t, GET, "/api/v1/me", "", first).body, "csrf");
    CHECK_STR(town_browse(t, GET, "/join", "", first).token, S(""));
    t->now_ms += 12 * HOUR_MS;
    struct str second = town_browse(t, GET, "/join", "", first).token;
    CHECK(second.n > 20 && !str_eq(first, second));
    CHECK_STR(town_browse(t, GET, "/join", "", first).token, S("")); /* once */
    CHECK(opens(t, first) == 200 && opens(t, second) == 200); /* what was under way */
    CHECK_STR(json_value(t, town_call(t, GET, "/api/v1/me", "", second).body, "csrf"), csrf); /* a form that stands open */
    CHECK_EQ(sessions(t, second), 1);
    t->now_ms += MIN_MS;
    CHECK(opens(t, first) == 401 && opens(t, second) == 200);
    t->now_ms += 12 * HOUR_MS; /* with a write, too; and who is refused is not signed out */
    struct str third = town_browse(t, POST, "/api/v1/sessions/end-others", "{}", second).token;
    CHECK(third.n > 20 && opens(t, third) == 200);
    t->now_ms += 30 * (int64_t)DAY_MS;
    CHECK_STR(town_call(t, GET, "/api/v1/me", "", third).token, S("")); /* a bearer keeps what it was handed */
    CHECK_EQ(opens(t, third), 200);
    CHECK(str_find(town_call(t, GET, "/api/v1/sessions", "", third).body, S("\"used_ms\":\"2026-12-2")) > 0);
    t->now_ms += 60 * (int64_t)DAY_MS;
    CHECK_EQ(opens(t, third), 401); /* ninety days from the sign-in, however often renewed */
}

TEST(a_browser_gets_a_new_token_after_hours_and_the_old_one_ends_in_a_minute)
{
    each_town(rotation);
}

static void sign_in_again(struct town *t)
{
    t->app.demo = true;
    struct str one = signed_in(t, "13911110001", S("")), next = signed_in(t, "13911110001", one), other = signed_in(t, "13911110001", S(""));
    CHECK(opens(t, one) == 401 && opens(t, next) == 200 && opens(t, other) == 200);
    next = signed_in(t, "13911110002", next); /* another person on the same phone */
    CHECK_EQ(sessions(t, other), 1);
    CHECK_EQ(sessions(t, next), 1);
}

static void no_seeker_yet(struct town *t)
{
    int64_t employer;
    t->app.demo = true;
    struct str fresh = signed_in(t, "13911110001", S("")), boss = town_employer(t, "锦裳制衣厂", &employer);
    struct answer a = town_browse(t, GET, "/my", "", fresh);
    CHECK_EQ(a.status, 303);
    CHECK_STR(a.location, S("/join"));
    CHECK_EQ(town_call(t, GET, "/api/v1/my/hires", "", fresh).status, 403);
    CHECK_EQ(town_browse(t, GET, "/my", "", boss).status, 403);
}

TEST(who_signed_in_with_a_new_number_is_asked_three_things_where_seekers_have_their_pages)
{
    each_town(no_seeker_yet);
}

TEST(signing_in_again_ends_the_session_of_the_same_browser)
{
    each_town(sign_in_again);
}

static void devices(struct town *t)
{
    t->app.demo = true;
    struct str one = signed_in(t, "13911110001", S("")), two = signed_in(t, "13911110001", S("")), three = signed_in(t, "13911110001", S(""));
    struct str stranger = signed_in(t, "13911110009", S(""));
    struct answer page = town_browse(t, GET, "/me/devices", "", one);
    CHECK(page.status == 200 && str_find(page.body, S("安卓手机")) > 0 && str_find(page.body, S("这台设备")) > 0);
    struct str list = town_call(t, GET, "/api/v1/sessions", "", two).body, own = str_sub(list, 0, (size_t)str_find(list, S("\"here\":true")));
    CHECK_EQ(sessions(t, one), 3);
    while (str_find(own, S("{\"id\"")) > 0 && str_find(str_sub(own, 12, own.n), S("{\"id\"")) >= 0)
        own = str_sub(own, (size_t)str_find(str_sub(own, 12, own.n), S("{\"id\"")) + 12, own.n);
    const char *end = str_z(&t->a, str_fmt(&t->a, "/api/v1/sessions/%.*s/end", SV(json_value(t, own, "id"))));
    town_call(t, POST, end, "{}", stranger);
    CHECK_EQ(opens(t, two), 200); /* only one's own */
    struct answer ended = town_browse(t, POST, end, "x=1", one);
    CHECK_EQ(ended.status, 303);
    CHECK_STR(ended.location, S("/me/devices"));
    CHECK(opens(t, two) == 401 && opens(t, three) == 200);
    CHECK_EQ(town_browse(t, POST, "/api/v1/sessions/end-others", "x=1", one).status, 303);
    CHECK(opens(t, three) == 401 && opens(t, one) == 200);
    CHECK(str_find(town_browse(t, GET, "/me/devices", "", one).body, S("end-others")) < 0);
}

TEST(whoever_is_signed_in_sees_on_which_devices_and_ends_one_or_all_others)
{
    each_town(devices);
}

static void unknown_device(struct town *t)
{
    int64_t person;
    struct str page = town_browse(t, GET, "/me/devices", "", town_seeker(t, "13911110001", &person)).body; /* signed in without a browser */
    CHECK(str_find(page, S("型号不明的设备")) > 0 && str_find(page, S("这台设备")) > 0);
    CHECK(str_find(page, S("其他设备")) < 0); /* this one is no other */
}

TEST(the_device_in_use_is_not_called_another_one_where_its_kind_is_not_known)
{
    each_town(unknown_device);
}

TEST(a_device_is_known_by_what_its_browser_says)
{
    CHECK_EQ(device_of(S("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X)")), 1);
    CHECK_EQ(device_of(S("Mozilla/5.0 (Linux; Android 13; V2241A)")), 3);
    CHECK_EQ(device_of(S("Mozilla/5.0 (X11; Linux x86_64)")), 6);
    CHECK_EQ(device_of(S("Mozilla/5.0 (Phone; OpenHarmony 5.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/114.0.0.0 Safari/537.36 ArkWeb/4.1.6.1 Mobile")), 7);
    CHECK_EQ(device_of(S("Mozilla/5.0 (Linux; Android 12; HarmonyOS; NOH-AN01; HMSCore 6.13.0.302) AppleWebKit/537.36 HuaweiBrowser/14.0.2.311 Mobile")), 7);
    CHECK_EQ(device_of(S("curl/7.88")), 0);
}

static void session_gone(struct town *t)
{
    static const struct {
        const char *from, *to;
    } table[] = {{"http://town/complain?job=7", "/sign-in?next=%2Fcomplain%3Fjob%3D7"}, {"http://town.example/my", "/sign-in?next=%2F"},
                 {"http://else/my", "/sign-in?next=%2F"}, {"http://town//else/my", "/sign-in?next=%2F"},
                 {"http://town/api/v1/my/hires", "/sign-in?next=%2F"}, {NULL, "/sign-in?next=%2F"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        t->from = table[i].from;
        struct answer a = town_browse(t, POST, "/api/v1/offers/7/yes", "x=1", S(""));
        CHECK_EQ(a.status, 303);
        CHECK_STR(a.location, str_c(table[i].to));
    }
    t->app.demo = true;
    town_call(t, POST, "/api/v1/sign-in", "{\"phone\":\"13911110001\"}", S(""));
    struct str to = town_browse(t, POST, "/api/v1/sign-in", "phone=13911110001&next=%2Fcomplain%3Fjob%3D7%26hire%3D8", S("")).location;
    struct str page = town_call(t, GET, str_z(&t->a, to), "", S("")).body;
    CHECK(str_find(page, S("href=\"/sign-in?next=%2Fcomplain%3Fjob%3D7%26hire%3D8\"")) > 0); /* with another number, too */
    const char *use = "phone=13911110001&code=123456&next=%2Fcomplain%3Fjob%3D7";
    CHECK_STR(town_browse(t, POST, "/api/v1/sign-in/code", use, S("")).location, S("/complain?job=7"));
}

TEST(a_form_sent_after_the_session_ended_leads_back_to_where_it_stood)
{
    each_town(session_gone);
}

static void idle_staff(struct town *t)
{
    int64_t person;
    t->config.staff_idle_h = 12;
    struct str desk = town_staff(t, CONSULTANT, 0), seeker = town_seeker(t, "13911110003", &person);
    for (int i = 0; i < 3; i++) { /* a long day of work */
        t->now_ms += 11 * HOUR_MS;
        CHECK_EQ(opens(t, desk), 200);
    }
    t->now_ms += 13 * HOUR_MS;
    CHECK(opens(t, desk) == 401 && opens(t, seeker) == 200);
    t->now_ms += 20 * (int64_t)DAY_MS;
    CHECK_EQ(opens(t, seeker), 200);
}

TEST(a_staff_session_ends_when_nobody_used_it_for_twelve_hours_and_a_seekers_does_not)
{
    each_town(idle_staff);
}

static void idle_rows(struct town *t)
{
    t->config.staff_idle_h = 12;
    struct str desk = town_staff(t, CONSULTANT, 0);
    t->now_ms += 13 * HOUR_MS;
    CHECK(app_write(&t->app, session_expire, NULL) == OK);
    t->now_ms -= 13 * HOUR_MS;
    CHECK_EQ(opens(t, desk), 401); /* nor is it listed */
}

static void open_screen(struct town *t)
{
    t->config.staff_idle_h = 12;
    struct str desk = town_staff(t, CONSULTANT, 0);
    t->unattended = true;
    for (int i = 0; i < 12; i++) { /* all night long */
        CHECK_EQ(opens(t, desk), 200);
        t->now_ms += HOUR_MS;
    }
    t->now_ms += HOUR_MS;
    CHECK_EQ(opens(t, desk), 401);
}

TEST(a_screen_that_asks_by_itself_keeps_no_staff_session_alive)
{
    each_town(open_screen);
}

TEST(a_staff_session_that_nobody_used_is_thrown_away)
{
    each_town(idle_rows);
}
