/* lane.c - threads, lines and connections. Nothing here knows what a request means. */
#include "http/lane.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/cal.h"
#include "base/log.h"
#include "http/config.h"
#include "http/feed.h"
#include "http/hub.h"
#include "http/store.h"

enum { GROUP_MAX = 256, GROUP_MS = 5, STALE_MS = 8000, TRIES = 12, TRIES_TOGETHER = 6, MAX_THREADS = 32, IDLE = 16, CAREFUL = 32 };

struct line {
    struct lanes *lanes;
    enum lane lane;
    pthread_mutex_t lock;
    pthread_cond_t filled;
    struct task *first, *last;
    size_t n, max;
    bool stop;
};

struct worker {
    pthread_t thread;
    struct line *line;
    struct conn *c;
    struct chain chain;
    int writer; /* number of its chain: no other worker of any process of this database has it */
    int careful; /* so many groups yet in which everybody gets a savepoint */
};

struct lanes {
    struct app *app;
    bool single;
    struct line lines[3];
    struct worker workers[MAX_THREADS];
    size_t n_workers;
    pthread_rwlock_t turn; /* of those that write side by side; held for writing by who must be alone */
    pthread_mutex_t idle_lock;
    struct conn *idle[IDLE];
    size_t n_idle;
};

/* The only line about what the engine did not do for us. */
static void report(struct conn *c, enum err e)
{
    const char *advice = conn_advice(c);
    if (e == ERR_DB || e == ERR_FULL || advice)
        log_at(LOG_ERROR, "db %s: %.*s%s%s", err_code(e), SV(conn_error(c)), advice ? "; " : "", advice ? advice : "");
}

/* ---- connections for reading ---- */

static struct conn *borrow(struct lanes *l)
{
    struct conn *c = NULL;
    pthread_mutex_lock(&l->idle_lock);
    if (l->n_idle)
        c = l->idle[--l->n_idle];
    pthread_mutex_unlock(&l->idle_lock);
    if (!c && conn_open(l->app->db, false, &c)) {
        log_at(LOG_ERROR, "db connect: %.*s", SV(conn_error(c)));
        conn_free(c);
        c = NULL;
    }
    return c;
}

static void give_back(struct lanes *l, struct conn *c)
{
    pthread_mutex_lock(&l->idle_lock);
    bool keep = !conn_broken(c) && l->n_idle < IDLE;
    if (keep)
        l->idle[l->n_idle++] = c;
    pthread_mutex_unlock(&l->idle_lock);
    if (!keep)
        conn_free(c);
}

enum err lanes_read(struct lanes *l, struct request *rq, enum err (*work)(struct request *rq),
                    void (*failed)(struct request *rq, enum err e))
{
    struct conn *c = borrow(l);
    struct tx *t;
    enum err e = c ? tx_begin(c, TX_READ, &t) : ERR_BUSY;
    if (!e) {
        rq->tx = t;
        e = work(rq);
        report(c, e);
        if (e && failed)
            failed(rq, e);
        tx_rollback(t);
        rq->tx = NULL;
    }
    if (c)
        give_back(l, c);
    return e;
}

/* ---- one after the other in one commit ---- */

static struct task *pop(struct line *q)
{
    struct task *j = q->first;
    if (j) {
        q->first = j->next;
        q->n--;
        if (!q->first)
            q->last = NULL;
        j->next = NULL;
    }
    return j;
}

static struct task *wait_for(struct line *q)
{
    pthread_mutex_lock(&q->lock);
    while (!q->first && !q->stop)
        pthread_cond_wait(&q->filled, &q->lock);
    struct task *j = pop(q);
    pthread_mutex_unlock(&q->lock);
    return j;
}

static struct task *poll_line(struct line *q)
{
    pthread_mutex_lock(&q->lock);
    struct task *j = pop(q);
    pthread_mutex_unlock(&q->lock);
    return j;
}

static bool stale(struct lanes *l, const struct task *j)
{
    return l->app->mono_ms(l->app->clock) - j->since_ms > STALE_MS;
}

/* Work may run a second time: what the first left in the request is gone. */
static enum err run_work(struct task *j)
{
    struct request *rq = j->rq;
    rq->n_topics = 0;
    rq->keep = false;
    rq->changes = NULL;
    rq->audit_object = NULL;
    rq->audit_id = 0;
    rq->audit_reason = S("");
    return j->work(rq);
}

/* Runs one member of a group. True when the whole transaction can still be used. Without a savepoint that
 * is so unless the member wrote something and then failed. */
static bool run_member(struct worker *w, struct tx *t, struct task *j, bool careful)
{
    struct chain before = w->chain;
    int64_t changed = tx_changed(t);
    j->rq->tx = t;
    j->rq->chain = &w->chain;
    j->result = stale(w->line->lanes, j) ? ERR_BUSY : careful ? tx_save(t) : OK;
    if (j->result)
        return true;
    j->result = run_work(j);
    report(w->c, j->result);
    bool keep = !j->result || j->rq->keep, usable;
    if (careful)
        usable = (keep ? tx_release(t) : tx_undo(t)) == OK;
    else
        usable = tx_as_before(t, keep ? tx_changed(t) : changed);
    if (!keep)
        w->chain = before;
    if (usable && j->result && j->failed)
        j->failed(j->rq, j->result);
    if (!usable && !j->result)
        j->result = ERR_DB;
    return usable;
}

static void finish(struct lanes *l, struct task *first, enum err e)
{
    bool changed = false;
    for (struct task *j = first, *next; j; j = next) {
        next = j->next;
        if (e)
            j->result = e;
        if (!j->result) {
            changed = true;
            atomic_fetch_add(&l->app->n_writes, 1);
            feed_leave(l->app->feed, j->rq);
            for (size_t i = 0; i < j->rq->n_topics; i++)
                hub_publish(l->app->hub, j->rq->topics[i]);
        }
    }
    if (changed) {
        atomic_fetch_add(&l->app->generation, 1);
        atomic_fetch_add(&l->app->n_commits, 1);
    }
    for (struct task *j = first, *next; j; j = next) {
        next = j->next;
        j->rq->tx = NULL;
        j->done(j);
    }
}

static bool more(struct lanes *l, int n, int64_t from_ms)
{
    return n < GROUP_MAX && l->app->mono_ms(l->app->clock) - from_ms < GROUP_MS;
}

/* Everybody in the line until it is empty, 256 are in, or 5 ms have passed. True: everybody has a result.
 * False, only without savepoints: nothing was done, and those who were in hang on `first`. */
static bool run_together(struct worker *w, struct task *first, bool careful)
{
    struct lanes *l = w->line->lanes;
    struct tx *t;
    struct task *last = first;
    int64_t from = l->app->mono_ms(l->app->clock);
    enum err e = tx_begin(w->c, TX_WRITE, &t);
    bool begun = !e, usable = begun;
    w->chain = (struct chain){0};
    for (int n = 1; usable; n++) {
        usable = run_member(w, t, last, careful);
        if (usable && !last->next && more(l, n, from))
            last->next = poll_line(w->line);
        if (!usable || !last->next)
            break;
        last = last->next;
    }
    if (begun && !usable && !careful) {
        tx_rollback(t);
        return false;
    }
    if (usable)
        e = audit_close(last->rq);
    if (usable && !e)
        e = tx_commit(t);
    else if (begun) {
        e = e ? e : last->result ? last->result : ERR_DB;
        tx_rollback(t);
    }
    report(w->c, e);
    finish(l, first, e);
    return true;
}

/* A savepoint each costs as much as a small write, and hardly anybody needs it. So a group goes without; who
 * fails after he wrote spoils it, and it is run once more, with them: a handler can be run again. */
static void run_group(struct worker *w, struct task *first)
{
    bool careful = w->careful > 0;
    w->careful -= careful;
    if (run_together(w, first, careful))
        return;
    w->careful = CAREFUL; /* where one fails, as at the last free place, others do */
    run_together(w, first, true);
}

static void reconnect(struct worker *w)
{
    if (w->c && !conn_broken(w->c))
        return;
    conn_free(w->c);
    w->c = NULL;
    if (conn_open(w->line->lanes->app->db, true, &w->c) == OK)
        return;
    log_at(LOG_ERROR, "db connect: %.*s", SV(conn_error(w->c)));
    conn_free(w->c);
    w->c = NULL;
}

/* ---- side by side, retried on conflict ---- */

static enum err attempt(struct worker *w, struct task *j, enum tx_mode mode)
{
    struct tx *t;
    enum err e = tx_begin(w->c, mode, &t);
    if (e)
        return e;
    w->chain = (struct chain){.writer = w->writer};
    j->rq->tx = t;
    j->rq->chain = &w->chain;
    e = run_work(j);
    if (e && !j->rq->keep) {
        tx_rollback(t);
        return e;
    }
    enum err done = mode == TX_WRITE ? audit_close(j->rq) : OK;
    if (mode == TX_WRITE && !done)
        done = tx_commit(t);
    else
        tx_rollback(t);
    return done ? done : e;
}

/* Who conflicted with others too often runs while none of them does: PostgreSQL finds conflicts by the page of an index,
 * and on a busy one there is no end to them. What is left are the other processes. */
static enum err try(struct worker *w, struct task *j, enum tx_mode mode, int tried)
{
    pthread_rwlock_t *turn = mode == TX_WRITE ? &w->line->lanes->turn : NULL;
    if (turn && tried < TRIES_TOGETHER)
        pthread_rwlock_rdlock(turn);
    else if (turn)
        pthread_rwlock_wrlock(turn);
    enum err e = attempt(w, j, mode);
    if (turn)
        pthread_rwlock_unlock(turn);
    report(w->c, e);
    return e;
}

static void run_alone(struct worker *w, struct task *j, enum tx_mode mode)
{
    struct lanes *l = w->line->lanes;
    enum err e = ERR_BUSY;
    for (int i = 0; i < TRIES && e == ERR_BUSY && !stale(l, j); i++) {
        if (i > 1) {
            long wait_ms = (long)(((uintptr_t)j >> 5 & 7) + 1) * i;
            struct timespec ms = {0, wait_ms * 1000000};
            nanosleep(&ms, NULL);
        }
        reconnect(w);
        e = w->c ? try(w, j, mode, i) : ERR_BUSY;
    }
    j->result = e;
    struct tx *t;
    if (e && j->failed && w->c && !conn_broken(w->c) && tx_begin(w->c, TX_READ, &t) == OK) {
        j->rq->tx = t;
        j->failed(j->rq, e);
        tx_rollback(t);
    }
    finish(l, j, OK);
}

static void *work(void *p)
{
    struct worker *w = p;
    struct lanes *l = w->line->lanes;
    struct task *j;
    while ((j = wait_for(w->line))) {
        if (w->line->lane == LANE_SLOW) {
            j->result = lanes_read(l, j->rq, j->work, j->failed);
            j->done(j);
            continue;
        }
        if (!l->single) {
            run_alone(w, j, w->line->lane == LANE_READ ? TX_READ : TX_WRITE);
            continue;
        }
        reconnect(w);
        if (w->c)
            run_group(w, j);
        else
            finish(l, j, ERR_BUSY);
    }
    conn_free(w->c);
    return NULL;
}

/* ---- lines ---- */

bool lanes_submit(struct lanes *l, enum lane lane, struct task *j)
{
    struct line *q = &l->lines[lane];
    j->since_ms = l->app->mono_ms(l->app->clock);
    j->next = NULL;
    pthread_mutex_lock(&q->lock);
    bool room = q->n < q->max && !q->stop;
    if (room) {
        if (q->last)
            q->last->next = j;
        else
            q->first = j;
        q->last = j;
        q->n++;
        pthread_cond_signal(&q->filled);
    }
    pthread_mutex_unlock(&q->lock);
    return room;
}

struct waiter {
    struct task job;
    pthread_mutex_t lock;
    pthread_cond_t woken;
    bool done;
};

static void wake(struct task *j)
{
    struct waiter *w = (struct waiter *)j;
    pthread_mutex_lock(&w->lock);
    w->done = true;
    pthread_cond_signal(&w->woken);
    pthread_mutex_unlock(&w->lock);
}

enum err lanes_write(struct lanes *l, struct request *rq, enum err (*fn)(struct request *rq))
{
    struct waiter w = {.job = {.rq = rq, .work = fn, .done = wake},
                       .lock = PTHREAD_MUTEX_INITIALIZER,
                       .woken = PTHREAD_COND_INITIALIZER};
    if (!lanes_submit(l, LANE_WRITE, &w.job))
        return ERR_BUSY;
    pthread_mutex_lock(&w.lock);
    while (!w.done)
        pthread_cond_wait(&w.woken, &w.lock);
    pthread_mutex_unlock(&w.lock);
    return w.job.result;
}

bool lanes_read_here(const struct lanes *l)
{
    return l->single;
}

size_t lanes_waiting(struct lanes *l)
{
    size_t n = 0;
    for (int i = LANE_WRITE; i <= LANE_READ; i++) {
        pthread_mutex_lock(&l->lines[i].lock);
        n += l->lines[i].n;
        pthread_mutex_unlock(&l->lines[i].lock);
    }
    return n;
}

static void start(struct lanes *l, enum lane lane, int64_t n)
{
    for (int64_t i = 0; i < n && l->n_workers < MAX_THREADS; i++) {
        struct worker *w = &l->workers[l->n_workers];
        int writer = l->single ? 0 : (int)l->app->config->node * MAX_THREADS + (int)l->n_workers;
        *w = (struct worker){.line = &l->lines[lane], .writer = writer};
        BUG_ON(pthread_create(&w->thread, NULL, work, w));
        l->n_workers++;
    }
}

struct lanes *lanes_new(struct arena *a, struct app *app)
{
    struct lanes *l = NEW(a, struct lanes);
    l->app = app;
    l->single = db_single_writer(app->db);
    pthread_rwlockattr_t fair; /* who must be alone is not kept waiting by those who come after */
    pthread_rwlockattr_init(&fair);
    pthread_rwlockattr_setkind_np(&fair, PTHREAD_RWLOCK_PREFER_WRITER_NONRECURSIVE_NP);
    pthread_rwlock_init(&l->turn, &fair);
    pthread_mutex_init(&l->idle_lock, NULL);
    for (int i = 0; i < 3; i++) {
        struct line *q = &l->lines[i];
        *q = (struct line){.lanes = l, .lane = (enum lane)i, .max = (size_t)app->config->lane_depth};
        pthread_mutex_init(&q->lock, NULL);
        pthread_cond_init(&q->filled, NULL);
    }
    int64_t pool = app->config->pg_conns;
    start(l, LANE_WRITE, app->readonly ? 0 : l->single ? 1 : pool / 2 + 1);
    start(l, LANE_READ, l->single ? 0 : pool / 2);
    start(l, LANE_SLOW, 2);
    return l;
}

void lanes_stop(struct lanes *l)
{
    for (int i = 0; i < 3; i++) {
        pthread_mutex_lock(&l->lines[i].lock);
        l->lines[i].stop = true;
        pthread_cond_broadcast(&l->lines[i].filled);
        pthread_mutex_unlock(&l->lines[i].lock);
    }
    for (size_t i = 0; i < l->n_workers; i++)
        pthread_join(l->workers[i].thread, NULL);
    l->n_workers = 0;
}

void lanes_free(struct lanes *l)
{
    if (!l)
        return;
    lanes_stop(l);
    for (size_t i = 0; i < l->n_idle; i++)
        conn_free(l->idle[i]);
}
