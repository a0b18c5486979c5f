/* hire_rules.h - how a hire may go on, and who may say so. Pure. */
#pragma once
#include "base/rule.h"
#include "feature/hire/hire.h"

enum hire_event { EVENT_CHECK_IN, EVENT_CHECK_OUT, EVENT_CONFIRM, EVENT_AGREE, EVENT_PAID, EVENT_YES, EVENT_NO,
                  EVENT_CANCEL, EVENT_NO_SHOW };
enum side { SIDE_WORKER = 1, SIDE_EMPLOYER = 2 };

extern const struct rule hire_moved, shift_full, shift_gone, overlap, papers_missing, night_age, code_not_right,
    too_early, birth_missing, not_yet_missing, partner_needed;

/* NULL and the next state, or the rule that says no. */
const struct rule *hire_next(enum hire_state state, enum hire_event event, enum side side, enum hire_state *ret);
/* Check-in is open from an hour before the start to the end of the shift. */
const struct rule *check_in_time(int64_t start_ms, int64_t end_ms, int64_t now_ms);
/* Works between 22:00 and 6:00 somewhere. */
bool shift_is_night(int64_t start_ms, int64_t end_ms);
