/* inspect_rules.c - see the header. */
#include "feature/inspect/inspect_rules.h"

const struct rule employer_unverified = {"employer_unverified", "I2"};
const struct rule own_post = {"own_post", "second eye"};
const struct rule post_not_waiting = {"post_not_waiting", "someone was faster"};
const struct rule answers_missing = {"answers_missing", "S18"};

const struct rule *outcome_broken(enum outcome outcome, uint32_t answers)
{
    return outcome == OUTCOME_PASS && answers != ALL_YES ? &answers_missing : NULL;
}

enum visit_event visit_event(enum outcome o, enum job_state s)
{
    static const enum visit_event table[OUTCOMES][JOB_REFUSED + 1] = {
        /* submitted, held, open, closed, refused */
        {EVENT_VERIFY, EVENT_VERIFY, EVENT_KEEP, EVENT_LATE, EVENT_LATE},
        {EVENT_HOLD, EVENT_KEEP, EVENT_HOLD, EVENT_LATE, EVENT_LATE},
        {EVENT_CLOSE_SUSPEND, EVENT_CLOSE_SUSPEND, EVENT_CLOSE_SUSPEND, EVENT_SUSPEND, EVENT_SUSPEND}};
    return table[o][s];
}
