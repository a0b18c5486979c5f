/* offer_hall.h - the hall of today: who came, who left, which orders opened, as one log per day. The
 * timer "hall.step" places everybody present every minute (market/hall.h) with the log of the same
 * weekday a week ago as ghosts; a proposal is an offer like any other, with a short deadline. It looks
 * every second whether it is due at once: somebody said "now", or an order is near its deadline. */
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
MUST_USE enum err hall_feed(struct request *rq, struct str what, int64_t id);
/* Of an entry: a desk has seen him there just now, early in the morning; he is asked as by day. */
bool hall_early(const struct hall_entry *e, int64_t now_ms);
/* Whether somebody is in the hall now. */
MUST_USE enum err hall_here(struct request *rq, int64_t person_id, bool *ret);
struct view;
/* How the caller stands in the hall as "hall" of the page: since when, and until when and why he waits; none when he is
 * not there. */
MUST_USE enum err hall_view_mine(struct request *rq, struct view *v);

/* ---- offer_step.c ---- */
struct hall_params hall_today(void);
/* A step takes the first HALL_ORDERS_MAX shifts, soonest first, and says in the log of the program when there are more. A
 * morning of 40,000 people has about 3,700 of them (30,000 seats). A new pair costs 45 ns to score, one of a minute ago about 3
 * (market/pairs.h): 6,700 people who all wait before 3,650 shifts take 1.7 s of CPU the first time and 0.5 from then on. Since there is
 * a first time, ghosts come only as long as there are at most HALL_PAIRS_MAX pairs with them; who is really here is never left out. */
enum { HALL_ORDERS_MAX = 10000, HALL_PAIRS_MAX = 40000000 };
/* How many of the n entries of the earlier day, by time, are taken to `people` and `orders` that are here: all, or those of
 * half of the time they span, or of a quarter, and so on. O(n log n) */
size_t hall_ghosts_taken(const struct hall_entry *before, size_t n, int64_t people, int64_t orders);
/* The timer, and the step it makes when one is due. A step reads and counts beside the writers; only what it proposes is
 * written in the lane, after each seat and person was asked again. */
MUST_USE enum err hall_beat(struct app *app);
MUST_USE enum err hall_step_all(struct app *app);
