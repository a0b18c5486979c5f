/* list_test.c - what stands on the lists of both sides, whatever else is in the market. On every engine. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/employer/employer.h"
#include "feature/hire/hire.h"
#include "feature/job/job.h"
#include "feature/match/match.h"
#include "http/feed.h"
#include "http/store.h"
#include "test.h"

static size_t count(struct str body, struct str what)
{
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(body, what)) >= 0; n++)
        body = str_sub(body, (size_t)at + 1, body.n);
    return n;
}

/* A verified shift of the next day; its id. */
static struct str open_shift(struct town *t, struct str boss, struct str desk, int hour_fen, int cap)
{
    struct str body = str_fmt(&t->a, "{\"title\":\"车间普工\",\"trade\":\"sewing\",\"text\":\"剪线头查次品\",\"rhythm\":\"day\",\"address\":\"凤阳街\",\"pay_unit\":\"hour\","
                                     "\"pay_fen\":%d,\"valid_to\":\"2026-11-30\",\"start_ms\":\"2026-11-25T08:30:00+08:00\","
                                     "\"end_ms\":\"2026-11-25T18:00:00+08:00\",\"break_min\":60,\"cap\":%d}", hour_fen, cap);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, body), boss);
    CHECK_EQ(a.status, 201);
    CHECK(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk).status < 300);
    return json_value(t, a.body, "shift_id");
}

/* ---- whom a person does not meet ---- */

enum { SHUNNED = 9, THEIRS = 25, OTHERS = 5 };

struct shun {
    int64_t person_id, employer_id[SHUNNED];
};

static enum err shun(struct request *rq)
{
    static const struct query add = {"test.shun", "INSERT INTO block (id, city, side, person_id, employer_id, until_day, made_ms)"
                                                  " VALUES ($1, $2, 'person', $3, $4, 0, $5)"};
    const struct shun *x = rq->object;
    enum err e = OK;
    for (int64_t i = 0; !e && i < SHUNNED; i++)
        e = db_run(rq->tx, &add, ARGS(I(i + 1), I(rq->city), I(x->person_id), I(x->employer_id[i]), I(rq->now_ms + i)), NULL);
    return e;
}

/* The engine knows eight of the nine; the ninth, with the best pay of all, has more shifts than a list is long. */
static void shunned(struct town *t)
{
    struct shun x;
    int64_t id;
    struct str desk = town_staff(t, CONSULTANT, 440105), first = town_employer(t, "甲厂", &x.employer_id[0]);
    for (int i = 1; i < SHUNNED; i++)
        town_employer(t, str_z(&t->a, str_fmt(&t->a, "甲厂%d", i)), &x.employer_id[i]);
    for (int i = 0; i < THEIRS; i++)
        open_shift(t, first, desk, 4500, 5);
    struct str other = town_employer(t, "乙厂", &id), worker = town_seeker(t, "13811110001", &x.person_id);
    for (int i = 0; i < OTHERS; i++)
        open_shift(t, other, desk, 2600, 5);
    CHECK(app_write(&t->app, shun, &x) == OK && feed_drain(&t->app) == OK);
    struct str list = town_call(t, GET, "/api/v1/suggestions", "", worker).body;
    CHECK_EQ(count(list, S("\"shift_id\"")), OTHERS);
    CHECK_EQ(count(list, S("甲厂")), 0);
    CHECK_EQ(count(town_call(t, GET, "/api/v1/suggestions?sort=plain", "", worker).body, S("\"shift_id\"")), OTHERS);
}

TEST(a_list_is_full_however_many_employers_a_person_does_not_meet)
{
    each_town(shunned);
}

/* ---- whom an employer does not see ---- */

enum { FRESH = 70, IDLE = 70, DAYS_IDLE = 30 };

static enum err age_registration(struct request *rq)
{
    static const struct query q = {"test.registered", "UPDATE person SET made_ms = $3 WHERE city = $1 AND id = $2"};
    int64_t id = *(int64_t *)rq->object;
    enum err e = db_run(rq->tx, &q, ARGS(I(rq->city), I(id), I(rq->now_ms - DAYS_IDLE * (int64_t)DAY_MS)), NULL);
    return e ? e : change_put(rq, "person", id);
}

/* Half of all who can come are long without work and rank behind the other half. */
static void half_idle(struct town *t)
{
    int64_t id, idle[IDLE];
    struct str desk = town_staff(t, CONSULTANT, 440105), boss = town_employer(t, "乙厂", &id);
    struct str shift = open_shift(t, boss, desk, 3000, 5);
    for (int i = 0; i < FRESH + IDLE; i++) {
        town_seeker(t, str_z(&t->a, str_fmt(&t->a, "138333%05d", i)), &id);
        const char *of = town_at(t, "/api/v1/people/", str_fmt(&t->a, "%lld", (long long)id), "");
        CHECK_EQ(town_call(t, POST, of, i < FRESH ? "{\"trade\":\"sewing\"}" : "{\"trade\":\"guard\",\"floor_fen\":2900}", desk).status, 200);
        if (i < FRESH)
            continue;
        idle[i - FRESH] = id;
        CHECK(app_write(&t->app, age_registration, &id) == OK);
    }
    CHECK(feed_drain(&t->app) == OK);
    struct str list = town_call(t, GET, town_at(t, "/api/v1/shifts/", shift, "/people"), "", boss).body, rest = list;
    int32_t seen = 0, of_idle = 0, broken = 0;
    for (ptrdiff_t at; (at = str_find(rest, S("\"person_id\":"))) >= 0;) {
        rest = str_sub(rest, (size_t)at + 1, rest.n);
        CHECK(str_i64(json_value(t, str_cat(&t->a, S("\""), rest), "person_id"), &id));
        for (int i = 0; i < IDLE; i++)
            of_idle += idle[i] == id;
        seen++;
        broken += of_idle < seen * 4 / 10; /* a half less FAIR_DELTA_PCT */
    }
    CHECK_EQ(seen, MATCH_CANDIDATES);
    CHECK_EQ(broken, 0);
    CHECK(str_find(list, str_fmt(&t->a, "%lld", (long long)idle[0])) > 0);
}

TEST(people_long_without_work_have_their_share_of_an_employers_list_whoever_is_in_front)
{
    each_town(half_idle);
}

/* ---- lists longer than a page ---- */

enum { LONG = 450, CALLED_OFF = 1200 };

struct filler {
    int64_t employer_id, person_id;
};

static enum err fill_lists(struct request *rq)
{
    const struct filler *f = rq->object;
    enum err e = OK;
    for (int i = 0; !e && i < LONG; i++) {
        struct employer p = {.id = new_id(rq), .city = rq->city, .name = S("新厂"), .district = 440105, .contact = S("王"),
                             .made_ms = rq->now_ms, .uscc = str_fmt(rq->a, "91440101MA5%07d", i)};
        struct job j = {.id = new_id(rq), .city = rq->city, .district = 440105, .employer_id = f->employer_id, .title = S("普工"),
                        .source = S("import"), .source_id = str_fmt(rq->a, "%d", i), .state = JOB_HELD, .made_ms = rq->now_ms};
        e = employer_add(rq, &p);
        if (!e)
            e = job_add(rq, &j);
    }
    for (int i = 0; !e && i < CALLED_OFF; i++) { /* several begin at the same moment: a page ends between them */
        struct hire h = {.id = new_id(rq), .city = rq->city, .shift_id = i + 1, .job_id = 1, .employer_id = f->employer_id,
                         .person_id = f->person_id, .state = i % (CALLED_OFF - 1) ? HIRE_CANCELLED_WORKER : HIRE_SETTLED,
                         .start_ms = rq->now_ms + i / 7 * 1000, .made_ms = rq->now_ms};
        h.end_ms = h.start_ms + HOUR_MS;
        h.out_ms = i % (CALLED_OFF - 1) ? 0 : h.end_ms;
        h.wage_fen = i % (CALLED_OFF - 1) ? 0 : 15000;
        e = hire_add(rq, &h);
    }
    return e;
}

/* How many things there are on all pages together; no page is empty, and nothing comes twice. */
static size_t walk(struct town *t, const char *list, struct str token)
{
    size_t n = 0;
    struct str next = S(""), seen = S("");
    do {
        struct str path = str_fmt(&t->a, "%s%s%.*s", list, next.n ? "&after=" : "", SV(next));
        struct answer a = town_call(t, GET, str_z(&t->a, path), "", token);
        CHECK_EQ(a.status, 200);
        for (struct str rest = a.body; str_find(rest, S("{\"id\":\"")) >= 0; n++) {
            struct str id = str_sub(rest, (size_t)str_find(rest, S("{\"id\":\"")), rest.n);
            rest = str_sub(id, 8, id.n);
            id = str_sub(id, 0, (size_t)str_find(id, S(",")) + 1);
            CHECK(str_find(seen, id) < 0);
            seen = str_cat(&t->a, seen, id);
        }
        struct str tail = str_sub(a.body, a.body.n > 40 ? a.body.n - 40 : 0, a.body.n);
        next = json_value(t, tail, "next");
        next = str_eq(next, S("null")) ? S("") : next;
    } while (next.n);
    return n;
}

/* The same of the page with links. Every page says how many days and how much there are of all. */
static size_t walk_days(struct town *t, struct str token)
{
    size_t n = 0;
    const char *at = "/my";
    for (ptrdiff_t link = 0; link >= 0;) {
        struct str page = town_call(t, GET, at, "", token).body, head = S("href=\"/my?after=");
        CHECK(str_find(page, S("<b>2</b> 天干过的活")) > 0 && str_find(page, S("<b>300</b> 元已到手")) > 0);
        n += count(page, S("<a class=\"card\" href=\"/my/"));
        link = str_find(page, head);
        if (link < 0)
            break;
        CHECK(str_find(page, S("更早的活")) > 0);
        struct str rest = str_sub(page, (size_t)link + 6, page.n);
        at = str_z(&t->a, str_cut(&rest, '"'));
    }
    return n;
}

static void long_lists(struct town *t)
{
    struct filler f;
    struct str seeker = town_seeker(t, "13811110001", &f.person_id), boss = town_employer(t, "锦裳制衣厂", &f.employer_id);
    struct str desk = town_staff(t, SITE_MANAGER, 440105);
    int64_t other;
    struct str stranger = town_employer(t, "别家厂", &other);
    CHECK(app_write(&t->app, fill_lists, &f) == OK);
    t->spoiled = true;
    CHECK_EQ(walk(t, "/api/v1/jobs-waiting?state=held", desk), LONG);
    CHECK_EQ(walk(t, "/api/v1/employers?state=new", desk), LONG);
    CHECK_EQ(walk(t, "/api/v1/employer/hires?days=1", boss), CALLED_OFF);
    CHECK_EQ(walk(t, "/api/v1/my/hires?", seeker), CALLED_OFF);
    CHECK_EQ(walk(t, str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld/hires?", (long long)f.person_id)), desk), CALLED_OFF);
    CHECK_EQ(walk_days(t, seeker), CALLED_OFF);
    struct str theirs = json_value(t, town_call(t, GET, "/api/v1/my/hires", "", seeker).body, "id");
    struct str neighbour = town_seeker(t, "13811110002", &other);
    CHECK_EQ(town_call(t, GET, town_at(t, "/my?after=", theirs, ""), "", neighbour).status, 404);
    CHECK_EQ(town_call(t, GET, str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld/hires?after=%.*s", (long long)other, SV(theirs))), "", desk).status, 404);
    struct str last = json_value(t, town_call(t, GET, "/api/v1/employer/hires", "", boss).body, "id");
    CHECK_EQ(town_call(t, GET, town_at(t, "/api/v1/employer/hires?after=", last, ""), "", stranger).status, 404);
    struct str book = town_sheet(t, "/api/v1/employer/hires?days=1", boss).body; /* what is owed stands on the last page */
    CHECK_EQ(count(unzip(&t->a, book, "xl/worksheets/sheet1.xml"), S("<row ")), 3);
}

TEST(of_a_list_that_is_longer_than_a_page_everything_is_reached_and_once)
{
    each_town(long_lists);
}

/* ---- the screen in the hall ---- */

enum { SHIFTS = 2100 };

static enum err add_shifts(struct request *rq)
{
    struct job j;
    enum err e = job_of_shift(rq, *(int64_t *)rq->object, &j);
    for (int64_t k = 0; !e && k < SHIFTS; k++)
        e = shift_add(rq, &(struct shift){800000 + k, rq->city, j.id, j.start_ms, j.end_ms, 60, 2, 1});
    return e;
}

/* The places and the pay of every trade, as each post by itself has them: one is past the first 2,000 and pays best, and
 * by the piece and by the day it is the same. */
static enum err pays_of_all(struct request *rq)
{
    static const struct {
        int32_t unit;
        int64_t fen, norm, break_min;
    } kinds[] = {{PAY_HOUR, 3333, 0, 45}, {PAY_DAY, 26000, 0, 0}, {PAY_PIECE, 37, 61, 30}, {PAY_HOUR, 2999, 0, 600}, {PAY_MONTH, 600000, 0, 0}};
    struct job j;
    struct trade_pay *p;
    size_t n = 0;
    int64_t from_ms = rq->now_ms, to_ms = rq->now_ms + 3 * (int64_t)DAY_MS;
    enum err e = job_of_shift(rq, *(int64_t *)rq->object, &j);
    for (size_t k = 0; !e && k < sizeof kinds / sizeof *kinds; k++) {
        struct job one = j;
        one.id = new_id(rq);
        one.source_id = str_fmt(rq->a, "%zu", k);
        one.trade = j.trade + 1;
        one.pay_unit = kinds[k].unit;
        one.pay_fen = kinds[k].fen;
        one.piece_norm = kinds[k].norm;
        e = job_add(rq, &one);
        if (!e)
            e = shift_add(rq, &(struct shift){900000 + (int64_t)k, rq->city, one.id, j.start_ms + HOUR_MS, j.end_ms, kinds[k].break_min, 9, 1});
        if (!e)
            e = job_of_shift(rq, 900000 + (int64_t)k, &one);
        if (!e)
            e = job_pays(rq, from_ms, to_ms, &p, &n);
        CHECK(!e && n == 2);
        if (e || n != 2)
            return ERR_BUG;
        const struct trade_pay *old = &p[0], *new = &p[1]; /* the most places first */
        CHECK(old->trade == j.trade && old->left == 2108 && old->paid_left == 2108 && old->min_fen == 25500 && old->max_fen == 34000);
        bool month = one.pay_unit == PAY_MONTH; /* has places, and no pay of a shift */
        CHECK(new->trade == one.trade && new->left == 8 && new->paid_left == (month ? 0 : 8) && new->max_fen == new->min_fen);
        CHECK_EQ(new->min_fen, month ? 0 : job_shift_fen(&one));
        if (!e)
            e = shift_take(rq, one.shift_id, 8); /* full: no longer among them */
    }
    return e;
}

static void many_places(struct town *t)
{
    int64_t id;
    struct str boss = town_employer(t, "锦裳制衣厂", &id), desk = town_staff(t, SITE_MANAGER, 440105);
    struct str shift = open_shift(t, boss, desk, 3000, 7);
    open_shift(t, boss, desk, 4000, 1); /* behind all the others */
    t->spoiled = true; /* the places that are taken are nobody's */
    CHECK(str_i64(shift, &id) && app_write(&t->app, add_shifts, &id) == OK);
    struct str page = town_call(t, GET, "/hall", "", S("")).body;
    CHECK(str_find(page, S("<b>2108</b>")) > 0 && str_find(page, S("<b>255–340</b>")) > 0);
    CHECK(str_find(page, S(">地点</th>")) > 0 && str_find(page, S(">路上</th>")) < 0); /* a way is from somewhere */
    CHECK(app_write(&t->app, pays_of_all, &id) == OK);
}

TEST(the_screen_in_the_hall_counts_every_free_place_of_the_city)
{
    each_town(many_places);
}

/* ---- what a firm offers, on its page ---- */

static enum err crowd_out(struct request *rq)
{
    static const struct query add = {"test.crowd", "INSERT INTO shift (id, city, job_id, start_ms, end_ms, break_min, cap, taken) WITH RECURSIVE n (i)"
                                                   " AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 2100)"
                                                   " SELECT n.i, s.city, s.job_id, s.start_ms - 60000, s.end_ms, s.break_min, s.cap, s.taken"
                                                   " FROM shift s CROSS JOIN n WHERE s.city = $1 AND s.id = $2"};
    int64_t n = 0;
    enum err e = db_run(rq->tx, &add, ARGS(I(rq->city), I(*(int64_t *)rq->object)), &n);
    CHECK_EQ(n, 2100);
    return e;
}

/* Others have more shifts before its own than any list is long. */
static void in_a_crowd(struct town *t)
{
    int64_t large_id, small_id, shift_id = 0;
    struct str desk = town_staff(t, CONSULTANT, 0), large = town_employer(t, "大厂", &large_id), small = town_employer(t, "小作坊", &small_id);
    CHECK(str_i64(open_shift(t, large, desk, 3000, 5), &shift_id));
    struct str own = open_shift(t, small, desk, 3000, 1);
    CHECK_EQ(app_write(&t->app, crowd_out, &shift_id), OK);
    struct answer a = town_browse(t, GET, town_at(t, "/employers/", str_fmt(&t->a, "%lld", (long long)small_id), ""), "", S(""));
    CHECK_EQ(a.status, 200);
    CHECK_EQ(count(a.body, str_fmt(&t->a, "href=\"/jobs/%.*s\"", SV(own))), 1);
    a = town_browse(t, GET, town_at(t, "/employers/", str_fmt(&t->a, "%lld", (long long)large_id), ""), "", S(""));
    CHECK_EQ(a.status, 200);
    CHECK_EQ(count(a.body, str_fmt(&t->a, "href=\"/jobs/%.*s\"", SV(own))), 0);
}

TEST(the_page_of_a_firm_shows_its_work_whatever_others_offer)
{
    each_town(in_a_crowd);
}

/* ---- the way, which is known to a street ---- */

static void same_street(struct town *t)
{
    int64_t person, employer;
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105), worker = town_seeker(t, "13811110001", &person);
    const char *edit = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld", (long long)person));
    CHECK_EQ(town_call(t, POST, edit, "{\"home_text\":\"凤阳街\"}", worker).status, 200);
    struct str page = town_call(t, GET, town_at(t, "/jobs/", open_shift(t, boss, desk, 2600, 2), ""), "", worker).body;
    CHECK(str_find(page, S("走路 不到5 分钟")) > 0 && str_find(page, S("路上不到5分钟")) > 0);
    CHECK(str_find(page, S("走路 0")) < 0 && str_find(page, S("路上0")) < 0);
}

TEST(nobody_is_told_that_the_way_takes_no_time)
{
    each_town(same_street);
}

/* ---- work of no named trade ---- */

static void of_no_trade(struct town *t)
{
    int64_t person, employer;
    struct str boss = town_employer(t, "甲厂", &employer), desk = town_staff(t, CONSULTANT, 440105);
    struct str me = town_seeker(t, "13822220001", &person);
    struct answer a = town_call(t, POST, "/api/v1/jobs",
        "{\"title\":\"手工钉珠\",\"trade\":\"other\",\"text\":\"亮片珠子钉到裙身\",\"address\":\"凤阳街\",\"start_ms\":\"2026-11-25T08:30:00+08:00\","
        "\"end_ms\":\"2026-11-25T17:30:00+08:00\",\"break_min\":60,\"cap\":2,\"valid_to\":\"2026-12-01\",\"pay_unit\":\"hour\",\"pay_fen\":2600,\"rhythm\":\"day\"}", boss);
    CHECK_EQ(town_call(t, POST, town_at(t, "/api/v1/jobs/", json_value(t, a.body, "id"), "/verify"), "{\"level\":\"phoned\"}", desk).status, 204);
    struct str page = town_call(t, GET, town_at(t, "/jobs/", json_value(t, a.body, "shift_id"), ""), "", S("")).body;
    CHECK(str_find(page, S("<dd>其他</dd>")) > 0 && str_find(page, S("什么都行")) < 0);
    CHECK(str_find(town_browse(t, GET, "/me/edit", "", me).body, S("什么都行")) > 0);
}

TEST(a_post_of_another_trade_is_of_another_while_a_wish_for_none_is_for_anything)
{
    each_town(of_no_trade);
}
