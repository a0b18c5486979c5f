/* whose_test.c - whose record is whose: a number is proved by a code or written down at a desk, and nobody is
 * registered twice, takes over another or stands on both sides of a contract. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/account/account.h"
#include "feature/person/person.h"
#include "feature/plaza/plaza.h"
#include "feature/site/site.h"
#include "test.h"

static struct str id_text(struct town *t, int64_t id)
{
    return str_fmt(&t->a, "%lld", (long long)id);
}

static struct str signed_in(struct town *t, const char *phone)
{
    t->app.demo = true; /* the code is known */
    CHECK_EQ(town_call(t, POST, "/api/v1/sign-in", str_z(&t->a, str_fmt(&t->a, "{\"phone\":\"%s\"}", phone)), S("")).status, 204);
    const char *use = str_z(&t->a, str_fmt(&t->a, "{\"phone\":\"%s\",\"code\":\"123456\"}", phone));
    return json_value(t, town_call(t, POST, "/api/v1/sign-in/code", use, S("")).body, "token");
}

static struct str me(struct town *t, struct str token)
{
    return json_value(t, town_call(t, GET, "/api/v1/me", "", token).body, "person_id");
}

static struct str found(struct town *t, const char *phone, struct str desk)
{
    return json_value(t, town_found(t, phone, desk).body, "id");
}

static const char *opens(struct town *t, struct str id, const char *field, struct str desk)
{
    const char *form = str_z(&t->a, str_fmt(&t->a, "{\"field\":\"%s\",\"reason\":\"回电话问\"}", field));
    return str_z(&t->a, json_value(t, town_call(t, POST, town_at(t, "/api/v1/people/", id, "/open"), form, desk).body, "value"));
}

static struct str open_shift(struct town *t, struct str boss, struct str desk)
{
    struct answer a = town_call(t, POST, "/api/v1/jobs", "{\"title\":\"洗碗工\",\"trade\":\"kitchen\",\"text\":\"洗碗、择菜\",\"address\":\"凤阳街\","
                                "\"pay_unit\":\"hour\",\"pay_fen\":2600,\"rhythm\":\"day\",\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T09:00:00+08:00\","
                                "\"end_ms\":\"2026-11-25T17:00:00+08:00\",\"cap\":3,\"district\":440105}", boss);
    CHECK(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk).status < 300);
    return json_value(t, a.body, "shift_id");
}

static const char him[] = "{\"name\":\"李小妹\",\"trade\":\"kitchen\",\"home_text\":\"棠下\",\"born\":\"1990-05-01\"}";

static void own_number(struct town *t)
{
    int64_t employer;
    struct str desk = town_staff(t, CONSULTANT, 0), boss = town_employer(t, "锦裳制衣厂", &employer), w = signed_in(t, "13811112222");
    struct str shift = open_shift(t, boss, desk);
    struct answer a = town_call(t, POST, "/api/v1/people", him, w);
    CHECK_EQ(a.status, 201);
    struct str id = json_value(t, a.body, "id");
    CHECK_STR(found(t, "13811112222", desk), id);
    CHECK_STR(str_c(opens(t, id, "phone", desk)), S("13811112222"));
    CHECK_EQ(town_call(t, POST, "/api/v1/people", him, w).status, 409);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", w).status, 201);
    a = town_call(t, POST, "/api/v1/people", "{\"name\":\"李小妹\",\"phone\":\"138 1111 2222\"}", desk);
    CHECK_EQ(a.status, 409);
    CHECK_STR(me(t, w), id); /* still himself, with his days */
    CHECK(str_find(town_call(t, GET, "/api/v1/my/hires", "", w).body, shift) > 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", w).status, 409);
}

TEST(who_registers_himself_is_known_by_the_number_he_signed_in_with)
{
    each_town(own_number);
}

static void said_number(struct town *t)
{
    struct str w = signed_in(t, "13811112222"), desk = town_staff(t, CONSULTANT, 0);
    CHECK_EQ(town_call(t, POST, "/api/v1/people", "{\"name\":\"李小妹\",\"phone\":\"138-1111-2222\"}", w).status, 201);
    struct str id = me(t, w);
    CHECK_STR(str_c(opens(t, id, "phone", desk)), S("13811112222"));
    const char *own = town_at(t, "/api/v1/people/", id, "");
    CHECK_EQ(town_call(t, POST, own, "{\"phone\":\"+86 138 1111 2222\",\"trade\":\"sewing\"}", w).status, 200);
    CHECK_EQ(town_call(t, POST, own, "{\"phone\":\"138****2222\",\"trade\":\"kitchen\"}", w).status, 200); /* as it was shown */
    CHECK_EQ(town_call(t, POST, own, "_key=1&phone=13811112222&trade=sewing", w).status, 303);
    CHECK_STR(found(t, "13811112222", desk), id);
    CHECK_STR(str_c(opens(t, id, "phone", desk)), S("13811112222"));
    struct answer a = town_call(t, POST, own, "{\"phone\":\"13811114444\"}", w);
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("\"pointer\":\"/phone\",\"code\":\"input.phone_own\"")) > 0 && str_find(a.body, S("请带身份证到零工驿站服务台更改")) > 0);
    CHECK_STR(str_c(opens(t, id, "phone", desk)), S("13811112222"));
}

TEST(who_says_the_number_he_signed_in_with_has_said_nothing_wrong)
{
    each_town(said_number);
}

static void others_number(struct town *t)
{
    int64_t employer, known;
    struct str desk = town_staff(t, CONSULTANT, 0), boss = town_employer(t, "锦裳制衣厂", &employer), a = signed_in(t, "13811113333");
    struct str shift = open_shift(t, boss, desk);
    town_seeker(t, "13811119999", &known);
    struct answer other = town_call(t, POST, "/api/v1/people", "{\"name\":\"甲\",\"phone\":\"13811114444\"}", a);
    CHECK(other.status == 422 && str_find(other.body, S("input.phone_own")) > 0);
    CHECK_STR(town_call(t, POST, "/api/v1/people", "{\"name\":\"甲\",\"phone\":\"13811119999\"}", a).body, other.body);
    CHECK_EQ(town_call(t, POST, "/api/v1/people", him, a).status, 201);
    const char *own = town_at(t, "/api/v1/people/", me(t, a), "");
    struct answer free = town_call(t, POST, own, "{\"phone\":\"13811114444\"}", a), taken = town_call(t, POST, own, "{\"phone\":\"13811119999\"}", a);
    CHECK_EQ(free.status, 422);
    CHECK_STR(free.body, taken.body); /* nobody learns by it who is registered */
    const char *join = "{\"name\":\"乙\",\"phone\":\"13811114444\",\"age_said\":\"adult\"}";
    CHECK(town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/join-ask"), join, S("")).status < 300);
    join = "{\"name\":\"乙\",\"phone\":\"13811114444\",\"age_said\":\"adult\",\"code\":\"123456\"}";
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/join"), join, S("")).status, 201);
    struct str v = signed_in(t, "13811114444");
    CHECK(me(t, v).n && !str_eq(me(t, v), me(t, a)));
}

TEST(nobody_registers_under_a_number_that_he_has_not_proved)
{
    each_town(others_number);
}

static void new_number(struct town *t)
{
    int64_t other;
    struct str desk = town_staff(t, CONSULTANT, 0), w = signed_in(t, "13811115555");
    CHECK_EQ(town_call(t, POST, "/api/v1/people", him, w).status, 201);
    struct str id = me(t, w), q = town_seeker(t, "13811119999", &other), next = signed_in(t, "13811116666");
    const char *one = town_at(t, "/api/v1/people/", id, "");
    CHECK_EQ(town_call(t, POST, one, "{\"phone\":\"13811119999\"}", desk).status, 409);
    CHECK_STR(me(t, q), id_text(t, other));
    CHECK_EQ(town_call(t, POST, one, "{\"phone\":\"138****5555\",\"trade\":\"sewing\"}", desk).status, 200);
    CHECK_STR(me(t, w), id); /* only shown, not changed */
    CHECK_EQ(town_call(t, POST, one, "{\"phone\":\"138-1111-6666\"}", desk).status, 200);
    CHECK_STR(me(t, next), id);
    CHECK(!str_eq(me(t, w), id)); /* whoever holds the old number now is not he */
    CHECK_STR(found(t, "13811116666", desk), id);
    CHECK_STR(found(t, "13811115555", desk), S(""));
    CHECK(str_find(town_call(t, GET, "/me/edit", "", next).body, S("138****6666")) > 0);
    CHECK(str_find(town_call(t, GET, "/me/edit", "", next).body, S("name=\"phone\"")) < 0);
    CHECK(str_find(town_call(t, GET, "/join", "", w).body, S("name=\"phone\"")) < 0);
}

TEST(a_desk_writes_down_a_new_number_and_the_old_one_opens_nothing)
{
    each_town(new_number);
}

static void first_desk(struct town *t)
{
    int64_t employer, known;
    struct str w = signed_in(t, "13811112222"), near = town_staff(t, CONSULTANT, 440105), far = town_staff(t, CONSULTANT, 440118);
    struct str boss = town_employer(t, "锦裳制衣厂", &employer), shift = open_shift(t, boss, near);
    town_seeker(t, "13811119999", &known); /* of 440105 */
    CHECK_EQ(town_call(t, POST, "/api/v1/people", him, w).status, 201);
    struct str id = me(t, w);
    CHECK_STR(found(t, "13811112222", near), id);
    CHECK_STR(found(t, "13811112222", far), id); /* he lives nowhere yet */
    struct answer a = town_call(t, POST, "/api/v1/people", "{\"name\":\"李小妹\",\"phone\":\"13811112222\"}", near);
    CHECK(a.status == 409 && str_find(a.body, S("请先查找")) > 0);
    const char *for_him = town_at(t, "{\"person_id\":\"", id, "\",\"reason\":\"他自己要\"}");
    CHECK_EQ(town_call(t, GET, town_at(t, "/api/v1/suggestions?person=", id, ""), "", near).status, 200);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), for_him, near).status, 201);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/people/", id, ""), "{\"district\":440105}", near).status, 200);
    CHECK_STR(found(t, "13811112222", far), S(""));
    CHECK_STR(found(t, "13811119999", far), S(""));
    a = town_call(t, POST, "/api/v1/people", "{\"name\":\"李小妹\",\"phone\":\"13811112222\"}", far);
    CHECK(a.status == 409 && str_find(a.body, S("记录在别的区")) > 0);
}

TEST(whoever_has_no_district_yet_is_found_at_any_desk)
{
    each_town(first_desk);
}

static enum err add_kiosk(struct request *rq)
{
    struct site s = {.id = new_id(rq), .city = rq->city, .district = 440105, .name = S("凤阳零工广场"), .place = {113.29, 23.08}};
    struct screen kiosk = {.site_id = s.id, .kind = SCREEN_KIOSK, .name = S("自助机")};
    CHECK(site_add(rq, &s) == OK);
    return plaza_add_screen(rq, &kiosk, S("door"));
}

static void one_card(struct town *t)
{
    struct str desk = town_staff(t, CONSULTANT, 0);
    struct answer a = town_call(t, POST, "/api/v1/people", "{\"name\":\"陈秀英\",\"phone\":\"13822221111\",\"id_number\":\"11010519491231002X\"}", desk);
    CHECK_EQ(a.status, 201);
    struct str first = json_value(t, a.body, "id");
    a = town_call(t, POST, "/api/v1/people", "{\"name\":\"陈秀英\",\"phone\":\"13822222222\",\"id_number\":\"11010519491231002x\"}", desk);
    CHECK_EQ(a.status, 409);
    CHECK(str_find(a.body, S("身份证号已经登记过了")) > 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/people/", first, ""), "{\"district\":440105}", desk).status, 200);
    a = town_call(t, POST, "/api/v1/people", "{\"name\":\"陈秀英\",\"id_number\":\"11010519491231002x\"}", town_staff(t, CONSULTANT, 440118));
    CHECK(a.status == 409 && str_find(a.body, S("记录在别的区")) > 0);
    a = town_call(t, POST, "/api/v1/people", "{\"name\":\"秀英\",\"phone\":\"13822222222\"}", desk);
    const char *second = town_at(t, "/api/v1/people/", json_value(t, a.body, "id"), "");
    CHECK_EQ(town_call(t, POST, second, "{\"id_number\":\"11010519491231002X\"}", desk).status, 409);
    CHECK_EQ(town_call(t, POST, second, "{\"id_number\":\"440102199003072976\"}", desk).status, 200);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/people/", first, ""), "{\"id_number\":\"11010519491231002x\",\"trade\":\"sewing\"}", desk).status, 200);
    CHECK(app_write(&t->app, add_kiosk, NULL) == OK);
    CHECK_EQ(town_call(t, POST, "/kiosk/door/join", "{\"name\":\"陈秀英\",\"age_said\":\"adult\",\"id_number\":\"11010519491231002X\"}", S("")).status, 409);
}

/* As an older program left it: nobody asked whether the number was known. */
static enum err older_cards(struct request *rq)
{
    static const char *const cards[] = {"11010519491231002X", "440102199003072976", "11010519491231002x", ""};
    int64_t *id = rq->object;
    for (size_t i = 0; i < 5; i++) {
        struct person p = {.id = id[i] = new_id(rq), .city = rq->city, .district = 440105, .name = S("甲"), .id_number = str_c(cards[i < 4 ? i : 3]), .made_ms = rq->now_ms};
        CHECK(person_add(rq, &p) == OK);
    }
    return OK;
}

static enum err look_for_doubles(struct request *rq)
{
    struct person_double *v;
    size_t n;
    const int64_t *id = rq->object;
    CHECK(person_doubles(rq, &v, &n) == OK);
    CHECK(n == 1 && v[0].id == id[0] && v[0].other_id == id[2]); /* a small x is the same; no number is no number */
    return OK;
}

static void doubles(struct town *t)
{
    int64_t id[5];
    CHECK(app_write(&t->app, older_cards, id) == OK);
    CHECK(app_read(&t->app, look_for_doubles, id) == OK);
}

TEST(who_is_recorded_twice_by_his_identity_number_is_named)
{
    each_town(doubles);
}

TEST(one_identity_number_is_one_person)
{
    each_town(one_card);
}

static void both_sides(struct town *t)
{
    int64_t employer, other;
    struct str desk = town_staff(t, CONSULTANT, 0), boss = town_employer(t, "锦裳制衣厂", &employer), else_ = town_seeker(t, "13822227777", &other);
    struct str shift = open_shift(t, boss, desk);
    CHECK_EQ(town_call(t, POST, "/api/v1/people", "{\"name\":\"陈厂长\",\"trade\":\"kitchen\",\"home_text\":\"棠下\",\"born\":\"1980-05-01\"}", boss).status, 201);
    struct str id = me(t, boss);
    const char *take = town_at(t, "/api/v1/shifts/", shift, "/take");
    CHECK_STR(json_value(t, town_call(t, POST, take, "{}", boss).body, "rule"), S("both_sides"));
    CHECK_STR(json_value(t, town_call(t, POST, take, town_at(t, "{\"person_id\":\"", id, "\",\"reason\":\"他自己要\"}"), desk).body, "rule"), S("both_sides"));
    const char *ask = town_at(t, "{\"person_id\":\"", id, "\"}");
    CHECK_STR(json_value(t, town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/invite"), ask, boss).body, "rule"), S("not_now"));
    CHECK(str_find(town_call(t, GET, "/api/v1/suggestions", "", boss).body, shift) < 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/suggestions", "", else_).body, shift) > 0);
    CHECK_EQ(town_call(t, POST, take, "{}", else_).status, 201);
}

TEST(nobody_takes_a_place_that_he_offers_himself)
{
    each_town(both_sides);
}

static void no_address(struct town *t)
{
    t->app.demo = true;
    struct answer a = town_call(t, POST, "/api/v1/sign-in", "_key=1&phone=138+2222+8888&next=/jobs/7", S(""));
    CHECK_EQ(a.status, 303);
    CHECK_STR(a.location, S("/sign-in/code?next=%2Fjobs%2F7"));
    CHECK(t->typed.n && str_find(t->typed, S("2222")) < 0);
    a = town_call(t, GET, str_z(&t->a, a.location), "", S(""));
    CHECK_EQ(a.status, 200);
    CHECK(str_find(a.body, S("name=\"phone\" value=\"138 2222 8888\"")) > 0 && str_find(a.body, S("name=\"next\" value=\"/jobs/7\"")) > 0);
    CHECK(str_find(a.body, S("to=/sign-in/code")) > 0); /* another size of type does not lose the way */
    a = town_call(t, POST, "/api/v1/sign-in/code", "_key=2&phone=138+2222+8888&code=000000&next=/jobs/7", S(""));
    CHECK_STR(a.location, S("/sign-in/code?next=%2Fjobs%2F7&wrong=1")); /* no answer to a form is gone back to */
    a = town_call(t, GET, str_z(&t->a, a.location), "", S(""));
    CHECK(a.status == 409 && str_find(a.body, S("value=\"138 2222 8888\"")) > 0 && str_find(a.body, S("验证码不对")) > 0);
    a = town_call(t, POST, "/api/v1/sign-in/code", "_key=3&phone=138+2222+8888&code=123456&next=/jobs/7", S(""));
    CHECK_EQ(a.status, 303);
    CHECK_STR(a.location, S("/jobs/7"));
    CHECK_STR(t->typed, S("")); /* it has done its duty */
    CHECK_STR(town_call(t, GET, "/sign-in/code?next=%2Fjobs%2F7", "", a.token).location, S("/jobs/7")); /* gone back to */
    CHECK_STR(town_call(t, GET, "/sign-in/code?next=%2F%2Felse", "", a.token).location, S("/"));
    a = town_call(t, GET, "/sign-in/code?phone=13822228888", "", S(""));
    CHECK_EQ(a.status, 200); /* whoever comes back here types it again */
    CHECK(str_find(a.body, S("13822228888")) < 0 && str_find(a.body, S("id=\"f-phone\"")) > 0);
    CHECK_STR(town_call(t, GET, "/lang/en?to=/api/v1/sign-in", "", S("")).location, S("/"));
    a = town_call(t, GET, "/favicon.ico", "", S(""));
    CHECK(a.status == 200 && str_find(a.body, S("<svg")) == 0);
}

TEST(no_number_stands_in_an_address)
{
    each_town(no_address);
}

static const char asked_by_phone[] = "_key=1&name=%E4%B9%99&phone=13811114444&age_said=adult";

static void no_name(struct town *t)
{
    int64_t employer;
    struct str desk = town_staff(t, CONSULTANT, 0), boss = town_employer(t, "锦裳制衣厂", &employer), shift = open_shift(t, boss, desk);
    struct str other = open_shift(t, boss, desk);
    const char *page = town_at(t, "/jobs/", shift, "/join/code"), *ask = town_at(t, "/api/v1/shifts/", shift, "/join-ask");
    t->app.demo = true;
    CHECK_STR(town_call(t, GET, page, "", S("")).location, str_c(town_at(t, "/jobs/", shift, "/join"))); /* nothing typed yet */
    struct answer a = town_call(t, POST, ask, asked_by_phone, S(""));
    CHECK_EQ(a.status, 303);
    CHECK_STR(a.location, str_c(page));
    for (int times = 0; times < 2; times++) { /* another size of type reads it again */
        a = town_call(t, GET, page, "", S(""));
        CHECK(a.status == 200 && str_find(a.body, S("name=\"name\" value=\"乙\"")) > 0 && str_find(a.body, S("value=\"13811114444\"")) > 0);
        CHECK(str_find(a.body, S("name=\"age_said\" value=\"adult\"")) > 0 && str_find(a.body, str_c(town_at(t, "to=/jobs/", shift, "/join/code\""))) > 0);
    }
    CHECK_EQ(town_call(t, GET, town_at(t, "/jobs/", other, "/join/code"), "", S("")).status, 303); /* typed for another page */
    struct str typed = t->typed;
    static const char *const spoiled[] = {"0bad", "0ba", "0x", "0b:ad"};
    for (size_t i = 0; i < sizeof spoiled / sizeof *spoiled; i++) {
        t->typed = str_c(spoiled[i]);
        CHECK_EQ(town_call(t, GET, page, "", S("")).status, 303);
    }
    t->typed = typed;
    const char *wrong = str_z(&t->a, str_cat(&t->a, str_c(asked_by_phone), S("&code=000000")));
    a = town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/join"), wrong, S(""));
    CHECK_STR(a.location, str_c(town_at(t, "/jobs/", shift, "/join/code?wrong=1")));
    a = town_call(t, GET, str_z(&t->a, a.location), "", S(""));
    CHECK(a.status == 409 && str_find(a.body, S("验证码不对")) > 0 && str_find(a.body, S("value=\"乙\"")) > 0);
    a = town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/join"), str_z(&t->a, str_cat(&t->a, str_c(asked_by_phone), S("&code=123456"))), S(""));
    CHECK(a.status == 303 && str_starts(a.location, S("/my/")));
    CHECK_STR(t->typed, S(""));
    CHECK_STR(town_call(t, GET, page, "", a.token).location, str_c(town_at(t, "/jobs/", shift, ""))); /* gone back to */
}

TEST(the_page_of_the_digits_is_read_again_with_what_was_typed)
{
    each_town(no_name);
}


static void no_district(struct town *t)
{
    struct str admin = town_staff(t, CITY_ADMIN, 0), desk = town_staff(t, CONSULTANT, 0), w = signed_in(t, "13811117777");
    struct str account = json_value(t, town_call(t, GET, "/api/v1/me", "", desk).body, "account_id");
    const char *grants = town_at(t, "/api/v1/staff/", account, "/grants");
    static const char firm[] = "{\"name\":\"锦裳制衣厂\",\"uscc\":\"91440105MA59BNQX4C\",\"contact\":\"陈厂长\",\"phone\":\"13911112222\",\"district\":%d}";
    struct answer a = town_call(t, POST, grants, "{\"role\":\"inspector\",\"district\":999999}", admin);
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("input.district")) > 0);
    CHECK_EQ(town_call(t, POST, grants, "{\"role\":\"inspector\",\"district\":440199}", admin).status, 422); /* none of that number */
    CHECK_EQ(town_call(t, POST, grants, "{\"role\":\"inspector\",\"district\":440106}", admin).status, 204);
    CHECK_EQ(town_call(t, POST, grants, "{\"role\":\"inspector\",\"district\":0}", admin).status, 204);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/staff/", account, "/grants/end"), "{\"role\":\"grid\",\"district\":999999}", admin).status, 404); /* older ones can be ended */
    CHECK_EQ(town_call(t, POST, "/api/v1/employers", str_z(&t->a, str_fmt(&t->a, firm, 1)), w).status, 422);
    CHECK_EQ(town_call(t, POST, "/api/v1/employers", str_z(&t->a, str_fmt(&t->a, firm, 440105)), w).status, 201);
    CHECK_EQ(town_call(t, POST, "/api/v1/people", "district=440199&name=abc", desk).status, 422);
}

TEST(a_district_is_one_that_the_city_has)
{
    each_town(no_district);
}

/* As an older program left it: an account with a number, a person without. */
static enum err older_people(struct request *rq)
{
    static const char *const numbers[] = {"13811118881", "13811118882"};
    for (size_t i = 0; i < 2; i++) {
        int64_t account;
        struct person p = {.id = new_id(rq), .city = rq->city, .district = 440105, .name = S("甲"), .made_ms = rq->now_ms};
        struct person other = {.id = new_id(rq), .city = rq->city, .district = 440105, .name = S("乙"), .phone = str_c(numbers[1]), .made_ms = rq->now_ms};
        CHECK(account_for_phone(rq, str_c(numbers[i]), &account) == OK);
        CHECK(person_add(rq, &p) == OK && account_tie_person(rq, account, p.id) == OK);
        CHECK(!i || person_add(rq, &other) == OK); /* the second number is another's record by now */
    }
    return person_number_old(rq->tx, rq->app->seal);
}

static void older_numbers(struct town *t)
{
    struct str desk = town_staff(t, CONSULTANT, 0);
    CHECK(app_write(&t->app, older_people, NULL) == OK);
    struct str id = found(t, "13811118881", desk);
    CHECK_STR(str_c(opens(t, id, "phone", desk)), S("13811118881"));
    CHECK_STR(found(t, "8881", desk), id);
    CHECK_STR(me(t, signed_in(t, "13811118881")), id);
    CHECK_STR(str_c(opens(t, found(t, "13811118882", desk), "name", desk)), S("乙"));
}

TEST(who_was_kept_without_a_number_has_that_of_his_account)
{
    each_town(older_numbers);
}

/* A mediator who looks for work himself and is of the desk by now. */
static void own_case(struct town *t)
{
    static const char *const acts[][2] = {
        {"/api/v1/hires/%/arrived", "{}"},
        {"/api/v1/hires/%/decide", "{\"hours\":8,\"reason\":\"我说了算\"}"},
        {"/api/v1/hires/%/excuse", "{\"excused\":true,\"reason\":\"我说了算\"}"},
        {"/api/v1/people/%/certificates", "{\"paper\":\"health\",\"to_day\":\"2027-01-01\"}"},
        {"/api/v1/people/%/support", "{\"what\":\"older\",\"reason\":\"我说了算\"}"},
        {"/api/v1/complaints/%/close", "{\"result\":\"upheld\",\"reason\":\"我说了算\"}"}};
    int64_t employer;
    struct str city = town_staff(t, CITY_ADMIN, 0), desk = town_staff(t, CONSULTANT | MEDIATOR, 0), he = town_staff(t, MEDIATOR, 0);
    struct str shift = open_shift(t, town_employer(t, "锦裳制衣厂", &employer), desk);
    struct str person = json_value(t, town_call(t, POST, "/api/v1/people", "{\"name\":\"李调解\",\"age_said\":\"adult\",\"district\":440105}", he).body, "id");
    struct str account = json_value(t, town_call(t, GET, "/api/v1/me", "", he).body, "account_id");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/staff/", account, "/grants"), "{\"role\":\"consultant\"}", city).status, 204);
    struct str hire = json_value(t, town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", he).body, "id");
    const char *says = str_z(&t->a, str_fmt(&t->a, "{\"what\":\"rude\",\"hire_id\":\"%.*s\",\"phone\":\"13811112222\"}", SV(hire)));
    struct str complaint = json_value(t, town_call(t, POST, "/api/v1/complaints", says, he).body, "id");
    const struct str ids[] = {hire, hire, hire, person, person, complaint};
    t->now_ms += DAY_MS;
    for (size_t i = 0; i < sizeof acts / sizeof *acts; i++) {
        struct str tail = str_c(acts[i][0]), head = str_cut(&tail, '%');
        const char *act = town_at(t, str_z(&t->a, head), ids[i], str_z(&t->a, tail));
        CHECK_STR(json_value(t, town_call(t, POST, act, acts[i][1], he).body, "rule"), S("own_case"));
        t->now_ms += i ? 0 : 9 * HOUR_MS; /* the shift is over */
        CHECK(!i || town_call(t, POST, act, acts[i][1], desk).status < 300);
    }
}

TEST(nobody_decides_about_himself)
{
    each_town(own_case);
}
