/* migrate.c - numbered, forward-only schema steps; each in one transaction with its own row, those of an
 * empty database in a single one. */
#include <unistd.h>

#include "db/driver.h"
#include "db/fault.h"

static const struct query applied = {"db.applied", "SELECT n, hash FROM schema_version ORDER BY n"};
static const struct query note = {"db.note",
                                  "INSERT INTO schema_version (n, name, hash) VALUES ($1, $2, $3)"};

/* The next statement of a script, up to ";" at the end of a line; comments stay inside. */
static bool next_statement(struct str *script, struct str *ret)
{
    struct str s = str_trim(*script);
    if (s.n == 0)
        return false;
    ptrdiff_t end = str_find(s, S(";\n"));
    size_t n = end < 0 ? s.n : (size_t)end;
    *ret = str_sub(s, 0, n);
    *script = str_sub(s, n + 1, s.n);
    return true;
}

/* One step inside of `t`, with its row. */
static enum err apply(struct tx *t, struct arena *a, const struct migration *m)
{
    struct str rest = m->sql, one;
    enum err e = OK;
    while (!e && next_statement(&rest, &one)) {
        e = conn_script(t->c, one);
        if (db_fault_due(t->c->db, FAULT_EXIT_IN_MIGRATION))
            _exit(9);
        if (!e && db_fault_due(t->c->db, FAULT_FULL_IN_MIGRATION))
            e = ERR_FULL;
    }
    struct str hash = str_fmt(a, "%016llx", (unsigned long long)str_hash(m->sql));
    if (!e && m->then)
        e = m->then(t, m->arg);
    if (!e)
        e = db_run(t, &note, ARGS(I(m->n), T(m->name), T(hash)), NULL);
    if (!e)
        return OK;
    conn_fail(t->c, "%.*s: %.*s", SV(m->name), SV(str_dup(a, conn_error(t->c))));
    return e;
}

/* m[0..n) in one transaction: all of them or none. */
static enum err apply_together(struct conn *c, struct arena *a, const struct migration *m, size_t n)
{
    struct tx *t;
    enum err e = tx_begin(c, TX_WRITE, &t);
    if (e)
        return e;
    for (size_t i = 0; !e && i < n; i++)
        e = apply(t, a, &m[i]);
    if (!e)
        return tx_commit(t);
    struct str words = str_dup(a, conn_error(c));
    tx_rollback(t);
    conn_fail(c, "%.*s", SV(words));
    return e;
}

/* Compares what the database has with `m`; *ret_next = index of the first step to apply. */
static enum err compare(struct arena *a, const struct rows *have, const struct migration *m,
                        size_t n, struct str *ret_why)
{
    for (size_t i = 0; i < have->n; i++) {
        int64_t number = val_i64(row_at(have, i));
        if (i >= n) {
            *ret_why = str_fmt(a,
                               "the database has schema step %lld, this program knows only %d: "
                               "a newer lingji is needed",
                               (long long)number, n ? m[n - 1].n : 0);
            return ERR_DB;
        }
        struct str hash = str_fmt(a, "%016llx", (unsigned long long)str_hash(m[i].sql));
        if (number != m[i].n || !str_eq(val_str(row_at(have, i) + 1), hash)) {
            *ret_why = str_fmt(a, "schema step %.*s is not the one the database was made with",
                               SV(m[i].name));
            return ERR_DB;
        }
    }
    return OK;
}

static enum err read_applied(struct conn *c, struct arena *a, struct rows *ret)
{
    struct tx *t;
    enum err e =
        conn_script(c, S("CREATE TABLE IF NOT EXISTS schema_version "
                         "(n BIGINT PRIMARY KEY, name TEXT NOT NULL, hash TEXT NOT NULL)"));
    if (!e)
        e = tx_begin(c, TX_READ, &t);
    if (e)
        return e;
    e = db_rows(t, a, &applied, NO_ARGS, ret);
    tx_rollback(t);
    return e;
}

/* Without a table nothing is applied; what the engine finds broken is another matter. */
static enum err look_at_applied(struct conn *c, struct arena *a, struct rows *ret)
{
    struct tx *t;
    enum err e = tx_begin(c, TX_READ, &t);
    if (e)
        return e;
    e = db_rows(t, a, &applied, NO_ARGS, ret);
    bool none = e == ERR_DB && !conn_broken(c);
    if (!conn_broken(c))
        tx_rollback(t);
    return none ? OK : e;
}

enum err db_schema(struct db *db, struct arena *a, int *ret_n, struct str *ret_why)
{
    struct conn *c = NULL;
    struct rows have = {0};
    enum err e = conn_open(db, !db->readonly, &c);
    if (!e)
        e = db->readonly ? look_at_applied(c, a, &have) : read_applied(c, a, &have);
    if (e)
        *ret_why = str_fmt(a, "the database cannot be opened: %.*s", SV(conn_error(c)));
    else
        *ret_n = have.n ? (int)val_i64(row_at(&have, have.n - 1)) : 0;
    conn_free(c);
    return e;
}

enum err db_migrate(struct db *db, struct arena *a, const struct migration *m, size_t n,
                    int *ret_done, struct str *ret_why)
{
    struct conn *c = NULL;
    struct rows have;
    *ret_done = 0;
    enum err e = conn_open(db, true, &c);
    if (!e)
        e = read_applied(c, a, &have);
    if (!e) {
        e = compare(a, &have, m, n, ret_why);
        if (e)
            goto out;
    }
    for (size_t i = have.n, together; !e && i < n; i += together) {
        together = have.n ? 1 : n;
        if (m[i].before)
            m[i].before(m[i].arg);
        e = apply_together(c, a, m + i, together);
        *ret_done += e ? 0 : (int)together;
    }
    if (e)
        *ret_why = str_fmt(a, "the tables could not be made: %.*s", SV(conn_error(c)));
out:
    conn_free(c);
    return e;
}
