/* data.c - commands that look at the data and end: export, check, and the lists. */
#include <stdio.h>
#include <string.h>

#include "base/buf.h"
#include "cmd/cmd.h"
#include "feature/hire/hire.h"
#include "feature/job/job.h"
#include "feature/person/person.h"
#include "feature/site/site.h"
#include "feature/wage/wage.h"
#include "http/openapi.h"
#include "http/router.h"
#include "http/store.h"
#include "rules/rules.h"

static void print(const struct buf *b)
{
    fwrite(b->p, 1, b->n, stdout);
    fflush(stdout);
}

/* A page of rows at a time, printed and forgotten: memory does not grow with the market. */
static enum err print_jobs(struct request *rq, struct job *after, bool *ret_more)
{
    enum { PAGE = 1000 };
    struct job *v;
    struct buf b;
    size_t n = 0;
    enum err e = job_every(rq, after, PAGE, &v, &n);
    buf_init(&b, rq->a, 64 << 20);
    for (size_t i = 0; !e && i < n; i++)
        record_csv(&b, &job_record, STAFF, &v[i]);
    *ret_more = !e && n == PAGE && !ferror(stdout);
    if (*ret_more)
        *after = (struct job){.id = v[n - 1].id, .shift_id = v[n - 1].shift_id};
    print(&b);
    return e ? e : b.over ? ERR_LARGE : OK;
}

static enum err export_jobs(struct request *rq)
{
    struct arena page, *whole = rq->a;
    struct job after = {.id = 0};
    struct buf head;
    enum err e = OK;
    buf_init(&head, whole, 1 << 16);
    record_csv_head(&head, &job_record, STAFF);
    print(&head);
    arena_init(&page, 0);
    rq->a = &page;
    for (bool more = true; more && !e; arena_reset(&page))
        e = print_jobs(rq, &after, &more);
    rq->a = whole;
    arena_done(&page);
    return e;
}

static enum err export_sites(struct request *rq)
{
    struct site *v;
    size_t n;
    struct buf b;
    enum err e = site_all(rq, &v, &n);
    buf_init(&b, rq->a, 64 << 20);
    record_csv_head(&b, &site_record, PUBLIC);
    for (size_t i = 0; !e && i < n; i++)
        record_csv(&b, &site_record, PUBLIC, &v[i]);
    print(&b);
    return e;
}

int cmd_export(struct cmd *c)
{
    static const struct {
        const char *what;
        enum err (*run)(struct request *rq);
    } table[] = {{"jobs", export_jobs}, {"sites", export_sites}};
    for (size_t i = 0; c->n_args == 1 && i < sizeof table / sizeof *table; i++) {
        if (strcmp(c->args[0], table[i].what))
            continue;
        struct app *app = cmd_look(c);
        enum err e = app ? app_read(app, table[i].run, NULL) : ERR_DB;
        if (app)
            app_close(app);
        return app && e ? cmd_fail("the %s could not be read (%s)", c->args[0], err_code(e)) : app ? 0 : 1;
    }
    return cmd_fail("export what? lingji export jobs|sites > FILE.csv");
}

struct soundness {
    int64_t rows, chain, n;
};

static enum err check_chain(struct request *rq)
{
    struct soundness *s = rq->object;
    return audit_verify(rq, &s->rows, &s->chain, &s->n);
}

const struct invariant invariants[] = {{"places", "wrong or overlapping", hire_check},
                                       {"wages", "postings do not add up", wage_check},
                                       {"hires", "with another wage, other terms or another ledger than agreed", hire_check_agreed},
                                       {"posts", "open that nobody verified", job_check},
                                       {0}};

static enum err check_invariants(struct request *rq)
{
    int64_t *bad = rq->object;
    enum err e = OK;
    for (int i = 0; !e && invariants[i].name; i++)
        e = invariants[i].ask(rq, &bad[i]);
    return e;
}

/* Said, and no fault of the data: older programs allowed it. Only ids, for the list goes into logs and letters. */
static enum err check_doubles(struct request *rq)
{
    struct person_double *v;
    size_t n;
    enum err e = person_doubles(rq, &v, &n);
    if (e)
        return e;
    printf("%-11s %zu with the identity number of another record\n", "people", n);
    for (size_t i = 0; i < n; i++)
        printf("            %lld and %lld\n", (long long)v[i].id, (long long)v[i].other_id);
    return OK;
}

static int check_open(struct cmd *c, struct app *app)
{
    struct soundness s = {0};
    struct str why = S("");
    if (db_check(app->db, c->a, &why))
        return cmd_fail("the database is damaged: %.*s", SV(why));
    puts("database    sound");
    enum err e = app_read(app, check_chain, &s);
    if (e && e != ERR_RULE)
        return cmd_fail("the audit chain could not be read (%s)", err_code(e));
    if (e)
        return cmd_fail("the audit chain %lld breaks at line %lld", (long long)s.chain, (long long)s.n);
    printf("audit       %lld lines, chain unbroken\n", (long long)s.rows);
    int64_t bad[sizeof invariants / sizeof *invariants] = {0}, all = 0;
    if (app_read(app, check_invariants, bad))
        return cmd_fail("the invariants could not be asked");
    for (int i = 0; invariants[i].name; i++) {
        printf("%-11s %lld %s\n", invariants[i].name, (long long)bad[i], invariants[i].says);
        all += bad[i];
    }
    if (app_read(app, check_doubles, NULL))
        return cmd_fail("the people could not be read");
    return all ? 1 : 0;
}

int cmd_check_close(struct cmd *c, struct app *app)
{
    int code = app ? check_open(c, app) : 1;
    if (app)
        app_close(app);
    return code;
}

int cmd_check(struct cmd *c)
{
    return cmd_check_close(c, cmd_look(c));
}

int cmd_routes(struct cmd *c)
{
    struct router *r;
    struct str why;
    struct buf b;
    if (router_new(c->a, features, &r, &why))
        return cmd_fail("%.*s", SV(why));
    buf_init(&b, c->a, 1 << 20);
    router_print(r, &b);
    print(&b);
    return 0;
}

int cmd_openapi(struct cmd *c)
{
    struct router *r;
    struct str why;
    struct buf b;
    if (router_new(c->a, features, &r, &why))
        return cmd_fail("%.*s", SV(why));
    buf_init(&b, c->a, 8 << 20);
    openapi_print(features, r, &b);
    print(&b);
    return 0;
}

int cmd_rules(struct cmd *c)
{
    struct app app = {.config = &c->config};
    struct str why = S("");
    struct buf b;
    int n = 0;
    buf_init(&b, c->a, 1 << 20);
    if (app_rules(c->a, &app, &why))
        return cmd_fail("%.*s", SV(why));
    if (c->n_args == 1 && strcmp(c->args[0], "list") == 0)
        rules_list(app.rules, &b);
    else if (c->n_args != 1 || strcmp(c->args[0], "check"))
        return cmd_fail("rules what? lingji rules check|list");
    else if (!rules_check(app.rules, &b, &n)) {
        print(&b);
        return 1;
    } else
        buf_fmt(&b, "%d examples hold\n", n);
    print(&b);
    return 0;
}

int cmd_version(struct cmd *c)
{
    size_t n;
    const struct migration *m = app_migrations(c->a, &n);
    printf("lingji %s, schema %04d\n", LINGJI_VERSION, m[n - 1].n);
    return 0;
}

int cmd_config(struct cmd *c)
{
    struct buf b;
    if (c->n_args != 1 || strcmp(c->args[0], "dump"))
        return cmd_fail("config what? lingji config dump");
    buf_init(&b, c->a, 1 << 16);
    config_dump(&c->config, &b);
    print(&b);
    return 0;
}
