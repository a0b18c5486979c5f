/* stop_test.c - a post that is found fake, or a firm that is banned: who has a place there is called off by the market,
 * told, and marked with nothing; who is there now is a case for the desk. On every engine. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/hire/hire.h"
#include "feature/notice/notice_store.h"
#include "test.h"

enum { PEOPLE = 3 };
struct fake {
    struct str boss, desk, inspector, job, shift, who[PEOPLE], hire[PEOPLE];
    int64_t employer, person[PEOPLE];
};

static struct str post_on(struct town *t, const struct fake *f, int day, struct str *ret_shift)
{
    struct answer a = town_call(t, POST, "/api/v1/jobs",
                                str_z(&t->a, str_fmt(&t->a, "{\"title\":\"车间普工\",\"trade\":\"sewing\",\"text\":\"剪线头查次品\",\"rhythm\":\"day\",\"address\":\"凤阳街\","
                                                            "\"pay_unit\":\"hour\",\"pay_fen\":3000,\"valid_to\":\"2026-11-30\",\"cap\":3,\"break_min\":60,"
                                                            "\"start_ms\":\"2026-11-%dT08:30:00+08:00\",\"end_ms\":\"2026-11-%dT18:00:00+08:00\"}", day, day)),
                                f->boss);
    struct str job = json_value(t, a.body, "id");
    *ret_shift = json_value(t, a.body, "shift_id");
    CHECK_EQ(a.status, 201);
    CHECK(town_call(t, POST, town_at(t, "/api/v1/jobs/", job, "/verify"), "{\"level\":\"phoned\"}", f->desk).status < 300);
    return job;
}

/* Three people, and a verified shift of the next day for three. */
static struct fake before(struct town *t)
{
    static const char *const phones[PEOPLE] = {"13811110001", "13811110002", "13811110003"};
    struct fake f;
    f.boss = town_employer(t, "锦裳制衣厂", &f.employer);
    f.desk = town_staff(t, CONSULTANT, 440105);
    f.inspector = town_staff(t, INSPECTOR, 440105);
    CHECK_EQ(town_call(t, POST, "/api/v1/sites", "{\"district\":440105,\"name\":\"凤阳零工市场\",\"address\":\"凤阳街\",\"phone\":\"020-12345678\"}",
                       town_staff(t, CITY_ADMIN, 0)).status, 201);
    for (int i = 0; i < PEOPLE; i++)
        f.who[i] = town_seeker(t, phones[i], &f.person[i]);
    f.job = post_on(t, &f, 25, &f.shift);
    return f;
}

static struct str take(struct town *t, struct str shift, struct str who)
{
    struct answer a = town_call(t, POST, town_at(t, "/api/v1/shifts/", shift, "/take"), "{}", who);
    CHECK_EQ(a.status, 201);
    return json_value(t, a.body, "id");
}

static void all_take(struct town *t, struct fake *f)
{
    for (int i = 0; i < PEOPLE; i++)
        f->hire[i] = take(t, f->shift, f->who[i]);
}

static struct str state(struct town *t, struct str hire, struct str who)
{
    return json_value(t, town_call(t, GET, town_at(t, "/api/v1/hires/", hire, ""), "", who).body, "state");
}

/* All letters that wait, as lines of phone and text; each is read once. */
static struct str letters(struct town *t)
{
    struct letters *l = NEW(&t->a, struct letters);
    struct str all = S("");
    l->a = &t->a;
    for (bool more = true; more;) {
        CHECK(app_write(&t->app, notice_claim, l) == OK);
        for (size_t i = 0; i < l->n; i++)
            all = str_fmt(&t->a, "%.*s%.*s %.*s\n", SV(all), SV(l->v[i].phone), SV(l->v[i].text));
        more = l->n > 0;
    }
    return all;
}

static void at(struct town *t, int day, int32_t minute)
{
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, day}), minute);
}

static bool says(struct str body, const char *words)
{
    return str_find(body, str_c(words)) >= 0;
}

static bool marked(struct town *t, struct str who)
{
    struct str body = town_call(t, GET, "/api/v1/my/marks", "", who).body;
    return says(body, "\"called_off\"") || says(body, "\"missed\"");
}

static struct answer turn_down(struct town *t, const struct fake *f)
{
    return town_call(t, POST, town_at(t, "/api/v1/jobs/", f->job, "/refuse"), "{\"reason\":\"假的,收押金\"}", f->inspector);
}

static struct answer check_in(struct town *t, const struct fake *f, int i, struct str code)
{
    return town_call(t, POST, town_at(t, "/api/v1/hires/", f->hire[i], "/check-in"), town_at(t, "{\"code\":\"", code, "\"}"), f->who[i]);
}

static struct str code_of(struct town *t, const struct fake *f)
{
    return json_value(t, town_call(t, GET, town_at(t, "/api/v1/shifts/", f->shift, "/code"), "", f->boss).body, "code");
}

static void refused(struct town *t)
{
    struct fake f = before(t);
    all_take(t, &f);
    at(t, 25, 8 * 60); /* half an hour before: too late for anybody to call off in time */
    struct str code = code_of(t, &f);
    CHECK_EQ(code.n, 6);
    letters(t);
    CHECK_EQ(turn_down(t, &f).status, 204);
    struct str told = letters(t);
    for (int i = 0; i < PEOPLE; i++) {
        CHECK_STR(state(t, f.hire[i], f.who[i]), S("called_off"));
        CHECK(!marked(t, f.who[i]));
    }
    CHECK(says(told, "13811110001") && says(told, "13811110002") && says(told, "13811110003"));
    CHECK(says(told, "不要去") && says(told, "020-12345678") && says(told, "车间普工 2026年11月25日 周三 08:30") && !says(told, "假的,收押金"));
    struct str my = town_call(t, GET, "/my", "", f.who[0]).body, day = town_call(t, GET, town_at(t, "/my/", f.hire[0], ""), "", f.who[0]).body;
    CHECK(says(my, "不要去") && says(day, "不要去") && says(day, "tel:020-12345678") && !says(day, "已接下") && !says(day, "/cancel"));
    CHECK_EQ(town_call(t, GET, town_at(t, "/api/v1/shifts/", f.shift, "/code"), "", f.boss).status, 409);
    CHECK_STR(json_value(t, check_in(t, &f, 0, code).body, "rule"), S("off_by_market"));
    CHECK_EQ(town_call(t, GET, town_at(t, "/check-in/", f.shift, "?code=ABCD23"), "", f.who[0]).status, 303); /* to the page that says it */
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", f.hire[0], "/no-show"), "{}", f.boss).status, 409);
    struct str firm = town_call(t, GET, str_z(&t->a, str_fmt(&t->a, "/api/v1/employers/%lld", (long long)f.employer)), "", S("")).body;
    CHECK_STR(json_value(t, firm, "hires_n"), S("0")); /* nobody was ever to come */
}
static void refused_in_english(struct town *t)
{
    struct fake f = before(t);
    t->lang = LANG_EN;
    f.hire[0] = take(t, f.shift, f.who[0]);
    t->lang = LANG_ZH;
    letters(t);
    CHECK_EQ(turn_down(t, &f).status, 204);
    struct str told = letters(t);
    CHECK(says(told, "13811110001 Lingji: do not go!") && says(told, " Wed 2026-11-25 08:30") && !says(told, "tomorrow") && says(told, ". Questions: "));
}

TEST(whoever_took_it_in_english_is_told_in_english_not_to_go)
{
    each_town(refused_in_english);
}

TEST(whoever_has_a_place_at_a_refused_post_is_called_off_and_told)
{
    each_town(refused);
}

static void banned(struct town *t)
{
    struct fake f = before(t);
    struct str other_shift;
    (void)post_on(t, &f, 26, &other_shift);
    f.hire[0] = take(t, f.shift, f.who[0]);
    f.hire[1] = take(t, other_shift, f.who[1]);
    at(t, 25, 7 * 60 + 45);
    CHECK_EQ(check_in(t, &f, 0, code_of(t, &f)).status, 200); /* he is there when the inspector comes */
    f.hire[2] = take(t, f.shift, f.who[2]);
    letters(t);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", f.job, "/visits"), "{\"outcome\":\"ban\",\"answers\":[]}", f.inspector).status, 201);
    struct str told = letters(t);
    CHECK_STR(state(t, f.hire[1], f.who[1]), S("called_off")); /* another post of the firm */
    CHECK_STR(state(t, f.hire[2], f.who[2]), S("called_off"));
    CHECK_STR(state(t, f.hire[0], f.who[0]), S("working"));
    CHECK(says(told, "13811110001") && says(told, "工钱"));
    CHECK(says(town_call(t, GET, town_at(t, "/my/", f.hire[0], ""), "", f.who[0]).body, "工钱"));

    struct str list = town_call(t, GET, "/api/v1/hires-stopped", "", f.desk).body;
    for (int i = 0; i < PEOPLE; i++)
        CHECK(says(list, str_z(&t->a, f.hire[i])));
    CHECK(says(list, "\"working\"") && !says(list, "13811110001"));
    CHECK(!says(town_call(t, GET, "/api/v1/hires-stopped", "", town_staff(t, CONSULTANT, 440118)).body, str_z(&t->a, f.hire[0])));
    CHECK_EQ(town_call(t, GET, "/api/v1/hires-stopped", "", f.who[0]).status, 403);
    CHECK_STR(json_value(t, town_call(t, POST, str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld/open", (long long)f.person[2])),
                                      "{\"field\":\"phone\",\"reason\":\"岗位是假的,请他别去\"}", f.desk).body, "value"), S("13811110003"));

    at(t, 25, 10 * 60); /* what was worked is owed as agreed */
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", f.hire[0], "/check-out"), "{}", f.who[0]).status, 200);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", f.hire[0], "/confirm"), "{\"minutes\":90}", f.who[0]).status, 200);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", f.hire[0], "/confirm"), "{\"minutes\":90}", f.boss).status, 200);
    CHECK_STR(state(t, f.hire[0], f.who[0]), S("agreed"));
    CHECK(says(town_call(t, GET, "/api/v1/hires-stopped", "", f.desk).body, str_z(&t->a, f.hire[0]))); /* until it is paid */
}
TEST(a_banned_firm_loses_all_who_were_to_come_and_owes_who_is_there)
{
    each_town(banned);
}

static void suspended(struct town *t)
{
    struct fake f = before(t);
    const char *of = str_z(&t->a, str_fmt(&t->a, "/api/v1/employers/%lld", (long long)f.employer));
    all_take(t, &f);
    CHECK_EQ(town_call(t, POST, town_at(t, of, S("/suspend"), ""), "", f.desk).status, 204);
    CHECK_STR(state(t, f.hire[1], f.who[1]), S("called_off"));
    CHECK_EQ(town_call(t, POST, town_at(t, of, S("/verify"), ""), "", f.desk).status, 204);
    CHECK_STR(state(t, f.hire[1], f.who[1]), S("called_off")); /* he was told not to go */
    take(t, f.shift, f.who[1]); /* and may take it anew */
}
TEST(a_suspension_by_the_desk_calls_off_too_and_lifting_it_calls_nobody_back)
{
    each_town(suspended);
}

static void only_paused(struct town *t)
{
    struct fake f = before(t);
    all_take(t, &f);
    letters(t);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", f.job, "/visits"), "{\"outcome\":\"fix\",\"answers\":[]}", f.inspector).status, 201);
    CHECK_STR(state(t, f.hire[0], f.who[0]), S("taken"));
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", f.job, "/close"), "{}", f.boss).status, 204);
    CHECK_STR(state(t, f.hire[0], f.who[0]), S("taken"));
    CHECK_STR(letters(t), S(""));
    at(t, 25, 8 * 60);
    CHECK_EQ(check_in(t, &f, 0, code_of(t, &f)).status, 200);
}
TEST(who_has_a_place_at_a_paused_or_full_post_keeps_it)
{
    each_town(only_paused);
}

static void asked(struct town *t)
{
    struct fake f = before(t);
    at(t, 24, 10 * 60);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", f.shift, "/ask"), "{}", f.desk).status, 200);
    CHECK(says(town_call(t, GET, town_at(t, "/api/v1/shifts/", f.shift, "/offers"), "", f.desk).body, "\"offered\""));
    CHECK_EQ(turn_down(t, &f).status, 204);
    struct str all = town_call(t, GET, town_at(t, "/api/v1/shifts/", f.shift, "/offers"), "", f.desk).body;
    CHECK(says(all, "\"cancelled\"") && !says(all, "\"offered\""));
    CHECK(!says(town_call(t, GET, "/my", "", f.who[0]).body, "车间普工"));
}
TEST(nobody_is_asked_any_longer_for_a_refused_post)
{
    each_town(asked);
}

enum { MANY = 450 };
struct crowd {
    int64_t job_id, shift_id, employer_id, left, held;
};

static enum err fill(struct request *rq)
{
    static const struct query wide = {"t.wide", "UPDATE shift SET cap = $3, taken = $3 WHERE city = $1 AND id = $2"};
    const struct crowd *c = rq->object;
    enum err e = db_run(rq->tx, &wide, ARGS(I(rq->city), I(c->shift_id), I(MANY)), NULL);
    for (int i = 0; !e && i < MANY; i++) {
        struct hire h = {.id = new_id(rq), .city = rq->city, .shift_id = c->shift_id, .job_id = c->job_id, .employer_id = c->employer_id,
                         .person_id = 1000 + i, .title = S("车间普工"), .employer_name = S("锦裳制衣厂"), .address = S("凤阳街"), .terms = S("无"),
                         .pay_fen = 3000, .start_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 510), .made_ms = rq->now_ms};
        h.end_ms = h.start_ms + 9 * HOUR_MS;
        e = hire_add(rq, &h);
    }
    return e;
}

static enum err count(struct request *rq)
{
    static const struct query q = {"t.left", "SELECT s.taken, (SELECT count(*) FROM hire h WHERE h.city = s.city AND h.shift_id = s.id AND h.state = 'taken')"
                                             " FROM shift s WHERE s.city = $1 AND s.id = $2"};
    struct crowd *c = rq->object;
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &q, ARGS(I(rq->city), I(c->shift_id)), &v);
    c->left = e ? -1 : val_i64(v);
    c->held = e ? -1 : val_i64(v + 1);
    return e;
}

static enum err beat(struct request *rq)
{
    const struct timer *t = hire_feature.timers;
    return t->run(rq);
}

static void crowd_of(struct town *t)
{
    struct fake f = before(t);
    struct crowd c = {.employer_id = f.employer};
    CHECK(str_i64(f.job, &c.job_id) && str_i64(f.shift, &c.shift_id) && app_write(&t->app, fill, &c) == OK);
    CHECK_EQ(turn_down(t, &f).status, 204);
    CHECK(app_read(&t->app, count, &c) == OK);
    CHECK(c.held > 0 && c.held < MANY && c.left == c.held); /* a page at once, and no long write */
    for (int i = 0; i < 4; i++)
        CHECK(app_write(&t->app, beat, NULL) == OK);
    CHECK(app_read(&t->app, count, &c) == OK && c.held == 0 && c.left == 0);
}
TEST(the_rest_of_many_is_called_off_by_the_timer)
{
    each_town(crowd_of);
}
