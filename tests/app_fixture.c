/* app_fixture.c - see the header. */
#include "app_fixture.h"

#include <stdatomic.h>
#include <string.h>
#include <zlib.h>

#include "base/cal.h"
#include "db_fixture.h"
#include "feature/account/account.h"
#include "feature/employer/employer.h"
#include "feature/employer/employer_rules.h"
#include "feature/hire/hire.h"
#include "feature/person/person.h"
#include "feature/wage/wage.h"
#include "http/lane.h"
#include "http/reply.h"
#include "http/router.h"
#include "http/store.h"
#include "market/score.h"
#include "record/seal.h"
#include "test.h"

static int64_t town_now(void *clock)
{
    return ((struct town *)clock)->now_ms;
}

/* The tables, and the key that goes with them. */
static struct str make_data(struct town *t, int i)
{
    size_t n;
    struct seal *seal = NULL;
    struct str why = S("");
    const struct migration *m = app_migrations(&t->a, &n);
    struct str url = filled_db(&t->a, i, m, n);
    CHECK_EQ(seal_open(&t->a, str_z(&t->a, str_fmt(&t->a, "%s/keys", fresh_folder())), true, &seal, &why), OK);
    seal_free(seal);
    return url;
}

/* What must hold after whatever a test has done (reliability.md 5.1: I1, I3, I5 to I7, I10). */
static enum err sound(struct request *rq)
{
    int64_t rows, chain, n, bad = 0;
    for (const struct invariant *v = invariants; v->name; v++) {
        CHECK(v->ask(rq, &bad) == OK);
        if (bad)
            test_fail(__FILE__, __LINE__, v->name);
    }
    return audit_verify(rq, &rows, &chain, &n);
}

bool town_sound(struct town *t)
{
    return app_read(&t->app, sound, NULL) == OK;
}

static void run(struct town *t, void (*fn)(struct town *t))
{
    fn(t);
    CHECK(t->spoiled || town_sound(t));
}

static void towns(void (*fn)(struct town *t), int pg_conns)
{
    for (int i = 0; i < 2; i++) {
        struct town *t = xcalloc(1, sizeof *t);
        struct str why = S("");
        arena_init(&t->a, 0);
        t->now_ms = cal_ms(cal_from_ymd((struct ymd){2026, 11, 24}), 9 * 60);
        struct str url = make_data(t, i);
        CHECK(config_load(&t->a, S(""), NULL, &t->config, &why) == OK);
        t->config.db = url;
        t->config.rate_limits = false;
        t->config.staff_idle_h = 24 * 90; /* days pass in which nobody calls */
        t->config.pg_conns = pg_conns;
        t->config.data = str_fmt(&t->a, "%s", fresh_folder());
        t->app.now_ms = town_now;
        t->app.clock = t;
        if (url.n && app_open(&t->a, &t->app, &t->config, &why) == OK)
            run(t, fn);
        else if (url.n)
            test_fail(__FILE__, __LINE__, str_z(&t->a, why));
        if (url.n)
            app_close(&t->app);
        drop_fresh();
        arena_done(&t->a);
        xfree(t);
    }
}

void each_town(void (*fn)(struct town *t))
{
    towns(fn, 2);
}

void each_busy_town(void (*fn)(struct town *t))
{
    towns(fn, 8);
}

/* As the lane does after undoing a write. */
static enum err show_failure(struct request *rq)
{
    router_fail(rq, rq->problem.err);
    return OK;
}

/* The value of a cookie that came, else `otherwise`. */
static struct str cookie_set(struct arena *keep, const struct reply *p, struct str name, struct str otherwise)
{
    struct str got = otherwise;
    for (size_t i = 0; i < p->n_cookies; i++)
        if (str_starts(p->cookies[i], name)) {
            struct str rest = str_sub(p->cookies[i], name.n, p->cookies[i].n);
            got = str_dup(keep, str_cut(&rest, ';'));
        }
    return got;
}

static struct answer call_as(struct town *t, struct arena *keep, enum method m, const char *path, struct str body,
                          struct str token, struct str csrf)
{
    bool sheet = m == GET && str_eq(body, S("sheet"));
    body = sheet ? S("") : body;
    struct arena a;
    char first = body.n ? body.p[0] : 0;
    struct request rq = {.app = &t->app, .a = &a, .city = t->app.city, .now_ms = t->now_ms, .method = m, .lang = t->lang};
    static const struct session nobody = {.roles = PUBLIC};
    arena_init(&a, 0);
    struct str rest = str_c(path);
    rq.who = &nobody;
    rq.path = str_cut(&rest, '?');
    rq.query = rest.p ? rest : S("");
    rq.body = body;
    rq.body_type = first == '{' ? S("application/json") : S("application/x-www-form-urlencoded");
    rq.token = token;
    rq.html = (unsigned char)first < 128 && first ? first != '{' : !str_starts(rq.path, S("/api/"));
    rq.ip = str_c(t->ip ? t->ip : "127.0.0.1");
    rq.bearer = str_eq(csrf, S("bearer"));
    rq.csrf = csrf;
    rq.agent = S("Mozilla/5.0 (Linux; Android 13; V2241A) Mobile");
    rq.sheet = sheet;
    rq.unattended = t->unattended;
    rq.cookie_typed = t->typed;
    rq.referer = str_c(t->from ? t->from : "");
    rq.host = t->from ? S("town") : S("");
    enum err e = router_find(t->app.router, &rq);
    if (e)
        reply_problem(&rq, e);
    else if (rq.route->no_tx)
        e = rq.route->run(&rq);
    else if (m == GET)
        e = lanes_read(t->app.lanes, &rq, router_run, router_fail);
    else {
        e = rq.route->before ? lanes_read(t->app.lanes, &rq, router_before, NULL) : OK;
        if (!e)
            e = lanes_write(t->app.lanes, &rq, router_run);
        if (e && rq.problem.err)
            CHECK(lanes_read(t->app.lanes, &rq, show_failure, NULL) == OK);
    }
    if (e && (rq.reply.kind == REPLY_NONE || !rq.problem.err))
        reply_problem(&rq, e);
    rq.renewed = S("");
    if (!e && rq.renew && lanes_write(t->app.lanes, &rq, router_renew) == OK && rq.renewed.n)
        reply_cookie(&rq, rq.renewed);
    struct answer out = {rq.reply.status, str_dup(keep, rq.reply.body), str_dup(keep, rq.reply.location), cookie_set(keep, &rq.reply, S("lingji="), S(""))};
    if (rq.reply.n_cookies) /* several threads call, and none of them types */
        t->typed = cookie_set(&t->a, &rq.reply, S("typed="), t->typed);
    arena_done(&a);
    return out;
}

static struct answer call(struct town *t, struct arena *keep, enum method m, const char *path, struct str body,
                          struct str token)
{
    return call_as(t, keep, m, path, body, token, S("bearer"));
}

struct answer town_call(struct town *t, enum method m, const char *path, const char *body, struct str token)
{
    return call(t, &t->a, m, path, str_c(body), token);
}

struct answer town_found(struct town *t, const char *q, struct str desk)
{
    return town_call(t, POST, "/api/v1/people-found", str_z(&t->a, str_fmt(&t->a, "{\"q\":\"%s\"}", q)), desk);
}

struct answer town_browse(struct town *t, enum method m, const char *path, const char *body, struct str token)
{
    struct str me = call(t, &t->a, GET, "/api/v1/me", S(""), token).body;
    return call_as(t, &t->a, m, path, str_c(body), token, json_value(t, me, "csrf"));
}

struct answer town_send(struct town *t, enum method m, const char *path, struct str body, struct str token)
{
    return call(t, &t->a, m, path, body, token);
}

struct answer town_sheet(struct town *t, const char *path, struct str token)
{
    return call(t, &t->a, GET, path, S("sheet"), token);
}

static size_t little(const char *p, int n)
{
    size_t x = 0;
    while (n--)
        x = x << 8 | (unsigned char)p[n];
    return x;
}

/* By the central directory (APPNOTE 4.3.12): 46 bytes an entry, the place of its data at 42. */
struct str unzip(struct arena *a, struct str zip, const char *name)
{
    for (ptrdiff_t at; (at = str_find(zip, S("PK\1\2"))) >= 0; zip.n -= (size_t)at + 4, zip.p += at + 4) {
        const char *e = zip.p + at;
        if (!str_eq((struct str){e + 46, little(e + 28, 2)}, str_c(name)))
            continue;
        const char *file = zip.p + zip.n; /* the end; offsets count from the start */
        const char *start = file - little(file - 6, 4) - little(file - 10, 4) - 22, *head = start + little(e + 42, 4);
        size_t n = little(e + 24, 4);
        char *out = arena_alloc(a, n + 1);
        z_stream z = {.next_in = (unsigned char *)(uintptr_t)(head + 30 + little(head + 26, 2) + little(head + 28, 2)),
                      .avail_in = (unsigned)little(e + 20, 4), .next_out = (unsigned char *)out, .avail_out = (unsigned)n};
        CHECK(inflateInit2(&z, -15) == Z_OK && inflate(&z, Z_FINISH) == Z_STREAM_END && inflateEnd(&z) == Z_OK);
        return (struct str){out, n};
    }
    return S("");
}

int town_call_alone(struct town *t, enum method m, const char *path, const char *body, struct str token)
{
    struct arena a;
    arena_init(&a, 0);
    int status = call(t, &a, m, path, str_c(body), token).status;
    arena_done(&a);
    return status;
}

struct wanted {
    struct town *t;
    uint32_t roles;
    int64_t district, site_id, id;
    struct str phone, name, token;
};

static enum err open_staff(struct request *rq)
{
    struct wanted *w = rq->object;
    struct str token;
    static _Atomic int n;
    struct str login = str_fmt(rq->a, "staff%d", atomic_fetch_add(&n, 1));
    enum err e = account_staff(rq, login, login, S("x"), S("01234567890123456789"), &w->id);
    for (int bit = 0; !e && bit < 13; bit++)
        if (w->roles >> bit & 1)
            e = account_grant(rq, w->id, (enum role)(1 << bit), w->district, w->site_id);
    if (!e)
        e = account_open_session(rq, w->id, 90, &token);
    if (!e)
        w->token = str_dup(&w->t->a, token);
    return e;
}

struct str town_staff_at(struct town *t, uint32_t roles, int64_t district, int64_t site_id)
{
    struct wanted w = {.t = t, .roles = roles, .district = district, .site_id = site_id};
    CHECK(app_write(&t->app, open_staff, &w) == OK);
    return w.token;
}

struct str town_staff(struct town *t, uint32_t roles, int64_t district)
{
    return town_staff_at(t, roles, district, 0);
}

static enum err open_phone(struct request *rq, struct wanted *w, int64_t *ret_account)
{
    struct str token;
    enum err e = account_for_phone(rq, w->phone, ret_account);
    if (!e)
        e = account_open_session(rq, *ret_account, 90, &token);
    if (!e)
        w->token = str_dup(&w->t->a, token);
    return e;
}

static enum err open_seeker(struct request *rq)
{
    struct wanted *w = rq->object;
    int64_t account;
    struct person p = {.id = new_id(rq), .city = rq->city, .phone = w->phone, .name = S("测试"), .school_days = SCHOOL_DAYS, .made_ms = rq->now_ms,
                       .age_said = AGE_ADULT, .home = {113.3, 23.1}, .district = 440105};
    w->id = p.id;
    enum err e = open_phone(rq, w, &account);
    if (!e)
        e = person_add(rq, &p);
    return e ? e : account_tie_person(rq, account, p.id);
}

struct str town_seeker(struct town *t, const char *phone, int64_t *ret_person)
{
    struct wanted w = {.t = t, .phone = str_c(phone)};
    CHECK(app_write(&t->app, open_seeker, &w) == OK);
    *ret_person = w.id;
    return w.token;
}

/* With the check character that fits. */
static struct str some_uscc(struct arena *a, int64_t id)
{
    struct str s = S("");
    for (const char *c = "0123456789ABCDEFGHJKLMNPQRTUWXY"; *c && !uscc_ok(s); c++)
        s = str_fmt(a, "%017lld%c", (long long)id % 1000000000000, *c);
    return s;
}

static enum err open_employer(struct request *rq)
{
    struct wanted *w = rq->object;
    int64_t account;
    struct employer p = {.id = new_id(rq), .city = rq->city, .name = w->name, .district = 440105, .phone = w->phone,
                         .place = {113.3, 23.1}, .contact = w->name, .made_ms = rq->now_ms};
    p.uscc = some_uscc(rq->a, p.id);
    w->id = p.id;
    enum err e = open_phone(rq, w, &account);
    if (!e)
        e = employer_add(rq, &p);
    if (!e)
        e = employer_verify(rq, p.id);
    return e ? e : account_tie_employer(rq, account, p.id, EMPLOYER);
}

struct str town_employer(struct town *t, const char *name, int64_t *ret_employer)
{
    struct wanted w = {.t = t, .name = str_c(name)};
    w.phone = str_fmt(&t->a, "139%08llx", (unsigned long long)str_hash(w.name) & 0x7777777);
    CHECK(app_write(&t->app, open_employer, &w) == OK);
    *ret_employer = w.id;
    return w.token;
}

const char *town_at(struct town *t, const char *head, struct str id, const char *tail)
{
    return str_z(&t->a, str_fmt(&t->a, "%s%.*s%s", head, SV(id), tail));
}

struct str town_made(struct town *t, const char *path, const char *body, struct str token)
{
    struct answer a = town_call(t, POST, path, body, token);
    CHECK_EQ(a.status, 201);
    return json_value(t, a.body, "id");
}

struct str json_value(struct town *t, struct str body, const char *name)
{
    struct str key = str_fmt(&t->a, "\"%s\":", name);
    ptrdiff_t at = str_find(body, key);
    if (at < 0)
        return S("");
    struct str rest = str_sub(body, (size_t)at + key.n, body.n);
    bool quoted = str_starts(rest, S("\""));
    if (quoted)
        rest = str_sub(rest, 1, rest.n);
    size_t n = 0;
    while (n < rest.n && (quoted ? rest.p[n] != '"' : rest.p[n] != ',' && rest.p[n] != '}'))
        n++;
    return str_sub(rest, 0, n);
}
