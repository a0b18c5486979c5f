/* employer_claim.h - a firm that is there already, and who says that it is his. For this feature only. */
#pragma once
#include "feature/employer/employer.h"

struct claim {
    int64_t id, city, district, employer_id, account_id;
    struct str uscc, contact, phone; /* as he says; the number is that of his account */
    int32_t state;                   /* enum claim_state */
    struct str reason;
    int64_t made_ms, decided_ms, by_id; /* by_id 0: the number alone decided */
    struct str name;                    /* of the firm; in replies only, as the next two */
    bool held, number_known;            /* the firm has an account; it was written down with his number */
};
enum claim_state { CLAIM_WAITING, CLAIM_AGREED, CLAIM_REFUSED };
enum { CLAIM_PAGE = 50 };
extern const struct record claim_record, claim_page_query, claim_verdict;
extern const struct query claim_add_query, claim_get_query, claim_waiting_query, claim_mine_query, claim_close_query, claims_forget_query;

/* ERR_CONFLICT when this account waits for one already. */
MUST_USE enum err claim_add(struct request *rq, const struct claim *c);
MUST_USE enum err claim_get(struct request *rq, int64_t id, struct claim *ret);
/* Waiting ones behind `after`, oldest first, at most CLAIM_PAGE; and the latest 20 of an account. */
MUST_USE enum err claim_waiting(struct request *rq, struct reach r, int64_t after, struct claim **ret, size_t *ret_n);
MUST_USE enum err claim_of_account(struct request *rq, int64_t account_id, struct claim **ret, size_t *ret_n);
/* Writes state, reason, decided_ms and by_id; ERR_CONFLICT when it does not wait any more. */
MUST_USE enum err claim_close(struct request *rq, const struct claim *c);

/* Whether the caller proved the number with which the firm was written down, and it has no account; then it is his. */
MUST_USE enum err firm_take_by_number(struct request *rq, const struct employer *p, bool *ret_taken);
/* Handlers of employer_claim.c. */
enum err claim_firm(struct request *rq);
enum err claims_mine(struct request *rq);
enum err claims_waiting(struct request *rq);
enum err claim_decide(struct request *rq);
enum err claim_load(struct request *rq);
enum err firms_mine(struct request *rq);
