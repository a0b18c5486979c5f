/* inspect_store.h - for inspect_api.c. */
#pragma once
#include "feature/inspect/inspect.h"

MUST_USE enum err visit_add(struct request *rq, const struct visit *v);
/* Latest first, at most 200. */
MUST_USE enum err visit_list(struct request *rq, struct visit **ret, size_t *ret_n);
extern const struct query *const inspect_queries[];
