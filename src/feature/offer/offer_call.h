/* offer_call.h - from half an hour before the work to the middle of it: when somebody calls off or does not come, who stood by is
 * asked whether he comes now, one after the other (market/offer.h), and the desk sees it. */
#pragma once
#include "feature/offer/offer_store.h"

extern const struct record call_record;
/* Asks the next who stood by, if a place is free, or kept for who has not come, and nobody is asked already: nobody who may not or cannot
 * work then, is too far away or was asked often enough. At night (not `awake`) nobody. *ret_going: that may be due again; when it
 * cannot, nobody stands by any more. */
MUST_USE enum err call_in(struct request *rq, int64_t shift_id, bool awake, bool *ret_going);
/* Of the last day: who was called in, and what came of it. */
enum err calls_list(struct request *rq);
