/* db_pg.c - PostgreSQL through libpq. Own deadlines; a commit whose answer is lost is ERR_UNKNOWN,
 * never retried blindly and never cancelled (reliability.md 1.2, second trap). */
#include <libpq-fe.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <time.h>

#include "db/driver.h"

enum { CACHE = 2048, STATEMENT_MS = 3000, MAX_ARGS = 64, CLAIMS = 0x6c6a /* the first key of our advisory locks */ };
enum {
    OID_BOOL = 16,
    OID_BYTEA = 17,
    OID_INT8 = 20,
    OID_INT2 = 21,
    OID_INT4 = 23,
    OID_TEXT = 25,
    OID_FLOAT4 = 700,
    OID_FLOAT8 = 701,
    OID_NUMERIC = 1700
};

struct statement {
    const struct query *q;
    uint64_t kinds; /* hash of the argument kinds it was prepared for */
};

struct cache {
    struct statement v[CACHE];
};

static enum err map(struct conn *c, const PGresult *r)
{
    static const struct {
        const char *state;
        enum err e;
        const char *advice;
    } table[] = {
        {"40001", ERR_BUSY, NULL},     {"40P01", ERR_BUSY, NULL},     {"55P03", ERR_BUSY, NULL},
        {"23505", ERR_CONFLICT, NULL}, {"23503", ERR_CONFLICT, NULL}, {"23514", ERR_CONFLICT, NULL},
        {"23502", ERR_CONFLICT, NULL}, {"53100", ERR_FULL, NULL},
        {"53200", ERR_BUSY, "raise max_pred_locks_per_transaction of PostgreSQL (docs/run.md)"},
    };
    const char *state = r ? PQresultErrorField(r, PG_DIAG_SQLSTATE) : NULL;
    conn_fail(c, "%s", r ? PQresultErrorMessage(r) : PQerrorMessage(c->handle));
    for (size_t i = 0; state && i < sizeof table / sizeof *table; i++)
        if (strcmp(state, table[i].state) == 0) {
            c->advice = table[i].advice;
            return table[i].e;
        }
    bool gone = !state || strncmp(state, "08", 2) == 0 || strncmp(state, "57P", 3) == 0 ||
                strcmp(state, "25006") == 0 || strcmp(state, "53300") == 0;
    if (gone)
        c->broken = true;
    return gone ? ERR_BUSY : ERR_DB;
}

static int64_t mono_ms(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Waits for the result of what was sent; NULL when the deadline passed or the line broke. */
static PGresult *await(struct conn *c)
{
    int64_t until = mono_ms() + STATEMENT_MS;
    while (PQisBusy(c->handle)) {
        struct pollfd p = {.fd = PQsocket(c->handle), .events = POLLIN};
        int64_t left = until - mono_ms();
        if (left <= 0 || poll(&p, 1, (int)left) <= 0 || !PQconsumeInput(c->handle)) {
            conn_fail(c, "no answer within %d ms", STATEMENT_MS);
            c->broken = true;
            return NULL;
        }
    }
    PGresult *r = PQgetResult(c->handle), *more;
    while ((more = PQgetResult(c->handle)))
        PQclear(more);
    return r;
}

static enum err finish(struct conn *c, PGresult *r)
{
    ExecStatusType s = PQresultStatus(r);
    bool good = s == PGRES_COMMAND_OK || s == PGRES_TUPLES_OK;
    enum err e = good ? OK : c->broken && !r ? ERR_BUSY : map(c, r);
    return e;
}

static enum err pg_script(struct conn *c, struct str s)
{
    char *z = xmalloc(s.n + 1);
    memcpy(z, s.p, s.n);
    z[s.n] = 0;
    PGresult *r = c->broken || !PQsendQuery(c->handle, z) ? NULL : await(c);
    xfree(z);
    enum err e = finish(c, r);
    PQclear(r);
    return e;
}

/* "committed locally, but might not have been replicated": done here, unknown elsewhere. */
static void notice(void *arg, const PGresult *r)
{
    struct conn *c = arg;
    const char *m = PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY);
    if (m && strstr(m, "synchronous replication"))
        c->unsure = true;
}

static enum err pg_open(struct arena *a, struct db *db, struct str *ret_why)
{
    struct conn *c;
    enum err e = conn_open(db, true, &c);
    if (e)
        *ret_why = str_fmt(a, "PostgreSQL does not answer: %s", c->error);
    conn_free(c);
    return e ? ERR_DB : OK;
}

static void pg_close(struct db *db)
{
    conn_free(db->claim);
}

/* One statement that gives one yes or no, or no row. */
static enum err ask(struct conn *c, const char *sql, bool *ret_yes)
{
    PGresult *r = !c->broken && PQsendQuery(c->handle, sql) ? await(c) : NULL;
    enum err e = finish(c, r);
    *ret_yes = !e && PQntuples(r) && strcmp(PQgetvalue(r, 0, 0), "t") == 0;
    PQclear(r);
    return e;
}

/* What holds the node may be a connection of this process that the server has not yet missed: it is ended, and
 * gone the next time. */
static enum err hold(struct conn *c)
{
    char take[80], end_own[400], name[120];
    const struct db *db = c->db;
    bool mine, own = false;
    snprintf(take, sizeof take, "SELECT pg_try_advisory_lock(%d, %d)", CLAIMS, db->claim_node);
    snprintf(end_own, sizeof end_own,
             "SELECT pg_terminate_backend(a.pid) FROM pg_locks l JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype ="
             " 'advisory' AND l.classid = %d AND l.objid = %d AND a.application_name = '%s'", CLAIMS, db->claim_node, db->claim_name);
    snprintf(name, sizeof name, "SET application_name = '%s'", db->claim_name);
    /* a machine that has gone without a word holds it for half a minute */
    enum err e = pg_script(c, S("SET tcp_keepalives_idle = 10; SET tcp_keepalives_interval = 5; SET tcp_keepalives_count = 4"));
    e = e ? e : pg_script(c, str_c(name));
    e = e ? e : ask(c, take, &mine);
    if (e || mine)
        return e;
    e = ask(c, end_own, &own);
    if (e || own)
        return e ? e : ERR_BUSY;
    e = ask(c, take, &mine); /* it may have gone between the two */
    return e || mine ? e : ERR_CONFLICT;
}

/* Held by a connection of its own, and gone with it: nothing is left behind by a process that dies, or that claims anew. */
static enum err take_node(struct db *db)
{
    struct conn *c;
    conn_free(db->claim);
    db->claim = NULL;
    enum err e = conn_open(db, false, &c);
    e = e ? e : hold(c);
    if (e)
        conn_free(c);
    else
        db->claim = c;
    return e;
}

static enum err pg_claim(struct db *db, int node)
{
    uint64_t r;
    BUG_ON(getrandom(&r, sizeof r, 0) != sizeof r);
    db->claim_node = node;
    snprintf(db->claim_name, sizeof db->claim_name, "lingji node %d %016llx", node, (unsigned long long)r);
    return take_node(db);
}

static enum err pg_keep(struct db *db)
{
    if (!db->claim_name[0] || (db->claim && pg_script(db->claim, S("SELECT 1")) == OK))
        return OK;
    return take_node(db);
}

static enum err pg_connect(struct conn *c, bool writer)
{
    const char *const keys[] = {"dbname",          "connect_timeout", "application_name",
                                "client_encoding", "options",         NULL};
    const char *const vals[] = {
        c->db->url, "2", "lingji", "UTF8", "-c bytea_output=hex -c extra_float_digits=1", NULL};
    (void)writer;
    c->cache = xcalloc(1, sizeof(struct cache));
    c->handle = PQconnectdbParams(keys, vals, 1);
    if (PQstatus(c->handle) != CONNECTION_OK)
        return map(c, NULL);
    PQsetNoticeReceiver(c->handle, notice, c);
    return OK;
}

static void pg_disconnect(struct conn *c)
{
    PQfinish(c->handle);
    xfree(c->cache);
}

static Oid oid_of(enum val_kind k)
{
    static const Oid oids[] = {[VAL_NULL] = 0,
                               [VAL_INT] = OID_INT8,
                               [VAL_REAL] = OID_FLOAT8,
                               [VAL_TEXT] = OID_TEXT,
                               [VAL_BLOB] = OID_BYTEA};
    return oids[k];
}

/* The server-side statement for q with these argument kinds; its name in `name`. */
static enum err get(struct conn *c, const struct query *q, struct args args, char name[24])
{
    struct cache *cache = c->cache;
    Oid types[MAX_ARGS];
    uint64_t kinds = args.n;
    BUG_ON(args.n > MAX_ARGS);
    for (size_t i = 0; i < args.n; i++) {
        types[i] = oid_of(args.v[i].kind);
        kinds = kinds * 31 + types[i] + 1;
    }
    size_t at = (size_t)(((uintptr_t)q >> 4) * 2654435761u + kinds * 40503u) % CACHE, from = at;
    while (cache->v[at].q && (cache->v[at].q != q || cache->v[at].kinds != kinds)) {
        at = (at + 1) % CACHE;
        BUG_ON(at == from);
    }
    snprintf(name, 24, "q%zu", at);
    if (cache->v[at].q)
        return OK;
    if (c->broken || !PQsendPrepare(c->handle, name, q->sql, (int)args.n, types))
        return map(c, NULL);
    PGresult *r = await(c);
    enum err e = finish(c, r);
    PQclear(r);
    if (!e)
        cache->v[at] = (struct statement){q, kinds};
    return e;
}

static enum err pg_prepare(struct conn *c, const struct query *q)
{
    char name[24];
    return get(c, q, NO_ARGS, name);
}

struct wire {
    const char *p[MAX_ARGS];
    int n[MAX_ARGS], format[MAX_ARGS];
    char number[MAX_ARGS][32];
};

static void to_wire(struct wire *w, struct args args)
{
    for (size_t i = 0; i < args.n; i++) {
        const struct val *v = &args.v[i];
        w->p[i] = w->number[i];
        if (v->kind == VAL_INT)
            snprintf(w->number[i], sizeof w->number[i], "%lld", (long long)v->i);
        else if (v->kind == VAL_REAL)
            snprintf(w->number[i], sizeof w->number[i], "%.17g", v->f);
        else if (v->kind == VAL_NULL)
            w->p[i] = NULL;
        else
            w->p[i] = v->s.n ? v->s.p : "";
        bool bytes = v->kind == VAL_TEXT || v->kind == VAL_BLOB;
        w->format[i] = bytes; /* binary, so that no NUL is needed at the end */
        w->n[i] = bytes ? (int)v->s.n : 0;
    }
}

static struct val number(struct arena *a, struct str s)
{
    int64_t i;
    double f;
    struct str whole = s;
    ptrdiff_t dot = str_find(s, S("."));
    if (dot >= 0 && strspn(s.p + dot + 1, "0") == s.n - (size_t)dot - 1)
        whole.n = (size_t)dot;
    if (str_i64(whole, &i))
        return I(i);
    f = strtod(str_z(a, s), NULL);
    return F(f);
}

static struct val cell(struct arena *a, const PGresult *r, int row, int col)
{
    if (PQgetisnull(r, row, col))
        return NUL;
    struct str s = {PQgetvalue(r, row, col), (size_t)PQgetlength(r, row, col)};
    size_t n;
    switch (PQftype(r, col)) {
    case OID_BOOL:
        return I(s.p[0] == 't');
    case OID_INT2:
    case OID_INT4:
    case OID_INT8:
    case OID_NUMERIC:
        return number(a, s);
    case OID_FLOAT4:
    case OID_FLOAT8:
        return F(strtod(s.p, NULL));
    case OID_BYTEA: {
        unsigned char *raw = PQunescapeBytea((const unsigned char *)s.p, &n);
        BUG_ON(!raw);
        struct val v = B(str_dup(a, ((struct str){(const char *)raw, n})));
        PQfreemem(raw);
        return v;
    }
    default:
        return T(str_dup(a, s));
    }
}

static enum err take(struct arena *a, const PGresult *r, struct rows *ret)
{
    size_t n = (size_t)PQntuples(r), cols = (size_t)PQnfields(r);
    if (n > MAX_ROWS)
        return ERR_LARGE;
    struct val *v = NEW_N(a, n * cols, struct val);
    for (size_t i = 0; i < n * cols; i++)
        v[i] = cell(a, r, (int)(i / cols), (int)(i % cols));
    *ret = (struct rows){v, n, cols};
    return OK;
}

static enum err pg_run(struct conn *c, struct arena *a, const struct query *q, struct args args,
                       struct rows *ret, int64_t *ret_changed)
{
    char name[24];
    struct wire w;
    enum err e = get(c, q, args, name);
    if (e)
        return e;
    to_wire(&w, args);
    if (!PQsendQueryPrepared(c->handle, name, (int)args.n, w.p, w.n, w.format, 0))
        return map(c, NULL);
    PGresult *r = await(c);
    e = finish(c, r);
    if (!e && ret)
        e = take(a, r, ret);
    *ret_changed = e || strncmp(PQcmdStatus(r), "SELECT", 6) == 0 ? 0 : atoll(PQcmdTuples(r));
    PQclear(r);
    return e;
}

static enum err pg_control(struct conn *c, const struct query *word)
{
    return pg_script(c, str_c(word->sql));
}

static bool pg_in_tx(const struct conn *c)
{
    return PQtransactionStatus(c->handle) == PQTRANS_INTRANS;
}

static enum err pg_commit(struct conn *c)
{
    c->unsure = false;
    PGresult *r = c->broken || !PQsendQuery(c->handle, "COMMIT") ? NULL : await(c);
    bool answered = r && PQresultErrorField(r, PG_DIAG_SQLSTATE);
    enum err e = finish(c, r);
    bool rolled_back = !e && strcmp(PQcmdStatus(r), "ROLLBACK") == 0;
    PQclear(r);
    if (e && !answered) {
        c->broken = true;
        return ERR_UNKNOWN;
    }
    if (rolled_back)
        return ERR_BUSY;
    return c->unsure ? ERR_UNKNOWN : e;
}

static enum err pg_backup(struct db *db, struct arena *a, const char *path, struct str *ret_why)
{
    (void)db;
    *ret_why = str_fmt(a, "on PostgreSQL use: pg_dump -Fc -f %s (or pgBackRest)", path);
    return ERR_NONE;
}

const struct db_driver db_pg = {
    .name = "PostgreSQL",
    .open = pg_open,
    .close = pg_close,
    .connect = pg_connect,
    .disconnect = pg_disconnect,
    .prepare = pg_prepare,
    .run = pg_run,
    .script = pg_script,
    .control = pg_control,
    .commit = pg_commit,
    .in_tx = pg_in_tx,
    .begin = {{"db.begin_read", "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"},
              {"db.begin_write", "BEGIN ISOLATION LEVEL SERIALIZABLE"}},
    .claim = pg_claim,
    .keep = pg_keep,
    .clock_sql = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)",
    .backup = pg_backup,
    .check_sql = "SELECT 'ok'",
};
