/* app.h - the process: what hangs together for its whole life, reached from every request. There
 * are no other globals. Also `struct feature`: the one list of them is in cmd/features.c. */
#pragma once
#include "base/id.h"
#include "db/db.h"

struct app;
struct request;
struct route;
struct record;
struct gazetteer;
struct rules;
struct seal;
struct texts;
struct pages;
struct lanes;
struct hub;
struct feed;
struct change;
struct market;
struct pairs;
struct views;
struct others;
struct tiles;
struct audit_found;
struct config;
struct session_source;
struct router;
struct assets;
struct page_cache;

/* Something done every so often under `serve`: `run` as a request of role SYSTEM in the write lane,
 * or `outside` in no transaction, for what may wait for others; it takes its own with app_read and
 * app_write. The `heavy` have a thread of their own, so that no letter waits for them, and only what
 * the machine has left; the `outside` of them return early once app->stopping. */
struct timer {
    const char *name;
    int64_t every_s;
    bool heavy;
    enum err (*run)(struct request *rq);
    enum err (*outside)(struct app *app);
};

struct feature {
    const char *name;
    const struct route *routes;          /* ends with path NULL; may be NULL */
    const struct query *const *queries;  /* every query of the store; ends with NULL */
    const struct record *const *records; /* ends with NULL; for OpenAPI */
    const struct timer *timers;          /* ends with name NULL; may be NULL */
    /* After migrations, before the first request, reading: load what lives in RAM. May be NULL. */
    enum err (*start)(struct request *rq);
    /* One row of `change` after its commit, in order, in a read transaction. May be NULL. */
    enum err (*feed)(struct request *rq, struct str what, int64_t id);
    /* What app_tell says, in the transaction that wrote it: what must never be seen apart from it is written here. May be NULL. */
    enum err (*within)(struct request *rq, struct str what, int64_t id);
    void (*stop)(struct app *app); /* frees what start made; NULL and after a failed start too */
};

struct app {
    const struct config *_Atomic config; /* a reload puts others in place of config and rules; */
    const struct feature *const *features; /* ends with NULL */
    struct db *db;
    struct ids *ids;
    struct seal *seal;
    const struct gazetteer *places;      /* places.h */
    struct rules *_Atomic rules;         /* what began earlier goes on with the old ones */
    struct texts *texts;
    struct pages *pages;
    struct lanes *lanes;
    struct hub *hub;       /* SSE topics */
    struct feed *feed;     /* changes for the features */
    struct router *router;
    struct assets *assets;            /* web/static, compressed once */
    struct page_cache *cache;         /* pages that look the same to every stranger */
    const struct session_source *sessions; /* feature account */
    _Atomic uint64_t generation;      /* rises with every commit that changed something */
    _Atomic uint64_t n_requests, n_commits, n_writes, n_backups, n_backups_failed; /* for /metrics */
    _Atomic int64_t backup_ms; /* when the last copy was made that serve makes by itself; 0: none since the start */
    _Atomic int64_t backup_failed_ms; /* when one was not, and none since; else 0 */
    struct market *market; /* the engine; owned by feature match */
    _Atomic int64_t priced_ms; /* when everybody was placed whose prices it has; 0: nobody yet; the same */
    struct views *views;   /* how often small orders were shown; the same */
    struct others *others; /* what else people could have; the same */
    struct pairs *pairs;   /* who fits where in the hall, of its last minute; the same */
    _Atomic int64_t hall_due_ms; /* whoever is in the hall is placed then; owned by feature offer */
    struct audit_found *audit; /* what the last check of the audit chain found; owned by feature audit */
    struct tiles *tiles;   /* the file of map tiles or NULL; owned by feature tile */
    int64_t city;          /* the city served where the caller names none, e.g. 440100 */
    bool demo;
    _Atomic bool stopping;
    bool readonly; /* beside a running server: nothing is written, nothing migrated */
    /* The clock: real time in serve, an argument in tests. */
    int64_t (*now_ms)(void *), (*mono_ms)(void *);
    void *clock;
};

/* Runs work as SYSTEM with its own arena in the write lane, or reading; `arg` is its rq->object. */
MUST_USE enum err app_write(struct app *app, enum err (*work)(struct request *rq), void *arg);
MUST_USE enum err app_read(struct app *app, enum err (*work)(struct request *rq), void *arg);
/* Tells every feature at once what this request has written, e.g. "hire"; one that fails fails the request. */
MUST_USE enum err app_tell(struct request *rq, const char *what, int64_t id);
