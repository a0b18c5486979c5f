/* inspect_rules.h - pure: what the outcome of a visit does to a post, by its state. */
#pragma once
#include "feature/job/job.h"

enum outcome { OUTCOME_PASS, OUTCOME_FIX, OUTCOME_BAN, OUTCOMES };
/* KEEP: only the visit is recorded. LATE: the post is gone, refuse. SUSPEND: the employer alone. */
enum visit_event { EVENT_KEEP, EVENT_VERIFY, EVENT_HOLD, EVENT_CLOSE_SUSPEND, EVENT_SUSPEND, EVENT_LATE };
enum visit_event visit_event(enum outcome o, enum job_state s);
