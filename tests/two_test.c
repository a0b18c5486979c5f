/* two_test.c - two shifts that belong together: who sees them, taking both or neither, and giving back. On every engine. */
#include <pthread.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "feature/notice/notice_store.h"
#include "test.h"

struct two {
    struct str boss, rival, desk, one, other; /* sessions: two employers, the desk, two people */
    int64_t employer, rival_employer, one_id, other_id;
};

static struct two people(struct town *t)
{
    struct two x;
    x.boss = town_employer(t, "锦裳制衣厂", &x.employer);
    x.rival = town_employer(t, "隔壁包装厂", &x.rival_employer);
    x.desk = town_staff(t, CONSULTANT, 440105);
    x.one = town_seeker(t, "13811110001", &x.one_id);
    x.other = town_seeker(t, "13811110002", &x.other_id);
    return x;
}

struct shift_of {
    const char *title;
    int from, to, cap;
    double east; /* degrees from the first place */
};

/* A verified shift of the 25th; its id. */
static struct str open_shift(struct town *t, const struct two *x, struct str boss, struct shift_of s)
{
    static const char post[] = "{\"title\":\"%s\",\"trade\":\"warehouse\",\"text\":\"扫码装袋\",\"rhythm\":\"day\",\"address\":\"凤阳街\",\"pay_unit\":\"hour\","
                               "\"pay_fen\":3000,\"valid_to\":\"2026-11-30\",\"cap\":%d,\"place\":{\"lon\":%.4f,\"lat\":23.1},"
                               "\"start_ms\":\"2026-11-25T%02d:00:00+08:00\",\"end_ms\":\"2026-11-25T%02d:00:00+08:00\"}";
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a, post, s.title, s.cap, 113.3 + s.east, s.from, s.to)), boss);
    CHECK_EQ(a.status, 201);
    CHECK(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", x->desk).status < 300);
    return json_value(t, a.body, "shift_id");
}

static const struct shift_of morning = {"上午分拣", 8, 12, 1, 0}, noon = {"下午装袋", 14, 18, 1, 0.02}, sewing = {"车位工", 8, 17, 1, 0},
                             packing = {"包装工", 9, 17, 1, 0.001};

static const char *two_path(struct town *t, const char *head, struct str a, const char *between, struct str b)
{
    return str_z(&t->a, str_fmt(&t->a, "%s%.*s%s%.*s", head, SV(a), between, SV(b)));
}

static struct answer take(struct town *t, struct str a, struct str b, const char *body, struct str who)
{
    return town_call(t, POST, two_path(t, "/api/v1/shifts/", a, "/take-with/", b), body, who);
}

static struct str pairs(struct town *t, struct str who)
{
    return town_call(t, GET, "/api/v1/pairs", "", who).body;
}

static bool has(struct str body, const char *what)
{
    return str_find(body, str_c(what)) >= 0;
}

static struct str hires(struct town *t, struct str who)
{
    return town_call(t, GET, "/api/v1/my/hires", "", who).body;
}

static size_t count(struct str body, struct str what)
{
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(body, what)) >= 0; n++)
        body = str_sub(body, (size_t)at + 1, body.n);
    return n;
}

static size_t held(struct town *t, struct str who)
{
    return count(hires(t, who), S("\"state\":\"taken\""));
}

static void say(struct town *t, const struct two *x, int64_t person_id, const char *what)
{
    const char *of = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld", (long long)person_id));
    CHECK_EQ(town_call(t, POST, of, what, x->desk).status, 200);
}

static void pair_up(struct town *t, const struct two *x, const char *together)
{
    say(t, x, x->one_id, str_z(&t->a, str_fmt(&t->a, "{\"partner_id\":\"%lld\",\"together\":\"%s\"}", (long long)x->other_id, together)));
}

/* ---- a morning here, an afternoon there ---- */

static void day(struct town *t)
{
    struct two x = people(t);
    struct str a = open_shift(t, &x, x.boss, morning), b = open_shift(t, &x, x.rival, noon);
    struct str list = pairs(t, x.one), page = town_call(t, GET, "/", "", x.one).body;
    CHECK_STR(json_value(t, list, "first_shift_id"), a);
    CHECK_STR(json_value(t, list, "second_shift_id"), b);
    CHECK_STR(json_value(t, list, "pay_fen"), S("24000"));
    CHECK(has(list, "\"both\":false") && has(list, "\"between_min\":") && !has(list, "\"between_min\":0"));
    CHECK(has(page, "一天两份活") && has(page, "先去这里") && has(page, "再去那里") && has(page, "从第一处过去"));
    CHECK(str_find(page, S("先去这里")) > str_find(page, S("没有合适的吗")));
    const char *at = two_path(t, "/jobs/", a, "/with/", b);
    CHECK(has(page, at));
    struct str one = town_call(t, GET, at, "", x.one).body;
    CHECK(has(one, "两份都去") && has(one, two_path(t, "/api/v1/shifts/", a, "/take-with/", b)) && has(one, "退掉一份,另一份还在"));
    struct answer done = take(t, a, b, "age_said=adult", x.one);
    CHECK_EQ(done.status, 303);
    CHECK_STR(done.location, S("/my"));
    CHECK_EQ(held(t, x.one), 2);
    CHECK(!has(pairs(t, x.one), "first_shift_id") && !has(town_call(t, GET, "/", "", x.one).body, "一天两份活"));
    struct str first = json_value(t, hires(t, x.one), "id"); /* latest start first: the afternoon */
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", first, "/cancel"), "{}", x.one).status, 200);
    CHECK_EQ(held(t, x.one), 1);
}

TEST(a_morning_here_and_an_afternoon_there_are_taken_in_one_act_and_given_back_one_by_one)
{
    each_town(day);
}

static void day_is_personal(struct town *t)
{
    struct two x = people(t);
    open_shift(t, &x, x.boss, morning);
    open_shift(t, &x, x.rival, noon);
    CHECK(!has(town_call(t, GET, "/", "", S("")).body, "一天两份活"));
    CHECK(!has(town_call(t, GET, "/?sort=plain", "", x.one).body, "一天两份活"));
    CHECK(!has(town_call(t, GET, "/?day=today", "", x.one).body, "一天两份活"));
    CHECK(has(town_call(t, GET, "/?day=tomorrow", "", x.one).body, "一天两份活"));
    CHECK(has(town_call(t, GET, "/?trade=warehouse", "", x.one).body, "一天两份活"));
    CHECK(!has(town_call(t, GET, "/?trade=sewing", "", x.one).body, "一天两份活"));
    say(t, &x, x.one_id, "{\"to_min\":960}");
    CHECK(!has(pairs(t, x.one), "first_shift_id"));
    say(t, &x, x.one_id, "{\"to_min\":0,\"pick_min\":900}"); /* fetches a child at three */
    CHECK(!has(pairs(t, x.one), "first_shift_id"));
    say(t, &x, x.one_id, "{\"pick_min\":0}");
    CHECK(has(pairs(t, x.one), "first_shift_id"));
    pair_up(t, &x, "must");
    CHECK(!has(pairs(t, x.one), "first_shift_id"));
    pair_up(t, &x, "prefer");
    say(t, &x, x.other_id, "{\"together\":\"prefer\"}");
    CHECK(has(pairs(t, x.one), "first_shift_id"));
}

TEST(a_day_of_two_shifts_is_shown_to_who_has_the_time_and_asked_for_a_personal_list)
{
    each_town(day_is_personal);
}

static void one_gone(struct town *t)
{
    struct two x = people(t);
    struct str a = open_shift(t, &x, x.boss, morning), b = open_shift(t, &x, x.rival, noon);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", b, "/take"), "{}", x.other).status, 201);
    struct answer api = take(t, a, b, "{}", x.one);
    CHECK_EQ(api.status, 409);
    CHECK_STR(json_value(t, api.body, "rule"), S("one_of_two_gone"));
    CHECK(has(api.body, "下午装袋") && !has(api.body, "上午分拣"));
    struct answer form = take(t, a, b, "age_said=adult", x.one);
    CHECK_EQ(form.status, 409);
    CHECK(has(form.body, "刚刚没有了:下午装袋") && has(form.body, "还在的这一份") && has(form.body, town_at(t, "href=\"/jobs/", a, "\"")));
    CHECK(!has(form.body, "/take-with/") && !has(form.body, town_at(t, "href=\"/jobs/", b, "\"")));
    CHECK_EQ(held(t, x.one), 0);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", a, "/take"), "{}", x.one).status, 201);
    CHECK_EQ(town_call(t, GET, two_path(t, "/jobs/", a, "/with/", b), "", x.one).status, 200); /* neither is left */
}

TEST(when_one_of_two_is_gone_nothing_is_taken_and_the_page_says_which_and_shows_the_other)
{
    each_town(one_gone);
}

static void closed(struct town *t)
{
    struct two x = people(t);
    struct str a = open_shift(t, &x, x.boss, morning), b = open_shift(t, &x, x.rival, noon);
    struct str job = json_value(t, town_call(t, GET, "/api/v1/jobs-open", "", S("")).body, "id");
    CHECK(town_call(t, POST, town_at(t, "/api/v1/jobs/", job, "/close"), "{}", x.boss).status < 300);
    struct answer api = take(t, b, a, "{}", x.one);
    CHECK_STR(json_value(t, api.body, "rule"), S("one_of_two_gone"));
    CHECK(has(api.body, "上午分拣"));
    CHECK_EQ(held(t, x.one), 0);
    CHECK_EQ(take(t, a, S("999"), "{}", x.one).status, 409);
    CHECK_EQ(town_call(t, GET, two_path(t, "/jobs/", b, "/with/", S("999")), "", x.one).status, 404);
    struct answer never = town_call(t, POST, "/api/v1/jobs", "{\"title\":\"没核实的\",\"trade\":\"sewing\",\"text\":\"剪线头查次品\",\"rhythm\":\"day\",\"address\":\"凤阳街\",\"pay_unit\":\"hour\",\"pay_fen\":3000,"
                                    "\"valid_to\":\"2026-11-30\",\"cap\":1,\"start_ms\":\"2026-11-25T19:00:00+08:00\",\"end_ms\":\"2026-11-25T21:00:00+08:00\"}", x.boss);
    struct str hidden = json_value(t, never.body, "shift_id");
    api = take(t, b, hidden, "{}", x.one);
    CHECK_STR(json_value(t, api.body, "rule"), S("shift_gone"));
    CHECK(!has(api.body, "没核实的"));
    CHECK_EQ(town_call(t, GET, two_path(t, "/jobs/", b, "/with/", hidden), "", x.one).status, 404);
}

TEST(of_a_post_that_was_never_shown_not_even_the_name_is_told)
{
    each_town(closed);
}

static void not_both(struct town *t)
{
    struct two x = people(t);
    struct str a = open_shift(t, &x, x.boss, (struct shift_of){"早班", 6, 12, 9, 0}), b = open_shift(t, &x, x.rival, (struct shift_of){"晚班", 14, 20, 9, 0});
    struct str far = open_shift(t, &x, x.rival, (struct shift_of){"远处", 12, 14, 9, 0.6});
    CHECK(!has(pairs(t, x.one), "first_shift_id")); /* twelve hours, and half an hour's way */
    CHECK_STR(json_value(t, take(t, a, b, "{}", x.one).body, "rule"), S("day_long"));
    CHECK_STR(json_value(t, take(t, far, a, "{}", x.one).body, "rule"), S("between_short"));
    CHECK_STR(json_value(t, take(t, a, a, "{}", x.one).body, "rule"), S("overlap"));
    CHECK_EQ(held(t, x.one), 0);
    struct str page = town_call(t, GET, two_path(t, "/jobs/", a, "/with/", b), "", x.one).body;
    CHECK(has(page, "超过了法律许可的钟点") && !has(page, "/take-with/"));
    CHECK_EQ(take(t, a, far, "{}", x.desk).status, 404); /* nobody was named */
}

TEST(two_shifts_that_are_too_much_together_are_refused_with_the_reason_and_neither_is_taken)
{
    each_town(not_both);
}

/* ---- one place, one for each ---- */

static void place(struct town *t)
{
    struct two x = people(t);
    struct str a = open_shift(t, &x, x.boss, sewing), b = open_shift(t, &x, x.rival, packing);
    CHECK(!has(pairs(t, x.one), "first_shift_id"));
    pair_up(t, &x, "must");
    CHECK(!has(town_call(t, GET, "/api/v1/suggestions", "", x.one).body, "\"shift_id\"")); /* one place each */
    struct str list = pairs(t, x.one), page = town_call(t, GET, "/", "", x.one).body;
    CHECK(has(list, "\"both\":true") && has(pairs(t, x.other), "\"both\":true"));
    struct str first = json_value(t, list, "first_shift_id"), second = json_value(t, list, "second_shift_id");
    CHECK(has(page, "同一个地方,两份活") && has(page, "你去这份") && has(page, "和你一起的那位去这份"));
    struct str one = town_call(t, GET, two_path(t, "/jobs/", first, "/with/", second), "", x.one).body;
    CHECK(has(one, "两个人都去") && has(one, "name=\"both\" value=\"true\"") && has(one, "一个人退,两份一起退"));
    CHECK_STR(json_value(t, take(t, a, b, "{}", x.one).body, "rule"), S("hire_moved")); /* never both for one of them */
    CHECK_EQ(take(t, a, b, "both=true", x.one).status, 303);
    CHECK(has(hires(t, x.one), "车位工") && has(hires(t, x.other), "包装工"));
    CHECK_EQ(held(t, x.one), 1);
    CHECK_EQ(held(t, x.other), 1);
    CHECK(!has(town_call(t, GET, "/api/v1/employer/hires", "", x.rival).body, "with_shift_id")); /* none of the employer's business */
}

TEST(two_who_go_only_together_see_two_shifts_at_one_place_and_take_one_each)
{
    each_town(place);
}

static void never_split(struct town *t)
{
    struct two x = people(t);
    struct str a = open_shift(t, &x, x.boss, sewing), b = open_shift(t, &x, x.rival, (struct shift_of){"远处", 8, 17, 1, 0.003});
    struct str late = open_shift(t, &x, x.rival, (struct shift_of){"晚一点", 10, 17, 1, 0});
    CHECK_STR(json_value(t, take(t, a, b, "{\"both\":true}", x.one).body, "rule"), S("hire_moved")); /* they are no couple */
    pair_up(t, &x, "must");
    CHECK(!has(pairs(t, x.one), "first_shift_id"));
    CHECK_STR(json_value(t, take(t, a, b, "{\"both\":true}", x.one).body, "rule"), S("not_one_place"));
    CHECK_STR(json_value(t, take(t, a, late, "{\"both\":true}", x.one).body, "rule"), S("not_one_place"));
    CHECK_STR(json_value(t, take(t, a, a, "{\"both\":true}", x.one).body, "rule"), S("not_one_place"));
    struct str near = open_shift(t, &x, x.rival, packing);
    say(t, &x, x.other_id, "{\"floor_fen\":9000}");
    CHECK(!has(pairs(t, x.one), "first_shift_id"));
    struct str page = town_call(t, GET, two_path(t, "/jobs/", a, "/with/", near), "", x.one).body;
    CHECK(has(page, "登记的要求不合") && !has(page, "比你要的工钱低") && !has(page, "/take-with/"));
    CHECK_STR(json_value(t, take(t, a, near, "{\"both\":true}", x.one).body, "rule"), S("partner_cannot"));
    struct str asked = str_fmt(&t->a, "{\"both\":true,\"person_id\":\"%lld\"}", (long long)x.one_id);
    CHECK_EQ(take(t, a, near, str_z(&t->a, asked), x.desk).status, 422); /* against what he said: with a reason */
    asked = str_fmt(&t->a, "{\"both\":true,\"reason\":\"两人在场都同意\",\"person_id\":\"%lld\"}", (long long)x.one_id);
    struct answer done = take(t, a, near, str_z(&t->a, asked), x.desk);
    CHECK_EQ(done.status, 200);
    CHECK_EQ(count(done.body, S("\"shift_id\"")), 2);
    CHECK(held(t, x.one) == 1 && held(t, x.other) == 1);
}

TEST(two_who_go_only_together_are_never_taken_apart_by_two_shifts)
{
    each_town(never_split);
}

struct taken {
    int64_t shift_id, n;
};

static enum err read_taken(struct request *rq)
{
    static const struct query q = {"test.taken_of_two", "SELECT taken FROM shift WHERE city = $1 AND id = $2"};
    struct taken *x = rq->object;
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &q, ARGS(I(rq->city), I(x->shift_id)), &v);
    x->n = e ? -1 : val_i64(v);
    return e;
}

static int64_t taken(struct town *t, struct str shift)
{
    struct taken k = {.n = -1};
    CHECK(str_i64(shift, &k.shift_id) && app_read(&t->app, read_taken, &k) == OK);
    return k.n;
}

struct both {
    struct two x;
    struct str a, b;
};

static struct both both_taken(struct town *t)
{
    struct both k = {.x = people(t)};
    k.a = open_shift(t, &k.x, k.x.boss, sewing);
    k.b = open_shift(t, &k.x, k.x.rival, packing);
    pair_up(t, &k.x, "must");
    CHECK_EQ(take(t, k.a, k.b, "{\"both\":true}", k.x.one).status, 200);
    CHECK(taken(t, k.a) == 1 && taken(t, k.b) == 1);
    return k;
}

static struct answer of_hire(struct town *t, struct str who, const char *what, struct str by)
{
    return town_call(t, POST, town_at(t, "/api/v1/hires/", json_value(t, hires(t, who), "id"), what), "{}", by);
}

static struct str state(struct town *t, struct str who)
{
    return json_value(t, hires(t, who), "state");
}

static bool marked(struct town *t, struct str who)
{
    struct str body = town_call(t, GET, "/api/v1/my/marks", "", who).body;
    return has(body, "\"called_off\"") || has(body, "\"missed\"");
}

static bool told(struct town *t, const char *phone, const char *words)
{
    struct letters *l = NEW(&t->a, struct letters);
    bool any = false;
    l->a = &t->a;
    CHECK(app_write(&t->app, notice_claim, l) == OK);
    for (size_t i = 0; i < l->n; i++)
        any |= str_eq(l->v[i].phone, str_c(phone)) && has(l->v[i].text, words);
    return any;
}

static void one_calls_off(struct town *t)
{
    struct both k = both_taken(t);
    struct str day_page = town_call(t, GET, town_at(t, "/my/", json_value(t, hires(t, k.x.other), "id"), ""), "", k.x.other).body;
    CHECK(has(day_page, "两个人的位置一起让出来"));
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 7 * 60 + 30); /* half an hour before */
    CHECK_EQ(of_hire(t, k.x.one, "/cancel", k.x.one).status, 200);
    CHECK_STR(state(t, k.x.other), S("cancelled_worker"));
    CHECK(taken(t, k.a) == 0 && taken(t, k.b) == 0);
    CHECK(marked(t, k.x.one) && !marked(t, k.x.other));
    CHECK(told(t, "13811110002", "包装工"));
}

static void employer_calls_off(struct town *t)
{
    struct both k = both_taken(t);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 7 * 60 + 30);
    CHECK_EQ(of_hire(t, k.x.one, "/cancel", k.x.boss).status, 200);
    CHECK_STR(state(t, k.x.one), S("cancelled_employer"));
    CHECK_STR(state(t, k.x.other), S("cancelled_worker"));
    CHECK(taken(t, k.a) == 0 && taken(t, k.b) == 0);
    CHECK(!marked(t, k.x.one) && !marked(t, k.x.other));
    const char *rival = str_z(&t->a, str_fmt(&t->a, "/api/v1/employers/%lld", (long long)k.x.rival_employer));
    CHECK_STR(json_value(t, town_call(t, GET, rival, "", S("")).body, "called_off"), S("0")); /* it called nobody off */
}

static void one_is_missing(struct town *t)
{
    struct both k = both_taken(t);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 8 * 60 + 40);
    CHECK_EQ(of_hire(t, k.x.one, "/no-show", k.x.boss).status, 200);
    CHECK_STR(state(t, k.x.other), S("taken"));
    CHECK(told(t, "13811110002", "现在退也不记您的"));
    CHECK_EQ(of_hire(t, k.x.other, "/cancel", k.x.other).status, 200);
    CHECK(taken(t, k.a) == 0 && taken(t, k.b) == 0);
    CHECK(marked(t, k.x.one) && !marked(t, k.x.other));
}

TEST(one_of_two_at_one_place_calls_off_for_both_and_only_his_own_mark_stands)
{
    each_town(one_calls_off);
}

TEST(an_employer_who_calls_one_of_two_off_is_not_counted_for_the_shift_of_another)
{
    each_town(employer_calls_off);
}

TEST(who_is_left_alone_at_one_place_may_leave_without_a_mark)
{
    each_town(one_is_missing);
}

/* ---- many at once ---- */

enum { CROWD = 64, PLACES = 5 };

struct racer {
    struct town *t;
    const char *take, *body;
    struct str token;
    int status;
    pthread_t thread;
};

static void *race(void *p)
{
    struct racer *r = p;
    r->status = town_call_alone(r->t, POST, r->take, r->body, r->token);
    return NULL;
}

static int race_all(struct racer *v)
{
    int won = 0;
    for (int i = 0; i < CROWD; i++)
        CHECK(pthread_create(&v[i].thread, NULL, race, &v[i]) == 0);
    for (int i = 0; i < CROWD; i++) {
        pthread_join(v[i].thread, NULL);
        won += v[i].status == 200;
        CHECK(v[i].status == 200 || v[i].status == 409 || v[i].status == 404 || v[i].status == 503);
    }
    return won;
}

static void days_at_once(struct town *t)
{
    struct racer v[CROWD];
    struct two x = people(t);
    struct shift_of many = morning, few = noon;
    many.cap = CROWD;
    few.cap = PLACES;
    struct str a = open_shift(t, &x, x.boss, many), b = open_shift(t, &x, x.rival, few);
    for (int i = 0; i < CROWD; i++) {
        int64_t id;
        bool other_way = i % 2;
        v[i] = (struct racer){.t = t, .body = "{}", .take = two_path(t, "/api/v1/shifts/", other_way ? b : a, "/take-with/", other_way ? a : b),
                              .token = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "138222200%02d", i)), &id)};
    }
    CHECK_EQ(race_all(v), PLACES);
    CHECK(taken(t, a) == PLACES && taken(t, b) == PLACES);
    for (int i = 0; i < CROWD; i++)
        CHECK_EQ(held(t, v[i].token), v[i].status == 200 ? 2 : 0);
}

TEST(sixty_four_people_at_once_take_two_shifts_or_none)
{
    each_busy_town(days_at_once);
}

/* Both of each couple press at once, half of them the other way round: five couples get in, each once. */
static void couples_at_once(struct town *t)
{
    struct racer v[CROWD];
    struct two x = people(t);
    struct shift_of many = sewing, few = packing;
    many.cap = CROWD;
    few.cap = PLACES;
    struct str a = open_shift(t, &x, x.boss, many), b = open_shift(t, &x, x.rival, few);
    for (int i = 0; i < CROWD; i++) {
        int64_t *id = i % 2 ? &x.other_id : &x.one_id;
        v[i] = (struct racer){.t = t, .body = "{\"both\":true}", .take = two_path(t, "/api/v1/shifts/", i % 2 ? b : a, "/take-with/", i % 2 ? a : b),
                              .token = town_seeker(t, str_z(&t->a, str_fmt(&t->a, "138222200%02d", i)), id)};
            if (i % 2)
            pair_up(t, &x, "must");
    }
    CHECK_EQ(race_all(v), PLACES);
    CHECK(taken(t, a) == PLACES && taken(t, b) == PLACES);
    for (int i = 0; i < CROWD; i += 2) {
        bool in = v[i].status == 200 || v[i + 1].status == 200;
        CHECK(v[i].status != 200 || v[i + 1].status != 200);
        CHECK(held(t, v[i].token) == (size_t)in && held(t, v[i + 1].token) == (size_t)in);
    }
}

TEST(thirty_two_couples_at_once_take_one_shift_each_or_none)
{
    each_busy_town(couples_at_once);
}
