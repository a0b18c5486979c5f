/* cmd.h - the commands of the program and the process they share. The only code above features. */
#pragma once
#include "http/app.h"
#include "http/config.h"

extern const struct feature *const features[]; /* the table of contents; ends with NULL */

/* Opens everything a request needs: data folder, keys, texts, pages, rules, database (migrated),
 * lanes. One sentence in *ret_why when it cannot. Close with app_close, also after a failure. */
MUST_USE enum err app_open(struct arena *a, struct app *app, const struct config *c, struct str *ret_why);
void app_close(struct app *app);
/* Only app->rules, from the files in the binary and from the folder that config->rules names, whose
 * files come instead of those of the same name. */
MUST_USE enum err app_rules(struct arena *a, struct app *app, struct str *ret_why);
struct str app_db_url(struct arena *a, const struct config *c);
/* Sees migrations as db_migrate wants them, ascending. */
struct migration;
struct migration *app_migrations(struct arena *a, size_t *ret_n);

/* The only place that names it. */
#define LINGJI_VERSION "0.1.0"

struct cmd {
    struct arena *a;
    struct str conf; /* path of the configuration, or "" */
    struct config config;
    char **args; /* behind the command */
    int n_args;
};
/* Each returns the exit code. */
int cmd_serve(struct cmd *c);
int cmd_demo(struct cmd *c);
int cmd_import(struct cmd *c);
int cmd_export(struct cmd *c);
int cmd_check(struct cmd *c);
int cmd_backup(struct cmd *c);
int cmd_restore(struct cmd *c);
int cmd_routes(struct cmd *c);
int cmd_openapi(struct cmd *c);
int cmd_rules(struct cmd *c);
int cmd_config(struct cmd *c);
int cmd_version(struct cmd *c);
int cmd_match(struct cmd *c);

/* What must always hold of the data (I1 to I6): counts what breaks it. Ends with name NULL. */
struct invariant {
    const char *name, *says;
    enum err (*ask)(struct request *rq, int64_t *ret_bad);
};
extern const struct invariant invariants[];

/* Prints one sentence on stderr; returns 1. */
int cmd_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Opens the app or prints why not and returns NULL. */
struct app *cmd_open(struct cmd *c, bool demo);
/* The same for reading alone, also beside a server that has the data open. */
struct app *cmd_look(struct cmd *c);
/* What `check` prints of an open app, then closes it; NULL: it could not be opened. The exit code. */
int cmd_check_close(struct cmd *c, struct app *app);
/* `demo` differs from `serve` in these; a reload must not forget it. */
void cmd_demo_config(struct config *c);
/* Data belong to the demonstration (app->demo) or to a market, from the first start on: real people never
 * meet a code that everybody knows. ERR_CONFLICT when they are the other's. */
MUST_USE enum err data_claim(struct request *rq);
/* The node of the configuration for this process alone; or says who has it, or that the clocks of several machines do not
 * agree (feed.h), and returns 1. */
int cmd_claim_node(struct cmd *c, struct app *app);
/* What is said then: whose they are, and which to name instead. */
struct str cmd_claim_refuses(struct arena *a, const struct app *app);
/* Says that db_keep found another process in its place; returns 1. */
int cmd_lost_node(const struct cmd *c);
/* Empty, or what `serve` cannot run with. */
struct str cmd_serve_refuses(struct arena *a, const struct config *c);
/* Empty, or why `backup_dir` takes none of the copies that serve and demo make by themselves. */
struct str cmd_backup_refuses(struct arena *a, const struct config *c);
/* One such copy, on SQLite: hourly-NN.db. How it went is in the log and in app. */
void cmd_back_up(struct app *app);
/* What SIGHUP asks for: configuration and rules anew, without a stop. A fault in them changes nothing.
 * Several signals within the grace become one reload after it. */
struct reload {
    struct arena *now, *before; /* `before` is still read by requests that began earlier */
    int64_t free_ms;
    bool wanted;
};
void reload_tick(struct reload *r, struct cmd *c, struct app *app);
/* After the app is closed. */
void reload_done(struct reload *r);
/* Fills an empty database with the demonstration city around now; one that ran out of work gets posts. */
MUST_USE enum err demo_fill(struct request *rq);
/* One that runs for days does so by itself. */
extern const struct feature demo_feature;
