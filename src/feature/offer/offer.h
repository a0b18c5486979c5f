/* offer.h - staff ask people for a shift, in waves: who fits best is asked first, answers count until
 * the deadline and are ranked by fit, seats and stand-by follow market/offer.h. A seat is taken
 * through hire_take, so law, rest and capacity are asked again at the contract moment. A couple that
 * goes only together is asked as one: one offer for two seats, in the name of the one with the lower
 * id; both see it, and the answer of either is for both.
 *
 * The timer "offer.settle" lapses, confirms, promotes and sends the next wave; "hall.step" proposes to who is in the hall. */
#pragma once
#include "http/app.h"
#include "http/request.h"

struct sent_offer {
    int64_t id, city, shift_id, person_id, wave, points, seats; /* seats: 2 for a couple */
    bool standby;  /* asked to stand by */
    bool hall;     /* asked in the hall */
    int32_t state; /* enum offer_state of market/offer.h */
    int64_t made_ms, until_ms, answered_ms;
    int64_t stood_ms; /* called in since somebody did not come: when he was first asked; 0 = was not */
    int64_t held; /* of one that was accepted: places they have now; in the list of a shift only */
};
extern const struct feature offer_feature;
extern const struct record sent_offer_record;

/* He leaves: he is not in the hall, and what he, or both of a couple, was asked is withdrawn. While his row is still there. */
MUST_USE enum err offers_forget(struct request *rq, int64_t person_id);
struct view;
/* What a person is asked now and has said yes to, as the list "offers" of the page, and "hall" while he is there. */
MUST_USE enum err offer_view_mine(struct request *rq, struct view *v);
