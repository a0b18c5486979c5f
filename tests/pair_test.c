/* pair_test.c - a couple that must stay together: what it is shown, what binds it, and how it leaves. On every engine. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/notice/notice_store.h"
#include "test.h"

struct pair {
    struct str boss, desk, one, other, shift, job;
    int64_t employer, one_id, other_id;
};

static void say(struct town *t, const struct pair *x, int64_t person_id, const char *what)
{
    const char *of = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld", (long long)person_id));
    CHECK_EQ(town_call(t, POST, of, what, x->desk).status, 200);
}

/* Two people, and a verified shift of the next day, 8:30 to 18:00 for 30 yuan an hour. */
static struct pair two_before(struct town *t, int cap)
{
    struct pair x;
    x.boss = town_employer(t, "锦裳制衣厂", &x.employer);
    x.desk = town_staff(t, CONSULTANT, 440105);
    x.one = town_seeker(t, "13811110001", &x.one_id);
    x.other = town_seeker(t, "13811110002", &x.other_id);
    struct str body = str_fmt(&t->a, "{\"title\":\"车间普工\",\"trade\":\"sewing\",\"text\":\"剪线头查次品\",\"rhythm\":\"day\",\"address\":\"凤阳街\",\"pay_unit\":\"hour\","
                                     "\"pay_fen\":3000,\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T08:30:00+08:00\","
                                     "\"end_ms\":\"2026-11-25T18:00:00+08:00\",\"break_min\":60,\"cap\":%d}", cap);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), x.boss);
    CHECK_EQ(a.status, 201);
    x.job = json_value(t, a.body, "id");
    x.shift = json_value(t, a.body, "shift_id");
    CHECK(town_call(t, POST, town_at(t, "/api/v1/jobs/", x.job, "/verify"), "{\"level\":\"phoned\"}", x.desk).status < 300);
    return x;
}

static void must(struct town *t, const struct pair *x)
{
    say(t, x, x->one_id, str_z(&t->a, str_fmt(&t->a, "{\"partner_id\":\"%lld\",\"together\":\"must\"}", (long long)x->other_id)));
}

static bool listed(struct town *t, const struct pair *x, struct str who)
{
    return str_find(town_call(t, GET, "/api/v1/suggestions", "", who).body, x->shift) > 0;
}

static struct answer take(struct town *t, const struct pair *x, struct str who)
{
    return town_call(t, POST, town_at(t, "/api/v1/shifts/", x->shift, "/take"), "{}", who);
}

static bool page_says(struct town *t, const struct pair *x, struct str who, const char *words)
{
    return str_find(town_call(t, GET, town_at(t, "/jobs/", x->shift, ""), "", who).body, str_c(words)) > 0;
}

static const char takes[] = "/take\"", said[] = "登记的要求不合", firm[] = "按规定去不了";

/* What one of the two has said, and how his own page puts it, which the page of the other must not. */
static const struct {
    const char *what, *own;
} bars[] = {{"{\"from_min\":480,\"to_min\":720}", "能上工的时间对不上"},
            {"{\"floor_fen\":9000}", "比你要的工钱低"},
            {"{\"drop_min\":600}", "接送孩子的时间冲突"}};
static const char nothing[] = "{\"from_min\":0,\"to_min\":0,\"floor_fen\":0,\"drop_min\":0}";

static void both_or_neither(struct town *t)
{
    struct pair x = two_before(t, 2);
    must(t, &x);
    CHECK(listed(t, &x, x.one) && listed(t, &x, x.other) && page_says(t, &x, x.one, takes));
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
        say(t, &x, x.other_id, bars[i].what);
        CHECK(!listed(t, &x, x.one) && !listed(t, &x, x.other));
        CHECK(page_says(t, &x, x.one, said) && !page_says(t, &x, x.one, takes) && !page_says(t, &x, x.one, bars[i].own));
        CHECK(page_says(t, &x, x.other, bars[i].own) && !page_says(t, &x, x.other, said));
        CHECK(page_says(t, &x, x.other, takes)); /* for himself he may decide otherwise */
        struct answer a = take(t, &x, x.one);
        CHECK_EQ(a.status, 409);
        CHECK_STR(json_value(t, a.body, "rule"), S("partner_cannot"));
        say(t, &x, x.other_id, nothing);
    }
    say(t, &x, x.one_id, bars[1].what);
    CHECK_EQ(take(t, &x, x.one).status, 201);
    CHECK(str_find(town_call(t, GET, "/api/v1/my/hires", "", x.other).body, x.shift) > 0);
}

TEST(a_couple_sees_and_takes_only_what_both_of_them_may)
{
    each_town(both_or_neither);
}

static void busy(struct town *t)
{
    struct pair x = two_before(t, 3);
    CHECK_EQ(take(t, &x, x.other).status, 201);
    must(t, &x);
    CHECK(!listed(t, &x, x.one) && page_says(t, &x, x.one, firm) && !page_says(t, &x, x.one, takes));
    struct answer a = take(t, &x, x.one);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("partner_cannot")); /* and not "overlap" */
    CHECK_STR(json_value(t, take(t, &x, x.other).body, "rule"), S("overlap"));
}

TEST(why_the_other_of_a_couple_is_not_free_stays_his_own_matter)
{
    each_town(busy);
}

static void no_false_hope(struct town *t)
{
    struct pair x = two_before(t, 2);
    must(t, &x);
    say(t, &x, x.one_id, bars[1].what);
    CHECK(page_says(t, &x, x.one, "要是一小时"));
    say(t, &x, x.other_id, bars[0].what);
    CHECK(page_says(t, &x, x.one, said) && !page_says(t, &x, x.one, "要是一小时"));
}

TEST(no_change_of_one_is_said_to_open_what_the_other_of_a_couple_cannot_do)
{
    each_town(no_false_hope);
}

/* ---- the question of age ---- */

struct taken {
    int64_t shift_id, n;
};

static enum err read_taken(struct request *rq)
{
    static const struct query q = {"test.taken", "SELECT taken FROM shift WHERE city = $1 AND id = $2"};
    struct taken *x = rq->object;
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &q, ARGS(I(rq->city), I(x->shift_id)), &v);
    x->n = e ? -1 : val_i64(v);
    return e;
}

static int64_t taken(struct town *t, const struct pair *x)
{
    struct taken k = {.n = -1};
    CHECK(str_i64(x->shift, &k.shift_id) && app_read(&t->app, read_taken, &k) == OK);
    return k.n;
}

static struct pair ageless(struct town *t)
{
    struct pair x = two_before(t, 2);
    must(t, &x);
    say(t, &x, x.one_id, "{\"age_said\":\"unasked\"}");
    say(t, &x, x.other_id, "{\"age_said\":\"unasked\",\"name\":\"李秀英\"}");
    return x;
}

static struct str age_of(struct town *t, struct str who, int64_t id)
{
    return json_value(t, town_call(t, GET, str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld", (long long)id)), "", who).body, "age_said");
}

static struct answer answers(struct town *t, const char *where, struct str who)
{
    return town_call(t, POST, where, "{\"age_said\":\"adult\"}", who);
}

static const char waits[] = "还没答「满18岁了吗」";

static void age_by_take(struct town *t)
{
    struct pair x = ageless(t);
    const char *where = town_at(t, "/api/v1/shifts/", x.shift, "/take");
    CHECK(page_says(t, &x, x.one, waits) && !page_says(t, &x, x.one, takes) && page_says(t, &x, x.one, "您自己也还没答"));
    struct answer a = answers(t, where, x.one);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("age_of_other"));
    CHECK(str_find(a.body, S("李**还没答")) > 0); /* whose it is */
    CHECK_STR(age_of(t, x.one, x.one_id), S("adult"));
    CHECK(page_says(t, &x, x.one, waits) && !page_says(t, &x, x.one, takes) && !page_says(t, &x, x.one, "您自己也还没答"));
    CHECK(page_says(t, &x, x.other, takes) && !page_says(t, &x, x.other, waits));
    CHECK_EQ(answers(t, where, x.other).status, 201);
    CHECK_EQ(taken(t, &x), 2);
}

TEST(an_answer_about_age_is_kept_and_the_question_of_a_couple_names_whose_it_is)
{
    each_town(age_by_take);
}

static void age_at_desk(struct town *t)
{
    struct pair x = ageless(t);
    const char *where = town_at(t, "/api/v1/shifts/", x.shift, "/take");
    const char *for_one = str_z(&t->a, str_fmt(&t->a, "{\"person_id\":\"%lld\",\"age_said\":\"adult\"}", (long long)x.one_id));
    struct answer a = town_call(t, POST, where, for_one, x.desk);
    CHECK_EQ(a.status, 409);
    CHECK(str_find(a.body, S("李**还没答")) > 0); /* whose it is */
    CHECK_STR(age_of(t, x.one, x.one_id), S("adult"));
    say(t, &x, x.other_id, "{\"age_said\":\"adult\"}");
    CHECK_EQ(town_call(t, POST, where, for_one, x.desk).status, 201);
    CHECK_EQ(taken(t, &x), 2);
}

TEST(a_desk_is_told_who_of_a_couple_has_yet_to_say_his_age)
{
    each_town(age_at_desk);
}

static void age_by_offer(struct town *t)
{
    struct pair x = ageless(t);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/shifts/", x.shift, "/ask"), "{}", x.desk).status, 200);
    const char *yes = town_at(t, "/api/v1/offers/", json_value(t, town_call(t, GET, "/api/v1/my/offers", "", x.one).body, "id"), "/yes");
    CHECK(str_find(town_call(t, GET, "/my", "", x.one).body, str_c(waits)) > 0);
    struct answer a = answers(t, yes, x.one);
    CHECK_EQ(a.status, 409);
    CHECK_STR(json_value(t, a.body, "rule"), S("age_of_other"));
    CHECK_STR(age_of(t, x.one, x.one_id), S("adult"));
    CHECK(str_find(town_call(t, GET, "/my", "", x.one).body, S("/yes")) < 0);
    CHECK_EQ(answers(t, yes, x.other).status, 200);
    CHECK_EQ(taken(t, &x), 2);
}

TEST(a_yes_of_a_couple_waits_until_both_have_said_their_age)
{
    each_town(age_by_offer);
}

/* ---- one of the two does not come ---- */

/* Whether a letter with these words is waiting for this phone; letters are read once. */
static bool told(struct town *t, const char *phone, const char *words)
{
    struct letters *l = NEW(&t->a, struct letters);
    bool any = false;
    l->a = &t->a;
    CHECK(app_write(&t->app, notice_claim, l) == OK);
    for (size_t i = 0; i < l->n; i++)
        any |= str_eq(l->v[i].phone, str_c(phone)) && str_find(l->v[i].text, str_c(words)) >= 0;
    return any;
}

static struct answer of_hire(struct town *t, struct str who, const char *what, struct str by)
{
    struct str id = json_value(t, town_call(t, GET, "/api/v1/my/hires", "", who).body, "id");
    return town_call(t, POST, town_at(t, "/api/v1/hires/", id, what), "{}", by);
}

static struct str state(struct town *t, struct str who)
{
    return json_value(t, town_call(t, GET, "/api/v1/my/hires", "", who).body, "state");
}

static bool page_of_day(struct town *t, struct str who, const char *words)
{
    struct str id = json_value(t, town_call(t, GET, "/api/v1/my/hires", "", who).body, "id");
    return str_find(town_call(t, GET, town_at(t, "/my/", id, ""), "", who).body, str_c(words)) > 0;
}

/* Called off late, the worst there is to be recorded. */
static bool marked(struct town *t, struct str who)
{
    struct str body = town_call(t, GET, "/api/v1/my/marks", "", who).body;
    return str_find(body, S("\"called_off\"")) > 0 || str_find(body, S("\"missed\"")) > 0;
}

static void at(struct town *t, int32_t minute)
{
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), minute);
}

static struct pair both_taken(struct town *t)
{
    struct pair x = two_before(t, 2);
    must(t, &x);
    CHECK_EQ(take(t, &x, x.one).status, 201);
    CHECK_EQ(taken(t, &x), 2);
    return x;
}

static void employer_calls_off(struct town *t)
{
    struct pair x = both_taken(t);
    CHECK_EQ(of_hire(t, x.one, "/cancel", x.boss).status, 200);
    CHECK_STR(state(t, x.one), S("cancelled_employer"));
    CHECK_STR(state(t, x.other), S("cancelled_employer"));
    CHECK_EQ(taken(t, &x), 0);
    CHECK(told(t, "13811110002", "两个位置都让出来了"));
    CHECK(!told(t, "13811110002", "两个位置"));
    CHECK(!marked(t, x.one) && !marked(t, x.other));
    CHECK_EQ(of_hire(t, x.other, "/cancel", x.other).status, 409);
}

static void takes_for_both(struct town *t)
{
    struct pair x = two_before(t, 2);
    CHECK(!page_says(t, &x, x.one, "两个人都算说定了"));
    must(t, &x);
    CHECK(page_says(t, &x, x.one, "两个人都算说定了") && page_says(t, &x, x.other, "两个人都算说定了"));
}

static void one_calls_off_late(struct town *t)
{
    struct pair x = both_taken(t);
    CHECK(page_of_day(t, x.other, "两个人的位置一起让出来"));
    at(t, 8 * 60); /* half an hour before */
    CHECK_EQ(of_hire(t, x.other, "/cancel", x.other).status, 200);
    CHECK_STR(state(t, x.one), S("cancelled_worker"));
    CHECK(!page_of_day(t, x.one, "自己取消了")); /* it was not he */
    CHECK_EQ(taken(t, &x), 0);
    CHECK(told(t, "13811110001", "不记您的"));
    CHECK(marked(t, x.other) && !marked(t, x.one));
}

static void one_is_missing(struct town *t)
{
    struct pair x = both_taken(t);
    at(t, 9 * 60 + 5);
    CHECK_EQ(of_hire(t, x.one, "/no-show", x.boss).status, 200);
    CHECK_STR(state(t, x.other), S("taken")); /* he may be at the door */
    CHECK(told(t, "13811110002", "现在退也不记您的"));
    CHECK_EQ(taken(t, &x), 1);
    CHECK_EQ(of_hire(t, x.other, "/cancel", x.other).status, 200);
    CHECK_EQ(taken(t, &x), 0);
    CHECK(marked(t, x.one) && !marked(t, x.other));
    CHECK(!told(t, "13811110001", "位置"));
}

/* At work already: his day goes on. */
static void one_works(struct town *t)
{
    struct pair x = both_taken(t);
    at(t, 8 * 60 + 20);
    struct str code = json_value(t, town_call(t, GET, town_at(t, "/api/v1/shifts/", x.shift, "/code"), "", x.boss).body, "code");
    struct str id = json_value(t, town_call(t, GET, "/api/v1/my/hires", "", x.one).body, "id");
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/hires/", id, "/check-in"), town_at(t, "{\"code\":\"", code, "\"}"), x.one).status, 200);
    CHECK_EQ(of_hire(t, x.other, "/cancel", x.other).status, 200);
    CHECK_STR(state(t, x.one), S("working"));
    CHECK_EQ(taken(t, &x), 1);
    CHECK(marked(t, x.other));
}

/* No longer two: each goes his own way. */
static void apart(struct town *t)
{
    struct pair x = both_taken(t);
    const char *leave = town_at(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)x.one_id), "/leave-partner");
    CHECK(town_call(t, POST, leave, "{}", x.one).status < 300);
    CHECK_EQ(of_hire(t, x.one, "/cancel", x.one).status, 200);
    CHECK_STR(state(t, x.other), S("taken"));
    CHECK_EQ(taken(t, &x), 1);
    CHECK(!told(t, "13811110002", "位置"));
}

TEST(one_of_a_couple_reads_that_the_button_binds_both)
{
    each_town(takes_for_both);
}

TEST(an_employer_who_calls_one_of_a_couple_off_calls_off_both)
{
    each_town(employer_calls_off);
}

TEST(one_of_a_couple_calls_off_for_both_and_only_his_own_mark_stands)
{
    each_town(one_calls_off_late);
}

TEST(who_was_left_alone_by_a_missing_partner_may_leave_without_a_mark)
{
    each_town(one_is_missing);
}

TEST(who_is_at_work_stays_when_the_partner_calls_off)
{
    each_town(one_works);
}

TEST(those_who_are_no_couple_any_more_are_called_off_one_by_one)
{
    each_town(apart);
}
