/* session.h - who asks, and where he may do what. */
#pragma once
#include "base/err.h"
#include "base/str.h"

struct request;

/* Where a grant holds. 0 = everywhere below: district 0 = whole city, site 0 = all its sites. */
struct scope {
    int64_t city, district, site_id; /* with a site: the district it lies in */
    uint32_t roles;
};

/* Who asks. Never NULL in a request; roles == PUBLIC and ids 0 for strangers. */
struct session {
    int64_t id, account_id;
    int64_t city;
    uint32_t roles;      /* union of the grants valid now */
    int64_t person_id;   /* the seeker behind the account, or 0 */
    int64_t employer_id; /* the employer or agency behind the account, or 0 */
    const struct scope *scopes; /* every grant valid now, in the arena of the request */
    size_t n_scopes;
    char csrf[33];
    int64_t made_ms, expires_ms;
    int64_t used_ms, token_ms; /* last use as it was noted; since when its token is this one */
    int64_t lang;              /* enum lang, as it is kept of the account */
    bool due;                  /* its use is to be noted, perhaps with a new token */
};
/* Feature account: who stands behind a token. ERR_NONE for nobody. `hash` is 32 bytes. */
struct session_source {
    enum err (*load)(struct request *rq, struct str hash, struct session *ret);
    /* For one that is due: notes the use; rq->renewed is the whole Set-Cookie value of a new token, if there is one. */
    enum err (*renew)(struct request *rq);
};

/* True when one of the session's grants with any of `roles` covers the record. One that is a site's own (queue,
 * board) has its site and is that site's alone; one of no site (person, post, employer, day of work) has site 0 and
 * is of every site of its district: whoever works at a station serves all who come. */
bool session_covers(const struct session *s, uint32_t roles, int64_t city, int64_t district, int64_t site_id);
/* True when one holds for the whole district, 0 = city: to give roles in it, to see its numbers. */
bool session_covers_all(const struct session *s, uint32_t roles, int64_t city, int64_t district);
/* session_covers for the caller, through the staff roles that the route names and no others. */
bool staff_covers(const struct request *rq, int64_t city, int64_t district, int64_t site_id);
/* Both of what is no site's; what lies in no district (0) is for the staff of every district. */
bool session_covers_or_none(const struct session *s, uint32_t roles, int64_t city, int64_t district);
bool staff_covers_or_none(const struct request *rq, int64_t city, int64_t district);
/* For .owns of what is nobody's district: the machine, its letters, the audit. ERR_DENIED: not over the whole city. */
MUST_USE enum err staff_of_city(struct request *rq);
