/* print_store.c - slips that wait, and the way to the printer. */
#include <netdb.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "feature/print/print.h"
#include "http/config.h"
#include "record/seal.h"

enum { WAITING = 20, SEND_MS = 2000 };

static const struct query add = {
    "print.add", "INSERT INTO print_job (city, id, bytes, made_ms) VALUES ($1, $2, $3, $4)"};
static const struct query due = {
    "print.due", "SELECT id, bytes FROM print_job WHERE city = $1 ORDER BY id LIMIT $2"};
static const struct query done = {"print.done", "DELETE FROM print_job WHERE city = $1 AND id = $2"};
static const struct query old = {"print.old", "DELETE FROM print_job WHERE city = $1 AND made_ms < $2"};
static const struct query *const queries[] = {&add, &due, &done, &old, NULL};

struct waiting {
    struct arena *a;
    struct {
        int64_t id;
        struct str bytes;
        bool sent;
    } v[WAITING];
    size_t n;
};

static struct seal_where where(const struct request *rq, int64_t id)
{
    return (struct seal_where){"print_job", "bytes", rq->city, id};
}

bool print_ready(const struct request *rq)
{
    return rq->app->config->printer.n > 0;
}

enum err print_slip(struct request *rq, const struct paper *p)
{
    if (!print_ready(rq))
        return OK;
    int64_t id = new_id(rq);
    struct str sealed = seal_put(rq->app->seal, rq->a, where(rq, id), paper_escpos(rq->a, p)); /* a name, a token */
    return db_run(rq->tx, &add, ARGS(I(rq->city), I(id), B(sealed), I(rq->now_ms)), NULL);
}

static enum err load(struct request *rq)
{
    struct waiting *w = rq->object;
    struct rows rows = {0};
    enum err e = db_rows(rq->tx, rq->a, &due, ARGS(I(rq->city), I(WAITING)), &rows);
    w->n = 0;
    for (size_t i = 0; !e && i < rows.n; i++) {
        int64_t id = val_i64(row_at(&rows, i));
        w->v[w->n].id = id;
        if (seal_get(rq->app->seal, w->a, where(rq, id), val_str(row_at(&rows, i) + 1), &w->v[w->n].bytes))
            w->n++;
    }
    return e;
}

static enum err settle(struct request *rq)
{
    const struct waiting *w = rq->object;
    enum err e = db_run(rq->tx, &old, ARGS(I(rq->city), I(rq->now_ms - PRINT_MS)), NULL);
    for (size_t i = 0; !e && i < w->n; i++)
        if (w->v[i].sent)
            e = db_run(rq->tx, &done, ARGS(I(rq->city), I(w->v[i].id)), NULL);
    return e;
}

static bool connected(int fd, const struct addrinfo *at)
{
    int bad = 0;
    socklen_t size = sizeof bad;
    struct pollfd p = {.fd = fd, .events = POLLOUT};
    if (connect(fd, at->ai_addr, at->ai_addrlen) == 0)
        return true;
    return poll(&p, 1, SEND_MS) == 1 && getsockopt(fd, SOL_SOCKET, SO_ERROR, &bad, &size) == 0 && !bad;
}

/* HOST:PORT; the port is 9100 when left out. -1 when it does not answer within SEND_MS. */
static int dial(struct arena *a, struct str printer)
{
    const struct addrinfo hints = {.ai_socktype = SOCK_STREAM};
    struct addrinfo *at = NULL;
    struct str port = printer, host = str_cut(&port, ':');
    if (getaddrinfo(str_z(a, host), port.n ? str_z(a, port) : "9100", &hints, &at))
        return -1;
    int fd = socket(at->ai_family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (fd >= 0 && !connected(fd, at)) {
        close(fd);
        fd = -1;
    }
    freeaddrinfo(at);
    return fd;
}

static bool send_all(int fd, struct str s)
{
    struct pollfd p = {.fd = fd, .events = POLLOUT};
    while (s.n && poll(&p, 1, SEND_MS) == 1) {
        ssize_t k = send(fd, s.p, s.n, MSG_NOSIGNAL);
        if (k <= 0)
            return false;
        s = str_sub(s, (size_t)k, s.n);
    }
    return !s.n;
}

enum err print_due(struct app *app)
{
    struct arena a;
    arena_init(&a, 0);
    struct waiting *w = NEW(&a, struct waiting);
    w->a = &a;
    enum err e = app->config->printer.n ? app_read(app, load, w) : OK;
    int fd = !e && w->n ? dial(&a, app->config->printer) : -1;
    for (size_t i = 0; i < w->n && fd >= 0; i++)
        w->v[i].sent = send_all(fd, w->v[i].bytes);
    if (fd >= 0)
        close(fd);
    else if (w->n)
        log_at(LOG_WARN, "the printer %.*s does not answer", SV(app->config->printer));
    if (!e && w->n)
        e = app_write(app, settle, w);
    arena_done(&a);
    return e;
}

static const struct timer timers[] = {{.name = "print.due", .every_s = 1, .outside = print_due}, {0}};
const struct feature print_feature = {.name = "print", .queries = queries, .timers = timers};
