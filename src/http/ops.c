/* ops.c - /healthz (the process lives), /readyz (it can answer), /metrics (Prometheus text). */
#include "http/ops.h"

#include <stdatomic.h>

#include "base/buf.h"
#include "http/hub.h"
#include "http/lane.h"
#include "http/route.h"
#include "http/store.h"

static enum err health(struct request *rq)
{
    return reply_text(rq, 200, "text/plain; charset=utf-8", S("ok\n"));
}

static enum err ready(struct request *rq)
{
    int64_t n;
    enum err e = change_last(rq, &n);
    return e == OK || e == ERR_NONE ? health(rq) : e;
}

static enum err metrics(struct request *rq)
{
    struct app *app = rq->app;
    struct buf b;
    const struct {
        const char *name, *kind;
        uint64_t v;
    } table[] = {{"lingji_requests_total", "counter", atomic_load(&app->n_requests)},
                 {"lingji_writes_total", "counter", atomic_load(&app->n_writes)},
                 {"lingji_commits_total", "counter", atomic_load(&app->n_commits)},
                 {"lingji_backups_total", "counter", atomic_load(&app->n_backups)},
                 {"lingji_backups_failed_total", "counter", atomic_load(&app->n_backups_failed)},
                 {"lingji_backup_last_timestamp_seconds", "gauge", (uint64_t)atomic_load(&app->backup_ms) / 1000},
                 {"lingji_waiting", "gauge", app->lanes ? lanes_waiting(app->lanes) : 0},
                 {"lingji_listeners", "gauge", app->hub ? hub_listeners(app->hub) : 0}};
    buf_init(&b, rq->a, 4096);
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        buf_fmt(&b, "# TYPE %s %s\n%s %llu\n", table[i].name, table[i].kind, table[i].name,
                (unsigned long long)table[i].v);
    return reply_text(rq, 200, "text/plain; version=0.0.4", buf_str(&b));
}

static const struct route routes[] = {
    ROUTE(GET, "/healthz", ANYONE, health, .no_tx = true, .doc = "The process lives."),
    ROUTE(GET, "/readyz", ANYONE, ready, .doc = "The database answers."),
    ROUTE(GET, "/metrics", ANYONE, metrics, .no_tx = true, .doc = "Figures for Prometheus."),
    {0}};
const struct feature ops_feature = {.name = "ops", .routes = routes};
