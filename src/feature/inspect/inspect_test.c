/* inspect_test.c - every outcome in every state of a post. */
#include "feature/inspect/inspect_rules.h"
#include "test.h"

TEST(inspect_a_visit_opens_holds_or_closes_a_post_and_never_revives_one)
{
    for (enum job_state s = JOB_SUBMITTED; s <= JOB_REFUSED; s++) {
        bool waits = s == JOB_SUBMITTED || s == JOB_HELD, gone = s == JOB_CLOSED || s == JOB_REFUSED;
        CHECK_EQ(visit_event(OUTCOME_PASS, s), gone ? EVENT_LATE : waits ? EVENT_VERIFY : EVENT_KEEP);
        CHECK_EQ(visit_event(OUTCOME_FIX, s), gone ? EVENT_LATE : s == JOB_HELD ? EVENT_KEEP : EVENT_HOLD);
        CHECK_EQ(visit_event(OUTCOME_BAN, s), gone ? EVENT_SUSPEND : EVENT_CLOSE_SUSPEND);
    }
}
