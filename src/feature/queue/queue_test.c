/* queue_test.c - a number, who calls it, and where. */
#include "feature/queue/queue_rules.h"

#include <pthread.h>

#include "app_fixture.h"
#include "base/cal.h"
#include "feature/plaza/plaza.h"
#include "test.h"

TEST(a_wait_is_told_roughly_and_never_invented)
{
    CHECK_EQ(queue_wait_min(&(struct pace){0, 0, 0, 0}), 0);
    CHECK_EQ(queue_wait_min(&(struct pace){2, 0, 0, 0}), 10);             /* nothing known: 5 each */
    CHECK_EQ(queue_wait_min(&(struct pace){2, 2, 0, 0}), 5);              /* two counters */
    CHECK_EQ(queue_wait_min(&(struct pace){3, 1, 10, 10 * 120000}), 6);   /* two minutes each */
    CHECK_EQ(queue_wait_min(&(struct pace){7, 1, 10, 10 * 120000}), 15);  /* 14: nobody knows it so well */
    CHECK_EQ(queue_wait_min(&(struct pace){1, 1, 3, 3 * 7200000LL}), 30); /* forgotten at a counter */
    CHECK_EQ(queue_wait_min(&(struct pace){4, 1, 5, 5}), 4);
}

TEST(only_who_was_called_can_be_done_or_passed_over)
{
    enum ticket_state to = TICKET_DONE;
    CHECK(ticket_step(TICKET_SKIPPED, TICKET_CALL, &to) && to == TICKET_CALLED);
    CHECK(ticket_step(TICKET_CALLED, TICKET_SKIP, &to) && to == TICKET_SKIPPED);
    CHECK(!ticket_step(TICKET_WAITING, TICKET_FINISH, &to));
    CHECK(!ticket_step(TICKET_DONE, TICKET_CALL, &to));
    CHECK(!ticket_step(TICKET_WAITING, TICKET_SKIP, &to));
}

struct hall {
    struct town *t;
    struct str desk, tickets, next;
    struct site site;
};

static enum err build(struct request *rq)
{
    struct hall *h = rq->object;
    struct screen screens[] = {{.site_id = 1, .kind = SCREEN_HALL, .name = S("屏")}, {.site_id = 1, .kind = SCREEN_KIOSK, .name = S("机")}};
    h->site = (struct site){.id = 1, .city = rq->city, .district = 440105, .name = S("海珠制衣零工广场"), .place = {113.3, 23.1}};
    enum err e = site_add(rq, &h->site);
    if (!e)
        e = plaza_add_screen(rq, &screens[0], S("board"));
    return e ? e : plaza_add_screen(rq, &screens[1], S("kiosk"));
}

static struct hall open_hall(struct town *t)
{
    struct hall h = {.t = t, .desk = town_staff(t, CONSULTANT, 440105)};
    CHECK(app_write(&t->app, build, &h) == OK);
    return h;
}

static struct answer number(struct hall *h)
{
    return town_call(h->t, POST, "/api/v1/sites/1/tickets", "{}", h->desk);
}

static struct answer call_to(struct hall *h, const char *counter)
{
    return town_call(h->t, POST, "/api/v1/sites/1/next", str_z(&h->t->a, str_fmt(&h->t->a, "{\"counter\":\"%s\"}", counter)), h->desk);
}

static struct answer act(struct hall *h, struct str id, const char *what, const char *body)
{
    return town_call(h->t, POST, str_z(&h->t->a, str_fmt(&h->t->a, "/api/v1/tickets/%.*s/%s", SV(id), what)), body, h->desk);
}

static bool on_board(struct hall *h, const char *words)
{
    return str_find(town_call(h->t, GET, "/hall/board", "", S("")).body, str_c(words)) > 0;
}

static void one_day(struct town *t)
{
    struct hall h = open_hall(t);
    struct str other = town_staff(t, CONSULTANT, 440118);
    struct answer a = number(&h);
    CHECK_EQ(a.status, 201);
    CHECK_STR(json_value(t, a.body, "n"), S("1"));
    CHECK_STR(json_value(t, a.body, "ahead"), S("0"));
    struct str first = json_value(t, a.body, "id");
    a = number(&h);
    CHECK_STR(json_value(t, a.body, "n"), S("2"));
    CHECK_STR(json_value(t, a.body, "wait_min"), S("5"));
    a = town_call(t, POST, "/kiosk/kiosk/number", "x=1", S("")); /* nobody signs in at a kiosk */
    CHECK(a.status == 200 && str_find(a.body, S("003")) > 0 && str_find(a.body, S("前面还有 2 人,大约等 10 分钟")) > 0);
    CHECK(!on_board(&h, "号窗口"));

    t->now_ms += 7 * 60000;
    a = call_to(&h, "3");
    CHECK_STR(json_value(t, a.body, "n"), S("1"));
    CHECK(on_board(&h, "<li class=\"now\"><b>001</b> <span>3 号窗口"));
    CHECK_EQ(act(&h, first, "call", "{\"counter\":\"3\"}").status, 200); /* again */
    CHECK_EQ(act(&h, first, "skip", "{}").status, 200);                   /* nobody came */
    CHECK(!on_board(&h, "001"));
    CHECK_EQ(act(&h, first, "done", "{}").status, 409);
    a = call_to(&h, "3");
    CHECK_STR(json_value(t, a.body, "n"), S("2"));
    t->now_ms += 1000;
    a = act(&h, first, "call", "{\"counter\":\"3\"}"); /* he comes back: 2 is done, 1 is called */
    CHECK_STR(json_value(t, a.body, "state"), S("called"));
    CHECK(on_board(&h, "<li class=\"now\"><b>001</b>"));
    a = call_to(&h, "3");
    CHECK_STR(json_value(t, a.body, "n"), S("3"));
    CHECK_EQ(call_to(&h, "3").status, 204); /* nobody waits; 3 is done all the same */
    CHECK(!on_board(&h, "class=\"now\""));
    a = town_call(t, GET, "/api/v1/sites/1/tickets", "", h.desk);
    CHECK_STR(a.body, S("{\"items\":[],\"next\":null}"));

    CHECK_EQ(town_call(t, POST, "/api/v1/sites/1/next", "{\"counter\":\"3\"}", other).status, 404); /* another district */
    CHECK_EQ(town_call(t, POST, "/api/v1/sites/1/next", "{}", h.desk).status, 422);
    t->now_ms += DAY_MS;
    CHECK_STR(json_value(t, number(&h).body, "n"), S("1")); /* a new day */
    CHECK_EQ(act(&h, first, "call", "{\"counter\":\"3\"}").status, 409);
}

TEST(numbers_are_taken_called_passed_over_and_begin_anew_every_day)
{
    each_town(one_day);
}

enum { COUNTERS = 8, EACH = 4 };
struct caller {
    struct hall *h;
    pthread_t thread;
    int n, called;
};

static void *call_all(void *arg)
{
    struct caller *c = arg;
    char body[] = "{\"counter\":\"0\"}";
    body[12] = (char)('1' + c->n);
    for (int i = 0; i < EACH; i++)
        c->called += town_call_alone(c->h->t, POST, "/api/v1/sites/1/next", body, c->h->desk) == 200;
    return NULL;
}

static void at_once(struct town *t)
{
    struct hall h = open_hall(t);
    struct caller v[COUNTERS];
    int called = 0;
    for (int i = 0; i < COUNTERS * EACH; i++)
        number(&h);
    for (int i = 0; i < COUNTERS; i++) {
        v[i] = (struct caller){.h = &h, .n = i};
        CHECK(pthread_create(&v[i].thread, NULL, call_all, &v[i]) == 0);
    }
    for (int i = 0; i < COUNTERS; i++) {
        pthread_join(v[i].thread, NULL);
        called += v[i].called;
    }
    CHECK_EQ(called, COUNTERS * EACH); /* no number twice, none left out */
    struct str left = town_call(t, GET, "/api/v1/sites/1/tickets", "", h.desk).body;
    CHECK(str_find(left, S("waiting")) < 0);
}

TEST(counters_that_call_at_once_never_call_the_same_number)
{
    each_busy_town(at_once);
}
