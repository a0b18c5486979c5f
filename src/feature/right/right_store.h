/* right_store.h - the SQL of complaints, for right_api.c only. */
#pragma once
#include "feature/right/right.h"
#include "http/reach.h"

extern const struct query *const right_queries[];
extern const struct query told_query, unname_query; /* of right_leave_store.c */
extern const struct choice complaint_whats[];
MUST_USE enum err complaint_add(struct request *rq, const struct complaint *c);
MUST_USE enum err complaint_get(struct request *rq, int64_t id, struct complaint *ret);
/* Open ones, the next deadline first; then closed ones. At most 200. */
MUST_USE enum err complaint_list(struct request *rq, struct reach r, struct complaint **ret, size_t *ret_n);
/* What somebody complained of while signed in, the latest first. At most 20. */
MUST_USE enum err complaint_of_person(struct request *rq, int64_t person_id, struct complaint **ret, size_t *ret_n);
/* ERR_CONFLICT when it was closed already. */
MUST_USE enum err complaint_close(struct request *rq, const struct complaint *c);
/* Schema step 37: `about_open` into `about`, sealed. */
MUST_USE enum err complaint_seal_old(struct tx *t, struct seal *seal);
/* Schema step 42: `reason_open` into `reason`, sealed. */
MUST_USE enum err complaint_seal_reasons(struct tx *t, struct seal *seal);
