/* feed.c - a line of changes under a lock, and what was seen lately. */
#include "http/feed.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

#include "base/id.h"
#include "http/lane.h"
#include "http/router.h"
#include "http/store.h"

/* 2^SEEN_BITS rows are remembered; BACK_MS: 5 s, the time between two looks, and two clocks apart from the database's. */
enum { BURST = 64, SEEN_BITS = 13, WHAT_MAX = 16, BACK_MS = 7000 + 2 * CLOCKS_APART_MS };

struct left {
    int64_t id;
    char what[WHAT_MAX];
};
struct feed {
    pthread_mutex_t lock;     /* of the line */
    pthread_mutex_t delivery; /* one at a time, in order */
    struct left *v;
    size_t n, cap;
    _Atomic size_t taken; /* from the line and not yet delivered */
    int64_t last; /* newest row read by feed_follow */
    int64_t seen[1 << SEEN_BITS]; /* rows already left here; a lost one is only read twice */
};

struct feed *feed_new(void)
{
    struct feed *f = xcalloc(1, sizeof *f);
    pthread_mutex_init(&f->lock, NULL);
    pthread_mutex_init(&f->delivery, NULL);
    return f;
}

void feed_free(struct feed *f)
{
    if (!f)
        return;
    pthread_mutex_destroy(&f->lock);
    pthread_mutex_destroy(&f->delivery);
    xfree(f->v);
    xfree(f);
}

static void leave(struct feed *f, const struct change *c)
{
    int64_t *seen = &f->seen[(uint64_t)c->n * 0x9e3779b97f4a7c15u >> (64 - SEEN_BITS)];
    if (*seen == c->n || c->what.n >= WHAT_MAX)
        return;
    *seen = c->n;
    if (f->n == f->cap) {
        f->cap = f->cap ? f->cap * 2 : 64;
        f->v = xrealloc(f->v, f->cap * sizeof *f->v);
    }
    struct left *x = &f->v[f->n++];
    *x = (struct left){.id = c->id};
    memcpy(x->what, c->what.p, c->what.n);
}

void feed_leave(struct feed *f, const struct request *rq)
{
    if (!rq->changes)
        return;
    pthread_mutex_lock(&f->lock);
    for (const struct change *c = rq->changes; c; c = c->next)
        leave(f, c);
    pthread_mutex_unlock(&f->lock);
}

struct delivery {
    struct left *v;
    size_t n;
};

static int by_object(const void *x, const void *y)
{
    const struct left *a = x, *b = y;
    return a->id != b->id ? (a->id > b->id) - (a->id < b->id) : strcmp(a->what, b->what);
}

static bool said_before(const struct delivery *d, size_t i)
{
    return i && d->v[i].id == d->v[i - 1].id && strcmp(d->v[i].what, d->v[i - 1].what) == 0;
}

static enum err deliver(struct request *rq)
{
    struct delivery *d = rq->object;
    enum err e = OK;
    qsort(d->v, d->n, sizeof *d->v, by_object); /* what changed often is read once */
    for (size_t i = 0; !e && i < d->n; i++) {
        for (size_t k = 0; !e && !said_before(d, i) && rq->app->features[k]; k++)
            if (rq->app->features[k]->feed)
                e = rq->app->features[k]->feed(rq, str_c(d->v[i].what), d->v[i].id);
        arena_reset(rq->a);
        atomic_fetch_sub(&rq->app->feed->taken, 1);
    }
    return e;
}

/* What could not be delivered waits in front again. */
static void put_back(struct feed *f, const struct delivery *d)
{
    pthread_mutex_lock(&f->lock);
    size_t n = f->n + d->n;
    struct left *v = xcalloc(n, sizeof *v);
    memcpy(v, d->v, d->n * sizeof *v);
    if (f->n)
        memcpy(v + d->n, f->v, f->n * sizeof *v);
    xfree(f->v);
    f->v = v;
    f->n = f->cap = n;
    pthread_mutex_unlock(&f->lock);
}

enum err feed_drain(struct app *app)
{
    struct feed *f = app->feed;
    struct arena a;
    struct request rq;
    enum err e = OK;
    pthread_mutex_lock(&f->delivery);
    pthread_mutex_lock(&f->lock);
    struct delivery d = {f->v, f->n};
    f->v = NULL;
    f->n = f->cap = 0;
    atomic_store(&f->taken, d.n);
    pthread_mutex_unlock(&f->lock);
    if (d.n) {
        arena_init(&a, 0);
        request_system(&rq, app, &a);
        rq.object = &d;
        e = lanes_read(app->lanes, &rq, deliver, NULL);
        arena_done(&a);
    }
    if (e)
        put_back(f, &d);
    atomic_store(&f->taken, 0);
    pthread_mutex_unlock(&f->delivery);
    xfree(d.v);
    return e;
}

enum err feed_catch_up(struct app *app)
{
    struct feed *f = app->feed;
    pthread_mutex_lock(&f->lock);
    size_t behind = f->n + atomic_load(&f->taken);
    pthread_mutex_unlock(&f->lock);
    return behind && behind <= BURST ? feed_drain(app) : OK;
}

enum err feed_begin(struct request *rq)
{
    return change_last(rq, &rq->app->feed->last);
}

static enum err follow(struct request *rq)
{
    struct feed *f = rq->app->feed;
    struct change *v;
    size_t n = 0;
    int64_t late = id_from(rq->now_ms - BACK_MS), from = f->last < late ? f->last : late;
    enum err e;
    do {
        e = change_after(rq, from, &v, &n);
        pthread_mutex_lock(&f->lock);
        for (size_t i = 0; !e && i < n; i++)
            leave(f, &v[i]);
        pthread_mutex_unlock(&f->lock);
        if (!e && n)
            from = v[n - 1].n;
    } while (!e && n);
    f->last = from > f->last ? from : f->last;
    return e;
}

enum err feed_follow(struct app *app)
{
    enum err e = app_read(app, follow, NULL);
    return e ? e : feed_drain(app);
}
