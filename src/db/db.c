/* db.c - what both engines share: values, transactions, dispatch, injected faults. */
#include "db/db.h"

#include <stdarg.h>
#include <stdatomic.h>
#include <stdio.h>
#include <string.h>

#include "db/driver.h"
#include "db/fault.h"

int64_t val_i64(const struct val *v)
{
    BUG_ON(v->kind != VAL_INT && v->kind != VAL_NULL);
    return v->kind == VAL_INT ? v->i : 0;
}

double val_f64(const struct val *v)
{
    BUG_ON(v->kind == VAL_TEXT || v->kind == VAL_BLOB);
    return v->kind == VAL_REAL ? v->f : v->kind == VAL_INT ? (double)v->i : 0;
}

struct str val_str(const struct val *v)
{
    BUG_ON(v->kind == VAL_INT || v->kind == VAL_REAL);
    return v->kind == VAL_NULL ? S("") : v->s;
}

void conn_fail(struct conn *c, const char *fmt, ...)
{
    va_list ap;
    va_start(ap, fmt);
    vsnprintf(c->error, sizeof c->error, fmt, ap);
    va_end(ap);
    for (size_t n = strlen(c->error); n && c->error[n - 1] == '\n'; n--)
        c->error[n - 1] = 0;
    for (char *p = c->error; *p; p++) /* one line: PostgreSQL gives advice on a second */
        *p = *p == '\n' || *p == '\t' ? ' ' : *p;
}

enum err db_open(struct arena *a, struct str url, struct db **ret, struct str *ret_why)
{
    struct db *db = xcalloc(1, sizeof *db);
    db->lock_fd = -1;
    bool pg = str_starts(url, S("postgres://")) || str_starts(url, S("postgresql://")) ||
              str_starts(url, S("host="));
    db->driver = pg ? &db_pg : &db_sqlite;
    if (!pg && !str_starts(url, S("sqlite:"))) {
        *ret_why = S("a database is named sqlite:PATH or postgresql://...");
        xfree(db);
        return ERR_DB;
    }
    struct str rest = pg ? url : str_sub(url, 7, url.n);
    if (!pg && str_ends(rest, S("?mode=ro"))) {
        db->readonly = true;
        rest.n -= 8;
    }
    db->url = xcalloc(1, rest.n + 1);
    memcpy(db->url, rest.p, rest.n);
    enum err e = db->driver->open(a, db, ret_why);
    if (e) {
        db_free(db);
        return e;
    }
    *ret = db;
    return OK;
}

void db_free(struct db *db)
{
    if (!db)
        return;
    db->driver->close(db);
    xfree(db->url);
    xfree(db);
}

bool db_single_writer(const struct db *db)
{
    return db->driver->single_writer;
}

void db_fault(struct db *db, int kind, int64_t after)
{
    atomic_store(&db->fault_after, after);
    atomic_store(&db->fault_kind, kind);
}

bool db_fault_due(struct db *db, int kind)
{
    return atomic_load(&db->fault_kind) == kind && atomic_fetch_sub(&db->fault_after, 1) == 0;
}

enum err conn_open(struct db *db, bool writer, struct conn **ret)
{
    struct conn *c = xcalloc(1, sizeof *c);
    c->db = db;
    enum err e = db->driver->connect(c, writer);
    *ret = c; /* also on failure, so that conn_error can be asked; the caller frees it */
    return e;
}

void conn_free(struct conn *c)
{
    if (!c)
        return;
    c->db->driver->disconnect(c);
    xfree(c);
}

bool conn_broken(const struct conn *c)
{
    return c->broken;
}

struct str conn_error(const struct conn *c)
{
    return str_c(c->error);
}

const char *conn_advice(struct conn *c)
{
    const char *advice = c->advice;
    c->advice = NULL;
    return advice;
}

enum err db_claim(struct db *db, int node)
{
    return db->driver->claim(db, node);
}

enum err db_keep(struct db *db)
{
    return db->driver->keep(db);
}

enum err conn_prepare(struct conn *c, const struct query *q)
{
    return c->db->driver->prepare(c, q);
}

enum err conn_script(struct conn *c, struct str statement)
{
    return c->db->driver->script(c, statement);
}

static const struct query rollback = {"db.rollback", "ROLLBACK"};
static const struct query save = {"db.save", "SAVEPOINT s"};
static const struct query release = {"db.release", "RELEASE SAVEPOINT s"};
static const struct query undo = {"db.undo", "ROLLBACK TO SAVEPOINT s"};

static enum err control(struct conn *c, const struct query *word)
{
    return c->db->driver->control(c, word);
}

enum err tx_begin(struct conn *c, enum tx_mode mode, struct tx **ret)
{
    if (mode == TX_WRITE && db_fault_due(c->db, FAULT_BUSY))
        return ERR_BUSY;
    enum err e = control(c, &c->db->driver->begin[mode]);
    if (e)
        return e;
    c->tx = (struct tx){c, mode, 0};
    *ret = &c->tx;
    return OK;
}

enum err tx_commit(struct tx *t)
{
    enum err e = t->c->db->driver->commit(t->c);
    if (e && e != ERR_UNKNOWN && !t->c->broken)
        tx_rollback(t);
    return e;
}

void tx_rollback(struct tx *t)
{
    if (control(t->c, &rollback))
        t->c->broken = true;
}

int64_t tx_changed(const struct tx *t)
{
    return t->changed;
}

bool tx_as_before(const struct tx *t, int64_t changed)
{
    return t->changed == changed && t->c->db->driver->in_tx(t->c);
}

enum err tx_save(struct tx *t)
{
    return control(t->c, &save);
}

enum err tx_release(struct tx *t)
{
    return control(t->c, &release);
}

enum err tx_undo(struct tx *t)
{
    enum err e = control(t->c, &undo);
    return e ? e : tx_release(t);
}

static enum err run(struct tx *t, struct arena *a, const struct query *q, struct args args, struct rows *ret,
                    int64_t *ret_changed)
{
    enum err e = t->c->db->driver->run(t->c, a, q, args, ret, ret_changed);
    t->changed += *ret_changed;
    return e;
}

enum err db_run(struct tx *t, const struct query *q, struct args args, int64_t *ret_changed)
{
    int64_t changed = 0;
    enum err e = run(t, NULL, q, args, NULL, &changed);
    if (!e && ret_changed)
        *ret_changed = changed;
    return e;
}

enum err db_rows(struct tx *t, struct arena *a, const struct query *q, struct args args,
                 struct rows *ret)
{
    int64_t changed = 0;
    *ret = (struct rows){0};
    return run(t, a, q, args, ret, &changed);
}

enum err db_row(struct tx *t, struct arena *a, const struct query *q, struct args args,
                const struct val **ret)
{
    struct rows rows;
    enum err e = db_rows(t, a, q, args, &rows);
    if (e)
        return e;
    if (rows.n == 0)
        return ERR_NONE;
    *ret = row_at(&rows, 0);
    return OK;
}

enum err db_backup(struct db *db, struct arena *a, const char *path, struct str *ret_why)
{
    return db->driver->backup(db, a, path, ret_why);
}

enum err db_clock(struct db *db, struct arena *a, int64_t *ret_ms)
{
    const struct query q = {"db.clock", db->driver->clock_sql};
    struct conn *c = NULL;
    struct tx *t;
    const struct val *row;
    *ret_ms = 0;
    if (!q.sql)
        return OK;
    enum err e = conn_open(db, false, &c);
    e = e ? e : tx_begin(c, TX_READ, &t);
    if (!e) {
        e = db_row(t, a, &q, NO_ARGS, &row);
        *ret_ms = e ? 0 : val_i64(row);
        tx_rollback(t);
    }
    conn_free(c);
    return e;
}

enum err db_check(struct db *db, struct arena *a, struct str *ret_why)
{
    const struct query q = {"db.check", db->driver->check_sql};
    struct conn *c = NULL;
    struct tx *t;
    const struct val *row;
    enum err e = conn_open(db, false, &c);
    e = e ? e : tx_begin(c, TX_READ, &t);
    if (!e) {
        e = db_row(t, a, &q, NO_ARGS, &row);
        if (!e && !str_eq(val_str(row), S("ok"))) {
            struct str said = val_str(row); /* SQLite names the file on a line of its own first */
            *ret_why = str_sub(said, (size_t)(str_find(said, S("\n")) + 1), said.n);
            e = ERR_DB;
        }
        tx_rollback(t);
    } else {
        *ret_why = str_dup(a, conn_error(c));
    }
    conn_free(c);
    return e;
}
