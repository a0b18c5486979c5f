/* err.h - how things fail: the world or the caller (enum err), a domain rule (rule.h), or the
 * programmer (BUG_ON). Nothing else in the program invents a kind of failure. */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define MUST_USE __attribute__((warn_unused_result))

/* name, HTTP status, stable code in problem+json; the text for people has the key "err.<code>". */
#define ERR_LIST(X)                                                                                \
    X(OK, 200, "ok")                                                                               \
    X(ERR_INPUT, 422, "input")   /* a field is wrong; which one stands in the problem */           \
    X(ERR_SYNTAX, 400, "syntax") /* the request cannot be read at all */                           \
    X(ERR_LOGIN, 401, "login")   /* nobody is signed in, or the session has ended */               \
    X(ERR_DENIED, 403, "denied") /* signed in, but not allowed */                                  \
    X(ERR_NONE, 404, "none")     /* no such thing, or not for this caller's eyes */                \
    X(ERR_METHOD, 405, "method")                                                                   \
    X(ERR_RULE, 409, "rule")         /* a domain rule says no; its code is in the problem */       \
    X(ERR_CONFLICT, 409, "conflict") /* someone was faster, or a key is used for something else */ \
    X(ERR_LARGE, 413, "large")                                                                     \
    X(ERR_LIMIT, 429, "limit")                                                                     \
    X(ERR_BUSY, 503, "busy")       /* try again; also: serialization failure inside db */          \
    X(ERR_UNKNOWN, 503, "unknown") /* a commit whose outcome is unknown: ask again, same key */    \
    X(ERR_FULL, 507, "full")       /* the disk is full */                                          \
    X(ERR_DB, 500, "db")                                                                           \
    X(ERR_BUG, 500, "bug")

enum err {
#define X(name, status, code) name,
    ERR_LIST(X)
#undef X
        ERR_COUNT
};

int err_status(enum err e);       /* HTTP status, 200..599 */
const char *err_code(enum err e); /* "input", "login", ...; static */

/* Prints where and aborts, in release builds too. A supervisor restarts; the truth is on disk. */
_Noreturn void bug_at(const char *file, int line, const char *what);
#define BUG_ON(cond)                                                                               \
    do {                                                                                           \
        if (cond)                                                                                  \
            bug_at(__FILE__, __LINE__, #cond);                                                     \
    } while (0)

/* malloc and calloc that never return NULL; the only allocators outside arenas. Free: xfree. */
void *xmalloc(size_t n);
void *xcalloc(size_t n, size_t size); /* zeroed; aborts when n * size overflows */
void *xrealloc(void *p, size_t n);
void xfree(void *p); /* NULL is fine */
/* Memory of many MB that is read here and there is found sooner in pages of 2 MB: asks the system for such pages, as far as
 * they lie within. Best before it is first touched. */
enum { HUGE_PAGE = 2 << 20 };
void huge_pages(void *p, size_t n);
