/* inspect_rules.h - what a visit does to a post. Pure. */
#pragma once
#include "base/rule.h"
#include "feature/inspect/inspect.h"
#include "feature/job/job.h"

extern const struct rule employer_unverified, own_post, post_not_waiting, answers_missing;
enum { QUESTIONS = 5, ALL_YES = (1 << QUESTIONS) - 1 };
/* KEEP: only the visit is recorded. LATE: the post is gone. SUSPEND: the employer alone. */
enum visit_event { EVENT_KEEP, EVENT_VERIFY, EVENT_HOLD, EVENT_CLOSE_SUSPEND, EVENT_SUSPEND, EVENT_LATE };
enum visit_event visit_event(enum outcome o, enum job_state s);
/* A post passes only when all five questions were answered yes. */
const struct rule *outcome_broken(enum outcome outcome, uint32_t answers);

/* Why a place should be seen, and how many points each is worth: more points, sooner. */
enum risk { RISK_STOPPED, RISK_COMPLAINT, RISK_NEW, RISK_WAITING, RISK_SOON, RISK_OLD, RISKS };
struct risk_facts {
    bool stopped;          /* by screening, or told to change something */
    int64_t complaints;    /* open, about the employer */
    int64_t visits;        /* to the employer, ever */
    bool waiting;          /* not open before somebody looked */
    int64_t start_ms;      /* of the next shift, 0 = none */
    int64_t now_ms;
};
/* Points, 0..; the bits of what they stand for. */
int64_t visit_risk(const struct risk_facts *f, uint32_t *ret_why);
