/* hire_pair.h - the days of two who must stay together; for hire_*.c only. */
#pragma once
#include "feature/hire/hire_store.h"

struct person;
/* What the other of a couple that must stay together took with this one, the same shift or one at the same place, in any
 * state; ret->id 0: nothing. */
MUST_USE enum err pair_day(struct request *rq, const struct hire *h, struct person *ret_q, struct hire *ret);
/* After `h` was called off by either side: so is the other's, unless he is at work already, without a mark and with a
 * message. Who was left alone before leaves without a mark himself. *ret_seats: places of the shift of `h` that are free again; that of
 * another shift is given back here. */
MUST_USE enum err pair_cancel(struct request *rq, const struct hire *h, int64_t *ret_seats);
/* After `h` was found missing: the other is told, and may leave without a mark. */
MUST_USE enum err pair_alone(struct request *rq, const struct hire *h);
