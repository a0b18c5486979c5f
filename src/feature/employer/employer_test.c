/* employer_test.c - the code of an employer. */
#include <string.h>

#include "app_fixture.h"
#include "feature/employer/employer.h"
#include "feature/employer/employer_rules.h"
#include "feature/job/job.h"
#include "test.h"

TEST(a_social_credit_code_is_right_only_with_its_check_character)
{
    static const char *const right[] = {"9144030071526726XG", "914403001922038216", "91330100799655058B"}; /* of the public register */
    for (size_t i = 0; i < sizeof right / sizeof *right; i++) {
        char z[20];
        CHECK(uscc_ok(str_c(right[i])));
        for (int k = 0; k < 18; k++) { /* one character wrong, anywhere */
            memcpy(z, right[i], 19);
            z[k] = z[k] == '7' ? '2' : '7';
            CHECK(!uscc_ok(str_c(z)));
        }
    }
    CHECK(!uscc_ok(S("")) && !uscc_ok(S("9144030071526726X")) && !uscc_ok(S("9144030071526726XGG")));
    CHECK(!uscc_ok(S("9144030071526726IG")) && !uscc_ok((struct str){"9144030071526726\0G", 18})); /* I is no letter of it */
}

static void registering(struct town *t)
{
    int64_t id;
    struct str who = town_seeker(t, "13811110001", &id);
    static const char body[] = "{\"name\":\"腾云制衣\",\"uscc\":\"%s\",\"address\":\"海珠区凤阳街1号\",\"contact\":\"李经理\",\"phone\":\"13822220001\"}";
    struct answer a = town_call(t, POST, "/api/v1/employers", str_z(&t->a, str_fmt(&t->a, body, "9144030071526726X0")), who);
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("\"/uscc\"")) > 0);
    a = town_call(t, POST, "/api/v1/employers", str_z(&t->a, str_fmt(&t->a, body, "9144030071526726xg")), who);
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "uscc"), S("9144030071526726XG"));
}

TEST(an_employer_registers_with_a_code_that_can_be_right)
{
    each_town(registering);
}

/* ---- in whose district it is ---- */

static struct answer registered(struct town *t, const char *where, struct str who)
{
    static const char body[] = "{\"name\":\"腾云制衣\",\"uscc\":\"9144030071526726XG\",\"contact\":\"李经理\",\"phone\":\"13822220001\",%s}";
    return town_call(t, POST, "/api/v1/employers", str_z(&t->a, str_fmt(&t->a, body, where)), who);
}

static bool waits_for(struct town *t, struct str firm, int64_t district)
{
    return str_find(town_call(t, GET, "/api/v1/employers", "", town_staff(t, INSPECTOR, district)).body, firm) > 0;
}

static void in_a_district(struct town *t)
{
    int64_t id;
    struct str who = town_seeker(t, "13811110001", &id);
    struct answer a = registered(t, "\"address\":\"凤阳街1号\"", who);
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("\"/district\"")) > 0);
    CHECK_EQ(registered(t, "\"address\":\"天河区到海珠区都有\"", who).status, 422); /* which one? */
    a = registered(t, "\"address\":\"广州市海珠区凤阳街1号\"", who);
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "district"), S("440105"));
    struct str firm = json_value(t, a.body, "id");
    CHECK(waits_for(t, firm, 440105) && waits_for(t, firm, 0) && !waits_for(t, firm, 440118));
}

TEST(an_employer_registers_in_a_district_chosen_or_named_in_its_address)
{
    each_town(in_a_district);
}

static void said_elsewhere(struct town *t)
{
    int64_t id;
    struct answer a = registered(t, "\"district\":440106,\"address\":\"海珠区凤阳街1号\"", town_seeker(t, "13811110001", &id));
    CHECK_STR(json_value(t, a.body, "district"), S("440106"));
}

TEST(a_district_that_was_chosen_stands_whatever_the_address_says)
{
    each_town(said_elsewhere);
}

static enum err in_no_district(struct request *rq)
{
    return employer_for_name(rq, S("云上餐饮"), 0, rq->object);
}

/* As they registered before they were asked. */
static void nowhere(struct town *t)
{
    int64_t id = 0, person;
    CHECK(app_write(&t->app, in_no_district, &id) == OK);
    struct str firm = str_fmt(&t->a, "%lld", (long long)id), inspector = town_staff(t, INSPECTOR, 440118);
    CHECK(waits_for(t, firm, 0) && waits_for(t, firm, 440105) && waits_for(t, firm, 440118));
    const char *head = str_z(&t->a, str_fmt(&t->a, "/api/v1/employers/%.*s", SV(firm)));
    CHECK_EQ(town_call(t, GET, str_z(&t->a, str_fmt(&t->a, "%s/jobs", head)), "", inspector).status, 200);
    struct str who = town_seeker(t, "13811110001", &person);
    struct answer a = town_call(t, POST, "/api/v1/employer-claims", str_z(&t->a, str_fmt(&t->a,
        "{\"employer_id\":\"%.*s\",\"uscc\":\"9144030071526726XG\",\"contact\":\"李经理\"}", SV(firm))), who);
    CHECK_EQ(a.status, 201);
    CHECK(str_find(town_call(t, GET, "/api/v1/employer-claims", "", inspector).body, json_value(t, a.body, "id")) > 0);
    const char *decide = str_z(&t->a, str_fmt(&t->a, "/api/v1/employer-claims/%.*s/decide", SV(json_value(t, a.body, "id"))));
    CHECK_EQ(town_call(t, POST, decide, "{\"yes\":true,\"reason\":\"看过执照原件\"}", inspector).status, 204);
    CHECK_EQ(town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "%s/verify", head)), "{\"uscc\":\"9144030071526726XG\"}", inspector).status, 204);
}

TEST(a_firm_of_no_district_is_checked_by_whichever_district_comes_first)
{
    each_town(nowhere);
}

/* ---- a firm of an advertisement ---- */

struct advert {
    const char *firm, *source_id;
    int64_t firm_id, job_id;
};

static enum err advertise(struct request *rq)
{
    struct advert *ad = rq->object;
    struct job j = {.id = new_id(rq), .city = rq->city, .district = 440105, .employer_name = str_c(ad->firm), .title = S("搬运工"),
                    .text = S("搬运货物"), .address = S("凤阳街1号"), .pay_unit = PAY_DAY, .pay_fen = 30000, .valid_to = 30000,
                    .source = S("ads"), .source_id = str_c(ad->source_id), .made_ms = rq->now_ms, .heads = 2};
    enum err e = ad->firm[0] ? employer_for_name(rq, j.employer_name, j.district, &j.employer_id) : OK;
    ad->firm_id = j.employer_id;
    ad->job_id = j.id;
    return e ? e : job_add(rq, &j);
}

static struct advert advertised(struct town *t, const char *firm, const char *source_id)
{
    struct advert ad = {.firm = firm, .source_id = source_id};
    CHECK(app_write(&t->app, advertise, &ad) == OK);
    return ad;
}

static const char *of(struct town *t, int64_t id, const char *what)
{
    return str_z(&t->a, str_fmt(&t->a, "/api/v1/employers/%lld%s", (long long)id, what));
}

static struct answer licence(struct town *t, const struct advert *ad, const char *what, const char *uscc, struct str who)
{
    return town_call(t, POST, of(t, ad->firm_id, what), str_z(&t->a, str_fmt(&t->a, "{\"uscc\":\"%s\"}", uscc)), who);
}

static struct str firm_of_job(struct town *t, const struct advert *ad, struct str who)
{
    return json_value(t, town_call(t, GET, str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%lld", (long long)ad->job_id)), "", who).body, "employer_id");
}

static struct str digits(struct town *t, int64_t id)
{
    return str_fmt(&t->a, "%lld", (long long)id);
}

static struct str state_of(struct town *t, const struct advert *ad, struct str who)
{
    return json_value(t, town_call(t, GET, of(t, ad->firm_id, ""), "", who).body, "state");
}

static void seen_licence(struct town *t)
{
    struct str desk = town_staff(t, CONSULTANT, 440105); /* where the post is */
    struct advert ad = advertised(t, "云上餐饮", "1");
    CHECK(str_find(town_call(t, GET, "/api/v1/employers", "", desk).body, S("云上餐饮")) > 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/employers", "", town_staff(t, CONSULTANT, 440118)).body, S("云上餐饮")) < 0);
    CHECK_EQ(town_call(t, POST, of(t, ad.firm_id, "/verify"), "{}", desk).status, 422);
    struct answer a = licence(t, &ad, "/verify", "9144030071526726X0", desk);
    CHECK_EQ(a.status, 422);
    CHECK(str_find(a.body, S("\"/uscc\"")) > 0);
    CHECK_STR(state_of(t, &ad, desk), S("new"));
    CHECK_EQ(licence(t, &ad, "/verify", "9144030071526726xg", desk).status, 204);
    a = town_call(t, GET, of(t, ad.firm_id, ""), "", desk);
    CHECK_STR(json_value(t, a.body, "uscc"), S("9144030071526726XG"));
    CHECK_STR(json_value(t, a.body, "state"), S("verified"));
    a = town_call(t, GET, "/api/v1/audit?object=employer", "", town_staff(t, CITY_ADMIN, 0));
    CHECK(str_find(a.body, S("9144030071526726XG")) > 0);
    CHECK_EQ(advertised(t, "云上餐饮", "2").firm_id, ad.firm_id); /* advertised once more */
    CHECK_EQ(town_call(t, POST, of(t, ad.firm_id, "/verify"), "{}", desk).status, 409);
}

TEST(a_firm_of_an_advertisement_is_verified_only_with_the_code_of_its_licence)
{
    each_town(seen_licence);
}

static void same_firm(struct town *t)
{
    struct str desk = town_staff(t, CONSULTANT, 0);
    struct advert ad = advertised(t, "腾云", "1"), other = advertised(t, "云上餐饮", "2");
    static const char body[] = "{\"name\":\"腾云制衣\",\"uscc\":\"9144030071526726XG\",\"district\":440105,\"address\":\"凤阳街1号\",\"contact\":\"李经理\",\"phone\":\"13822220001\"}";
    CHECK_EQ(licence(t, &ad, "/merge", "9144030071526726XG", desk).status, 422); /* nobody has it */
    struct str firm = json_value(t, town_call(t, POST, "/api/v1/employers", body, desk).body, "id");
    struct answer a = licence(t, &ad, "/verify", "9144030071526726XG", desk);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("uscc_elsewhere"));
    CHECK(str_find(a.body, S("腾云制衣")) > 0);
    CHECK_EQ(licence(t, &ad, "/merge", "9144030071526726XG", town_staff(t, CONSULTANT, 440118)).status, 404);
    CHECK_EQ(licence(t, &ad, "/merge", "9144030071526726X0", desk).status, 422);
    CHECK_EQ(licence(t, &ad, "/merge", "9144030071526726XG", desk).status, 204);
    CHECK_STR(firm_of_job(t, &ad, desk), firm);
    CHECK_STR(firm_of_job(t, &other, desk), digits(t, other.firm_id));
    CHECK_STR(state_of(t, &ad, desk), S("merged"));
    CHECK(str_find(town_call(t, GET, "/api/v1/employers", "", desk).body, digits(t, ad.firm_id)) < 0);
    CHECK_EQ(town_call(t, POST, of(t, ad.firm_id, "/verify"), "{}", desk).status, 409);
    CHECK_EQ(town_call(t, POST, of(t, ad.firm_id, "/suspend"), "", desk).status, 409);
    CHECK_EQ(licence(t, &ad, "/merge", "9144030071526726XG", desk).status, 409);
    CHECK_STR(digits(t, advertised(t, "腾云", "3").firm_id), firm); /* advertised once more */
}

TEST(an_advertised_firm_that_is_registered_already_is_made_one_with_it)
{
    each_town(same_firm);
}

static struct answer give(struct town *t, const struct advert *ad, struct str firm, struct str who)
{
    return town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%lld/firm", (long long)ad->job_id)),
                     str_z(&t->a, str_fmt(&t->a, "{\"employer_id\":\"%.*s\"}", SV(firm))), who);
}

static void nameless(struct town *t)
{
    struct str desk = town_staff(t, CONSULTANT, 440105);
    struct advert ad = advertised(t, "", "1"), named = advertised(t, "云上餐饮", "2");
    static const char body[] = "{\"name\":\"腾云制衣\",\"uscc\":\"9144030071526726XG\",\"district\":440105,\"address\":\"凤阳街1号\",\"contact\":\"李经理\",\"phone\":\"13822220001\"}";
    struct str firm = json_value(t, town_call(t, POST, "/api/v1/employers", body, desk).body, "id");
    CHECK_STR(firm_of_job(t, &ad, desk), S("null"));
    CHECK(str_find(town_call(t, GET, "/api/v1/employers?q=云制", "", desk).body, firm) > 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/employers?q=9144030071526726xg", "", desk).body, firm) > 0);
    CHECK(str_find(town_call(t, GET, "/api/v1/employers?q=云上", "", desk).body, firm) < 0);
    CHECK_EQ(give(t, &ad, S("77"), desk).status, 422);
    CHECK_EQ(give(t, &ad, firm, town_staff(t, CONSULTANT, 440118)).status, 404);
    CHECK_EQ(give(t, &named, firm, desk).status, 409); /* it has one */
    CHECK_EQ(give(t, &ad, firm, desk).status, 204);
    CHECK_STR(firm_of_job(t, &ad, desk), firm);
    CHECK_EQ(give(t, &ad, digits(t, named.firm_id), desk).status, 409);
    town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/employers/%.*s/verify", SV(firm))), "{}", town_staff(t, CONSULTANT, 0));
    const char *job = str_z(&t->a, str_fmt(&t->a, "/api/v1/jobs/%lld", (long long)ad.job_id));
    CHECK_EQ(town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "%s/shifts", job)),
                       "{\"start_ms\":\"2026-11-26T09:00:00+08:00\",\"end_ms\":\"2026-11-26T17:00:00+08:00\",\"break_min\":60,\"cap\":2}", desk).status, 201);
    CHECK_EQ(town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "%s/verify", job)), "{\"level\":\"phoned\"}", desk).status, 204);
}

TEST(staff_say_whose_post_an_advertisement_is_that_names_no_firm)
{
    each_town(nameless);
}

/* ---- a household ---- */

static struct answer at_home(struct town *t, const char *with, struct str who)
{
    static const char body[] = "{\"kind\":\"household\",\"name\":\"凤阳街陈家\",\"address\":\"海珠区凤阳街1号\",\"contact\":\"陈女士\",\"phone\":\"13822220001\"%s}";
    return town_call(t, POST, "/api/v1/employers", str_z(&t->a, str_fmt(&t->a, body, with)), who);
}

static void household(struct town *t)
{
    int64_t id;
    struct str who = town_seeker(t, "13811110001", &id), desk = town_staff(t, CONSULTANT, 440105);
    static const char *const wrong[] = {"", ",\"uscc\":\"9144030071526726XG\"", ",\"id_number\":\"110105194912310021\""};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        struct answer a = at_home(t, wrong[i], who);
        CHECK_EQ(a.status, 422);
        CHECK(str_find(a.body, S("\"/id_number\"")) > 0);
    }
    struct answer a = at_home(t, ",\"id_number\":\"11010519491231002x\"", who);
    CHECK_EQ(a.status, 201);
    struct str home = json_value(t, a.body, "id");
    CHECK(str_find(a.body, S("1949")) < 0);
    CHECK_EQ(at_home(t, ",\"id_number\":\"11010519491231002X\"", desk).status, 409);
    CHECK_EQ(at_home(t, ",\"id_number\":\"11010519491231002X\"", town_seeker(t, "13811110002", &id)).status, 409);
    struct str seen = town_call(t, GET, "/api/v1/employers", "", desk).body;
    CHECK_STR(json_value(t, seen, "id_number"), S("110***********002X")); /* to be compared with the card */
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/employers/", home, "/merge"), "{\"uscc\":\"9144030071526726XG\"}", desk).status, 409);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/employers/", home, "/verify"), "{}", desk).status, 204);
    struct str page = town_call(t, GET, town_at(t, "/employers/", home, ""), "", S("")).body;
    CHECK(str_find(page, S("家庭")) > 0 && str_find(page, S("home-")) < 0 && str_find(page, S("002X")) < 0);
    CHECK_STR(json_value(t, town_call(t, GET, town_at(t, "/api/v1/employers/", home, ""), "", S("")).body, "id_number"), S(""));
}

TEST(a_household_registers_with_the_identity_number_of_whoever_keeps_it)
{
    each_town(household);
}

static void written_down(struct town *t)
{
    int64_t id;
    struct answer a = at_home(t, ",\"id_number\":\"11010519491231002X\"", town_staff(t, CONSULTANT, 440105));
    struct str home = json_value(t, a.body, "id");
    a = at_home(t, ",\"id_number\":\"11010519491231002X\"", town_seeker(t, "13822220001", &id));
    CHECK_EQ(a.status, 200);
    CHECK_STR(json_value(t, a.body, "id"), home);
}

TEST(a_household_that_a_desk_wrote_down_is_his_who_proves_its_number)
{
    each_town(written_down);
}
