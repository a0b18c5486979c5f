/* store.h - idempotency keys, the audit chain and the change feed; all in the caller's transaction. */
#pragma once
#include "http/request.h"

/* Looks for the answer of rq->idem_key. OK: found, rq->reply filled. ERR_NONE: new. ERR_INPUT: the
 * key was used for something else. */
MUST_USE enum err idem_find(struct request *rq, struct str hash);
MUST_USE enum err idem_keep(struct request *rq, struct str hash);
MUST_USE enum err idem_expire(struct request *rq);
/* Drops the answers in which any of these words stands, whoever asked: none can be replayed any more. Empty words are
 * passed over. O(answers of a day), 5 us each on SQLite. */
MUST_USE enum err idem_forget(struct request *rq, const struct str *words, size_t n);
/* Seals the answers that older programs kept in the open: migration 81. */
MUST_USE enum err idem_seal_old(struct tx *t, struct seal *seal);

/* One line of the caller's chain. Chains are per writer, so that writers never wait for each other. Where a
 * transaction stands in its chain; it begins as {.writer = number}, and its end is written by audit_close. */
struct chain {
    int writer;
    bool known, longer; /* read from the database; behind what stands there */
    int64_t n;
    char hash[65];
};
MUST_USE enum err audit_line(struct request *rq, const char *action, const char *object, int64_t id,
                             struct str reason);
/* SHA-256 in hex: as a reason it binds what is too long for a line. */
struct str audit_digest(struct arena *a, struct str s);
/* Before the commit of a transaction, by any request of it. */
MUST_USE enum err audit_close(struct request *rq);
/* Recomputes every chain of the city; ERR_RULE and chain/n of the first bad row. O(rows), the memory of 5,000 of them:
 * a second for some 300,000 rows, so not in a request that somebody waits for. */
MUST_USE enum err audit_verify(struct request *rq, int64_t *ret_rows, int64_t *ret_chain, int64_t *ret_n);

/* A row of `change`: the object `id` of kind `what` is to be read again. */
struct change {
    int64_t n, id;
    struct str what;
    struct change *next;
};
/* Changes behind `n`, ascending, at most 500. */
MUST_USE enum err change_after(struct request *rq, int64_t n, struct change **ret, size_t *ret_n);
MUST_USE enum err change_last(struct request *rq, int64_t *ret);
/* Timer, every hour: rows older than a day, at most 50,000. */
MUST_USE enum err change_expire(struct request *rq);
extern const struct query *const http_queries[];
