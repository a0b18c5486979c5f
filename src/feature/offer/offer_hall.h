/* offer_hall.h - the hall of today: who came, who left, which orders opened, as one log per day. The
 * timer "hall.step" places everybody present every minute (market/hall.h) with the log of the same
 * weekday a week ago as ghosts; a proposal is an offer like any other, with a short deadline. */
#pragma once
#include "feature/offer/offer_store.h"

struct hall_in {
    int64_t person_id;
    bool now, leaves;
    int64_t until_ms;
};
extern const struct record hall_form;
/* Somebody came, is in a hurry, or leaves: oneself, or at the desk whoever stands there. */
enum err hall_say(struct request *rq);
enum err hall_step_all(struct request *rq); /* the timer */
