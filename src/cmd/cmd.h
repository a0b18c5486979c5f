/* cmd.h - the commands of the program and the process they share. The only code above features. */
#pragma once
#include "http/app.h"
#include "http/config.h"

extern const struct feature *const features[]; /* the table of contents; ends with NULL */

/* Opens everything a request needs: data folder, keys, texts, pages, rules, database (migrated),
 * lanes. One sentence in *ret_why when it cannot. Close with app_close, also after a failure. */
MUST_USE enum err app_open(struct arena *a, struct app *app, const struct config *c, struct str *ret_why);
void app_close(struct app *app);
/* Only app->rules, from the files in the binary. */
MUST_USE enum err app_rules(struct arena *a, struct app *app, struct str *ret_why);
struct str app_db_url(struct arena *a, const struct config *c);
/* Sees migrations as db_migrate wants them, ascending. */
struct migration;
struct migration *app_migrations(struct arena *a, size_t *ret_n);

struct cmd {
    struct arena *a;
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

/* Prints one sentence on stderr; returns 1. */
int cmd_fail(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
/* Opens the app or prints why not and returns NULL. */
struct app *cmd_open(struct cmd *c, bool demo);
/* Fills an empty database with the demonstration city around now. */
MUST_USE enum err demo_fill(struct request *rq);
/* First lines of `serve` and `demo`. */
void cmd_print_addresses(struct app *app, int port, struct str setup_path);
