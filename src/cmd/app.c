/* app.c - puts the process together and takes it apart. */
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include "base/cal.h"
#include "base/log.h"
#include "cmd/cmd.h"
#include "cmd/key_store.h"
#include "http/assets.h"
#include "http/cache.h"
#include "http/embed.h"
#include "http/feed.h"
#include "http/hub.h"
#include "http/lane.h"
#include "http/places.h"
#include "http/router.h"
#include "http/store.h"
#include "http/template.h"
#include "http/texts.h"
#include "feature/account/account.h"
#include "feature/employer/employer.h"
#include "feature/person/person.h"
#include "feature/right/right_store.h"
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
    size_t n = 0, files = 0;
    while (embedded_files[files].name)
        files++;
    struct migration *m = NEW_N(a, files + 1, struct migration);
    for (const struct embedded *f = embedded_files; f->name; f++) {
        struct str name = str_c(f->name);
        int64_t number;
        if (!str_starts(name, S("migration/")))
            continue;
        name = str_sub(name, 10, name.n - 14); /* without folder and .sql */
        BUG_ON(!str_i64(str_sub(name, 0, 4), &number));
        m[n++] = (struct migration){.n = (int)number, .name = name, .sql = f->data};
    }
    qsort(m, n, sizeof *m, by_number);
    *ret_n = n;
    return m;
}

/* What comes out of the binary: words, pages, files, rules, routes. */
static enum err load_content(struct arena *a, struct app *app, struct str *ret_why)
{
    enum err e = app_rules(a, app, ret_why);
    if (!e)
        e = places_load(a, app->config ? app->config->places : S(""), &app->places, ret_why);
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

/* A copy beside the data before the schema of data changes; PostgreSQL has its own tools for that. */
static enum err keep_old(struct arena *a, struct app *app, int from, int to, struct str *ret_why)
{
    struct ymd d = cal_ymd(cal_day(app->now_ms(app->clock)));
    int32_t minute = cal_minute(app->now_ms(app->clock));
    struct str path = str_fmt(a, "%.*s/schema-%04d-%04d%02d%02d-%02d%02d.db", SV(app->config->data), from, d.y, d.m,
                              d.d, minute / 60, minute % 60);
    log_at(LOG_INFO, "schema %d -> %d", from, to);
    enum err e = db_backup(app->db, a, path.p, ret_why);
    if (e == ERR_NONE) {
        log_at(LOG_WARN, "no copy of the old schema is made here; %.*s", SV(*ret_why));
        return OK;
    }
    if (!e)
        log_at(LOG_INFO, "the data as they were: %.*s", SV(path));
    else
        *ret_why = str_fmt(a, "schema %d -> %d not begun, the copy before it failed: %.*s", from, to, SV(*ret_why));
    return e;
}

/* Step 37 seals what older data have in the open. */
static enum err seal_open_words(struct tx *t, void *arg)
{
    struct app *app = arg;
    enum err e = complaint_seal_old(t, app->seal);
    return e ? e : person_seal_old(t, app->seal);
}

static enum err seal_open_reasons(struct tx *t, void *arg)
{
    struct app *app = arg;
    return complaint_seal_reasons(t, app->seal);
}

static enum err own_numbers(struct tx *t, void *arg)
{
    struct app *app = arg;
    return person_number_old(t, app->seal);
}

static enum err born_dates(struct tx *t, void *arg)
{
    struct app *app = arg;
    return person_born_old(t, app->seal);
}

static enum err kept_answers(struct tx *t, void *arg)
{
    struct app *app = arg;
    return idem_seal_old(t, app->seal);
}

static enum err firm_numbers(struct tx *t, void *arg)
{
    struct app *app = arg;
    return employer_phone_old(t, app->seal);
}

/* What was sealed by a step still stands in pages that are free now; the tables are written anew. */
static void forget_open_words(void *arg)
{
    struct app *app = arg;
    static const char *const lite[] = {"VACUUM", NULL}, *const pg[] = {"VACUUM FULL complaint", "VACUUM FULL person", "VACUUM FULL idem", NULL};
    struct conn *c = NULL;
    enum err e = conn_open(app->db, true, &c);
    for (const char *const *s = db_single_writer(app->db) ? lite : pg; !e && *s; s++)
        e = conn_script(c, str_c(*s));
    if (e)
        log_at(LOG_WARN, "old words may still lie open in free pages; VACUUM the database: %.*s", SV(conn_error(c)));
    conn_free(c);
}

/* What SQL alone cannot do when older data are brought to a step. */
static const struct {
    int n;
    void (*before)(void *arg);
    enum err (*then)(struct tx *t, void *arg);
} by_hand[] = {{37, NULL, seal_open_words}, {39, forget_open_words, NULL}, {42, NULL, seal_open_reasons}, {45, forget_open_words, NULL}, {50, NULL, own_numbers},
             {81, NULL, kept_answers}, {83, forget_open_words, NULL}, {89, NULL, firm_numbers}, {111, NULL, born_dates}};

static void lend_hands(struct migration *m, size_t n, struct app *app)
{
    for (size_t i = 0; i < n; i++)
        for (size_t k = 0; k < sizeof by_hand / sizeof *by_hand; k++)
            if (m[i].n == by_hand[k].n) {
                m[i].arg = app;
                m[i].before = by_hand[k].before;
                m[i].then = by_hand[k].then;
            }
}

static enum err in_tx(struct conn *c, enum tx_mode mode, struct arena *a, struct seal *seal,
                      enum err (*work)(struct tx *t, struct arena *a, struct seal *seal))
{
    struct tx *t;
    enum err e = tx_begin(c, mode, &t);
    if (e)
        return e;
    e = work(t, a, seal);
    if (!e && mode == TX_WRITE)
        return tx_commit(t);
    tx_rollback(t);
    return e;
}

/* Again when another process stands in the way: two may start at once on an empty database. */
static enum err with_key(struct arena *a, struct app *app, enum tx_mode mode,
                         enum err (*work)(struct tx *t, struct arena *a, struct seal *seal))
{
    enum { TRIES = 6 };
    struct conn *c = NULL;
    enum err e = conn_open(app->db, mode == TX_WRITE, &c);
    bool open = !e;
    for (int i = 0; open && i < TRIES && (i == 0 || e == ERR_BUSY); i++)
        e = in_tx(c, mode, a, app->seal, work);
    conn_free(c);
    return e;
}

static enum err refuse_key(struct arena *a, const struct app *app, enum err e, struct str *ret_why)
{
    if (e == ERR_RULE)
        *ret_why = str_fmt(a, "the key file %.*s/keys is not the one that these data were sealed with: put the right copy of it there", SV(app->config->data));
    else if (e)
        *ret_why = str_fmt(a, "the key file could not be proved (%s)", err_code(e));
    return e;
}

/* Before anything is changed: with another key a step would seal what nobody opens again. */
static enum err prove_key(struct arena *a, struct app *app, bool *ret_known, struct str *ret_why)
{
    enum err e = with_key(a, app, TX_READ, key_prove);
    *ret_known = e != ERR_NONE;
    return refuse_key(a, app, e == ERR_NONE ? OK : e, ret_why);
}

/* Never the address of a server, which may hold a password. */
static const char *place(struct arena *a, const struct config *c)
{
    struct str url = app_db_url(a, c);
    return str_starts(url, S("sqlite:")) ? str_z(a, str_sub(url, 7, url.n)) : "the database of db";
}

/* The key file is made with the first table, and never again: another one would open nothing. A
 * reader takes the data as they are, or not at all. */
static enum err open_data(struct arena *a, struct app *app, struct str *ret_why)
{
    size_t n;
    int have = 0, done;
    bool known = false;
    struct migration *m = app_migrations(a, &n);
    const char *keys = str_z(a, str_fmt(a, "%.*s/keys", SV(app->config->data)));
    enum err e = db_schema(app->db, a, &have, ret_why);
    if (!e && app->readonly && have != m[n - 1].n) {
        *ret_why = !have ? str_fmt(a, "%s holds no market", place(a, app->config))
                         : str_fmt(a, "the data have schema %d, this program reads %d%s", have, m[n - 1].n,
                                   have < m[n - 1].n ? "; serve and restore bring older data to it" : "");
        return ERR_DB;
    }
    if (!e)
        e = seal_open(a, keys, !have, &app->seal, ret_why);
    lend_hands(m, have ? n : 0, app);
    if (!e && have)
        e = prove_key(a, app, &known, ret_why);
    if (!e && have && have < m[n - 1].n)
        e = keep_old(a, app, have, m[n - 1].n, ret_why);
    if (e || app->readonly)
        return e;
    e = db_migrate(app->db, a, m, n, &done, ret_why);
    return e || known ? e : refuse_key(a, app, with_key(a, app, TX_WRITE, key_note), ret_why);
}

enum err app_open(struct arena *a, struct app *app, const struct config *c, struct str *ret_why)
{
    app->config = c;
    app->features = features;
    app->sessions = &account_sessions;
    app->city = c->city;
    app->now_ms = app->now_ms ? app->now_ms : real_ms;
    app->mono_ms = mono_ms;
    app->ids = ids_new((unsigned)c->node);
    enum err e = load_content(a, app, ret_why);
    if (!e && !app->readonly)
        e = make_folder(a, c->data, ret_why);
    struct str url = app_db_url(a, c);
    if (app->readonly && str_starts(url, S("sqlite:")))
        url = str_cat(a, url, S("?mode=ro"));
    if (!e)
        e = db_open(a, url, &app->db, ret_why);
    if (!e)
        e = open_data(a, app, ret_why);
    if (!e) {
        app->hub = hub_new();
        app->feed = feed_new();
        app->cache = cache_new();
        app->lanes = lanes_new(a, app);
    }
    if (!e)
        e = app_read(app, feed_begin, NULL);
    for (size_t i = 0; !e && features[i]; i++)
        if (features[i]->start)
            e = app_read(app, features[i]->start, NULL);
    return e;
}

enum err data_claim(struct request *rq)
{
    struct str by, want = rq->app->demo ? S("demo") : S("serve");
    enum err e = account_data_of(rq, &by);
    if (e || str_eq(by, want))
        return e;
    return by.n ? ERR_CONFLICT : account_data_mark(rq, want);
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
