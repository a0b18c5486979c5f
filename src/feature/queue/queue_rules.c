/* queue_rules.c - see the header. */
#include "feature/queue/queue_rules.h"

const struct rule ticket_moved = {"ticket_moved", "state table of queue_rules.c"};

enum { USUAL_MS = 5 * 60000, LEAST_MS = 60000, MOST_MS = 30 * 60000, KNOWN = 3, ROUGH_MIN = 10, STEP_MIN = 5 };

bool ticket_step(enum ticket_state from, enum ticket_event event, enum ticket_state *ret)
{
    static const struct {
        enum ticket_state from;
        enum ticket_event event;
        enum ticket_state to;
    } steps[] = {{TICKET_WAITING, TICKET_CALL, TICKET_CALLED},
                 {TICKET_CALLED, TICKET_CALL, TICKET_CALLED},
                 {TICKET_SKIPPED, TICKET_CALL, TICKET_CALLED},
                 {TICKET_CALLED, TICKET_SKIP, TICKET_SKIPPED},
                 {TICKET_CALLED, TICKET_FINISH, TICKET_DONE}};
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        if (steps[i].from == from && steps[i].event == event) {
            *ret = steps[i].to;
            return true;
        }
    return false;
}

int64_t queue_wait_min(const struct pace *p)
{
    int64_t each = p->served < KNOWN ? USUAL_MS : p->served_ms / p->served;
    each = each < LEAST_MS ? LEAST_MS : each > MOST_MS ? MOST_MS : each;
    int64_t all_ms = p->ahead * each / (p->counters > 1 ? p->counters : 1);
    int64_t min = (all_ms + 59999) / 60000;
    return min <= ROUGH_MIN ? min : (min + STEP_MIN - 1) / STEP_MIN * STEP_MIN;
}
