/* demo_test.c - the demonstration has work ahead whenever it is started, and data of its own. */
#include "app_fixture.h"
#include "base/cal.h"
#include "feature/employer/employer.h"
#include "feature/job/job.h"
#include "feature/person/person.h"
#include "http/reach.h"
#include "test.h"

struct counts {
    size_t ahead, employers, people;
};

static enum err count(struct request *rq)
{
    struct counts *c = rq->object;
    struct job *j;
    struct employer *p;
    struct person *all;
    enum err e = job_shown(rq, rq->now_ms, INT64_MAX, 1000, &j, &c->ahead);
    if (!e)
        e = employer_list(rq, &(struct employer){.state = EMPLOYER_VERIFIED}, reach_city, &p, &c->employers);
    return e ? e : person_made(rq, 0, INT64_MAX, &all, &c->people);
}

static struct counts started(struct town *t)
{
    struct counts c = {0};
    CHECK(app_write(&t->app, demo_fill, NULL) == OK);
    CHECK(app_read(&t->app, count, &c) == OK);
    return c;
}

static enum err suspend_one(struct request *rq)
{
    struct employer *p;
    size_t n;
    enum err e = employer_list(rq, &(struct employer){.state = EMPLOYER_VERIFIED}, reach_city, &p, &n);
    return e ? e : employer_suspend(rq, p[0].id);
}

static void days_later(struct town *t)
{
    t->app.demo = true;
    struct counts first = started(t), same = started(t);
    CHECK(first.ahead >= 50 && first.employers == 12 && first.people == 200);
    CHECK_EQ(same.ahead, first.ahead);
    for (int i = 0; i < 3; i++) { /* the same people, and work for them */
        t->now_ms += (i + 4) * DAY_MS;
        struct counts later = started(t);
        CHECK(later.ahead >= 50);
        CHECK(later.employers == 12 && later.people == 200);
    }
    CHECK(app_write(&t->app, suspend_one, NULL) == OK);
    t->now_ms += 5 * DAY_MS;
    struct counts fewer = started(t);
    CHECK(fewer.ahead >= 40 && fewer.employers == 11); /* who may not post does not */
}

TEST(the_demonstration_has_work_ahead_whenever_it_is_started)
{
    each_town(days_later);
}

/* As serve.c does, all that are light and need no outside. */
static void run_timers(struct town *t)
{
    for (size_t i = 0; features[i]; i++)
        for (const struct timer *x = features[i]->timers; x && x->name; x++)
            if (x->run)
                CHECK_EQ(app_write(&t->app, x->run, NULL), OK);
}

static void left_alone(struct town *t)
{
    struct counts c = {0};
    run_timers(t);
    CHECK(app_read(&t->app, count, &c) == OK);
    CHECK_EQ(c.people, 0); /* a market is filled by nobody */
    t->app.demo = true;
    started(t);
    for (int i = 0; i < 3; i++) {
        t->now_ms += 5 * DAY_MS;
        run_timers(t);
        CHECK(app_read(&t->app, count, &c) == OK);
        CHECK(c.ahead >= 50 && c.people == 200);
    }
}

TEST(a_demonstration_left_alone_for_days_has_work_ahead)
{
    each_town(left_alone);
}

static struct str staff_in(struct town *t, const char *phone)
{
    town_call(t, POST, "/api/v1/sign-in", str_z(&t->a, str_fmt(&t->a, "{\"phone\":\"%s\"}", phone)), S(""));
    const char *use = str_z(&t->a, str_fmt(&t->a, "{\"phone\":\"%s\",\"code\":\"123456\"}", phone));
    return json_value(t, town_call(t, POST, "/api/v1/sign-in/code", use, S("")).body, "token");
}

static size_t count_of(struct str body, const char *what)
{
    size_t n = 0;
    for (ptrdiff_t at; (at = str_find(body, str_c(what))) >= 0; n++)
        body = str_sub(body, (size_t)at + 1, body.n);
    return n;
}

static void small_station(struct town *t)
{
    t->app.demo = true;
    started(t);
    struct str desk = staff_in(t, "13800000010"), head = staff_in(t, "13800000011"), city = staff_in(t, "13800000001");
    CHECK_EQ(count_of(town_call(t, GET, "/api/v1/queues", "", desk).body, "\"site_id\""), 1);
    CHECK_EQ(count_of(town_call(t, GET, "/api/v1/queues", "", city).body, "\"site_id\""), 12);
    size_t near = count_of(town_call(t, GET, "/api/v1/jobs-waiting", "", desk).body, "\"district\":440106"), all = count_of(town_call(t, GET, "/api/v1/jobs-waiting", "", city).body, "\"district\":440106");
    CHECK_EQ(near, all);
    CHECK_EQ(town_call(t, GET, "/api/v1/figures", "", head).status, 200);
    CHECK_EQ(town_call(t, GET, "/api/v1/figures?district=440106", "", head).status, 404);
}

TEST(the_demonstration_has_a_desk_of_one_site)
{
    each_town(small_station);
}

static struct str said(struct arena *a, bool demo, const char *db)
{
    const struct config c = {.data = S("/srv/lingji"), .db = str_c(db)};
    const struct app app = {.config = &c, .demo = demo};
    return cmd_claim_refuses(a, &app);
}

TEST(the_demonstration_keeps_away_from_the_folder_of_this_machine)
{
    static const char *const none[] = {NULL}, *const named[] = {"LINGJI_DATA=elsewhere", NULL};
    struct arena a;
    struct config c;
    struct str why = S("");
    arena_init(&a, 0);
    CHECK_EQ(config_load(&a, S(""), none, &c, &why), OK);
    cmd_demo_config(&c);
    CHECK_STR(c.data, S("demo-data"));
    for (int i = 0; i < CONFIG_KEYS; i++) /* as make install writes it */
        c.from[i] = S(CONFIG_SYSTEM ":2");
    c.data = S("/var/lib/lingji");
    c.db = S("postgresql://market");
    cmd_demo_config(&c);
    CHECK_STR(c.data, S("demo-data"));
    CHECK_STR(c.db, S(""));
    CHECK_EQ(config_load(&a, S(""), named, &c, &why), OK);
    cmd_demo_config(&c);
    CHECK_STR(c.data, S("elsewhere"));
    arena_done(&a);
}

TEST(who_starts_on_data_of_another_maker_reads_which_to_name_instead)
{
    struct arena a;
    arena_init(&a, 0);
    static const char pg[] = "postgresql://lingji:secret@db.example/lingji";
    CHECK_STR(said(&a, true, ""), S("/srv/lingji holds a market; the demonstration takes a folder of its own: LINGJI_DATA=FOLDER lingji demo"));
    CHECK_STR(said(&a, false, ""), S("/srv/lingji holds the demonstration, whose people are invented; name another folder in data"));
    CHECK_STR(said(&a, true, pg), S("the database of db holds a market; the demonstration takes a folder of its own: LINGJI_DB= LINGJI_DATA=FOLDER lingji demo"));
    CHECK_STR(said(&a, false, pg), S("the database of db holds the demonstration, whose people are invented; name another database in db and another folder in data"));
    arena_done(&a);
}
