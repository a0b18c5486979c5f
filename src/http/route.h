/* route.h - the route table: who may call, what comes in, what is returned. The router does, in
 * this order: match, rate limit, session, CSRF, role, idempotency, body, transaction, ownership,
 * handler, audit row, commit, reply. No handler ever asks for a role. */
#pragma once
#include "http/request.h"

struct sheet_column;
struct rate {
    int32_t n, per_s; /* n calls per per_s seconds and caller (session, else address /64) */
    bool address;     /* by address whatever session: for what gets somebody a session */
};
#define PER_MINUTE(x)                                                                              \
    {                                                                                              \
        .n = (x), .per_s = 60                                                                      \
    }
#define PER_HOUR(x)                                                                                \
    {                                                                                              \
        .n = (x), .per_s = 3600                                                                    \
    }
#define PER_HOUR_AND_ADDRESS(x)                                                                    \
    {                                                                                              \
        .n = (x), .per_s = 3600, .address = true                                                   \
    }

struct route {
    enum method method;
    const char *path; /* "/api/v1/jobs/:job/close"; written out whole, never assembled */
    uint32_t
        roles; /* who may call; 0 refuses to start; open to all is PUBLIC | SIGNED_IN = ANYONE */
    enum err (*run)(struct request *rq);
    const struct record *in;  /* body for POST/PUT/PATCH, query string for GET; NULL = none taken */
    const struct record *out; /* what comes back, for OpenAPI; NULL = page or nothing */
    /* Loads the object into rq->object and decides whether this caller may: OK, ERR_NONE (not for
     * his eyes) or ERR_DENIED. Runs in the transaction, before run. */
    enum err (*owns)(struct request *rq);
    /* For a form: the GET handler that shows it again with rq->problem and rq->in on error. */
    enum err (*form)(struct request *rq);
    struct rate rate; /* 0 = 600 writes a minute, reads free */
    const char *to;   /* for reply_moved: where this address went */
    bool list;        /* out is a list of records */
    bool no_tx;       /* no transaction: static pages, health */
    const struct sheet_column *sheet; /* of a list: how it looks as a workbook; NULL = JSON only */
    bool stream;      /* SSE */
    bool cached;      /* looks the same to every stranger: kept in RAM until something changes */
    /* Slow work (password hashing) done before, on a helper thread in a read transaction; its
     * result goes to rq->before. */
    enum err (*before)(struct request *rq);
    int64_t body_max; /* bytes; 0 = 64 KiB */
    const char *doc;  /* one English line for OpenAPI and `lingji routes` */
};
#define ROUTE(m, p, who, fn, ...)                                                                  \
    {                                                                                              \
        .method = m, .path = p, .roles = who, .run = fn, __VA_ARGS__                               \
    }
