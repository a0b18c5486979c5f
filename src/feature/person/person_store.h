/* person_store.h - for person_api.c. */
#pragma once
#include "feature/person/person.h"

MUST_USE enum err person_by_phone(struct request *rq, struct str phone, struct person *ret);
MUST_USE enum err person_pair(struct request *rq, int64_t id, int64_t partner_id, struct str together);
MUST_USE enum err person_drop(struct request *rq, int64_t id);
extern const struct query *const person_queries[];
