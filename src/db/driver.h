/* driver.h - what an engine must do for db.h. Each back end fills one struct db_driver; nothing
 * outside src/db includes this. */
#pragma once
#include "db/db.h"

struct db_driver {
    const char *name;
    bool single_writer;
    enum err (*open)(struct arena *a, struct db *db, struct str *ret_why);
    void (*close)(struct db *db);
    enum err (*connect)(struct conn *c, bool writer);
    void (*disconnect)(struct conn *c);
    enum err (*prepare)(struct conn *c, const struct query *q);
    /* Rows into `a` when ret is given, else forgotten; *ret_changed always set. */
    enum err (*run)(struct conn *c, struct arena *a, const struct query *q, struct args args,
                    struct rows *ret, int64_t *ret_changed);
    enum err (*script)(struct conn *c, struct str one_statement);
    /* BEGIN, SAVEPOINT and the like: the same few words for every request, so prepared where that pays. */
    enum err (*control)(struct conn *c, const struct query *word);
    enum err (*commit)(struct conn *c);
    bool (*in_tx)(const struct conn *c); /* false: the engine ended the transaction by itself */
    struct query begin[2]; /* by enum tx_mode */
    /* Whether this process alone has `node` from now until close; ERR_CONFLICT when another has it. */
    enum err (*claim)(struct db *db, int node);
    enum err (*keep)(struct db *db); /* db_keep */
    enum err (*backup)(struct db *db, struct arena *a, const char *path, struct str *ret_why);
    const char *clock_sql; /* one row with the clock of the database in ms since 1970; NULL: it is this machine's */
    const char *check_sql; /* gives one row with one text "ok" when the file is sound */
};
extern const struct db_driver db_sqlite, db_pg;

enum { FAULT_NONE, FAULT_BUSY, FAULT_EXIT_IN_MIGRATION, FAULT_FULL_IN_MIGRATION };

struct db {
    const struct db_driver *driver;
    char *url;     /* without "sqlite:" for SQLite */
    bool readonly; /* "?mode=ro" */
    int lock_fd;   /* SQLite: the lock file, or -1 */
    struct conn *claim; /* PostgreSQL: holds the claimed node, or NULL */
    int claim_node;
    char claim_name[48]; /* of that connection, ours alone; "": nothing was claimed */
    _Atomic int fault_kind;
    _Atomic int64_t fault_after; /* statements until the fault */
};

struct tx {
    struct conn *c;
    enum tx_mode mode;
    int64_t changed; /* rows so far */
};

struct conn {
    struct db *db;
    void *handle; /* sqlite3* or PGconn* */
    void *cache;  /* prepared statements, owned by the driver */
    bool broken, unsure;
    const char *advice; /* what the operator should set, from the last failure; or NULL */
    char error[400];
    struct tx tx;
};

enum { MAX_ROWS = 100000 };
void conn_fail(struct conn *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
