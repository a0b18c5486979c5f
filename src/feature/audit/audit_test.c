/* audit_test.c - who answers for the whole city reads who did what, page by page, and sees a broken chain. */
#include "app_fixture.h"
#include "feature/audit/audit.h"
#include "http/router.h"
#include "http/store.h"
#include "test.h"

static enum err forge(struct request *rq)
{
    static const struct query q = {"test.forge", "UPDATE audit SET reason = 'nothing' WHERE city = $1 AND n = 2"};
    return db_run(rq->tx, &q, ARGS(I(rq->city)), NULL);
}

static int count(struct str body, struct str what)
{
    int n = 0;
    for (ptrdiff_t at; (at = str_find(body, what)) >= 0; n++)
        body = str_sub(body, (size_t)at + what.n, body.n);
    return n;
}

static struct str get(struct town *t, const char *query, struct str token)
{
    struct answer a = town_call(t, GET, str_z(&t->a, str_fmt(&t->a, "/api/v1/audit%s", query)), "", token);
    CHECK_EQ(a.status, 200);
    return a.body;
}

static void readers(struct town *t)
{
    int64_t person;
    struct str auditor = town_staff(t, AUDITOR, 0), district = town_staff(t, CITY_ADMIN, 440105), desk = town_staff(t, CONSULTANT, 440105);
    town_seeker(t, "13811110001", &person);
    const char *open = str_z(&t->a, str_fmt(&t->a, "/api/v1/people/%lld/open", (long long)person));
    const char *reason = "{\"field\":\"phone\",\"reason\":\"call him back\"}";
    for (int i = 0; i < 60; i++) { /* several in one millisecond: a page ends between them */
        t->now_ms += i % 3 == 0;
        CHECK_EQ(town_call(t, POST, open, reason, desk).status, 200);
    }
    CHECK_EQ(town_call(t, GET, "/api/v1/audit", "", desk).status, 403);
    CHECK(town_call(t, GET, "/api/v1/audit", "", district).status >= 400); /* lines name no district */

    struct str about = str_fmt(&t->a, "?object=person&id=%lld", (long long)person);
    struct str first = get(t, str_z(&t->a, about), auditor);
    CHECK_EQ(count(first, S("call him back")), 50);
    ptrdiff_t at = 0;
    for (ptrdiff_t next; (next = str_find(str_sub(first, (size_t)at + 1, first.n), S("{\"chain\""))) >= 0;)
        at += next + 1;
    struct str last = str_sub(first, (size_t)at, first.n);
    struct str more = str_fmt(&t->a, "%.*s&chain=%.*s&n=%.*s", SV(about), SV(json_value(t, last, "chain")),
                              SV(json_value(t, last, "n")));
    CHECK_EQ(count(get(t, str_z(&t->a, more), auditor), S("call him back")), 10);
    CHECK_EQ(count(get(t, "?to_day=2020-01-01", auditor), S("\"chain\"")), 0);

    CHECK(str_find(get(t, "/state", auditor), S("\"checked_ms\":null")) > 0); /* nobody looked yet */
    CHECK(audit_check(&t->app) == OK);
    CHECK(str_find(get(t, "/state", auditor), S("\"sound\":true")) > 0);
    CHECK(app_write(&t->app, forge, NULL) == OK);
    t->spoiled = true;
    CHECK(audit_check(&t->app) == OK);
    struct str state = get(t, "/state", auditor);
    CHECK(str_find(state, S("\"sound\":false")) > 0 && str_find(state, S("\"n\":2")) > 0);
}

enum { MANY = 12000 };

static enum err write_many(struct request *rq)
{
    enum err e = OK;
    for (int i = 0; !e && i < MANY; i++)
        e = audit_line(rq, "test", "line", i, S("as long a reason as somebody at a desk may well write down"));
    return e;
}

/* In a request as it comes from outside, whose memory has a limit. */
static enum err verify_small(struct request *rq)
{
    int64_t rows, chain, n;
    struct arena a, *whole = rq->a;
    arena_init(&a, 1 << 20);
    rq->a = &a;
    enum err e = audit_verify(rq, &rows, &chain, &n);
    CHECK(!arena_over(&a) && rows >= MANY);
    rq->a = whole;
    arena_done(&a);
    return e;
}

static void long_chain(struct town *t)
{
    CHECK(app_write(&t->app, write_many, NULL) == OK);
    CHECK(app_read(&t->app, verify_small, NULL) == OK);
}

TEST(a_chain_of_any_length_is_read_in_the_memory_of_a_block)
{
    each_town(long_chain);
}

static enum err take_heads(struct request *rq)
{
    static const struct query q = {"test.take_heads", "DELETE FROM audit_head WHERE city = $1"};
    return db_run(rq->tx, &q, ARGS(I(rq->city)), NULL);
}

/* The head of one block ago, as if nothing had followed it. */
static enum err turn_back(struct request *rq)
{
    static const struct query q = {"test.turn_back", "UPDATE audit_head SET n = 5000, hash = (SELECT hash FROM audit WHERE city = $1 AND"
                                                     " chain = audit_head.chain AND n = 5000) WHERE city = $1 AND n > 5000"};
    return db_run(rq->tx, &q, ARGS(I(rq->city)), NULL);
}

static enum err breaks_at(struct request *rq)
{
    int64_t rows, chain, *n = rq->object;
    return audit_verify(rq, &rows, &chain, n);
}

static void headless(struct town *t)
{
    int64_t n = 0;
    t->spoiled = true;
    CHECK(app_write(&t->app, write_many, NULL) == OK);
    CHECK(app_read(&t->app, breaks_at, &n) == OK);
    CHECK(app_write(&t->app, turn_back, NULL) == OK);
    CHECK(app_read(&t->app, breaks_at, &n) == ERR_RULE);
    CHECK_EQ(n, 5001);
    CHECK(app_write(&t->app, take_heads, NULL) == OK);
    CHECK(app_read(&t->app, breaks_at, &n) == ERR_RULE);
    CHECK_EQ(n, 1);
}

TEST(lines_behind_the_head_of_a_chain_or_without_one_are_noticed)
{
    each_town(headless);
}

TEST(who_did_what_is_read_page_by_page_and_a_forged_line_is_found)
{
    each_town(readers);
}
