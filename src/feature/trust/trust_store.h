/* trust_store.h - for trust_api.c. */
#pragma once
#include "feature/trust/trust.h"

extern const struct record block_record;
extern const struct query *const trust_queries[];
/* In place of what this side said before; fills id, city and made_ms. */
MUST_USE enum err block_put(struct request *rq, struct block *b);
MUST_USE enum err block_get(struct request *rq, int64_t id, struct block *ret);
MUST_USE enum err block_drop(struct request *rq, const struct block *b);
/* In force today, newest first; by one side of one person or employer, at most 200. */
MUST_USE enum err blocks_of_person(struct request *rq, int64_t person_id, struct block **ret, size_t *ret_n);
MUST_USE enum err blocks_of_employer(struct request *rq, int64_t employer_id, struct block **ret, size_t *ret_n);
/* Timer: what has ended goes, and the engine is told. */
MUST_USE enum err block_expire(struct request *rq);
