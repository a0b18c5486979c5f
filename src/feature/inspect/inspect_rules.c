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
