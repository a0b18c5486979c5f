/* db_sqlite.c - the embedded engine: WAL, synchronous=FULL, one writer. FULL because NORMAL lost
 * acknowledged work in 268 of 400 simulated power cuts (reliability.md 2.1). */
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <unistd.h>

#include "db/driver.h"

enum { CACHE = 512, BUSY_MS = 4000, MAX_ARGS = 64 };

struct statement {
    const struct query *q;
    sqlite3_stmt *stmt;
    unsigned char n_args, args[MAX_ARGS]; /* to SQLite "$12" is a name, and its place is where it first stands */
};

struct cache {
    struct statement v[CACHE];
};

static enum err map(struct conn *c, int rc)
{
    conn_fail(c, "%s", sqlite3_errmsg(c->handle));
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return ERR_BUSY;
    case SQLITE_FULL:
        return ERR_FULL;
    case SQLITE_CONSTRAINT:
        return ERR_CONFLICT;
    case SQLITE_IOERR:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        c->broken = true;
        return ERR_DB;
    default:
        return ERR_DB;
    }
}

/* NFS, CIFS, 9p, FUSE: POSIX locks are not to be trusted there. */
static bool network_fs(const char *dir)
{
    static const long kinds[] = {0x6969, 0xff534d42, 0xfe534d42, 0x517b, 0x01021997};
    struct statfs fs;
    if (statfs(dir, &fs))
        return false;
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if ((fs.f_type & 0xffffffffL) == kinds[i])
            return true;
    return false;
}

static enum err lock(struct arena *a, struct db *db, struct str *ret_why)
{
    const char *path = str_z(a, str_fmt(a, "%s.lock", db->url));
    db->lock_fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (db->lock_fd < 0) {
        *ret_why = str_fmt(a, "cannot write %s: %s", path, strerror(errno));
        return ERR_DB;
    }
    if (flock(db->lock_fd, LOCK_EX | LOCK_NB)) {
        *ret_why = str_fmt(a, "%s is in use by another lingji; stop that one first", db->url);
        return ERR_DB;
    }
    return OK;
}

/* A connection has one user at a time, and nobody asks SQLite how much memory it holds: without this
 * every allocation of every thread takes one lock. Later calls come too late and change nothing. */
static void configure(void)
{
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

static enum err lite_open(struct arena *a, struct db *db, struct str *ret_why)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, configure);
    char *slash = strrchr(db->url, '/');
    struct str dir = slash ? (struct str){db->url, (size_t)(slash - db->url)} : S(".");
    if (network_fs(str_z(a, dir))) {
        *ret_why = str_fmt(a, "%s lies on a network file system, where SQLite cannot lock safely",
                           db->url);
        return ERR_DB;
    }
    if (!db->readonly)
        return lock(a, db, ret_why);
    if (access(db->url, R_OK)) {
        *ret_why = str_fmt(a, "cannot read %s: %s", db->url, strerror(errno));
        return ERR_DB;
    }
    return OK;
}

static void lite_close(struct db *db)
{
    if (db->lock_fd >= 0)
        close(db->lock_fd);
}

static enum err lite_script(struct conn *c, struct str s)
{
    char *z = xmalloc(s.n + 1);
    memcpy(z, s.p, s.n);
    z[s.n] = 0;
    int rc = sqlite3_exec(c->handle, z, NULL, NULL, NULL);
    xfree(z);
    return rc ? map(c, rc) : OK;
}

/* 16 MiB of pages, taken as they are needed: a list of a person looks at twenty shifts all over a city, and
 * with the 2 MiB of SQLite a fifth of its time was reading the same pages again. */
static enum err lite_connect(struct conn *c, bool writer)
{
    static const char *const pragmas = "PRAGMA foreign_keys=ON; PRAGMA trusted_schema=OFF;"
                                       "PRAGMA cell_size_check=ON; PRAGMA mmap_size=0;"
                                       "PRAGMA synchronous=FULL; PRAGMA temp_store=MEMORY;"
                                       "PRAGMA cache_size=-16384;";
    bool ro = c->db->readonly || !writer;
    sqlite3 *h = NULL;
    int flags = ro ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
    mode_t old = umask(077);
    int rc = sqlite3_open_v2(c->db->url, &h, flags | SQLITE_OPEN_NOMUTEX, NULL);
    umask(old);
    c->handle = h;
    c->cache = xcalloc(1, sizeof(struct cache));
    if (rc)
        return map(c, rc);
    sqlite3_busy_timeout(h, BUSY_MS);
    sqlite3_db_config(h, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    sqlite3_extended_result_codes(h, 1);
    enum err e = lite_script(c, str_c(pragmas));
    /* As much WAL as the 16 MiB of pages before it is copied back: each page of a burst is then read, and
     * written back, once. */
    if (!e && !ro)
        e = lite_script(c, S("PRAGMA journal_mode=WAL; PRAGMA wal_autocheckpoint=4096"));
    return e;
}

static void lite_disconnect(struct conn *c)
{
    struct cache *cache = c->cache;
    for (size_t i = 0; cache && i < CACHE; i++)
        sqlite3_finalize(cache->v[i].stmt);
    sqlite3_close_v2(c->handle);
    xfree(cache);
}

static struct statement *slot_of(struct cache *cache, const struct query *q)
{
    size_t i = ((uintptr_t)q >> 4) * 2654435761u % CACHE, from = i;
    while (cache->v[i].q && cache->v[i].q != q) {
        i = (i + 1) % CACHE;
        BUG_ON(i == from); /* more queries than the cache has places: enlarge CACHE */
    }
    return &cache->v[i];
}

static void number_args(struct statement *s)
{
    int n = sqlite3_bind_parameter_count(s->stmt);
    BUG_ON(n > MAX_ARGS);
    s->n_args = (unsigned char)n;
    for (int at = 0; at < n; at++)
        for (const char *p = sqlite3_bind_parameter_name(s->stmt, at + 1) + 1; *p; p++)
            s->args[at] = (unsigned char)(s->args[at] * 10 + (*p - '0'));
}

static enum err lite_get(struct conn *c, const struct query *q, const struct statement **ret)
{
    struct statement *s = slot_of(c->cache, q);
    if (!s->stmt) {
        int rc =
            sqlite3_prepare_v3(c->handle, q->sql, -1, SQLITE_PREPARE_PERSISTENT, &s->stmt, NULL);
        if (rc) {
            enum err e = map(c, rc);
            return e == ERR_BUSY ? e : ERR_DB;
        }
        s->q = q;
        number_args(s);
    }
    *ret = s;
    return OK;
}

static enum err lite_prepare(struct conn *c, const struct query *q)
{
    const struct statement *s;
    return lite_get(c, q, &s);
}

static int bind_one(sqlite3_stmt *s, int at, const struct val *v)
{
    switch (v->kind) {
    case VAL_INT:
        return sqlite3_bind_int64(s, at, v->i);
    case VAL_REAL:
        return sqlite3_bind_double(s, at, v->f);
    case VAL_TEXT:
        return sqlite3_bind_text64(s, at, v->s.n ? v->s.p : "", v->s.n, SQLITE_STATIC, SQLITE_UTF8);
    case VAL_BLOB:
        return sqlite3_bind_blob64(s, at, v->s.n ? v->s.p : "", v->s.n, SQLITE_STATIC);
    case VAL_NULL:
    default:
        return sqlite3_bind_null(s, at);
    }
}

static int bind(const struct statement *s, struct args args)
{
    int rc = SQLITE_OK;
    for (int at = 0; at < s->n_args && !rc; at++)
        if (s->args[at] - 1u < args.n)
            rc = bind_one(s->stmt, at + 1, &args.v[s->args[at] - 1]);
    return rc;
}

static struct val column(struct arena *a, sqlite3_stmt *s, int i)
{
    struct str bytes;
    switch (sqlite3_column_type(s, i)) {
    case SQLITE_INTEGER:
        return I(sqlite3_column_int64(s, i));
    case SQLITE_FLOAT:
        return F(sqlite3_column_double(s, i));
    case SQLITE_TEXT:
        bytes.p = (const char *)sqlite3_column_text(s, i);
        bytes.n = (size_t)sqlite3_column_bytes(s, i);
        return T(str_dup(a, bytes));
    case SQLITE_BLOB:
        bytes.p = sqlite3_column_blob(s, i);
        bytes.n = (size_t)sqlite3_column_bytes(s, i);
        return B(str_dup(a, bytes));
    default:
        return NUL;
    }
}

/* Appends the current row; the array doubles inside the arena. */
static void keep(struct arena *a, sqlite3_stmt *s, struct rows *r, size_t *cap)
{
    if (r->n == *cap) {
        size_t more = *cap ? *cap * 4 : 1; /* most statements give one row */
        struct val *v = NEW_N(a, more * r->cols, struct val);
        if (r->n)
            memcpy(v, r->v, r->n * r->cols * sizeof *v);
        r->v = v;
        *cap = more;
    }
    struct val *row = (struct val *)r->v + r->n * r->cols;
    for (size_t i = 0; i < r->cols; i++)
        row[i] = column(a, s, (int)i);
    r->n++;
}

static enum err lite_run(struct conn *c, struct arena *a, const struct query *q, struct args args,
                         struct rows *ret, int64_t *ret_changed)
{
    const struct statement *prepared;
    struct rows rows = {0};
    size_t cap = 0;
    enum err e = lite_get(c, q, &prepared);
    if (e)
        return e;
    sqlite3_stmt *s = prepared->stmt;
    int64_t before = sqlite3_total_changes64(c->handle);
    int rc = bind(prepared, args);
    rows.cols = (size_t)sqlite3_column_count(s);
    while (!rc && (rc = sqlite3_step(s)) == SQLITE_ROW) {
        rc = SQLITE_OK;
        if (ret && rows.n >= MAX_ROWS)
            e = ERR_LARGE;
        else if (ret)
            keep(a, s, &rows, &cap);
    }
    if (rc != SQLITE_DONE)
        e = map(c, rc);
    sqlite3_reset(s);
    sqlite3_clear_bindings(s);
    *ret_changed = sqlite3_total_changes64(c->handle) - before;
    if (ret && !e)
        *ret = rows;
    return e;
}

static enum err say(struct conn *c, const struct query *word, int *ret_rc)
{
    const struct statement *s;
    enum err e = lite_get(c, word, &s);
    if (e)
        return e;
    *ret_rc = sqlite3_step(s->stmt);
    if (*ret_rc != SQLITE_DONE)
        e = map(c, *ret_rc);
    sqlite3_reset(s->stmt);
    return e;
}

/* A full disk makes SQLite roll back by itself: then nothing is left to undo, and what it said stays. */
static enum err lite_control(struct conn *c, const struct query *word)
{
    int rc;
    bool undone = strcmp(word->sql, "ROLLBACK") == 0 && sqlite3_get_autocommit(c->handle);
    return undone ? OK : say(c, word, &rc);
}

static enum err lite_commit(struct conn *c)
{
    static const struct query commit = {"db.commit", "COMMIT"};
    int rc = SQLITE_OK;
    enum err e = say(c, &commit, &rc);
    if ((rc & 0xff) != SQLITE_IOERR)
        return e;
    c->broken = true; /* after a failed fsync nobody knows what is on the disk */
    return ERR_UNKNOWN;
}

static bool lite_in_tx(const struct conn *c)
{
    return !sqlite3_get_autocommit(c->handle);
}

static enum err copy_into(struct db *db, struct arena *a, const char *path, struct str *ret_why)
{
    struct conn *from = NULL;
    sqlite3 *to = NULL;
    enum err e = conn_open(db, false, &from);
    int rc = sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    sqlite3_backup *b = e || rc ? NULL : sqlite3_backup_init(to, "main", from->handle, "main");
    /* -1: all pages in one step; steps of 256 pages never ended beside a writer (2.3). */
    if (b) {
        rc = sqlite3_backup_step(b, -1);
        int end = sqlite3_backup_finish(b); /* only now the error is one of `to` */
        rc = end ? end : rc;
    }
    if (!b || rc != SQLITE_DONE) {
        *ret_why = str_fmt(a, "cannot copy to %s: %s", path, e ? "the data cannot be read" : b ? sqlite3_errstr(rc) : sqlite3_errmsg(to));
        e = ERR_DB;
    }
    if (!e && sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL)) {
        *ret_why = str_fmt(a, "cannot copy to %s: %s", path, sqlite3_errmsg(to));
        e = ERR_DB;
    }
    sqlite3_close_v2(to);
    conn_free(from);
    return e;
}

static enum err lite_backup(struct db *db, struct arena *a, const char *path, struct str *ret_why)
{
    const char *part = str_z(a, str_fmt(a, "%s.part", path));
    mode_t old = umask(077);
    unlink(part);
    enum err e = copy_into(db, a, part, ret_why);
    umask(old);
    struct db *copy;
    if (!e)
        e = db_open(a, str_fmt(a, "sqlite:%s?mode=ro", part), &copy, ret_why);
    if (!e) {
        e = db_check(copy, a, ret_why);
        db_free(copy);
    }
    int fd = e ? -1 : open(part, O_RDONLY | O_CLOEXEC);
    if (!e && (fd < 0 || fsync(fd) || rename(part, path))) {
        *ret_why = str_fmt(a, "cannot finish %s: %s", path, strerror(errno));
        e = ERR_DB;
    }
    if (fd >= 0)
        close(fd);
    if (e)
        unlink(part);
    return e;
}

/* One process has the file. */
static enum err lite_claim(struct db *db, int node)
{
    (void)db;
    (void)node;
    return OK;
}

static enum err lite_keep(struct db *db)
{
    (void)db;
    return OK;
}

const struct db_driver db_sqlite = {
    .name = "SQLite",
    .single_writer = true,
    .open = lite_open,
    .close = lite_close,
    .connect = lite_connect,
    .disconnect = lite_disconnect,
    .prepare = lite_prepare,
    .run = lite_run,
    .script = lite_script,
    .control = lite_control,
    .commit = lite_commit,
    .in_tx = lite_in_tx,
    .begin = {{"db.begin_read", "BEGIN"}, {"db.begin_write", "BEGIN IMMEDIATE"}},
    .claim = lite_claim,
    .keep = lite_keep,
    .backup = lite_backup,
    .check_sql = "PRAGMA quick_check(1)",
};
