/* person_store.h - for person_api.c. */
#pragma once
#include "feature/person/person.h"

MUST_USE enum err person_by_phone(struct request *rq, struct str phone, struct person *ret);
/* By whole number, or by its last four digits; newest first, at most 20. */
MUST_USE enum err person_find(struct request *rq, struct str typed, struct person **ret, size_t *ret_n);
MUST_USE enum err person_pair(struct request *rq, int64_t id, int64_t partner_id, struct str together);
extern const struct query *const person_queries[];
