/* inspect_rules.h - what a visit does to a post. Pure. */
#pragma once
#include "base/rule.h"
#include "feature/inspect/inspect.h"

extern const struct rule employer_unverified, own_post, post_not_waiting, answers_missing;
enum { QUESTIONS = 5, ALL_YES = (1 << QUESTIONS) - 1 };
/* A post passes only when all five questions were answered yes. */
const struct rule *outcome_broken(enum outcome outcome, uint32_t answers);
