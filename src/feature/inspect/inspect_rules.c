/* inspect_rules.c - see the header. */
#include "feature/inspect/inspect_rules.h"

enum visit_event visit_event(enum outcome o, enum job_state s)
{
    static const enum visit_event table[OUTCOMES][JOB_REFUSED + 1] = {
        /* submitted, held, open, closed, refused */
        {EVENT_VERIFY, EVENT_VERIFY, EVENT_KEEP, EVENT_LATE, EVENT_LATE},
        {EVENT_HOLD, EVENT_KEEP, EVENT_HOLD, EVENT_LATE, EVENT_LATE},
        {EVENT_CLOSE_SUSPEND, EVENT_CLOSE_SUSPEND, EVENT_CLOSE_SUSPEND, EVENT_SUSPEND, EVENT_SUSPEND}};
    return table[o][s];
}
