/* ops.c - /healthz (the process lives), /readyz (it can answer), /metrics (Prometheus text), and what of it an
 * administrator must see who reads neither logs nor metrics. */
#include "http/ops.h"

#include <stdatomic.h>
#include <sys/statvfs.h>

#include "base/buf.h"
#include "http/config.h"
#include "http/hub.h"
#include "http/lane.h"
#include "http/page.h"
#include "http/route.h"
#include "http/store.h"

enum { LOW_MB = 1024, LOW_PCT = 5 };
struct machine {
    int64_t backup_ms, backup_failed_ms, disk_free_mb;
    bool disk_low;
};
static const struct field machine_fields[] = {
    FIELD(struct machine, backup_ms, MS, .see = CITY_ADMIN, .put = NOBODY, .doc = "When the last copy was made by itself; none: not since the start."),
    FIELD(struct machine, backup_failed_ms, MS, .see = CITY_ADMIN, .put = NOBODY, .doc = "When a copy failed, if none was made since."),
    FIELD(struct machine, disk_free_mb, INT, .see = CITY_ADMIN, .put = NOBODY, .doc = "Free space for data or copies, where there is the least."),
    FIELD(struct machine, disk_low, BOOL, .see = CITY_ADMIN, .put = NOBODY, .doc = "That is nearly nothing."), {0}};
static const struct record machine_record = {"machine", sizeof(struct machine), machine_fields, "Of the process that answers: its copies and its disks."};

bool disk_is_low(uint64_t free_b, uint64_t size_b)
{
    return free_b < (uint64_t)LOW_MB << 20 || free_b / LOW_PCT < size_b / 100;
}

static void look_at_disk(struct request *rq, struct str folder, struct machine *m)
{
    struct statvfs st;
    if (!folder.n || statvfs(str_z(rq->a, folder), &st))
        return;
    uint64_t free_b = (uint64_t)st.f_bavail * st.f_frsize;
    int64_t free_mb = (int64_t)(free_b >> 20);
    m->disk_low |= disk_is_low(free_b, (uint64_t)st.f_blocks * st.f_frsize);
    m->disk_free_mb = m->disk_free_mb < free_mb ? m->disk_free_mb : free_mb;
}

static enum err machine(struct request *rq)
{
    const struct config *c = rq->app->config;
    struct machine m = {atomic_load(&rq->app->backup_ms), atomic_load(&rq->app->backup_failed_ms), INT64_MAX, false};
    look_at_disk(rq, c->data, &m);
    look_at_disk(rq, c->backup_dir, &m);
    return reply_record(rq, 200, &machine_record, &m);
}

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
    ROUTE(GET, "/api/v1/machine", CITY_ADMIN, machine, .out = &machine_record, .owns = staff_of_city, .doc = "Whether copies are made and the disks have room."),
    {0}};
static const struct record *const records[] = {&machine_record, NULL};
const struct feature ops_feature = {.name = "ops", .routes = routes, .records = records};
