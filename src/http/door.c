/* door.c - see the header. Addresses are counted in slots by a keyed hash: two that fall into one share
 * its number, and nobody outside can tell which do. */
#include "http/door.h"

#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/random.h>
#include <sys/socket.h>

#include "base/log.h"
#include "http/caller.h"
#include "http/config.h"

enum { SLOTS = 65536, SAY_EVERY_MS = 60 * 1000 };

struct visitor {
    struct door *door;
    struct visitor *next, **at; /* *at is this one */
    int fd;
    size_t slot;
    int64_t began_ms;
    _Atomic int64_t until_ms; /* 0 = no end: it waits for us */
};

struct door {
    const struct app *app;
    int64_t most;
    const struct nets *proxies;
    unsigned char key[16];
    pthread_mutex_t lock;
    struct visitor *first;
    _Atomic int64_t refused, here[SLOTS];
    int64_t said_ms;
};

struct door *door_new(const struct app *app, int64_t most, const struct nets *proxies)
{
    struct door *d = xcalloc(1, sizeof *d);
    d->app = app;
    d->most = most;
    d->proxies = proxies;
    BUG_ON(getrandom(d->key, sizeof d->key, 0) != sizeof d->key);
    pthread_mutex_init(&d->lock, NULL);
    return d;
}

void door_free(struct door *d)
{
    if (d)
        pthread_mutex_destroy(&d->lock);
    xfree(d);
}

static size_t slot_of(const struct door *d, const struct in6_addr *at)
{
    char text[32];
    struct in6_addr whole = caller_whole(*at);
    memcpy(text, d->key, 16);
    memcpy(text + 16, &whole, 16);
    uint64_t h = str_hash((struct str){text, sizeof text});
    return (size_t)(h ^ h >> 32) % SLOTS;
}

enum MHD_Result door_ask(void *cls, const struct sockaddr *from, socklen_t len)
{
    struct door *d = cls;
    struct in6_addr at = caller_peer(from);
    (void)len;
    if (nets_hold(d->proxies, &at) || atomic_load(&d->here[slot_of(d, &at)]) < d->most)
        return MHD_YES;
    atomic_fetch_add(&d->refused, 1);
    return MHD_NO;
}

static int64_t now_ms(const struct door *d)
{
    return d->app->mono_ms(d->app->clock);
}

static int64_t arrival_ms(const struct door *d)
{
    return d->app->config->arrival_s * 1000;
}

static void come_in(struct door *d, struct MHD_Connection *c, struct visitor *v)
{
    struct in6_addr at = caller_peer(MHD_get_connection_info(c, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr);
    v->door = d;
    v->fd = MHD_get_connection_info(c, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
    v->slot = slot_of(d, &at);
    v->until_ms = now_ms(d) + arrival_ms(d);
    atomic_fetch_add(&d->here[v->slot], 1);
    pthread_mutex_lock(&d->lock);
    v->next = d->first;
    v->at = &d->first;
    if (v->next)
        v->next->at = &v->next;
    d->first = v;
    pthread_mutex_unlock(&d->lock);
}

static void go(struct door *d, struct visitor *v)
{
    pthread_mutex_lock(&d->lock);
    *v->at = v->next;
    if (v->next)
        v->next->at = v->at;
    pthread_mutex_unlock(&d->lock);
    atomic_fetch_sub(&d->here[v->slot], 1);
    xfree(v);
}

void door_notify(void *cls, struct MHD_Connection *c, void **context, enum MHD_ConnectionNotificationCode what)
{
    if (what == MHD_CONNECTION_NOTIFY_STARTED)
        come_in(cls, c, *context = xcalloc(1, sizeof(struct visitor)));
    else if (*context)
        go(cls, *context);
}

struct visitor *door_visitor(struct MHD_Connection *c)
{
    return MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT)->socket_context;
}

void visitor_begins(struct visitor *v)
{
    v->began_ms = now_ms(v->door);
    v->until_ms = v->began_ms + arrival_ms(v->door);
}

void visitor_brings(struct visitor *v, size_t bytes)
{
    v->until_ms = v->began_ms + arrival_ms(v->door) + (int64_t)bytes * 1000 / ARRIVAL_BYTES_S;
}

void visitor_waits(struct visitor *v)
{
    v->until_ms = 0;
}

void visitor_takes(struct visitor *v, size_t bytes)
{
    v->until_ms = now_ms(v->door) + v->door->app->config->reply_s * 1000 + (int64_t)bytes * 1000 / REPLY_BYTES_S;
}

void visitor_rests(struct visitor *v)
{
    v->until_ms = now_ms(v->door) + IDLE_S * 1000 + arrival_ms(v->door);
}

/* libmicrohttpd sees an end of input and closes; it tells us before, under the lock, so no fd is another's. */
void door_sweep(struct door *d)
{
    int64_t now = now_ms(d);
    pthread_mutex_lock(&d->lock);
    for (struct visitor *v = d->first; v; v = v->next) {
        int64_t until_ms = v->until_ms;
        if (until_ms && now >= until_ms) {
            shutdown(v->fd, SHUT_RDWR);
            v->until_ms = 0;
        }
    }
    pthread_mutex_unlock(&d->lock);
    if (now < d->said_ms + SAY_EVERY_MS || !atomic_load(&d->refused))
        return;
    log_at(LOG_WARN, "connections refused=%lld: more than %lld from one address (address_connections, trusted_proxy)",
           (long long)atomic_exchange(&d->refused, 0), (long long)d->most);
    d->said_ms = now;
}
