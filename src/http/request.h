/* request.h - one request as a handler sees it: who asks, what came in (already read and checked
 * through a field table), the transaction, and the reply. A handler is: rule -> store -> reply.
 * Everything allocated from rq->a lives until the reply has left. */
#pragma once
#include "base/rule.h"
#include "db/db.h"
#include "http/app.h"
#include "http/session.h"
#include "record/field.h"

enum lang { LANG_ZH, LANG_EN };
enum method { GET, POST, PUT, PATCH, DELETE, METHODS };

struct problem {
    enum err err;
    const struct rule *rule; /* for ERR_RULE */
    const char *key;         /* text key of the detail */
    struct str arg;          /* fills {{arg}} */
    struct errors fields;
    int32_t retry_s; /* Retry-After, 0 = none */
};

enum reply_kind { REPLY_NONE, REPLY_BYTES, REPLY_STREAM };
struct reply {
    enum reply_kind kind;
    int status;
    const char *type; /* content type, static */
    struct str body;
    struct str location;   /* for 201 and 303 */
    struct str cookies[4]; /* whole Set-Cookie values */
    size_t n_cookies;
    struct str etag;     /* quoted, or empty */
    int32_t max_age_s;   /* 0 = no-store, the default; with an etag: to be asked again */
    const char *topic;   /* for REPLY_STREAM: hub topic */
    struct str filename; /* Content-Disposition: attachment */
    struct str range;    /* Content-Range; "bytes" alone: parts may be asked for */
};

enum { MAX_PARAMS = 4 };
struct param {
    const char *name; /* of the route's :name */
    struct str value;
};

struct request {
    struct app *app;
    struct arena *a;
    struct tx *tx;
    const struct route *route;
    const struct session *who;
    int64_t now_ms;
    int64_t city; /* the city this request is about */
    enum lang lang;
    bool html, sheet; /* the caller wants a page: form posts and browsers; or a workbook, where there is one */
    enum method method;
    struct str path, query, body, body_type, ip, idem_key, referer, range;
    struct str cookie_size; /* "", "l", "xl", "max", "elder": from the size cookie */
    struct str cookie_typed; /* what reply_next kept, sealed */
    bool contrast;          /* light on black: from the contrast cookie */
    struct param params[MAX_PARAMS];
    uint32_t allowed; /* bit m: the address takes method m */
    void *in;         /* what route->in read: body, or query for GET; zeroed if absent */
    uint64_t in_seen; /* bit i: field i of route->in was given */
    void *object;     /* what route->owns loaded */
    struct problem problem;
    struct reply reply;
    const char *audit_object; /* record name for the audit line, set by audit_about */
    int64_t audit_id;
    struct str audit_reason;
    bool keep;             /* commit what the handler wrote although it fails (failed sign-ins) */
    void *before;          /* what route->before prepared */
    struct str topics[8];  /* to wake after the commit */
    size_t n_topics;
    /* For the router alone: */
    struct str token, token_mac, csrf, origin, host, agent, fetch_site, if_none_match;
    bool unattended; /* a screen asks by itself, before which nobody is: no use of the session */
    bool bearer, replayed, accepts_br, accepts_gzip; /* bearer: the token came in a header, not from a browser */
    struct change *changes; /* written by this attempt; store.h */
    struct chain *chain;    /* of audit lines, that this writer appends to; store.h */
    struct session session;
    bool renew; /* the session is due: router_renew, once the reply is made */
    struct str renewed;
};

/* A number of the rule files as it stands today in this city ("age.min"), else `otherwise`. */
int64_t rule_number(const struct request *rq, const char *name, int64_t otherwise);
/* ---- failing: `return fail(...)`; the text key must exist in both languages ---- */
enum err fail(struct request *rq, enum err e, const char *key);
enum err fail_field(struct request *rq, const char *field, const char *key, struct str arg); /* ERR_INPUT */
enum err refuse(struct request *rq, const struct rule *rule); /* ERR_RULE */
enum err refuse_arg(struct request *rq, const struct rule *rule, struct str arg);

/* ---- what came in ---- */
int64_t param_id(const struct request *rq, const char *name); /* 0 if not an id */
struct str param(const struct request *rq, const char *name);
struct str query_get(const struct request *rq, struct arena *a, const char *name); /* decoded, or empty */
bool own_page(struct str path); /* of this site: no other host, nothing a header could break on, not where a form was sent */
struct str page_before(const struct request *rq); /* the own page the browser was on, by its Referer; or empty */
bool given(const struct request *rq, const char *field); /* route->in has the field, and it was sent */
int64_t new_id(struct request *rq);

/* ---- replying; each returns OK ---- */
enum err reply_record(struct request *rq, int status, const struct record *rec, const void *v);
/* n values of rec->size bytes, one after the other; next = 0 when there is no further page. */
enum err reply_items(struct request *rq, const struct record *rec, const void *v, size_t n,
                     int64_t next);
enum err reply_text(struct request *rq, int status, const char *type, struct str body);
enum err reply_none(struct request *rq); /* 204 */
enum err reply_ranges(struct request *rq, const char *type, struct str body); /* the part asked for (Range), or all */
/* After a write: JSON callers get the record, browsers a 303 to `location`. rec may be NULL. */
enum err reply_done(struct request *rq, int status, const struct record *rec, const void *v, struct str location);
enum err reply_see(struct request *rq, struct str location);  /* 303 */
enum err reply_stream(struct request *rq, const char *topic); /* SSE */
void reply_cookie(struct request *rq, struct str set_cookie);

/* ---- from a form to the page after it, which Back, another size of type and another language find again ---- */
/* 303 to an own page. What was typed goes along in a cookie, sealed and for that page alone: no address or log holds it. */
enum err reply_next(struct request *rq, struct str page);
bool typed_before(struct request *rq, const struct record *form, void *ret); /* false: nothing, or for another page */
void typed_forget(struct request *rq);

/* ---- words in the caller's language; of a key that is not there the key ---- */
struct str text(const struct request *rq, const char *key);
struct str text_with(const struct request *rq, const char *key, struct str arg); /* arg in the place of {{arg}} */
struct str text_n(const struct request *rq, const char *key, int64_t n);
struct str text_of(const struct request *rq, const char *words, const char *choice); /* "trade", "kitchen": of trade.kitchen */

/* ---- audit: the router writes one row per successful write in the same transaction ---- */
void audit_about(struct request *rq, const struct record *rec, int64_t id);
/* An extra row, e.g. for opening a sealed field. `reason` is required by the caller's form. */
MUST_USE enum err audit_note(struct request *rq, const char *action, const char *object, int64_t id,
                             struct str reason);

/* ---- telling the engine: a row in `change`, in the same transaction; delivered in order ---- */
MUST_USE enum err change_put(struct request *rq, const char *what, int64_t id);

/* ---- afterwards, only if the commit was done ---- */
/* Wakes everybody on an SSE topic ("hall", "employer.<id>"). Copied. */
void publish_after(struct request *rq, struct str topic);
