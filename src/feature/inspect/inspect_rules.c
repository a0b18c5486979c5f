/* inspect_rules.c - see the header. */
#include "feature/inspect/inspect_rules.h"

#include "base/cal.h"

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
        {EVENT_VERIFY, EVENT_VERIFY, EVENT_VERIFY, EVENT_LATE, EVENT_LATE},
        {EVENT_HOLD, EVENT_KEEP, EVENT_HOLD, EVENT_LATE, EVENT_LATE},
        {EVENT_CLOSE_SUSPEND, EVENT_CLOSE_SUSPEND, EVENT_CLOSE_SUSPEND, EVENT_SUSPEND, EVENT_SUSPEND}};
    return table[o][s];
}

int64_t visit_risk(const struct risk_facts *f, uint32_t *ret_why)
{
    static const int64_t points[RISKS] = {[RISK_STOPPED] = 40, [RISK_COMPLAINT] = 30, [RISK_NEW] = 20,
                                          [RISK_WAITING] = 10, [RISK_SOON] = 15,      [RISK_OLD] = 5};
    const bool holds[RISKS] = {
        [RISK_STOPPED] = f->stopped,
        [RISK_COMPLAINT] = f->complaints > 0,
        [RISK_NEW] = f->visits == 0,
        [RISK_WAITING] = f->waiting,
        [RISK_SOON] = f->start_ms && f->start_ms < f->now_ms + DAY_MS,
        [RISK_OLD] = !f->waiting && f->visits > 0,
    };
    int64_t sum = 0;
    *ret_why = 0;
    for (int i = 0; i < RISKS; i++)
        if (holds[i]) {
            sum += points[i];
            *ret_why |= 1u << i;
        }
    return sum;
}
