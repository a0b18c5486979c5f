/* cache.c - 256 places by hash of what was asked: address, language and look; a later page takes the place. What was asked
 * is kept beside the page, for two questions of one hash can be made on purpose. */
#include "http/cache.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>

#include "http/route.h"

enum { PLACES = 256, FRESH_MS = 2000, LARGEST = 256 << 10, ASKED = 1024 };

struct place {
    char asked[ASKED];
    size_t n_asked;
    uint64_t generation;
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

/* With the host: pages carry whole addresses for codes and machines. False: nothing is kept of it. */
static bool suits(const struct request *rq, struct str *ret_asked)
{
    if (!rq->route || !rq->route->cached || rq->token.n)
        return false;
    *ret_asked = str_fmt(rq->a, "%zu %zu %zu %d%d%d%.*s%.*s%.*s%.*s", rq->path.n, rq->query.n, rq->host.n, rq->contrast, (int)rq->lang,
                         rq->html, SV(rq->path), SV(rq->query), SV(rq->host), SV(rq->cookie_size));
    return ret_asked->n <= ASKED;
}

static struct place *place_of(struct page_cache *c, struct str asked)
{
    return &c->v[str_hash(asked) % PLACES];
}

bool cache_get(struct page_cache *c, struct request *rq)
{
    struct str asked;
    if (!suits(rq, &asked))
        return false;
    struct place *p = place_of(c, asked);
    pthread_mutex_lock(&c->lock);
    bool hit = p->body && str_eq((struct str){p->asked, p->n_asked}, asked) && p->until_ms > rq->now_ms &&
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
    struct str asked, body = rq->reply.body;
    if (!suits(rq, &asked) || rq->reply.status != 200 || rq->reply.n_cookies || body.n > LARGEST)
        return;
    struct place *p = place_of(c, asked);
    pthread_mutex_lock(&c->lock);
    if (p->cap < body.n) {
        p->body = xrealloc(p->body, body.n);
        p->cap = body.n;
    }
    memcpy(p->body, body.p, body.n);
    memcpy(p->asked, asked.p, asked.n);
    p->n_asked = asked.n;
    p->generation = generation;
    p->until_ms = rq->now_ms + FRESH_MS;
    p->reply = rq->reply;
    pthread_mutex_unlock(&c->lock);
}
