/* account_firm_store.c - which account is an employer's. */
#include "feature/account/account_store.h"

const struct query employs_query = {
    "account.employs", "SELECT id FROM account WHERE city = $1 AND person_id = $2 AND employer_id = $3 LIMIT 1"};
const struct query tie_employer_query = {
    "account.tie_employer", "UPDATE account SET employer_id = $3 WHERE city = $1 AND id = $2 AND employer_id IN (0, $3)"};
const struct query untie_employer_query = {
    "account.untie_employer", "UPDATE account SET employer_id = 0 WHERE city = $1 AND employer_id = $2"};
const struct query end_poster_query = {
    "account.end_poster", "UPDATE role_grant SET to_ms = $3 WHERE city = $1 AND role IN ('employer', 'agency') AND (to_ms = 0 OR to_ms > $3)"
                          " AND account_id IN (SELECT id FROM account WHERE city = $1 AND employer_id = $2)"};
const struct query by_employer_query = {"account.by_employer",
                                         "SELECT id FROM account WHERE city = $1 AND employer_id = $2 ORDER BY id LIMIT 1"};

enum err account_of_employer(struct request *rq, int64_t employer_id, int64_t *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &by_employer_query, ARGS(I(rq->city), I(employer_id)), &v);
    if (!e)
        *ret = val_i64(v);
    return e;
}

enum err account_employs(struct request *rq, int64_t person_id, int64_t employer_id, bool *ret)
{
    const struct val *v;
    enum err e = db_row(rq->tx, rq->a, &employs_query, ARGS(I(rq->city), I(person_id), I(employer_id)), &v);
    *ret = !e;
    return e == ERR_NONE ? OK : e;
}

enum err account_tie_employer(struct request *rq, int64_t account_id, int64_t employer_id,
                              enum role role)
{
    int64_t n = 0;
    enum err e = db_run(rq->tx, &tie_employer_query, ARGS(I(rq->city), I(account_id), I(employer_id)), &n);
    if (!e && !n)
        return ERR_CONFLICT;
    return e ? e : account_grant(rq, account_id, role, 0, 0);
}

enum err account_untie_employer(struct request *rq, int64_t employer_id)
{
    enum err e = db_run(rq->tx, &end_poster_query, ARGS(I(rq->city), I(employer_id), I(rq->now_ms)), NULL);
    return e ? e : db_run(rq->tx, &untie_employer_query, ARGS(I(rq->city), I(employer_id)), NULL);
}
