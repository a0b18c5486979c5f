/* queue_rules.h - what may happen to a number, and how long a wait is said to be. Pure. */
#pragma once
#include "base/rule.h"
#include "feature/queue/queue.h"

extern const struct rule ticket_moved;
enum ticket_event { TICKET_CALL, TICKET_SKIP, TICKET_FINISH };
/* False when this cannot happen to a number in that state. Calling again, and calling somebody who was
 * passed over, are calls too. */
bool ticket_step(enum ticket_state from, enum ticket_event event, enum ticket_state *ret);

struct pace {
    int64_t ahead;             /* who wait before him */
    int64_t counters;          /* that called somebody lately */
    int64_t served, served_ms; /* how many were served today, and how long that took at the counters */
};
/* Minutes until one's turn: 5 a person until three were served, never less than 1 nor more than 30;
 * beyond 10 in steps of 5, since nobody knows it better. */
int64_t queue_wait_min(const struct pace *p);
