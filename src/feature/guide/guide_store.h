/* guide_store.h - the SQL of talks; inside the feature. */
#pragma once
#include "feature/guide/guide.h"
#include "http/reach.h"

extern const struct query *const guide_queries[];
MUST_USE enum err talk_get(struct request *rq, int64_t id, struct talk *ret);
/* Adds it; whatever was to be asked again of this person has been asked. */
MUST_USE enum err talk_add(struct request *rq, struct talk *k);
/* Of one person, the latest first, at most 50. */
MUST_USE enum err talk_of_person(struct request *rq, int64_t person_id, struct talk **ret, size_t *ret_n);
/* To be asked again of who lives there, the longest overdue first, at most 200. */
MUST_USE enum err talk_due(struct request *rq, struct reach r, struct talk **ret, size_t *ret_n);
MUST_USE enum err talk_close(struct request *rq, int64_t id);
