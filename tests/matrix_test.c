/* matrix_test.c - every route x every role x {stranger, own place, other place}, from the route table
 * itself: a route that forgets a check fails here without anybody writing a test for it. */
#include <string.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "feature/job/job.h"
#include "http/lane.h"
#include "http/router.h"
#include "test.h"

enum { ROLES = 13 };

struct ids_of_town {
    int64_t job, shift, person, employer;
};

/* :job, :person ... become real ids, everything else 1. */
static const char *fill_path(struct town *t, const struct route *r, const struct ids_of_town *x)
{
    struct str rest = str_c(r->path), out = S("");
    str_cut(&rest, '/');
    while (rest.p) {
        struct str seg = str_cut(&rest, '/');
        int64_t id = str_eq(seg, S(":job")) ? x->job : str_eq(seg, S(":shift")) ? x->shift
                   : str_eq(seg, S(":person")) ? x->person : str_eq(seg, S(":employer")) ? x->employer : 1;
        if (str_starts(seg, S(":")))
            seg = str_fmt(&t->a, "%lld", (long long)id);
        out = str_fmt(&t->a, "%.*s/%.*s", SV(out), SV(seg));
    }
    return str_z(&t->a, out);
}

static void check_roles(struct town *t, const struct route *r, const struct ids_of_town *x, const struct str *tokens)
{
    const char *path = fill_path(t, r, x);
    for (int i = 0; i <= ROLES; i++) {
        uint32_t role = i == ROLES ? (uint32_t)PUBLIC : 1u << i;
        struct str token = i == ROLES ? S("") : tokens[i];
        if (i == 0)
            continue; /* PUBLIC has no session; it is the stranger at the end */
        struct answer got = town_call(t, r->method, path, "{\"nonsense\":1}", token);
        bool may = r->roles & (role | (token.n ? 0u : (uint32_t)PUBLIC));
        bool refused = got.status == 401 || got.status == 403;
        if (got.status >= 500 || (!may && !refused) || (may && got.status == 401))
            test_fail_i64(__FILE__, __LINE__, str_z(&t->a, str_fmt(&t->a, "%s %s as %s", method_name(r->method), path,
                          i == ROLES ? "stranger" : role_name(i))), got.status, may ? 200 : 403);
    }
}

/* What belongs to another district or another person is not there. */
static void check_foreign(struct town *t, const struct route *r, const struct ids_of_town *x, const struct str *foreign)
{
    const char *path = fill_path(t, r, x);
    bool named = strstr(r->path, ":job") || strstr(r->path, ":person") || strstr(r->path, ":employer");
    for (int i = 1; r->owns && named && i < ROLES; i++) {
        if (!(r->roles >> i & 1))
            continue;
        struct answer got = town_call(t, r->method, path, "{\"reason\":\"test\"}", foreign[i]);
        bool hidden = got.status == 404 || got.status == 403 || got.status == 422;
        if (!hidden)
            test_fail_i64(__FILE__, __LINE__, str_z(&t->a, str_fmt(&t->a, "%s %s by a foreign %s", method_name(r->method),
                          path, role_name(i))), got.status, 404);
    }
}

static enum err seed(struct request *rq)
{
    struct ids_of_town *x = rq->object;
    struct job j = {.id = x->job = new_id(rq), .city = rq->city, .district = 440105, .employer_id = x->employer,
                    .employer_name = S("甲"), .title = S("车位工"), .text = S("做女装"), .address = S("凤阳街"),
                    .pay_unit = PAY_DAY, .pay_fen = 30000, .valid_to = cal_day(rq->now_ms) + 3, .source = S("test"),
                    .source_id = S("1"), .made_ms = rq->now_ms};
    struct shift s = {.id = x->shift = new_id(rq), .city = rq->city, .job_id = j.id,
                      .start_ms = rq->now_ms + DAY_MS, .end_ms = rq->now_ms + DAY_MS + 8 * HOUR_MS, .cap = 3};
    enum err e = job_add(rq, &j);
    return e ? e : shift_add(rq, &s);
}

static void walk(struct town *t)
{
    struct ids_of_town x;
    struct str own[ROLES] = {0}, foreign[ROLES] = {0};
    int64_t other;
    size_t n;
    own[1] = town_seeker(t, "13811110001", &x.person);
    own[2] = town_employer(t, "甲制衣厂", &x.employer);
    own[3] = own[2];
    foreign[1] = town_seeker(t, "13811110002", &other);
    foreign[2] = foreign[3] = town_employer(t, "乙制衣厂", &other);
    for (int i = 3; i < ROLES; i++) {
        own[i] = town_staff(t, 1u << i, 440105);
        if (i > 3)
            foreign[i] = town_staff(t, 1u << i, 440118);
    }
    CHECK(app_write(&t->app, seed, &x) == OK);
    const struct route *const *routes = router_routes(t->app.router, &n);
    CHECK(n > 30);
    for (size_t i = 0; i < n; i++)
        if (!routes[i]->stream)
            check_foreign(t, routes[i], &x, foreign);
    for (size_t i = 0; i < n; i++)
        if (!routes[i]->stream && strcmp(routes[i]->path, "/api/v1/sign-out"))
            check_roles(t, routes[i], &x, own);
}

TEST(every_route_refuses_every_role_that_its_table_does_not_name)
{
    each_town(walk);
}
