/* serve.c - `lingji serve` and `lingji demo`: the server, the timers, a graceful end. */
#include <qrencode.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/cal.h"
#include "base/log.h"
#include "cmd/cmd.h"
#include "feature/account/account.h"
#include "http/hub.h"
#include "http/server.h"

enum { TIMERS = 64 };

struct app *cmd_open(struct cmd *c, bool demo)
{
    struct app *app = NEW(c->a, struct app);
    struct str why = S("");
    app->demo = demo;
    if (app_open(c->a, app, &c->config, &why) == OK)
        return app;
    if (!why.n)
        why = S("cannot start; the lines above say why");
    cmd_fail("%.*s", SV(why));
    return NULL;
}

/* Two dark rows in one line of text: half blocks. */
static void print_qr(struct arena *a, struct str url)
{
    QRcode *q = QRcode_encodeString(str_z(a, url), 0, QR_ECLEVEL_L, QR_MODE_8, 1);
    for (int y = -1; q && y <= q->width; y += 2) {
        fputs("    ", stdout);
        for (int x = -1; x <= q->width; x++) {
            bool in = x >= 0 && x < q->width;
            bool up = in && y >= 0 && y < q->width && q->data[y * q->width + x] & 1;
            bool down = in && y + 1 < q->width && q->data[(y + 1) * q->width + x] & 1;
            fputs(up && down ? " " : up ? "\u2584" : down ? "\u2580" : "\u2588", stdout);
        }
        fputc('\n', stdout);
    }
    QRcode_free(q);
}

void cmd_print_addresses(struct app *app, int port, struct str setup)
{
    struct arena a;
    arena_init(&a, 0);
    struct str base = app->config->public_url.n ? app->config->public_url
                                                : str_fmt(&a, "http://localhost:%d", port);
    printf("\n  Lingji 零集 %s\n\n", app->demo ? "(demonstration)" : "");
    printf("  %-28s %.*s/\n", "phone page  今天的活", SV(base));
    printf("  %-28s %.*s/hall\n", "hall screen 大屏", SV(base));
    printf("  %-28s %.*s/desk\n", "desk        服务台", SV(base));
    printf("  %-28s %.*s/employer\n", "employer    招工", SV(base));
    if (app->demo)
        puts("\n  sign in with code 123456 as: 13800000001 desk, 13800000002 inspector,\n"
             "  13800000003 administrator, 13800000100 employer, 13800001000 seeker");
    if (setup.n) {
        struct str url = str_cat(&a, base, setup);
        printf("\n  first administrator (30 minutes, once):\n  %.*s\n\n", SV(url));
        print_qr(&a, url);
    }
    fflush(stdout);
    arena_done(&a);
}

static enum err setup_link(struct request *rq)
{
    struct str path;
    enum err e = account_setup_link(rq, &path);
    if (!e)
        snprintf(rq->object, 80, "%.*s", SV(path));
    return e;
}

/* Those that are due, each in a transaction of its own; *n counts on. */
static void run_due(struct app *app, const struct timer *t, bool read, int64_t *due, size_t *n)
{
    int64_t now = app->mono_ms(app->clock);
    for (; t && t->name && *n < TIMERS; t++, ++*n) {
        if (due[*n] > now)
            continue;
        due[*n] = now + t->every_s * 1000;
        enum err e = read ? app_read(app, t->run, NULL) : app_write(app, t->run, NULL);
        if (e)
            log_at(LOG_WARN, "timer=%s failed=%s", t->name, err_code(e));
    }
}

static void run_timers(struct app *app, int64_t *due)
{
    size_t n = 0;
    for (size_t i = 0; app->features[i]; i++) {
        run_due(app, app->features[i]->timers, false, due, &n);
        run_due(app, app->features[i]->readers, true, due, &n);
    }
}

static void back_up(struct app *app)
{
    struct arena a;
    struct str why = S("");
    const struct config *c = app->config;
    arena_init(&a, 0);
    struct str folder = c->backup_dir.n ? c->backup_dir : c->data;
    struct str path = str_fmt(&a, "%.*s/hourly-%02d.db", SV(folder), cal_minute(app->now_ms(app->clock)) / 60);
    remove(str_z(&a, path));
    enum err e = db_backup(app->db, &a, str_z(&a, path), &why);
    if (e)
        log_at(LOG_ERROR, "backup failed: %.*s", SV(why));
    arena_done(&a);
}

static void loop(struct app *app, const sigset_t *stop)
{
    int64_t due[TIMERS] = {0}, beat = 0, every = app->config->backup_every_min * MIN_MS;
    int64_t next_backup = app->mono_ms(app->clock) + every;
    const struct timespec second = {1, 0};
    while (sigtimedwait(stop, NULL, &second) < 0) {
        int64_t now = app->mono_ms(app->clock);
        run_timers(app, due);
        if (now - beat >= 15000) {
            hub_beat(app->hub);
            beat = now;
        }
        if (every && db_single_writer(app->db) && now >= next_backup) {
            back_up(app);
            next_backup = now + every;
        }
    }
}

static int serve(struct cmd *c, bool demo)
{
    struct server *server;
    struct str why = S("");
    char setup[80] = "";
    sigset_t stop;
    sigemptyset(&stop);
    sigaddset(&stop, SIGTERM);
    sigaddset(&stop, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stop, NULL);
    struct app *app = cmd_open(c, demo);
    if (!app)
        return 1;
    int code = 0;
    if (demo && app_write(app, demo_fill, NULL))
        code = cmd_fail("the demonstration city could not be written into %.*s", SV(c->config.data));
    if (!code && app_write(app, setup_link, setup))
        code = cmd_fail("the set-up link could not be written; is the disk full?");
    if (!code && server_start(c->a, app, &server, &why))
        code = cmd_fail("%.*s", SV(why));
    if (!code) {
        cmd_print_addresses(app, server_port(server), str_c(setup));
        loop(app, &stop);
        server_stop(server);
        log_at(LOG_INFO, "stopped");
    }
    app_close(app);
    return code;
}

int cmd_serve(struct cmd *c)
{
    if (!str_eq(c->config.code_driver, S("file")))
        return cmd_fail("code_driver = %.*s: only file delivers codes so far; log is for the demonstration",
                        SV(c->config.code_driver));
    return serve(c, false);
}

int cmd_demo(struct cmd *c)
{
    if (str_eq(c->config.data, S("lingji-data")))
        c->config.data = S("demo-data");
    c->config.code_driver = S("log");
    return serve(c, true);
}
