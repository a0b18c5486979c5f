/* db.h - one SQL text, two engines (SQLite, PostgreSQL) chosen at run time by a connection string.
 * Only db_sqlite.c and db_pg.c name an engine. SQL stands in *_store.c as `struct query` constants
 * with parameters $1..$n; every key, index and WHERE begins with city. */
#pragma once
#include "base/str.h"

/* ---- queries and values ---- */

struct query {
    const char *name; /* "job.open_near": unique, for logs, statistics and the prepared statement */
    const char *sql;
};

enum val_kind { VAL_NULL, VAL_INT, VAL_REAL, VAL_TEXT, VAL_BLOB };

struct val {
    enum val_kind kind;
    union {
        int64_t i;
        double f;
        struct str s; /* TEXT and BLOB */
    };
};

#define I(x) ((struct val){.kind = VAL_INT, .i = (x)})
#define F(x) ((struct val){.kind = VAL_REAL, .f = (x)})
#define T(x) ((struct val){.kind = VAL_TEXT, .s = (x)})
#define B(x) ((struct val){.kind = VAL_BLOB, .s = (x)})
#define NUL ((struct val){.kind = VAL_NULL})

struct args {
    const struct val *v;
    size_t n;
};
/* ARGS(I(city), T(title)): borrowed for the call. */
#define ARGS(...)                                                                                  \
    ((struct args){(const struct val[]){__VA_ARGS__},                                              \
                   sizeof((const struct val[]){__VA_ARGS__}) / sizeof(struct val)})
#define NO_ARGS ((struct args){NULL, 0})

/* A whole result, in the arena; row r, column c is v[r * cols + c]. */
struct rows {
    const struct val *v;
    size_t n, cols;
};
static inline const struct val *row_at(const struct rows *r, size_t row)
{
    return r->v + row * r->cols;
}
int64_t val_i64(const struct val *v);    /* 0 for NULL; aborts on text: a wrong query is a bug */
double val_f64(const struct val *v);     /* 0 for NULL; takes INT and REAL */
struct str val_str(const struct val *v); /* empty for NULL */

/* ---- connections and transactions ---- */

struct db;   /* a data source: settings, and for SQLite the path */
struct conn; /* one connection, used by one thread at a time */
struct tx;   /* an open transaction on a connection */

/* "sqlite:PATH" or any libpq string beginning with "postgres://", "postgresql://" or "host=".
 * ERR_DB with a sentence in *ret_why (in `a`) when it cannot be opened. Caller frees db. */
MUST_USE enum err db_open(struct arena *a, struct str url, struct db **ret, struct str *ret_why);
void db_free(struct db *db);
/* True when writers must stand in one line (SQLite); false when they run side by side. */
bool db_single_writer(const struct db *db);

/* A connection; `writer` asks for one that may write. Prepares lazily, keeps statements. */
MUST_USE enum err conn_open(struct db *db, bool writer, struct conn **ret);
void conn_free(struct conn *c);
/* True if the connection is broken and must be freed and opened again. */
bool conn_broken(const struct conn *c);
struct str conn_error(const struct conn *c); /* last message of the engine, valid until next call */
/* What the operator should do about the last failure, once; NULL when that is nothing. Static. */
const char *conn_advice(struct conn *c);
/* Takes `node` for this process until db_free: of those that serve one database each has its own, because ids and
 * audit chains are numbered by it. ERR_CONFLICT when another has it. */
MUST_USE enum err db_claim(struct db *db, int node);
/* To be called every second after db_claim, by one thread: takes the node again when the connection that held it is
 * gone, as after a restart of PostgreSQL. ERR_CONFLICT: another has it meanwhile, and nothing may be written any more.
 * Any other: the database does not answer, or not yet; the next call tries again. */
MUST_USE enum err db_keep(struct db *db);
/* The clock of the database in ms since 1970; 0: it has none of its own. */
MUST_USE enum err db_clock(struct db *db, struct arena *a, int64_t *ret_ms);
/* Runs one statement without parameters, for migrations and tests. */
MUST_USE enum err conn_script(struct conn *c, struct str statement);
/* Prepares q without running it: for `make check`. */
MUST_USE enum err conn_prepare(struct conn *c, const struct query *q);

enum tx_mode { TX_READ, TX_WRITE }; /* deferred/read-only; BEGIN IMMEDIATE/serializable */
MUST_USE enum err tx_begin(struct conn *c, enum tx_mode mode, struct tx **ret);
/* OK: durable. ERR_BUSY: not done, run it again from the start. ERR_FULL, ERR_DB: not done.
 * ERR_UNKNOWN: nobody knows; the caller settles it by the idempotency key. tx is gone in all. */
MUST_USE enum err tx_commit(struct tx *t);
void tx_rollback(struct tx *t);
/* Whether the transaction stands as it stood when tx_changed gave `changed`: nothing was written since, and
 * the engine has not ended it by itself (disk full, I/O error). tx_changed: rows written so far. */
int64_t tx_changed(const struct tx *t);
bool tx_as_before(const struct tx *t, int64_t changed);
/* Savepoints, one level, for group commit. After save: exactly one of release or undo. */
MUST_USE enum err tx_save(struct tx *t);
MUST_USE enum err tx_release(struct tx *t);
MUST_USE enum err tx_undo(struct tx *t);

/* Runs q and forgets rows. *ret_changed (may be NULL) = rows inserted, updated or deleted.
 * ERR_CONFLICT: a unique or foreign key or a CHECK said no (the transaction is then only good for
 * undo or rollback on PostgreSQL: prefer ON CONFLICT DO NOTHING). ERR_BUSY: serialization, retry.
 */
MUST_USE enum err db_run(struct tx *t, const struct query *q, struct args args,
                         int64_t *ret_changed);
/* Runs q and copies all rows into `a`; ERR_LARGE beyond 100,000 rows. */
MUST_USE enum err db_rows(struct tx *t, struct arena *a, const struct query *q, struct args args,
                          struct rows *ret);
/* As db_rows for at most one row: ERR_NONE when there is none. */
MUST_USE enum err db_row(struct tx *t, struct arena *a, const struct query *q, struct args args,
                         const struct val **ret);

/* ---- schema ---- */

struct migration {
    int n;           /* 0001.. from the file name NNNN_x.sql, unique over all features */
    struct str name; /* "0003_job" */
    struct str sql;  /* one text for both engines, statements end in ";\n" */
    void (*before)(void *arg);                 /* what no transaction can hold, before its own; again when killed; or NULL */
    enum err (*then)(struct tx *t, void *arg); /* what SQL cannot do, in the same transaction; or NULL */
    void *arg;
};
/* Applies what is missing, ascending, each in its own transaction with its row in schema_version; an empty
 * database gets all or nothing. Killed in the middle: running it again ends the same. Refuses (ERR_DB, *ret_why) a schema newer
 * than `m` or one whose hash differs. *ret_done = how many were applied. */
MUST_USE enum err db_migrate(struct db *db, struct arena *a, const struct migration *m, size_t n,
                             int *ret_done, struct str *ret_why);
/* The last step the database has, 0 for an empty one. */
MUST_USE enum err db_schema(struct db *db, struct arena *a, int *ret_n, struct str *ret_why);
/* A consistent copy into the new file `path` while writers go on (SQLite); PostgreSQL: ERR_NONE
 * with a sentence that names pg_dump. */
MUST_USE enum err db_backup(struct db *db, struct arena *a, const char *path, struct str *ret_why);
/* Asks the engine whether the file is sound; ERR_DB and its words in *ret_why. O(size). */
MUST_USE enum err db_check(struct db *db, struct arena *a, struct str *ret_why);
