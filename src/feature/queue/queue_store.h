/* queue_store.h - the SQL of numbers; inside the feature. */
#pragma once
#include "feature/queue/queue_rules.h"

extern const struct query *const queue_queries[];
MUST_USE enum err ticket_get(struct request *rq, int64_t id, struct ticket *ret);
/* Those of a site and day that wait, were called or passed over, by number; done ones are left out. */
MUST_USE enum err ticket_open(struct request *rq, int64_t site_id, int32_t day, struct ticket **ret, size_t *ret_n);
/* The latest six called, those who left included, the latest first. */
MUST_USE enum err ticket_called(struct request *rq, int64_t site_id, int32_t day, struct ticket **ret, size_t *ret_n);
/* The next number; two at once get two numbers. */
MUST_USE enum err ticket_add(struct request *rq, struct ticket *k);
/* Of those who wait before number n; INT64_MAX: of all. */
MUST_USE enum err ticket_pace(struct request *rq, int64_t site_id, int32_t day, int64_t n, struct pace *ret);
/* Whoever stands at the counter is done. */
MUST_USE enum err ticket_leave(struct request *rq, int64_t site_id, int32_t day, struct str counter);
/* The lowest waiting number to the counter; ERR_NONE when nobody waits. Two at once call two. */
MUST_USE enum err ticket_next(struct request *rq, int64_t site_id, int32_t day, struct str counter, struct ticket *ret);
/* k as it now is, when it still was in state `from`; ERR_CONFLICT otherwise. */
MUST_USE enum err ticket_put(struct request *rq, const struct ticket *k, enum ticket_state from);
