/* trust_store.h - inside of trust: its SQL, and what its two tables of handlers share. */
#pragma once
#include "feature/trust/trust.h"

extern const struct record block_record;
extern const struct query *const trust_queries[];
/* In place of what this side said before; fills id, city and made_ms. */
MUST_USE enum err block_put(struct request *rq, struct block *b);
MUST_USE enum err block_get(struct request *rq, int64_t id, struct block *ret);
MUST_USE enum err block_drop(struct request *rq, const struct block *b);
/* In force today, newest first; by one side of one person or employer, at most 200. */
MUST_USE enum err blocks_of_person(struct request *rq, int64_t person_id, struct block **ret, size_t *ret_n);
MUST_USE enum err blocks_of_employer(struct request *rq, int64_t employer_id, struct block **ret, size_t *ret_n);
/* Timer: blocks that have ended go, bad marks that no longer count are told to the engine. */
MUST_USE enum err block_expire(struct request *rq);
struct employer;
/* Employers whose wages of the last 90 days make other numbers than they have: id, paid_n, paid_good, risk.
 * In `a`. O(hires of 100 days). */
MUST_USE enum err trust_paid_changed(struct request *rq, struct arena *a, struct employer **ret, size_t *ret_n);

struct opening { /* a sealed note, read with a reason */
    struct str reason, note;
    int32_t what; /* of a support entry */
};
/* trust_support.c; the person is in rq->object */
extern const struct record support_record, support_opening;
extern const struct query support_get_query, support_put_query, support_drop_query, support_over_query;
enum err support_show(struct request *rq);
enum err support_open(struct request *rq);
enum err support_put(struct request *rq);
enum err support_end(struct request *rq);
MUST_USE enum err support_expire(struct request *rq); /* timer */

/* trust_mark.c */
extern const struct record mark_record, excuse_form;
enum err trust_my_marks(struct request *rq);
enum err trust_marks(struct request *rq);
enum err trust_page(struct request *rq);
enum err trust_load_day(struct request *rq);
enum err trust_excuse(struct request *rq);
/* Timer: how employers pay. */
MUST_USE enum err trust_count_paid(struct app *app);
