/* cache.c - 256 places by hash of address, language and look; a later page takes the place. */
#include "http/cache.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "http/route.h"

enum { PLACES = 256, FRESH_MS = 2000, LARGEST = 256 << 10 };

struct place {
    uint64_t key, generation;
    int64_t until_ms;
    struct reply reply;
    char *body;
    size_t cap;
};

struct page_cache {
    pthread_mutex_t lock;
    struct place v[PLACES];
};

struct page_cache *cache_new(void)
{
    struct page_cache *c = xcalloc(1, sizeof *c);
    pthread_mutex_init(&c->lock, NULL);
    return c;
}

void cache_free(struct page_cache *c)
{
    for (int i = 0; c && i < PLACES; i++)
        xfree(c->v[i].body);
    xfree(c);
}

static bool suits(const struct request *rq)
{
    return rq->route && rq->route->cached && !rq->token.n;
}

static uint64_t key_of(const struct request *rq)
{
    uint64_t k = str_hash(rq->path) * 31 + str_hash(rq->query);
    k = k * 31 + str_hash(rq->host); /* pages carry whole addresses for codes and machines */
    return k * 31 + str_hash(rq->cookie_size) * 8 + rq->contrast * 4u + (uint64_t)rq->lang * 2 + rq->html;
}

bool cache_get(struct page_cache *c, struct request *rq)
{
    if (!suits(rq))
        return false;
    uint64_t key = key_of(rq);
    struct place *p = &c->v[key % PLACES];
    pthread_mutex_lock(&c->lock);
    bool hit = p->body && p->key == key && p->until_ms > rq->now_ms &&
               p->generation == atomic_load(&rq->app->generation);
    if (hit) {
        rq->reply = p->reply;
        rq->reply.body = str_dup(rq->a, (struct str){p->body, p->reply.body.n});
    }
    pthread_mutex_unlock(&c->lock);
    return hit;
}

void cache_put(struct page_cache *c, struct request *rq, uint64_t generation)
{
    struct str body = rq->reply.body;
    if (!suits(rq) || rq->reply.status != 200 || rq->reply.n_cookies || body.n > LARGEST)
        return;
    uint64_t key = key_of(rq);
    struct place *p = &c->v[key % PLACES];
    pthread_mutex_lock(&c->lock);
    if (p->cap < body.n) {
        p->body = xrealloc(p->body, body.n);
        p->cap = body.n;
    }
    memcpy(p->body, body.p, body.n);
    p->key = key;
    p->generation = generation;
    p->until_ms = rq->now_ms + FRESH_MS;
    p->reply = rq->reply;
    pthread_mutex_unlock(&c->lock);
}
