/* employer_claim_store.c - claims and their table of fields. */
#include "feature/employer/employer_claim.h"
#include "http/rows.h"
#include "record/seal.h"

static const struct choice states[] = {{"waiting"}, {"agreed"}, {"refused"}, {0}};
enum { CHECKERS = DESK | INSPECTOR | ADMIN };
static const struct field fields[] = {
    FIELD(struct claim, id, ID, .see = SIGNED_IN, .put = NOBODY, .doc = "Claim."),
    FIELD(struct claim, city, INT, .see = STAFF, .put = NOBODY, .doc = "City code."),
    FIELD(struct claim, district, INT, .see = STAFF, .put = NOBODY, .doc = "District of the firm."),
    FIELD(struct claim, employer_id, ID, .see = SIGNED_IN, .put = SIGNED_IN, .doc = "Which firm; or by its uscc."),
    FIELD(struct claim, account_id, ID, .see = STAFF, .put = NOBODY, .doc = "Who says that it is his."),
    FIELD(struct claim, uscc, TEXT, .max = 18, .see = SIGNED_IN, .put = SIGNED_IN, .doc = "Unified social credit code of the licence."),
    FIELD(struct claim, contact, TEXT, .max = 40, .see = CHECKERS, .put = SIGNED_IN, .required = true, .seal = SEAL_NAME, .doc = "Who answers."),
    FIELD(struct claim, phone, TEXT, .see = CHECKERS, .put = NOBODY, .seal = SEAL_PHONE, .doc = "The number of the account."),
    FIELD(struct claim, state, ENUM, .choices = states, .see = SIGNED_IN, .put = NOBODY, .doc = "Waiting, agreed or refused."),
    FIELD(struct claim, reason, TEXT, .see = SIGNED_IN, .put = NOBODY, .seal = SEAL_REST, .doc = "Why it was decided so."),
    FIELD(struct claim, made_ms, MS, .see = SIGNED_IN, .put = NOBODY, .doc = "Made."),
    FIELD(struct claim, decided_ms, MS, .see = SIGNED_IN, .put = NOBODY, .doc = "Decided."),
    FIELD(struct claim, by_id, ID, .see = STAFF, .put = NOBODY, .doc = "By whom; none: the number proved it."),
    FIELD(struct claim, name, TEXT, .see = SIGNED_IN, .put = NOBODY, .virt = true, .doc = "Name of the firm."),
    FIELD(struct claim, held, BOOL, .see = CHECKERS, .put = NOBODY, .virt = true, .doc = "The firm has an account, which loses it."),
    FIELD(struct claim, number_known, BOOL, .see = CHECKERS, .put = NOBODY, .virt = true, .doc = "The firm was written down with this number."),
    {0}};
const struct record claim_record = {"employer_claim", sizeof(struct claim), fields, "Somebody says that a firm is his."};

#define COLUMNS "id, city, district, employer_id, account_id, uscc, contact, phone, state, reason, made_ms, decided_ms, by_id"
const struct query claim_add_query = {
    "employer.claim_add", "INSERT INTO employer_claim (" COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
                          " ON CONFLICT DO NOTHING"};
const struct query claim_get_query = {"employer.claim_get", "SELECT " COLUMNS " FROM employer_claim WHERE city = $1 AND id = $2"};
const struct query claim_waiting_query = {
    "employer.claim_waiting", "SELECT " COLUMNS " FROM employer_claim WHERE city = $1 AND state = 'waiting' AND "
                              WITHIN("district", "$2") " AND id > $3 ORDER BY id LIMIT 50"};
const struct query claim_mine_query = {
    "employer.claim_mine", "SELECT " COLUMNS " FROM employer_claim WHERE city = $1 AND account_id = $2 ORDER BY id DESC LIMIT 20"};
const struct query claim_close_query = {
    "employer.claim_close", "UPDATE employer_claim SET state = $3, reason = $4, decided_ms = $5, by_id = $6"
                            " WHERE city = $1 AND id = $2 AND state = 'waiting'"};

/* Of his accounts that no firm stands behind. */
const struct query claims_forget_query = {
    "employer.claims_forget", "DELETE FROM employer_claim WHERE city = $1 AND account_id IN (SELECT id FROM account WHERE city = $1 AND person_id = $2"
                              " AND employer_id = 0)"};

enum err claims_forget(struct request *rq, int64_t person_id)
{
    return db_run(rq->tx, &claims_forget_query, ARGS(I(rq->city), I(person_id)), NULL);
}

enum err claim_add(struct request *rq, const struct claim *c)
{
    int64_t n = 0;
    struct val *v = record_to_vals(rq->a, &claim_record, rq->app->seal, c);
    enum err e = db_run(rq->tx, &claim_add_query, (struct args){v, record_width(&claim_record)}, &n);
    return e ? e : n ? OK : ERR_CONFLICT;
}

enum err claim_get(struct request *rq, int64_t id, struct claim *ret)
{
    return row_to_record(rq, &claim_get_query, ARGS(I(rq->city), I(id)), &claim_record, ret);
}

enum err claim_waiting(struct request *rq, struct reach r, int64_t after, struct claim **ret, size_t *ret_n)
{
    return rows_to_records(rq, &claim_waiting_query, ARGS(I(rq->city), REACH(r), I(after)), &claim_record, (void **)ret, ret_n);
}

enum err claim_of_account(struct request *rq, int64_t account_id, struct claim **ret, size_t *ret_n)
{
    return rows_to_records(rq, &claim_mine_query, ARGS(I(rq->city), I(account_id)), &claim_record, (void **)ret, ret_n);
}

enum err claim_close(struct request *rq, const struct claim *c)
{
    int64_t n = 0;
    struct str reason = seal_put(rq->app->seal, rq->a, (struct seal_where){"employer_claim", "reason", rq->city, c->id}, c->reason);
    enum err e = db_run(rq->tx, &claim_close_query,
                        ARGS(I(rq->city), I(c->id), T(str_c(states[c->state].key)), B(reason), I(c->decided_ms), I(c->by_id)), &n);
    return e ? e : n ? OK : ERR_CONFLICT;
}
