/* reload.c - SIGHUP: configuration and rules are read again while requests go on. */
#include <stdatomic.h>

#include "base/log.h"
#include "cmd/cmd.h"

extern char **environ;

/* No request is older: lanes do not begin what has waited 8 s. */
enum { GRACE_MS = 10 * 1000 };

static enum err read_again(struct arena *a, struct cmd *c, struct app *app, struct app *fresh, struct str *ret_why)
{
    struct config *next = NEW(a, struct config);
    enum err e = config_load(a, c->conf, (const char *const *)environ, next, ret_why);
    if (e)
        return e;
    if (app->demo)
        cmd_demo_config(next);
    *ret_why = app->demo ? cmd_backup_refuses(a, next) : cmd_serve_refuses(a, next);
    if (ret_why->n)
        return ERR_INPUT;
    struct str kept = config_keep_fixed(a, app->config, next);
    if (kept.n)
        log_at(LOG_WARN, "changed only by a new start: %.*s", SV(kept));
    fresh->config = next;
    return app_rules(a, fresh, ret_why);
}

static void drop(struct arena *a)
{
    if (a)
        arena_done(a);
    xfree(a);
}

static void reload(struct reload *r, struct cmd *c, struct app *app)
{
    struct arena *a = xcalloc(1, sizeof *a);
    struct app fresh = {.config = NULL};
    struct str why = S("");
    arena_init(a, 0);
    if (read_again(a, c, app, &fresh, &why)) {
        log_at(LOG_ERROR, "not reloaded, all stays as it was: %.*s", SV(why));
        drop(a);
        return;
    }
    app->config = atomic_load(&fresh.config);
    app->rules = atomic_load(&fresh.rules);
    atomic_fetch_add(&app->generation, 1); /* pages kept in RAM may show what has changed */
    r->before = r->now;
    r->now = a;
    r->free_ms = app->mono_ms(app->clock) + GRACE_MS;
    log_at(LOG_INFO, "reloaded configuration and rules");
}

void reload_done(struct reload *r)
{
    drop(r->before);
    drop(r->now);
}

void reload_tick(struct reload *r, struct cmd *c, struct app *app)
{
    if (r->before && app->mono_ms(app->clock) >= r->free_ms) {
        drop(r->before);
        r->before = NULL;
    }
    if (!r->wanted || r->before)
        return;
    r->wanted = false;
    reload(r, c, app);
}
