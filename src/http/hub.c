/* hub.c - a list of listeners; each is suspended until its topic changes. About 200 bytes each
 * beside what libmicrohttpd and the kernel need. */
#include "http/hub.h"

#include <microhttpd.h>
#include <pthread.h>
#include <stdio.h>

enum { MAX_LISTENERS = 40000 };

struct listener {
    struct hub *hub;
    struct MHD_Connection *c;
    struct listener *next, *prev;
    char topic[40];
    unsigned long long n, sent; /* events so far, events written */
    bool beat, greeted, suspended;
};

struct hub {
    pthread_mutex_t lock;
    struct listener *first;
    size_t n;
    bool stopping;
};

struct hub *hub_new(void)
{
    struct hub *h = xcalloc(1, sizeof *h);
    pthread_mutex_init(&h->lock, NULL);
    return h;
}

void hub_free(struct hub *h)
{
    xfree(h);
}

size_t hub_listeners(struct hub *h)
{
    pthread_mutex_lock(&h->lock);
    size_t n = h->n;
    pthread_mutex_unlock(&h->lock);
    return n;
}

static ssize_t next_bytes(void *cls, uint64_t pos, char *out, size_t max)
{
    struct listener *l = cls;
    int n = 0;
    (void)pos;
    pthread_mutex_lock(&l->hub->lock);
    if (l->hub->stopping)
        n = (int)MHD_CONTENT_READER_END_OF_STREAM;
    else if (!l->greeted) {
        n = snprintf(out, max, "retry: 2000\n\n");
        l->greeted = true;
    } else if (l->sent < l->n) {
        n = snprintf(out, max, "id: %llu\nevent: change\ndata: %s\n\n", l->n, l->topic);
        l->sent = l->n;
    } else if (l->beat)
        n = snprintf(out, max, ": still here\n\n");
    if (n > 0)
        l->beat = false;
    if (n == 0) {
        l->suspended = true;
        MHD_suspend_connection(l->c);
    }
    pthread_mutex_unlock(&l->hub->lock);
    return n;
}

static void gone(void *cls)
{
    struct listener *l = cls;
    pthread_mutex_lock(&l->hub->lock);
    if (l->prev)
        l->prev->next = l->next;
    else
        l->hub->first = l->next;
    if (l->next)
        l->next->prev = l->prev;
    l->hub->n--;
    pthread_mutex_unlock(&l->hub->lock);
    xfree(l);
}

struct MHD_Response *hub_listen(struct hub *h, struct MHD_Connection *c, const char *topic)
{
    struct listener *l = xcalloc(1, sizeof *l);
    l->hub = h;
    l->c = c;
    snprintf(l->topic, sizeof l->topic, "%s", topic);
    pthread_mutex_lock(&h->lock);
    bool full = h->n >= MAX_LISTENERS || h->stopping;
    if (!full) {
        l->next = h->first;
        if (h->first)
            h->first->prev = l;
        h->first = l;
        h->n++;
    }
    pthread_mutex_unlock(&h->lock);
    if (full) {
        xfree(l);
        return NULL;
    }
    struct MHD_Response *r = MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 512, next_bytes, l, gone);
    BUG_ON(!r);
    MHD_add_response_header(r, "Content-Type", "text/event-stream");
    MHD_add_response_header(r, "Cache-Control", "no-store");
    MHD_add_response_header(r, "X-Accel-Buffering", "no");
    return r;
}

static void resume(struct listener *l)
{
    if (l->suspended) {
        l->suspended = false;
        MHD_resume_connection(l->c);
    }
}

void hub_publish(struct hub *h, struct str topic)
{
    if (!h)
        return;
    pthread_mutex_lock(&h->lock);
    for (struct listener *l = h->first; l; l = l->next)
        if (str_eq(str_c(l->topic), topic)) {
            l->n++;
            resume(l);
        }
    pthread_mutex_unlock(&h->lock);
}

void hub_beat(struct hub *h)
{
    pthread_mutex_lock(&h->lock);
    for (struct listener *l = h->first; l; l = l->next) {
        l->beat = true;
        resume(l);
    }
    pthread_mutex_unlock(&h->lock);
}

void hub_stop(struct hub *h)
{
    pthread_mutex_lock(&h->lock);
    h->stopping = true;
    for (struct listener *l = h->first; l; l = l->next)
        resume(l);
    pthread_mutex_unlock(&h->lock);
}
