/* hire_store.h - the SQL of hires, for hire_api.c only. */
#pragma once
#include "feature/hire/hire_rules.h"
#include "http/request.h"

/* The language of letters to whoever works: that in which he took it. */
enum lang hire_lang(const struct hire *h);
/* Writes what changes in a life; ERR_CONFLICT when the state was no longer `from`. */
MUST_USE enum err hire_put(struct request *rq, enum hire_state from, const struct hire *h);
/* Numbers that one side has said and the other not, since `until_ms` or longer, and marks as missing that were answered;
 * the oldest first; at most 200. */
MUST_USE enum err hire_apart(struct request *rq, struct reach r, int64_t until_ms, struct hire **ret, size_t *ret_n);
/* Stands in line for this person's calendar, then reads active hires that touch (from, to). */
MUST_USE enum err hire_near(struct request *rq, int64_t person_id, int64_t from_ms, int64_t to_ms, struct calendar *ret);
/* Of all days of a person: how many he worked, and what he says has come. O(his hires) */
struct hire_sums {
    int64_t days, earned_fen;
};
MUST_USE enum err hire_sums(struct request *rq, int64_t person_id, struct hire_sums *ret);
/* What staff said for the employer of a hire; the latest last, at most 50. */
enum hire_act { ACT_CONFIRM, ACT_PAID, ACT_CANCEL, ACT_NO_SHOW };
struct hire_said {
    int64_t id, city, hire_id;
    int32_t act; /* enum hire_act */
    struct str reason;
    int64_t by_id, at_ms;
};
extern const struct record hire_said_record;
MUST_USE enum err hire_said_add(struct request *rq, const struct hire_said *s);
MUST_USE enum err hire_said_of(struct request *rq, int64_t hire_id, struct hire_said **ret, size_t *ret_n);
/* Whoever is to come to a post of a firm (job_id 0: to any of them), or is there and not yet marked; soonest first. */
enum { STOP_PAGE = 200 };
MUST_USE enum err hire_to_stop(struct request *rq, int64_t employer_id, int64_t job_id, struct hire **ret, size_t *ret_n);
/* What is stopped ("job" or "employer") for more people than one page waits for the timer. */
MUST_USE enum err stop_put(struct request *rq, struct str what, int64_t id);
MUST_USE enum err stop_drop(struct request *rq, struct str what, int64_t id);
MUST_USE enum err stop_waiting(struct request *rq, struct str *ret_what, int64_t *ret_id); /* id 0: nothing */
extern const struct query *const hire_queries[];
/* What both agreed to at the contract moment, as a digest; and the action of the audit line that holds it. */
struct str hire_terms_digest(struct arena *a, const struct hire *h);
extern const char hire_terms_action[];
