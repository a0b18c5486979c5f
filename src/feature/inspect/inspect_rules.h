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
