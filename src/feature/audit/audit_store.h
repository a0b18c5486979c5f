/* audit_store.h - the SQL of reading audit lines, for audit_api.c only. */
#pragma once
#include "feature/audit/audit.h"
#include "http/request.h"

struct audit_item {
    int64_t chain, n, at_ms, actor_id, object_id;
    uint32_t roles;
    struct str actor, action, object, reason;
};
struct audit_wish {
    int64_t actor, id, chain, n;
    int32_t from_day, to_day;
    struct str object;
};
enum { AUDIT_PAGE = 50 };
extern const struct record audit_record;
/* The latest AUDIT_PAGE lines that are asked for; older than line n of `chain` when n is given. */
MUST_USE enum err audit_lines(struct request *rq, const struct audit_wish *w, struct audit_item **ret, size_t *ret_n);
extern const struct query *const audit_queries[];
