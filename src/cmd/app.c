/* app.c - puts the process together and takes it apart. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/log.h"
#include "cmd/cmd.h"
#include "http/assets.h"
#include "http/cache.h"
#include "http/embed.h"
#include "http/feed.h"
#include "http/hub.h"
#include "http/lane.h"
#include "http/router.h"
#include "http/template.h"
#include "http/texts.h"
#include "feature/account/account.h"
#include "record/seal.h"
#include "rules/rules.h"

int cmd_fail(const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    fputs("lingji: ", stderr);
    vfprintf(stderr, fmt, ap);
    fputc('\n', stderr);
    va_end(ap);
    return 1;
}

static int64_t clock_ms(clockid_t id)
{
    struct timespec t;
    clock_gettime(id, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t real_ms(void *p)
{
    (void)p;
    return clock_ms(CLOCK_REALTIME);
}

static int64_t mono_ms(void *p)
{
    (void)p;
    return clock_ms(CLOCK_MONOTONIC);
}

struct str app_db_url(struct arena *a, const struct config *c)
{
    return c->db.n ? c->db : str_fmt(a, "sqlite:%.*s/lingji.db", SV(c->data));
}

static int by_number(const void *x, const void *y)
{
    return ((const struct migration *)x)->n - ((const struct migration *)y)->n;
}

struct migration *app_migrations(struct arena *a, size_t *ret_n)
{
    struct migration *m = NEW_N(a, 64, struct migration);
    size_t n = 0;
    for (const struct embedded *f = embedded_files; f->name; f++) {
        struct str name = str_c(f->name);
        int64_t number;
        if (!str_starts(name, S("migration/")))
            continue;
        name = str_sub(name, 10, name.n - 14); /* without folder and .sql */
        BUG_ON(n == 64 || !str_i64(str_sub(name, 0, 4), &number));
        m[n++] = (struct migration){(int)number, name, f->data};
    }
    qsort(m, n, sizeof *m, by_number);
    *ret_n = n;
    return m;
}

enum err app_rules(struct arena *a, struct app *app, struct str *ret_why)
{
    struct rule_file files[32];
    size_t n = 0;
    for (const struct embedded *f = embedded_files; f->name; f++)
        if (str_ends(str_c(f->name), S(".rule")) && n < 32)
            files[n++] = (struct rule_file){str_c(f->name), f->data};
    return rules_load(a, files, n, &app->rules, ret_why);
}

/* What comes out of the binary: words, pages, files, rules, routes. */
static enum err load_content(struct arena *a, struct app *app, struct str *ret_why)
{
    enum err e = app_rules(a, app, ret_why);
    if (!e)
        e = texts_load(a, &app->texts, ret_why);
    if (!e)
        e = pages_load(a, app->texts, &app->pages, ret_why);
    if (!e)
        e = router_new(a, app->features, &app->router, ret_why);
    if (!e)
        app->assets = assets_load(a);
    return e;
}

static enum err make_folder(struct arena *a, struct str path, struct str *ret_why)
{
    if (mkdir(str_z(a, path), 0700) == 0 || errno == EEXIST)
        return OK;
    *ret_why = str_fmt(a, "cannot make the data folder %.*s: %s", SV(path), strerror(errno));
    return ERR_DB;
}

enum err app_open(struct arena *a, struct app *app, const struct config *c, struct str *ret_why)
{
    size_t n;
    int done;
    app->config = c;
    app->features = features;
    app->sessions = &account_sessions;
    app->city = c->city;
    app->now_ms = app->now_ms ? app->now_ms : real_ms;
    app->mono_ms = mono_ms;
    app->ids = ids_new((unsigned)c->node);
    enum err e = load_content(a, app, ret_why);
    if (!e)
        e = make_folder(a, c->data, ret_why);
    if (!e)
        e = seal_open(a, str_z(a, str_fmt(a, "%.*s/keys", SV(c->data))), &app->seal, ret_why);
    if (!e)
        e = db_open(a, app_db_url(a, c), &app->db, ret_why);
    struct migration *m = app_migrations(a, &n);
    if (!e)
        e = db_migrate(app->db, a, m, n, &done, ret_why);
    if (!e) {
        app->hub = hub_new();
        app->feed = feed_new();
        app->cache = cache_new();
        e = lanes_new(a, app, &app->lanes, ret_why);
    }
    if (!e)
        e = app_read(app, feed_begin, NULL);
    for (size_t i = 0; !e && features[i]; i++)
        if (features[i]->start)
            e = app_write(app, features[i]->start, NULL);
    return e;
}

void app_close(struct app *app)
{
    lanes_free(app->lanes);
    for (size_t i = 0; app->features && app->features[i]; i++)
        if (app->features[i]->stop)
            app->features[i]->stop(app);
    feed_free(app->feed);
    hub_free(app->hub);
    cache_free(app->cache);
    db_free(app->db);
    seal_free(app->seal);
    ids_free(app->ids);
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
