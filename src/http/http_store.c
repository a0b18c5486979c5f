/* http_store.c - the SQL of the http layer. */
#include <openssl/evp.h>
#include <stdio.h>
#include <string.h>

#include "http/store.h"
#include "record/seal.h"

enum { KEEP_MS = 24 * HOUR_MS };

static const struct query find_idem = {
    "http.find_idem", "SELECT req_hash, status, type, location, reply FROM idem"
                      " WHERE city = $1 AND idem_key = $2 AND actor = $3"};
static const struct query keep_idem = {
    "http.keep_idem",
    "INSERT INTO idem (city, idem_key, actor, req_hash, status, type, location, reply, expires_ms)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"};
static const struct query expire_idem = {"http.expire_idem",
                                         "DELETE FROM idem WHERE city = $1 AND expires_ms < $2"};
static const struct query kept_idem = {
    "http.kept_idem", "SELECT idem_key, actor, reply FROM idem WHERE city = $1 AND (idem_key > $2 OR (idem_key = $2 AND actor > $3))"
                      " ORDER BY idem_key, actor LIMIT 500"};
static const struct query drop_idem = {"http.drop_idem", "DELETE FROM idem WHERE city = $1 AND idem_key = $2 AND actor = $3"};
static const struct query head = {"http.audit_head",
                                  "SELECT n, hash FROM audit_head WHERE city = $1 AND chain = $2"};
static const struct query set_head = {
    "http.set_audit_head", "INSERT INTO audit_head (city, chain, n, hash) VALUES ($1, $2, $3, $4)"
                           " ON CONFLICT (city, chain) DO UPDATE SET n = $3, hash = $4"};
static const struct query add_audit = {
    "http.add_audit",
    "INSERT INTO audit (city, chain, n, at_ms, actor_id, roles, action, object, object_id, reason,"
    " prev, hash) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"};
/* Also a chain whose head is gone: its lines are still there. */
static const struct query heads = {
    "http.audit_heads", "WITH a AS (SELECT city, chain FROM audit_head WHERE city = $1 UNION SELECT city, chain FROM audit WHERE city = $1)"
                        " SELECT a.chain, h.n, h.hash FROM a LEFT JOIN audit_head h ON h.city = a.city AND h.chain = a.chain WHERE a.city = $1 ORDER BY a.chain"};
static const struct query chain_rows = {
    "http.audit_rows", "SELECT n, at_ms, actor_id, roles, action, object, object_id, reason, prev, hash"
                       " FROM audit WHERE city = $1 AND chain = $2 AND n > $3 ORDER BY n LIMIT 5000"};
static const struct query add_change = {
    "http.add_change", "INSERT INTO change (city, n, what, id) VALUES ($1, $2, $3, $4)"};
static const struct query changes_after = {
    "http.changes_after",
    "SELECT n, what, id FROM change WHERE city = $1 AND n > $2 ORDER BY n LIMIT 500"};
static const struct query last_change = {"http.last_change",
                                         "SELECT max(n) FROM change WHERE city = $1"};
static const struct query expire_change = {
    "http.expire_change", "DELETE FROM change WHERE city = $1 AND n IN (SELECT n FROM change WHERE city = $1 AND n < $2"
                          " ORDER BY n LIMIT 50000)"};

const struct query *const http_queries[] = {
    &find_idem, &keep_idem,  &expire_idem, &kept_idem, &drop_idem, &head,          &set_head,    &add_audit, &heads,
    &chain_rows, &add_change, &changes_after, &last_change, &expire_change, NULL};

static struct str actor(struct request *rq)
{
    return rq->who->account_id ? str_fmt(rq->a, "%lld", (long long)rq->who->account_id)
                               : str_fmt(rq->a, "ip %.*s", SV(rq->ip));
}

static struct seal_where idem_where(struct arena *a, int64_t city, struct str key, struct str who)
{
    return (struct seal_where){"idem", str_z(a, str_fmt(a, "%.*s of %.*s", SV(key), SV(who))), city, 0};
}

enum err idem_find(struct request *rq, struct str hash)
{
    const struct val *row;
    enum err e = db_row(rq->tx, rq->a, &find_idem, ARGS(I(rq->city), T(rq->idem_key), T(actor(rq))), &row);
    if (e)
        return e;
    if (!str_eq(val_str(row), hash))
        return fail(rq, ERR_INPUT, "idem.other");
    struct str body = S("");
    if (val_str(row + 4).n && !seal_get(rq->app->seal, rq->a, idem_where(rq->a, rq->city, rq->idem_key, actor(rq)), val_str(row + 4), &body))
        return ERR_DB;
    reply_text(rq, (int)val_i64(row + 1), str_z(rq->a, val_str(row + 2)), body);
    rq->reply.location = val_str(row + 3);
    return OK;
}

enum err idem_keep(struct request *rq, struct str hash)
{
    const struct reply *r = &rq->reply;
    struct str body = r->body.n ? seal_put(rq->app->seal, rq->a, idem_where(rq->a, rq->city, rq->idem_key, actor(rq)), r->body) : S("");
    return db_run(rq->tx, &keep_idem,
                  ARGS(I(rq->city), T(rq->idem_key), T(actor(rq)), T(hash), I(r->status), T(str_c(r->type)),
                       T(r->location), B(body), I(rq->now_ms + KEEP_MS)),
                  NULL);
}

enum err idem_expire(struct request *rq)
{
    return db_run(rq->tx, &expire_idem, ARGS(I(rq->city), I(rq->now_ms)), NULL);
}

static bool names(struct str text, const struct str *words, size_t n)
{
    while (n-- > 0)
        if (words[n].n && str_find(text, words[n]) >= 0)
            return true;
    return false;
}

enum err idem_forget(struct request *rq, const struct str *words, size_t n)
{
    struct arena at, page; /* of the key that a page ends with, and of a page */
    struct rows rows = {.n = 1};
    struct str key = S(""), who = S(""), body;
    enum err e = OK;
    arena_init(&at, 0);
    arena_init(&page, 0);
    for (; !e && rows.n; arena_reset(&page)) {
        e = db_rows(rq->tx, &page, &kept_idem, ARGS(I(rq->city), T(key), T(who)), &rows);
        arena_reset(&at);
        for (size_t i = 0; !e && i < rows.n; i++) {
            const struct val *v = row_at(&rows, i);
            struct seal_where w = idem_where(&page, rq->city, val_str(v), val_str(v + 1));
            key = str_dup(&at, val_str(v));
            who = str_dup(&at, val_str(v + 1));
            if (val_str(v + 2).n && seal_get(rq->app->seal, &page, w, val_str(v + 2), &body) && names(body, words, n))
                e = db_run(rq->tx, &drop_idem, ARGS(I(rq->city), T(key), T(who)), NULL);
        }
    }
    arena_done(&page);
    arena_done(&at);
    return e;
}

enum err idem_seal_old(struct tx *t, struct seal *seal)
{
    static const struct query open = {"http.idem_open", "SELECT city, idem_key, actor, body FROM idem WHERE city IS NOT NULL AND body <> '' LIMIT 5000"};
    static const struct query put = {"http.idem_put", "UPDATE idem SET reply = $4, body = '' WHERE city = $1 AND idem_key = $2 AND actor = $3"};
    struct arena a;
    struct rows rows;
    enum err e;
    arena_init(&a, 0);
    do {
        arena_reset(&a);
        e = db_rows(t, &a, &open, NO_ARGS, &rows);
        for (size_t i = 0; !e && i < rows.n; i++) {
            const struct val *v = row_at(&rows, i);
            struct seal_where w = idem_where(&a, val_i64(v), val_str(v + 1), val_str(v + 2));
            e = db_run(t, &put, ARGS(v[0], v[1], v[2], B(seal_put(seal, &a, w, val_str(v + 3)))), NULL);
        }
    } while (!e && rows.n);
    arena_done(&a);
    return e;
}

struct str audit_digest(struct arena *a, struct str s)
{
    unsigned char md[32];
    unsigned n = sizeof md;
    BUG_ON(!EVP_Digest(s.p, s.n, md, &n, EVP_sha256(), NULL));
    return seal_hex(a, (struct str){(const char *)md, n});
}

/* The end of this writer's chain: read by the first line of a transaction, written after the last. */
static enum err chain_end(struct request *rq, struct chain *c)
{
    const struct val *row;
    enum err e = c->known ? OK : db_row(rq->tx, rq->a, &head, ARGS(I(rq->city), I(c->writer)), &row);
    if (e && e != ERR_NONE)
        return e;
    if (!c->known && e == OK) {
        c->n = val_i64(row);
        snprintf(c->hash, sizeof c->hash, "%.*s", SV(val_str(row + 1)));
    }
    c->known = true;
    return OK;
}

enum err audit_close(struct request *rq)
{
    const struct chain *c = rq->chain;
    return c->longer ? db_run(rq->tx, &set_head, ARGS(I(rq->city), I(c->writer), I(c->n), T(str_c(c->hash))), NULL) : OK;
}

struct audit_row {
    int64_t n, at_ms, actor_id, roles, object_id;
    struct str action, object, reason, prev;
};

static struct str audit_hash(struct arena *a, int64_t city, const struct audit_row *r)
{
    return audit_digest(a, str_fmt(a, "%lld|%lld|%lld|%lld|%lld|%.*s|%.*s|%lld|%.*s|%.*s", (long long)city,
                                 (long long)r->n, (long long)r->at_ms, (long long)r->actor_id,
                                 (long long)r->roles, SV(r->action), SV(r->object),
                                 (long long)r->object_id, SV(r->reason), SV(r->prev)));
}

enum err audit_line(struct request *rq, const char *action, const char *object, int64_t id,
                    struct str reason)
{
    struct chain *c = rq->chain;
    enum err e = chain_end(rq, c);
    if (e)
        return e;
    struct audit_row r = {.n = c->n + 1, .at_ms = rq->now_ms, .actor_id = rq->who->account_id,
                          .roles = rq->who->roles, .object_id = id, .action = str_c(action),
                          .object = str_c(object), .reason = reason, .prev = str_c(c->hash)};
    struct str hash = audit_hash(rq->a, rq->city, &r);
    e = db_run(rq->tx, &add_audit,
               ARGS(I(rq->city), I(c->writer), I(r.n), I(r.at_ms), I(r.actor_id), I(r.roles), T(r.action),
                    T(r.object), I(r.object_id), T(r.reason), T(r.prev), T(hash)),
               NULL);
    if (e) /* somebody else wrote this line since we read the end: the end is to be read again */
        return e == ERR_CONFLICT ? ERR_BUSY : e;
    c->n = r.n;
    c->longer = true;
    memcpy(c->hash, hash.p, hash.n);
    return OK;
}

void audit_about(struct request *rq, const struct record *rec, int64_t id)
{
    rq->audit_object = rec->name;
    rq->audit_id = id;
}

enum err audit_note(struct request *rq, const char *action, const char *object, int64_t id,
                    struct str reason)
{
    return audit_line(rq, action, object, id, reason);
}

/* The next rows of a chain behind c->n, of which c->hash is the last hash; *ret_n is the one that was looked at last.
 * ERR_NONE: there are no more. */
static enum err verify_block(struct request *rq, struct arena *a, struct chain *c, int64_t *ret_n)
{
    struct rows rows;
    *ret_n = c->n + 1;
    enum err e = db_rows(rq->tx, a, &chain_rows, ARGS(I(rq->city), I(c->writer), I(c->n)), &rows);
    if (e || rows.n == 0)
        return e ? e : ERR_NONE;
    for (size_t i = 0; i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        struct audit_row r = {val_i64(v),     val_i64(v + 1), val_i64(v + 2), val_i64(v + 3), val_i64(v + 6),
                              val_str(v + 4), val_str(v + 5), val_str(v + 7), val_str(v + 8)};
        struct str hash = val_str(v + 9);
        *ret_n = c->n + 1;
        if (r.n != c->n + 1 || !str_eq(r.prev, str_c(c->hash)) || !str_eq(audit_hash(a, rq->city, &r), hash))
            return ERR_RULE;
        c->n = r.n;
        memcpy(c->hash, hash.p, hash.n); /* as long as a digest, as it is one */
    }
    return OK;
}

/* Follows one chain from its beginning to its last line, which the head names; a block of rows in memory at a time. */
static enum err verify_chain(struct request *rq, int64_t chain, const struct val *head_row, int64_t *ret_n)
{
    struct chain c = {.writer = (int)chain};
    struct arena block;
    int64_t named = val_i64(head_row + 1);
    enum err e = OK;
    arena_init(&block, 0);
    for (; !e; arena_reset(&block))
        e = verify_block(rq, &block, &c, ret_n);
    arena_done(&block);
    if (e != ERR_NONE)
        return e;
    if (c.n > named) /* else the tail was cut off, or nothing was */
        *ret_n = named + 1;
    return c.n == named && str_eq(str_c(c.hash), val_str(head_row + 2)) ? OK : ERR_RULE;
}

enum err audit_verify(struct request *rq, int64_t *ret_rows, int64_t *ret_chain, int64_t *ret_n)
{
    struct rows all;
    enum err e = db_rows(rq->tx, rq->a, &heads, ARGS(I(rq->city)), &all);
    *ret_rows = 0;
    for (size_t i = 0; !e && i < all.n; i++) {
        const struct val *v = row_at(&all, i);
        *ret_chain = val_i64(v);
        e = verify_chain(rq, *ret_chain, v, ret_n);
        *ret_rows += val_i64(v + 1);
    }
    return e;
}

enum err change_put(struct request *rq, const char *what, int64_t id)
{
    struct change *c = NEW(rq->a, struct change);
    *c = (struct change){new_id(rq), id, str_c(what), rq->changes};
    rq->changes = c;
    return db_run(rq->tx, &add_change, ARGS(I(rq->city), I(c->n), T(c->what), I(id)), NULL);
}

enum err change_after(struct request *rq, int64_t n, struct change **ret, size_t *ret_n)
{
    struct rows rows;
    enum err e = db_rows(rq->tx, rq->a, &changes_after, ARGS(I(rq->city), I(n)), &rows);
    if (e)
        return e;
    *ret = NEW_N(rq->a, rows.n, struct change);
    *ret_n = rows.n;
    for (size_t i = 0; i < rows.n; i++) {
        const struct val *v = row_at(&rows, i);
        (*ret)[i] = (struct change){.n = val_i64(v), .what = val_str(v + 1), .id = val_i64(v + 2)};
    }
    return OK;
}

enum err change_last(struct request *rq, int64_t *ret)
{
    const struct val *row;
    enum err e = db_row(rq->tx, rq->a, &last_change, ARGS(I(rq->city)), &row);
    *ret = e ? 0 : val_i64(row);
    return e;
}

enum err change_expire(struct request *rq)
{
    return db_run(rq->tx, &expire_change, ARGS(I(rq->city), I(id_from(rq->now_ms - DAY_MS))), NULL);
}
