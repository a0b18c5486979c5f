/* away_store.h - for away_api.c. */
#pragma once
#include "feature/away/away.h"

/* Fills id and city. */
MUST_USE enum err away_add(struct request *rq, struct away *a);
MUST_USE enum err away_get(struct request *rq, int64_t person_id, int64_t id, struct away *ret);
MUST_USE enum err away_drop(struct request *rq, int64_t person_id, int64_t id);
/* The soonest within [from_ms, to_ms); ERR_NONE. */
MUST_USE enum err away_within(struct request *rq, int64_t person_id, int64_t from_ms, int64_t to_ms, struct away *ret);
/* Timer: what is over is not kept. */
MUST_USE enum err away_expire(struct request *rq);
extern const struct query *const away_queries[];
