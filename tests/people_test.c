/* people_test.c - what the pages of people promise, asked without a browser: who may do what with
 * slips, screens and complaints. On every engine. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/notice/notice_store.h"
#include "feature/plaza/plaza.h"
#include "feature/right/right.h"
#include "feature/site/site.h"
#include "test.h"

static struct str id_text(struct town *t, int64_t id)
{
    return str_fmt(&t->a, "%lld", (long long)id);
}

static enum err make_hall(struct request *rq)
{
    struct site s = {.id = new_id(rq), .city = rq->city, .district = 440105, .name = S("凤阳零工广场"), .place = {113.29, 23.08}};
    struct screen hall = {.kind = SCREEN_HALL, .name = S("大屏")}, kiosk = {.kind = SCREEN_KIOSK, .name = S("自助机")};
    hall.site_id = kiosk.site_id = s.id;
    CHECK(site_add(rq, &s) == OK);
    CHECK(plaza_add_screen(rq, &hall, S("wall")) == OK);
    return plaza_add_screen(rq, &kiosk, S("door"));
}

static void slips(struct town *t)
{
    int64_t person;
    struct str seeker = town_seeker(t, "13811110001", &person), desk = town_staff(t, CONSULTANT, 440105);
    const char *path = town_at(t, "/api/v1/people/", id_text(t, person), "/slip");
    CHECK_EQ(town_call(t, POST, path, "{}", seeker).status, 403);
    struct answer a = town_call(t, POST, path, "{}", desk);
    CHECK_EQ(a.status, 201);
    struct str url = json_value(t, a.body, "url");
    ptrdiff_t cut = str_find(url, S("/c/"));
    CHECK(cut > 0);
    const char *code = str_z(&t->a, str_sub(url, (size_t)cut, url.n));
    CHECK_EQ(town_call(t, GET, code, "", S("")).status, 200); /* a look does not spend it */
    a = town_call(t, POST, code, "{}", S(""));
    CHECK_EQ(a.status, 200);
    CHECK_STR(json_value(t, a.body, "person_id"), id_text(t, person));
    CHECK(town_call(t, POST, code, "{}", S("")).status >= 400);
    a = town_call(t, POST, path, "{}", desk);
    url = json_value(t, a.body, "url");
    t->now_ms += 31 * MIN_MS;
    CHECK(town_call(t, POST, str_z(&t->a, str_sub(url, (size_t)str_find(url, S("/c/")), url.n)), "{}", S("")).status >= 400);
}

TEST(a_slip_opens_one_persons_pages_once_within_half_an_hour)
{
    each_town(slips);
}

static enum err promote(struct request *rq)
{
    int64_t account;
    CHECK(account_of_person(rq, *(int64_t *)rq->object, &account) == OK);
    return account_grant(rq, account, CITY_ADMIN, 0, 0);
}

static void no_role(struct town *t)
{
    int64_t person;
    town_seeker(t, "13811110002", &person);
    struct str desk = town_staff(t, CONSULTANT, 440105);
    CHECK(app_write(&t->app, promote, &person) == OK);
    CHECK(town_call(t, POST, town_at(t, "/api/v1/people/", id_text(t, person), "/slip"), "{}", desk).status == 409);
}

TEST(a_slip_never_carries_the_role_of_a_member_of_staff)
{
    each_town(no_role);
}

static void kiosk(struct town *t)
{
    CHECK(app_write(&t->app, make_hall, NULL) == OK);
    CHECK_EQ(town_call(t, GET, "/hall/wall", "", S("")).status, 200);
    CHECK_EQ(town_call(t, GET, "/kiosk/door", "", S("")).status, 200);
    CHECK_EQ(town_call(t, GET, "/kiosk/wall", "", S("")).status, 404); /* each address opens its own kind */
    CHECK_EQ(town_call(t, GET, "/hall/door", "", S("")).status, 404);
    CHECK_EQ(town_call(t, POST, "/kiosk/guess/join", "{\"name\":\"甲\"}", S("")).status, 404);
    struct answer a = town_call(t, POST, "/kiosk/door/join", "{\"name\":\"谭阿姨\"}", S(""));
    CHECK_EQ(a.status, 200);
    CHECK(str_find(a.body, S("<svg")) > 0);
    CHECK_EQ(town_call(t, POST, "/kiosk/door/join", "{\"name\":\"\"}", S("")).status, 422);
    CHECK_EQ(town_call(t, POST, "/kiosk/door/join", "{\"name\":\"甲\",\"id_number\":\"440101199001011234\"}", S("")).status, 422);
    CHECK(town_call(t, POST, "/kiosk/door/call", "{}", S("")).status < 300);
    struct str near = town_staff(t, SITE_MANAGER, 440105), far = town_staff(t, SITE_MANAGER, 440114);
    a = town_call(t, GET, "/api/v1/screens", "", near);
    CHECK(json_value(t, a.body, "called_ms").n > 0);
    struct str id = json_value(t, a.body, "id");
    CHECK_STR(json_value(t, town_call(t, GET, "/api/v1/screens", "", far).body, "id"), S(""));
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/screens/", id, "/remove"), "{}", far).status, 404);
    CHECK(town_call(t, POST, town_at(t, "/api/v1/screens/", id, "/remove"), "{}", near).status < 300);
    CHECK_EQ(town_call(t, GET, "/kiosk/door", "", S("")).status, 404);
}

static void post_at(struct town *t, struct str boss, struct str desk, const char *title, const char *start)
{
    struct str body = str_fmt(&t->a, "{\"title\":\"%s\",\"trade\":\"sewing\",\"text\":\"做女装连衣裙\",\"address\":\"天河区棠下街\",\"pay_unit\":\"hour\",\"pay_fen\":2600,"
                                     "\"rhythm\":\"day\",\"valid_to\":\"2026-11-24\",\"start_ms\":\"2026-11-24T%s:00+08:00\",\"end_ms\":\"2026-11-24T17:00:00+08:00\",\"cap\":2}", title, start);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), boss);
    CHECK_EQ(a.status, 201);
    CHECK(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk).status < 300);
}

/* At nine, eleven kilometres away. */
static void kiosk_today(struct town *t)
{
    int64_t employer;
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 0);
    CHECK(app_write(&t->app, make_hall, NULL) == OK);
    post_at(t, boss, desk, "来不及的活", "09:20");
    post_at(t, boss, desk, "来得及的活", "11:00");
    struct str page = town_call(t, GET, "/kiosk/door/jobs?pick=today", "", S("")).body;
    CHECK(str_find(page, S("来得及的活")) > 0 && str_find(page, S("来不及的活")) < 0);
}

TEST(a_kiosk_shows_as_todays_what_can_be_reached_from_it_in_time)
{
    each_town(kiosk_today);
}

TEST(a_kiosk_registers_by_paper_and_only_under_its_own_address)
{
    each_town(kiosk);
}

static void complaints(struct town *t)
{
    int64_t employer, person;
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), worker = town_seeker(t, "13811110003", &person);
    struct str desk = town_staff(t, MEDIATOR, 440105), far = town_staff(t, MEDIATOR, 440114), checker = town_staff(t, CONSULTANT, 0);
    struct answer a = town_call(t, POST, "/api/v1/jobs",
                                "{\"title\":\"平车车位工\",\"text\":\"女装连衣裙,会平车\",\"rhythm\":\"day\",\"address\":\"海珠区凤阳街\",\"pay_unit\":\"day\","
                                "\"pay_fen\":32000,\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T08:30:00+08:00\","
                                "\"end_ms\":\"2026-11-25T18:00:00+08:00\",\"cap\":2,\"district\":440105}",
                                boss);
    struct str job = json_value(t, a.body, "id"), shift = json_value(t, a.body, "shift_id");
    CHECK(str_find(town_call(t, GET, town_at(t, "/complain?job=", job, ""), "", S("")).body, S("锦裳")) < 0); /* nobody has looked at it */
    CHECK(town_call(t, POST, town_at(t, "/api/v1/jobs/", job, "/verify"), "{\"level\":\"phoned\"}", checker).status < 300);
    CHECK(str_find(town_call(t, GET, town_at(t, "/jobs/", shift, ""), "", S("")).body, S("中间休息")) < 0); /* there is none */
    CHECK(str_find(town_call(t, GET, town_at(t, "/complain?job=", job, ""), "", S("")).body, S("锦裳制衣厂 · 平车车位工")) > 0);
    a = town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", worker);
    struct str hire = json_value(t, a.body, "id");

    const char *fee = town_at(t, "{\"what\":\"fee\",\"job_id\":\"", job, "\"}");
    CHECK_EQ(town_call(t, POST, "/api/v1/complaints", fee, S("")).status, 422); /* whom shall we call? */
    fee = town_at(t, "{\"what\":\"fee\",\"phone\":\"13900001111\",\"job_id\":\"", job, "\"}");
    a = town_call(t, POST, "/api/v1/complaints", fee, S(""));
    CHECK_EQ(a.status, 201);
    struct str by_stranger = json_value(t, a.body, "id");
    CHECK(str_find(town_call(t, GET, "/api/v1/jobs-open", "", S("")).body, shift) > 0); /* a stranger hides nothing */
    CHECK(str_find(town_call(t, GET, town_at(t, "/complain?hire=", hire, ""), "", worker).body, S("锦裳制衣厂 · 平车车位工 · 明天 08:30–18:00")) > 0);
    const char *own = town_at(t, "{\"what\":\"untrue\",\"hire_id\":\"", hire, "\"}");
    CHECK_EQ(town_call(t, POST, "/api/v1/complaints", own, boss).status, 422); /* not his day */
    a = town_call(t, POST, "/api/v1/complaints", own, worker);
    CHECK_EQ(a.status, 201);
    CHECK(str_find(town_call(t, GET, "/api/v1/jobs-open", "", S("")).body, shift) < 0); /* until somebody looked */

    struct str own_page = town_call(t, GET, "/complain", "", worker).body; /* what becomes of it */
    CHECK(str_find(own_page, S("在办</span> <b>活和说的不一样")) > 0 && str_find(own_page, S("最晚给您打电话: <b>明天 ")) > 0);
    CHECK(str_find(own_page, S("要押金、介绍费</b>")) < 0); /* a stranger's */
    CHECK(str_find(town_call(t, GET, "/complain", "", S("")).body, S("您投诉过的")) < 0);
    CHECK(str_find(town_call(t, GET, "/my", "", worker).body, S("href=\"/complain#own\"")) > 0);

    struct str id = json_value(t, a.body, "id");
    CHECK_EQ(town_call(t, GET, "/api/v1/complaints", "", worker).status, 403);
    CHECK(str_find(town_call(t, GET, "/api/v1/complaints", "", far).body, id) < 0);
    a = town_call(t, GET, "/api/v1/complaints", "", desk);
    CHECK(str_find(a.body, id) > 0 && str_find(a.body, S("13811110003")) < 0); /* masked */
    CHECK(str_find(a.body, S("\"title\":\"平车车位工\",\"start_ms\":\"2026-11-25T08:30:00+08:00\"")) > 0); /* which day */
    CHECK(str_find(a.body, S("\"title\":\"平车车位工\",\"start_ms\":null")) > 0);                    /* which post */
    a = town_call(t, POST, town_at(t, "/api/v1/complaints/", id, "/open"), "{\"reason\":\"回电话\"}", desk);
    CHECK_STR(json_value(t, a.body, "phone"), S("13811110003"));
    const char *close = town_at(t, "/api/v1/complaints/", id, "/close"), *end = "{\"result\":\"upheld\",\"reason\":\"样衣不符\"}";
    CHECK_EQ(town_call(t, POST, close, end, far).status, 404);
    CHECK(town_call(t, POST, close, "{\"result\":\"upheld\"}", desk).status == 422); /* not without a reason */
    CHECK(town_call(t, POST, close, end, desk).status < 300);
    CHECK_EQ(town_call(t, POST, close, end, desk).status, 409);
    own_page = town_call(t, GET, "/complain", "", worker).body;
    CHECK(str_find(own_page, S("办结 · 属实</span>")) > 0 && str_find(own_page, S("样衣不符")) < 0);
    struct letters out = {.a = &t->a};
    CHECK(app_write(&t->app, notice_claim, &out) == OK && out.n == 1); /* once, and not to the other side */
    CHECK_STR(out.v[0].phone, S("13811110003"));
    CHECK_STR(out.v[0].text, S("零集:您投诉的「锦裳制衣厂 · 活和说的不一样,属实」,办结了。想知道怎么处理的,或不同意,到服务台或打 12333。"));
    t->lang = LANG_EN;
    town_browse(t, GET, "/my", "", town_seeker(t, "13900001111", &person));
    t->lang = LANG_ZH;
    CHECK(town_call(t, POST, town_at(t, "/api/v1/complaints/", by_stranger, "/close"), end, desk).status < 300);
    CHECK(app_write(&t->app, notice_claim, &out) == OK && out.n == 1);
    CHECK(str_starts(out.v[0].text, S("Lingji: your complaint was closed: 锦裳制衣厂 · Asked for a deposit or fee, Upheld. ")));
}

TEST(a_complaint_is_called_back_and_closed_with_a_reason_and_who_complained_hears_of_it)
{
    each_town(complaints);
}

static void cards(struct town *t)
{
    struct str desk = town_staff(t, CONSULTANT, 440105);
    CHECK_EQ(town_call(t, POST, "/api/v1/people", "{\"name\":\"陈秀英\",\"id_number\":\"11010519491231002x\"}", desk).status, 200 + 1);
    CHECK(str_find(town_found(t, "11010519491231002X", desk).body, S("\"name\":\"陈**\"")) > 0);
    CHECK(str_find(town_found(t, "11010519491231002x", desk).body, S("\"name\":\"陈**\"")) > 0);
    struct answer a = town_found(t, "110105194912310021", desk);
    CHECK_EQ(town_call(t, GET, "/api/v1/people?q=11010519491231002X", "", desk).status, 405); /* addresses are logged on the way */
    CHECK_EQ(a.status, 422); /* a digit is wrong, and said so, instead of "nobody" */
    CHECK(str_find(a.body, S("/q")) > 0 && str_find(a.body, S("身份证号不对")) > 0);
}

TEST(a_card_finds_its_person_and_a_wrong_digit_is_named)
{
    each_town(cards);
}

static double off_m(struct town *t, struct str body, const char *field, struct geo from)
{
    struct geo g = {0, 0};
    ptrdiff_t at = str_find(body, str_fmt(&t->a, "\"%s\":{", field));
    struct str rest = at < 0 ? S("") : str_sub(body, (size_t)at, body.n);
    return str_f64(json_value(t, rest, "lon"), &g.lon) && str_f64(json_value(t, rest, "lat"), &g.lat) ? geo_m(from, g) : 1e9;
}

static void doors(struct town *t)
{
    struct str desk = town_staff(t, CONSULTANT, 440105);
    struct answer a = town_call(t, POST, "/api/v1/people", "{\"name\":\"陈秀英\",\"home\":{\"lon\":113.30149,\"lat\":23.08651},"
                                "\"care\":{\"lon\":113.30951,\"lat\":23.08549}}", desk);
    CHECK_EQ(a.status, 201);
    a = town_call(t, GET, town_at(t, "/api/v1/people/", json_value(t, a.body, "id"), ""), "", desk);
    CHECK(off_m(t, a.body, "home", (struct geo){113.301, 23.087}) < 0.1);
    CHECK(off_m(t, a.body, "care", (struct geo){113.31, 23.085}) < 0.1);
}

TEST(where_somebody_lives_is_kept_to_a_hundred_metres)
{
    each_town(doors);
}

/* Where the way to work begins is said in words: they are found on the map, as those of a post are. */
static void places(struct town *t)
{
    const struct geo tangxia = {113.382, 23.134}, lujiang = {113.303, 23.098}, given = {113.5, 23.2};
    struct str desk = town_staff(t, CONSULTANT, 0);
    struct answer a = town_call(t, POST, "/api/v1/people", "{\"name\":\"周大姐\",\"phone\":\"13811110021\",\"home_text\":\"天河区棠下街达善里3号\"}", desk);
    CHECK(off_m(t, a.body, "home", tangxia) < 1000);
    const char *edit = town_at(t, "/api/v1/people/", json_value(t, a.body, "id"), "");
    a = town_call(t, POST, edit, "{\"home_text\":\"鹭江村\"}", desk);
    CHECK(off_m(t, a.body, "home", lujiang) < 1000);
    a = town_call(t, POST, edit, "{\"home_text\":\"一个谁也不知道的地方\"}", desk);
    CHECK(str_find(a.body, S("\"home\":null")) > 0); /* not where he lived before */
    a = town_call(t, POST, edit, "{\"home_text\":\"棠下\",\"home\":{\"lon\":113.5,\"lat\":23.2}}", desk);
    CHECK(off_m(t, a.body, "home", given) < 1); /* what is given is never overruled */
    a = town_call(t, POST, edit, "{\"trade\":\"kitchen\"}", desk);
    CHECK(off_m(t, a.body, "home", given) < 1);
    int64_t employer;
    struct str boss = town_employer(t, "鹭江制衣", &employer);
    a = town_call(t, POST, "/api/v1/jobs", "{\"title\":\"帮厨\",\"text\":\"洗碗、择菜、打饭\",\"address\":\"天河区棠下街牌坊\",\"trade\":\"kitchen\","
                  "\"pay_unit\":\"hour\",\"pay_fen\":2600,\"rhythm\":\"day\",\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T09:00:00+08:00\",\"end_ms\":\"2026-11-25T17:00:00+08:00\",\"cap\":2}", boss);
    CHECK(off_m(t, a.body, "place", tangxia) < 1000);
}

TEST(an_address_is_found_by_the_names_in_it)
{
    each_town(places);
}

static void clocks(struct town *t)
{
    struct answer a = town_call(t, GET, "/join", "", town_staff(t, 0, 0));
    CHECK_EQ(a.status, 200);
    CHECK(str_find(a.body, S("value=\"1410\"")) > 0 && str_find(a.body, S("value=\"-")) < 0);
    CHECK(str_find(a.body, S("以后再说</option>")) > 0 && str_find(a.body, S("还没问")) < 0); /* that is what a desk says */
}

TEST(a_form_offers_only_times_of_the_day)
{
    each_town(clocks);
}
