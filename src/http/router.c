/* router.c - the way of a request inside its transaction, as a list of steps. */
#include "http/router.h"

#include <pthread.h>
#include <stdatomic.h>

#include "base/buf.h"
#include "http/config.h"
#include "http/lane.h"
#include "http/page.h"
#include "http/reply.h"
#include "http/store.h"
#include "http/template.h"
#include "record/access.h"
#include "record/form.h"
#include "record/seal.h"

static const struct session stranger = {.roles = PUBLIC};

/* ---- rate limits: fixed windows in bounded tables ---- */

enum { SETS = 4096, WAYS = 4, KNOWN = 65536 };

struct bucket {
    uint64_t who;
    int64_t until_s; /* the end of its window */
    int32_t n;
};

/* Keyed, so that nobody outside can tell which callers share a set. */
static struct {
    pthread_mutex_t lock;
    uint64_t key;
    struct bucket v[SETS][WAYS];
} limiter = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* Its own, or that of its set that has counted least: whoever is at his limit is the last to be forgotten. */
static struct bucket *bucket_of(uint64_t who, int64_t now_s, int64_t until_s)
{
    struct bucket *set = limiter.v[(who ^ who >> 32) % SETS], *least = set;
    for (struct bucket *b = set; b < set + WAYS; b++) {
        if (b->who == who && b->until_s == until_s)
            return b;
        if (b->until_s <= now_s)
            b->n = 0;
        if (b->n < least->n)
            least = b;
    }
    *least = (struct bucket){.who = who, .until_s = until_s};
    return least;
}

/* Hashes of tokens that were found to be sessions. Limits come before the database, and a token that
 * nobody has looked up may be invented. */
static _Atomic uint64_t known[KNOWN];

static void caller_known(struct str token)
{
    uint64_t h = str_hash(token);
    if (atomic_load_explicit(&known[h % KNOWN], memory_order_relaxed) != h)
        atomic_store_explicit(&known[h % KNOWN], h, memory_order_relaxed);
}

static struct str caller(const struct request *rq, struct rate rate)
{
    uint64_t h = str_hash(rq->token);
    bool own = rq->token.n && !rate.address && atomic_load_explicit(&known[h % KNOWN], memory_order_relaxed) == h;
    return own ? rq->token : rq->ip;
}

enum err router_rate(struct request *rq)
{
    struct rate rate = rq->route->rate;
    if (!rate.n && rq->method != GET)
        rate = (struct rate)PER_MINUTE(600);
    if (!rate.n || !rq->app->config->rate_limits)
        return OK;
    int64_t now_s = rq->now_ms / 1000, until_s = (now_s / rate.per_s + 1) * rate.per_s;
    pthread_mutex_lock(&limiter.lock);
    while (!limiter.key)
        seal_random(&limiter.key, sizeof limiter.key);
    const uint64_t what[] = {limiter.key, str_hash(caller(rq, rate)), (uintptr_t)rq->route};
    struct bucket *b = bucket_of(str_hash((struct str){(const char *)what, sizeof what}), now_s, until_s);
    bool over = ++b->n > rate.n;
    pthread_mutex_unlock(&limiter.lock);
    if (!over)
        return OK;
    rq->problem.retry_s = (int32_t)(until_s - now_s);
    return fail(rq, ERR_LIMIT, NULL);
}

void router_ready(struct request *rq)
{
    if (rq->token.n && !rq->token_mac.n)
        rq->token_mac = seal_mac(rq->app->seal, rq->a, "session", rq->token);
}

static enum err load_session(struct request *rq)
{
    rq->who = &stranger;
    rq->renew = false;
    if (!rq->token.n || !rq->app->sessions)
        return OK;
    router_ready(rq);
    enum err e = rq->app->sessions->load(rq, rq->token_mac, &rq->session);
    if (e == ERR_NONE)
        return OK; /* an old cookie makes a stranger, not an error */
    if (!e) {
        rq->who = &rq->session;
        rq->renew = rq->session.due && !rq->route->stream; /* a stream has begun before a cookie could be set */
        caller_known(rq->token);
    }
    return e;
}

static bool same_origin(const struct request *rq)
{
    struct str o = rq->origin;
    if (rq->fetch_site.n && !str_eq(rq->fetch_site, S("same-origin")) &&
        !str_eq(rq->fetch_site, S("none")))
        return false;
    ptrdiff_t at = str_find(o, S("://"));
    return !o.n || (at > 0 && str_eq(str_sub(o, (size_t)at + 3, o.n), rq->host));
}

/* Cookies are sent by browsers on their own; a bearer token is not. */
static enum err check_csrf(struct request *rq)
{
    if (rq->method == GET)
        return OK;
    if (!same_origin(rq))
        return fail(rq, ERR_DENIED, "csrf.origin");
    bool by_cookie = !rq->bearer && rq->who->account_id && rq->who->csrf[0];
    if (by_cookie && !str_eq(rq->csrf, str_c(rq->who->csrf)))
        return fail(rq, ERR_DENIED, "csrf.token");
    return OK;
}

static enum err check_role(struct request *rq)
{
    if (rq->route->roles & rq->who->roles)
        return OK;
    return fail(rq, rq->who->account_id ? ERR_DENIED : ERR_LOGIN, NULL);
}

static struct str request_hash(struct request *rq)
{
    struct str line = str_fmt(rq->a, "%d %.*s", (int)rq->method, SV(rq->path));
    return str_fmt(rq->a, "%016llx%016llx%zx", (unsigned long long)str_hash(line),
                   (unsigned long long)str_hash(rq->body), rq->body.n);
}

static enum err replay(struct request *rq)
{
    if (rq->method == GET || !rq->idem_key.n)
        return OK;
    enum err e = idem_find(rq, request_hash(rq));
    rq->replayed = e == OK;
    return e == ERR_NONE ? OK : e;
}

struct str router_fields(struct arena *a, struct str form)
{
    struct buf b;
    buf_init(&b, a, form.n + 1);
    while (form.n) {
        struct str pair = str_cut(&form, '&');
        if (!pair.n || pair.p[0] == '_')
            continue;
        if (b.n)
            buf_c(&b, '&');
        buf_put(&b, pair);
    }
    return buf_str(&b);
}

/* A district is one that the city has; a field table knows no city. */
static bool districts_known(struct request *rq, const struct record *rec)
{
    bool good = true;
    for (int i = 0; rec->fields[i].name; i++) {
        const struct field *f = &rec->fields[i];
        if (!f->district || !(rq->in_seen >> i & 1) || district_known(rq, field_i64(f, rq->in)))
            continue;
        errors_add(&rq->problem.fields, f->name, "input.district", S(""));
        good = false;
    }
    return good;
}

static enum err read_input(struct request *rq)
{
    const struct record *rec = rq->route->in;
    uint32_t roles = rq->who->roles | PUBLIC;
    struct errors *err = &rq->problem.fields;
    if (!rec)
        return OK;
    rq->in = arena_alloc(rq->a, rec->size);
    bool form = rq->method == GET || str_starts(rq->body_type, S("application/x-www-form-urlencoded"));
    struct str body = rq->method == GET ? rq->query : rq->body;
    bool json = !form && (str_starts(rq->body_type, S("application/json")) || !rq->body_type.n);
    if (!form && !json)
        return fail(rq, ERR_SYNTAX, "input.type");
    bool good = form ? record_from_form(rq->a, rec, roles, router_fields(rq->a, body), rq->in, &rq->in_seen, err)
                     : record_from_json(rq->a, rec, roles, body.n ? body : S("{}"), rq->in, &rq->in_seen, err);
    return districts_known(rq, rec) && good ? OK : fail(rq, ERR_INPUT, NULL);
}

static enum err check_owner(struct request *rq)
{
    return rq->route->owns ? rq->route->owns(rq) : OK;
}

static enum err run_handler(struct request *rq)
{
    return rq->route->run(rq);
}

static enum err write_audit(struct request *rq)
{
    if (rq->method == GET)
        return OK;
    struct str action = str_fmt(rq->a, "%s %s", method_name(rq->method), rq->route->path);
    return audit_line(rq, str_z(rq->a, action), rq->audit_object ? rq->audit_object : "", rq->audit_id,
                      rq->audit_reason);
}

static enum err remember(struct request *rq)
{
    if (rq->method == GET || !rq->idem_key.n || rq->reply.kind != REPLY_BYTES)
        return OK;
    return idem_keep(rq, request_hash(rq));
}

enum err router_before(struct request *rq)
{
    enum err e = load_session(rq);
    if (!e)
        e = check_csrf(rq);
    if (!e)
        e = check_role(rq);
    if (!e)
        e = check_owner(rq); /* nobody's film costs a minute of decoding to be refused */
    return e ? e : rq->route->before(rq);
}

enum err router_run(struct request *rq)
{
    static enum err (*const steps[])(struct request *) = {load_session, check_csrf,  check_role,
                                                          replay,       read_input,  check_owner,
                                                          run_handler,  write_audit, remember};
    rq->problem = (struct problem){0};
    rq->reply = (struct reply){0};
    rq->replayed = false;
    for (size_t i = 0; i < sizeof steps / sizeof *steps && !rq->replayed; i++) {
        enum err e = steps[i](rq);
        if (e)
            return e;
        if (arena_over(rq->a))
            return fail(rq, ERR_LARGE, NULL);
    }
    BUG_ON(rq->reply.kind == REPLY_NONE);
    return OK;
}

struct str router_allowed(const struct request *rq)
{
    struct str all = S("");
    for (int m = 0; m < METHODS; m++)
        if (rq->allowed >> m & 1)
            all = str_fmt(rq->a, "%.*s%s%s", SV(all), all.n ? ", " : "", m == GET ? "GET, HEAD" : method_name((enum method)m));
    return all;
}

enum err router_renew(struct request *rq)
{
    rq->renewed = S("");
    return rq->app->sessions->renew(rq);
}

bool own_page(struct str path)
{
    if (!str_starts(path, S("/")) || str_starts(path, S("//")) || str_starts(path, S("/api/")) || path.n > 500)
        return false;
    for (size_t i = 0; i < path.n; i++)
        if ((unsigned char)path.p[i] <= ' ' || path.p[i] == '\\' || (unsigned char)path.p[i] > 126)
            return false;
    return true;
}

struct str page_before(const struct request *rq)
{
    ptrdiff_t at = str_find(rq->referer, S("://"));
    struct str rest = at < 0 ? S("") : str_sub(rq->referer, (size_t)at + 3, rq->referer.n);
    bool here = rq->host.n && str_starts(rest, rq->host);
    struct str path = here ? str_sub(rest, rq->host.n, rest.n) : S("");
    return own_page(path) ? path : S("");
}

/* Through the sign-in, and then to the page that was asked for: with its query, as a code that was scanned stands
 * there; or to where the form stood. */
static void send_to_sign_in(struct request *rq)
{
    struct str page = page_before(rq);
    struct buf b;
    buf_init(&b, rq->a, 4096);
    buf_put(&b, S("/sign-in?next="));
    buf_url(&b, rq->method == GET ? rq->path : page.n ? page : S("/"));
    if (rq->method == GET && rq->query.n) {
        buf_url(&b, S("?"));
        buf_url(&b, rq->query);
    }
    rq->reply = (struct reply){0};
    reply_see(rq, buf_str(&b));
}

/* Who signed in with a new number and asks for a page of seekers is none yet: three facts make him one. */
static bool is_nobody_yet(const struct request *rq, enum err e)
{
    bool of_seekers = rq->html && rq->method == GET && rq->route && rq->route->roles & SEEKER;
    return of_seekers && e == ERR_DENIED && rq->who && !(rq->who->roles & ~(uint32_t)(PUBLIC | MEMBER));
}

void router_fail(struct request *rq, enum err e)
{
    if (rq->problem.err != e)
        rq->problem = (struct problem){.err = e};
    if (!rq->who)
        rq->who = &stranger;
    bool again = rq->html && rq->route && rq->route->form && (e == ERR_INPUT || e == ERR_RULE ||
                                                              e == ERR_LIMIT || e == ERR_CONFLICT);
    if (rq->html && e == ERR_LOGIN && rq->problem.key == NULL) {
        send_to_sign_in(rq);
        return;
    }
    rq->reply = (struct reply){0};
    if (is_nobody_yet(rq, e)) {
        reply_see(rq, S("/join"));
        return;
    }
    /* The form may be about an object that the failed step never came to load. */
    bool loaded = !rq->route || !rq->route->owns || rq->object || !again || rq->route->owns(rq) == OK;
    if (again && loaded && rq->route->form(rq) == OK)
        return;
    if (rq->problem.err == OK)
        rq->problem.err = e;
    reply_problem(rq, rq->problem.err);
}

void request_system(struct request *rq, struct app *app, struct arena *a)
{
    static const struct session system = {.roles = SYSTEM};
    *rq = (struct request){.app = app, .a = a, .who = &system, .city = app->city,
                           .now_ms = app->now_ms(app->clock)};
    rq->path = rq->query = rq->body = rq->ip = S("");
}

enum err app_write(struct app *app, enum err (*work)(struct request *rq), void *arg)
{
    struct arena a;
    struct request rq;
    arena_init(&a, 0);
    request_system(&rq, app, &a);
    rq.object = arg;
    enum err e = lanes_write(app->lanes, &rq, work);
    arena_done(&a);
    return e;
}

enum err app_read(struct app *app, enum err (*work)(struct request *rq), void *arg)
{
    struct arena a;
    struct request rq;
    arena_init(&a, 0);
    request_system(&rq, app, &a);
    rq.object = arg;
    enum err e = lanes_read(app->lanes, &rq, work, NULL);
    arena_done(&a);
    return e;
}

enum err app_tell(struct request *rq, const char *what, int64_t id)
{
    enum err e = OK;
    for (size_t k = 0; !e && rq->app->features[k]; k++)
        if (rq->app->features[k]->within)
            e = rq->app->features[k]->within(rq, str_c(what), id);
    return e;
}

struct str query_get(const struct request *rq, struct arena *a, const char *name)
{
    return form_get(a, rq->query, str_c(name));
}
