/* offer.h - staff ask people for a shift, in waves: who fits best is asked first, answers count until
 * the deadline and are ranked by fit, seats and stand-by follow market/offer.h. A seat is taken
 * through hire_take, so law, rest and capacity are asked again at the contract moment. People of a
 * couple that goes only together are not asked this way: they are two for two seats, at the desk.
 *
 * The timer "offer.settle" lapses, confirms, promotes and sends the next wave. */
#pragma once
#include "http/app.h"
#include "http/request.h"

struct sent_offer {
    int64_t id, city, shift_id, person_id, wave, points;
    int32_t state; /* enum offer_state of market/offer.h */
    int64_t made_ms, until_ms, answered_ms;
};
extern const struct feature offer_feature;
extern const struct record sent_offer_record;

struct view;
/* What a person is asked now and has said yes to, as the list "offers" of the page. */
MUST_USE enum err offer_view_mine(struct request *rq, struct view *v);
