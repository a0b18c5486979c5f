/* matrix_test.c - every route x every role x {stranger, own place, other place}, from the route table
 * itself: a route that forgets a check fails here without anybody writing a test for it. Staff of one site also at
 * that site, at another of its district, and in another city. */
#include <string.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "feature/job/job.h"
#include "feature/plaza/plaza.h"
#include "feature/site/site.h"
#include "http/lane.h"
#include "http/router.h"
#include "test.h"

enum { FIRST_STAFF = 4, ROLES = 13 };

struct ids_of_town {
    int64_t job, shift, person, employer, site, screen;
};

/* :job, :person ... become real ids, everything else 1. */
static const char *fill_path(struct town *t, const struct route *r, const struct ids_of_town *x)
{
    struct str rest = str_c(r->path), out = S("");
    str_cut(&rest, '/');
    while (rest.p) {
        struct str seg = str_cut(&rest, '/');
        int64_t id = str_eq(seg, S(":job")) ? x->job : str_eq(seg, S(":shift")) ? x->shift
                   : str_eq(seg, S(":person")) ? x->person : str_eq(seg, S(":employer")) ? x->employer
                   : str_eq(seg, S(":site")) ? x->site : str_eq(seg, S(":screen")) ? x->screen : 1;
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

static bool hidden(int status)
{
    return status == 404 || status == 403;
}

/* What belongs to no site is of every site of its district; a site's own is that site's alone. `at` are of the site
 * that x names, `beside` of another one in the same district. */
static void check_sites(struct town *t, const struct route *r, const struct ids_of_town *x, const struct str *district,
                        const struct str *at, const struct str *beside)
{
    const char *path = fill_path(t, r, x);
    bool of_site = strstr(r->path, ":site") || strstr(r->path, ":screen"), of_district = strstr(r->path, ":job") || strstr(r->path, ":person") || strstr(r->path, ":employer");
    for (int i = FIRST_STAFF; r->owns && (of_site || of_district) && i < ROLES; i++) {
        if (!(r->roles >> i & 1))
            continue;
        int there = town_call(t, r->method, path, "{}", beside[i]).status, here = town_call(t, r->method, path, "{}", at[i]).status,
            whole = town_call(t, r->method, path, "{}", district[i]).status;
        bool good_there = of_site ? hidden(there) || there == 422 : !hidden(there) || hidden(here), good_here = !hidden(here) || hidden(whole);
        if (!good_there || !good_here)
            test_fail_i64(__FILE__, __LINE__, str_z(&t->a, str_fmt(&t->a, "%s %s by a %s of a site", method_name(r->method),
                          path, role_name(i))), good_here ? there : here, whole);
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
    struct site site = {.id = x->site = new_id(rq), .city = rq->city, .district = 440105, .name = S("凤阳零工广场"), .place = {113.29, 23.08}};
    struct screen board = {.site_id = site.id, .kind = SCREEN_HALL, .name = S("大厅屏")};
    enum err e = job_add(rq, &j);
    if (!e)
        e = shift_add(rq, &s);
    if (!e)
        e = site_add(rq, &site);
    if (!e)
        e = plaza_add_screen(rq, &board, S("board"));
    x->screen = board.id;
    return e;
}

static void walk(struct town *t)
{
    struct ids_of_town x;
    struct str own[ROLES] = {0}, foreign[ROLES] = {0}, at[ROLES] = {0}, beside[ROLES] = {0};
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
    for (int i = FIRST_STAFF; i < ROLES; i++) {
        at[i] = town_staff_at(t, 1u << i, 440105, x.site);
        beside[i] = town_staff_at(t, 1u << i, 440105, x.site + 1);
    }
    const struct route *const *routes = router_routes(t->app.router, &n);
    CHECK(n > 30);
    for (size_t i = 0; i < n; i++)
        if (!routes[i]->stream)
            check_foreign(t, routes[i], &x, foreign);
    for (size_t i = 0; i < n; i++)
        if (!routes[i]->stream)
            check_sites(t, routes[i], &x, own, at, beside);
    for (size_t i = 0; i < n; i++)
        if (!routes[i]->stream && strcmp(routes[i]->path, "/api/v1/sign-out"))
            check_roles(t, routes[i], &x, own);
}

TEST(every_route_refuses_every_role_that_its_table_does_not_name)
{
    each_town(walk);
}

static bool covers(struct scope g, int64_t city, int64_t district, int64_t site_id)
{
    g.roles = CONSULTANT;
    struct session s = {.roles = CONSULTANT, .scopes = &g, .n_scopes = 1};
    return session_covers(&s, CONSULTANT | INSPECTOR, city, district, site_id) && !session_covers(&s, INSPECTOR, city, district, site_id);
}

static bool covers_all(struct scope g, int64_t city, int64_t district)
{
    g.roles = CONSULTANT;
    struct session s = {.roles = CONSULTANT, .scopes = &g, .n_scopes = 1};
    return session_covers_all(&s, CONSULTANT, city, district);
}

TEST(a_grant_of_a_site_is_for_its_own_things_and_for_the_people_and_posts_of_its_district)
{
    enum { HERE = 440100, THERE = 440300, A = 440105, B = 440106 };
    const struct scope city = {HERE, 0, 0, 0}, district = {HERE, A, 0, 0}, site = {HERE, A, 7, 0}, old = {HERE, 0, 7, 0};
    static const struct {
        int64_t city, district, site_id;
        bool of_city, of_district, of_site, of_old;
    } table[] = {
        {HERE, 0, 0, true, false, false, false},   {HERE, A, 0, true, true, true, false},     {HERE, A, 7, true, true, true, true},
        {HERE, A, 8, true, true, false, false},    {HERE, B, 0, true, false, false, false},   {HERE, B, 9, true, false, false, false},
        {THERE, 0, 0, false, false, false, false}, {THERE, A, 0, false, false, false, false}, {THERE, A, 7, false, false, false, false},
    };
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        CHECK_EQ(covers(city, table[i].city, table[i].district, table[i].site_id), table[i].of_city);
        CHECK_EQ(covers(district, table[i].city, table[i].district, table[i].site_id), table[i].of_district);
        CHECK_EQ(covers(site, table[i].city, table[i].district, table[i].site_id), table[i].of_site);
        CHECK_EQ(covers(old, table[i].city, table[i].district, table[i].site_id), table[i].of_old);
    }
    CHECK(covers_all(city, HERE, 0) && covers_all(city, HERE, A) && covers_all(district, HERE, A));
    CHECK(!covers_all(district, HERE, 0) && !covers_all(site, HERE, A) && !covers_all(site, HERE, 0) && !covers_all(city, THERE, 0));
}
