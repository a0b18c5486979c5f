/* hire_store.h - the SQL of hires, for hire_api.c only. */
#pragma once
#include "feature/hire/hire_rules.h"

/* Writes what changes in a life; ERR_CONFLICT when the state was no longer `from`. */
MUST_USE enum err hire_put(struct request *rq, enum hire_state from, const struct hire *h);
/* Stands in line for this person's calendar, then reads active hires that touch (from, to). */
MUST_USE enum err hire_near(struct request *rq, int64_t person_id, int64_t from_ms, int64_t to_ms, struct calendar *ret);
/* Of all days of a person: how many he worked, and what he says has come. O(his hires) */
struct hire_sums {
    int64_t days, earned_fen;
};
MUST_USE enum err hire_sums(struct request *rq, int64_t person_id, struct hire_sums *ret);
extern const struct query *const hire_queries[];
/* What both agreed to at the contract moment, as a digest; and the action of the audit line that holds it. */
struct str hire_terms_digest(struct arena *a, const struct hire *h);
extern const char hire_terms_action[];
