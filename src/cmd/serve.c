/* serve.c - `lingji serve` and `lingji demo`: the server, the timers, a graceful end. */
#include <ifaddrs.h>
#include <malloc.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <pthread.h>
#include <qrencode.h>
#include <semaphore.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "base/cal.h"
#include "base/log.h"
#include "cmd/cmd.h"
#include "feature/account/account.h"
#include "http/feed.h"
#include "http/hub.h"
#include "http/listen.h"
#include "http/server.h"

enum { TIMERS_MAX = 64 };

static int64_t wall_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_REALTIME, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static int64_t demo_ms(void *ahead_ms)
{
    return wall_ms() + *(int64_t *)ahead_ms;
}

/* The demonstration may begin at a moment of its own: tests and pictures meet the same morning. */
static bool set_clock(struct cmd *c, struct app *app)
{
    int64_t at_ms, *ahead_ms = NEW(c->a, int64_t);
    if (!c->config.demo_at.n)
        return true;
    if (!cal_parse_ms(c->config.demo_at, &at_ms))
        return false;
    *ahead_ms = at_ms - wall_ms();
    app->clock = ahead_ms;
    app->now_ms = demo_ms;
    return true;
}

static struct app *open_as(struct cmd *c, bool demo, bool readonly)
{
    struct app *app = NEW(c->a, struct app);
    struct str why = S("");
    app->demo = demo;
    app->readonly = readonly;
    if (demo && !set_clock(c, app)) {
        cmd_fail("demo_at = %.*s: not a moment like 2026-11-25T08:00:00+08:00", SV(c->config.demo_at));
        return NULL;
    }
    if (app_open(c->a, app, &c->config, &why) == OK)
        return app;
    if (!why.n)
        why = S("cannot start; the lines above say why");
    cmd_fail("%.*s", SV(why));
    app_close(app);
    return NULL;
}

struct app *cmd_open(struct cmd *c, bool demo)
{
    return open_as(c, demo, false);
}

struct app *cmd_look(struct cmd *c)
{
    return open_as(c, false, true);
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

/* Where a phone of the same network may reach it: none on its loopback, none that holds for one cable alone. */
static bool is_near(const struct ifaddrs *i, int family)
{
    if (!i->ifa_addr || i->ifa_addr->sa_family != family || !(i->ifa_flags & IFF_RUNNING) || i->ifa_flags & IFF_LOOPBACK)
        return false;
    return family == AF_INET || !IN6_IS_ADDR_LINKLOCAL(&((const struct sockaddr_in6 *)(const void *)i->ifa_addr)->sin6_addr);
}

/* The first of the family; empty: none. */
static struct str near_address(struct arena *a, int family)
{
    struct ifaddrs *all = NULL;
    char z[INET6_ADDRSTRLEN] = "";
    socklen_t size = family == AF_INET ? sizeof(struct sockaddr_in) : sizeof(struct sockaddr_in6);
    if (getifaddrs(&all))
        return S("");
    for (const struct ifaddrs *i = all; i && !*z; i = i->ifa_next)
        if (is_near(i, family))
            getnameinfo(i->ifa_addr, size, z, sizeof z, NULL, 0, NI_NUMERICHOST);
    freeifaddrs(all);
    return !*z || family == AF_INET ? str_dup(a, str_c(z)) : str_fmt(a, "[%s]", z);
}

/* The host of the first address listened on, as others see it; [::] takes IPv4 too. */
static struct str host_of(struct arena *a, struct str listen)
{
    struct str host = listen_host(a, str_trim(str_cut(&listen, ','))), near = S("");
    bool six = str_eq(host, S("[::]"));
    if (six || str_eq(host, S("0.0.0.0")))
        near = near_address(a, AF_INET);
    else if (!str_eq(host, S("127.0.0.1")))
        return host;
    if (six && !near.n)
        near = near_address(a, AF_INET6);
    return near.n ? near : S("localhost");
}

/* The first lines of both. */
static void print_addresses(struct app *app, int port, struct str setup)
{
    struct arena a;
    arena_init(&a, 0);
    struct str host = host_of(&a, app->config->listen);
    struct str base = app->config->public_url.n ? app->config->public_url
                                                : str_fmt(&a, "http://%.*s:%d", SV(host), port);
    printf("\n  Lingji 零集 %s\n\n", app->demo ? "(demonstration)" : "");
    printf("  %-28s %.*s/\n", "phone page  今天的活", SV(base));
    printf("  %-28s %.*s/hall\n", "hall screen 大屏", SV(base));
    printf("  %-28s %.*s/app\n", "staff app   工作台", SV(base));
    if (app->demo) {
        printf("  %-28s %.*s/kiosk/demo\n  %-28s %.*s/hall/board\n", "kiosk       自助机", SV(base), "board       墙上的屏", SV(base));
        puts("\n  sign in with code 123456 as: 13800000001 desk, 13800000002 inspector,\n"
             "  13800000003 administrator, 13800000100 employer, 13800001000 seeker");
    }
    if (setup.n) {
        struct str url = str_cat(&a, base, setup);
        printf("\n  %s administrator (30 minutes, once):\n  %.*s\n\n", app->demo ? "another" : "first", SV(url));
        print_qr(&a, url);
    }
    fflush(stdout);
    arena_done(&a);
}

struct setup {
    bool asked; /* though there is an administrator: by who lost access, or who tries it in the demonstration */
    char path[80];
};

static enum err setup_link(struct request *rq)
{
    struct setup *s = rq->object;
    bool administered;
    struct str path = S("");
    enum err e = account_administered(rq, &administered);
    if (!e && (!administered || s->asked))
        e = account_setup_link(rq, &path);
    if (!e)
        snprintf(s->path, sizeof s->path, "%.*s", SV(path));
    return e;
}

struct str cmd_claim_refuses(struct arena *a, const struct app *app)
{
    bool apart = app->config->db.n > 0; /* the folder holds the keys alone */
    struct str data = apart ? S("the database of db") : app->config->data;
    return app->demo ? str_fmt(a, "%.*s holds a market; the demonstration takes a folder of its own: %sLINGJI_DATA=FOLDER lingji demo",
                               SV(data), apart ? "LINGJI_DB= " : "")
                     : str_fmt(a, "%.*s holds the demonstration, whose people are invented; name %sanother folder in data",
                               SV(data), apart ? "another database in db and " : "");
}

static int claim(struct cmd *c, struct app *app)
{
    enum err e = app_write(app, data_claim, NULL);
    if (e == ERR_CONFLICT)
        return cmd_fail("%.*s", SV(cmd_claim_refuses(c->a, app)));
    return e ? cmd_fail("%.*s could not be written (%s)", SV(c->config.data), err_code(e)) : 0;
}

int cmd_claim_node(struct cmd *c, struct app *app)
{
    int64_t there_ms = 0, here_ms;
    enum err e = db_claim(app->db, (int)c->config.node);
    if (e == ERR_CONFLICT)
        return cmd_fail("another lingji with node = %lld serves this database; each takes a node of its own", (long long)c->config.node);
    e = e ? e : db_clock(app->db, c->a, &there_ms);
    if (e)
        return cmd_fail("the database did not answer (%s)", err_code(e));
    here_ms = app->now_ms(app->clock);
    if (there_ms && llabs(here_ms - there_ms) > CLOCKS_APART_MS)
        return cmd_fail("the clock of this machine is %lld s %s that of the database; set both by the network (timedatectl set-ntp true)",
                        (long long)(llabs(here_ms - there_ms) / 1000), here_ms < there_ms ? "behind" : "ahead of");
    return 0;
}

int cmd_lost_node(const struct cmd *c)
{
    return cmd_fail("another lingji took node = %lld while the database was away; this one writes no more", (long long)c->config.node);
}

/* One of the two threads that look every second what is due: the light timers, or the heavy ones. */
struct clockwork {
    struct app *app;
    bool heavy;
    int64_t due[TIMERS_MAX], last_backup;
    sem_t stop;
    pthread_t thread;
};

static void run_timers(struct clockwork *w)
{
    size_t n = 0;
    struct app *app = w->app;
    int64_t now = app->mono_ms(app->clock);
    for (size_t i = 0; app->features[i]; i++)
        for (const struct timer *t = app->features[i]->timers; t && t->name && n < TIMERS_MAX; t++, n++) {
            if (t->heavy != w->heavy || w->due[n] > now || app->stopping)
                continue;
            w->due[n] = now + t->every_s * 1000;
            enum err e = t->outside ? t->outside(app) : app_write(app, t->run, NULL);
            if (e)
                log_at(LOG_WARN, "timer=%s failed=%s", t->name, err_code(e));
        }
}

static void back_up(struct clockwork *w)
{
    int64_t now = w->app->mono_ms(w->app->clock), every = w->app->config->backup_every_min * MIN_MS;
    if (!every || now < w->last_backup + every)
        return;
    cmd_back_up(w->app);
    w->last_backup = now;
}

static void *run_heavy(void *p)
{
    struct clockwork *w = p;
    struct timespec next;
    setpriority(PRIO_PROCESS, 0, 19); /* this thread only */
    do {
        run_timers(w);
        back_up(w);
        clock_gettime(CLOCK_MONOTONIC, &next);
        next.tv_sec++;
    } while (sem_clockwait(&w->stop, CLOCK_MONOTONIC, &next));
    return NULL;
}

/* Until a signal ends it; ERR_CONFLICT: until another process had the node. */
static enum err loop(struct cmd *c, struct app *app, struct server *server, struct reload *r, const sigset_t *signals)
{
    int64_t beat = 0;
    enum err kept = OK;
    const struct timespec second = {1, 0};
    struct clockwork light = {.app = app}, heavy = {.app = app, .heavy = true, .last_backup = app->mono_ms(app->clock)};
    sem_init(&heavy.stop, 0, 0);
    BUG_ON(pthread_create(&heavy.thread, NULL, run_heavy, &heavy));
    setpriority(PRIO_PROCESS, 0, 5); /* this thread only: placements make way for requests */
    for (int got; (got = sigtimedwait(signals, NULL, &second)) < 0 || got == SIGHUP;) {
        int64_t now = app->mono_ms(app->clock);
        kept = db_keep(app->db);
        if (kept == ERR_CONFLICT)
            break;
        r->wanted |= got == SIGHUP;
        reload_tick(r, c, app);
        server_sweep(server);
        run_timers(&light);
        if (now - beat >= 15000) {
            hub_beat(app->hub);
            beat = now;
        }
    }
    app->stopping = true;
    sem_post(&heavy.stop);
    pthread_join(heavy.thread, NULL);
    sem_destroy(&heavy.stop);
    return kept == ERR_CONFLICT ? kept : OK;
}

/* What one request gives back the next one takes again: without this the C library returned pages to
 * the system after nearly every request, and the kernel cleared new ones for the next. */
static void keep_memory(void)
{
    mallopt(M_TRIM_THRESHOLD, 4 << 20);
    mallopt(M_MMAP_THRESHOLD, 4 << 20);
}

/* One that has lost its key file is told so by whoever opens it. */
static bool is_market(struct cmd *c)
{
    return access(str_z(c->a, str_fmt(c->a, "%.*s/keys", SV(c->config.data))), F_OK) == 0 ||
           access(str_z(c->a, str_fmt(c->a, "%.*s/lingji.db", SV(c->config.data))), F_OK) == 0;
}

static int serve(struct cmd *c, bool demo)
{
    struct server *server;
    struct str why = S("");
    bool asked = c->n_args == 1 && strcmp(c->args[0], "--setup-link") == 0;
    struct setup setup = {.asked = asked || demo};
    sigset_t signals;
    struct reload r = {0};
    keep_memory();
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigaddset(&signals, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);
    if (c->n_args && !asked)
        return cmd_fail("serve takes nothing but --setup-link");
    if (asked && !is_market(c))
        return cmd_fail("no market in %.*s; --setup-link opens one that is there: name its folder in data, or by LINGJI_DATA=", SV(c->config.data));
    struct app *app = cmd_open(c, demo);
    if (!app)
        return 1;
    int code = cmd_claim_node(c, app);
    if (!code)
        code = claim(c, app);
    if (!code && demo && (app_write(app, demo_fill, NULL) || feed_drain(app))) /* the first list is full */
        code = cmd_fail("the demonstration city could not be written into %.*s", SV(c->config.data));
    if (!code && app_write(app, setup_link, &setup))
        code = cmd_fail("the set-up link could not be written; is the disk full?");
    if (!code && server_start(c->a, app, &server, &why))
        code = cmd_fail("%.*s", SV(why));
    if (!code) {
        print_addresses(app, server_port(server), str_c(setup.path));
        code = loop(c, app, server, &r, &signals) ? cmd_lost_node(c) : 0;
        server_stop(server);
        log_at(LOG_INFO, "stopped");
    }
    app_close(app);
    reload_done(&r);
    return code;
}

struct str cmd_serve_refuses(struct arena *a, const struct config *c)
{
    bool file = str_eq(c->code_driver, S("file")), http = str_eq(c->code_driver, S("http"));
    if (!file && !http)
        return str_fmt(a, "code_driver = %.*s: want file or http; log is for the demonstration", SV(c->code_driver));
    if (http && !str_starts(c->code_url, S("http")))
        return S("code_driver = http wants code_url, the address of your SMS gateway");
    return cmd_backup_refuses(a, c);
}

int cmd_serve(struct cmd *c)
{
    struct str refused = cmd_serve_refuses(c->a, &c->config);
    return refused.n ? cmd_fail("%.*s", SV(refused)) : serve(c, false);
}

/* The data of the market of this machine take no invented people, even if they are still empty. */
void cmd_demo_config(struct config *c)
{
    if (config_usual(c, "data"))
        c->data = S("demo-data");
    if (config_usual(c, "db"))
        c->db = S("");
    c->code_driver = S("log");
}

int cmd_demo(struct cmd *c)
{
    cmd_demo_config(&c->config);
    struct str refused = cmd_backup_refuses(c->a, &c->config);
    return refused.n ? cmd_fail("%.*s", SV(refused)) : serve(c, true);
}
