/* lane_test.c - who shares a commit neither loses what he wrote nor keeps what another one left half done. */
#include "http/lane.h"

#include <pthread.h>
#include <sched.h>
#include <semaphore.h>
#include <stdatomic.h>

#include "app_fixture.h"
#include "http/router.h"
#include "http/store.h"
#include "test.h"

enum { MEMBERS = 6 };

struct member {
    struct task task;
    struct request rq;
    struct arena a;
    int64_t id;
    bool writes, keep;
    enum err end;
    sem_t *wait;
};

static enum err take_part(struct request *rq)
{
    struct member *m = rq->object;
    enum err e = OK;
    if (m->wait)
        sem_wait(m->wait);
    m->wait = NULL;
    if (m->writes)
        e = change_put(rq, "test", m->id);
    if (!e && m->writes)
        e = audit_line(rq, "test", "member", m->id, S(""));
    rq->keep = m->keep;
    return e ? e : m->end;
}

static void noted(struct task *j)
{
    (void)j;
}

struct found {
    int64_t sum, lines, chain, n;
    enum err sound;
};

static enum err look(struct request *rq)
{
    struct found *f = rq->object;
    struct change *v;
    size_t n = 0;
    enum err e = change_after(rq, 0, &v, &n);
    for (size_t i = 0; !e && i < n; i++)
        f->sum += str_eq(v[i].what, S("test")) ? v[i].id : 0;
    f->sound = audit_verify(rq, &f->lines, &f->chain, &f->n);
    return e;
}

static int64_t stands_still(void *clock)
{
    (void)clock;
    return 0;
}

static void share(struct town *t)
{
    sem_t all_in_line;
    struct found before = {0}, after = {0};
    struct member m[MEMBERS] = {{.id = 1, .writes = true, .wait = &all_in_line},
                                {.id = 10, .writes = true, .end = ERR_RULE},
                                {.id = 100, .writes = true},
                                {.id = 1000, .end = ERR_NONE},
                                {.id = 10000, .writes = true, .keep = true, .end = ERR_LOGIN},
                                {.id = 100000, .writes = true}};
    sem_init(&all_in_line, 0, 0);
    t->app.mono_ms = stands_still; /* a group never ends because time is over */
    CHECK(app_read(&t->app, look, &before) == OK);
    uint64_t commits = t->app.n_commits;
    for (int i = 0; i < MEMBERS; i++) {
        arena_init(&m[i].a, 0);
        request_system(&m[i].rq, &t->app, &m[i].a);
        m[i].rq.object = &m[i];
        m[i].task = (struct task){.rq = &m[i].rq, .work = take_part, .done = noted};
        CHECK(lanes_submit(t->app.lanes, LANE_WRITE, &m[i].task));
    }
    sem_post(&all_in_line);
    lanes_stop(t->app.lanes); /* finishes what waits; reading goes on */
    CHECK(app_read(&t->app, look, &after) == OK);
    CHECK_EQ(after.sum - before.sum, 110101);
    CHECK_EQ(after.lines - before.lines, 4);
    CHECK(after.sound == OK);
    for (int i = 0; i < MEMBERS; i++) {
        CHECK_EQ(m[i].task.result, m[i].end);
        arena_done(&m[i].a);
    }
    if (db_single_writer(t->app.db))
        CHECK_EQ(t->app.n_commits - commits, 1);
    sem_destroy(&all_in_line);
}

/* A line that another process wrote behind the end that we read. */
static enum err be_late(struct request *rq)
{
    static const struct query q = {"test.be_late", "INSERT INTO audit (city, chain, n, at_ms, actor_id, roles, action, object, object_id,"
                                                   " reason, prev, hash) VALUES ($1, $2, $3, 0, 0, 0, '', '', 0, '', '', '')"};
    enum err e = audit_line(rq, "test", "member", 1, S(""));
    if (!e)
        e = db_run(rq->tx, &q, ARGS(I(rq->city), I(rq->chain->writer), I(rq->chain->n + 1)), NULL);
    return e ? e : audit_line(rq, "test", "member", 2, S(""));
}

static void late(struct town *t)
{
    CHECK_EQ(app_write(&t->app, be_late, NULL), ERR_BUSY);
}

TEST(a_line_of_the_chain_that_was_written_meanwhile_is_a_reason_to_try_again_and_no_refusal)
{
    each_town(late);
}

struct crowd {
    struct town *t;
    _Atomic int in;
    _Atomic bool over;
};

static bool alone_for_a_while(struct crowd *c)
{
    bool alone = true;
    atomic_fetch_add(&c->in, 1);
    for (int i = 0; i < 30; i++) { /* on a busy machine each is long */
        sched_yield();
        alone &= c->in == 1;
    }
    atomic_fetch_sub(&c->in, 1);
    return alone;
}

static enum err be_there(struct request *rq)
{
    alone_for_a_while(rq->object);
    return OK;
}

static enum err conflict(struct request *rq)
{
    return alone_for_a_while(rq->object) ? OK : ERR_BUSY;
}

static void *keep_coming(void *p)
{
    struct crowd *c = p;
    while (!c->over)
        CHECK(app_write(&c->t->app, be_there, c) == OK);
    return NULL;
}

static void crowded(struct town *t)
{
    enum { OTHERS = 4 };
    pthread_t all[OTHERS];
    struct crowd c = {.t = t};
    if (db_single_writer(t->app.db))
        return; /* everybody is */
    for (int i = 0; i < OTHERS; i++)
        CHECK(pthread_create(&all[i], NULL, keep_coming, &c) == 0);
    CHECK_EQ(app_write(&t->app, conflict, &c), OK);
    c.over = true;
    for (int i = 0; i < OTHERS; i++)
        pthread_join(all[i], NULL);
}

TEST(who_is_always_in_conflict_with_others_is_at_last_alone)
{
    each_busy_town(crowded);
}

TEST(who_fails_half_way_takes_nothing_from_those_in_the_same_commit)
{
    each_town(share);
}
