/* employer_store.h - for employer_api.c. */
#pragma once
#include "feature/employer/employer.h"

MUST_USE enum err employer_set_state(struct request *rq, int64_t id, struct str from, struct str to,
                                     int32_t verify_again);
extern const struct query *const employer_queries[];
