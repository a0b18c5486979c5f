/* server.c - libmicrohttpd: epoll, a pool of threads, suspend and resume. Two threads at least: with
 * one internal epoll thread pinned to a core it fell to about 1,000 req/s. */
#include "http/server.h"

#include <microhttpd.h>
#include <netinet/in.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/log.h"
#include "http/assets.h"
#include "http/cache.h"
#include "http/caller.h"
#include "http/config.h"
#include "http/door.h"
#include "http/hub.h"
#include "http/lane.h"
#include "http/listen.h"
#include "http/reply.h"
#include "http/router.h"
#include "http/texts.h"
#include "record/form.h"

enum { MAX_LISTENERS = 4, MAX_URI = 4096, SMALL_BODY = 64 << 10, LARGE_BODIES = 64 << 20, ARENA_SOFT = 16 << 20,
       HEADER_MEMORY = 12 << 10, OWN_FILES = 100 };

struct server {
    struct app *app;
    struct MHD_Daemon *daemons[MAX_LISTENERS];
    size_t n;
    int port;
    struct nets proxies;
    struct door *door;
    const char *policy; /* Content-Security-Policy */
    _Atomic int64_t large; /* what bodies beyond SMALL_BODY may need that are under way, bytes */
};

/* One request on its connection, from the first byte to the last. */
struct call {
    struct arena a;
    struct request rq;
    struct task job;
    struct server *server;
    struct MHD_Connection *c;
    struct visitor *visitor;
    struct str uri, forwarded;
    char *body;
    size_t n, cap, seen; /* kept, room for, come at all */
    enum err wrong; /* what is wrong with the head or the size; the rest of the body is not kept */
    int64_t large; /* its share of server.large */
    bool started, finished, dispatched, two_lengths;
};

/* ---- from libmicrohttpd to struct request ---- */

static struct str header(struct call *k, const char *name)
{
    return str_c(MHD_lookup_connection_value(k->c, MHD_HEADER_KIND, name));
}

static struct str cookie(struct call *k, const char *name)
{
    return str_c(MHD_lookup_connection_value(k->c, MHD_COOKIE_KIND, name));
}

static bool decode_path(struct call *k, struct str raw, struct str *ret)
{
    struct str rest = str_fmt(&k->a, "=%.*s", SV(raw)), name;
    bool bad = false;
    for (size_t i = 0; i < rest.n; i++) /* in a path '+' is itself, and '&' too */
        if (rest.p[i] == '+' || rest.p[i] == '&')
            return false;
    if (!form_next(&k->a, &rest, &name, ret, &bad) || bad)
        return false;
    return str_starts(*ret, S("/")) && str_find(*ret, S("/../")) < 0 && str_find(*ret, S("//")) < 0 &&
           !str_ends(*ret, S("/.."));
}

static enum MHD_Result join_line(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct call *k = cls;
    (void)kind;
    if (str_eq_nocase(str_c(name), S("X-Forwarded-For"))) /* a proxy may add a line of its own */
        k->forwarded = str_fmt(&k->a, "%.*s%s%s", SV(k->forwarded), k->forwarded.n ? "," : "", value ? value : "");
    return MHD_YES;
}

static void read_address(struct call *k)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(k->c, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    struct in6_addr peer = caller_peer(info ? info->client_addr : NULL);
    if (nets_hold(&k->server->proxies, &peer))
        MHD_get_connection_values(k->c, MHD_HEADER_KIND, join_line, k);
    k->rq.ip = caller_name(&k->a, caller_whole(caller_of(&k->server->proxies, peer, k->forwarded)));
}

/* Whoever reads another length than we do finds another request behind the body. */
static enum MHD_Result same_length(void *cls, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct call *k = cls;
    (void)kind;
    if (str_eq_nocase(str_c(name), S("Content-Length")))
        k->two_lengths |= !str_eq(str_c(value), header(k, "Content-Length")) || header(k, "Transfer-Encoding").n;
    return MHD_YES;
}

static void read_headers(struct call *k)
{
    struct request *rq = &k->rq;
    struct str accept = header(k, "Accept"), auth = header(k, "Authorization");
    struct str lang = cookie(k, "lang"), enc = header(k, "Accept-Encoding");
    bool api = str_starts(rq->path, S("/api/")), tls = k->server->app->config->tls;
    rq->sheet = str_find(accept, S("spreadsheetml")) >= 0;
    rq->html = str_find(accept, S("text/html")) >= 0 && (!api || rq->method != GET);
    if (!lang.n)
        lang = header(k, "Accept-Language");
    rq->lang = texts_lang(lang);
    rq->cookie_size = cookie(k, "size");
    rq->cookie_typed = cookie(k, tls ? "__Host-typed" : "typed");
    rq->contrast = str_eq(cookie(k, "contrast"), S("high"));
    rq->bearer = str_starts(auth, S("Bearer "));
    rq->token = rq->bearer ? str_sub(auth, 7, auth.n) : cookie(k, tls ? "__Host-lingji" : "lingji");
    rq->idem_key = header(k, "Idempotency-Key");
    rq->csrf = header(k, "X-CSRF-Token");
    rq->origin = header(k, "Origin");
    rq->host = header(k, "Host");
    rq->agent = header(k, "User-Agent");
    rq->fetch_site = header(k, "Sec-Fetch-Site");
    rq->if_none_match = header(k, "If-None-Match");
    rq->referer = header(k, "Referer");
    rq->unattended = header(k, "X-Unattended").n;
    rq->range = header(k, "Range");
    rq->body_type = str_lower(&k->a, header(k, "Content-Type")); /* names of types know no case */
    rq->accepts_br = str_find(enc, S("br")) >= 0;
    rq->accepts_gzip = str_find(enc, S("gzip")) >= 0;
}

static bool read_method(struct call *k, const char *method)
{
    if (strcmp(method, "HEAD") == 0)
        method = "GET";
    for (int m = 0; m < METHODS; m++)
        if (strcmp(method, method_name((enum method)m)) == 0) {
            k->rq.method = (enum method)m;
            return true;
        }
    return false;
}

static void take_form_extras(struct call *k)
{
    struct request *rq = &k->rq;
    if (!str_starts(rq->body_type, S("application/x-www-form-urlencoded")))
        return;
    if (!rq->csrf.n)
        rq->csrf = form_get(&k->a, rq->body, S("_csrf"));
    if (!rq->idem_key.n)
        rq->idem_key = form_get(&k->a, rq->body, S("_key"));
}

/* All but the body, which is bounded by what the route takes. */
static enum err read_head(struct call *k, const char *method)
{
    struct request *rq = &k->rq;
    struct str raw = k->uri, path = str_cut(&raw, '?');
    rq->app = k->server->app;
    rq->a = &k->a;
    rq->city = rq->app->city;
    rq->now_ms = rq->app->now_ms(rq->app->clock);
    rq->query = raw.p ? raw : S("");
    rq->path = S("/");
    static const struct session nobody = {.roles = PUBLIC};
    rq->who = &nobody;
    bool good = k->uri.n < MAX_URI && decode_path(k, path, &rq->path);
    bool known = read_method(k, method); /* before the headers: whether a page is wanted depends on it */
    read_headers(k);
    read_address(k);
    MHD_get_connection_values(k->c, MHD_HEADER_KIND, same_length, k);
    if (!good || k->two_lengths)
        return ERR_SYNTAX;
    enum err e = router_find(rq->app->router, rq); /* also of an unknown method: what else the address takes */
    return known || e == ERR_NONE ? e : ERR_METHOD;
}

static enum err read_body(struct call *k)
{
    struct request *rq = &k->rq;
    rq->body = (struct str){k->body ? k->body : "", k->n};
    take_form_extras(k);
    return rq->idem_key.n > 100 || !utf8_ok(rq->idem_key) ? fail(rq, ERR_SYNTAX, "idem.wrong") : k->wrong;
}

/* ---- from struct request back ---- */

static void common_headers(struct call *k, struct MHD_Response *r)
{
    static const char *const fixed[][2] = {
        {"X-Content-Type-Options", "nosniff"},
        {"Referrer-Policy", "same-origin"},
        {"X-Frame-Options", "DENY"},
        {"Permissions-Policy", "camera=(self), microphone=(self), geolocation=(self)"}};
    for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
        MHD_add_response_header(r, fixed[i][0], fixed[i][1]);
    MHD_add_response_header(r, "Content-Security-Policy", k->server->policy);
    if (k->server->app->config->tls)
        MHD_add_response_header(r, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

static void add_header(struct call *k, struct MHD_Response *r, const char *name, struct str value)
{
    for (size_t i = 0; i < value.n; i++)
        if ((unsigned char)value.p[i] < 0x20)
            return; /* no header can be split by what somebody typed */
    if (value.n)
        MHD_add_response_header(r, name, str_z(&k->a, value));
}

static void reply_headers(struct call *k, struct MHD_Response *r)
{
    struct reply *p = &k->rq.reply;
    add_header(k, r, "Content-Type", str_c(p->type));
    add_header(k, r, "Location", p->location);
    add_header(k, r, "ETag", p->etag);
    add_header(k, r, p->status == 200 ? "Accept-Ranges" : "Content-Range", p->range);
    for (size_t i = 0; i < p->n_cookies; i++)
        add_header(k, r, "Set-Cookie", p->cookies[i]);
    if (p->filename.n)
        add_header(k, r, "Content-Disposition", str_fmt(&k->a, "attachment; filename=\"%.*s\"", SV(p->filename)));
    if (p->max_age_s)
        add_header(k, r, "Cache-Control", str_fmt(&k->a, "public, max-age=%d%s", p->max_age_s,
                                                  p->max_age_s > 86400 ? ", immutable" : ""));
    else
        add_header(k, r, "Cache-Control", p->etag.n ? S("no-cache") : S("no-store"));
    if (k->rq.problem.retry_s)
        add_header(k, r, "Retry-After", str_fmt(&k->a, "%d", k->rq.problem.retry_s));
    if (p->status == 405)
        add_header(k, r, "Allow", router_allowed(&k->rq));
    if (k->two_lengths)
        add_header(k, r, "Connection", S("close"));
}

static enum MHD_Result send_stream(struct call *k)
{
    struct MHD_Response *r = hub_listen(k->server->app->hub, k->c, k->rq.reply.topic);
    if (!r)
        return MHD_NO;
    common_headers(k, r);
    MHD_set_connection_option(k->c, MHD_CONNECTION_OPTION_TIMEOUT, 0u);
    enum MHD_Result rc = MHD_queue_response(k->c, 200, r);
    MHD_destroy_response(r);
    return rc;
}

static enum MHD_Result send_reply(struct call *k)
{
    const char *encoding;
    if (k->rq.reply.kind == REPLY_STREAM)
        return send_stream(k);
    struct str body = assets_squeeze(&k->rq, k->rq.reply.body, &encoding);
    struct MHD_Response *r =
        MHD_create_response_from_buffer(body.n, (void *)(uintptr_t)body.p, MHD_RESPMEM_PERSISTENT);
    BUG_ON(!r);
    common_headers(k, r);
    reply_headers(k, r);
    if (encoding) {
        MHD_add_response_header(r, "Content-Encoding", encoding);
        MHD_add_response_header(r, "Vary", "Accept-Encoding");
    }
    visitor_takes(k->visitor, body.n);
    enum MHD_Result rc = MHD_queue_response(k->c, (unsigned)k->rq.reply.status, r);
    MHD_destroy_response(r);
    return rc;
}

/* ---- the way through ---- */

static void settle(struct call *k, enum err e)
{
    if (e && (k->rq.reply.kind == REPLY_NONE || !k->rq.problem.err))
        reply_problem(&k->rq, e);
    k->finished = true;
}

static void renewed(struct task *j)
{
    struct call *k = (struct call *)((char *)j - offsetof(struct call, job));
    if (!j->result && k->rq.renewed.n)
        reply_cookie(&k->rq, k->rq.renewed);
    MHD_resume_connection(k->c);
}

/* The reply is made and the call suspended: what the session needs is a write of its own, and may fail. */
static void renew_and_resume(struct call *k)
{
    k->job = (struct task){.rq = &k->rq, .work = router_renew, .done = renewed};
    if (!k->rq.renew || !lanes_submit(k->server->app->lanes, LANE_WRITE, &k->job))
        MHD_resume_connection(k->c);
}

static void job_done(struct task *j)
{
    struct call *k = (struct call *)((char *)j - offsetof(struct call, job));
    bool replied = j->result && k->rq.problem.err == j->result && k->rq.reply.kind != REPLY_NONE;
    if (j->result && !replied) /* the commit failed after the handler had made its reply */
        k->rq.reply = (struct reply){0};
    settle(k, replied ? OK : j->result);
    renew_and_resume(k);
}

/* After the slow part: on to the write line. */
static void before_done(struct task *j)
{
    struct call *k = (struct call *)((char *)j - offsetof(struct call, job));
    struct task next = {.rq = &k->rq, .work = router_run, .failed = router_fail, .done = job_done};
    if (j->result) {
        job_done(j);
        return;
    }
    k->job = next;
    if (!lanes_submit(k->server->app->lanes, LANE_WRITE, &k->job)) {
        k->job.result = ERR_BUSY;
        job_done(&k->job);
    }
}

static enum MHD_Result in_lane(struct call *k, enum lane lane, struct task job)
{
    k->job = job;
    MHD_suspend_connection(k->c);
    if (lanes_submit(k->server->app->lanes, lane, &k->job))
        return MHD_YES;
    settle(k, ERR_BUSY);
    MHD_resume_connection(k->c);
    return MHD_YES;
}

static enum MHD_Result read_now(struct call *k)
{
    struct app *app = k->server->app;
    uint64_t generation = atomic_load(&app->generation);
    if (!cache_get(app->cache, &k->rq)) {
        enum err e = lanes_read(app->lanes, &k->rq, router_run, router_fail);
        if (e && k->rq.reply.kind == REPLY_NONE)
            reply_problem(&k->rq, e);
        if (!e)
            cache_put(app->cache, &k->rq, generation);
    }
    k->finished = k->rq.renew;
    if (!k->finished)
        return send_reply(k);
    MHD_suspend_connection(k->c);
    renew_and_resume(k);
    return MHD_YES;
}

static enum MHD_Result dispatch(struct call *k)
{
    struct app *app = k->server->app;
    const struct route *r;
    k->dispatched = true;
    visitor_waits(k->visitor);
    atomic_fetch_add(&app->n_requests, 1);
    enum err e = read_body(k);
    if (!e)
        e = router_rate(&k->rq);
    if (e) {
        reply_problem(&k->rq, e);
        return send_reply(k);
    }
    r = k->rq.route;
    struct task job = {.rq = &k->rq, .work = router_run, .failed = router_fail, .done = job_done};
    if (r->no_tx) {
        e = r->run(&k->rq);
        if (e)
            reply_problem(&k->rq, e);
        return send_reply(k);
    }
    if (k->rq.method == GET && lanes_read_here(app->lanes))
        return read_now(k);
    if (k->rq.method == GET)
        return cache_get(app->cache, &k->rq) ? send_reply(k) : in_lane(k, LANE_READ, job);
    router_ready(&k->rq);
    if (r->before)
        return in_lane(k, LANE_SLOW,
                       (struct task){.rq = &k->rq, .work = router_before, .failed = router_fail, .done = before_done});
    return in_lane(k, LANE_WRITE, job);
}

/* Bodies larger than SMALL_BODY may together need LARGE_BODIES, each what its route takes. */
static enum err may_grow(struct call *k, size_t size)
{
    int64_t max = k->rq.route && k->rq.route->body_max ? k->rq.route->body_max : SMALL_BODY;
    if (size > (size_t)max)
        return ERR_LARGE;
    if (size <= SMALL_BODY || k->large)
        return OK;
    if (atomic_fetch_add(&k->server->large, max) + max > LARGE_BODIES) {
        atomic_fetch_sub(&k->server->large, max);
        return ERR_BUSY;
    }
    k->large = max;
    k->a.soft = ARENA_SOFT + (size_t)max;
    return OK;
}

/* The size that the head announced, when the route takes it: then nothing is copied as it grows. */
static size_t announced(struct call *k)
{
    int64_t n = 0;
    int64_t max = k->rq.route && k->rq.route->body_max ? k->rq.route->body_max : SMALL_BODY;
    return str_i64(header(k, "Content-Length"), &n) && n > 1024 && n <= max ? (size_t)n : 1024;
}

static void take_body(struct call *k, const char *data, size_t n)
{
    size_t whole = k->cap ? 0 : announced(k);
    k->seen += n;
    visitor_brings(k->visitor, k->seen);
    if (!k->wrong) /* before any memory is taken, also for what is only announced */
        k->wrong = may_grow(k, k->n + n > whole ? k->n + n : whole);
    if (k->wrong)
        return;
    if (k->n + n > k->cap) {
        size_t cap = k->cap ? k->cap * 2 : whole;
        while (cap < k->n + n)
            cap *= 2;
        char *p = arena_alloc(&k->a, cap);
        if (k->n)
            memcpy(p, k->body, k->n);
        k->body = p;
        k->cap = cap;
    }
    memcpy(k->body + k->n, data, n);
    k->n += n;
}

static enum MHD_Result handle(void *cls, struct MHD_Connection *c, const char *url, const char *method,
                              const char *version, const char *data, size_t *n, void **state)
{
    struct call *k = *state;
    (void)cls, (void)url, (void)version;
    if (!k->started) {
        k->started = true;
        k->c = c;
        k->wrong = read_head(k, method);
        return MHD_YES;
    }
    if (*n) {
        take_body(k, data, *n);
        *n = 0;
        return MHD_YES;
    }
    if (k->finished)
        return send_reply(k);
    return k->dispatched ? MHD_YES : dispatch(k);
}

static void *begin(void *cls, const char *uri, struct MHD_Connection *c)
{
    struct call *k = xcalloc(1, sizeof *k);
    k->visitor = door_visitor(c);
    visitor_begins(k->visitor);
    arena_init(&k->a, ARENA_SOFT);
    k->server = cls;
    k->uri = str_dup(&k->a, str_c(uri));
    return k;
}

static void end(void *cls, struct MHD_Connection *c, void **state, enum MHD_RequestTerminationCode why)
{
    struct call *k = *state;
    (void)cls, (void)c, (void)why;
    if (k && k->large)
        atomic_fetch_sub(&k->server->large, k->large);
    if (k) {
        visitor_rests(k->visitor);
        arena_done(&k->a);
    }
    xfree(k);
    *state = NULL;
}

/* ---- listening ---- */

/* As many connections as the file limit allows, less what the program itself needs. The soft limit
 * can always be raised to the hard one, the hard one only with the right to. */
static unsigned connection_limit(const struct config *c)
{
    struct rlimit lim, want;
    if (getrlimit(RLIMIT_NOFILE, &lim))
        return 500;
    rlim_t need = (rlim_t)c->max_connections + OWN_FILES;
    want = (struct rlimit){need, lim.rlim_max > need ? lim.rlim_max : need};
    if (lim.rlim_cur < need && setrlimit(RLIMIT_NOFILE, &want)) {
        want = (struct rlimit){lim.rlim_max, lim.rlim_max};
        (void)!setrlimit(RLIMIT_NOFILE, &want);
    }
    getrlimit(RLIMIT_NOFILE, &lim);
    int64_t most = lim.rlim_cur > OWN_FILES + 64 ? (int64_t)lim.rlim_cur - OWN_FILES : 64;
    if (most < c->max_connections)
        log_at(LOG_WARN, "max_connections=%lld but the limit of open files is %lld: at most %lld are held",
               (long long)c->max_connections, (long long)lim.rlim_cur, (long long)most);
    return (unsigned)(c->max_connections < most ? c->max_connections : most);
}

static enum err listen_on(struct arena *a, struct server *s, struct str address, struct str *ret_why)
{
    const struct config *c = s->app->config;
    int fd = listen_socket(a, address, ret_why);
    if (fd < 0)
        return ERR_DB;
    int64_t cores = sysconf(_SC_NPROCESSORS_ONLN);
    unsigned threads = (unsigned)(c->threads ? c->threads : cores);
    threads = threads < 2 ? 2 : threads;
    unsigned limit = connection_limit(c) / threads * threads;
    struct sockaddr_storage sa;
    socklen_t len = sizeof sa;
    getsockname(fd, (struct sockaddr *)(void *)&sa, &len);
    if (!s->door)
        s->door = door_new(s->app, c->address_connections ? c->address_connections : limit / 4, &s->proxies);
    if (s->n == 0)
        s->port = ntohs(((struct sockaddr_in *)(void *)&sa)->sin_port);
    s->daemons[s->n] = MHD_start_daemon(
        MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_TURBO | MHD_USE_ERROR_LOG, 0, door_ask,
        s->door, handle, s, MHD_OPTION_NOTIFY_CONNECTION, door_notify, s->door, MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_THREAD_POOL_SIZE, threads,
        MHD_OPTION_CONNECTION_LIMIT, limit, MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)HEADER_MEMORY, MHD_OPTION_URI_LOG_CALLBACK, begin, s,
        MHD_OPTION_NOTIFY_COMPLETED, end, s, MHD_OPTION_END);
    if (!s->daemons[s->n]) {
        *ret_why = str_fmt(a, "cannot serve on %.*s", SV(address));
        return ERR_DB;
    }
    s->n++;
    return OK;
}

static size_t count_addresses(struct str list)
{
    size_t n = 0;
    for (; list.n; n++)
        str_cut(&list, ',');
    return n;
}

enum err server_start(struct arena *a, struct app *app, struct server **ret, struct str *ret_why)
{
    struct server *s = NEW(a, struct server);
    struct str rest = app->config->listen, bad = S("");
    size_t n = count_addresses(rest);
    enum err e = OK;
    s->app = app;
    if (n == 0 || n > MAX_LISTENERS) {
        *ret_why = str_fmt(a, "listen names %zu addresses; want one to %d like [::]:8080, split by commas", n, MAX_LISTENERS);
        return ERR_INPUT;
    }
    if (!nets_read(a, app->config->trusted_proxy, &s->proxies, &bad)) {
        *ret_why = str_fmt(a, "trusted_proxy: '%.*s' is no address like 127.0.0.1 and no network like 10.0.0.0/8", SV(bad));
        return ERR_INPUT;
    }
    s->policy = str_z(a, str_fmt(a, "default-src 'self'; script-src 'self'; style-src 'self' %.*s; img-src 'self' data: blob:;"
                                    " media-src 'self' blob:; frame-ancestors 'none'; base-uri 'none'; form-action 'self';"
                                    " object-src 'none'", SV(assets_style_source(a))));
    while (rest.n && !e) {
        struct str address = str_trim(str_cut(&rest, ','));
        e = listen_on(a, s, address, ret_why);
    }
    if (e)
        server_stop(s);
    else
        *ret = s;
    return e;
}

int server_port(const struct server *s)
{
    return s->port;
}

void server_sweep(struct server *s)
{
    door_sweep(s->door);
}

void server_stop(struct server *s)
{
    for (size_t i = 0; i < s->n; i++) {
        MHD_socket fd = MHD_quiesce_daemon(s->daemons[i]);
        if (fd != MHD_INVALID_SOCKET)
            close(fd);
    }
    if (s->app->hub)
        hub_stop(s->app->hub);
    lanes_stop(s->app->lanes); /* answers whatever waits; who comes now may still read */
    for (size_t i = 0; i < s->n; i++)
        MHD_stop_daemon(s->daemons[i]);
    door_free(s->door);
}
