/* deal_test.c - what two sides owe each other: the numbers both agree on, and calling off in time. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/notice/notice_store.h"
#include "test.h"

struct deal {
    struct str boss, desk, worker;
    int64_t employer, person;
    struct str job, shift, hire;
};

static const char *at(struct town *t, const char *head, struct str id, const char *tail)
{
    return str_z(&t->a, str_fmt(&t->a, "%s%.*s%s", head, SV(id), tail));
}

/* A shift of tomorrow, 8:30 to 17:30 with an hour's break, taken. */
static struct deal deal_of(struct town *t, const char *pay)
{
    struct deal d;
    d.boss = town_employer(t, "锦裳制衣厂", &d.employer);
    d.worker = town_seeker(t, "13811110001", &d.person);
    d.desk = town_staff(t, CONSULTANT, 440105);
    struct answer a = town_call(t, POST, "/api/v1/jobs", str_z(&t->a, str_fmt(&t->a,
        "{\"title\":\"平车车位工\",\"trade\":\"sewing\",\"text\":\"女装连衣裙整件,会平车\",\"address\":\"凤阳街\",\"start_ms\":"
        "\"2026-11-25T08:30:00+08:00\",\"end_ms\":\"2026-11-25T17:30:00+08:00\",\"break_min\":60,\"cap\":2,"
        "\"valid_to\":\"2026-11-30\",%s}", pay)), d.boss);
    CHECK_EQ(a.status, 201);
    d.job = json_value(t, a.body, "id");
    d.shift = json_value(t, a.body, "shift_id");
    CHECK_EQ(town_call(t, POST, at(t, "/api/v1/jobs/", d.job, "/verify"), "{\"level\":\"phoned\"}", d.desk).status, 204);
    a = town_call(t, POST, at(t, "/api/v1/shifts/", d.shift, "/take"), "{}", d.worker);
    CHECK_EQ(a.status, 201);
    d.hire = json_value(t, a.body, "id");
    return d;
}

/* In at 8:25, out at 17:30. */
static void work(struct town *t, const struct deal *d)
{
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 505);
    struct str code = json_value(t, town_call(t, GET, at(t, "/api/v1/shifts/", d->shift, "/code"), "", d->boss).body, "code");
    CHECK_EQ(town_call(t, POST, at(t, "/api/v1/hires/", d->hire, "/check-in"), at(t, "{\"code\":\"", code, "\"}"), d->worker).status, 200);
    t->now_ms += 545 * MIN_MS;
    CHECK_EQ(town_call(t, POST, at(t, "/api/v1/hires/", d->hire, "/check-out"), "{}", d->worker).status, 200);
}

static const char by_piece[] = "\"pay_unit\":\"piece\",\"pay_fen\":60,\"piece_norm\":50";
static const char by_hour[] = "\"pay_unit\":\"hour\",\"pay_fen\":2600";

static void pieces(struct town *t)
{
    struct deal d = deal_of(t, by_piece);
    work(t, &d);
    const char *confirm = at(t, "/api/v1/hires/", d.hire, "/confirm"), *day = at(t, "/my/", d.hire, "");
    CHECK(str_find(town_call(t, GET, day, "", d.worker).body, S("name=\"pieces\" inputmode=\"numeric\" value=\"\"")) > 0);
    struct answer a = town_call(t, POST, confirm, "{\"minutes\":480}", d.worker);
    CHECK_EQ(a.status, 422); /* how many? */
    CHECK(str_find(a.body, S("pieces")) > 0);
    CHECK_EQ(town_call(t, POST, confirm, "{\"pieces\":333}", d.boss).status, 200);
    CHECK(str_find(town_call(t, GET, day, "", d.worker).body, S("value=\"333\"")) > 0);
    a = town_call(t, POST, confirm, "{\"pieces\":333}", d.worker);
    CHECK_STR(json_value(t, a.body, "state"), S("agreed"));
    CHECK_STR(json_value(t, a.body, "minutes"), S("480")); /* as he was there */
    CHECK_STR(json_value(t, a.body, "wage_fen"), S("19980"));
}

static void no_pieces(struct town *t)
{
    struct deal d = deal_of(t, by_piece);
    work(t, &d);
    const char *confirm = at(t, "/api/v1/hires/", d.hire, "/confirm");
    CHECK_STR(json_value(t, town_call(t, POST, confirm, "{\"pieces\":0}", d.boss).body, "state"), S("done"));
    CHECK_STR(json_value(t, town_call(t, POST, confirm, "{\"pieces\":0}", d.worker).body, "state"), S("agreed"));
}

static void hours(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    work(t, &d);
    CHECK_EQ(town_call(t, POST, at(t, "/api/v1/hires/", d.hire, "/confirm"), "{\"pieces\":5}", d.worker).status, 422);
}

TEST(piece_work_is_agreed_on_pieces_that_somebody_said)
{
    each_town(pieces);
}

TEST(no_pieces_at_all_must_be_said_by_both)
{
    each_town(no_pieces);
}

TEST(work_by_the_hour_is_agreed_on_minutes)
{
    each_town(hours);
}

static const char *standing(struct town *t, const struct deal *d, const char *name)
{
    const char *url = str_z(&t->a, str_fmt(&t->a, "/api/v1/employers/%lld", (long long)d->employer));
    return str_z(&t->a, json_value(t, town_call(t, GET, url, "", S("")).body, name));
}

static void called_off_by_employer(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    struct letters out = {.a = &t->a};
    CHECK(app_write(&t->app, notice_claim, &out) == OK); /* what was sent before */
    CHECK_STR(str_c(standing(t, &d, "hires_n")), S("0"));
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 420); /* 90 minutes ahead */
    CHECK_EQ(town_call(t, POST, at(t, "/api/v1/hires/", d.hire, "/cancel"), "{}", d.boss).status, 200);
    CHECK_STR(str_c(standing(t, &d, "hires_n")), S("1"));
    CHECK_STR(str_c(standing(t, &d, "called_off")), S("1"));
    const char *page = str_z(&t->a, str_fmt(&t->a, "/employers/%lld", (long long)d.employer));
    CHECK(str_find(town_call(t, GET, page, "", S("")).body, S("开工前临时取消 1")) > 0);
    CHECK(str_find(town_call(t, GET, at(t, "/jobs/", d.shift, ""), "", S("")).body, S("开工前临时取消 1")) > 0);
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    CHECK_EQ(out.n, 1);
    CHECK(out.n && str_find(out.v[0].text, S("取消")) > 0 && str_find(out.v[0].text, S("平车车位工")) > 0);
    t->now_ms += 100 * (int64_t)DAY_MS;
    CHECK_STR(str_c(standing(t, &d, "called_off")), S("0")); /* as short a memory as for workers */
}

static void called_off_in_time(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 390); /* two hours ahead */
    CHECK_EQ(town_call(t, POST, at(t, "/api/v1/hires/", d.hire, "/cancel"), "{}", d.boss).status, 200);
    CHECK_STR(str_c(standing(t, &d, "called_off")), S("0"));
}

static void called_off_by_worker(struct town *t)
{
    struct deal d = deal_of(t, by_hour);
    struct letters out = {.a = &t->a};
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 25}), 420);
    CHECK_EQ(town_call(t, POST, at(t, "/api/v1/hires/", d.hire, "/cancel"), "{}", d.worker).status, 200);
    CHECK_STR(str_c(standing(t, &d, "hires_n")), S("0"));
    CHECK(app_write(&t->app, notice_claim, &out) == OK);
    CHECK_EQ(out.n, 0);
}

TEST(an_employer_that_calls_off_late_is_shown_so_and_its_worker_is_told)
{
    each_town(called_off_by_employer);
}

TEST(an_employer_that_calls_off_two_hours_ahead_has_done_nothing_wrong)
{
    each_town(called_off_in_time);
}

TEST(what_a_worker_calls_off_is_not_counted_against_the_employer)
{
    each_town(called_off_by_worker);
}

static enum err write_query(struct request *rq)
{
    return db_run(rq->tx, rq->object, ARGS(I(rq->city)), NULL);
}

static enum err count_broken(struct request *rq)
{
    int64_t bad = 0, *all = rq->object;
    for (const struct invariant *v = invariants; v->name; v++) {
        CHECK(v->ask(rq, &bad) == OK);
        *all += bad;
    }
    return OK;
}

static int64_t broken_after(struct town *t, const struct query *q)
{
    int64_t all = 0;
    CHECK(app_write(&t->app, write_query, (void *)q) == OK);
    CHECK(app_read(&t->app, count_broken, &all) == OK);
    return all;
}

/* What somebody with the database alone may write, and how it was before. */
static const struct query forged[][2] = {
    {{"t.wage", "UPDATE hire SET wage_fen = wage_fen - 1 WHERE city = $1"}, {"t.wage_back", "UPDATE hire SET wage_fen = wage_fen + 1 WHERE city = $1"}},
    {{"t.gone", "UPDATE ledger SET city = city + 1 WHERE city = $1"}, {"t.gone_back", "UPDATE ledger SET city = city - 1 WHERE city = $1 + 1"}},
    {{"t.twice", "UPDATE ledger SET amount_fen = amount_fen * 2 WHERE city = $1"}, {"t.twice_back", "UPDATE ledger SET amount_fen = amount_fen / 2 WHERE city = $1"}},
    {{"t.terms", "UPDATE hire SET terms = 'x' || terms WHERE city = $1"}, {"t.terms_back", "UPDATE hire SET terms = substr(terms, 2) WHERE city = $1"}},
    {{"t.break", "UPDATE hire SET break_min = break_min + 1 WHERE city = $1"}, {"t.break_back", "UPDATE hire SET break_min = break_min - 1 WHERE city = $1"}},
    {{"t.paid", "UPDATE hire SET state = 'settled' WHERE city = $1"}, {"t.paid_back", "UPDATE hire SET state = 'agreed' WHERE city = $1"}},
    {{"t.seen", "UPDATE job SET verified_by = -verified_by WHERE city = $1"}, {"t.seen_back", "UPDATE job SET verified_by = -verified_by WHERE city = $1"}},
    {{"t.firm", "UPDATE employer SET state = 'new' WHERE city = $1"}, {"t.firm_back", "UPDATE employer SET state = 'verified' WHERE city = $1"}}};

static void forge(struct town *t)
{
    struct deal d = deal_of(t, by_piece);
    work(t, &d);
    const char *confirm = at(t, "/api/v1/hires/", d.hire, "/confirm");
    CHECK_EQ(town_call(t, POST, confirm, "{\"pieces\":333}", d.boss).status, 200);
    CHECK_EQ(town_call(t, POST, confirm, "{\"pieces\":333}", d.worker).status, 200);
    for (size_t i = 0; i < sizeof forged / sizeof *forged; i++) {
        if (!broken_after(t, &forged[i][0]))
            test_fail(__FILE__, __LINE__, forged[i][0].name);
        CHECK_EQ(broken_after(t, &forged[i][1]), 0);
    }
}

TEST(a_wage_terms_a_ledger_or_a_verification_changed_behind_the_program_are_found)
{
    each_town(forge);
}
